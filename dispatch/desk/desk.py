"""The desk: everything a person can do and see, for window and command line alike.

Every method returns a Future at once; SQL runs in the store's own threads, no network ever.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from dispatch.acts.perform import perform
from dispatch.advice.line import Grammar
from dispatch.desk import compound, contacts, due, force, keeping, looking, standing
from dispatch.desk.candidates import Candidate, Spot, candidates
from dispatch.desk.claims import ClaimBoard, views
from dispatch.desk.due_town import Asked, DueTown
from dispatch.desk.finding import find
from dispatch.desk.foreseeing import foresee
from dispatch.desk.form_drafts import FormDraft, FormDrafts
from dispatch.desk.modes import moment
from dispatch.desk.ownership import owner_shift
from dispatch.desk.people import Person, Sessions
from dispatch.desk.receipts import ReceiptDesk
from dispatch.desk.reference import Reference
from dispatch.desk.rows import queue_row
from dispatch.desk.seat import Seat
from dispatch.desk.sites import sites
from dispatch.desk.towns import stand
from dispatch.desk.views import (
    DispatchAdvice,
    Done,
    IncidentPane,
    ItemChoice,
    PlaceChoice,
    QueueRow,
    Strip,
    TownGeometry,
    UnitAdvice,
    WorkerRow,
)
from dispatch.desk.views_export import ExportOrder, ExportResult
from dispatch.desk.views_import import Choices, ImportOrder, ImportPreview, ImportResult
from dispatch.desk.views_objects import ObjectRow
from dispatch.desk.views_palette import Foreseen, Typed, Typing
from dispatch.desk.views_report import ReportProposal
from dispatch.desk.views_sites import SitesView
from dispatch.desk.views_tray import Exceptional
from dispatch.domain.codes import State
from dispatch.domain.command import Command
from dispatch.domain.errors import BadInput
from dispatch.domain.incident import Incident
from dispatch.domain.shift import shift_of
from dispatch.store.changes import Changes
from dispatch.store.reader import Reader
from dispatch.store.rows import IncidentRow
from dispatch.store.site import SiteStore
from dispatch.store.site_log import SiteLog

T = TypeVar("T")
_PEOPLE_AND_PLACES = ("accounts", "roster", "duty", "geometry")


class Desk:
    """One seat over one open site. `now` gives UTC milliseconds; safe from any thread."""

    def __init__(self, site: SiteStore, now: Callable[[], int]) -> None:
        self.site = site
        self.now = now
        self.seat = Seat(site, now, Sessions(site.folder / "sessions"))
        self._keeping = keeping.Keeping(site)
        self._drafts = FormDrafts(site.folder / "drafts")
        self._reference: Reference | None = None
        self.claims = ClaimBoard(now)
        self.receipts = ReceiptDesk(self)
        self._due_town = DueTown(site)
        site.subscribe(self._on_changes)

    @property
    def person(self) -> Person | None:
        """Who is at this desk, None when nobody is."""
        return self.seat.person

    def subscribe(self, callback: Callable[[Changes], None]) -> None:
        """Tell `callback` after every commit what it touched, in the writer's thread.

        Other seats' claims that come and go are told as well, in the exchange's thread.
        """
        self.site.subscribe(callback)
        self.claims.subscribe(callback)

    def _on_changes(self, changes: Changes) -> None:
        if changes.tables or changes.everything:
            self._reference = None

    def asked(self, job: Callable[[Reader, Reference], T]) -> Future[T]:
        """Run a question over one moment's state in a reader's thread."""
        return self.site.read(lambda reader: job(reader, self._tables(reader)))

    def _tables(self, reader: Reader) -> Reference:
        """The reference tables in force, built again only after one has changed."""
        known = self._reference
        if known is None:
            bodies = {name: reader.table(name) for name in _PEOPLE_AND_PLACES}
            texts = {name: table.body for name, table in bodies.items() if table}
            known = Reference(reader.rules(), self.site.identity.town, texts.get)
            self._reference = known
        return known

    # People and shift.

    def login(self, name: str, password: str) -> Future[Person]:
        """Open a session of 30 minutes; logging in is an event."""
        return self.seat.login(name, password)

    def resume(self, name: str) -> Person:
        """Go on in a session that was opened here before; none or an old one is Refused."""
        return self.seat.resume(name)

    def still_here(self) -> None:
        """Begin the session's 30 minutes anew: the person is working at the window."""
        self.seat.prolong()

    def logout(self) -> Future[None]:
        """End the session."""
        return self.seat.logout()

    def shift_now(self) -> str:
        """Return the id of the shift that runs now."""
        return shift_of(self.site.identity.scope, self.now())

    def answers(self, id_: str) -> Future[str]:
        """Return the id of the shift that answers for an incident."""
        running = self.shift_now()
        return self.asked(lambda reader, _: owner_shift(reader, running, id_))

    def shift_on(self, seat: str) -> Future[None]:
        """Take a seat in the running shift."""
        return self.seat.shift_on(seat)

    def shift_off(self) -> Future[None]:
        """Leave the shift."""
        return self.seat.shift_off()

    # Acts.

    def act(self, command: Command, photos: tuple[str, ...] = ()) -> Future[Done]:
        """Decide and store one act; Refused, BadInput or StoreError come through the future.

        An order of the city (T19) gives the id of its incident itself.
        """
        person = self.seat.acting(command.verb)

        def job(log: SiteLog) -> Done:
            asked = stand(log, replace(command, photos=(*command.photos, *photos)))
            stored = perform(log, asked, person.actor(), self.now())
            incident = log.incident(asked.incident)
            version = incident.version if incident else ""
            return Done(asked.incident, version, tuple(event.id for event in stored))

        return self.site.write(job)

    def take_over(self, id_: str) -> Future[Done]:
        """Take an incident over from seats that are dead: a note says from whom and why."""
        return compound.take_over(self, id_)

    def merge_alike(self, id_: str, others: tuple[str, ...]) -> Future[Done]:
        """Merge others into an incident as one act: all of them, or none."""
        return compound.merge_alike(self, id_, others)

    def report_at(
        self, command: Command, lon: float, lat: float, photos: tuple[str, ...] = ()
    ) -> Future[Done]:
        """Report at a point: the grid is found from it unless the command names one."""
        placed = replace(command, lon=lon, lat=lat)
        if placed.grid is None and placed.village is None:
            placed = replace(placed, grid=self.place(lon, lat).result().grid)
        return self.act(placed, photos)

    def import_preview(self, path: Path, choices: Choices) -> Future[ImportPreview]:
        """Return the first rows of somebody's file; an unreadable one is a BadInput."""
        # Numpy, shapely and the readers of files are not needed for the first window.
        from dispatch.desk import import_door  # noqa: PLC0415

        return self.site.read(lambda _: import_door.preview(path, choices))

    def import_incidents(self, how: Path | Choices, order: ImportOrder) -> Future[ImportResult]:
        """Import a file's rows as reports, by a mapping's file or a person's choices."""
        from dispatch.desk import import_door  # noqa: PLC0415 - as above

        return import_door.run(self, how, order)

    def write_rejects(self, path: Path, result: ImportResult) -> Future[None]:
        """Write the rejected rows that a result holds as a CSV, whole or not at all."""
        from dispatch.desk import import_door  # noqa: PLC0415 - as above

        return self.site.read(lambda _: import_door.write_rejects(path, result))

    def export(self, order: ExportOrder) -> Future[ExportResult]:
        """Write a list to a file, whole or not at all."""
        from dispatch.desk import exporting  # noqa: PLC0415 - seldom, not for the first window

        return exporting.run(self, order)

    def add_photo(self, path: Path) -> Future[str]:
        """Store a photo; the future gives its SHA-256."""
        return self.site.read(lambda _: self.site.photos.add_file(path))

    # Half-filled forms.

    def keep_draft(self, draft: FormDraft) -> Future[None]:
        """Keep a half-filled form on this seat's disk, over what was kept under its id."""
        turn = self._drafts.turn()
        return self.site.read(lambda _: self._drafts.keep(draft, turn))

    def drop_draft(self, id_: str) -> Future[None]:
        """Forget a half-filled form: it was sent, or given up."""
        turn = self._drafts.turn()
        return self.site.read(lambda _: self._drafts.drop(id_, turn))

    def drafts(self) -> Future[tuple[FormDraft, ...]]:
        """Return the forms that were left half-filled at this seat, newest first."""
        account, now = self.seat.known().account, self.now()
        return self.site.read(lambda _: self._drafts.all(account, now))

    # Looking.

    def find(self, text: str) -> Future[str]:
        """Return the id behind an id, a number, its last four digits or a temporary number."""
        return self.site.read(lambda reader: find(reader, text))

    def typed(self, typing: Typing, grammar: Grammar) -> Future[Typed]:
        """Read a line of the command palette: verb, incident, options, and what is called so."""
        now = self.now()

        def job(reader: Reader, tables: Reference) -> Typed:
            # Brings the readings of all hanzi: for the first key, not for the first window.
            from dispatch.desk.typed import typed  # noqa: PLC0415

            return typed(moment(reader, tables, now), tables, grammar, typing)

        return self.asked(job)

    def foresee(self, command: Command) -> Future[Foreseen]:
        """Return what an act would do now; refused as the act would be, and nothing is stored."""
        actor, now = self.seat.known().actor(), self.now()
        return self.asked(
            lambda reader, tables: foresee(moment(reader, tables, now), command, actor)
        )

    def into(self, command: Command) -> Future[Command]:
        """Return the command with a merge's master named by its id."""
        return self.site.read(
            lambda reader: replace(command, into=find(reader, command.into or ""))
        )

    def incident(self, id_: str) -> Future[Incident]:
        """Return the folded incident with its limits as they are now; an unknown one is Refused."""
        now = self.now()
        return self.asked(
            lambda reader, tables: moment(reader, tables, now).view(looking.incident(reader, id_))
        )

    def rows(self, ids: frozenset[str] | None = None) -> Future[tuple[QueueRow, ...]]:
        """Return everything open (and contested), or these incidents, ended ones included."""
        return self.asked(
            lambda reader, tables: self._rows(
                reader, tables, reader.open_rows() if ids is None else reader.rows(ids)
            )
        )

    def rows_in(self, state: State | None, limit: int) -> Future[tuple[QueueRow, ...]]:
        """Return the newest `limit` incidents, of one state when given."""
        return self.asked(
            lambda reader, tables: self._rows(reader, tables, reader.page(limit, None, state))
        )

    def search(
        self, text: str, limit: int = 50, state: State | None = None
    ) -> Future[tuple[QueueRow, ...]]:
        """Return incidents whose text holds the piece, newest arrival first."""
        return self.asked(
            lambda reader, tables: self._rows(
                reader, tables, looking.search(reader, text, limit, state)
            )
        )

    def pane(self, id_: str) -> Future[IncidentPane]:
        """Return everything the incident pane shows."""
        actor = self.person.actor() if self.person else None
        now = self.now()

        def job(reader: Reader, tables: Reference) -> IncidentPane:
            shown = looking.look(moment(reader, tables, now), tables, self.site, id_, actor)
            return replace(shown, claims=views(self.claims.on(id_), tables.person))

        return self.asked(job)

    def advice(self, id_: str) -> Future[DispatchAdvice]:
        """Return what the dispatch dialog opens with."""
        return self.asked(lambda reader, tables: looking.advice(reader, tables, id_, self.now()))

    def proposal(self, item: str, point: tuple[float, float] | None) -> Future[ReportProposal]:
        """Return what a report of an item at a point (CGCS2000 degrees) would bring."""
        now = self.now()
        return self.asked(lambda reader, tables: looking.proposal(reader, tables, item, point, now))

    def objects(self, text: str, limit: int = 50) -> Future[tuple[ObjectRow, ...]]:
        """Return managed objects that hold every word of the text, by code; "" is all."""
        return self.asked(lambda _, tables: looking.objects(self.site.objects, tables, text, limit))

    def units(self) -> Future[tuple[UnitAdvice, ...]]:
        """Return all units of the town, unranked."""
        return self.asked(lambda _, tables: looking.units(tables))

    def items(self, text: str) -> Future[tuple[ItemChoice, ...]]:
        """Return the items that hanzi, pinyin, initials or code lead to, best first."""
        return self.asked(lambda _, tables: tables.items(text))

    def place(self, lon: float, lat: float) -> Future[PlaceChoice]:
        """Return grid and village at a point; none near is a BadInput."""
        return self.asked(lambda _, tables: tables.place(lon, lat))

    def geometry(self) -> Future[TownGeometry]:
        """Return what the map draws."""
        return self.asked(lambda _, tables: tables.geometry)

    def workers(self) -> Future[tuple[WorkerRow, ...]]:
        """Return the workers board."""
        now = self.now()
        fixes = self.site.telemetry.last()
        return self.asked(lambda reader, tables: force.board(reader, tables, fixes, now))

    def candidates(self, id_: str) -> Future[tuple[Candidate, ...]]:
        """Return whom to ask to look at an incident's place, the likeliest first."""
        now = self.now()
        fixes = self.site.telemetry.last()

        def job(reader: Reader, tables: Reference) -> tuple[Candidate, ...]:
            found = looking.incident(reader, id_)
            spot = Spot(found.grid or "", found.village or "", found.lon or 0.0, found.lat or 0.0)
            return candidates(tables, force.board(reader, tables, fixes, now), spot)

        return self.asked(job)

    def strip(self) -> Future[Strip]:
        """Return what the top strip says."""
        now = self.now()
        running = shift_of(self.site.identity.scope, now)
        kept = self._keeping.look(now)
        here = standing.Here(self.site.identity, self.person, running, now, kept)
        return self.asked(lambda reader, tables: standing.strip(reader, tables, here))

    def exceptions(self) -> Future[tuple[Exceptional, ...]]:
        """Return the lines of the exceptions tray, oldest first."""
        now = self.now()
        kept = self._keeping.look(now)
        fixes = self.site.telemetry.last()
        asked = Asked(self.person, now, self._due_town.turn())

        def job(reader: Reader, tables: Reference) -> tuple[Exceptional, ...]:
            board = force.board(reader, tables, fixes, now)
            found = standing.exceptions(reader, now) + keeping.lines(reader, kept, now)
            found += tuple(due.lines(reader, tables, shift_of(self.site.identity.scope, now), now))
            found += self._due_town.lines(reader, tables, asked)
            found += standing.dead_seats(reader, tables, self.claims.gone())
            return standing.with_silent(found, board)

        return self.asked(job)

    def sites(self) -> Future[SitesView]:
        """Return how all sites stand with the hub; at a city's console only."""
        return self.asked(sites)

    def reveal_phone(self, whose: str, reason: str) -> Future[str]:
        """Return the phone of a worker or contact (its code) in clear; an audited event."""
        if not reason.strip():
            raise BadInput("reason", "查看号码必须说明理由")
        now = self.now()
        clear = self.asked(lambda _, tables: contacts.phone(tables, whose, now))
        return self.seat.reveal_phone(whose, clear, reason)

    def reveal(self, incident: str, field: str, reason: str) -> Future[str]:
        """Return a phone in clear; an audited event with a reason."""
        if not reason.strip():
            raise BadInput("reason", "查看号码必须说明理由")
        return self.seat.reveal(incident, field, reason)

    def _rows(
        self, reader: Reader, tables: Reference, found: tuple[IncidentRow, ...]
    ) -> tuple[QueueRow, ...]:
        at = moment(reader, tables, self.now())
        rows = (queue_row(row, tables.names, at) for row in found)
        return tuple(row for row in rows if row is not None)
