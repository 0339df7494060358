"""Builders that read like sentences: a made-up town, its people, their acts, a numbering hub."""

from __future__ import annotations

import functools
import hashlib
import tempfile
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dispatch.acts.perform import Author, new_id, perform, record
from dispatch.domain.bodies_shift import ShiftOn
from dispatch.domain.codes import Kind, Level, Role, Source
from dispatch.domain.command import Command, Verb
from dispatch.domain.event import Draft, Event, Subject
from dispatch.domain.organisation import Node
from dispatch.domain.rules import Actor
from dispatch.files.tables import read_calendar, read_catalogue, read_profiles
from dispatch.store import reference
from dispatch.store.engine import open_engine
from dispatch.store.identity import SiteIdentity
from dispatch.store.migrate import upgrade
from dispatch.store.site import DATABASE, SiteStore
from dispatch.store.site_log import SiteLog
from dispatch.wire.chain import START, chain_input, link
from dispatch.wire.keys import Signer
from dispatch.wire.protocol import Backfill, CursorMark, Frame, Gap, Secret, Table, TownPage
from dispatch.wire.tables import (
    write_calendar,
    write_catalogue,
    write_organisation,
    write_sla,
)
from resources import path

TOWN = "441900106"
VILLAGES = (f"{TOWN}001", f"{TOWN}002")
NOON = int(datetime(2026, 3, 2, 4, tzinfo=UTC).timestamp() * 1000)
"""Noon of a Monday in China, UTC milliseconds."""
PNG = b"\x89PNG\r\n\x1a\n"


@functools.cache
def tables() -> tuple[Table, ...]:
    """Return the tables that rules are made of: the shipped ones over a town of two villages."""
    nodes = [
        Node("441900", "东莞市", Level.CITY, None),
        Node(TOWN, "横沥镇", Level.TOWN, "441900"),
        *(Node(each, f"村{each[-1]}", Level.VILLAGE, TOWN) for each in VILLAGES),
        *(Node(f"{v}{n:03d}", f"网格{n}", Level.GRID, v) for v in VILLAGES for n in (1, 2, 3)),
        *(Node(f"{TOWN}/{n}", n, Level.DEPARTMENT, TOWN) for n in ("消防", "公安", "安监")),
    ]
    catalogue = read_catalogue(path("catalogue/catalogue_v1.csv"), "1")
    profiles = read_profiles(path("catalogue/sla_profiles_v1.csv"))
    calendar = read_calendar(path("calendar"), "1")

    bodies = {
        "organisation": write_organisation(nodes, "1"),
        "catalogue": write_catalogue(catalogue),
        "sla": write_sla(profiles.values(), "1"),
        "calendar": write_calendar((), calendar.years, "1"),
    }
    return tuple(Table(name, "1", body, b"") for name, body in bodies.items())


def given_site(
    folder: Path, letter: str = "A", *, town: str = TOWN, scope: str | None = None
) -> SiteStore:
    """Open a site with the made-up town's tables; the same folder is the same site."""
    seed = hashlib.sha256(f"{folder.name}{letter}".encode()).digest()
    identity = SiteIdentity(
        site=f"site-{letter}",
        town=town,
        scope=scope or town,
        letter=letter,
        inc=f"inc-{letter}",
        signer=Signer.of(seed),
    )
    if not (folder / DATABASE).exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / DATABASE).write_bytes(empty_database())
    return SiteStore.open(folder, identity)


@functools.cache
def empty_database() -> bytes:
    """Return a database with the made-up town's tables and nothing else: made once, it is slow."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / DATABASE
        engine = open_engine(path)
        upgrade(engine, path)
        with engine.begin() as connection:
            for table in tables():
                reference.put(connection, table, f'"{table.name}-1"')
        engine.dispose()
        return path.read_bytes()


def a_person(*roles: Role, account: str = "wang", node: str = TOWN) -> Actor:
    """Return a logged-in person; everybody's roles when none are named."""
    return Actor(account, roles or tuple(Role), node, "")


def a_report(incident: str | None = None, **changes: Any) -> Command:  # Any: Command's fields
    """Return the command that reports a blocked fire lane in the first village."""
    given: dict[str, Any] = {
        "item": "0301",
        "lon": 113.97,
        "lat": 23.02,
        "grid": f"{VILLAGES[0]}001",
        "source": Source.HOTLINE,
        "text": "楼下消防通道被杂物堵住",
        "place": "演示路12号",
        "reporter": "演示甲",
        "phone": "138****6021",
    }
    return Command(verb=Verb.REPORT, incident=incident or new_id(), **(given | changes))


