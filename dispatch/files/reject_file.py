"""The rows that were not taken, as a CSV that can be mended and handed in again."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from dispatch.domain.errors import BadInput
from dispatch.files.rows import Reject
from dispatch.files.sheet import harmless


class RejectFile:
    """Written row by row beside its place, put there whole at the end; readable by its owner only.

    UTF-8 with BOM; columns: line, reason, then the file's own. No cell is a formula.
    """

    def __init__(self, path: Path, header: tuple[str, ...]) -> None:
        self._path = path
        self._part = path.with_name(f".{path.name}.part")
        if path.is_dir():
            raise BadInput(str(path), "是一个目录，不是文件")
        try:
            # Rows hold names and phones.
            handle = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError as error:
            raise BadInput(str(path), f"写不了文件：{error.strerror}") from error
        raw = os.fdopen(handle, "wb")
        # What is no Unicode may be just why a row is here.
        self._file = io.TextIOWrapper(raw, "utf-8-sig", "backslashreplace", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow(("line", "reason", *header))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._file.close()
            if error is None:
                self._part.replace(self._path)
        finally:
            self._part.unlink(missing_ok=True)

    def add(self, reject: Reject) -> None:
        """Write one row."""
        cells = (str(reject.line), reject.reason, *reject.cells)
        self._writer.writerow([harmless(each) for each in cells])
