"""Fault 11: the hub's database is put back to an earlier hour, and an author's machine is dead."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from dispatch.domain.codes import State
from dispatch.domain.command import Verb
from dispatch.hub.hub import HubPlace, open_hub
from dispatch.hub.life import begin_anew, timeline
from dispatch.hub.schema import EVENT
from dispatch.hub.verify import check_town
from dispatch.store.rewinding import last_told
from dispatch.store.verify import verify
from tests.given import FIRE, TOWN
from tests.hub.office import TestClock, given_hub
from tests.hub.serving import served
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
