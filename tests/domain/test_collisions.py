"""Facts made apart, in stories: what is contested, what stands, how it is decided (T33)."""

from __future__ import annotations

import pytest

from dispatch.acts.perform import perform
from dispatch.domain.calendar import DAY, HOUR
from dispatch.domain.codes import Channel, Role, Stage, State
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Event
from dispatch.domain.incident import Incident
from tests import byways
from tests import given as g
from tests.given import MemoryLog, act

OTHER = {role: g.person(f"other-{role}", role) for role in Role}


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog()


def meet(log: MemoryLog, other: MemoryLog) -> None:
    """Both seats learn what the other one did."""
    mine = [kept.event for kept in log.kept]
    log.take(kept.event for kept in other.kept)
    other.take(mine)


class TestDoubleDispatch:
    def test_both_units_are_shown_and_each_side_sees_the_same(self, log: MemoryLog) -> None:
        incident = g.given_filed(log)
        other = log.fork("B")
        act(log, incident.id, Verb.DISPATCH, unit=g.FIRE)
        act(other, incident.id, Verb.DISPATCH, OTHER[Role.DISPATCHER], unit=g.POLICE)
        meet(log, other)
        here, there = log.folded[incident.id], other.folded[incident.id]
        assert here == there
        assert State.SENT is here.state
        assert {g.FIRE, g.POLICE} <= set(here.concerned)
        assert "unit" in here.marked
        assert ["state"] == [pair.about for pair in here.contested]

    @pytest.mark.parametrize(("kept", "dropped"), [(g.FIRE, g.POLICE), (g.POLICE, g.FIRE)])
    def test_the_unit_not_kept_is_told_and_answers(
        self, log: MemoryLog, kept: str, dropped: str
    ) -> None:
        incident = byways.given_double_dispatch(log)
        keep = order_to(incident, kept).id
        settled = act(log, incident.id, Verb.RESOLVE, reason="nearer", keep=(keep,))
        assert (State.SENT, kept, (dropped,), ()) == (
            settled.state,
            settled.unit,
            settled.told_off,
            settled.contested,
        )
        clerk = g.FIREMAN if dropped == g.FIRE else g.POLICEMAN
        wrong = g.POLICEMAN if dropped == g.FIRE else g.FIREMAN
        with pytest.raises(Refused, match="not_your_order"):
            act(log, incident.id, Verb.ANSWER_STAND_DOWN, wrong, unit=dropped)
        with pytest.raises(Refused, match="not_told_off"):
            act(log, incident.id, Verb.ANSWER_STAND_DOWN, clerk, unit=kept)
        answered = act(log, incident.id, Verb.ANSWER_STAND_DOWN, clerk, unit=dropped)
        assert () == answered.told_off

    def test_the_answer_may_come_by_radio(self, log: MemoryLog) -> None:
        incident = byways.given_double_dispatch(log)
        act(log, incident.id, Verb.RESOLVE, reason="neither")
        assert (State.FILED, None, (g.POLICE, g.FIRE)) == (
            log.folded[incident.id].state,
            log.folded[incident.id].unit,
            log.folded[incident.id].told_off,
        )
        said = {"unit": g.FIRE}
        with pytest.raises(Refused, match="needs_on_behalf"):
            act(log, incident.id, Verb.ANSWER_STAND_DOWN, g.DISPATCHER, **said)
        told = {"on_behalf": g.FIRE, "told_by": Channel.PHONE}
        after = act(log, incident.id, Verb.ANSWER_STAND_DOWN, g.DISPATCHER, **said, **told)
        assert (g.POLICE,) == after.told_off
        assert g.FIRE == after.facts[-1].body.on_behalf

    def test_a_unit_that_was_reassigned_apart_is_told_too(self, log: MemoryLog) -> None:
        incident = g.given_sent(log)
        other = log.fork("B")
        act(log, incident.id, Verb.REASSIGN, unit=g.POLICE)
        act(other, incident.id, Verb.REASSIGN, OTHER[Role.DISPATCHER], unit=g.SQUAD)
        meet(log, other)
        keep = order_to(log.folded[incident.id], g.SQUAD).hash
        after = act(log, incident.id, Verb.RESOLVE, reason="nearer", keep=(keep,))
        assert (g.SQUAD, (g.POLICE,)) == (after.unit, after.told_off)

    def test_what_is_not_in_dispute_cannot_be_kept(self, log: MemoryLog) -> None:
        incident = byways.given_double_dispatch(log)
        for name in ("unknown", incident.facts[0].hash):
            with pytest.raises(BadInput, match="keep"):
                act(log, incident.id, Verb.RESOLVE, reason="why", keep=(name,))
        with pytest.raises(Refused, match="not_contested"):
            act(log, g.given_filed(log).id, Verb.RESOLVE, reason="why")

    def test_two_decisions_made_apart_are_in_dispute_and_settled_by_a_third(
        self, log: MemoryLog
    ) -> None:
        incident = byways.given_double_dispatch(log)
        other = log.fork("B")
        fire, police = (order_to(incident, unit).hash for unit in (g.FIRE, g.POLICE))
        act(log, incident.id, Verb.RESOLVE, reason="a", keep=(fire,))
        act(other, incident.id, Verb.RESOLVE, OTHER[Role.CHIEF], reason="b", keep=(police,))
        meet(log, other)
        again = log.folded[incident.id]
        decisions = {event.hash for event in again.facts if event.type == "resolved"}
        assert [decisions] == [{pair.one, pair.two} for pair in again.contested]
        assert "unit" in again.marked
        mine = next(e.hash for e in again.facts if e.type == "resolved" and e.actor == "chief")
        settled = act(log, incident.id, Verb.RESOLVE, reason="c", keep=(mine,))
        assert (g.FIRE, (), ()) == (settled.unit, settled.contested, settled.marked)


