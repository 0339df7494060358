"""Pages 3 and 4 with whole texts, for files that have room: nothing is cut to a column's width."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from dispatch.domain.codes import State
from dispatch.reports import matters, owed
from dispatch.reports.code_words import STATES
from dispatch.reports.figures import Sheet
from dispatch.reports.matters import Matter
from dispatch.reports.page_types import Cell, Table, number
from dispatch.reports.shift_input import Plain
from dispatch.reports.walk import Walk
from dispatch.reports.words import REQUESTS, next_step, owner, short_number, unit, where

HEAD: Final = ("编号", "灯", "级别", "事项", "地点", "现状", "时限", "下一步", "责任人")
LIGHTS: Final = {"red": "红", "yellow": "黄", "green": "绿", "hold": "挂起", "none": ""}
_LINE: Final = ("编号", *matters.MARK_NAMES.values())


def row(walk: Walk, sheet: Sheet, matter: Matter) -> tuple[Cell, ...]:
    """Return the cells of one incident under `HEAD`; the light is its code."""
    now, names = matter.now, walk.given.names
    plain = walk.given.plain.get(matter.case.id, Plain())
    left = sheet.figures.get(f"row.left.{matter.case.id}")
    return (
        named(matter),
        Cell("hold" if now.state is State.HOLD else matter.light.value),
        Cell(now.priority or ""),
        Cell(names.item(now)),
        Cell(where(now, plain.place, names)),
        Cell(STATES[now.state] if now.state else ""),
        number(left) if left else Cell(""),
        Cell(next_step(now, names)),
        Cell(owner(now, names)),
    )


def named(matter: Matter) -> Cell:
    """Return what an incident is called: its number, before it has one the temporary one."""
    number_ = matter.now.number or matter.now.temp
    return Cell(number_ or matter.case.id, brief=short_number(number_, matter.case.id))


def important(walk: Walk, sheet: Sheet) -> tuple[Table, ...]:
    """Return page 3: the matters with why they are there, and their time lines."""
    found = matters.important(walk)
    lines = tuple(
        (
            named(each),
            *(number(sheet[f"row.{mark}.{each.case.id}"]) for mark in matters.MARKS),
        )
        for each in found
    )
    told = ((each, Cell("、".join(each.why))) for each in found)
    return (
        _table(walk, sheet, "重要事项", told, "列入原因"),
        Table(title="时间线", head=_LINE, rows=lines),
    )


def handover(walk: Walk, sheet: Sheet) -> tuple[Table, ...]:
    """Return page 4: one table for each list."""
    names = walk.given.names

    def waits(matter: Matter, kind: str, hash_: str) -> tuple[Matter, Cell]:
        since = sheet[f"row.waiting.{hash_}"].text
        return matter, Cell(f"申请{REQUESTS.get(kind, kind)}，已等候 {since}")

    def counted(found: Iterable[Matter], what: str) -> list[tuple[Matter, Cell]]:
        return [(each, number(sheet[f"row.{what}.{each.case.id}"])) for each in found]

    suspects = (each for each, _ in matters.suspects(walk))
    lists = (
        ("待批申请", [waits(m, r.kind, r.hash) for m, r in matters.waiting(walk)], "申请与等候"),
        ("争议", counted(matters.contested(walk), "pairs"), "矛盾处数"),
        (
            "待答复督办",
            [(m, number(sheet[f"row.answer.{m.case.id}"])) for m, _ in owed.unanswered(walk)],
            "答复时限",
        ),
        ("挂起", counted(matters.on_hold(walk), "review"), "复查日期"),
        (
            "待确认撤出",
            [(each, Cell(unit(code, names))) for each, code in matters.told_off(walk)],
            "单位",
        ),
        ("时钟可疑", counted(suspects, "suspects"), "可疑记录"),
        ("在办", [(each, Cell("")) for each in matters.still_open(walk)], ""),
    )
    return (*(_table(walk, sheet, *each) for each in lists), _promises(walk, sheet))


def _promises(walk: Walk, sheet: Sheet) -> Table:
    """Promises to callers: they need no incident."""
    names, plain = walk.given.names.accounts, walk.given.plain
    rows = tuple(
        (
            Cell(names.get(each.by, each.by)),
            Cell(each.incident),
            Cell(plain.get(each.hash, Plain()).text),
            number(sheet[f"row.promise.{each.hash}"]),
        )
        for each in owed.promises(walk)
    )
    return Table(
        title="对来电人的承诺",
        note=f"{len(rows)} 项",
        head=("应承人", "事件", "承诺", "时限"),
        rows=rows,
        words=3,
    )


def _table(
    walk: Walk, sheet: Sheet, title: str, found: Iterable[tuple[Matter, Cell]], last: str
) -> Table:
    rows = []
    for matter, tell in found:
        name, light, *rest = row(walk, sheet, matter)
        rows.append((name, Cell(LIGHTS[light.text]), *rest, *((tell,) if last else ())))
    return Table(
        title=title,
        note=f"{len(rows)} 项",
        head=(*HEAD, last) if last else HEAD,
        rows=tuple(rows),
        words=len(HEAD) + 1,
    )
