"""A shift's fold is one for a set of facts; its rules refuse with facts and write nothing."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.domain import bodies_shift as b
from dispatch.domain.bodies import Body, Unknown
from dispatch.domain.calendar import HOUR, ZONE, instant
from dispatch.domain.codes import Kind, LineKind, Role, SignPart
from dispatch.domain.decide_shift import (
    MOST_ITEMS,
    SHIFT_RIGHTS,
    ShiftAsk,
    ShiftCommand,
    ShiftVerb,
    decide_shift,
)
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Event, Subject
from dispatch.domain.rules import Actor
from dispatch.domain.shift import Shift, before, fold_shift, next_of, scope_of, shift_of, span_of
from tests.given import CHIEF, CLERK, LEADER, STATION, TOWN, VILLAGE, person, town_rules

NIGHT, DAY = f"{TOWN}-20261121-N", f"{TOWN}-20261122-D"
NOW = instant(datetime(2026, 11, 22, 8, 20, tzinfo=ZONE))
FIGURES, OTHER = "a" * 64, "b" * 64
RELIEF = person("relief", Role.CHIEF)
ITEMS = ("open:i1", "hold:i2")


class Facts:
    """Facts of one shift, each by default after all before it."""

    def __init__(self) -> None:
        self.all: list[Event] = []

    def add(
        self, type_: str, body: Body, by: str = "chief", base: Iterable[Event] | None = None
    ) -> Event:
        """Add a fact; `base` are the facts its author had seen."""
        place = len(self.all)
        seen = self.all[-1:] if base is None else list(base)
        event = Event(
            hash=hashlib.sha256(f"{type_}{by}{place}".encode()).hexdigest(),
            id=f"e{place:04d}",
            writer="w",
            sseq=place + 1,
            prev="",
            town=TOWN,
            subject=Subject(Kind.SHIFT, NIGHT),
            type=type_,
            v=1,
            base=tuple(each.hash for each in seen),
            at=NOW + place,
            offset_ms=0,
            offset_age_s=0,
            session="s",
            actor=by,
            role="chief",
            body=body,
        )
        self.all.append(event)
        return event

    def on(self, by: str = "chief") -> None:
        self.add("shift_on", b.ShiftOn(seat="值班长席"), by)

    def report(self, figures: str = FIGURES, content: str = "") -> Event:
        body = b.ReportIssued(
            figures=figures, from_at=0, to_at=1, revision=0, provisional=False, content=content
        )
        return self.add("report_issued", body)

    def ticks(self, *items: str, by: str = "relief", base: Iterable[Event] | None = None) -> Event:
        return self.add("items_ticked", b.ItemsTicked(items=items, to=DAY), by, base)

    def signed(self, part: SignPart, by: str, figures: str = FIGURES) -> Event:
        return self.add("handover_signed", b.HandoverSigned(part=part, figures=figures), by)

    def shift(self) -> Shift:
        return fold_shift(self.all)


@pytest.fixture
def facts() -> Facts:
    made = Facts()
    made.on()
    return made


def ready(facts: Facts) -> Facts:
    """A report is issued and every line is ticked."""
    facts.report()
    facts.ticks(*ITEMS)
    return facts


def ask(facts: Facts, verb: ShiftVerb, actor: Actor, **said: Any) -> Any:
    """Decide an act on the night's shift; return the body it would record."""
    command = ShiftCommand(verb=verb, **{"shift": NIGHT, **said})
    shift = ShiftAsk(command, actor, facts.shift(), frozenset(ITEMS), NOW)
    _, (draft,) = decide_shift(shift, town_rules())
    assert Subject(Kind.SHIFT, command.shift) == draft.subject
    return draft.body


def refused(facts: Facts, verb: ShiftVerb, actor: Actor, **said: Any) -> Refused:
    """The refusal of an act."""
    with pytest.raises(Refused) as caught:
        ask(facts, verb, actor, **said)
    return caught.value


# When it runs.


