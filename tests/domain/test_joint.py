"""Joint handling: T14 and the sub-orders of the assisting units."""

from __future__ import annotations

import pytest

from dispatch.domain.calendar import DAY, HOUR, MINUTE
from dispatch.domain.codes import ReturnReason, Role, Stage, State, SubState
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.incident import Incident
from dispatch.domain.subs import Sub
from tests import byways
from tests import given as g
from tests.given import MemoryLog, act


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog()


def part(incident: Incident, unit: str = g.POLICE) -> Sub:
    return next(each for each in incident.subs if each.unit == unit)


class TestOrder:
    """The joint order itself."""

    def test_each_assisting_unit_gets_an_order_with_limits_of_its_own(self, log: MemoryLog) -> None:
        work = g.given_work(log)
        dues = ((g.POLICE, log.now + 2 * HOUR),)

        said = {"unit": g.FIRE, "assists": (g.POLICE, g.VILLAGE), "dues": dues}
        joint = act(log, work.id, Verb.JOINT, **said)

        lead = work.limit(Stage.DISPOSAL)
        assert lead is not None
        assert (State.WORK, g.FIRE, (g.POLICE, g.VILLAGE), work.order_no) == (
            joint.state,
            joint.unit,
            joint.assists,
            joint.order_no,
        )
        police, village = part(joint), part(joint, g.VILLAGE)
        assert [SubState.SENT] * 2 == [police.state, village.state]
        assert [f"{work.temp}-J1", f"{work.temp}-J2"] == [police.order_no, village.order_no]
        ends = {each.stage: each.due for each in police.limits}
        assert {Stage.SIGN_IN: log.now + 30 * MINUTE, Stage.DISPOSAL: dues[0][1]} == ends
        assert lead.due == {each.stage: each.due for each in village.limits}[Stage.DISPOSAL]
        assert work.due_at == joint.due_at
        clock = police.clock()
        assert clock is not None
        assert Stage.SIGN_IN is clock.stage
        assert {g.POLICE, g.VILLAGE} <= set(joint.concerned)

    def test_one_end_for_all_and_an_own_one_before_it(self, log: MemoryLog) -> None:
        work, at = g.given_work(log), log.now
        said = {"unit": g.FIRE, "assists": (g.POLICE, g.SQUAD), "due": at + 3 * HOUR}
        joint = act(log, work.id, Verb.JOINT, **said, dues=((g.SQUAD, at + HOUR),))
        ends = [each.limits[-1].due for each in joint.subs]
        assert sorted([at + HOUR, at + 3 * HOUR]) == sorted(ends)
        assert at + HOUR == part(joint, g.SQUAD).limits[-1].due

    def test_after_the_leads_own_end_the_profiles_span_counts(self, log: MemoryLog) -> None:
        work = g.given_work(log)
        log.now += 2 * DAY
        joint = act(log, work.id, Verb.JOINT, unit=g.FIRE, assists=(g.POLICE,))
        assert log.now + DAY == part(joint).limits[-1].due

    def test_a_second_order_adds_to_the_first(self, log: MemoryLog) -> None:
        joint = byways.given_joint(log)
        act(log, joint.id, Verb.SUB_SIGN)
        both = act(log, joint.id, Verb.JOINT, unit=g.FIRE, assists=(g.SQUAD,))
        assert {g.POLICE: SubState.WORK, g.SQUAD: SubState.SENT} == {
            each.unit: each.state for each in both.subs
        }
        assert (g.POLICE, g.SQUAD) == both.assists
        assert f"{joint.temp}-J2" == part(both, g.SQUAD).order_no

    def test_another_lead_takes_the_order_over(self, log: MemoryLog) -> None:
        work = g.given_work(log)
        joint = act(log, work.id, Verb.JOINT, unit=g.POLICE, assists=(g.FIRE,))
        body = joint.facts[-1].body
        assert (State.WORK, g.POLICE, f"{work.temp}-2", g.FIRE, 2 * MINUTE) == (
            joint.state,
            joint.unit,
            joint.order_no,
            getattr(body, "from_unit", None),
            getattr(body, "held_ms", None),
        )
        act(log, work.id, Verb.SUB_SIGN, g.FIREMAN)
        act(log, work.id, Verb.SUB_FEEDBACK, g.FIREMAN, text="已灭")
        assert State.DONE is act(log, work.id, Verb.FEEDBACK, g.POLICEMAN, text="已办").state

    def test_bad_input(self, log: MemoryLog) -> None:
        work = g.given_work(log)
        for where, said in (
            ("lead", {"unit": "环保", "assists": (g.POLICE,)}),
            ("unit", {"assists": (g.POLICE,)}),
            ("assists", {"unit": g.FIRE}),
            ("assist", {"unit": g.FIRE, "assists": (g.FIRE,)}),
            ("assist", {"unit": g.FIRE, "assists": (g.POLICE, g.POLICE)}),
            ("assist", {"unit": g.FIRE, "assists": ("环保",)}),
            ("limit", {"dues": ((g.SQUAD, log.now + HOUR),)}),
            ("limit", {"dues": ((g.POLICE, log.now + HOUR),) * 2}),
            ("limit", {"dues": ((g.POLICE, log.now - 1),)}),
            ("limit", {"dues": ((g.POLICE, log.now + 500 * DAY),)}),
            ("due", {"due": log.now - 1}),
        ):
            default = {"unit": g.FIRE, "assists": (g.POLICE,)} if "unit" not in said else {}
            if where in {"unit", "assists"}:
                default = {}
            with pytest.raises(BadInput) as bad:
                act(log, work.id, Verb.JOINT, **(default | said))
            assert where == bad.value.where
        assert work.version == log.folded[work.id].version

    def test_who_assists_already_is_not_asked_twice(self, log: MemoryLog) -> None:
        joint = byways.given_joint(log)
        for said in (
            {"unit": g.FIRE, "assists": (g.POLICE,)},
            {"unit": g.POLICE, "assists": (g.SQUAD,)},
        ):
            with pytest.raises(Refused, match="assists_already"):
                act(log, joint.id, Verb.JOINT, **said)
        with pytest.raises(Refused, match="assists_already"):
            act(log, joint.id, Verb.REASSIGN, unit=g.POLICE)


