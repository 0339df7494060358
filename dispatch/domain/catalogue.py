"""The versioned list of matters (入格事项) that the town takes in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
    """All items of one version, by code. Incidents keep the version they were filed under.

    `former`: what earlier versions called their items, by version and code.
    """

    def __init__(
        self,
        version: str,
        items: Iterable[Item],
        former: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self.version = version
        self.former: Mapping[str, Mapping[str, str]] = former or {}
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

    def name(self, code: str, version: str | None = None) -> str:
        """Return what an item is called in a version (None: this one).

        One that the version does not have is called as now, else by its code.
        """
        known = self.former.get(version, {}) if version and version != self.version else {}
        item = self._items.get(code)
        return known.get(code) or (item.name if item else code)

    def after(self, earlier: Catalogue | None) -> Catalogue:
        """Return this catalogue with the names of an earlier one, and those that it kept."""
        if earlier is None:
            return self
        names = {item.code: item.name for item in earlier}
        former = {**earlier.former, earlier.version: names}
        former.pop(self.version, None)
        return Catalogue(self.version, self, former)
