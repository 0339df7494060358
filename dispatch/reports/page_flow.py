"""Page 2: the waterfall, the hours, priorities, sources and times."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from dispatch.domain.calendar import DAY, local
from dispatch.reports import flow
from dispatch.reports.figure import NOTHING
from dispatch.reports.figures import Sheet
from dispatch.reports.page_types import Cell, Table, number, ratio
from dispatch.reports.shift_input import Variant
from dispatch.reports.walk import Walk
from dispatch.reports.words import PRIORITIES, SOURCES

Json = dict[str, Any]  # Any: JSON for the template
ALWAYS: Final = ("new", "reopened", "closed", "voided", "merged")
"""Movements that are shown even when there were none."""


def shown(sheet: Sheet) -> list[str]:
    """Return the movements that are printed: the usual ones and those that there were."""
    return [row for row in flow.ROWS if row in ALWAYS or (sheet[f"flow.{row}.all"].value or 0)]


class FlowPage:
    """The second page's texts and chart values."""

    def __init__(self, walk: Walk, sheet: Sheet) -> None:
        self.walk = walk
        self.given = walk.given
        self.sheet = sheet
        self.rows = shown(sheet)
        of_shift = walk.given.shift.variant is Variant.SHIFT
        self.ends = ("接班", "交班") if of_shift else ("期初", "期末")
        self.short = ("接", "交") if of_shift else self.ends

    def flow(self) -> Json:
        """Return the waterfall with its equation."""
        text, value = self.sheet.text, self.sheet
        bars: list[Json] = []
        level = value["flow.opening.all"].value or 0
        bars.append(
            _bar(f"{self.ends[0]}存量", 0, level, "stock", number(value["flow.opening.all"]))
        )
        for row in self.rows:
            what = flow.ROWS[row]
            after = level + what.sign * (value[f"flow.{row}.all"].value or 0)
            sign = "" if after == level else "+" if what.sign > 0 else "−"
            kind = "in" if what.sign > 0 else "out"
            label = Cell(sign + text(f"flow.{row}.all"), f"flow.{row}.all")
            bars.append(_bar(what.name, level, after, kind, label))
            level = after
        closing = value["flow.closing.all"].value or 0
        bars.append(
            _bar(f"{self.ends[1]}存量", 0, closing, "stock", number(value["flow.closing.all"]))
        )
        terms = "".join(
            f" {'+' if flow.ROWS[row].sign > 0 else '−'} {flow.ROWS[row].name}"
            f" {text(f'flow.{row}.all')}"
            for row in self.rows
        )
        verdict = "已平衡" if self.sheet.balanced() else "不平衡"
        also = value["flow.closed_with_master"].value
        return {
            "bars": bars,
            "ticks": ticks(max(max(each["from"], each["to"]) for each in bars)),
            "equation": f"{self.short[0]}存量 {text('flow.opening.all')}{terms}"
            f" = {self.short[1]}存量 {text('flow.closing.all')}，{verdict}",
            "also": f"另有 {also} 件子案随主案结案，不动存量。" if also else "",
        }

    def hours(self) -> Json:
        """Return the chart by hours."""

        def numbers(what: str) -> list[int | None]:
            ids = (f"hour.{what}.{index:02d}" for index in range(len(spans)))
            return [self.sheet[id_].value for id_ in ids]

        spans = flow.spans(self.walk)
        new, closed, stocks = numbers("new"), numbers("closed"), numbers("stock")
        bars = max(each or 0 for each in (*new, *closed))
        stock = max(each or 0 for each in stocks)
        return {
            "spans": [
                {"label": _label(spans, at), "new": one, "closed": two, "stock": three}
                for at, (one, two, three) in enumerate(zip(new, closed, stocks, strict=True))
            ],
            "bar_ticks": ticks(bars, 3),
            "stock_ticks": ticks(stock, 3),
            "ticks": ticks(max(bars, stock)),
            "split": stock > 5 * bars,
        }

    def by_priority(self) -> Table:
        """Return the stock and its movements by priority, the sum last."""
        columns = ["opening", *self.rows, "closing"]
        groups = [*((each.value, name) for each, name in PRIORITIES.items())]
        if any(self.sheet[f"flow.{each}.none"].value for each in columns):
            groups.append(("none", "未定级"))
        groups.append(("all", "合计"))
        return Table(
            title="按级别",
            head=(
                *("级别", f"{self.short[0]}存量"),
                *(flow.ROWS[each].name for each in self.rows),
                f"{self.short[1]}存量",
            ),
            rows=tuple(
                (Cell(name), *(number(self.sheet[f"flow.{each}.{group}"]) for each in columns))
                for group, name in groups
            ),
        )

    def by_source(self) -> Table:
        """Return the rows of the sources, the sum last."""
        sheet, on_time = self.sheet, self.sheet["kpi.on_time"]
        groups = [*((each.value, name) for each, name in SOURCES.items())]
        if sheet["source.new.none"].value or sheet["source.closed.none"].value:
            groups.append(("none", "未知"))
        rows = [self._source_row(group, name) for group, name in groups]
        whole = "100.0%" if sheet["flow.new.all"].value else NOTHING
        sums = number(sheet["flow.new.all"]), Cell(whole), number(sheet["flow.closed.all"])
        return Table(
            title="按来源",
            head=("来源", "新上报", "占比", "结案", "按期 / 应处置", "按期处置率"),
            rows=(*rows, (Cell("合计"), *sums, ratio(on_time), number(on_time))),
        )

    def _source_row(self, group: str, name: str) -> tuple[Cell, ...]:
        sheet, on_time = self.sheet, self.sheet[f"source.on_time.{group}"]
        counted = (number(sheet[f"source.{each}.{group}"]) for each in ("new", "share", "closed"))
        return Cell(name), *counted, ratio(on_time), number(on_time)

    def times(self) -> Table:
        """Return count, mean and P90 of the three lengths of time."""
        return Table(
            title="时长（分）",
            head=("环节", "件次", "平均", "P90"),
            rows=tuple(
                (
                    Cell(name),
                    *(
                        number(self.sheet[f"time.{each}.{key}"])
                        for each in ("count", "mean", "p90")
                    ),
                )
                for key, name in (("accept", "受理"), ("dispatch", "派遣"), ("dispose", "处置"))
            ),
        )


def _bar(name: str, start: int, end: int, kind: str, label: Cell) -> Json:
    return {"name": name, "from": start, "to": end, "kind": kind, "label": asdict(label)}


def ticks(most: int, lines: int = 4) -> list[int]:
    """Return round axis values from 0 to at least `most`, about so many steps."""
    scale = 1
    while True:
        for step in (scale, 2 * scale, 5 * scale):
            if step * lines >= most:
                return list(range(0, step * max(1, -(-most // step)) + 1, step))
        scale *= 10


def _label(spans: tuple[tuple[int, int], ...], at: int) -> str:
    """The hour; of a period of days the day, where a new one begins."""
    start = local(spans[at][0])
    if spans[-1][1] - spans[0][0] <= DAY:
        return f"{start:%H}"
    new = at == 0 or local(spans[at - 1][0]).date() != start.date()
    return f"{start.day}日" if new else ""