@pytest.mark.parametrize(
    ("hour", "minute", "shift"),
    [(7, 59, NIGHT), (8, 0, DAY), (19, 59, DAY), (20, 0, f"{TOWN}-20261122-N")],
)
def test_a_shift_runs_from_eight_to_eight(hour: int, minute: int, shift: str) -> None:
    moment = instant(datetime(2026, 11, 22, hour, minute, tzinfo=ZONE))

    assert shift == shift_of(TOWN, moment)
    from_at, to_at = span_of(shift)
    assert from_at <= moment < to_at
    assert 12 * HOUR == to_at - from_at


def test_shifts_follow_each_other() -> None:
    assert (DAY, NIGHT, TOWN) == (next_of(NIGHT), before(DAY), scope_of(DAY))


@pytest.mark.parametrize(
    "text",
    ["", "x", TOWN, f"{TOWN}-20261399-D", f"{TOWN}-20261121-X", f"{TOWN}-2026112١-D", "-20261121-D",
     f"{TOWN}-20261121-D\n", "a/b-20261121-D"],
)  # fmt: skip
def test_what_is_no_shift_is_bad_input(text: str) -> None:
    with pytest.raises(BadInput):
        span_of(text)


# The fold.


def busy(facts: Facts) -> Facts:
    """A hand-over in which two seats did things without knowing of each other."""
    first = facts.report(FIGURES, "same")
    here = facts.ticks("open:i1", "open:i3", base=[first])
    there = facts.ticks("open:i1", by="third", base=[first])
    facts.add("ticks_withdrawn", b.TicksWithdrawn(items=("open:i3",)), "relief", [here])
    facts.report(OTHER, "same")
    facts.add("shift_on", b.ShiftOn(seat="2"), "clerk", [there])
    facts.add("shift_off", b.ShiftOff(), "clerk")
    line = facts.add("line_written", b.LineWritten(kind=LineKind.PROMISE, due=NOW), "clerk")
    facts.add("promise_kept", b.PromiseKept(promise=line.hash), "relief")
    facts.signed(SignPart.OUT, "chief")
    facts.signed(SignPart.IN, "relief", OTHER)
    facts.add("brand_new", Unknown(), "chief")
    return facts


@given(st.randoms(use_true_random=False))
def test_the_same_facts_in_any_order_are_the_same_shift(chance: random.Random) -> None:
    facts = Facts()
    facts.on()
    busy(facts)
    once = facts.shift()
    chance.shuffle(facts.all)

    assert once == facts.shift()


def test_what_a_shift_holds(facts: Facts) -> None:
    shift = busy(facts).shift()

    assert {"chief": "值班长席"} == shift.present
    assert {"chief", "clerk"} == shift.worked
    assert {"open:i1"} == set(shift.ticks)
    assert DAY == shift.ticks["open:i1"].to
    assert [("clerk", "relief")] == [(line.by, line.kept_by) for line in shift.lines]
    assert () == shift.promises()
    assert shift.handed_over


def test_a_second_print_of_the_same_numbers_keeps_the_signatures(facts: Facts) -> None:
    facts.report(FIGURES, "same")
    facts.signed(SignPart.OUT, "chief")
    facts.report(OTHER, "same")

    assert facts.shift().signature(SignPart.OUT) is not None
    facts.report("c" * 64, "changed")
    assert facts.shift().signature(SignPart.OUT) is None


def test_a_revision_takes_no_hand_over_back_and_can_be_signed_anew(facts: Facts) -> None:
    facts.report()
    facts.ticks("open:i1")
    facts.signed(SignPart.OUT, "chief")
    facts.signed(SignPart.IN, "relief")
    facts.report(OTHER)
    shift = facts.shift()

    assert shift.handed_over
    assert shift.signature(SignPart.IN) is None
    ask(facts, ShiftVerb.SIGN_IN, RELIEF, figures=OTHER)


def test_one_person_for_both_parts_hands_nothing_over(facts: Facts) -> None:
    """Two seats that had not heard of each other: both facts stand, the hand-over does not."""
    facts.report()
    facts.signed(SignPart.OUT, "chief")
    facts.signed(SignPart.IN, "chief")

    assert not facts.shift().handed_over


# The rules.


