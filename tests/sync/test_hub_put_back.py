"""Fault 11: the hub's database is put back to an earlier hour, and an author's machine is dead."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from dispatch.domain.codes import Role, State
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput
from dispatch.hub.hub import HubPlace, open_hub
from dispatch.hub.life import begin_anew, timeline
from dispatch.hub.schema import EVENT, SITE, WRITER
from dispatch.hub.verify import check_town
from dispatch.hub.witness import admit
from dispatch.store.rewinding import lacking, last_told
from dispatch.store.verify import verify
from dispatch.wire.keys import Signer
from dispatch.wire.protocol import Table, table_digest
from dispatch.wire.writers import NAME, Registered, write_writers
from tests.given import FIRE, NEXT_GRID, STATION, TOWN, VILLAGE
from tests.hub.field import REPORT, auth
from tests.hub.office import TestClock, given_hub, given_person
from tests.hub.serving import Door, served
from tests.sync.stations import Station, given_station


class Room:
    """A hub that can be put back beneath its sites' feet, and those sites."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = f"sqlite:///{folder / 'hub.db'}"
        self.clock = TestClock()
        self.hub = given_hub(self.url, folder / "hub.d", self.clock)
        self.sites: list[Station] = []

    def site(self, name: str, scope: str = TOWN) -> Station:
        """Enrol a site."""
        with served(self.hub) as url:
            made = given_station(self.hub, url, self.folder / name, scope)
        self.sites.append(made)
        self.sync(made)
        return made

    def sync(self, *sites: Station) -> None:
        """Let these exchange, one after the other."""
        with served(self.hub) as url:
            for each in sites:
                each.link = type(each.link)(url, each.link.token, each.link.hub_key)
                each.sync()

    def copy(self) -> None:
        """Keep the database as it is now."""
        with closing(sqlite3.connect(self.folder / "hub.db")) as source:
            source.execute("VACUUM INTO ?", (str(self.folder / "copy.db"),))

    def put_back(self) -> None:
        """Put the kept database in the present one's place."""
        self.hub.close()
        for ending in ("", "-wal", "-shm"):
            (self.folder / f"hub.db{ending}").unlink(missing_ok=True)
        shutil.copy(self.folder / "copy.db", self.folder / "hub.db")
        self.hub = open_hub(HubPlace(self.url, self.folder / "hub.d"), self.clock)

    def restored(self) -> str:
        """Do what `hub restore` does."""
        office = self.hub.office
        return office.database.write(lambda connection: begin_anew(office, connection))

    def timeline(self) -> str:
        """Return the hub's timeline."""
        return self.hub.office.database.read(timeline)

    def close(self) -> None:
        """Let go of everything."""
        for each in self.sites:
            each.store.close()
        self.hub.close()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A hub without sites."""
    with closing(Room(tmp_path)) as made:
        yield made


def _hashes(room: Room) -> list[str]:
    found = select(EVENT.c.hash).order_by(EVENT.c.seq)
    return list(room.hub.office.database.read(lambda c: c.execute(found).scalars().all()))


def _report(door: Door, token: str) -> None:
    answer = door.post("/v1/field/incidents", headers=auth(token), json=REPORT)
    assert answer.ok, answer.text


@pytest.mark.parametrize(
    "by_command",
    [True, pytest.param(False, marks=pytest.mark.expects_log("is ahead of this database"))],
)
def test_fault_11_others_push_what_the_dead_author_wrote(room: Room, *, by_command: bool) -> None:
    author, holder = room.site("a"), room.site("b")
    kept = author.filed()
    room.sync(author, holder)
    room.copy()
    common = len(_hashes(room))
    lost = author.filed()
    author.act(Verb.DISPATCH, kept, unit=FIRE)
    mine = holder.report()
    room.sync(author, holder, author)
    before, was = _hashes(room), room.timeline()
    number = holder.seen(lost).number
    assert number is not None
    author.store.close()
    room.sites.remove(author)

    room.put_back()
    if by_command:
        room.restored()
    fresh = room.site("c")
    new = fresh.report()
    room.sync(fresh)
    room.sync(holder, fresh, holder)

    assert set(before) < set(_hashes(room))
    assert len(set(_hashes(room))) == len(_hashes(room))
    assert room.timeline() != was
    assert State.FILED is fresh.seen(lost).state
    assert State.SENT is fresh.seen(kept).state
    assert fresh.incident(mine) is not None
    assert holder.incident(new) is not None
    status = holder.status()
    assert (status.digest, 0) == (status.hub_digest, status.unsent)
    told = holder.store.read(lambda reader: last_told(reader.connection)).result()
    assert told is not None
    assert (told.since, told.back_to, told.own, told.others) == (len(before), common, 1, 3)
    check_town(room.hub, TOWN)
    verify(holder.store.folder)
    assert lost in holder.store.read(lambda reader: reader.named(number)).result()
    if by_command:
        # None that was given out since the copy is given to anything else.
        assert (lost,) == holder.store.read(lambda reader: reader.named(number)).result()
        assert number not in {holder.seen(lost).number, fresh.seen(new).number}


@pytest.mark.expects_log("known again by a site's witness")
def test_fault_11_an_author_that_enrolled_since_the_copy_is_vouched_for(room: Room) -> None:
    """The hub has forgotten who may write; it believes its own signature under a holder's table."""
    holder = room.site("b")
    room.copy()
    author = room.site("v", VILLAGE)
    lost = author.report(STATION)
    room.sync(author, holder)
    author.store.close()
    room.sites.remove(author)

    room.put_back()
    room.restored()
    room.sync(holder)
    fresh = room.site("c")

    assert fresh.seen(lost).number is not None
    found = select(SITE.c.scope, SITE.c.level, WRITER.c.last_sseq).join(
        WRITER, WRITER.c.site == SITE.c.id
    )
    rows = room.hub.office.database.read(lambda c: c.execute(found).all())
    assert (VILLAGE, "village", 1) in [tuple(row) for row in rows]
    check_town(room.hub, TOWN)


