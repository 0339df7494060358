"""What the template prints: texts and chart values by place, nothing left to decide there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from dispatch.domain.calendar import local
from dispatch.reports import flow, page_compare, page_force, page_orders, page_places
from dispatch.reports.figure import NOTHING
from dispatch.reports.figures import Difference, Sheet
from dispatch.reports.page_flow import FlowPage
from dispatch.reports.page_front import Front
from dispatch.reports.page_lists import Lists
from dispatch.reports.page_types import Table, cells
from dispatch.reports.shift_input import Variant
from dispatch.reports.walk import Walk
from dispatch.reports.words import PRIORITIES, SOURCES, fit

Json = dict[str, Any]  # Any: JSON for the template


class Page:
    """One report's texts, from its figures and cases."""

    def __init__(self, walk: Walk, sheet: Sheet) -> None:
        self.walk = walk
        self.sheet = sheet

    def data(self, revision: int, provisional: bool, differences: Iterable[Difference]) -> Json:  # noqa: FBT001 - two facts of the issue
        """Return everything the template asks for."""
        front = Front(self.walk, self.sheet)
        page, lists = FlowPage(self.walk, self.sheet), Lists(self.walk, self.sheet)
        priority = page.by_priority()
        return {
            "head": front.head(revision, provisional),
            "facts": front.facts(revision, provisional),
            "sentences": [[asdict(cell) for cell in each] for each in front.told()],
            "headline": [[name, asdict(cell), *under] for name, cell, *under in front.headline()],
            "top": lists.top(),
            "sign": front.sign(),
            "flow": page.flow(),
            "hours": page.hours(),
            "priority": {"head": priority.head, "rows": cells(priority)},
            "source": cells(page.by_source()),
            "times": cells(page.times()),
            "important": lists.important(),
            "handover": lists.handover(),
            "absent": [asdict(each) for each in page_force.absent(self.sheet)],
            **{name: [asdict(each) for each in tables] for name, tables in self.tables().items()},
            "differences": self.told(differences),
        }

    def told(self, differences: Iterable[Difference]) -> list[list[str]]:
        """Return what a revision prints otherwise: name, before, after."""
        return [
            [self._named(each.id, each.name), each.before or NOTHING, each.after or NOTHING]
            for each in differences
        ]

    def tables(self) -> dict[str, tuple[Table, ...]]:
        """Return the tables of pages 5 to 7, by page."""
        walk, sheet = self.walk, self.sheet
        return {
            "places": page_places.tables(walk, sheet),
            "heat": (page_places.heat(walk, sheet),),
            "force": page_force.tables(walk, sheet),
            "orders": page_orders.tables(walk, sheet),
            "compared": page_compare.tables(walk, sheet),
            "measures": (page_orders.measures(walk, sheet),),
        }

    def _named(self, id_: str, name: str) -> str:
        """A number's name with its group in words, and the period of one that is compared."""
        for key, period in _PERIODS.items():
            if id_.startswith(f"{key}."):
                rest = id_.removeprefix(f"{key}.").removeprefix("change.")
                return f"{period} {self._named(rest, name)}"
        family, _, rest = id_.partition(".")
        group = rest.rpartition(".")[2]
        if family == "hour":
            spans = flow.spans(self.walk)
            index = int(group)
            return f"{name}（{local(spans[index][0]):%m-%d %H} 时）" if index < len(spans) else name
        if family == "light":
            of_shift = self.walk.given.shift.variant is Variant.SHIFT
            ends = ("接班", "交班") if of_shift else ("期初", "期末")
            return f"{name}灯（{ends['.closing.' in id_]}）"
        if self.walk.given.shift.variant is not Variant.SHIFT:
            name = name.replace("接班", "期初").replace("交班", "期末")
        told = self._group(family, group)
        return f"{name}（{fit(told, 32)}）" if told else name

    def _group(self, family: str, group: str) -> str:
        """What a group of a family of numbers is called; "" for a number that has none."""
        names = self.walk.given.names
        villages = names.villages
        match family:
            case "village" | "post" | "link":
                return villages.get(group, "") or group
            case "unit":
                return names.units.get(group, group)
            case "item":
                return names.items.get(group, group)
            case "grid":
                return f"{villages.get(group[:-3], '')} {names.grids.get(group, group)}"
            case "reveal":
                return "" if group == "all" else names.accounts.get(group, group)
            case _:
                return _GROUPS.get(group, "")


_GROUPS: Final = {
    **{each.value: name for each, name in SOURCES.items()},
    **{each.value: each.value for each in PRIORITIES},
    "none": "未知",
}
_PERIODS: Final = {"before": "上期", "year": "去年同期"}
