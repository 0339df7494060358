"""The versioned list of matters (入格事项) that the town takes in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dispatch.domain.codes import Priority
from dispatch.domain.errors import BadInput

UNCLASSIFIED = "0000"
"""The item of a report that nobody could classify yet."""


@dataclass(frozen=True, slots=True)
class Item:
    """One matter: its class, the department that handles it, its priority and SLA profile."""

    code: str
    klass: str
    department: str
    name: str
    priority: Priority
    profile: str


class Catalogue:
    """All items of one version, by code. Incidents keep the version they were filed under."""

    def __init__(self, version: str, items: Iterable[Item]) -> None:
        self.version = version
        self._items: dict[str, Item] = {}
        for item in items:
            if item.code in self._items:
                raise BadInput(f"事项 {item.code}", "代码重复")
            self._items[item.code] = item

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items.values())

    def __len__(self) -> int:
        return len(self._items)

    def get(self, code: str) -> Item | None:
        """Return the item, or None when this version does not have it."""
        return self._items.get(code)
