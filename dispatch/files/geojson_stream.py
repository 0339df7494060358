"""The features of a GeoJSON file one after the other: no more than one of them is held.

The standard library's decoder over a window of the file. ijson was tried (3.6.0): a feature of
100,000 brackets in each other took all the memory there was.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any, Final

from dispatch.domain.errors import BadInput
from dispatch.files.geojson import no_constant
from dispatch.files.rows import Meter

LONGEST: Final = 1024 * 1024
"""Characters of one feature, or of one member beside the features."""
_PIECE: Final = 64 * 1024
_WORD: Final = 12
"""Characters of an escaped pair: nothing that only is cut is found wrong farther from the end."""
_MOST_MEMBERS: Final = 500
_OF_FEATURE: Final = frozenset({"type", "id", "properties", "geometry"})
_BLANK: Final = re.compile(r"[ \t\r\n]*")


def read_features(path: Path, meter: Meter) -> Iterator[Any]:
    """Yield the raw features of a FeatureCollection file, or its one Feature.

    Elements are unchecked JSON values. Whatever makes the file no such is a BadInput with line and
    column, some of it only after the last feature: who must not stop half-way reads it twice.
    """
    try:
        with path.open("rb") as file:
            meter.total = path.stat().st_size
            yield from _Reader(path.name, file, meter).features()
    except OSError as error:
        raise BadInput(str(path), f"读不了文件：{error.strerror}") from error


class _Reader:
    """A window over the file's text: `_text[_at:]` is what has been read and not yet taken."""

    def __init__(self, name: str, file: BufferedReader, meter: Meter) -> None:
        self._name = name
        self._file = file
        self._meter = meter
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._json = json.JSONDecoder(parse_constant=no_constant)
        self._text = ""
        self._at = 0
        self._ended = False
        self._lines = 1
        self._column = 0

    def features(self) -> Iterator[Any]:
        """Yield each element of `features`; see `read_features`."""
        if self._peek() != "{":
            raise BadInput(self._name, "最外层不是 GeoJSON 对象")
        others: dict[str, Any] = {}
        count = 0
        for _ in self._members("}"):
            name = self._value()
            if not isinstance(name, str):
                raise self._wrong("成员没有名字")
            self._take(":")
            if name in others:
                raise self._wrong("同一成员出现两次")
            if len(others) == _MOST_MEMBERS:
                raise self._wrong(f"最外层的成员超过 {_MOST_MEMBERS} 个")
            others[name] = None
            if name == "features" and self._peek() == "[":
                for _ in self._members("]"):
                    count += 1
                    yield self._value()
                others[name] = []
            else:
                value = self._value()
                others[name] = value if name in _OF_FEATURE else None
        if self._peek():
            raise self._wrong("末尾之后还有内容")
        if others.get("type") == "Feature":
            yield others
            return
        self._check(others, count)

    def _check(self, others: dict[str, Any], count: int) -> None:
        kind = others.get("type")
        if kind != "FeatureCollection":
            told = kind[:40] if isinstance(kind, str) else "没有写明"
            raise BadInput(self._name, f"类型是 {told}，应为 FeatureCollection")
        if others.get("features") != []:
            raise BadInput(self._name, "features 不是数组")
        if not count:
            raise BadInput(self._name, "文件里没有任何要素")

    def _members(self, end: str) -> Iterator[None]:
        """Go past an opening bracket, then once for each member, up to past the closing one."""
        self._at += 1
        if self._peek() == end:
            self._at += 1
            return
        while True:
            yield
            if self._peek() == end:
                self._at += 1
                return
            self._take(",")

    def _take(self, mark: str) -> None:
        if self._peek() != mark:
            raise self._wrong(f"这里应为 {mark}")
        self._at += 1

    def _peek(self) -> str:
        """Return the next character that is no blank, and stand before it; empty at the end."""
        while True:
            found = _BLANK.match(self._text, self._at)
            assert found is not None  # it matches nothing as well
            self._at = found.end()
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _value(self) -> Any:
        """Return the next JSON value whole; read on as far as it needs, LONGEST at most."""
        self._peek()
        while True:
            told = ""
            try:
                value, at = self._json.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                told, at = error.msg, error.pos
            except RecursionError:
                raise BadInput(self._name, "JSON 嵌套过深") from None
            except ValueError as error:  # NaN and numbers of more than 4,300 digits
                raise BadInput(self._name, str(error)[:80]) from error
            # A number, a word, an escape that ends with the window may go on behind it.
            cut = told.startswith("Unterminated") or at + _WORD >= len(self._text)
            if not cut or self._ended:
                self._at = at
                if told:
                    raise self._wrong(told)
                return value
            if len(self._text) - self._at > LONGEST:
                raise self._wrong(f"一个要素超过 {LONGEST >> 20} MB，或引号没有闭合")
            self._more()

    def _more(self) -> bool:
        """Read a piece behind the window, twice as large as what waits; False at the end."""
        if self._ended:
            return False
        raw = self._file.read(max(_PIECE, len(self._text) - self._at))
        self._ended = not raw
        self._meter.done += len(raw)
        gone = self._text[: self._at]
        self._lines += gone.count("\n")
        self._column = self._at - gone.rfind("\n") - 1 + (self._column if "\n" not in gone else 0)
        try:
            self._text = self._text[self._at :] + self._decode(raw, final=self._ended)
        except UnicodeDecodeError as error:
            at = self._meter.done - len(error.object) + error.start
            raise BadInput(self._name, f"第 {at + 1} 个字节起不是 UTF-8 文本") from error
        self._at = 0
        return True

    def _wrong(self, told: str) -> BadInput:
        """Return the error for the present place."""
        gone = self._text[: self._at]
        line = self._lines + gone.count("\n")
        column = self._at - gone.rfind("\n") + (self._column if "\n" not in gone else 0)
        return BadInput(f"{self._name} 第 {line} 行第 {column} 列", f"不是 JSON：{told}")
