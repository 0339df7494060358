"""Sentences for tests of the hub: a hub with a small town, seats that write, push and pull."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from dispatch.domain.codes import Role
from dispatch.hub.hub import Hub, HubPlace, create
from dispatch.hub.people import NewAccount
from dispatch.hub.places import Site
from dispatch.wire import tables
from dispatch.wire.chain import START as CHAIN_START
from dispatch.wire.chain import chain_input, link
from dispatch.wire.keys import Signer
from dispatch.wire.protocol import (
    Certificate,
    Enrol,
    Frame,
    Push,
    PushAnswer,
    Secret,
    TownPage,
    Verdict,
    decode,
    event_hash,
)
from tests.given import GRID, START, TOWN, MemoryLog, town_nodes, town_rules

VERIFIER = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$made-up"


@dataclass(slots=True)
class TestClock:
    """UTC milliseconds that go on by hand."""

    now: int = START

    def __call__(self) -> int:
        return self.now


TestClock.__test__ = False  # type: ignore[attr-defined]


def given_hub(url: str, folder: Path, clock: TestClock) -> Hub:
    """Make a hub with the small town's tables."""
    hub = create(HubPlace(url, folder), clock)
    rules = town_rules()

    def publish(connection: Connection) -> None:
        for name, body in (
            ("organisation", tables.write_organisation(town_nodes(), "org-1")),
            ("catalogue", tables.write_catalogue(rules.catalogue)),
            ("sla", tables.write_sla(rules.profiles.values(), "sla-1")),
            ("calendar", tables.write_calendar((), rules.calendar.years, "cal-1")),
        ):
            hub.reference.publish(connection, name, body)

    hub.office.database.write(publish)
    return hub


def given_person(hub: Hub, name: str, *roles: Role, node: str = GRID) -> str:
    """Add a person and return a token for the field doors."""
    hub.people.add_verified([(NewAccount(name, roles, node), VERIFIER)])
    return hub.people.token(name, 1)


@dataclass(slots=True)
class Seat:
    """A site in memory: its log writes, its cursor and chain check what it pulls."""

    hub: Hub
    site: Site
    log: MemoryLog
    token: str
    cursor: int = 0
    chain: str = CHAIN_START
    got: list[Frame] = field(default_factory=list)

    def frames(self, start: int = 0, end: int | None = None) -> tuple[Frame, ...]:
        """Return what was written here, by place."""
        return tuple(
            Frame(each.signed.raw.decode(), each.signed.sig) for each in self.log.kept[start:end]
        )

    def push(self, start: int = 0, end: int | None = None) -> PushAnswer:
        """Push what was written here, keys and all."""
        return push(self.hub, self.frames(start, end), self.log)

    def pull(self, limit: int = 500, *, with_digest: bool = False) -> TownPage:
        """Pull a page, check numbers and chain, go on to its end."""
        page = self.hub.pulling.page(self.site, self.cursor, limit, with_digest=with_digest)
        for entry in page.entries:
            assert entry.seq == self.cursor + 1
            if isinstance(entry, Frame):
                assert entry.received_at is not None
                told = chain_input(event_hash(entry), entry.seq, entry.received_at, entry.number)
                self.got.append(entry)
            else:
                told = entry.entry
            self.chain = link(self.chain, told)
            self.cursor += 1
        assert (page.next, page.chain) == (self.cursor, self.chain)
        return page


def given_seat(hub: Hub, letter: str = "A", scope: str = TOWN) -> Seat:
    """Enrol a site with a log of its own."""
    log = MemoryLog(letter)
    pen = log.pen()
    code = hub.sites.code(scope, f"席位{letter}")
    key = Signer.new()
    done = hub.sites.enrol(Enrol(code, key.public, pen.inc, pen.signer.public))
    certificate = decode(done.certificate.encode(), Certificate, "certificate")
    site = hub.sites.of_token(done.token)
    assert site is not None
    assert certificate.site == site.id
    return Seat(hub, site, log, done.token)


def push(hub: Hub, frames: Sequence[Frame], log: MemoryLog | None = None) -> PushAnswer:
    """Push frames as they are."""
    keys: tuple[Secret, ...] = ()
    if log is not None:
        keys = tuple(Secret(s.id, log.secret(s.id)) for s in log.facts)
    return hub.ingest.push(Push(tuple(frames), keys))


def statuses(verdicts: Sequence[Verdict]) -> list[tuple[str, str, int | None]]:
    """Return status, reason up to its colon, and number of each verdict."""
    return [(each.status, each.reason.partition(":")[0], each.seq) for each in verdicts]