def test_fault_11_what_lies_behind_a_hole_waits_for_who_has_it_and_holds_up_nothing(
    room: Room,
) -> None:
    """A village holds only its part of the dead author's events; the town's seat has the rest."""
    author, seat, village = room.site("a"), room.site("b"), room.site("v", VILLAGE)
    room.copy()
    elsewhere, here = author.report(grid=NEXT_GRID), author.report()
    room.sync(author, seat, village)
    author.store.close()
    room.sites.remove(author)
    room.put_back()
    room.restored()

    own = village.report(STATION)
    room.sync(village)
    waits = village.store.read(lambda reader: lacking(reader.connection)).result()
    room.sync(seat, village)

    assert 1 == waits
    assert village.seen(own).number is not None
    assert 0 == village.store.read(lambda reader: lacking(reader.connection)).result()
    assert village.seen(here).number is not None
    assert seat.seen(elsewhere).number is not None
    assert village.incident(elsewhere) is None
    for each in (seat, village):
        assert each.status().digest == each.status().hub_digest
        verify(each.store.folder)
    check_town(room.hub, TOWN)


def test_the_hubs_own_writer_goes_on_under_another_name(room: Room) -> None:
    """What came in by a field door is at the sites; the restored hub must not write over it."""
    seat = room.site("a")
    token = given_person(room.hub, "W001", Role.WORKER)
    with served(room.hub) as url:
        _report(Door(url), token)
    room.copy()
    with served(room.hub) as url:
        _report(Door(url), token)
    room.sync(seat)
    before = set(_hashes(room))

    room.put_back()
    room.restored()
    with served(room.hub) as url:
        _report(Door(url), token)
    room.sync(seat)

    assert before < set(_hashes(room))
    assert len(_hashes(room)) == len(set(_hashes(room)))
    numbers = [row.number for row in seat.store.read(lambda reader: reader.open_rows()).result()]
    assert 3 == len(numbers) == len(set(numbers))
    check_town(room.hub, TOWN)


def test_a_witness_of_another_hub_proves_nothing(room: Room) -> None:
    stranger = Signer.new()
    body = write_writers(TOWN, [Registered("inc-x", Signer.new().public)])
    table = Table(NAME, "1", body, stranger.sign(table_digest(NAME, body)))

    with pytest.raises(BadInput, match="不是本市平台签的"):
        admit(room.hub.office, table, TOWN)
