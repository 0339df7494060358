"""The table of a day, week or month beside others."""

from __future__ import annotations

from dispatch.reports.compare import COMPARED
from dispatch.reports.figure import Figure
from dispatch.reports.figures import Sheet
from dispatch.reports.page_types import Cell, Table, number
from dispatch.reports.walk import Walk
from dispatch.reports.words import SOURCES

_GROUPS = {f"source.new.{code}": f"新上报：{name}" for code, name in SOURCES.items()}
_NAMES = {"flow.opening.all": "期初存量", "flow.closing.all": "期末存量"}


def tables(walk: Walk, sheet: Sheet) -> tuple[Table, ...]:
    """Return the comparison; nothing for a report that is compared with none."""
    if not walk.given.compared:
        return ()
    columns = [each for other in walk.given.compared for each in _COLUMNS[other.key]]
    rows = []
    for id_ in COMPARED:
        if id_ not in sheet.figures or id_ == "source.new.none":
            continue
        name = _NAMES.get(id_) or _GROUPS.get(id_) or sheet[id_].name
        others = (_told(sheet[f"{key}{id_}"]) for key, _ in columns)
        rows.append((Cell(name), _told(sheet[id_]), *others))
    note = "；".join(
        f"{'上期' if each.key == 'before' else '去年同期'}无记录"
        for each in walk.given.compared
        if not each.known
    )
    return (
        Table(
            title="环比与同比",
            note=note or "比率的变化为百分点",
            head=("数字", "本期", *(name for _, name in columns)),
            rows=tuple(rows),
        ),
    )


_COLUMNS = {
    "before": (("before.", "上期"), ("before.change.", "环比")),
    "year": (("year.", "去年同期"), ("year.change.", "同比")),
}


def _told(figure: Figure) -> Cell:
    """A rate stands with its numerator and denominator."""
    if figure.form != "percent":
        return number(figure)
    return Cell(f"{figure.ratio}　{figure.text}" if figure.den else figure.text, figure.id)
