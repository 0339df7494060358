"""Folded incidents held in memory, so that a fact is folded without reading its elders again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from dispatch.domain.event import Event
from dispatch.domain.incident import Incident

Plain = dict[str, dict[str, str]]
"""Sealed fields in clear by event hash."""

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Folded:
    """An incident with what lies beside the fold: plaintext, events not yet answered for."""

    incident: Incident
    pos: int
    plain: Plain = field(repr=False)
    unsent: frozenset[str]
    state_hash: bytes | None
    body: str = field(repr=False)

    @property
    def facts(self) -> tuple[Event, ...]:
        """The incident's facts in canonical order."""
        return self.incident.facts


class Shelf(Generic[K, V]):
    """The `room` values used last; safe from several threads."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K) -> V | None:
        """Return the value and mark it as used, or None."""
        with self._lock:
            value = self._kept.get(key)
            if value is not None:
                self._kept.move_to_end(key)
            return value

    def put(self, key: K, value: V) -> None:
        """Keep a value; the one unused for longest makes room."""
        with self._lock:
            self._kept[key] = value
            self._kept.move_to_end(key)
            if len(self._kept) > self._room:
                self._kept.popitem(last=False)

    def drop(self, key: K) -> None:
        """Forget a value."""
        with self._lock:
            self._kept.pop(key, None)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
