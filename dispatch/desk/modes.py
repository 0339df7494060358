"""The town's modes as the desk shows them: standing orders, history, rows that stand still."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from dispatch.desk.reference import Reference
from dispatch.desk.views_town import ModesView, Order, Standing
from dispatch.domain import freeze
from dispatch.domain.bodies_town import ResponseSet, SignalSet
from dispatch.domain.calendar import WorkingCalendar
from dispatch.domain.codes import Kind, Priority
from dispatch.domain.event import Event, Subject
from dispatch.domain.freeze import Clock
from dispatch.domain.incident import Incident
from dispatch.domain.modes import NO_MODES, Modes, Stand, fold
from dispatch.store.kept import Shelf
from dispatch.store.reader import Reader
from dispatch.store.rows import IncidentRow
from dispatch.store.subjects import facts_of, told_of

KINDS_KEPT: Final = 20_000

_KINDS: Shelf[tuple[str, str], tuple[bool]] = Shelf(KINDS_KEPT)
"""Whether an incident's clock counts working time, by id and version."""


@dataclass(frozen=True)
class Moment:
    """The town's modes at one moment of one read, with what a clock needs to be shown.

    `others`: those of all towns, at a city's console.
    """

    reader: Reader = field(repr=False)
    modes: Modes
    now: int
    calendar: WorkingCalendar
    others: Mapping[str, Modes] = field(default_factory=dict)

    def modes_in(self, town: str) -> Modes:
        """Return the modes of a town; here, at a city's console, of one of many."""
        return self.others.get(town, self.modes)

    def clock(self, row: IncidentRow) -> Clock | None:
        """Return a row's limit as it is shown now, None without one."""
        if row.limit is None:
            return None
        modes = self.modes_in(row.town)
        if not row.open or not modes.spans(row.priority):
            return Clock(row.limit, None)
        of = row.priority, self._working(row)
        return freeze.clock(row.limit, of, modes, self.now, self.calendar)

    def view(self, incident: Incident) -> Incident:
        """Return an incident with its limits as they are now."""
        return freeze.view(incident, self.modes_in(incident.town), self.now, self.calendar)

    def _working(self, row: IncidentRow) -> bool:
        # The row does not say: the incident's frozen profile does, and is read once a version.
        known = _KINDS.get((row.id, row.version))
        if known is None:
            found = self.reader.incident(row.id)
            known = (bool(found and found.sla and found.sla.working),)
            _KINDS.put((row.id, row.version), known)
        return known[0]


def moment(reader: Reader, tables: Reference, now: int) -> Moment:
    """Return the modes for one read."""
    others = {town: _modes(reader, town) for town in tables.towns}
    return Moment(reader, _modes(reader, tables.town), now, tables.rules.calendar, others)


def _modes(reader: Reader, town: str) -> Modes:
    facts = facts_of(reader.connection, Subject(Kind.TOWN, town))
    return fold(facts) if facts else NO_MODES


@dataclass(frozen=True, slots=True)
class _Teller:
    """Puts names and plaintext to the facts of the town's subject."""

    tables: Reference
    modes: Modes
    texts: Mapping[str, str]

    def order(self, event: Event) -> Order:
        """Return one fact as it is shown."""
        body = event.body
        stands = (*self.modes.signals, *self.modes.responses)
        return Order(
            event=event.id,
            type=event.type,
            kind=getattr(body, "kind", ""),
            colour=body.colour if isinstance(body, SignalSet) else None,
            level=body.level if isinstance(body, ResponseSet) else None,
            order_no=getattr(body, "order_no", ""),
            since=getattr(body, "since", event.at),
            at=event.at,
            by=self.tables.person(event.actor),
            text=self.texts.get(event.hash, ""),
            stands=any(each.fact.hash == event.hash for each in stands),
            seq=event.seq,
        )

    def standing(self, stand: Stand) -> Standing:
        """Return what stands for a kind, with its rivals."""
        body = stand.fact.body
        whole = body if isinstance(body, ResponseSet) else None
        return Standing(
            order=self.order(stand.fact),
            rivals=tuple(self.order(each) for each in stand.rivals),
            freeze=whole.freeze if whole else (),
            freeze_from=whole.freeze_from if whole else None,
            items=whole.items if whole else (),
        )


def shown(reader: Reader, tables: Reference) -> ModesView:
    """Return everything there is to see of the town's modes."""
    told = told_of(reader.connection, Subject(Kind.TOWN, tables.town))
    modes = fold(event for event, _ in told) if told else NO_MODES
    teller = _Teller(tables, modes, {event.hash: plain.get("text", "") for event, plain in told})
    known = [e for e in modes.facts if isinstance(e.body, SignalSet | ResponseSet)]
    known.sort(key=lambda event: (getattr(event.body, "since", 0), event.at, event.hash))
    frozen = _frozen(modes)
    return ModesView(
        version=modes.version,
        signals=tuple(teller.standing(each) for each in modes.signals),
        responses=tuple(teller.standing(each) for each in modes.responses),
        history=tuple(teller.order(each) for each in reversed(known)),
        frozen=frozen,
        still_ids=_still(reader, dict(frozen)),
        items=tuple(sorted(modes.items)),
        contested=modes.contested,
    )


def _frozen(modes: Modes) -> tuple[tuple[Priority, int], ...]:
    return tuple(
        (priority, spans[-1].start) for priority, spans in modes.frozen if spans[-1].end is None
    )


def _still(reader: Reader, frozen: dict[Priority, int]) -> tuple[str, ...]:
    if not frozen:
        return ()
    rows = (row for row in reader.open_rows() if row.open and row.priority in frozen)
    return tuple(sorted(row.id for row in rows if freeze.runs(row.limit)))
