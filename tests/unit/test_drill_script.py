"""The play written for a feed: the same for a seed, every act by who may do it, none by oneself."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from functools import cache

from dispatch.domain.calendar import HOUR, ZONE, instant
from dispatch.domain.catalogue import UNCLASSIFIED
from dispatch.domain.codes import PUBLIC, BulletinPart, Channel, Priority, Role, Source
from dispatch.domain.command import Verb
from dispatch.domain.may import RIGHTS, check_options
from dispatch.drill.cast import SEAT_NAMES, SEATS, VILLAGE, Cast
from dispatch.drill.feed import FeedIncident, made_feed
from dispatch.drill.people import made_roster
from dispatch.drill.profile import Span
from dispatch.drill.script import Playbook, scripts
from dispatch.drill.step import FIELD, Script, Step
from dispatch.drill.turns import BLOCK, Turn, turns
from tests.unit.towns import hengli, setting

MONDAY = instant(datetime(2026, 3, 2, tzinfo=ZONE))
DOORS = {
    Verb.REPORT,
    Verb.VERIFY,
    Verb.SIGN,
    Verb.RETURN,
    Verb.ARRIVE,
    Verb.FEEDBACK,
    Verb.INSPECT,
}
"""What the hub's field doors take."""

RARE = {
    Verb.UNFILE,
    Verb.UNSIGN,
    Verb.STAND_DOWN,
    Verb.WITHDRAW,
    Verb.RESTORE,
    Verb.SPLIT,
    Verb.RECHECK,
    Verb.DENY_VOID,
    Verb.REASSIGN,
}


@cache
def cast() -> Cast:
    return Cast(hengli(), made_roster(hengli()), hengli().villages[0].code)


@cache
def feed() -> tuple[FeedIncident, ...]:
    return made_feed(setting(), Span(MONDAY, 24 * 5, seed=3))


@cache
def plays() -> tuple[Script, ...]:
    return scripts(feed(), Playbook(cast(), setting().catalogue, 1))


def steps() -> list[Step]:
    return [step for script in plays() for step in script.steps]


def verbs(script: Script) -> list[Verb]:
    return [step.command.verb for step in script.steps]


def test_a_seed_gives_the_same_play() -> None:
    again = scripts(feed(), Playbook(cast(), setting().catalogue, 1))
    other = scripts(feed(), Playbook(cast(), setting().catalogue, 2))

    assert plays() == again
    assert plays() != other


def test_every_act_is_known_to_the_rules_and_by_somebody_with_the_role() -> None:
    """A merge gets its master, a hold its date when they are played."""
    for step in steps():
        late = {Verb.MERGE, Verb.ASK_HOLD}
        if step.command.verb not in late:
            check_options(step.command)
        right = RIGHTS[step.command.verb]
        assert step.by.person.role in right.roles, step
        assert step.only <= right.states, step


def test_who_has_no_seat_acts_at_the_field_doors_only() -> None:
    assert {FIELD, VILLAGE, *SEATS} == {step.by.where for step in steps()}
    for step in steps():
        assert step.by.where != FIELD or step.command.verb in DOORS, step
        assert step.by.where != VILLAGE or step.by.person.role is Role.STATION


def test_calls_are_taken_by_the_clerk_and_what_is_seen_is_reported_with_photos() -> None:
    for report, script in zip(feed(), plays(), strict=True):
        first = script.steps[0]
        assert Verb.REPORT is first.command.verb
        assert report.at_ms == script.at_ms
        if report.source in PUBLIC | {Source.POLICE, Source.RESIDENCY}:
            assert (Role.CLERK, 0) == (first.by.person.role, first.photos)
        elif first.by.where == FIELD:
            assert first.photos >= 1
        assert bool(first.command.phone) == (report.source in PUBLIC)
        assert "****" in (first.command.phone or "****")


def test_nobody_looks_at_the_own_work() -> None:
    handling = {Verb.SIGN, Verb.ARRIVE, Verb.FEEDBACK}
    for script in plays():
        handled: set[str] = set()
        for step in script.steps:
            if step.command.verb in handling:
                handled.add(step.by.login)
            if step.command.verb is Verb.INSPECT:
                assert step.by.login not in handled


def test_each_turn_of_the_play_comes_up() -> None:
    found = Counter(step.command.verb for step in steps())
    for verb in (
        Verb.ASK_VERIFY,
        Verb.MERGE,
        Verb.ASK_REFUSE,
        Verb.RETURN,
        Verb.ASK_HOLD,
        Verb.RESUME,
        Verb.ASK_VOID,
        Verb.CORRECT,
        Verb.INSPECT_FAIL,
        Verb.CALL_TRIED,
        Verb.REDO,
        Verb.ACCEPT,
        Verb.REOPEN,
        Verb.NOTE,
    ):
        assert found[verb], verb
    assert found[Verb.GRANT_VOID] + found[Verb.DENY_VOID] == found[Verb.ASK_VOID]
    assert found[Verb.RESUME] == found[Verb.ASK_HOLD]


