"""A mapping file: which column of a foreign file is which, and how its text becomes an item."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dispatch.domain.codes import Source
from dispatch.domain.errors import BadInput

_TABLES: Final = {
    "time": {"column", "format", "zone", "day"},
    "place": {"lon", "lat", "low", "high", "shrink"},
    "text": {"columns"},
    "source": {"default", "column", "rule"},
    "item": {"column", "default", "rule"},
}
_RULE: Final = {"contains", "regex", "item", "source"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One ordered rule: a text that it fits becomes `gives` (an item's code, a source)."""

    pattern: re.Pattern[str]
    gives: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A column, its rules in order, and what stands where none fits."""

    column: str
    rules: tuple[Rule, ...]
    default: str

    def of(self, text: str) -> str:
        """Return what the first rule that fits the column's text gives."""
        for rule in self.rules:
            if rule.pattern.search(text):
                return rule.gives
        return self.default


@dataclass(frozen=True, slots=True)
class FeedMapping:
    """The whole file.

    `fit`: the two percentiles whose box is laid on the town's box, made smaller by `shrink`: a
    town does not fill its box.
    """

    name: str
    time_column: str
    time_format: str
    zone: ZoneInfo
    day: str
    lon: str
    lat: str
    fit: tuple[float, float]
    shrink: float
    text: tuple[str, ...]
    source: Choice
    item: Choice

    @property
    def columns(self) -> set[str]:
        """Every column that the foreign file must have."""
        named = {self.time_column, self.lon, self.lat, *self.text}
        return named | ({self.item.column, self.source.column} - {""})


def read_mapping(path: Path, items: Collection[str]) -> FeedMapping:
    """Read a mapping file against the codes of the catalogue in use.

    Raises BadInput for whatever is missing, unknown or misspelt, with table and key.
    """
    try:
        document = tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise BadInput(str(path), f"读不了文件：{error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(path.name, f"不是 TOML：{error}") from error
    tables = _tables(document, path.name)
    time, place = tables["time"], tables["place"]
    return FeedMapping(
        name=path.stem,
        time_column=time.text("column"),
        time_format=time.text("format"),
        zone=time.zone(),
        day=time.text("day", ""),
        lon=place.text("lon"),
        lat=place.text("lat"),
        fit=(place.share("low", 0.02), place.share("high", 0.98)),
        shrink=place.share("shrink", 1.0),
        text=tuple(tables["text"].texts("columns")),
        source=tables["source"].choice("source", set(Source), Source.HOTLINE),
        item=tables["item"].choice("item", items, None),
    )


def _tables(document: Mapping[str, Any], file: str) -> dict[str, _Table]:
    for name in document:
        if name not in _TABLES:
            raise BadInput(file, f"不认识的表 [{name}]，可用 {'、'.join(_TABLES)}")
    found = {}
    for name, keys in _TABLES.items():
        values = document.get(name, {})
        where = f"{file} [{name}]"
        if not isinstance(values, dict):
            raise BadInput(where, "应为一个表")
        for key in values:
            if key not in keys:
                raise BadInput(where, f"不认识的键 {key}，可用 {'、'.join(sorted(keys))}")
        found[name] = _Table(where, values)
    return found


@dataclass(frozen=True, slots=True)
class _Table:
    """One table of the file with its place; its values are raw TOML."""

    where: str
    values: Mapping[str, Any]

    def text(self, key: str, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise BadInput(self.where, f"{key} 缺失或不是文本")
        return value

    def texts(self, key: str) -> list[str]:
        value = self.values.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(e, str) for e in value):
            raise BadInput(self.where, f"{key} 应为非空的文本数组")
        return value

    def share(self, key: str, default: float) -> float:
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise BadInput(self.where, f"{key} 应为 0 至 1 的数")
        return float(value)

    def zone(self) -> ZoneInfo:
        name = self.text("zone")
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise BadInput(self.where, f"没有时区“{name}”") from error

    def choice(self, gives: str, known: Collection[str], default: str | None) -> Choice:
        fallback = self.text("default", default)
        self._known(fallback, known)
        listed = self.values.get("rule", [])
        if not isinstance(listed, list):
            raise BadInput(self.where, "rule 应写成 [[…rule]]")
        rules = tuple(self._rule(each, n, gives, known) for n, each in enumerate(listed, 1))
        return Choice(self.text("column", "" if not rules else None), rules, fallback)

    def _known(self, code: str, known: Collection[str]) -> None:
        if code not in known:
            raise BadInput(self.where, f"“{code}”不在代码表中")

    def _rule(self, raw: object, number: int, gives: str, known: Collection[str]) -> Rule:
        table = _Table(f"{self.where} 第 {number} 条规则", raw if isinstance(raw, dict) else {})
        unknown = sorted(set(table.values) - _RULE)
        if unknown:
            raise BadInput(table.where, f"不认识的键 {unknown[0]}")
        if ("contains" in table.values) == ("regex" in table.values):
            raise BadInput(table.where, "contains 与 regex 要有且只有一个")
        code = table.text(gives)
        table._known(code, known)
        if "contains" in table.values:
            return Rule(re.compile(re.escape(table.text("contains")), re.IGNORECASE), code)
        try:
            return Rule(re.compile(table.text("regex"), re.IGNORECASE), code)
        except re.error as error:
            raise BadInput(table.where, f"正则表达式有误：{error}") from error
