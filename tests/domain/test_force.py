"""Calls, looks at objects, led patrols and sealed tasks: what is written, what is refused."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from dispatch.acts import force, town
from dispatch.domain.bodies_force import RadioAnswer, RadioChecked
from dispatch.domain.bodies_town import CampaignIssued, Checked, Post, RoundKind
from dispatch.domain.calendar import HOUR, MINUTE, local
from dispatch.domain.campaign import Task, fold_campaign, fold_task, task_id
from dispatch.domain.codes import Kind, Role
from dispatch.domain.cycle import DueObject, days_of, looked_at
from dispatch.domain.decide_campaign import IssueCampaign, PlaceToCheck, ReportFound, content_of
from dispatch.domain.decide_force import CheckObject, CheckRadio
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Event, Subject
from dispatch.domain.rules import Actor
from tests import given as g

LED = {"kind": RoundKind.LED, "leader": Post.DEPUTY_MAYOR}
SQUAD_TASK = {
    "kind": RoundKind.SQUAD,
    "places": (PlaceToCheck(grid=g.SQUAD),),
    "text": "十三点集合",
    "sealed_until": g.START + 2 * HOUR,
}
DAY = date(2026, 11, 23)


def issued(log: g.MemoryLog, **options: object) -> tuple[str, tuple[Event, ...]]:
    told = {
        "title": "带队巡查",
        "due": g.START + 6 * HOUR,
        "places": (PlaceToCheck(grid=g.GRID), PlaceToCheck(grid=g.NEXT_GRID)),
        **options,
    }
    return town.issue_campaign(log, IssueCampaign(**told), g.CHIEF, log.now)  # type: ignore[arg-type]


def found(log: g.MemoryLog, id_: str, by: Actor = g.CHIEF, **options: object) -> Event:
    log.now += MINUTE
    told = {"campaign": id_, "grid": g.GRID, "text": "积水", **options}
    return force.report_found(log, ReportFound(**told), by, log.now)[0]  # type: ignore[arg-type]


def task(log: g.MemoryLog, id_: str, grid: str = g.GRID) -> Task:
    return fold_task(log.facts_of(Subject(Kind.CAMPAIGN, task_id(id_, grid))))


def look(log: g.MemoryLog, finding: Checked, by: Actor = g.WORKER, **options: object) -> Event:
    told = {"object": "O-1 (甲)", "grid": g.GRID, "finding": finding, **options}
    return force.check_objects(log, (CheckObject(**told),), by, log.now)[0]  # type: ignore[arg-type]


def call(log: g.MemoryLog, by: Actor = g.DISPATCHER, **options: object) -> Event:
    told = {"worker": "W1", "grid": g.GRID, "answer": RadioAnswer.ANSWERED, **options}
    return force.check_radio(log, CheckRadio(**told), by, log.now)  # type: ignore[arg-type]


class TestPatrols:
    def test_a_patrol_says_its_leaders_post_and_keeps_every_finding(self) -> None:
        log = g.MemoryLog()
        id_, _ = issued(log, **LED)
        for nth in range(3):
            found(log, id_, text=f"发现 {nth}")
        found(log, id_, text="", incident="0191-a")

        head = fold_campaign(log.facts_of(Subject(Kind.CAMPAIGN, id_))).order
        assert head is not None
        assert (RoundKind.LED, Post.DEPUTY_MAYOR) == (head.kind, head.leader)
        facts = log.facts_of(Subject(Kind.CAMPAIGN, task_id(id_, g.GRID)))
        assert 4 == len(task(log, id_).found)
        assert not task(log, id_).done
        assert 1 == len({fold_task(each) for each in permutations(facts, len(facts))})
        assert () == task(log, id_, g.NEXT_GRID).found

    @pytest.mark.parametrize(
        ("options", "where"),
        [
            ({"kind": RoundKind.LED}, "leader"),
            ({"leader": Post.MAYOR}, "leader"),
            ({**LED, "sealed_until": g.START + HOUR}, "sealed_until"),
            ({**SQUAD_TASK, "sealed_until": g.START}, "sealed_until"),
            ({**SQUAD_TASK, "sealed_until": g.START + 6 * HOUR}, "sealed_until"),
            ({**SQUAD_TASK, "text": " "}, "text"),
            ({**SQUAD_TASK, "places": (PlaceToCheck(grid=g.GRID),)}, "places"),
            ({**LED, "places": (PlaceToCheck(grid=g.SQUAD),)}, "places"),
            ({**LED, "places": ()}, "places"),
        ],
    )
    def test_a_wrong_order_is_named_and_nothing_is_written(
        self, options: dict[str, object], where: str
    ) -> None:
        log = g.MemoryLog()
        with pytest.raises(BadInput) as bad:
            issued(log, **options)
        assert where == bad.value.where
        assert [] == list(log.facts_of(Subject(Kind.CAMPAIGN, "x")))

    @pytest.mark.parametrize(
        ("options", "where"),
        [
            ({"text": " "}, "text"),
            ({"incident": "A 1"}, "incident"),
            ({"photos": ("0" * 64,) * 10}, "photos"),
            ({"on_behalf": "王"}, "on_behalf"),
        ],
    )
    def test_a_wrong_finding_is_named(self, options: dict[str, object], where: str) -> None:
        log = g.MemoryLog()
        id_, _ = issued(log, **LED)
        with pytest.raises(BadInput) as bad:
            found(log, id_, **options)  # type: ignore[arg-type]
        assert where == bad.value.where

    def test_only_those_of_the_grid_find_something_while_it_lasts(self) -> None:
        log = g.MemoryLog()
        id_, _ = issued(log, **LED)
        elsewhere = g.person("w9", Role.WORKER, node=g.NEXT_GRID)
        for by, code in ((elsewhere, "out_of_scope"), (g.INSPECTOR, "role_missing")):
            with pytest.raises(Refused) as refused:
                found(log, id_, by)
            assert code == refused.value.code
        with pytest.raises(Refused) as refused:
            found(log, "nothing")
        assert "unknown_task" == refused.value.code
        town.end_campaign(log, id_, g.CHIEF, log.now)
        with pytest.raises(Refused) as refused:
            found(log, id_)
        assert "campaign_ended" == refused.value.code


class TestSealed:
    def test_its_text_is_sealed_and_no_guess_at_it_can_be_proved(self) -> None:
        log = g.MemoryLog()
        _, (head, one) = issued(log, **SQUAD_TASK)
        assert isinstance(head.body, CampaignIssued)
        assert g.START + 2 * HOUR == head.body.sealed_until
        assert ("text", "title") == head.sealed
        assert (g.SQUAD,) == one.see_add
        due = g.START + 6 * HOUR
        told = {"title": "带队巡查", "due": due, **SQUAD_TASK}
        other = {**told, "text": "另一个"}
        assert content_of(IssueCampaign(**told)) == content_of(IssueCampaign(**other))  # type: ignore[arg-type]
        open_ = [{**each, "sealed_until": None} for each in (told, other)]
        assert 2 == len({content_of(IssueCampaign(**each)) for each in open_})  # type: ignore[arg-type]


class TestLooks:
    def test_a_look_is_kept_by_grid_and_day_and_the_gravest_counts(self) -> None:
        log = g.MemoryLog()
        made = [look(log, each) for each in (Checked.ABSENT, Checked.PROBLEM, Checked.CLEAR)]
        day = local(log.now).date()
        assert {f"{day:%Y%m%d}:{g.GRID}"} == {each.subject.id for each in made}
        assert {(g.GRID,)} == {each.see_add for each in made}
        for each in permutations(made):
            assert {(day, "O-1 (甲)"): Checked.PROBLEM} == looked_at(each)
        assert {(day, "O-1 (甲)"): Checked.ABSENT} == looked_at(made[:1])

    def test_one_that_is_refused_refuses_the_whole_list(self) -> None:
        log = g.MemoryLog()
        good = CheckObject(object="O1", grid=g.GRID, finding=Checked.CLEAR)
        bad = CheckObject(object="O2", grid="nowhere", finding=Checked.CLEAR)
        with pytest.raises(BadInput):
            force.check_objects(log, (good, bad), g.WORKER, log.now)
        day = f"{local(log.now):%Y%m%d}:{g.GRID}"
        assert () == tuple(log.facts_of(Subject(Kind.OBJECT, day)))

    @pytest.mark.parametrize(
        ("options", "where"),
        [
            ({"object": ""}, "object"),
            ({"object": "x" * 65}, "object"),
            ({"object": "\0"}, "object"),
            ({"grid": g.VILLAGE}, "grid"),
            ({"photos": ("0" * 64,) * 10}, "photos"),
            ({"on_behalf": "王"}, "on_behalf"),
            ({"text": "字" * 2001}, "text"),
        ],
    )
    def test_a_wrong_look_is_named(self, options: dict[str, object], where: str) -> None:
        with pytest.raises(BadInput) as bad:
            look(g.MemoryLog(), Checked.CLEAR, **options)  # type: ignore[arg-type]
        assert where == bad.value.where

    def test_who_was_not_there_says_for_whom(self) -> None:
        log = g.MemoryLog()
        with pytest.raises(Refused) as refused:
            look(log, Checked.CLEAR, g.DISPATCHER)
        assert "needs_on_behalf" == refused.value.code
        assert "W1" == look(log, Checked.CLEAR, g.DISPATCHER, on_behalf="W1").body.on_behalf
        with pytest.raises(Refused) as refused:
            look(log, Checked.CLEAR, g.person("w9", Role.WORKER, node=g.NEXT_GRID))
        assert "out_of_scope" == refused.value.code


class TestCalls:
    def test_every_call_is_an_event_of_the_workers_day(self) -> None:
        log = g.MemoryLog()
        made = [call(log, answer=each, silent_since=5) for each in RadioAnswer]
        assert {f"W1:{local(log.now):%Y-%m-%d}"} == {each.subject.id for each in made}
        bodies = [each.body for each in made if isinstance(each.body, RadioChecked)]
        assert [(each, 5) for each in RadioAnswer] == [(b.answer, b.silent_since) for b in bodies]

    def test_a_wrong_call_is_named(self) -> None:
        for options, where in (({"worker": "王"}, "worker"), ({"grid": "x"}, "grid")):
            with pytest.raises(BadInput) as bad:
                call(g.MemoryLog(), **options)  # type: ignore[arg-type]
            assert where == bad.value.where
        with pytest.raises(Refused) as refused:
            call(g.MemoryLog(), g.WORKER)
        assert "role_missing" == refused.value.code


class TestCycles:
    @pytest.mark.parametrize(
        ("every", "due"), [(None, [0]), (1, [0, 1, 2, 3, 4, 5, 6]), (3, [0, 3, 6])]
    )
    def test_due_from_its_day_on(self, every: int | None, due: list[int]) -> None:
        each = DueObject("O1", g.GRID, DAY, every)
        days = [date.fromordinal(DAY.toordinal() + nth) for nth in range(-3, 7)]
        assert due == [(day - DAY).days for day in days if each.is_due(day)]

    def test_a_night_shift_asks_for_no_day(self) -> None:
        morning = 1_795_393_800_000  # 2026-11-23 08:30 +08:00
        evening = morning + 9 * HOUR
        assert (DAY,) == days_of(morning, evening)
        assert () == days_of(evening, morning + 24 * HOUR)
        assert (DAY,) == days_of(evening - 1, evening + HOUR)
        assert () == days_of(morning - HOUR, morning)
        assert (DAY,) == days_of(morning - HOUR, morning + 1)
        assert 3 == len(days_of(morning, evening + 48 * HOUR))
