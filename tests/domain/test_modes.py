"""The town's modes: who may set them, what stands, what freezes, in whatever order facts come."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.acts.town import set_mode
from dispatch.domain.bodies_town import ResponseSet, SignalSet
from dispatch.domain.calendar import DAY, HOUR, MINUTE
from dispatch.domain.codes import Kind, Priority, Role
from dispatch.domain.decide_town import SetResponse, SetSignal
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Event, Subject
from dispatch.domain.modes import NO_MODES, Modes, Span, evolve, fold
from dispatch.domain.rules import Actor
from dispatch.domain.warning import RESPONSES, SIGNALS, Colour, ResponseLevel
from tests import given as g

L = ResponseLevel
TOWN = Subject(Kind.TOWN, g.TOWN)


def signal(log: g.MemoryLog, colour: Colour | None, kind: str = "typhoon") -> Event:
    log.now += MINUTE
    return set_mode(log, SetSignal(kind=kind, colour=colour), g.CHIEF, log.now)


def response(log: g.MemoryLog, level: ResponseLevel | None, **options: object) -> Event:
    log.now += MINUTE
    told = {"kind": "wind", "order_no": "演示令 12 号", **options}
    return set_mode(log, SetResponse(level=level, **told), g.CHIEF, log.now)  # type: ignore[arg-type]


def level_of(modes: Modes) -> ResponseLevel | None:
    body = modes.responses[0].fact.body if modes.responses else None
    return body.level if isinstance(body, ResponseSet) else None


def colours(modes: Modes) -> dict[str, Colour | None]:
    bodies = [each.fact.body for each in modes.signals]
    return {each.kind: each.colour for each in bodies if isinstance(each, SignalSet)}


class TestWhoAndWhat:
    def test_a_typhoon_has_five_colours_the_first_is_white(self) -> None:
        log = g.MemoryLog()
        for colour in Colour:
            signal(log, colour)
            assert {"typhoon": colour} == colours(log.modes())
        assert "white" == next(iter(Colour)).value
        assert 5 == len(SIGNALS["typhoon"])

    @pytest.mark.parametrize("kind", ["rainstorm", "thunder_gale"])
    @pytest.mark.parametrize("colour", [Colour.WHITE, Colour.BLUE])
    def test_rain_and_gale_have_no_white_or_blue(self, kind: str, colour: Colour) -> None:
        with pytest.raises(BadInput) as bad:
            signal(g.MemoryLog(), colour, kind)
        assert "colour" == bad.value.where
        assert "yellow/orange/red" in bad.value.what

    def test_several_signals_stand_at_once_the_gravest_first(self) -> None:
        log = g.MemoryLog()
        signal(log, Colour.YELLOW, "rainstorm")
        signal(log, Colour.RED)
        signal(log, Colour.ORANGE, "thunder_gale")

        assert ["typhoon", "thunder_gale", "rainstorm"] == list(colours(log.modes()))

        signal(log, None)
        assert ["thunder_gale", "rainstorm"] == list(colours(log.modes()))

    def test_a_colour_is_no_level_and_a_level_no_colour(self) -> None:
        """Two scales: lifting the signal leaves the response where it is."""
        log = g.MemoryLog()
        signal(log, Colour.RED)
        response(log, L.II)
        signal(log, None)

        assert {} == colours(log.modes())
        assert L.II is level_of(log.modes())

    def test_the_step_from_two_to_one(self) -> None:
        log = g.MemoryLog()
        before = response(log, L.II, order_no="演示令 11 号")
        after = response(log, L.I)

        modes = log.modes()
        assert (after.hash, ()) == (modes.responses[0].fact.hash, modes.responses[0].rivals)
        assert (before.hash,) == after.base
        body = after.body
        assert isinstance(body, ResponseSet)
        assert (L.I, "演示令 12 号", log.now) == (body.level, body.order_no, body.since)
        assert ("chief", "chief") == (after.actor, after.role)

    @pytest.mark.parametrize("who", [g.CLERK, g.DISPATCHER, g.SUPERVISOR, g.WORKER, g.AUDITOR])
    def test_only_chief_and_leader_may(self, who: Actor) -> None:
        with pytest.raises(Refused):
            set_mode(g.MemoryLog(), SetSignal(kind="typhoon", colour=Colour.RED), who, g.START)

    def test_a_village_may_not_even_by_a_chief(self) -> None:
        who = g.person("village-chief", Role.CHIEF, node=g.VILLAGE)
        with pytest.raises(Refused) as refused:
            set_mode(g.MemoryLog(), SetSignal(kind="typhoon", colour=Colour.RED), who, g.START)
        assert "village_may_not" == refused.value.code

    def test_a_department_of_the_town_may_not(self) -> None:
        who = g.person("fire-chief", Role.CHIEF, node=f"{g.TOWN}/{g.FIRE}")
        with pytest.raises(Refused) as refused:
            set_mode(g.MemoryLog(), SetSignal(kind="typhoon", colour=Colour.RED), who, g.START)
        assert "out_of_scope" == refused.value.code

    def test_a_leader_may(self) -> None:
        event = set_mode(
            g.MemoryLog(), SetSignal(kind="typhoon", colour=Colour.BLUE), g.LEADER, g.START
        )
        assert "leader" == event.role

    @pytest.mark.parametrize(
        ("command", "where"),
        [
            (SetSignal(kind="tsunami", colour=Colour.RED), "kind"),
            (SetSignal(kind="typhoon", colour=Colour.RED, order_no="长" * 65), "order_no"),
            (SetSignal(kind="typhoon", colour=Colour.RED, order_no="行\n二"), "order_no"),
            (SetSignal(kind="typhoon", colour=Colour.RED, since=g.START + DAY), "since"),
            (SetSignal(kind="typhoon", colour=Colour.RED, since=g.START - 3 * DAY), "since"),
            (SetResponse(kind="typhoon", level=L.I, order_no="1"), "kind"),
            (SetResponse(kind="wind", level=L.I), "order_no"),
            (SetResponse(kind="wind", level=L.I, order_no="1", items=("9999",)), "item"),
            (SetResponse(kind="wind", level=L.I, order_no="1", items=("0601",) * 51), "item"),
            (SetResponse(kind="wind", level=L.I, order_no="1", text="有\0无"), "text"),
            (SetResponse(kind="wind", level=L.I, order_no="1", text="半\ud800"), "text"),
            (SetResponse(kind="wind", level=L.I, order_no="1", text="长" * 2001), "text"),
        ],
    )
    def test_bad_input_is_named(self, command: SetSignal | SetResponse, where: str) -> None:
        log = g.MemoryLog()
        with pytest.raises(BadInput) as bad:
            set_mode(log, command, g.CHIEF, g.START)
        assert where == bad.value.where
        assert {} == log.facts

    def test_what_changes_nothing_is_refused(self) -> None:
        log = g.MemoryLog()
        with pytest.raises(Refused, match="nothing_stands"):
            signal(log, None)
        with pytest.raises(Refused, match="nothing_stands"):
            response(log, None)
        signal(log, Colour.RED)
        response(log, L.II)
        with pytest.raises(Refused, match="already_so"):
            signal(log, Colour.RED)
        with pytest.raises(Refused, match="already_so"):
            response(log, L.II)
        response(log, L.II, freeze_from=None)

    def test_who_looked_at_something_older_is_told(self) -> None:
        log = g.MemoryLog()
        seen = log.modes().version
        signal(log, Colour.BLUE)
        with pytest.raises(Refused) as refused:
            set_mode(log, SetSignal(kind="typhoon", colour=Colour.RED, seen=seen), g.CHIEF, log.now)
        assert "changed_since" == refused.value.code
        assert "signal_set" == refused.value.facts["type"]

    def test_the_items_of_the_kind_are_written_into_the_event(self) -> None:
        log = g.MemoryLog()
        response(log, L.IV)
        assert frozenset(RESPONSES["wind"]) == log.modes().items
        response(log, L.III, items=("0601",))
        assert frozenset({"0601"}) == log.modes().items
        response(log, None)
        assert frozenset() == log.modes().items


class TestApart:
    def test_two_seats_that_did_not_see_each_other_are_both_shown(self) -> None:
        log = g.MemoryLog()
        response(log, L.III)
        other = log.fork("B")
        ours, theirs = response(log, L.II), response(other, L.I, order_no="演示令 9 号")
        log.take([theirs])
        other.take([ours])

        assert log.modes() == other.modes()
        assert 1 == log.modes().contested
        assert L.I is level_of(log.modes())
        assert (ours.hash,) == tuple(each.hash for each in log.modes().responses[0].rivals)

        response(log, L.II)
        assert 0 == log.modes().contested
        assert L.II is level_of(log.modes())

    def test_the_same_order_twice_is_no_contradiction(self) -> None:
        log = g.MemoryLog()
        other = log.fork("B")
        log.take([signal(other, Colour.RED)])
        mine = g.MemoryLog("C")
        log.take([signal(mine, Colour.RED)])
        assert 0 == log.modes().contested
        assert {"typhoon": Colour.RED} == colours(log.modes())

    def test_lifted_here_and_raised_there_stands_raised_and_says_so(self) -> None:
        log = g.MemoryLog()
        signal(log, Colour.ORANGE)
        other = log.fork("B")
        signal(log, None)
        log.take([signal(other, Colour.RED)])
        assert {"typhoon": Colour.RED} == colours(log.modes())
        assert 1 == log.modes().contested


class TestFrozenSpans:
    def test_from_the_level_that_the_order_names(self) -> None:
        log = g.MemoryLog()
        response(log, L.III)
        assert () == log.modes().frozen
        two = response(log, L.II)
        response(log, L.I)
        assert (Span(two.at, None),) == log.modes().spans(Priority.P3)
        three = response(log, L.III)
        assert (Span(two.at, three.at),) == log.modes().spans(Priority.P3)
        assert () == log.modes().spans(Priority.P1)
        assert () == log.modes().spans(None)

    def test_two_kinds_at_once_are_one_span(self) -> None:
        log = g.MemoryLog()
        first = response(log, L.II)
        response(log, L.I, kind="flood")
        response(log, None)
        assert (Span(first.at, None),) == log.modes().spans(Priority.P3)
        last = response(log, None, kind="flood")
        assert (Span(first.at, last.at),) == log.modes().spans(Priority.P3)

    def test_an_order_recorded_afterwards_counts_from_when_it_was_given(self) -> None:
        log = g.MemoryLog()
        begin = log.now - HOUR
        response(log, L.I, since=begin)
        assert (Span(begin, None),) == log.modes().spans(Priority.P3)

    def test_a_correction_of_the_time_takes_the_place_of_what_it_saw(self) -> None:
        log = g.MemoryLog()
        response(log, L.I)
        begin = log.now - 2 * HOUR
        response(log, L.I, since=begin, items=("0601",))
        assert (Span(begin, None),) == log.modes().spans(Priority.P3)

    def test_no_freezing_at_all(self) -> None:
        log = g.MemoryLog()
        response(log, L.I, freeze_from=None)
        assert () == log.modes().frozen
        response(log, L.I, freeze=(Priority.P2, Priority.P3))
        assert [Priority.P2, Priority.P3] == [each for each, _ in log.modes().frozen]


Step = tuple[int, bool, int, int]
STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.booleans(), st.integers(0, 4), st.integers(0, 90)),
    min_size=1,
    max_size=8,
)


def history(steps: list[Step]) -> list[Event]:
    """Make facts at three seats; a seat hears of all the others now and then."""
    seats = [g.MemoryLog(letter) for letter in "ABC"]
    made: list[Event] = []
    for at, (place, hears, value, back) in enumerate(steps):
        seat = seats[place]
        seat.now = g.START + at * HOUR
        if hears:
            known = {each.hash for each in seat.facts_of(TOWN)}
            seat.take([each for each in made if each.hash not in known])
        command: SetSignal | SetResponse
        since = seat.now - back * MINUTE
        if value == 4:
            command = SetSignal(kind="typhoon", colour=tuple(Colour)[back % 5], since=since)
        else:
            level = (None, L.III, L.II, L.I)[value]
            kind = ("wind", "flood")[back % 2]
            command = SetResponse(kind=kind, level=level, order_no="1", since=since)
        try:
            made.append(set_mode(seat, command, g.CHIEF, seat.now))
        except Refused:
            continue
    return made


@settings(max_examples=150, deadline=None)
@given(STEPS, st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same(steps: list[Step], chance: object) -> None:
    """Numbered in another order, numbered in part, piece by piece: the same modes."""
    made = history(steps)
    if not made:
        return
    whole = fold(made)
    shuffled = list(made)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    numbered = [
        replace(each, seq=at, received_at=each.at) if at % 3 else each
        for at, each in enumerate(shuffled, 1)
    ]
    piecewise = NO_MODES
    for each in shuffled:
        piecewise = evolve(piecewise, each)

    assert whole == piecewise
    again = fold(numbered)
    assert bare(whole) == bare(again)


def bare(modes: Modes) -> tuple[object, ...]:
    """The modes without the numbers that facts have got meanwhile."""
    return (
        modes.heads,
        modes.frozen,
        modes.items,
        [(each.fact.hash, [r.hash for r in each.rivals]) for each in modes.signals],
        [(each.fact.hash, [r.hash for r in each.rivals]) for each in modes.responses],
    )


def test_every_order_of_three_facts_apart() -> None:
    """All six orders, with the lifting among them."""
    base = g.MemoryLog()
    first = response(base, L.III)
    seats = [base.fork(letter) for letter in "BCD"]
    made = [response(seat, level) for seat, level in zip(seats, (L.I, L.II, None), strict=True)]
    found = {str(bare(fold((first, *order)))) for order in permutations(made)}
    assert 1 == len(found)


def test_a_type_from_the_future_is_kept_and_changes_nothing() -> None:
    log = g.MemoryLog()
    event = signal(log, Colour.RED)
    later = replace(event, hash="f" * 64, id="later", type="curfew_set", base=(event.hash,))
    modes = fold((event, later))
    assert {"typhoon": Colour.RED} == colours(modes)
    assert ("f" * 64,) == modes.heads
