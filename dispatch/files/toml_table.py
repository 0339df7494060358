"""One table of a TOML file with its place: every value is checked where it is taken."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dispatch.domain.errors import BadInput
from dispatch.files.patterns import LONGEST_TEXT, compiled
from dispatch.files.rows import Form
from dispatch.files.text_file import known_encoding, read_at_most

LARGEST: Final = 1024 * 1024
_MOST_POINTS: Final = 200
"""In one line: a key of n parts costs tomllib n * n steps, and no part of ours is that deep."""
_RULE: Final = {"contains", "regex", "item", "source"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One ordered rule: a text that it fits becomes `gives` (an item's code, a source).

    `own`: the pattern is the mapping's, and no longer text than LONGEST_TEXT is for it.
    """

    pattern: re.Pattern[str]
    gives: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A column, its rules in order, and what stands where none fits.

    A text that is itself one of `known` stands for itself before any rule is tried.
    """

    column: str
    rules: tuple[Rule, ...]
    default: str
    known: frozenset[str] = frozenset()

    def of(self, text: str) -> str:
        """Return what the first rule that fits the column's text gives.

        Raises ValueError where a mapping's own pattern would have to read too long a text.
        """
        if text in self.known:
            return text
        for rule in self.rules:
            if rule.own and len(text) > LONGEST_TEXT:
                told = f"{len(text)} 个字符，regex 规则至多看 {LONGEST_TEXT} 个，请改用 contains"
                raise ValueError(f"{self.column} 有 {told}")
            if rule.pattern.search(text):
                return rule.gives
        return self.default


@dataclass(frozen=True, slots=True)
class TomlTable:
    """One table of the file with its place; its values are raw TOML."""

    where: str
    values: Mapping[str, Any]  # Any: whatever TOML holds

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without a default it must be there."""
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise BadInput(self.where, f"{key} 缺失或不是文本")
        return value

    def texts(self, key: str) -> list[str]:
        """Return a list of texts that is not empty."""
        value = self.values.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(e, str) for e in value):
            raise BadInput(self.where, f"{key} 应为非空的文本数组")
        return value

    def share(self, key: str, default: float) -> float:
        """Return a number from 0 to 1."""
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise BadInput(self.where, f"{key} 应为 0 至 1 的数")
        return float(value)

    def zone(self) -> ZoneInfo:
        """Return the time zone."""
        name = self.text("zone")
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise BadInput(self.where, f"没有时区“{name}”") from error

    def form(self) -> Form:
        """Return how the file is to be read, from the keys encoding, separator, sheet."""
        encoding = self.text("encoding", "")
        separator = self.text("separator", "")
        if len(separator) > 1 or separator in {'"', "\r", "\n", "\0"}:
            raise BadInput(self.where, "separator 应为一个字符，不是引号或换行")
        if encoding:
            encoding = known_encoding(encoding, self.where)
        return Form(encoding or None, separator or None, self.text("sheet", "") or None)

    def choice(self, gives: str, known: Collection[str], default: str | None) -> Choice:
        """Return a column with its rules, each of which gives one of the known codes."""
        fallback = self.text("default", default)
        self.known(fallback, known)
        listed = self.values.get("rule", [])
        if not isinstance(listed, list):
            raise BadInput(self.where, "rule 应写成 [[…rule]]")
        rules = tuple(self._rule(each, n, gives, known) for n, each in enumerate(listed, 1))
        column = self.text("column", "" if not rules else None)
        return Choice(column, rules, fallback, frozenset(known))

    def known(self, code: str, known: Collection[str]) -> None:
        """Refuse a code that is none of the known ones."""
        if code not in known:
            raise BadInput(self.where, f"“{code}”不在代码表中")

    def _rule(self, raw: object, number: int, gives: str, known: Collection[str]) -> Rule:
        table = TomlTable(f"{self.where} 第 {number} 条规则", raw if isinstance(raw, dict) else {})
        unknown = sorted(set(table.values) - _RULE)
        if unknown:
            raise BadInput(table.where, f"不认识的键 {unknown[0]}")
        if ("contains" in table.values) == ("regex" in table.values):
            raise BadInput(table.where, "contains 与 regex 要有且只有一个")
        code = table.text(gives)
        table.known(code, known)
        if "contains" in table.values:
            return Rule(re.compile(re.escape(table.text("contains")), re.IGNORECASE), code)
        try:
            return Rule(compiled(table.text("regex")), code, own=True)
        except ValueError as error:
            raise BadInput(table.where, str(error)) from error


def read_document(path: Path) -> dict[str, Any]:  # Any: whatever TOML holds
    """Read a TOML file; BadInput for one that is none."""
    try:
        raw = read_at_most(path, LARGEST)
        for number, line in enumerate(raw.split(b"\n"), 1):
            if line.count(b".") > _MOST_POINTS:
                raise BadInput(f"{path.name} 第 {number} 行", f"超过 {_MOST_POINTS} 个点")
        return tomllib.loads(raw.decode("utf-8-sig"))
    except OSError as error:
        raise BadInput(str(path), f"读不了文件：{error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadInput(path.name, f"第 {error.start + 1} 个字节起不是 UTF-8 文本") from error
    except RecursionError as error:
        raise BadInput(path.name, "不是 TOML：嵌套过深") from error
    except ValueError as error:  # tomllib's own, and a number of more than 4,300 digits
        raise BadInput(path.name, f"不是 TOML：{str(error)[:120]}") from error


def tables_of(
    document: Mapping[str, Any], file: str, known: Mapping[str, Collection[str] | None]
) -> dict[str, TomlTable]:
    """Return every known table, empty where the file has none; unknown names are refused.

    `known`: the keys of each table, None where any key goes.
    """
    for name in document:
        if name not in known:
            raise BadInput(file, f"不认识的表 [{name}]，可用 {'、'.join(known)}")
    found = {}
    for name, keys in known.items():
        values = document.get(name, {})
        where = f"{file} [{name}]"
        if not isinstance(values, dict):
            raise BadInput(where, "应为一个表")
        for key in values:
            if keys is not None and key not in keys:
                raise BadInput(where, f"不认识的键 {key}，可用 {'、'.join(sorted(keys))}")
        found[name] = TomlTable(where, values)
    return found