def order_to(incident: Incident, unit: str) -> Event:
    """The last fact that gave it to the unit."""
    return [e for e in incident.facts if getattr(e.body, "unit", None) == unit][-1]


def test_a_contested_incident_takes_every_other_act(log: MemoryLog) -> None:
    incident = byways.given_double_dispatch(log)
    act(log, incident.id, Verb.NOTE, text="知悉")
    act(log, incident.id, Verb.ASK_VOID, reason="slip")
    for verb, said in ((Verb.GRANT_VOID, {}), (Verb.MERGE, {"into": g.given_filed(log).id})):
        with pytest.raises(Refused) as refused:
            act(log, incident.id, verb, **said)
        assert ("contested", 1, verb) == (
            refused.value.code,
            refused.value.facts["pairs"],
            refused.value.facts["verb"],
        )
    with pytest.raises(Refused, match="contested"):
        act(log, g.given_reported(log).id, Verb.MERGE, into=incident.id)
    signer = g.person("hall", Role.UNIT)
    assert State.WORK is act(log, incident.id, Verb.SIGN, signer, person="某人").state


def test_signing_an_order_that_was_stood_down_elsewhere_keeps_the_order(log: MemoryLog) -> None:
    """The further work wins, and with it the unit and the deadline that it stands on."""
    incident = g.given_sent(log)
    other = log.fork("B")
    act(log, incident.id, Verb.STAND_DOWN)
    act(other, incident.id, Verb.SIGN, person="某人")
    meet(log, other)
    both = log.folded[incident.id]
    assert (State.WORK, g.FIRE) == (both.state, both.unit)
    assert incident.limit(Stage.DISPOSAL) == both.clock()
    undo = next(event.hash for event in both.facts if event.type == "stood_down")
    settled = act(log, incident.id, Verb.RESOLVE, reason="mistake", keep=(undo,))
    assert (State.FILED, None, ()) == (settled.state, settled.unit, settled.contested)


def test_a_denial_stands_against_a_grant_until_it_is_decided(log: MemoryLog) -> None:
    incident = g.given_work(log)
    act(log, incident.id, Verb.ASK_HOLD, reason="season", review_at=log.now + 9 * DAY)
    other = log.fork("B")
    act(log, incident.id, Verb.GRANT_HOLD)
    act(other, incident.id, Verb.DENY_HOLD, OTHER[Role.LEADER])
    meet(log, other)
    both = log.folded[incident.id]
    assert (State.WORK, ["answer"]) == (both.state, [pair.about for pair in both.contested])
    assert both.requests[0].answered
    grant = next(event.hash for event in both.facts if event.type == "hold_granted")
    settled = act(log, incident.id, Verb.RESOLVE, reason="granted", keep=(grant,))
    assert (State.HOLD, ()) == (settled.state, settled.contested)