class TestParts:
    """What an assisting unit does with its part."""

    def test_signed_arrived_fed_back(self, log: MemoryLog) -> None:
        joint = byways.given_joint(log)
        signed = act(log, joint.id, Verb.SUB_SIGN, person="某警", phone="138****0007")
        at = log.now
        assert (SubState.WORK, at) == (part(signed).state, part(signed).signed_at)
        clock = part(signed).clock()
        assert clock is not None
        assert Stage.DISPOSAL is clock.stage
        there = act(log, joint.id, Verb.SUB_ARRIVE, at=at)
        assert (at, None) == (part(there).arrived_at, there.arrived_at)
        assert at == part(act(log, joint.id, Verb.SUB_ARRIVE)).arrived_at
        done = act(log, joint.id, Verb.SUB_FEEDBACK, text="已疏散")
        assert (SubState.DONE, log.now, State.WORK) == (
            part(done).state,
            part(done).ended_at,
            done.state,
        )
        assert not part(done).open
        assert None is part(done).clock()

    def test_its_texts_are_not_the_incidents(self, log: MemoryLog) -> None:
        joint = byways.given_joint(log)
        signed = act(log, joint.id, Verb.SUB_SIGN, person="某警", phone="138****0007")
        assert joint.sealed == signed.sealed

    def test_the_lead_answers_when_all_have(self, log: MemoryLog) -> None:
        joint = byways.given_joint(log, g.POLICE, g.SQUAD)
        act(log, joint.id, Verb.SUB_SIGN)
        act(log, joint.id, Verb.SUB_FEEDBACK, text="已疏散")
        with pytest.raises(Refused) as refused:
            act(log, joint.id, Verb.FEEDBACK, text="已办")
        assert ("subs_open", g.SQUAD) == (refused.value.code, refused.value.facts["units"])
        act(log, joint.id, Verb.SUB_EXCUSE, unit=g.SQUAD, reason="enough")
        assert State.DONE is act(log, joint.id, Verb.FEEDBACK, text="已办").state

    def test_given_back_it_waits_for_the_chief(self, log: MemoryLog) -> None:
        joint = byways.given_joint(log)
        back = act(log, joint.id, Verb.SUB_RETURN, why=ReturnReason.NOT_OURS, propose=g.SQUAD)
        assert (SubState.RETURNED, log.now) == (part(back).state, part(back).ended_at)
        with pytest.raises(Refused, match="subs_open"):
            act(log, joint.id, Verb.FEEDBACK, text="已办")
        again = act(log, joint.id, Verb.JOINT, unit=g.FIRE, assists=(g.POLICE,))
        assert (SubState.SENT, None) == (part(again).state, part(again).ended_at)
        act(log, joint.id, Verb.SUB_RETURN, why=ReturnReason.EVIDENCE)
        excused = act(log, joint.id, Verb.SUB_EXCUSE, unit=g.POLICE, reason="enough")
        assert SubState.EXCUSED is part(excused).state
        assert State.DONE is act(log, joint.id, Verb.FEEDBACK, text="已办").state

    def test_the_lead_does_not_return_what_others_work_on(self, log: MemoryLog) -> None:
        joint = byways.given_joint(log)
        with pytest.raises(Refused, match="subs_open"):
            act(log, joint.id, Verb.RETURN, why=ReturnReason.NOT_OURS)

    def test_an_act_that_the_part_is_not_at(self, log: MemoryLog) -> None:
        joint = byways.given_joint(log)
        with pytest.raises(Refused) as refused:
            act(log, joint.id, Verb.SUB_FEEDBACK, text="已疏散")
        assert ("sub_state", SubState.SENT) == (refused.value.code, refused.value.facts["sub"])
        act(log, joint.id, Verb.SUB_EXCUSE, unit=g.POLICE, reason="enough")
        for verb in (Verb.SUB_SIGN, Verb.SUB_ARRIVE, Verb.SUB_RETURN, Verb.SUB_EXCUSE):
            said = {"unit": g.POLICE} | g.SAID.get(verb, {})
            with pytest.raises(Refused, match="sub_state"):
                act(log, joint.id, verb, **said)

    def test_an_arrival_lies_between_report_and_now(self, log: MemoryLog) -> None:
        joint = byways.given_joint(log)
        for at in (log.now + HOUR, (joint.reported_at or 0) - 1):
            with pytest.raises(BadInput, match="at"):
                act(log, joint.id, Verb.SUB_ARRIVE, at=at)

    def test_whose_part_it_is(self, log: MemoryLog) -> None:
        joint = byways.given_joint(log, g.POLICE, g.VILLAGE)
        with pytest.raises(Refused, match="no_sub_order"):
            act(log, joint.id, Verb.SUB_SIGN, g.FIREMAN)
        with pytest.raises(Refused, match="not_your_order"):
            act(log, joint.id, Verb.SUB_SIGN, g.FIREMAN, unit=g.POLICE)
        hall = g.person("hall", Role.UNIT)
        with pytest.raises(BadInput, match="须写明"):
            act(log, joint.id, Verb.SUB_SIGN, hall)
        assert SubState.WORK is part(act(log, joint.id, Verb.SUB_SIGN, hall, unit=g.POLICE)).state
        signed = act(log, joint.id, Verb.SUB_SIGN, g.STATION)
        assert SubState.WORK is part(signed, g.VILLAGE).state

    def test_recorded_for_the_unit(self, log: MemoryLog) -> None:
        joint = byways.given_joint(log, g.POLICE, g.NEXT_VILLAGE)
        for said in ({"unit": g.POLICE}, {"unit": g.POLICE, "on_behalf": g.NEXT_VILLAGE}):
            with pytest.raises(Refused, match="needs_on_behalf"):
                act(log, joint.id, Verb.SUB_SIGN, g.DISPATCHER, **said)
        signed = act(log, joint.id, Verb.SUB_SIGN, g.DISPATCHER, on_behalf=g.POLICE)
        assert (SubState.WORK, g.POLICE) == (part(signed).state, signed.facts[-1].body.on_behalf)
        there = act(log, joint.id, Verb.SUB_ARRIVE, g.STATION, on_behalf=g.POLICE)
        assert log.now == part(there).arrived_at
        away = g.person("station2", Role.STATION, node=g.NEXT_VILLAGE)
        with pytest.raises(Refused, match="out_of_scope"):
            act(log, joint.id, Verb.SUB_ARRIVE, away, on_behalf=g.POLICE)

    def test_whoever_assisted_does_not_check_it(self, log: MemoryLog) -> None:
        joint = byways.given_joint(log)
        act(log, joint.id, Verb.SUB_SIGN)
        act(log, joint.id, Verb.SUB_FEEDBACK, text="已疏散")
        act(log, joint.id, Verb.FEEDBACK, text="已办")
        for by in (
            g.person("policeman", Role.INSPECTOR),
            g.person("other", Role.INSPECTOR, node=f"{g.TOWN}/{g.POLICE}"),
        ):
            with pytest.raises(Refused, match="four_eyes"):
                act(log, joint.id, Verb.INSPECT_PASS, by)


