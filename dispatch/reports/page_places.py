"""Page 5 as tables: villages and units ranked, hot items, grids by heat."""

from __future__ import annotations

from collections.abc import Iterable

from dispatch.domain.measure import Shape
from dispatch.reports import places
from dispatch.reports.figures import Sheet
from dispatch.reports.page_types import Cell, Table, number, ratio
from dispatch.reports.walk import Walk, villages
from dispatch.reports.words import fit, unit

_WORK = ("overdue", "returned", "reworked")


def tables(walk: Walk, sheet: Sheet) -> tuple[Table, ...]:
    """Return the tables of page 5."""
    return (_villages(walk, sheet), _units(walk, sheet), _items(walk, sheet))


def _ranked(sheet: Sheet, kind: str, codes: Iterable[str]) -> list[str]:
    """Best first; what has no rank comes last, by code."""

    def rank(code: str) -> tuple[int, str]:
        place = sheet[f"{kind}.rank.{code}"].value
        return (1 << 30 if place is None else place, code)

    return sorted(codes, key=rank)


def _villages(walk: Walk, sheet: Sheet) -> Table:
    names = walk.given.names.villages
    rows = [
        (
            Cell(fit(names.get(code, "") or code, 22)),
            number(sheet[f"village.rank.{code}"]),
            number(sheet[f"village.new.{code}"]),
            number(sheet[f"village.closed.{code}"]),
            ratio(sheet[f"village.on_time.{code}"]),
            number(sheet[f"village.on_time.{code}"]),
            *(number(sheet[f"village.{what}.{code}"]) for what in _WORK),
        )
        for code in _ranked(sheet, "village", villages(walk))
    ]
    return Table(
        title="按村（社区）",
        note="名次按按期处置率；分母为零不排",
        head=(
            *("村（社区）", "名次", "新上报", "结案", "按期 / 应处置"),
            *("按期处置率", "在办超时", "退回", "返工"),
        ),
        rows=tuple(rows),
    )


def _units(walk: Walk, sheet: Sheet) -> Table:
    scores = [each for each in walk.given.measures if each.shape is Shape.SCORE]
    rows = [
        (
            Cell(fit(unit(code, walk.given.names), 20)),
            number(sheet[f"unit.rank.{code}"]),
            number(sheet[f"unit.ordered.{code}"]),
            number(sheet[f"unit.closed.{code}"]),
            ratio(sheet[f"unit.on_time.{code}"]),
            number(sheet[f"unit.on_time.{code}"]),
            *(number(sheet[f"unit.{what}.{code}"]) for what in _WORK),
            *(number(sheet[f"unit.{each.id}.{code}"]) for each in scores),
        )
        for code in _ranked(sheet, "unit", places.units(walk))
    ]
    return Table(
        title="按处置单位",
        note="按期率按转派后本单位用时；名次按评分甲，任一比率分母为零不评",
        head=(
            *("单位", "名次", "派至", "结案", "按期/应处置", "按期率", "超时", "退回", "返工"),
            *(each.name for each in scores),
        ),
        rows=tuple(rows),
        missing="本期没有派遣，也没有单位在办的事件。",
    )


def _items(walk: Walk, sheet: Sheet) -> Table:
    names = walk.given.names.items
    rows = [
        (
            Cell(fit(names.get(code, code), 26)),
            number(sheet[f"item.new.{code}"]),
            number(sheet[f"item.share.{code}"]),
        )
        for code in places.hot_items(walk)
    ]
    return Table(
        title="高发事项",
        note=f"最多十项；占比的分母为新上报 {sheet.text('flow.new.all')}",
        head=("事项", "新上报", "占比"),
        rows=tuple(rows),
        missing="本期没有新上报。",
    )


def heat(walk: Walk, sheet: Sheet) -> Table:
    """Return the grids village by village, darker where more is new; one cell a grid."""
    codes = places.grids(walk)
    most = max((sheet[f"grid.new.{code}"].value or 0 for code in codes), default=0)
    rows = []
    for village in sorted({code[:-3] for code in codes}):
        mine = [code for code in codes if code[:-3] == village]
        name = walk.given.names.villages.get(village, "") or village
        cells = [_heat(sheet, code, most) for code in mine]
        rows.append((Cell(fit(name, 14)), *cells))
    return Table(
        title="高发网格",
        note="每格一个网格的新上报数，按编号",
        head=(),
        rows=tuple(rows),
        missing="没有网格数据。",
    )


def _heat(sheet: Sheet, code: str, most: int) -> Cell:
    figure = sheet[f"grid.new.{code}"]
    value = figure.value or 0
    return Cell(figure.text, figure.id, -(-3 * value // most) if most else 0)