def test_two_denials_of_one_request_do_not_contradict(log: MemoryLog) -> None:
    incident = g.given_work(log)
    act(log, incident.id, Verb.ASK_HOLD, reason="season", review_at=log.now + 9 * DAY)
    other = log.fork("B")
    act(log, incident.id, Verb.DENY_HOLD)
    act(other, incident.id, Verb.DENY_HOLD, OTHER[Role.LEADER])
    meet(log, other)
    assert () == log.folded[incident.id].contested


class TestCorrections:
    def corrected(self, log: MemoryLog, mine: g.Option, yours: g.Option) -> Incident:
        incident = g.given_work(log)
        other = log.fork("B")
        act(log, incident.id, Verb.CORRECT, **mine)
        act(other, incident.id, Verb.CORRECT, OTHER[Role.CHIEF], **yours)
        meet(log, other)
        return log.folded[incident.id]

    def test_the_same_field_is_contested_and_marked(self, log: MemoryLog) -> None:
        both = self.corrected(log, {"item": g.P1_ITEM}, {"item": g.WORKING_ITEM})
        assert ["field:item"] == [pair.about for pair in both.contested]
        assert {"item", "priority"} <= set(both.marked)

    def test_the_same_sealed_field_too(self, log: MemoryLog) -> None:
        both = self.corrected(log, {"phone": "138****0001"}, {"phone": "138****0002"})
        assert ["field:phone"] == [pair.about for pair in both.contested]

    def test_different_fields_and_equal_values_are_none(self, log: MemoryLog) -> None:
        both = self.corrected(log, {"place": "东门"}, {"phone": "138****0002"})
        assert () == both.contested
        place = {"lon": g.LON + 0.01, "lat": g.LAT}
        assert () == self.corrected(log, place, place).contested

    def test_of_two_deadlines_the_earlier_stands(self, log: MemoryLog) -> None:
        soon, late = log.now + 5 * HOUR, log.now + 9 * HOUR
        both = self.corrected(log, {"due": late}, {"due": soon})
        assert (soon, ["limit:disposal"]) == (
            both.due_at,
            [pair.about for pair in both.contested],
        )
        assert ("limit:disposal",) == both.marked

    def test_deadlines_of_different_stages_do_not_collide(self, log: MemoryLog) -> None:
        incident = g.given_work(log)
        other = log.fork("B")
        act(log, incident.id, Verb.CORRECT, due=log.now + 5 * HOUR)
        act(other, incident.id, Verb.REASSIGN, unit=g.POLICE)
        meet(log, other)
        assert () == log.folded[incident.id].contested


