"""All printed numbers of a shift report, by family; nothing else of the report counts anything."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from dispatch.domain.measure import Measure
from dispatch.reports import compare, flow, force, kpi, matters, orders, owed, places, stock
from dispatch.reports.definitions import VERSION, definition
from dispatch.reports.figure import Figure
from dispatch.reports.shift_input import Issue
from dispatch.reports.walk import Walk

FAMILIES: Final[dict[str, Callable[[Walk], Iterator[Figure]]]] = {
    "totals": flow.totals,
    "by_priority": flow.by_priority,
    "by_source": flow.by_source,
    "by_hour": flow.by_hour,
    "measures": kpi.measures,
    "lights": stock.lights,
    "late": stock.late,
    "seats": kpi.seats,
    "basis": stock.basis,
    "by_village": places.by_village,
    "by_unit": places.by_unit,
    "by_item": places.by_item,
    "by_grid": places.by_grid,
    "by_post": force.by_post,
    "patrol": force.patrol,
    "led": force.led,
    "squads": force.squads,
    "radio": force.radio,
    "links": force.links,
    "faults": force.faults,
    "instructions": orders.instructions,
    "bulletins": orders.bulletins,
    "supervisions": orders.supervisions,
    "notices": orders.notices,
    "town": orders.town,
    "log": orders.log,
    "reveals": orders.reveals,
    "compared": compare.comparisons,
    "lists": matters.lists,
    "rows": matters.rows,
    "owed": owed.lists,
    "owed_rows": owed.rows,
}
"""Every function that makes printed numbers."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that a revision prints otherwise than the issue before it."""

    id: str
    name: str
    before: str
    after: str


class Sheet:
    """The numbers of one report by id."""

    def __init__(self, figures: Iterable[Figure], measures: Iterable[Measure]) -> None:
        self.figures = {each.id: each for each in figures}
        self.measures = {each.id: each for each in measures}

    def __getitem__(self, id_: str) -> Figure:
        return self.figures[id_]

    def text(self, id_: str) -> str:
        """Return a number as it is printed."""
        return self.figures[id_].text

    def balanced(self) -> bool:
        """Return whether page 2 adds up, in all and for each priority."""
        groups = ("all", *(each or "none" for each in flow.PRIORITIES))
        return all(flow.balances(self.figures.values(), group) for group in groups)

    def printed(self) -> dict[str, str]:
        """Return what is printed for each id: a rate with its numerator and denominator."""
        return {
            id_: f"{each.text} ({each.ratio})" if each.form == "percent" else each.text
            for id_, each in self.figures.items()
        }

    def differences(self, former: Issue) -> tuple[Difference, ...]:
        """Return what a former issue printed otherwise; rows of single incidents come last."""
        mine = self.printed()
        found = [
            Difference(id_, self.name(id_), former.printed.get(id_, ""), mine.get(id_, ""))
            for id_ in (*mine, *(each for each in former.printed if each not in mine))
            if former.printed.get(id_) != mine.get(id_) and not id_.startswith("basis.")
        ]
        return tuple(sorted(found, key=lambda each: each.id.startswith("row.")))

    def content(self) -> str:
        """Return the SHA-256 of what is printed; how far the log had come is no part of it."""
        told = {id_: text for id_, text in self.printed().items() if not id_.startswith("basis.")}
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    def definition(self, id_: str) -> tuple[str, int]:
        """Return what a number means and the version of that definition."""
        measure = self.measures.get(id_)
        return (measure.text, measure.version) if measure else (definition(id_), VERSION)

    def name(self, id_: str) -> str:
        """Return a number's name, with the group it belongs to."""
        figure = self.figures.get(id_)
        return figure.name if figure else id_


def count_all(walk: Walk) -> Sheet:
    """Return every printed number of a shift."""
    figures = (figure for family in FAMILIES.values() for figure in family(walk))
    return Sheet(figures, walk.given.measures)


def as_json(sheet: Sheet, about: dict[str, object]) -> bytes:
    """Return figures.json: the report's head, then every number with definition and ids."""
    told = [
        {
            "id": each.id,
            "name": each.name,
            "text": each.text,
            "value": each.value,
            "num": each.num,
            "den": each.den,
            "definition": sheet.definition(each.id)[0],
            "version": sheet.definition(each.id)[1],
            "ids": each.ids,
            "of": each.of,
        }
        for each in sheet.figures.values()
    ]
    whole = {**about, "definitions_version": VERSION, "figures": told}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"
