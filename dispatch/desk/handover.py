"""The hand-over of a shift at one desk: its list, ticks, signatures, and the shift's log."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Final

from dispatch.acts.shifts import perform_shift
from dispatch.desk import shift as shift_report
from dispatch.desk.chaining import then
from dispatch.desk.handover_lines import (
    lines_of,
    of_promise,
    on_duty,
    promise_key,
    signed_by,
    ticked,
)
from dispatch.desk.logbook import logbook
from dispatch.desk.ownership import PROMISED_IN, promises
from dispatch.desk.reference import Reference
from dispatch.desk.views_shift import DutyLine, Handover, LogLine, Wanted
from dispatch.domain.calendar import MINUTE
from dispatch.domain.decide_shift import ShiftCommand, ShiftVerb
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.shift import before, next_of, scope_of, span_of
from dispatch.reports.handover import LISTS, Entry, entries
from dispatch.store.changes import Changes
from dispatch.store.reader import Reader
from dispatch.store.site_log import SiteLog

if TYPE_CHECKING:
    from dispatch.desk.desk import Desk

_WITH_LIST: Final = frozenset({ShiftVerb.TICK, ShiftVerb.SIGN_IN})


class HandoverDesk:
    """A desk's part for the change of shifts. Calls return a Future; safe from any thread.

    `shift` is a shift's id, like 441900106-20261121-D.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._kept: tuple[tuple[str, int], tuple[Entry, ...]] | None = None
        desk.subscribe(self._on_changes)

    def due(self) -> str:
        """Return the shift that is handed over now: the one before the running one."""
        return before(self._desk.shift_now())

    def running(self) -> str:
        """Return the shift that runs now."""
        return self._desk.shift_now()

    def look(self, shift: str) -> Future[Handover]:
        """Return the list with its ticks, the report that is to be signed, who signed it."""
        self._check(shift)
        return self._desk.asked(lambda reader, tables: self._view(reader, tables, shift))

    def act(self, command: ShiftCommand) -> Future[str]:
        """Decide and store one act; return the id of its event.

        Refused, BadInput or StoreError come through the future, or at once when nobody is there.
        """
        desk, person = self._desk, self._desk.seat.known()
        if person.limited:
            raise Refused("offline_too_long", verb=command.verb)
        self._check(command.shift)

        def stored(keys: frozenset[str] | None) -> str:
            def job(log: SiteLog) -> str:
                return perform_shift(log, command, person.actor(), keys, desk.now()).id

            return desk.site.write(job).result()

        if command.verb not in _WITH_LIST:
            return desk.site.write(
                lambda log: perform_shift(log, command, person.actor(), None, desk.now()).id
            )
        keys = desk.asked(lambda reader, tables: self._keys(reader, tables, command.shift))
        return then(keys, stored)

    def shift_of_promise(self, promise: str) -> Future[str]:
        """Return the shift in whose log an open promise stands; the running one for an unknown."""
        running = self._desk.shift_now()

        def job(reader: Reader, _: Reference) -> str:
            shift = running
            for _step in range(PROMISED_IN):
                if any(each.hash == promise for each in reader.shift(shift).lines):
                    return shift
                shift = before(shift)
            return running

        return self._desk.asked(job)

    def duty(self, shift: str) -> Future[tuple[DutyLine, ...]]:
        """Return who is planned on a shift, and who is on it without being planned, by seat."""
        self._check(shift)
        return self._desk.asked(lambda reader, tables: on_duty(reader, tables, shift))

    def logbook(self, wanted: Wanted) -> Future[tuple[LogLine, ...]]:
        """Return the shift's log, oldest line first."""
        self._check(wanted.shift)
        return self._desk.asked(lambda reader, tables: logbook(reader, tables, wanted))

    def _check(self, shift: str) -> None:
        scope = self._desk.site.identity.scope
        if scope_of(shift) != scope:
            raise BadInput("shift", f"{shift} 不是本站（{scope}）的班次")

    def _on_changes(self, changes: Changes) -> None:
        if changes.incidents or changes.tables or changes.everything:
            with self._lock:
                self._kept = None

    def _entries(self, reader: Reader, tables: Reference, shift: str) -> tuple[Entry, ...]:
        """The lines of incidents: those of the shift's end, or of this minute while it lasts."""
        desk = self._desk
        from_at, to_at = span_of(shift)
        now = desk.now()
        if now <= from_at:
            raise BadInput("shift", "这一班还没有开始")
        mark = (shift, now // MINUTE)
        with self._lock:
            if self._kept is not None and self._kept[0] == mark:
                return self._kept[1]
        asked = shift_report.Asked(from_at, to_at, now)
        identity, person = desk.site.identity, desk.person
        made = entries(shift_report.gather(reader, tables, identity, asked, person))
        with self._lock:
            self._kept = mark, made
        return made

    def _keys(self, reader: Reader, tables: Reference, shift: str) -> frozenset[str]:
        listed = {each.key for each in self._entries(reader, tables, shift)}
        return frozenset(listed | {promise_key(each) for each in promises(reader, shift)})

    def _view(self, reader: Reader, tables: Reference, shift: str) -> Handover:
        folded = reader.shift(shift)
        made = self._entries(reader, tables, shift)
        lines = lines_of(reader, tables, made)
        lines += [of_promise(reader, tables, each) for each in promises(reader, shift)]
        lines.sort(key=lambda each: LISTS.index(each.list))
        running = self._desk.shift_now()
        from_at, to_at = span_of(shift)
        report = folded.report
        return Handover(
            shift=shift,
            from_at=from_at,
            to_at=to_at,
            to_shift=next_of(shift),
            lines=tuple(ticked(each, folded, tables, (reader, running)) for each in lines),
            figures=report.figures if report else "",
            provisional=report is not None and report.provisional,
            issued_at=report.at if report else None,
            signed=signed_by(folded, tables, stale=False),
            stale=signed_by(folded, tables, stale=True),
            handed_over=folded.handed_over,
        )