class TestMerges:
    def test_a_merge_holds_up_a_void_of_its_master(self, log: MemoryLog) -> None:
        master, child = g.given_filed(log), g.given_reported(log)
        act(log, master.id, Verb.ASK_VOID, reason="slip")
        other = log.fork("B")
        act(log, master.id, Verb.GRANT_VOID)
        act(other, child.id, Verb.MERGE, OTHER[Role.CLERK], into=master.id)
        meet(log, other)
        both = log.folded[master.id]
        assert (State.FILED, ["merge"]) == (both.state, [pair.about for pair in both.contested])
        assert State.MERGED is log.folded[child.id].state
        granted = next(event.hash for event in both.facts if event.type == "void_granted")
        settled = act(log, master.id, Verb.RESOLVE, reason="slip", keep=(granted,))
        assert (State.VOID, ()) == (settled.state, settled.children)
        # The child does not hang on a void master: it was split in the same unit.
        assert (State.REPORTED, None) == (
            log.folded[child.id].state,
            log.folded[child.id].master,
        )

    def test_a_cycle_leaves_both_open(self, log: MemoryLog) -> None:
        one, two = g.given_filed(log), g.given_filed(log)
        other = log.fork("B")
        act(log, one.id, Verb.MERGE, into=two.id)
        act(other, two.id, Verb.MERGE, OTHER[Role.CLERK], into=one.id)
        meet(log, other)
        for id_ in (one.id, two.id):
            both = log.folded[id_]
            assert (State.FILED, 1) == (both.state, len(both.contested))
        merged = next(e.hash for e in log.folded[one.id].facts if e.type == "merged")
        settled = act(log, one.id, Verb.RESOLVE, reason="first", keep=(merged,))
        assert (State.MERGED, two.id, ()) == (settled.state, settled.master, settled.children)
        # The other half of what was dropped is taken back on the other incident.
        left = log.folded[two.id]
        assert (State.FILED, (one.id,)) == (left.state, left.children)

    def test_a_merge_into_a_merged_one_leaves_it_open(self, log: MemoryLog) -> None:
        child, middle, top = g.given_filed(log), g.given_filed(log), g.given_filed(log)
        other = log.fork("B")
        act(log, middle.id, Verb.MERGE, into=top.id)
        act(other, child.id, Verb.MERGE, OTHER[Role.CLERK], into=middle.id)
        meet(log, other)
        assert (State.FILED, 1) == (
            log.folded[middle.id].state,
            len(log.folded[middle.id].contested),
        )
        assert State.MERGED is log.folded[child.id].state
        both = [event.hash for event in log.folded[middle.id].facts[-2:]]
        kept = act(log, middle.id, Verb.RESOLVE, reason="both", keep=tuple(both))
        assert (State.FILED, (child.id,)) == (kept.state, kept.children)

    def test_one_child_of_two_masters_is_let_go_by_the_one_not_kept(self, log: MemoryLog) -> None:
        child, one, two = g.given_reported(log), g.given_filed(log), g.given_filed(log)
        other = log.fork("B")
        act(log, child.id, Verb.MERGE, into=one.id)
        act(other, child.id, Verb.MERGE, OTHER[Role.CLERK], into=two.id)
        meet(log, other)
        both = log.folded[child.id]
        assert (State.MERGED, 1) == (both.state, len(both.contested))
        mine = next(e.hash for e in both.facts if getattr(e.body, "master", "") == one.id)
        settled = act(log, child.id, Verb.RESOLVE, reason="nearer", keep=(mine,))
        assert one.id == settled.master
        assert ((child.id,), ()) == (log.folded[one.id].children, log.folded[two.id].children)

    def test_a_child_in_dispute_stops_the_closing_of_its_master(self, log: MemoryLog) -> None:
        master = g.given_work(log)
        child = g.given_reported(log)
        other = log.fork("B")
        act(log, child.id, Verb.MERGE, into=master.id)
        act(other, child.id, Verb.FILE, OTHER[Role.CLERK])
        meet(log, other)
        act(log, master.id, Verb.FEEDBACK, text="已办")
        act(log, master.id, Verb.INSPECT_PASS)
        act(log, master.id, Verb.CALL_BACK, channel=Channel.PHONE, grade=1)
        with pytest.raises(Refused) as refused:
            act(log, master.id, Verb.CLOSE)
        assert ("contested", child.id) == (refused.value.code, refused.value.facts["child"])
        filed = next(e.hash for e in log.folded[child.id].facts if e.type == "filed")
        act(log, child.id, Verb.RESOLVE, reason="another matter", keep=(filed,))
        assert State.CLOSED is act(log, master.id, Verb.CLOSE).state
        assert State.FILED is log.folded[child.id].state

    def test_a_dropped_merge_whose_other_half_is_not_here_is_dropped_alone(
        self, log: MemoryLog
    ) -> None:
        master, child = g.given_filed(log), g.given_reported(log)
        other = log.fork("B")
        act(log, child.id, Verb.MERGE, into=master.id)
        act(other, child.id, Verb.FILE, OTHER[Role.CLERK])
        meet(log, other)
        del log.folded[master.id]
        before = len(log.kept)
        assert State.REPORTED is act(log, child.id, Verb.RESOLVE, reason="none").state
        assert 1 == len(log.kept) - before

    def test_a_child_that_was_voided_apart_is_not_brought_back(self, log: MemoryLog) -> None:
        """Master: void against merge. Child: void against merge. Neither merge is kept."""
        master, child = g.given_filed(log), g.given_reported(log)
        for id_ in (master.id, child.id):
            act(log, id_, Verb.ASK_VOID, reason="slip")
        other = log.fork("B")
        act(log, master.id, Verb.GRANT_VOID)
        act(log, child.id, Verb.GRANT_VOID)
        act(other, child.id, Verb.MERGE, OTHER[Role.CLERK], into=master.id)
        meet(log, other)
        void = next(e.hash for e in log.folded[master.id].facts if e.type == "void_granted")
        act(log, master.id, Verb.RESOLVE, reason="slip", keep=(void,))
        assert (State.MERGED, 1) == (
            log.folded[child.id].state,
            len(log.folded[child.id].contested),
        )


def test_a_refused_act_stores_nothing(log: MemoryLog) -> None:
    incident = g.given_filed(log)
    before = len(log.kept)
    command = Command(verb=Verb.CLOSE, incident=incident.id)
    with pytest.raises(Refused):
        perform(log, command, g.CHIEF, log.now)
    assert before == len(log.kept)
