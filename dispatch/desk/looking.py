"""Answers about incidents: one, its pane, a search, advice for it. Inside one read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dispatch.desk.bulletins import bulletins
from dispatch.desk.looking_seats import Seats
from dispatch.desk.masks import masked
from dispatch.desk.modes import Moment
from dispatch.desk.offers import offers
from dispatch.desk.outcome import outcome
from dispatch.desk.overseeing import oversight
from dispatch.desk.pane import PaneInput, pane
from dispatch.desk.reference import Reference
from dispatch.desk.reporters import reporters
from dispatch.desk.responding import response
from dispatch.desk.rows import queue_row
from dispatch.desk.suggest import Around, advise
from dispatch.desk.suggest_report import propose
from dispatch.desk.views import (
    Contest,
    ContestedFact,
    DispatchAdvice,
    IncidentPane,
    TimelineEntry,
    UnitAdvice,
    Verifying,
)
from dispatch.desk.views_objects import ObjectRow
from dispatch.desk.views_report import ReportProposal
from dispatch.desk.workers import RosterEntry
from dispatch.domain.codes import State
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Event
from dispatch.domain.incident import Incident
from dispatch.domain.may import writable
from dispatch.domain.rules import Actor
from dispatch.store.objects import Objects
from dispatch.store.photos import Photos
from dispatch.store.reader import Reader
from dispatch.store.rows import IncidentRow
from dispatch.store.site import SiteStore

EARLIER_MS = 90 * 86_400_000
SEARCH_PAGE = 200


def incident(reader: Reader, id_: str) -> Incident:
    """Return the folded incident; an unknown one, or one out of scope, is Refused."""
    found = reader.incident(id_)
    if found is None:
        raise Refused("unknown_incident", incident=id_)
    return found


def objects(store: Objects, tables: Reference, text: str, limit: int) -> tuple[ObjectRow, ...]:
    """Return managed objects that hold every word of the text."""
    return tuple(
        ObjectRow(
            *(each.code, each.kind, each.name, each.grid, tables.names.node(each.grid)),
            *(each.address, each.person, masked(each.phone), each.lon, each.lat),
            *(each.every_days, each.due_on),
        )
        for each in store.search(text, limit)
    )


def look(
    at: Moment, tables: Reference, site: SiteStore, id_: str, actor: Actor | None
) -> IncidentPane:
    """Return the pane of one incident."""
    reader = at.reader
    found, row = at.view(incident(reader, id_)), reader.row(id_)
    shown = queue_row(row, tables.names, at) if row else None
    if shown is None:
        raise Refused("report_not_here_yet", incident=id_)
    blobs = {sha for event in found.facts for sha in event.blobs}
    paths = {sha: _places(site.photos, sha) for sha in blobs}
    plain = reader.plain(event.hash for event in found.facts if event.sealed)
    acts = offers(found, actor, tables.rules)
    made = pane(PaneInput(shown, found, plain, paths, acts))
    told = oversight(found, at.now, tables.person)
    named = _named(made, found, tables, reader)
    return replace(
        named,
        oversight=told,
        bulletins=bulletins(found, plain, tables, at.now),
        reporters=reporters(found, reader, tables),
        response=response(site, reader, tables, found, at.now),
    )


def _places(photos: Photos, sha256: str) -> tuple[str | None, str | None]:
    """Where a photo lies and where what came ahead of it, None for what is not here."""
    whole = str(photos.path(sha256)) if photos.has(sha256) else None
    small = photos.small_path(sha256) if whole is None else None
    return whole, str(small) if small else None


def _named(shown: IncidentPane, found: Incident, tables: Reference, reader: Reader) -> IncidentPane:
    """Return the pane with people, units and seats by name: who acted, to whom it was sent."""
    names, seats = tables.names.of(found.town), Seats(reader, tables)
    workers = {each.number: each for each in tables.roster}
    by_hash = {event.hash: event for event in found.facts}

    def whom(event: Event) -> str:
        unit = getattr(event.body, "unit", None)
        worker = getattr(event.body, "worker", None) or ""
        return names.unit(unit) if unit else workers[worker].name if worker in workers else worker

    def number(id_: str) -> str:
        row = reader.row(id_)
        return (row.number or row.temp)[-4:] if row else ""

    def told(entry: TimelineEntry) -> TimelineEntry:
        parts = (whom(by_hash[entry.hash]), entry.text)
        text = " · ".join(part for part in parts if part)
        behalf = entry.on_behalf
        behalf = workers[behalf].name if behalf in workers else names.unit(behalf)
        named = replace(entry, text=text, person=tables.person(entry.actor), on_behalf=behalf)
        return replace(named, points=outcome(by_hash[entry.hash], names, number))

    def side(fact: ContestedFact) -> ContestedFact:
        site = seats.name(by_hash[fact.hash])
        named = names.unit(fact.unit)
        return replace(fact, unit=named, person=tables.person(fact.actor), site=site)

    return replace(
        shown,
        verifying=_asked(shown.verifying, workers),
        subs=tuple(replace(each, name=names.unit(each.unit)) for each in shown.subs),
        guide=tables.rules.guides.of(found.item, found.department),
        timeline=tuple(told(entry) for entry in shown.timeline),
        contests=tuple(
            Contest(side(each.one), side(each.two), each.about) for each in shown.contests
        ),
    )


def _asked(verifying: Verifying | None, workers: Mapping[str, RosterEntry]) -> Verifying | None:
    """Whom somebody asked to look, by name."""
    if verifying is None or verifying.worker not in workers:
        return verifying
    known = workers[verifying.worker]
    return replace(verifying, name=known.name, grid_name=known.grid_name)


def search(reader: Reader, text: str, limit: int, state: State | None) -> tuple[IncidentRow, ...]:
    """Return rows by number first, then by text, newest arrival first."""
    if not 0 < len(text) <= SEARCH_PAGE or not writable(text):
        raise BadInput("搜索", f"须有 1 至 {SEARCH_PAGE} 个字符，不含 NUL 或半个代理对")
    found: dict[str, IncidentRow] = {}
    for row in reader.rows(reader.named(text)):
        found[row.id] = row
    before: int | None = None
    # Of one state only: most of a page is passed over, so it is a large one.
    size = min(limit, SEARCH_PAGE) if state is None else SEARCH_PAGE
    while len(found) < limit:
        page = reader.search(text, size, before)
        rows = {row.id: row for row in reader.rows(page.ids)}
        for id_ in page.ids:
            row = rows[id_]
            if state is None or row.state is state:
                found.setdefault(id_, row)
        if page.next is None:
            break
        before = page.next
    chosen = [row for row in found.values() if state is None or row.state is state]
    return tuple(chosen[:limit])


def advice(reader: Reader, tables: Reference, id_: str, now: int) -> DispatchAdvice:
    """Return units, duplicates and earlier events for one incident."""
    found = incident(reader, id_)
    around = Around(found, _around(reader, found.reported_at or now, now), now)
    return advise(around, tables.of(found.town))


def proposal(
    reader: Reader, tables: Reference, item: str, point: tuple[float, float] | None, now: int
) -> ReportProposal:
    """Return whom a report would go to, its limits and what is like it, before it is made."""
    return propose(tables, item, point, _around(reader, now, now), now)


def _around(reader: Reader, reported_at: int, now: int) -> tuple[IncidentRow, ...]:
    ids = {*reader.reported_between(reported_at - EARLIER_MS, now + 1), *reader.open_ids()}
    return reader.rows(ids)


def units(tables: Reference) -> tuple[UnitAdvice, ...]:
    """Return every unit that can be sent, unranked."""
    names = tables.names
    return tuple(
        UnitAdvice(unit, names.unit(unit), names.char(unit), 0, None, "", "", 0)
        for unit in tables.units()
    )