def test_both_sign_and_the_leader_reviews(facts: Facts) -> None:
    facts.report()
    body = ask(facts, ShiftVerb.TICK, RELIEF, items=ITEMS)
    assert b.ItemsTicked(items=ITEMS, to=DAY) == body
    facts.ticks(*ITEMS)
    assert b.HandoverSigned(part=SignPart.OUT, figures=FIGURES) == ask(
        facts, ShiftVerb.SIGN_OUT, CHIEF, figures=FIGURES
    )
    facts.signed(SignPart.OUT, "chief")
    ask(facts, ShiftVerb.SIGN_IN, RELIEF, figures=FIGURES)
    assert "not_signed_by_both" == refused(facts, ShiftVerb.REVIEW, LEADER, figures=FIGURES).code
    facts.signed(SignPart.IN, "relief")
    ask(facts, ShiftVerb.REVIEW, LEADER, figures=FIGURES)

    for verb in (ShiftVerb.TICK, ShiftVerb.UNTICK):
        assert "already_handed_over" == refused(facts, verb, RELIEF, items=("open:i1",)).code


@pytest.mark.parametrize("verb", [ShiftVerb.SIGN_OUT, ShiftVerb.SIGN_IN, ShiftVerb.REVIEW])
def test_nothing_is_signed_without_the_issued_report(facts: Facts, verb: ShiftVerb) -> None:
    actor = LEADER if verb is ShiftVerb.REVIEW else CHIEF
    assert "no_report" == refused(facts, verb, actor, figures=FIGURES).code
    facts.report()
    assert "report_differs" == refused(facts, verb, actor, figures=OTHER).code


def test_the_same_person_never_signs_twice(facts: Facts) -> None:
    ready(facts).signed(SignPart.OUT, "chief")
    both = person("chief", Role.CHIEF, Role.LEADER)

    for verb in (ShiftVerb.SIGN_IN, ShiftVerb.REVIEW):
        assert "same_person" == refused(facts, verb, both, figures=FIGURES).code
    said = refused(facts, ShiftVerb.SIGN_OUT, CHIEF, figures=FIGURES)
    assert ("already_signed", "chief") == (said.code, said.facts["by"])


def test_who_ticks_does_not_hand_over_and_who_hands_over_does_not_tick(facts: Facts) -> None:
    facts.report()
    facts.ticks("open:i1", by="chief")
    assert "same_person" == refused(facts, ShiftVerb.SIGN_OUT, CHIEF, figures=FIGURES).code

    other = Facts()
    other.on()
    other.report()
    other.signed(SignPart.OUT, "chief")
    assert "same_person" == refused(other, ShiftVerb.TICK, CHIEF, items=("open:i1",)).code


def test_who_was_not_on_the_shift_does_not_hand_it_over(facts: Facts) -> None:
    ready(facts)
    assert "not_on_shift" == refused(facts, ShiftVerb.SIGN_OUT, RELIEF, figures=FIGURES).code


def test_a_line_without_a_tick_keeps_the_relief_from_signing(facts: Facts) -> None:
    facts.report()
    facts.ticks("open:i1")
    said = refused(facts, ShiftVerb.SIGN_IN, RELIEF, figures=FIGURES)

    assert ("not_all_ticked", 1) == (said.code, said.facts["count"])


def test_only_what_is_on_the_list_is_ticked_and_only_once(facts: Facts) -> None:
    assert "not_on_the_list" == refused(facts, ShiftVerb.TICK, RELIEF, items=("open:x",)).code
    facts.ticks("open:i1")
    said = refused(facts, ShiftVerb.TICK, CHIEF, items=("hold:i2", "open:i1"))
    assert ("already_ticked", "relief") == (said.code, said.facts["by"])


def test_a_tick_is_taken_back_by_who_gave_it(facts: Facts) -> None:
    facts.ticks("open:i1")
    assert "not_ticked" == refused(facts, ShiftVerb.UNTICK, CHIEF, items=("open:i1",)).code
    assert "not_ticked" == refused(facts, ShiftVerb.UNTICK, RELIEF, items=("hold:i2",)).code
    body = ask(facts, ShiftVerb.UNTICK, RELIEF, items=("open:i1",))
    assert b.TicksWithdrawn(items=("open:i1",)) == body


