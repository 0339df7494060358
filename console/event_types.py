"""`python -m console.event_types`: docs/events.md, what each type of event says in the open."""

from __future__ import annotations

import dataclasses
import sys
import types
import typing
from enum import Enum
from typing import Any, Final

from dispatch.domain.bodies import Body
from dispatch.domain.types import TYPES, EventType

HEAD: Final = """# 事件的内容 · What each type says in the open

Made by `python -m console.event_types > docs/events.md` from the code (`dispatch/domain/types.py`);
a test holds it equal. It completes `protocol.md` section 2: these are the fields of `open` for
version 1. A field marked `?` may be left out and is left out when it says nothing. Pairs and lists
are JSON arrays. `reason on_behalf told_by sealed` may stand in every type's body.

| type | 到 | fields |
|---|---|---|
"""
SHAPES: Final = """
## Shapes within them

| shape | fields or codes |
|---|---|
"""
EVERY: Final = frozenset(each.name for each in dataclasses.fields(Body))
WORDS: Final = {int: "integer", str: "text", bool: "true/false", float: "number"}


class _Shapes:
    """Words for types; it gathers the classes that they name."""

    def __init__(self) -> None:
        self.named: dict[str, Any] = {}  # Any: enums and dataclasses, told apart below

    def of_class(self, kind: Any, without: frozenset[str] = frozenset()) -> str:  # Any: as above
        """Return the fields of a dataclass."""
        hints = typing.get_type_hints(kind)
        told = []
        for field in dataclasses.fields(kind):
            if field.name in without:
                continue
            required = field.default is dataclasses.MISSING
            told.append(f"`{field.name}{'' if required else '?'}`: {self._word(hints[field.name])}")
        return "; ".join(told) or "-"

    def rest(self) -> list[tuple[str, str]]:
        """Return every named shape with its fields or codes, those within shapes too."""
        rows: dict[str, str] = {}
        while self.named.keys() - rows.keys():
            for name in sorted(self.named.keys() - rows.keys()):
                kind = self.named[name]
                if issubclass(kind, Enum):
                    rows[name] = " ".join(f"`{each.value}`" for each in kind)
                else:
                    rows[name] = self.of_class(kind)
        return sorted(rows.items())

    def _word(self, hint: Any) -> str:  # Any: any annotation of a body
        of, inside = typing.get_origin(hint), typing.get_args(hint)
        if of in {typing.Union, types.UnionType}:
            return " or ".join(self._word(each) for each in inside if each is not types.NoneType)
        if of is tuple:
            if inside[-1] is Ellipsis:
                return f"list of {self._word(inside[0])}"
            return f"[{', '.join(map(self._word, inside))}]"
        if hint in WORDS:
            return WORDS[hint]
        self.named[hint.__name__] = hint
        return str(hint.__name__)


def page() -> str:
    """Return the whole page."""
    shapes = _Shapes()
    rows = [
        f"| `{name}` | {_to(kind)} | {shapes.of_class(kind.body, EVERY)} |\n"
        for name, kind in TYPES.items()
    ]
    told = [f"| {name} | {words} |\n" for name, words in [*_every(shapes), *shapes.rest()]]
    return HEAD + "".join(rows) + SHAPES + "".join(told)


def _every(shapes: _Shapes) -> list[tuple[str, str]]:
    return [("every body", shapes.of_class(Body) + "; `sealed?`: list of text")]


def _to(kind: EventType) -> str:
    if kind.to is not None:
        return kind.to.value
    return "`to`" if kind.to_of_body else "-"


if __name__ == "__main__":
    sys.stdout.write(page())
