"""The independent recount agrees with every printed number, and notices any that is changed."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest

from dispatch.domain.calendar import HOUR
from dispatch.domain.codes import Level
from dispatch.reports import figures
from dispatch.reports.figure import Figure
from dispatch.reports.shift_input import Basis, Force, People, Scope, ShiftInput, ShiftSpan
from dispatch.reports.walk import walk
from tests.recount.lists import recount
from tests.reports.histories import FROM, TO, live_through
from tests.reports.seats import TOWN, VILLAGES, Seat

SEEDS = range(20)
GIVEN = Force(workers_due=168, workers_present=161, objects_due=2600, objects_checked=1840)
Told = dict[str, dict[str, Any]]  # Any: value, num, den, ids, of, text


@functools.cache
def seats(seed: int) -> tuple[Seat, Seat]:
    return live_through(seed).seats


def asked(seat: Seat, village: str | None, printed_at: int) -> ShiftInput:
    """The report that this seat would make, with everything it knows."""
    seqs = [e.seq for each in seat.incidents.values() for e in each.facts if e.seq]
    scope = Scope(
        code=village or TOWN,
        name="横沥",
        level=Level.VILLAGE if village else Level.TOWN,
        centre="横沥镇智网工程指挥调度中心",
    )
    return ShiftInput(
        scope=scope,
        shift=ShiftSpan("白班", FROM, TO),
        people=People(account="zhibanzhang"),
        printed_at=printed_at,
        incidents=tuple(seat.incidents.values()),
        basis=Basis(town_seq=max(seqs, default=0), own=len(seat.mine), behind=seat.unsent),
        force=GIVEN,
    )


def counted(seat: Seat, village: str | None, printed_at: int) -> Told:
    """The recount, from the raw bytes alone."""
    force = {
        "force.workers": (161, 168),
        "force.coverage": (1840, 2600),
        "force.grids": (None, None),
    }
    span = (FROM, TO, min(TO, printed_at))
    return recount(seat.rows(), span, f"inc-{seat.letter}", force, village)


def shown(figure: Figure) -> dict[str, Any]:  # Any: value, num, den, ids, of, text
    told = {
        "value": figure.value,
        "num": figure.num,
        "den": figure.den,
        "text": figure.text,
        "ids": list(figure.ids),
        "of": list(figure.of),
    }
    return {name: value for name, value in told.items() if value not in (None, [])}


def shape(told: Told) -> Told:
    return {
        id_: {name: value for name, value in each.items() if value not in (None, [])}
        for id_, each in told.items()
    }


VIEWS: list[Callable[[int], tuple[Seat, str | None, int]]] = [
    lambda seed: (seats(seed)[0], None, TO + HOUR),
    lambda seed: (seats(seed)[1], VILLAGES[0], TO + HOUR),
    lambda seed: (seats(seed)[1], None, FROM + 5 * HOUR),
]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("view", VIEWS, ids=["town", "village", "unfinished"])
def test_the_recount_agrees(seed: int, view: Callable[[int], tuple[Seat, str | None, int]]) -> None:
    seat, village, printed_at = view(seed)

    sheet = figures.count_all(walk(asked(seat, village, printed_at)))

    expected = shape(counted(seat, village, printed_at))
    assert expected == {id_: shown(each) for id_, each in sheet.figures.items()}
    assert sheet.balanced()