def test_a_promise_is_kept_once(facts: Facts) -> None:
    line = facts.add("line_written", b.LineWritten(kind=LineKind.PROMISE), "clerk")
    note = facts.add("line_written", b.LineWritten(kind=LineKind.NOTE), "clerk")

    assert [line.hash] == [each.hash for each in facts.shift().promises()]
    ask(facts, ShiftVerb.KEEP, CLERK, promise=line.hash)
    facts.add("promise_kept", b.PromiseKept(promise=line.hash), "clerk")
    assert "already_kept" == refused(facts, ShiftVerb.KEEP, CLERK, promise=line.hash).code
    for unknown in (note.hash, OTHER):
        assert "no_promise" == refused(facts, ShiftVerb.KEEP, CLERK, promise=unknown).code


@pytest.mark.parametrize("verb", ShiftVerb)
def test_every_act_is_refused_to_other_roles(facts: Facts, verb: ShiftVerb) -> None:
    said: dict[str, Any] = {name: RIGHT[name] for name in SHIFT_RIGHTS[verb].needs}
    for role in set(Role) - SHIFT_RIGHTS[verb].roles:
        assert "role_missing" == refused(facts, verb, person("x", role), **said).code


def test_a_station_signs_for_its_own_village_only(facts: Facts) -> None:
    assert "out_of_scope" == refused(facts, ShiftVerb.TICK, STATION, items=ITEMS).code
    own = ask(facts, ShiftVerb.TICK, STATION, items=ITEMS, shift=f"{VILLAGE}-20261121-N")
    assert f"{VILLAGE}-20261122-D" == own.to


RIGHT: dict[str, Any] = {
    "items": ("open:i1",), "figures": FIGURES, "kind": LineKind.NOTE, "text": "巡查",
    "promise": OTHER,
}  # fmt: skip


@pytest.mark.parametrize("verb", ShiftVerb)
def test_every_missing_and_every_strange_option_is_named(facts: Facts, verb: ShiftVerb) -> None:
    right = SHIFT_RIGHTS[verb]
    said = {name: RIGHT[name] for name in right.needs}
    for name in right.needs:
        with pytest.raises(BadInput) as caught:
            ask(facts, verb, CHIEF, **{each: said[each] for each in said if each != name})
        assert name == caught.value.where
    for name in set(RIGHT) - set(right.needs) - right.options:
        with pytest.raises(BadInput) as caught:
            ask(facts, verb, CHIEF, **said, **{name: RIGHT[name]})
        assert name == caught.value.where


@pytest.mark.parametrize(
    ("verb", "said", "where"),
    [
        (ShiftVerb.TICK, {"items": tuple(f"open:{n}" for n in range(MOST_ITEMS + 1))}, "items"),
        (ShiftVerb.SIGN_OUT, {"figures": "A" * 64}, "figures"),
        (ShiftVerb.SIGN_OUT, {"figures": "a" * 63}, "figures"),
        (ShiftVerb.KEEP, {"promise": "x"}, "promise"),
        (ShiftVerb.WRITE, {"kind": LineKind.NOTE, "text": " \n"}, "text"),
        (ShiftVerb.WRITE, {"kind": LineKind.NOTE, "text": "有\0无"}, "text"),
        (ShiftVerb.WRITE, {"kind": LineKind.NOTE, "text": "半\ud800个"}, "text"),
        (ShiftVerb.WRITE, {"kind": LineKind.NOTE, "text": "长" * 2001}, "text"),
        (ShiftVerb.WRITE, {"kind": LineKind.NOTE, "text": "x", "incident": "a b"}, "incident"),
        (ShiftVerb.WRITE, {"kind": LineKind.NOTE, "text": "x", "due": NOW}, "due"),
        (ShiftVerb.TICK, {"items": ITEMS, "shift": "nonsense"}, "shift"),
        (ShiftVerb.TICK, {"items": ITEMS, "shift": f"{TOWN}-20261123-D"}, "shift"),
    ],
)
def test_bad_input_is_named(
    facts: Facts, verb: ShiftVerb, said: dict[str, Any], where: str
) -> None:
    with pytest.raises(BadInput) as caught:
        ask(facts, verb, CHIEF, **said)

    assert where == caught.value.where
