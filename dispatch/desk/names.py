"""Names behind codes, from the reference tables in force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from dispatch.domain.codes import Level
from dispatch.domain.rules import Rules

_CHARS: Final = {
    "公安": "警",
    "消防": "消",
    "安监": "安",
    "工商": "工",
    "食药监": "食",
    "卫计": "卫",
    "民政": "民",
}


@dataclass(frozen=True, slots=True)
class Names:
    """Words for codes of one town; an unknown code is its own name."""

    rules: Rules
    town: str

    def of(self, town: str) -> Names:
        """Return the words for another town's codes."""
        return self if town == self.town else replace(self, town=town)

    def item(self, code: str, version: str | None = None) -> str:
        """Name of an item of a version of the catalogue; None: of the present one."""
        return self.rules.catalogue.name(code, version)

    def node(self, code: str) -> str:
        """Name of a node of the organisation."""
        node = self.rules.organisation.get(code)
        return node.name if node else code

    def unit(self, unit: str) -> str:
        """Name of a handling unit by the code that incidents carry."""
        if not unit:
            return ""
        code = self.rules.unit_node(self.town, unit)
        node = self.rules.organisation.get(code)
        if node is not None and node.level is Level.VILLAGE:
            return f"{node.name}工作站"
        return node.name if node else unit

    def char(self, unit: str) -> str:
        """The one character in a unit's square on the map."""
        node = self.rules.organisation.get(self.rules.unit_node(self.town, unit))
        if node is None:
            return "单"
        if node.level is Level.VILLAGE:
            return "站"
        if node.level is Level.SQUAD:
            return "队"
        return _CHARS.get(unit, node.name[:1])
