"""Organisation, catalogue, calendar, limits, errors: the tables that rules read."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from dispatch.domain.calendar import (
    HOUR,
    MINUTE,
    ZONE,
    DayKind,
    DayRow,
    WorkingCalendar,
    instant,
    local,
)
from dispatch.domain.catalogue import Catalogue, Item
from dispatch.domain.codes import PRECEDENCE, RANK, STEP, Level, Priority, Stage, State
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput, Damage
from dispatch.domain.organisation import Node, Organisation
from dispatch.domain.sla import Profile, Span, remaining, resumed
from dispatch.wire import tables
from tests import given as g

MAY_DAY = (DayRow(date(2026, 5, 1), DayKind.HOLIDAY), DayRow(date(2026, 5, 9), DayKind.MAKEUP))


def at(day: int, hour: int, minute: int = 0, month: int = 5) -> int:
    return instant(datetime(2026, month, day, hour, minute, tzinfo=ZONE))


@pytest.fixture
def calendar() -> WorkingCalendar:
    return WorkingCalendar(MAY_DAY, [2026])


class TestCalendar:
    def test_holidays_rest_and_make_up_days_work(self, calendar: WorkingCalendar) -> None:
        worked = [day for day in range(1, 12) if calendar.works(date(2026, 5, day))]
        assert [4, 5, 6, 7, 8, 9, 11] == worked

    @pytest.mark.parametrize(
        ("moment", "opening"),
        [
            (at(4, 7), at(4, 8, 30)),
            (at(4, 8, 30), at(4, 8, 30)),
            (at(4, 11, 59), at(4, 11, 59)),
            (at(4, 12), at(4, 14)),
            (at(4, 17, 30), at(5, 8, 30)),
            (at(1, 10), at(4, 8, 30)),
            (at(8, 18), at(9, 8, 30)),
        ],
    )
    def test_outside_working_time_the_next_opening_counts(
        self, calendar: WorkingCalendar, moment: int, opening: int
    ) -> None:
        assert opening == calendar.opening(moment)

    def test_hours_run_over_noon_night_and_holiday(self, calendar: WorkingCalendar) -> None:
        assert at(4, 12) == calendar.add_time(at(4, 10), 2 * HOUR)
        assert at(4, 14, 1) == calendar.add_time(at(4, 10), 2 * HOUR + MINUTE)
        assert at(4, 9, 30) == calendar.add_time(at(30, 16, 30, month=4), 2 * HOUR)

    def test_days_keep_the_clock_time(self, calendar: WorkingCalendar) -> None:
        assert at(4, 16) == calendar.add_days(at(30, 16, month=4), 1)
        assert at(9, 14) == calendar.add_days(at(8, 12, 30), 1)
        assert at(4, 16) == calendar.add_days(at(4, 16), 0)

    def test_worked_time_between_two_instants(self, calendar: WorkingCalendar) -> None:
        assert 7 * HOUR == calendar.between(at(4, 0), at(5, 0))
        assert 0 == calendar.between(at(5, 0), at(4, 0))

    def test_a_year_without_a_file_is_told(self, calendar: WorkingCalendar) -> None:
        assert () == calendar.missing(at(1, 0), at(31, 0))
        late = instant(datetime(2028, 1, 1, tzinfo=ZONE))
        assert (2027, 2028) == calendar.missing(at(1, 0), late)

    def test_instants_go_there_and_back(self) -> None:
        for moment in range(at(4, 10), at(4, 10) + 1000, 7):
            assert moment == instant(local(moment))


class TestOrganisation:
    def test_a_successor_does_the_work_of_a_closed_one(self) -> None:
        day = date(2019, 1, 1)
        nodes = [
            Node("t", "镇", Level.TOWN, None),
            Node(
                "安监", "安监", Level.DEPARTMENT, "t", valid_to=date(2018, 12, 31), successor="应急"
            ),
            Node("应急", "应急", Level.DEPARTMENT, "t", valid_from=day),
            Node("流管", "流管", Level.DEPARTMENT, "t", valid_to=date(2015, 1, 1)),
            Node("x", "x", Level.SQUAD, "t", valid_to=date(2015, 1, 1), successor="y"),
            Node("y", "y", Level.SQUAD, "t", valid_to=date(2015, 1, 1), successor="x"),
            Node("z", "z", Level.SQUAD, "t", valid_to=date(2015, 1, 1), successor="gone"),
        ]
        tree = Organisation(nodes, "v")
        assert "应急" == getattr(tree.current("安监", day), "code", None)
        assert "安监" == getattr(tree.current("安监", date(2018, 12, 31)), "code", None)
        for closed in ("流管", "x", "z", "unknown"):
            assert tree.current(closed, day) is None
        assert len(nodes) == len(list(tree))
        assert ["x", "y", "z", *sorted(("安监", "应急", "流管"))] == [
            node.code for node in tree.children["t"]
        ]

    def test_a_tree_has_all_its_parents_and_no_cycle(self) -> None:
        with pytest.raises(BadInput, match="b: 上级 a 不在组织表中"):
            Organisation([Node("b", "b", Level.GRID, "a")])
        with pytest.raises(BadInput, match="成环"):
            Organisation([Node("a", "a", Level.GRID, "b"), Node("b", "b", Level.GRID, "a")])

    def test_ways_up(self) -> None:
        tree = g.town_rules().organisation
        assert (g.GRID, g.VILLAGE, g.TOWN, g.CITY) == tree.path(g.GRID)
        assert () == tree.path("unknown")
        assert tree.within(g.GRID, g.TOWN)
        assert not tree.within(g.TOWN, g.GRID)
        assert g.TOWN == tree.ancestor(g.GRID, Level.TOWN)
        assert tree.ancestor(g.TOWN, Level.GRID) is None


class TestCatalogueAndLimits:
    def test_a_code_stands_once(self) -> None:
        item = Item("0601", "k", "消防", "n", Priority.P2, "M1")
        with pytest.raises(BadInput, match="事项 0601"):
            Catalogue("v", [item, item])
        catalogue = Catalogue("v", [item])
        assert ([item], 1) == (list(catalogue), len(catalogue))
        assert catalogue.get("x") is None

    def test_an_earlier_versions_names_are_kept(self) -> None:
        def of(version: str, **names: str) -> Catalogue:
            items = [Item(c[1:], "k", "消防", n, Priority.P2, "M1") for c, n in names.items()]
            return Catalogue(version, items)

        second = of("v2", i01="新", i03="来").after(of("v1", i01="旧", i02="去"))
        third = of("v3", i01="又").after(second)
        assert ["旧", "去"] == [third.name(code, "v1") for code in ("01", "02")]
        assert "来" == third.name("03", "v2")
        assert ["新", "又", "又"] == [third.name("01", v) for v in ("v2", "v3", None)]
        assert ("99", "又") == (third.name("99", "v1"), third.name("01", "v0"))
        assert second.after(second).former == second.former
        body = tables.write_catalogue(third)
        assert third.former == tables.parse_catalogue(body).former
        assert "former" not in tables.write_catalogue(of("v1", i01="旧"))

    @pytest.mark.parametrize("text", ["", "0m", "5", "m", "5 m", "10000d", "-1h", "1w", "５m"])
    def test_a_span_that_is_none_is_named(self, text: str) -> None:
        with pytest.raises(BadInput, match="profile U1"):
            Span.parse(text, "profile U1")

    def test_remaining_working_time_may_be_negative(self, calendar: WorkingCalendar) -> None:
        profile = Profile("p", working=True, spans={Stage.DISPOSAL: Span(2, "h")})
        clock = resumed(profile, 2 * HOUR, at(4, 9), calendar)
        assert (at(4, 11), at(4, 10, 36)) == (clock.due, clock.amber)
        assert HOUR == remaining(profile, clock, at(4, 10), calendar)
        assert -HOUR == remaining(profile, clock, at(4, 12, 30), calendar)
        assert at(4, 8) == resumed(profile, -HOUR, at(4, 9), calendar).due

    def test_half_of_a_deadline_outside_working_time_is_natural(self) -> None:
        log = g.MemoryLog()
        filed = g.given_filed(log, item=g.WORKING_ITEM)
        log.now = at(4, 17, 29)
        g.act(log, filed.id, Verb.DISPATCH, unit=g.FIRE, due=at(4, 21, 30))
        g.act(log, filed.id, Verb.SIGN, person="某人")
        g.act(log, filed.id, Verb.FEEDBACK, text="已办")
        failed = g.act(log, filed.id, Verb.INSPECT_FAIL, reason="unfinished")
        assert log.now + 2 * HOUR == failed.due_at


def test_every_state_has_a_rank_and_a_step() -> None:
    assert set(State) == set(PRECEDENCE) == set(RANK) == set(STEP)
    open_first = [state in {State.MERGED, State.VOID, State.CLOSED} for state in PRECEDENCE]
    assert sorted(open_first) == open_first


def test_damage_names_its_place() -> None:
    assert "town 441900106 number 7: hash" == str(Damage("town 441900106 number 7", "hash"))
