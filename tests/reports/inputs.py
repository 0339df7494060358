"""Report inputs from a seat's log, with made-up names."""

from __future__ import annotations

import functools

from dispatch.domain.codes import Level
from dispatch.domain.measure import Measure
from dispatch.files.measures import read_measures
from dispatch.reports.shift_input import (
    Basis,
    Conditions,
    Names,
    People,
    Plain,
    Scope,
    ShiftInput,
    ShiftSpan,
)
from resources import path
from tests.reports.histories import FROM, TO
from tests.reports.records import POSTS, ROSTER, book
from tests.reports.seats import TOWN, VILLAGES, Seat, rules


@functools.cache
def measures() -> tuple[Measure, ...]:
    """Return the definitions that ship."""
    return read_measures(path("catalogue/kpi_v1.csv"))


def report_of(seat: Seat) -> ShiftInput:
    """Return the input of the shift's report as this seat would make it."""
    seqs = [e.seq for each in seat.incidents.values() for e in each.facts if e.seq]
    return ShiftInput(
        scope=Scope(
            code=TOWN, name="横沥镇", level=Level.TOWN, centre="横沥镇智网工程指挥调度中心"
        ),
        shift=ShiftSpan("白班", FROM, TO),
        people=People(
            account="liwanyi",
            chief="陈国强",
            leader="何志辉",
            relief="夜班 值班长 罗美玲",
            seats=(("受理", 2), ("派遣", 2), ("督办", 1)),
        ),
        printed_at=TO + 4 * 60_000,
        incidents=tuple(seat.incidents.values()),
        basis=Basis(town_seq=max(seqs, default=0), own=len(seat.mine), behind=seat.unsent),
        measures=measures(),
        calendar=rules().calendar,
        plain={
            id_: Plain(told.get("place", ""), told.get("text", ""))
            for id_, told in seat.plain.items()
        },
        names=Names(
            items={item.code: item.name for item in seat.rules().catalogue},
            grids={f"{each}{n:03d}": f"网格 {n}" for each in VILLAGES for n in range(1, 5)},
            villages={VILLAGES[0]: "恒泉村", VILLAGES[1]: "田饶步村"},
            units={VILLAGES[0]: "恒泉工作站", VILLAGES[1]: "田饶步工作站", "消防": "消防大队"},
            accounts={"liwanyi": "李婉仪"},
        ),
        conditions=Conditions(weather="多云 22–28℃，东北风 3 级", signal="无", response="无"),
        roster=ROSTER,
        records=tuple(book(0).events),
        posts=POSTS,
        synthetic=True,
    )
