"""An XLSX package opened within limits: small parts whole, texts and rows as they are read.

A name in a package says nothing of what is in it, so limits go by how openpyxl reads a part.
"""

from __future__ import annotations

import re
import zipfile
from typing import IO, Any, Final, Self

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

MOST_WHOLE: Final = 16 * 1024**2
"""Bytes of a part that is held in memory as a tree: the workbook's own, its styles."""
MOST_SHARED: Final = 128 * 1024**2
"""Bytes of the shared texts."""
MOST_TEXTS: Final = 4_000_000
LONGEST_ROW: Final = 4 * 1024**2
"""Bytes of one row of a sheet."""

_HEAD: Final = 4096
_OVERLAP: Final = 80
_DIMENSION: Final = re.compile(rb'<(?:\w{1,20}:)?dimension ref="[A-Z]{1,3}\d+:[A-Z]{1,3}(\d{1,7})"')
_END: Final = re.compile(rb"</(\w{1,20}:)?sheetData\s{0,9}>")
_TEXT: Final = f"{{{SHEET_MAIN_NS}}}si"


class TooLarge(ValueError):
    """Some part of the package is larger than any table's."""


class Package(zipfile.ZipFile):
    """The archive as openpyxl asks it: whole parts are small ones."""

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """Return a part's bytes; TooLarge for one that is no part of a workbook's frame."""
        info = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        if info.file_size > MOST_WHOLE:
            raise TooLarge(f"{info.filename[:40]} 解压后超过 {MOST_WHOLE >> 20} MB")
        return super().read(info, pwd)


class _Measured:
    """A sheet's XML up to the end of its rows; no more than LONGEST_ROW between two `row`s."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._since = 0
        self._tail = b""
        self._over = False

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, at most so many and a little more."""
        if self._over:
            return b""
        piece = self._source.read(min(size, 1 << 16) if size > 0 else 1 << 16)
        self._since += len(piece)
        if self._since > LONGEST_ROW:
            raise TooLarge(f"一行超过 {LONGEST_ROW >> 20} MB")
        found = _END.search(self._tail + piece)
        if found is None:
            self._tail = (self._tail + piece)[-_OVERLAP:]
            return piece
        # What follows the rows (merged cells, links, rules) may be longer and is none of ours.
        self._over = True
        end = found.end() - len(self._tail)
        return piece[:end] + b"</" + (found[1] or b"") + b"worksheet>"

    def row(self) -> None:
        """Count anew: a row is whole."""
        self._since = 0

    def close(self) -> None:
        """Close the part."""
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Sheet(ReadOnlyWorksheet):  # type: ignore[misc]  # openpyxl has no types
    """A sheet that is not looked through for its size before it is read."""

    def _get_size(self) -> None:
        with self.parent._archive.open(self._worksheet_path) as part:  # noqa: SLF001 - openpyxl's
            found = _DIMENSION.search(part.read(_HEAD))
        self.stated = int(found[1]) if found else None

    def _get_source(self) -> _Measured:
        self.source = _Measured(self.parent._archive.open(self._worksheet_path))  # noqa: SLF001
        return self.source


class Book:
    """A workbook: the names of its sheets in order, and any of them to be read."""

    def __init__(self, raw: IO[bytes]) -> None:
        """Raise what openpyxl raises over bytes that are none, TooLarge for what is no table."""
        self._package = Package(raw)
        reader = ExcelReader(raw, read_only=True, data_only=True, keep_links=False)
        reader.archive.close()
        reader.archive = self._package
        reader.valid_files = self._package.namelist()
        reader.read_manifest()
        self._texts = self._shared(reader)
        reader.read_workbook()
        apply_stylesheet(self._package, reader.wb)
        self._workbook = reader.wb
        found = [(sheet.name, rel) for sheet, rel in reader.parser.find_sheets()]
        # Any: openpyxl's relationship.
        self._parts: dict[str, Any] = {
            name: rel for name, rel in found if rel.target in reader.valid_files
        }

    @property
    def names(self) -> list[str]:
        """The sheets' names, charts' too."""
        return list(self._parts)

    def is_chart(self, name: str) -> bool:
        """Whether it is a chart's sheet, without rows."""
        return "chartsheet" in self._parts[name].Type

    def sheet(self, name: str) -> Sheet:
        """Return a sheet."""
        return Sheet(self._workbook, name, self._parts[name].target, self._texts)

    def close(self) -> None:
        """Close the package."""
        self._package.close()

    def _shared(self, reader: Any) -> list[str]:  # Any: openpyxl's reader
        part = reader.package.find(SHARED_STRINGS)
        if part is None:
            return []
        info = self._package.getinfo(part.PartName[1:])
        if info.file_size > MOST_SHARED:
            raise TooLarge(f"共享文本超过 {MOST_SHARED >> 20} MB，请另存为 CSV")
        with self._package.open(info) as source:
            return _texts(source)


def _texts(source: IO[bytes]) -> list[str]:
    """Return the shared texts; what is read of the tree is let go at once."""
    found: list[str] = []
    above: list[Any] = []  # Any: ElementTree's nodes
    for event, node in iterparse(source, events=("start", "end")):
        if event == "start":
            above.append(node)
            continue
        above.pop()
        if node.tag == _TEXT:
            # As openpyxl has it: a mark of what some programs escape twice.
            found.append(Text.from_tree(node).content.replace("x005F_", ""))
            if len(found) > MOST_TEXTS:
                raise TooLarge(f"共享文本超过 {MOST_TEXTS} 条，请另存为 CSV")
        if len(above) == 1:
            above[0].clear()
    return found
