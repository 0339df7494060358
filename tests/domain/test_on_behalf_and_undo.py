"""What is recorded for others, and what is taken back."""

from __future__ import annotations

import pytest

from dispatch.domain.codes import Channel, Role, State
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.fold import fold
from dispatch.domain.incident import Incident
from dispatch.domain.rules import Actor
from tests import byways
from tests import given as g
from tests.given import MemoryLog, act


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog()


class TestOnBehalf:
    """4, 8, 9, 20, 31 (and their undoing) may be recorded for a unit or worker."""

    def sent(self, log: MemoryLog) -> Incident:
        return act(log, g.given_filed(log).id, Verb.DISPATCH, unit=g.FIRE, assists=(g.POLICE,))

    @pytest.mark.parametrize("by", [g.DISPATCHER, g.STATION])
    def test_name_and_channel_are_recorded(self, log: MemoryLog, by: Actor) -> None:
        told = {"on_behalf": g.FIRE, "told_by": Channel.PHONE}
        incident = self.sent(log)
        for verb in (Verb.SIGN, Verb.UNSIGN, Verb.SIGN, Verb.ARRIVE, Verb.FEEDBACK, Verb.WITHDRAW):
            with pytest.raises(Refused) as refused:
                act(log, incident.id, verb, by, **g.SAID.get(verb, {}))
            assert ("needs_on_behalf", g.FIRE) == (refused.value.code, refused.value.facts["unit"])
            incident = act(log, incident.id, verb, by, **g.SAID.get(verb, {}), **told)
            body = incident.facts[-1].body
            assert (g.FIRE, Channel.PHONE) == (body.on_behalf, body.told_by)
        other = self.sent(log)
        returned = act(log, other.id, Verb.RETURN, by, **g.SAID[Verb.RETURN], **told)
        assert g.FIRE == returned.facts[-1].body.on_behalf

    def test_for_an_assisting_unit_or_a_worker_by_number_but_no_other(self, log: MemoryLog) -> None:
        incident = self.sent(log)
        for name in (g.SQUAD, g.VILLAGE, "张三"):
            with pytest.raises(BadInput, match="on_behalf"):
                act(log, incident.id, Verb.SIGN, g.DISPATCHER, person="某人", on_behalf=name)
        act(log, incident.id, Verb.SIGN, g.DISPATCHER, person="某人", on_behalf=g.POLICE)
        assert act(log, incident.id, Verb.ARRIVE, g.DISPATCHER, on_behalf="W007").arrived_at

    def test_a_unit_whose_answer_was_recorded_is_the_handler(self, log: MemoryLog) -> None:
        incident = self.sent(log)
        said = {"person": "某人", "on_behalf": g.POLICE}
        act(log, incident.id, Verb.SIGN, g.DISPATCHER, **said)
        act(log, incident.id, Verb.FEEDBACK, text="已办")
        police = g.person("other", Role.INSPECTOR, node=f"{g.TOWN}/{g.POLICE}")
        with pytest.raises(Refused, match="four_eyes"):
            act(log, incident.id, Verb.INSPECT_PASS, police)

    def test_other_acts_are_ones_own(self, log: MemoryLog) -> None:
        incident = g.given_filed(log)
        for option in ({"on_behalf": g.FIRE}, {"told_by": Channel.PHONE}):
            with pytest.raises(BadInput, match=next(iter(option))):
                act(log, incident.id, Verb.DISPATCH, unit=g.FIRE, **option)


UNDO = [
    (g.given_filed, Verb.UNFILE, State.REPORTED),
    (byways.given_void, Verb.RESTORE, State.FILED),
    (g.given_sent, Verb.STAND_DOWN, State.FILED),
    (g.given_work, Verb.UNSIGN, State.SENT),
    (g.given_done, Verb.WITHDRAW, State.WORK),
    (g.given_visit, Verb.RECHECK, State.DONE),
    (byways.given_merged, Verb.SPLIT, State.REPORTED),
]