def test_what_is_reported_again_is_neither_refused_nor_voided() -> None:
    """The second report is merged into it, so it has to stand."""
    again = [each for each in feed() if each.repeats is not None]
    assert again
    for each in again:
        master = verbs(plays()[(each.repeats or 0) - 1])
        assert not {Verb.ASK_REFUSE, Verb.ASK_VOID} & set(master)
        step = plays()[each.number - 1].steps[1]
        assert (Verb.MERGE, each.repeats) == (step.command.verb, step.into)


def test_the_unclassified_is_filed_by_the_chief() -> None:
    for report, script in zip(feed(), plays(), strict=True):
        for step in script.steps:
            if step.command.verb is Verb.FILE and report.item == UNCLASSIFIED:
                assert Role.CHIEF is step.by.person.role


def test_a_shift_has_every_rare_turn_once() -> None:
    """By the seed, not by chance: in each of ten day shifts of an average town."""
    for seed in range(1, 11):
        shift = made_feed(setting(), Span(MONDAY + 8 * HOUR, 12, seed=seed))
        taken = turns(shift, seed)
        written = scripts(shift, Playbook(cast(), setting().catalogue, seed))
        found = Counter(verb for script in written for verb in verbs(script))

        assert set(Turn) - {Turn.SPLIT} <= set(taken.values())
        again = any(each.repeats is not None for each in shift[:BLOCK])
        assert Turn.SPLIT in taken.values() or not again
        for verb in RARE - ({Verb.SPLIT} if Turn.SPLIT not in taken.values() else set()):
            assert 1 <= found[verb] <= 4, (seed, verb)
        unreachable = [
            step
            for script in written
            for step in script.steps
            if step.command.verb is Verb.CALL_BACK and step.command.grade is None
        ]
        assert unreachable


def test_a_short_feed_has_few_turns_and_all_of_them_fit() -> None:
    few = feed()[:15]

    assert len(turns(few, 1)) <= 3
    assert turns(feed(), 1) == turns(feed(), 1)
    assert turns(feed(), 1) != turns(feed(), 2)
    for number, turn in turns(feed(), 1).items():
        report = feed()[number - 1]
        assert (turn is Turn.SPLIT) == (report.repeats is not None)


def test_workers_who_act_are_on_duty_and_every_grid_has_one() -> None:
    out = {each.login for each in cast().on_duty}
    grids = {grid.code for grid in hengli().grids}

    assert grids == {each.node for each in cast().on_duty}
    for script in plays():
        for step in script.steps:
            if step.command.verb in {Verb.REPORT, Verb.VERIFY} and step.by.where == FIELD:
                assert step.by.person.role is not Role.WORKER or step.by.login in out


def test_every_seat_has_a_name_that_a_report_can_print() -> None:
    """A folder's name is no seat's name."""
    assert set(SEATS) == set(SEAT_NAMES)
    assert len(SEATS) == len(set(SEAT_NAMES.values()))
    assert all("号席" in name for name in SEAT_NAMES.values())


def informs(script: Script) -> list[tuple[int, Step]]:
    """The information reports of a script with their seconds from the report."""
    passed, found = 0, []
    for step in script.steps:
        passed += 0 if step.command.verb is Verb.VERIFY else step.wait_s
        if step.command.verb is Verb.INFORM:
            found.append((passed, step))
    return found


def test_every_p1_is_told_of_by_phone_in_writing_and_to_its_end() -> None:
    """Mostly in time; nothing else is done later for it."""
    urgent = {each.number for each in feed() if each.priority_hint is Priority.P1}
    told = {script.number: informs(script) for script in plays()}
    assert {number for number, found in told.items() if found} == urgent
    late = 0
    for number in urgent:
        found = told[number]
        parts = [(step.command.part, step.command.channel) for _, step in found]
        first = [(BulletinPart.FIRST, Channel.PHONE), (BulletinPart.FIRST, Channel.MESSAGE)]
        assert first == parts[:2]
        assert (BulletinPart.FINAL, Channel.MESSAGE) == parts[-1]
        assert {BulletinPart.FOLLOW} >= {part for part, _ in parts[2:-1]}
        assert [at for at, _ in found] == sorted(at for at, _ in found)
        late += found[0][0] > 20 * 60 or found[1][0] > 40 * 60
    assert 0 < late < len(urgent) / 5
    assert all(step.wait_s >= 0 for script in plays() for step in script.steps)
