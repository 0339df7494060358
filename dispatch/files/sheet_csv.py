"""A list as CSV: UTF-8 with BOM, CRLF, no formula; who took it out stands in its last column."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from dispatch.files.sheet import Cell, Head, Line, harmless

WATERMARK: Final = "水印"
"""The last column: a comment line would break parsers, a file beside it would be left behind."""


def write_csv(head: Head, lines: Iterable[Line], draft: str) -> int:
    """Write the list; return how many rows."""
    count = 0
    mark = harmless(head.watermark)
    with Path(draft).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow((*(each.word for each in head.columns), WATERMARK))
        for count, line in enumerate(lines, 1):  # noqa: B007 - it is the result
            writer.writerow((*map(_cell, line.cells), mark))
    return count


def _cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    return harmless(cell) if isinstance(cell, str) else cell
