"""CSV, read line by line: a row that cannot be read is named and passed over."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from dispatch.domain.errors import BadInput
from dispatch.files import text_file
from dispatch.files.rows import Form, Meter, Reject, Row, RowFile, headed, joined
from dispatch.files.text_file import detected, known_encoding, lines, separated


def open_csv(path: Path, form: Form) -> RowFile:
    """Find out encoding, separator and header of a CSV file, plain or .gz."""
    if form.encoding is None:
        encoding = detected(path)
    else:
        encoding = known_encoding(form.encoding, f"{path.name} [file]")
    with lines(path, Meter()) as found:
        first = next(found, b"").decode(encoding, errors="replace")
    separator = form.separator or separated(first)
    try:
        names = next(csv.reader([first], delimiter=separator, strict=True), [])
    except csv.Error as error:
        raise BadInput(f"{path.name} 第 1 行", f"不是 CSV：{error}") from error
    header = headed(names, path.name)
    read = partial(_rows, path, header, encoding, separator)
    return RowFile(path.name, header, read, encoding, separator)


def _rows(
    path: Path, header: tuple[str, ...], encoding: str, separator: str, meter: Meter
) -> Iterator[Row | Reject]:
    with lines(path, meter) as raw:
        text = _Decoded(raw, encoding, path.name)
        reader = csv.reader(text, delimiter=separator, strict=True)
        next(reader, None)
        while True:
            line = reader.line_num + 1
            try:
                texts = next(reader, None)
            except csv.Error as error:
                text.read = 0
                yield Reject(line, _worded(error, line, reader.line_num))
                continue
            text.read = 0
            if texts is None:
                return
            if text.bad >= line:
                yield Reject(line, f"第 {text.bad} 行不是 {encoding.upper()} 文本")
            elif texts:
                yield joined(line, header, [each.strip() for each in texts])


def _worded(error: csv.Error, line: int, last: int) -> str:
    many = f"，至第 {last} 行都并在一起，引号可能没有闭合" if last > line else ""
    return f"不是 CSV：{error}{many}"


class _Decoded:
    """The lines as text; `bad` is the number of the last one that is not in the encoding.

    `read`: bytes since it was last set to 0. Cells in quotes run over ends of line, so a row may
    be the whole file: one of more than LONGEST_LINE is a BadInput.
    """

    def __init__(self, raw: Iterator[bytes], encoding: str, name: str) -> None:
        self._raw = raw
        self._encoding = encoding
        self._name = name
        self._number = 0
        self.bad = 0
        self.read = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._raw)
        self._number += 1
        self.read += len(line)
        if self.read > text_file.LONGEST_LINE:
            where = f"{self._name} 第 {self._number} 行"
            raise BadInput(where, "引号里的换行使一行过长，引号可能没有闭合")
        try:
            return line.decode(self._encoding)
        except UnicodeDecodeError:
            self.bad = self._number
            return line.decode(self._encoding, errors="replace")
