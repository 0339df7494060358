"""Rounds of checks and notices: one unit, nothing doubled, the same in any order of arrival."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.acts import town
from dispatch.domain.bodies_town import Checked
from dispatch.domain.calendar import DAY, HOUR, MINUTE
from dispatch.domain.campaign import Campaign, Task, fold_campaign, fold_task, task_id
from dispatch.domain.codes import Kind, Role
from dispatch.domain.decide_campaign import AnswerTask, IssueCampaign, PlaceToCheck
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Event, Subject
from dispatch.domain.notice import IssueNotice, Notice, fold_notice
from dispatch.domain.rules import Actor
from tests import given as g

BOTH = (PlaceToCheck(grid=g.GRID), PlaceToCheck(grid=g.NEXT_GRID))
DUE = g.START + 6 * HOUR
STATION_READER = g.person("station2", Role.STATION, node=g.NEXT_VILLAGE)


def issue(
    log: g.MemoryLog, by: Actor = g.CHIEF, **options: object
) -> tuple[str, tuple[Event, ...]]:
    told = {"title": "低洼点检查", "due": DUE, "places": BOTH, **options}
    return town.issue_campaign(log, IssueCampaign(**told), by, log.now)  # type: ignore[arg-type]


def answer(
    log: g.MemoryLog, id_: str, finding: Checked, by: Actor = g.WORKER, **options: object
) -> Event:
    log.now += MINUTE
    told = {"campaign": id_, "grid": g.GRID, "target": "1", "finding": finding, **options}
    return town.answer_task(log, AnswerTask(**told), by, log.now)[0]  # type: ignore[arg-type]


def campaign(log: g.MemoryLog, id_: str) -> Campaign:
    return fold_campaign(log.facts_of(Subject(Kind.CAMPAIGN, id_)))


def task(log: g.MemoryLog, id_: str, grid: str = g.GRID) -> Task:
    return fold_task(log.facts_of(Subject(Kind.CAMPAIGN, task_id(id_, grid))))


class TestIssuing:
    def test_one_act_is_one_unit_with_a_task_a_grid(self) -> None:
        log = g.MemoryLog()
        id_, events = issue(log)

        assert [(1, 3), (2, 3), (3, 3)] == [(e.unit.i, e.unit.n) for e in events if e.unit]
        assert 1 == len({e.unit.id for e in events if e.unit})
        assert [("*",), (g.GRID,), (g.NEXT_GRID,)] == [each.see_add for each in events]
        order = campaign(log, id_).order
        assert order is not None
        assert (2, 2, DUE) == (order.tasks, order.targets, order.due)

    def test_sent_twice_nothing_is_doubled(self) -> None:
        log = g.MemoryLog()
        first, made = issue(log)
        log.now += HOUR
        again, more = issue(log, due=DUE + HOUR)
        assert (first, 3, ()) == (again, len(made), more)

    def test_another_order_under_the_same_name_is_refused(self) -> None:
        log = g.MemoryLog()
        issue(log, id="round-1")
        with pytest.raises(Refused, match="campaign_exists"):
            issue(log, id="round-1", title="另一次")

    def test_on_another_day_it_is_another_round(self) -> None:
        log = g.MemoryLog()
        first, _ = issue(log)
        log.now += DAY
        second, made = issue(log, due=DUE + DAY)
        assert (3, False) == (len(made), first == second)

    def test_places_of_a_list_are_put_together_by_grid(self) -> None:
        log = g.MemoryLog()
        places = (
            PlaceToCheck(grid=g.NEXT_GRID, name="二村涵洞", lon=113.9, lat=23.0),
            PlaceToCheck(grid=g.GRID, name="一村低洼处"),
            PlaceToCheck(grid=g.NEXT_GRID, name="二村泵站"),
        )
        id_, events = issue(log, places=places)
        assert 3 == len(events)
        found = task(log, id_, g.NEXT_GRID)
        assert ["1", "2"] == [each.target.no for each in found.places]
        assert 113.9 == found.places[0].target.lon
        plain = {name: text for kept in log.kept for name, text in kept.plain.items()}
        assert "二村泵站" == plain["place:2"]
        assert b"\xe6\xb3\xb5" not in log.kept[-1].signed.raw

    @pytest.mark.parametrize("who", [g.CLERK, g.DISPATCHER, g.INSPECTOR])
    def test_only_chief_and_leader(self, who: Actor) -> None:
        with pytest.raises(Refused, match="role_missing"):
            issue(g.MemoryLog(), who)

    def test_a_village_may_not(self) -> None:
        with pytest.raises(Refused, match="village_may_not"):
            issue(g.MemoryLog(), g.person("v", Role.CHIEF, node=g.VILLAGE))

    @pytest.mark.parametrize(
        ("options", "where"),
        [
            ({"title": " "}, "title"),
            ({"title": "长" * 61}, "title"),
            ({"title": "半\ud800"}, "title"),
            ({"text": "长" * 2001}, "text"),
            ({"due": g.START}, "due"),
            ({"due": g.START + 367 * DAY}, "due"),
            ({"id": "a b"}, "id"),
            ({"id": "x" * 61}, "id"),
            ({"places": ()}, "places"),
            ({"places": (PlaceToCheck(grid="nowhere"),)}, "places"),
            ({"places": (PlaceToCheck(grid=g.VILLAGE),)}, "places"),
            ({"places": (PlaceToCheck(grid=g.GRID, lon=113.0),)}, "places"),
            ({"places": (PlaceToCheck(grid=g.GRID, lon=1e9, lat=0.0),)}, "places"),
            ({"places": (PlaceToCheck(grid=g.GRID, lon=float("nan"), lat=0.0),)}, "places"),
            ({"places": (PlaceToCheck(grid=g.GRID, name="长" * 61),)}, "places"),
            ({"places": (PlaceToCheck(grid=g.GRID),) * 151}, "places"),
            ({"places": (PlaceToCheck(grid=g.GRID),) * 5001}, "places"),
        ],
    )
    def test_bad_input_is_named_and_nothing_is_stored(
        self, options: dict[str, object], where: str
    ) -> None:
        log = g.MemoryLog()
        with pytest.raises(BadInput) as bad:
            issue(log, g.CHIEF, **options)
        assert where == bad.value.where
        assert [] == log.kept

    def test_the_longest_task_fits_into_an_event(self) -> None:
        places = (PlaceToCheck(grid=g.GRID, name="长" * 60, lon=113.123456, lat=23.123456),) * 150
        _, events = issue(g.MemoryLog(), places=places)
        assert 2 == len(events)


class TestAnswering:
    def test_an_answer_makes_progress_and_a_second_one_no_more(self) -> None:
        log = g.MemoryLog()
        id_, _ = issue(log)
        answer(log, id_, Checked.PROBLEM, text="积水")
        again = answer(log, id_, Checked.CLEAR)
        place = task(log, id_).places[0]
        assert (again, Checked.CLEAR, False) == (place.answer, place.finding, place.apart)
        assert task(log, id_).done
        assert not task(log, id_, g.NEXT_GRID).done

    def test_two_who_found_different_things_apart_are_both_told(self) -> None:
        log = g.MemoryLog()
        id_, _ = issue(log)
        other = log.fork("B")
        answer(log, id_, Checked.CLEAR)
        log.take([answer(other, id_, Checked.PROBLEM)])
        place = task(log, id_).places[0]
        assert (Checked.PROBLEM, True) == (place.finding, place.apart)

    def test_a_station_answers_for_its_worker_only_in_its_own_name(self) -> None:
        log = g.MemoryLog()
        id_, _ = issue(log)
        with pytest.raises(Refused, match="needs_on_behalf"):
            answer(log, id_, Checked.CLEAR, g.STATION)
        event = answer(log, id_, Checked.CLEAR, g.STATION, on_behalf="W001")
        assert ("station", "W001") == (event.role, event.body.on_behalf)

    def test_who_is_elsewhere_is_refused(self) -> None:
        log = g.MemoryLog()
        id_, _ = issue(log)
        with pytest.raises(Refused, match="out_of_scope"):
            answer(log, id_, Checked.CLEAR, grid=g.NEXT_GRID)
        with pytest.raises(Refused, match="role_missing"):
            answer(log, id_, Checked.CLEAR, g.CLERK)
        with pytest.raises(Refused, match="unknown_task"):
            answer(log, "no-such", Checked.CLEAR)
        with pytest.raises(BadInput) as bad:
            answer(log, id_, Checked.CLEAR, target="2")
        assert "target" == bad.value.where

    def test_an_ended_round_takes_no_answer(self) -> None:
        log = g.MemoryLog()
        id_, _ = issue(log)
        assert 1 == len(town.end_campaign(log, id_, g.LEADER, log.now))
        assert () == town.end_campaign(log, id_, g.LEADER, log.now)
        with pytest.raises(Refused, match="campaign_ended"):
            answer(log, id_, Checked.CLEAR)
        with pytest.raises(Refused, match="unknown_campaign"):
            town.end_campaign(log, "no-such", g.LEADER, log.now)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.booleans(), st.sampled_from(Checked)),
        min_size=1,
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_answers_in_any_order_give_the_same(
    steps: list[tuple[int, bool, Checked]], chance: object
) -> None:
    base = g.MemoryLog()
    id_, made = issue(base)
    seats = [base.fork(letter) for letter in "BCD"]
    every = [made[1]]
    for place, hears, finding in steps:
        if hears:
            known = {e.hash for e in seats[place].facts_of(every[0].subject)}
            seats[place].take([each for each in every if each.hash not in known])
        every.append(answer(seats[place], id_, finding))
    shuffled = list(every)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    numbered = [replace(each, seq=at) for at, each in enumerate(shuffled, 1)]

    def bare(found: Task) -> list[tuple[str, Checked | None, str, bool]]:
        return [
            (p.target.no, p.finding, p.answer.hash if p.answer else "", p.apart)
            for p in found.places
        ]

    assert bare(fold_task(every)) == bare(fold_task(shuffled)) == bare(fold_task(numbered))


class TestNotices:
    TO = (g.VILLAGE, g.NEXT_VILLAGE, f"{g.TOWN}/{g.FIRE}", "@clerk")

    def issue(self, log: g.MemoryLog, by: Actor = g.CHIEF, **options: object) -> None:
        told = {"id": "n1", "to": self.TO, "title": "全员到岗", **options}
        town.issue_notice(log, IssueNotice(**told), by, log.now)  # type: ignore[arg-type]

    def read(self, log: g.MemoryLog, by: Actor) -> int:
        log.now += MINUTE
        return len(town.read_notice(log, "n1", by, log.now))

    def notice(self, log: g.MemoryLog) -> Notice:
        return fold_notice(log.facts_of(Subject(Kind.NOTICE, "n1")))

    def test_who_has_not_read_it(self) -> None:
        log = g.MemoryLog()
        self.issue(log)
        assert self.TO == self.notice(log).unread
        assert (1, 1) == (self.read(log, g.STATION), self.read(log, g.CLERK))
        assert (g.NEXT_VILLAGE, f"{g.TOWN}/{g.FIRE}") == self.notice(log).unread

    def test_a_second_reading_of_the_same_office_is_nothing(self) -> None:
        log = g.MemoryLog()
        self.issue(log)
        assert [1, 0] == [self.read(log, g.STATION), self.read(log, g.STATION)]
        colleague = g.person("station9", Role.STATION, node=g.VILLAGE)
        assert 0 == self.read(log, colleague)

    def test_two_receipts_apart_count_once_whatever_comes_first(self) -> None:
        log = g.MemoryLog()
        self.issue(log)
        other = log.fork("B")
        other.now += HOUR
        self.read(log, g.STATION)
        self.read(other, g.person("station9", Role.STATION, node=g.VILLAGE))
        facts = [*log.facts_of(Subject(Kind.NOTICE, "n1")), other.kept[-1].event]
        found = {
            tuple((to, event.actor) for to, event in fold_notice(order).read)
            for order in permutations(facts)
        }
        assert {((g.VILLAGE, "station"),)} == found

    def test_sent_twice_is_one(self) -> None:
        log = g.MemoryLog()
        self.issue(log)
        self.issue(log, title="另一个标题")
        assert 1 == len(log.kept)

    def test_whom_it_is_not_for_cannot_read_it(self) -> None:
        log = g.MemoryLog()
        self.issue(log)
        with pytest.raises(Refused, match="notice_not_for_you"):
            self.read(log, g.POLICEMAN)
        with pytest.raises(Refused, match="unknown_notice"):
            town.read_notice(log, "n2", g.CLERK, log.now)
        with pytest.raises(Refused, match="role_missing"):
            self.read(log, g.AUDITOR)

    @pytest.mark.parametrize("who", [g.CLERK, g.STATION, g.FIREMAN])
    def test_who_may_not_send(self, who: Actor) -> None:
        with pytest.raises(Refused):
            self.issue(g.MemoryLog(), who)

    @pytest.mark.parametrize(
        ("options", "where"),
        [
            ({"to": ()}, "to"),
            ({"to": ("nowhere",)}, "to"),
            ({"to": (g.CITY,)}, "to"),
            ({"to": tuple(f"@a{n}" for n in range(501))}, "to"),
            ({"title": ""}, "title"),
            ({"title": "长" * 61}, "title"),
            ({"text": "有\0无"}, "text"),
            ({"due": g.START}, "due"),
            ({"id": "a b"}, "id"),
        ],
    )
    def test_bad_input_is_named(self, options: dict[str, object], where: str) -> None:
        log = g.MemoryLog()
        with pytest.raises(BadInput) as bad:
            self.issue(log, g.CHIEF, **options)
        assert (where, []) == (bad.value.where, log.kept)