class TestCollisions:
    """Two seats apart."""

    def test_excused_while_it_was_signed_for(self, log: MemoryLog) -> None:
        """The further work stands; the chief decides."""
        joint = byways.given_joint(log)
        other = log.fork("B")
        act(log, joint.id, Verb.SUB_EXCUSE, unit=g.POLICE, reason="enough")
        act(other, joint.id, Verb.SUB_SIGN)
        log.take(kept.event for kept in other.kept)

        both = log.folded[joint.id]
        assert [f"sub:{g.POLICE}"] == [pair.about for pair in both.contested]
        assert SubState.WORK is part(both).state
        keep = next(event.id for event in both.facts if event.type == "sub_excused")
        decided = act(log, joint.id, Verb.RESOLVE, keep=(keep,), reason="enough")
        assert (SubState.EXCUSED, ()) == (part(decided).state, decided.contested)

    def test_a_joint_order_apart_from_the_leads_feedback(self, log: MemoryLog) -> None:
        work = g.given_work(log)
        other = log.fork("B")
        act(log, work.id, Verb.JOINT, unit=g.FIRE, assists=(g.POLICE,))
        act(other, work.id, Verb.FEEDBACK, text="已办")
        log.take(kept.event for kept in other.kept)

        both = log.folded[work.id]
        assert (State.DONE, ["state"]) == (both.state, [pair.about for pair in both.contested])
        keep = next(event.id for event in both.facts if event.type == "fed_back")
        decided = act(log, work.id, Verb.RESOLVE, keep=(keep,), reason="done")
        assert (State.DONE, (), (g.POLICE,)) == (decided.state, decided.subs, decided.told_off)

    def test_two_joint_orders_both_kept(self, log: MemoryLog) -> None:
        work = g.given_work(log)
        other = log.fork("B")
        act(log, work.id, Verb.JOINT, unit=g.FIRE, assists=(g.POLICE,), due=log.now + 9 * HOUR)
        act(other, work.id, Verb.JOINT, unit=g.FIRE, assists=(g.POLICE,), due=log.now + HOUR)
        log.take(kept.event for kept in other.kept)
        both = log.folded[work.id]
        earlier = min(event.body.orders[0].limits[-1].due for event in both.facts[-2:])  # type: ignore[attr-defined]
        assert earlier == part(both).limits[-1].due
        keep = tuple(event.id for event in both.facts if event.type == "joint_ordered")
        decided = act(log, work.id, Verb.RESOLVE, keep=keep, reason="both")
        assert (1, ()) == (len(decided.subs), decided.told_off)
        assert SubState.WORK is part(act(log, work.id, Verb.SUB_SIGN)).state
