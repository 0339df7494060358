"""At which seat an event was written, in words: a writer's own name says nothing to a person."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch.desk.reference import Reference
from dispatch.domain.bodies_shift import ShiftOn
from dispatch.domain.codes import Kind, Level
from dispatch.domain.event import Event, Subject
from dispatch.domain.shift import shift_of
from dispatch.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Seats:
    """Names seats by what is known here: the shift's log-ons, then the office of the person."""

    reader: Reader
    tables: Reference

    def name(self, event: Event) -> str:
        """Return 横沥镇 · 2 号席 for an event; the office alone where nobody logged on there.

        Empty when not even the person is known here.
        """
        account = self.tables.accounts.get(event.actor)
        if account is None:
            return ""
        office = self._office(account.node)
        seat = self._seat(account.node, event)
        return f"{office} · {seat}" if seat else office

    def _office(self, node: str) -> str:
        known = self.tables.rules.organisation.get(node)
        if known is None:
            return node
        return f"{known.name}工作站" if known.level is Level.VILLAGE else known.name

    def _seat(self, node: str, event: Event) -> str:
        """Return the seat that was last logged on to with that writer in the event's shift."""
        found = ""
        for stored in self.reader.events(Subject(Kind.SHIFT, shift_of(node, event.at))):
            body = stored.event.body
            if isinstance(body, ShiftOn) and stored.event.writer == event.writer:
                found = body.seat
        return found
