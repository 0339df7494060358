"""Seats with logs in memory and a hub that numbers: enough to make real histories."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from dispatch.acts.log import Pen
from dispatch.domain.codes import Level
from dispatch.domain.event import Event, Subject
from dispatch.domain.fold import evolve, fold
from dispatch.domain.incident import Incident
from dispatch.domain.modes import NO_MODES, Modes
from dispatch.domain.organisation import Node, Organisation
from dispatch.domain.rules import Rules
from dispatch.files.tables import read_calendar, read_catalogue, read_profiles
from dispatch.wire.envelope import Signed
from dispatch.wire.keys import Signer
from resources import path

TOWN = "441900106"
VILLAGES = (f"{TOWN}001", f"{TOWN}002")


@functools.cache
def rules() -> Rules:
    """Return the shipped catalogue, limits and calendar over a town of two villages."""
    nodes = [
        Node("441900", "东莞市", Level.CITY, None),
        Node(TOWN, "横沥镇", Level.TOWN, "441900"),
        *(Node(each, f"村{each[-1]}", Level.VILLAGE, TOWN) for each in VILLAGES),
        *(Node(f"{v}{n:03d}", f"网格{n}", Level.GRID, v) for v in VILLAGES for n in (1, 2, 3)),
        *(Node(f"{TOWN}/{n}", n, Level.DEPARTMENT, TOWN) for n in ("消防", "公安", "安监")),
    ]
    return Rules(
        Organisation(nodes, "1"),
        read_catalogue(path("catalogue/catalogue_v1.csv"), "1"),
        read_profiles(path("catalogue/sla_profiles_v1.csv")),
        read_calendar(path("calendar"), "1"),
    )


@dataclass(slots=True)
class Hub:
    """Numbers events in the order in which they come."""

    events: list[tuple[Event, Signed]] = field(default_factory=list)
    humans: int = 0

    def take(self, event: Event, signed: Signed, now: int) -> None:
        """Give an event its number, its time of receipt, and a report its human number."""
        number = None
        if event.type == "reported":
            self.humans += 1
            number = f"HL{self.humans:04d}"
        seq = len(self.events) + 1
        self.events.append((replace(event, seq=seq, received_at=now, number=number), signed))


class Seat:
    """One site's log, as `dispatch.acts.log.Log` wants it. `offset_ms`: hub ahead of the clock."""

    def __init__(self, hub: Hub, letter: str, offset_ms: int = 0) -> None:
        self.hub = hub
        self.letter = letter
        self.offset_ms = offset_ms
        self.incidents: dict[str, Incident] = {}
        self.raw: dict[str, bytes] = {}
        self.mine: list[tuple[Event, Signed]] = []
        self.plain: dict[str, dict[str, str]] = {}
        self._signer = Signer.of(letter.encode().ljust(32, b"k"))
        self._sent = 0
        self._pulled = 0
        self._temps = 0

    @property
    def town(self) -> str:
        return TOWN

    def rules(self) -> Rules:
        return rules()

    def incident(self, id_: str) -> Incident | None:
        return self.incidents.get(id_)

    def facts_of(self, subject: Subject) -> tuple[Event, ...]:
        del subject
        return ()

    def modes(self) -> Modes:
        return NO_MODES

    def heads(self, subject: Subject) -> tuple[str, ...]:
        known = self.incidents.get(subject.id)
        return known.heads if known else ()

    def secret(self, subject: str) -> bytes:
        return subject.encode().ljust(32, b"0")[:32]

    def pen(self) -> Pen:
        last = self.mine[-1][0].hash if self.mine else ""
        return Pen(f"inc-{self.letter}", len(self.mine), last, self._signer, self.offset_ms, 1)

    def log_in(self, hash_: str) -> str:
        return hash_

    def temp_number(self) -> str:
        self._temps += 1
        return f"{self.letter}{self._temps}"

    def store(self, event: Event, signed: Signed, plain: dict[str, str]) -> None:
        self.mine.append((event, signed))
        self.plain.setdefault(event.subject.id, {}).update(plain)
        self._keep((event,), {event.hash: signed.raw})

    def exchange(self, now: int) -> None:
        """Push what is unsent, pull what is new."""
        for event, signed in self.mine[self._sent :]:
            self.hub.take(event, signed, now)
        self._sent = len(self.mine)
        new = self.hub.events[self._pulled :]
        self._pulled = len(self.hub.events)
        self._keep((event for event, _ in new), {e.hash: signed.raw for e, signed in new})

    @property
    def unsent(self) -> int:
        """How many own events the hub does not have."""
        return len(self.mine) - self._sent

    def rows(self) -> list[tuple[bytes, int | None, int | None, str | None]]:
        """Return raw bytes, number, time of receipt and human number of everything known."""
        events = [event for each in self.incidents.values() for event in each.facts]
        return [(self.raw[e.hash], e.seq, e.received_at, e.number) for e in events]

    def _keep(self, events: Iterable[Event], raw: dict[str, bytes]) -> None:
        self.raw |= raw
        by_subject: dict[str, list[Event]] = {}
        for event in events:
            by_subject.setdefault(event.subject.id, []).append(event)
        for id_, new in by_subject.items():
            known = self.incidents.get(id_)
            if len(new) == 1:
                self.incidents[id_] = evolve(known, new[0])
                continue
            hashes = {each.hash for each in new}
            old = [e for e in known.facts if e.hash not in hashes] if known else []
            self.incidents[id_] = fold([*old, *new])
