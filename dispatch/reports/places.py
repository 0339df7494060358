"""Page 5: villages, units, items and grids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Final

from dispatch.domain.codes import Light
from dispatch.domain.incident import Incident, light
from dispatch.domain.measure import Measure, Shape
from dispatch.reports import flow, kpi
from dispatch.reports.figure import Figure, count, rate
from dispatch.reports.measures import Counting
from dispatch.reports.walk import Case, Walk, villages

OWN: Final = "kpi.own_on_time"
RANKED_BY: Final = "score.A"
"""The score by which units are ranked."""
AGAIN: Final = ("inspected_fail", "redone", "reopened")
HOTTEST: Final = 10
"""So many items are listed."""


def by_village(walk: Walk) -> Iterator[Figure]:
    """Per village: new, closed, on time of those due, over the limit, returned, reworked, rank."""
    rates: dict[str, Figure] = {}
    for code in villages(walk):

        def keep(case: Case, code: str = code) -> bool:
            return case.now is not None and case.now.village == code

        told = kpi.counting(walk, keep)
        yield count(f"village.new.{code}", "新上报", flow.moved(walk, "new", keep))
        yield count(f"village.closed.{code}", "结案", flow.moved(walk, "closed", keep))
        rates[code] = told.figure(
            walk.given.measure(kpi.ON_TIME), f"village.on_time.{code}", "按期处置率"
        )
        yield rates[code]
        yield count(f"village.overdue.{code}", "在办超时", _overdue(told))
        yield count(f"village.returned.{code}", "退回", _had(told, "returned"))
        yield count(f"village.reworked.{code}", "返工", _had(told, *AGAIN))
    yield from ranks("village.rank", rates)


def _overdue(told: Counting) -> Iterator[str]:
    return (
        case.id for case, now in told.cases if now.open and light(now, told.walk.cut) is Light.RED
    )


def _had(told: Counting, *types: str) -> Iterator[str]:
    for case, now in told.cases:
        if any(e.type in types and now.lives(e) and told.walk.during(e) for e in now.facts):
            yield case.id


def ranks(id_: str, told: Mapping[str, Figure]) -> Iterator[Figure]:
    """Yield each one's place: 1 + how many are better; unknown without a denominator."""
    exact = {code: Fraction(each.num or 0, each.den) for code, each in told.items() if each.den}
    for code, each in told.items():
        place = 1 + sum(other > exact[code] for other in exact.values()) if each.den else None
        yield Figure(id=f"{id_}.{code}", name="名次", form="count", value=place)


def units(walk: Walk) -> tuple[str, ...]:
    """Return the units that had an order in the shift, or have a case at the cut."""
    found = {now.unit for _, now in walk.present() if now.unit}
    found |= {unit for _, unit in _orders(walk)}
    return tuple(sorted(found))


def _orders(walk: Walk) -> Iterator[tuple[str, str]]:
    """Each order of the shift that stands: its case and its unit."""
    for case, now in walk.present():
        for event in now.facts:
            if event.type in {"dispatched", "reassigned"} and now.lives(event):
                unit = getattr(event.body, "unit", None)
                if unit and walk.during(event):
                    yield case.id, unit


def by_unit(walk: Walk) -> Iterator[Figure]:
    """Per unit: orders, closed, on time in its own time, over the limit, sent back, scores."""
    orders = list(_orders(walk))
    counted = {unit: _of_unit(walk, unit, {}) for unit in units(walk)}
    volume = walk.given.measure("kpi.volume")
    filed = {unit: told.figure(volume) for unit, told in counted.items()}
    most = max([0, *(each.num or 0 for each in filed.values())])
    scored: dict[str, Figure] = {}
    for unit in counted:
        told = _of_unit(walk, unit, {"filed_most": (most, ())})
        yield from _work(walk, told, unit, {id_ for id_, each in orders if each == unit})
        for measure in walk.given.measures:
            if measure.shape is Shape.SCORE:
                score = _score(walk, told, measure, unit)
                if measure.id == RANKED_BY:
                    scored[unit] = score
                yield score
    yield from ranks("unit.rank", scored)


def _of_unit(walk: Walk, unit: str, given: Mapping[str, tuple[int, tuple[str, ...]]]) -> Counting:
    told = kpi.counting(walk, lambda case: case.now is not None and case.now.unit == unit)
    return Counting(walk, told.cases, {**told.given, **given})


def _score(walk: Walk, told: Counting, measure: Measure, unit: str) -> Figure:
    known = {each.id: each for each in walk.given.measures}
    return told.score(measure, known, f"unit.{measure.id}.{unit}")


def _work(walk: Walk, told: Counting, unit: str, ordered: Iterable[str]) -> Iterator[Figure]:
    mine = {case.id for case, _ in told.cases}
    closed = (id_ for id_ in flow.moved(walk, "closed", flow.everything) if id_ in mine)
    yield count(f"unit.ordered.{unit}", "派至", ordered)
    yield count(f"unit.closed.{unit}", "结案", closed)
    yield told.figure(walk.given.measure(OWN), f"unit.on_time.{unit}", "按期处置率")
    yield count(f"unit.overdue.{unit}", "在办超时", _overdue(told))
    yield count(f"unit.returned.{unit}", "退回", _sent_back(walk, unit))
    yield count(f"unit.reworked.{unit}", "返工", _had(told, *AGAIN))


def _sent_back(walk: Walk, unit: str) -> Iterator[str]:
    """Cases that this unit gave back in the shift, once for each time."""
    for case, now in walk.present():
        for event in now.facts:
            mine = event.type == "returned" and getattr(event.body, "from_unit", None) == unit
            if mine and now.lives(event) and walk.during(event):
                yield case.id


def _new(walk: Walk) -> list[Incident]:
    """What was new in the shift, as it stands at the cut."""
    new = set(flow.moved(walk, "new", flow.everything))
    return [now for case, now in walk.present() if case.id in new]


def hot_items(walk: Walk) -> tuple[str, ...]:
    """Return the items with the most new incidents, the most first; at most ten."""
    found = Counter(now.item for now in _new(walk) if now.item)
    return tuple(sorted(found, key=lambda code: (-found[code], code))[:HOTTEST])


def by_item(walk: Walk) -> Iterator[Figure]:
    """Per hot item: new, and its share of all that is new."""
    new = _new(walk)
    for code in hot_items(walk):
        ids = [now.id for now in new if now.item == code]
        yield count(f"item.new.{code}", "新上报", ids)
        yield rate(f"item.share.{code}", "占比", ids, (now.id for now in new))


def grids(walk: Walk) -> tuple[str, ...]:
    """Return the grids of the scope and those that something new lies in."""
    here = walk.given.scope.code
    known = {each for each in walk.given.names.grids if each.startswith(here)}
    return tuple(sorted(known | {now.grid for now in _new(walk) if now.grid}))


def by_grid(walk: Walk) -> Iterator[Figure]:
    """Per grid: new."""
    new = _new(walk)
    for code in grids(walk):
        ids = [now.id for now in new if now.grid == code]
        yield count(f"grid.new.{code}", "新上报", ids)
