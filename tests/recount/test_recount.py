"""The independent recount agrees with every printed number, and notices any that is changed."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from dispatch.domain.calendar import HOUR
from dispatch.domain.codes import Level
from dispatch.reports import figures
from dispatch.reports.figure import Figure
from dispatch.reports.shift_input import Basis, Names, People, Scope, ShiftInput, ShiftSpan, Worker
from dispatch.reports.walk import walk
from tests.recount.around import Around
from tests.recount.drawn_rates import drawn
from tests.recount.lists import recount
from tests.reports.histories import FROM, TO, live_through
from tests.reports.inputs import measures
from tests.reports.records import OBJECTS, POSTS, ROSTER, TRACKED, book
from tests.reports.seats import TOWN, VILLAGES, Seat, rules

SEEDS = range(20)
GRIDS = tuple(f"{village}{number:03d}" for village in VILLAGES for number in range(1, 5))
DRAWN = -1
"""Stands for the incidents drawn by hand."""
Told = dict[str, dict[str, Any]]  # Any: value, num, den, ids, of, text


@dataclass(frozen=True, slots=True)
class View:
    """Whose report of which time, made when."""

    seat: Seat
    village: str | None
    from_at: int
    to_at: int
    printed_at: int
    seed: int = 0

    @property
    def roster(self) -> tuple[Worker, ...]:
        """The workers of the scope."""
        return tuple(each for each in ROSTER if self.village in {None, each.village})

    @property
    def grids(self) -> tuple[str, ...]:
        """The grids of the scope."""
        return tuple(each for each in GRIDS if each.startswith(self.village or TOWN))


@functools.cache
def seats(seed: int) -> tuple[Seat, Seat]:
    if seed == DRAWN:
        return drawn(), drawn()
    return live_through(seed).seats


def asked(view: View) -> ShiftInput:
    """The report that this seat would make, with everything it knows."""
    seat = view.seat
    seqs = [e.seq for each in seat.incidents.values() for e in each.facts if e.seq]
    scope = Scope(
        code=view.village or TOWN,
        name="横沥",
        level=Level.VILLAGE if view.village else Level.TOWN,
        centre="横沥镇智网工程指挥调度中心",
    )
    return ShiftInput(
        scope=scope,
        shift=ShiftSpan("白班", view.from_at, view.to_at),
        people=People(account="zhibanzhang", seats=(("受理", 2),)),
        printed_at=view.printed_at,
        incidents=tuple(seat.incidents.values()),
        basis=Basis(town_seq=max(seqs, default=0), own=len(seat.mine), behind=seat.unsent),
        names=Names(villages=dict.fromkeys(VILLAGES, ""), grids=dict.fromkeys(GRIDS, "")),
        roster=view.roster,
        posts=POSTS,
        records=tuple(book(view.seed).events),
        measures=measures(),
        calendar=rules().calendar,
        objects=OBJECTS,
        grids=view.grids,
        tracked=TRACKED,
    )


def counted(view: View) -> Told:
    """The recount, from the raw bytes alone."""
    span = (view.from_at, view.to_at, min(view.to_at, view.printed_at))
    own = f"inc-{view.seat.letter}"
    given = Around(
        scope=view.village or TOWN,
        villages=VILLAGES,
        grids=GRIDS,
        roster=tuple((each.number, each.grid, each.village) for each in view.roster),
        posts=POSTS,
        records=tuple(book(view.seed).raw),
        objects=tuple((o.code, o.due_on.isoformat(), o.every_days) for o in OBJECTS),
        mine=view.grids,
        tracked=tuple((f"{day:%Y%m%d}", grid) for day, grid in TRACKED),
    )
    return shape(recount(view.seat.rows(), span, own, given, {"受理": 2}, view.village))


def printed(sheet: figures.Sheet) -> Told:
    """The report's numbers in the recount's shape."""
    told = {id_: shown(each) for id_, each in sheet.figures.items()}
    return told | {"balanced": {"value": sheet.balanced()}}


def shown(figure: Figure) -> dict[str, Any]:  # Any: value, num, den, ids, of, text
    told = {
        "value": figure.value,
        "num": figure.num,
        "den": figure.den,
        "text": figure.text,
        "ids": list(figure.ids),
        "of": list(figure.of),
        "ratio": figure.ratio if figure.form == "percent" else None,
    }
    return {name: value for name, value in told.items() if value not in (None, [])}


def shape(told: Told) -> Told:
    return {
        id_: {name: value for name, value in each.items() if value not in (None, [])}
        for id_, each in told.items()
    }


def town(seed: int) -> View:
    return View(seats(seed)[0], None, FROM, TO, TO + HOUR, seed)


def village(seed: int) -> View:
    return View(seats(seed)[1], VILLAGES[0], FROM, TO, TO + HOUR, seed)


def unfinished(seed: int) -> View:
    return View(seats(seed)[1], None, FROM, TO, FROM + 5 * HOUR, seed)


def long(seed: int) -> View:
    return View(seats(seed)[0], None, FROM - 10 * HOUR, FROM + 20 * HOUR, FROM + 9 * HOUR, seed)


VIEWS: tuple[Callable[[int], View], ...] = (town, village, unfinished, long)


@pytest.mark.parametrize("seed", [pytest.param(DRAWN, id="drawn"), *SEEDS])
@pytest.mark.parametrize("view", VIEWS)
def test_the_recount_agrees(seed: int, view: Callable[[int], View]) -> None:
    given = view(seed)

    sheet = figures.count_all(walk(asked(given)))

    assert counted(given) == printed(sheet)
    assert sheet.balanced()


def test_the_histories_hold_what_is_hard() -> None:
    """Late, merged, split, reopened, voided, restored, contested: all are there."""
    facts = [e for seed in SEEDS for i in seats(seed)[0].incidents.values() for e in i.facts]
    types = Counter(event.type for event in facts)
    hard = ("merged", "split", "reopened", "void_granted", "restored", "hold_granted", "resumed")
    assert all(types[each] >= 5 for each in (*hard, "inspected_fail", "redone", "call_tried"))
    late = [e for e in facts if e.received_at and e.received_at - e.corrected_at > HOUR]
    assert len(late) > 100
    assert sum(bool(i.contested) for seed in SEEDS for i in seats(seed)[0].incidents.values()) > 20
    assert sum(seats(seed)[1].unsent > 0 for seed in SEEDS) > 3