class TestUndo:
    """An event each; the state before restored while nothing else followed."""

    @pytest.mark.parametrize(("given", "verb", "before"), UNDO)
    def test_state_and_fields_are_as_before(
        self, log: MemoryLog, given: g.Given, verb: Verb, before: State
    ) -> None:
        incident = given(log)
        undone = act(log, incident.id, verb)
        assert before is undone.state
        as_it_was = fold(event for event in incident.facts if event.type not in HIDDEN[verb])
        for name in ("unit", "assists", "order_no", "limits", "master", "due_at", "left_ms"):
            assert getattr(as_it_was, name) == getattr(undone, name), name
        assert incident.facts[-1].hash not in undone.live
        assert not undone.contested

    @pytest.mark.parametrize(("given", "verb", "before"), UNDO[2:6])
    def test_a_note_or_correction_does_not_stand_in_the_way(
        self, log: MemoryLog, given: g.Given, verb: Verb, before: State
    ) -> None:
        incident = given(log)
        act(log, incident.id, Verb.NOTE, text="知悉")
        act(log, incident.id, Verb.CORRECT, place="新址")
        assert before is act(log, incident.id, verb).state

    @pytest.mark.parametrize(
        ("given", "then", "verb"),
        [
            (g.given_filed, Verb.ASK_VOID, Verb.UNFILE),
            (g.given_sent, Verb.ASK_VOID, Verb.STAND_DOWN),
            (g.given_work, Verb.ARRIVE, Verb.UNSIGN),
            (g.given_done, Verb.INSPECT, Verb.WITHDRAW),
            (g.given_visit, Verb.CALL_TRIED, Verb.RECHECK),
        ],
    )
    def test_what_was_built_on_it_stands_in_the_way(
        self, log: MemoryLog, given: g.Given, then: Verb, verb: Verb
    ) -> None:
        incident = given(log)
        followed = act(log, incident.id, then, **g.SAID.get(then, {}))
        with pytest.raises(Refused) as refused:
            act(log, incident.id, verb)
        assert ("something_followed", followed.facts[-1].type) == (
            refused.value.code,
            refused.value.facts["type"],
        )

    def test_an_act_that_is_the_last_one_again_can_be_undone_too(self, log: MemoryLog) -> None:
        incident = g.given_done(log)
        for verb, state in (
            (Verb.WITHDRAW, State.WORK),
            (Verb.UNSIGN, State.SENT),
            (Verb.STAND_DOWN, State.FILED),
            (Verb.UNFILE, State.REPORTED),
        ):
            incident = act(log, incident.id, verb)
            assert state is incident.state
        assert ((g.FIRE, g.VILLAGE), None) == (
            tuple(sorted(incident.concerned, reverse=True)),
            incident.unit,
        )

    def test_another_way_into_the_state_is_not_undone(self, log: MemoryLog) -> None:
        redone = act(log, g.given_dissatisfied(log).id, Verb.REDO, reason="again")
        with pytest.raises(Refused) as refused:
            act(log, redone.id, Verb.UNSIGN)
        assert ("nothing_to_undo", "redone") == (refused.value.code, refused.value.facts["last"])

    def test_a_refusal_is_restored_too(self, log: MemoryLog) -> None:
        incident = g.given_reported(log)
        act(log, incident.id, Verb.ASK_REFUSE, reason="private")
        act(log, incident.id, Verb.GRANT_REFUSE)
        assert State.REPORTED is act(log, incident.id, Verb.RESTORE).state


HIDDEN = {
    Verb.UNFILE: {"filed"},
    Verb.RESTORE: {"void_granted"},
    Verb.STAND_DOWN: {"dispatched"},
    Verb.UNSIGN: {"signed"},
    Verb.WITHDRAW: {"fed_back"},
    Verb.RECHECK: {"inspected_pass"},
    Verb.SPLIT: {"merged"},
}
