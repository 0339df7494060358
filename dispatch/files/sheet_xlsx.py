"""A list as XLSX: texts as texts, numbers as numbers, times with their zone, 说明 beside it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from dispatch.domain.errors import BadInput
from dispatch.files.sheet import Cell, CellKind, Head, Line, writable

MOST_ROWS: Final = 1_048_575
"""Rows under the head that the format has."""
MOST_TEXT: Final = 32_767
"""UTF-16 units of a cell, by the format; a longer text is cut and says so."""
_CUT: Final = "……（后略）"
_HEADER: Final = 120
"""Characters of the page's header; the format has 255 with its own marks."""
_WIDTHS: Final = {CellKind.TEXT: 16, CellKind.NUMBER: 11, CellKind.TIME: 25}
_TIME: Final = 'yyyy-mm-dd hh:mm:ss"{zone}"'

Format = Any  # Any: xlsxwriter brings no types


def write_xlsx(head: Head, lines: Iterable[Line], draft: str) -> int:
    """Write the list; return how many rows. More than the format has is a BadInput.

    Row by row: what is written leaves the memory. Its parts lie beside the draft meanwhile.
    """
    options = {"constant_memory": True, "tmpdir": str(Path(draft).parent)}
    book = xlsxwriter.Workbook(draft, options)
    try:
        count = _Pages(book, head).write(lines)
        book.close()
    except FileCreateError as error:
        cause = error.args[0] if error.args else error
        raise cause if isinstance(cause, OSError) else OSError(str(cause)) from error
    finally:
        # WORKAROUND: a book that is given up keeps the files of its rows open. xlsxwriter 3.3
        for sheet in book.worksheets():
            if sheet.row_data_fh is not None:
                with suppress(OSError):  # what is held back still finds no room
                    sheet.row_data_fh.close()
    return count


class _Pages:
    """The sheet of the list and the sheet that says whose it is."""

    def __init__(self, book: Any, head: Head) -> None:  # Any: xlsxwriter brings no types
        self._head = head
        self._bold = book.add_format({"bold": True, "bottom": 1})
        self._times: dict[str, Format] = {}
        self._book = book
        self._sheet = book.add_worksheet("清单")
        self._about = book.add_worksheet("说明")
        mark = head.watermark.replace("&", "&&")[:_HEADER]
        for sheet in (self._sheet, self._about):
            sheet.set_header(f"&L&9{head.title}&R&9{mark}")
            sheet.set_footer("&C&9&P / &N")
            sheet.set_landscape()
            sheet.set_paper(9)
        book.set_properties({"title": head.title, "comments": head.watermark})

    def write(self, lines: Iterable[Line]) -> int:
        sheet, count = self._sheet, 0
        for place, column in enumerate(self._head.columns):
            sheet.set_column(place, place, _WIDTHS[column.kind])
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        for place, column in enumerate(self._head.columns):
            sheet.write_string(0, place, column.word, self._bold)
        for count, line in enumerate(lines, 1):
            if count > MOST_ROWS:
                raise BadInput("--format", f"XLSX 最多 {MOST_ROWS} 行，请用 CSV 或缩小范围")
            for place, cell in enumerate(line.cells):
                self._cell(count, place, cell)
        self._say(count)
        return count

    def _say(self, count: int) -> None:
        self._about.set_column(0, 0, 14)
        self._about.set_column(1, 1, 80)
        notes = [(word, value) for _, word, value in self._head.notes]
        for row, (word, value) in enumerate([*notes, ("行数", str(count))]):
            self._about.write_string(row, 0, word, self._bold)
            self._about.write_string(row, 1, _text(value))

    def _cell(self, row: int, place: int, cell: Cell) -> None:
        if cell is None:
            return
        if isinstance(cell, datetime):
            zone = cell.isoformat()[-6:]
            self._sheet.write_datetime(row, place, cell.replace(tzinfo=None), self._time(zone))
        elif isinstance(cell, str):
            self._sheet.write_string(row, place, _text(cell))
        else:
            self._sheet.write_number(row, place, cell)

    def _time(self, zone: str) -> Format:
        """A spreadsheet's times have no zone: the format shows it behind each."""
        if zone not in self._times:
            self._times[zone] = self._book.add_format({"num_format": _TIME.format(zone=zone)})
        return self._times[zone]


def _text(text: str) -> str:
    # U+FFFE and U+FFFF no XML can hold, not even written as numbers.
    told = writable(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    units = told.encode("utf-16-le")
    if len(units) <= 2 * MOST_TEXT:
        return told
    return units[: 2 * (MOST_TEXT - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
