"""What is due of the town as a whole and shows in no row: checks, objects, notices to be read."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from dispatch.desk import errands
from dispatch.desk.coverage import due_objects
from dispatch.desk.people import Person
from dispatch.desk.reference import Reference
from dispatch.desk.views_tray import Exceptional
from dispatch.domain.bodies_town import Checked
from dispatch.domain.calendar import MINUTE, OPENINGS, ZONE, instant, local
from dispatch.domain.codes import Kind
from dispatch.domain.cycle import looked_at
from dispatch.store.changes import Changes
from dispatch.store.reader import Reader
from dispatch.store.site import SiteStore
from dispatch.store.subjects import told_under

KEPT_MS: Final = MINUTE
"""For so long an answer is good while nothing of the town has changed: it reads every round."""


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom, when (UTC milliseconds), and the turn that was taken before the reading began."""

    person: Person | None
    now: int
    turn: int


class DueTown:
    """Remembers its last answer while nothing of it has changed. Safe from any thread."""

    def __init__(self, site: SiteStore) -> None:
        self._site = site
        self._lock = threading.Lock()
        self._turn = 0
        self._kept: tuple[tuple[str, int], tuple[Exceptional, ...]] | None = None
        site.subscribe(self._on_changes)

    def _on_changes(self, changes: Changes) -> None:
        if changes.tasks or changes.tables or changes.everything:
            with self._lock:
                self._turn += 1
                self._kept = None

    def turn(self) -> int:
        """Return the turn; taken before the reading begins, so that no older answer is kept."""
        with self._lock:
            return self._turn

    def lines(self, reader: Reader, tables: Reference, asked: Asked) -> tuple[Exceptional, ...]:
        """Return the lines for who sits here, as of the minute that is asked for."""
        now = asked.now
        key = (asked.person.account if asked.person else "", now // KEPT_MS)
        with self._lock:
            kept = self._kept
        if kept is not None and kept[0] == key:
            return kept[1]
        found = (
            *_rounds(reader, tables, now),
            *_notices(reader, tables, asked.person),
            *_objects(self._site, reader, now),
        )
        with self._lock:
            if self._turn == asked.turn:
                self._kept = (key, found)
        return found


def _rounds(reader: Reader, tables: Reference, now: int) -> Iterator[Exceptional]:
    """Rounds of checks that have run out with tasks of this site that nobody has answered."""
    for each in errands.campaigns(reader, tables, now):
        left = each.here - min(each.here, each.tasks_done)
        if left and not each.ended and each.due < now:
            yield Exceptional("round", f"{left} {each.title}", each.due, "station", "", each.due)


def _notices(reader: Reader, tables: Reference, person: Person | None) -> Iterator[Exceptional]:
    """Notices that ask this person for a receipt."""
    for each in errands.notices(reader, tables, person):
        if each.mine and not each.read:
            yield Exceptional("notice", each.title, each.issued_at, "", "", each.due)


def _objects(site: SiteStore, reader: Reader, now: int) -> Iterator[Exceptional]:
    """Objects that were due on the last day of work that is over, and were not looked at since."""
    day = local(now).date()
    if now < _shut(day):
        day -= timedelta(days=1)
    due = {each.code for each in due_objects(site, (day,))}
    if not due:
        return
    first, last = f"{day:%Y%m%d}", f"{local(now):%Y%m%d};"
    facts = (event for event, _ in told_under(reader.connection, Kind.OBJECT, first, last))
    seen = {code for (_, code), found in looked_at(facts).items() if found is not Checked.ABSENT}
    left = len(due - seen)
    if left:
        yield Exceptional("objects", str(left), _shut(day), "station", "", _shut(day))


def _shut(day: date) -> int:
    return instant(datetime.combine(day, OPENINGS[-1][1], ZONE))
