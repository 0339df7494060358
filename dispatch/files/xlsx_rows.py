"""XLSX, read row by row within limits; a formula's cell is the value that was last computed."""

from __future__ import annotations

import lzma
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from dispatch.domain.errors import BadInput
from dispatch.files.rows import Form, Meter, Reject, Row, RowFile, headed, joined

if TYPE_CHECKING:
    from dispatch.files.xlsx_package import Book, Sheet

MOST_PARTS: Final = 2_000
MOST_PLAIN: Final = 2 * 1024**3
"""Bytes of all parts unpacked."""
MOST_RATIO: Final = 200
_FREE: Final = 16 * 1024**2
"""Bytes below which a part's ratio does not matter: small repetitive sheets pack very well."""
MOST_ROWS: Final = 1_048_576
"""Rows of a sheet, by the format itself."""

_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, SyntaxError, EOFError, KeyError, ValueError, TypeError),
    *(IndexError, AttributeError, NotImplementedError, RuntimeError, OverflowError),
    *(AssertionError, lzma.LZMAError, struct.error),
)
"""What openpyxl and what it stands on raise over a file that is no such workbook.

Bad XML is a SyntaxError, of ElementTree's or, where somebody has installed it, of lxml's.
"""


def open_xlsx(path: Path, form: Form) -> RowFile:
    """Find the header of a workbook's sheet."""
    with _sheet(path, form) as rows:
        names = next(rows, [])
    header = headed(names, path.name)
    return RowFile(path.name, header, partial(_rows, path, form, header))


def _rows(path: Path, form: Form, header: tuple[str, ...], meter: Meter) -> Iterator[Row | Reject]:
    width = len(header)
    with _sheet(path, form, meter) as rows:
        for line, texts in enumerate(rows, 1):
            if line == 1 or not any(texts):
                continue
            more = [each for each in texts[width:] if each]
            whole = texts[:width] + [""] * (width - len(texts))
            yield joined(line, header, whole + more)


@contextmanager
def _sheet(path: Path, form: Form, meter: Meter | None = None) -> Iterator[Iterator[list[str]]]:
    """Open the workbook within its limits and give its rows as text."""
    try:
        with (
            path.open("rb") as raw,  # a workbook that fails would not close its file itself
            closing(_workbook(path, raw)) as book,
        ):
            if form.sheet is not None and form.sheet not in book.names:
                known = "、".join(book.names)[:80]
                raise BadInput(path.name, f"没有工作表“{form.sheet[:40]}”，有 {known}")
            name = form.sheet or book.names[0]
            if book.is_chart(name):
                raise BadInput(path.name, f"“{name[:40]}”是图表，不是工作表")
            sheet = book.sheet(name)
            meter = meter or Meter()
            # The stated size may be wrong: it is good for the progress only.
            meter.total = max(1, sheet.stated or MOST_ROWS)
            yield _texts(path, sheet, meter)
    except OSError as error:
        raise BadInput(str(path), f"读不了文件：{error.strerror or error}") from error
    except _BROKEN as error:
        raise BadInput(path.name, f"不是 XLSX 工作簿：{str(error)[:80]}") from error


def _workbook(path: Path, raw: BinaryIO) -> Book:
    # openpyxl takes 0.3 s to import and only this door needs it.
    from dispatch.files.xlsx_package import Book  # noqa: PLC0415

    _within_limits(path)
    # It warns of every extension that it passes over; the values are whole.
    warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
    return Book(raw)


def _texts(path: Path, sheet: Sheet, meter: Meter) -> Iterator[list[str]]:
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        sheet.source.row()
        if number > MOST_ROWS:
            raise BadInput(path.name, f"超过 {MOST_ROWS} 行")
        meter.done = number
        texts = [_text(each) for each in row]
        while texts and not texts[-1]:
            texts.pop()
        yield texts


def _within_limits(path: Path) -> None:
    """Refuse a packed bomb by what its directory says; zipfile unpacks no more than that."""
    with zipfile.ZipFile(path) as packed:
        parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > MOST_PLAIN:
        raise BadInput(path.name, f"解压后超过 {MOST_PARTS} 个部分或 {MOST_PLAIN >> 30} GB")
    for each in parts:
        if each.file_size > _FREE and each.file_size > MOST_RATIO * each.compress_size:
            raise BadInput(path.name, f"{each.filename[:40]} 解压后超过 {MOST_RATIO} 倍")


def _text(value: object) -> str:
    """Return a cell's value as a person would write it in a CSV."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 1e16:
            return str(int(value))  # codes of 12 or 15 digits are numbers there
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value).strip()
