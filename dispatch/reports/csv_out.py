"""Tables as CSV: UTF-8 with BOM, no cell that a spreadsheet would run as a formula.

A cell that begins with one of `= + - @`, TAB, CR or an apostrophe gets an apostrophe in front;
taking one leading apostrophe away gives the text back (`harmless`, `as_was`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

from dispatch.reports import matters, owed, page_matters
from dispatch.reports.figures import Sheet
from dispatch.reports.matters import Matter
from dispatch.reports.walk import Walk

_ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r", "'")


def harmless(text: str) -> str:
    """Return the cell's text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_ACTIVE) else text


def as_was(cell: str) -> str:
    """Return the text that `harmless` was given."""
    return cell.removeprefix("'")


def table(head: tuple[str, ...], rows: Iterable[Iterable[str]]) -> bytes:
    """Return a CSV file's bytes, lines ended by CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def figures_csv(sheet: Sheet) -> bytes:
    """Return every printed number with its definition and ids."""
    head = ("id", "名称", "数字", "值", "分子", "分母", "定义", "清单")
    return table(
        head,
        (
            (
                *(each.id, each.name, each.text),
                *("" if n is None else str(n) for n in (each.value, each.num, each.den)),
                *(sheet.definition(each.id)[0], " ".join(each.ids)),
            )
            for each in sheet.figures.values()
        ),
    )


def matters_csv(walk: Walk, sheet: Sheet) -> bytes:
    """Return the rows of pages 3 and 4, texts whole."""
    lists = (
        ("重要事项", [(each, "、".join(each.why)) for each in matters.important(walk)]),
        ("在办", [(each, "") for each in matters.still_open(walk)]),
        ("挂起", [(m, sheet.text(f"row.review.{m.case.id}")) for m in matters.on_hold(walk)]),
        ("待批申请", [(each, request.kind) for each, request in matters.waiting(walk)]),
        ("争议", [(m, sheet.text(f"row.pairs.{m.case.id}")) for m in matters.contested(walk)]),
        (
            "待答复督办",
            [(m, sheet.text(f"row.answer.{m.case.id}")) for m, _ in owed.unanswered(walk)],
        ),
        ("待确认撤出", list(matters.told_off(walk))),
        ("时钟可疑", [(m, str(len(hashes))) for m, hashes in matters.suspects(walk)]),
    )
    head = ("清单", *page_matters.HEAD, "说明")
    rows = ((name, *each) for name, found in lists for each in found)
    return table(head, (_row(walk, sheet, *each) for each in rows))


def _row(walk: Walk, sheet: Sheet, name: str, matter: Matter, tell: str) -> tuple[str, ...]:
    return name, *(cell.text for cell in page_matters.row(walk, sheet, matter)), tell