def when(
    store: SiteStore, command: Command, *, by: Actor | None = None, now: int = NOON
) -> Future[tuple[Event, ...]]:
    """Act at the seat."""
    actor = by or a_person()
    return store.write(lambda log: perform(log, command, actor, now))


def given_reported(store: SiteStore, *, now: int = NOON, **changes: Any) -> str:
    """Report something; return the incident's id."""
    command = a_report(**changes)
    when(store, command, now=now).result()
    return command.incident


def given_dispatched(store: SiteStore, *, unit: str = "消防", now: int = NOON) -> str:
    """Report, file and dispatch something; return the incident's id."""
    id_ = given_reported(store, now=now)
    when(store, Command(verb=Verb.FILE, incident=id_), now=now + 1000).result()
    when(store, Command(verb=Verb.DISPATCH, incident=id_, unit=unit), now=now + 2000).result()
    return id_


def a_note(incident: str, text: str, *photos: str) -> Command:
    """Return the command that notes something on an incident."""
    return Command(verb=Verb.NOTE, incident=incident, text=text, photos=photos)


def a_shift_event(log: SiteLog, seat: str = "1", now: int = NOON) -> Event:
    """Store an event that is about no incident."""
    draft = Draft(subject=Subject(Kind.SHIFT, "day"), type="shift_on", body=ShiftOn(seat=seat))
    return record(log, (draft,), Author("wang", "dispatcher", ""), now)[0]


@dataclass(slots=True)
class Numbering:
    """A hub's order for one town, in memory: frames with numbers, the chain, pages to pull."""

    town: str = TOWN
    frames: list[Frame] = field(default_factory=list)
    chains: list[str] = field(default_factory=lambda: [START])
    keys: dict[str, Secret] = field(default_factory=dict)
    reports: int = 0

    def take(self, frame: Frame, *, kind: str = "", received_at: int = NOON + 500) -> Frame:
        """Number one event; a report gets its human number too."""
        number = None
        if (kind or '"type":"reported"' in frame.event) and kind != "other":
            self.reports += 1
            number = f"106{2026}{self.reports:06d}"
        seq = len(self.frames) + 1
        done = Frame(frame.event, frame.sig, seq, received_at, number, frame.quarantined)
        hash_ = hashlib.sha256(done.event.encode()).hexdigest()
        self.frames.append(done)
        self.chains.append(link(self.chains[-1], chain_input(hash_, seq, received_at, number)))
        return done

    def take_from(self, store: SiteStore) -> None:
        """Number everything that a site has not sent, and answer for it."""
        frames = store.read(lambda reader: reader.pending(10_000, 1 << 30)).result()
        known = {frame.event for frame in self.frames}
        for frame in frames:
            if frame.event not in known:
                self.take(frame)
        subjects = {subject_of(frame) for frame in frames}
        for secret in store.read(lambda reader: reader.keys(subjects)).result():
            self.keys[secret.subject] = secret

    def page(
        self,
        cursor: CursorMark | int = 0,
        upto: int | None = None,
        *,
        hide: Iterable[str] = (),
        backfill: Iterable[str] = (),
        left: Iterable[str] = (),
    ) -> TownPage:
        """Return the page after a cursor; subjects in `hide` come as gaps."""
        start = cursor if isinstance(cursor, int) else cursor.seq
        end = len(self.frames) if upto is None else upto
        hidden = set(hide)
        entries: list[Frame | Gap] = [
            gap_of(frame) if subject_of(frame) in hidden else frame
            for frame in self.frames[start:end]
        ]
        shown = [secret for name, secret in self.keys.items() if name not in hidden]
        earlier = [
            Backfill(name, tuple(f for f in self.frames[:start] if subject_of(f) == name))
            for name in backfill
        ]
        return TownPage(
            entries=tuple(entries),
            next=end,
            chain=self.chains[end],
            more=end < len(self.frames),
            backfill=tuple(earlier),
            left=tuple(left),
            keys=tuple(shown),
        )


def subject_of(frame: Frame) -> str:
    """Return the id of what a frame is about; empty when it cannot be read."""
    _, _, rest = frame.event.partition('"subject":{"kind":"')
    _, _, rest = rest.partition('"id":"')
    return rest.partition('"')[0]


def gap_of(frame: Frame) -> Gap:
    """Return what a filtered site gets instead of a frame."""
    assert frame.seq is not None
    assert frame.received_at is not None
    hash_ = hashlib.sha256(frame.event.encode()).hexdigest()
    return Gap(frame.seq, chain_input(hash_, frame.seq, frame.received_at, frame.number))
