"""The organisation tree: who belongs to whom on which day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from dispatch.domain.codes import Level
from dispatch.domain.errors import BadInput


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the tree: city, town, village station, grid, department or squad.

    `valid_from` and `valid_to` are inclusive calendar days; `None` is open. `successor` is
    the code of the node that took over the work of a closed one. `phone` is the office's own.
    """

    code: str
    name: str
    level: Level
    parent: str | None
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None
    phone: str = field(default="", repr=False)

    def valid_on(self, day: date) -> bool:
        """Return whether the node exists on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class Organisation:
    """All nodes of one version of the tree, by code. Immutable once built."""

    def __init__(self, nodes: Iterable[Node], version: str = "") -> None:
        self.version = version
        self._nodes = {node.code: node for node in nodes}
        self._paths: dict[str, tuple[str, ...]] = {}
        for node in self._nodes.values():
            if node.parent is not None and node.parent not in self._nodes:
                raise BadInput(node.code, f"上级 {node.parent} 不在组织表中")
            self._refuse_cycle(node)

    def _refuse_cycle(self, node: Node) -> None:
        seen = {node.code}
        while node.parent is not None:
            node = self._nodes[node.parent]
            if node.code in seen:
                raise BadInput(node.code, "组织上级关系成环")
            seen.add(node.code)

    def __iter__(self) -> Iterator[Node]:
        return iter(self._nodes.values())

    def __contains__(self, code: object) -> bool:
        return code in self._nodes

    def get(self, code: str) -> Node | None:
        """Return the node, or None when the code is unknown."""
        return self._nodes.get(code)

    def path(self, code: str) -> tuple[str, ...]:
        """Return the codes from the node up to the root; empty for an unknown code."""
        known = self._paths.get(code)
        if known is not None:
            return known
        path: list[str] = []
        node = self._nodes.get(code)
        while node is not None:
            path.append(node.code)
            node = self._nodes.get(node.parent) if node.parent else None
        if path:  # of any other text there is no end
            self._paths[code] = tuple(path)
        return tuple(path)

    def within(self, code: str, scope: str) -> bool:
        """Return whether `code` is `scope` or lies below it."""
        return scope in self.path(code)

    @cached_property
    def children(self) -> dict[str, tuple[Node, ...]]:
        """Direct children by parent's code, in order of code."""
        found: dict[str, list[Node]] = {}
        for node in sorted(self._nodes.values(), key=lambda each: each.code):
            if node.parent is not None:
                found.setdefault(node.parent, []).append(node)
        return {code: tuple(nodes) for code, nodes in found.items()}

    def current(self, code: str, day: date) -> Node | None:
        """Return the node that does the work of `code` on `day`, following successors."""
        seen: set[str] = set()
        node = self._nodes.get(code)
        while node is not None and not node.valid_on(day) and code not in seen:
            seen.add(code)
            if node.successor is None:
                return None
            code = node.successor
            node = self._nodes.get(code)
        return node if node is not None and node.valid_on(day) else None

    def ancestor(self, code: str, level: Level) -> str | None:
        """Return the code of the node at `level` on the way up from `code`, itself included."""
        for each in self.path(code):
            if self._nodes[each].level is level:
                return each
        return None
