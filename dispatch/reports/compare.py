"""What a day, week or month is beside the one before and that of last year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from dispatch.reports import flow, kpi
from dispatch.reports.figure import Figure
from dispatch.reports.shift_input import Compared
from dispatch.reports.walk import Walk, walk

TOTALS: Final = ("flow.opening.all", "flow.new.all", "flow.closed.all", "flow.closing.all")
RATES: Final = ("kpi.disposed", "kpi.on_time", "kpi.closed", "kpi.rework", "kpi.satisfied")
TIMES: Final = ("time.mean.accept", "time.mean.dispatch", "time.mean.dispose")
SOURCES: Final = tuple(f"source.new.{each or 'none'}" for each in flow.SOURCES)
COMPARED: Final = (*TOTALS, *RATES, *TIMES, *SOURCES)
"""What is compared, by id."""


def told(walk_: Walk) -> dict[str, Figure]:
    """Return the compared numbers of a period."""
    figures = (*flow.totals(walk_), *kpi.measures(walk_), *flow.by_source(walk_))
    return {each.id: each for each in figures if each.id in COMPARED}


def comparisons(walk_: Walk) -> Iterator[Figure]:
    """Per period: its numbers, unknown where nothing is known of it, and the change since."""
    if not walk_.given.compared:
        return
    now = told(walk_)
    for other in walk_.given.compared:
        before = told(_walk(walk_, other))
        for id_ in COMPARED:
            if id_ not in now:
                continue
            was = before[id_] if other.known else _unknown(now[id_])
            yield replace(was, id=f"{other.key}.{id_}")
            yield change(f"{other.key}.change.{id_}", now[id_], was)


def _walk(walk_: Walk, other: Compared) -> Walk:
    given = replace(
        walk_.given, shift=other.span, incidents=other.incidents, compared=(), previous=None
    )
    return walk(given)


def _unknown(figure: Figure) -> Figure:
    return replace(figure, value=None, num=None, den=None, ids=(), of=())


def change(id_: str, now: Figure, was: Figure) -> Figure:
    """Return by how much a number is more: of counts and times the share, of rates the points."""
    name = f"{now.name}变化"
    if now.form == "count":
        if now.value is None or not was.value:
            return Figure(id=id_, name=name, form="change")
        return Figure(id=id_, name=name, form="change", num=now.value - was.value, den=was.value)
    if now.num is None or was.num is None or not now.den or not was.den:
        return Figure(id=id_, name=name, form="points" if now.form == "percent" else "change")
    over = now.num * was.den - was.num * now.den
    if now.form == "percent":
        return Figure(id=id_, name=name, form="points", num=over, den=now.den * was.den)
    den = was.num * now.den
    return Figure(id=id_, name=name, form="change", num=over if den else None, den=den or None)
