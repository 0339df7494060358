"""Rehearsed with PostgreSQL's own means: an hour gone back to, a standby that takes over.

The steps are those of docs/operations.md.
"""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest

from dispatch.domain.errors import HubError, Offline
from dispatch.hub.hub import Hub, HubPlace, open_hub
from dispatch.hub.places import system_clock
from dispatch.hub.verify import check_town
from dispatch.store.rewinding import last_told
from dispatch.store.verify import verify
from dispatch.sync.ops import Trouble
from tests.given import TOWN
from tests.hub.office import TestClock, given_hub
from tests.hub.postgres_server import PostgresServer, servers
from tests.hub.serving import served
from tests.sync.stations import Station, given_station
from tests.sync.test_hub_put_back_real import Server
from tests.sync.test_loop import soon

pytestmark = pytest.mark.long


class Town:
    """Three sites; the machine of the first is lost with the hub's disk."""

    def __init__(self, hub: Hub, url: str, folder: Path) -> None:
        self.author, self.one, self.two = (
            given_station(hub, url, folder / each) for each in ("author", "one", "two")
        )
        self.every: list[str] = []
        for each in (self.author, self.one, self.two):
            each.sync()

    def file(self, station: Station) -> None:
        """File something at a site; everybody has it, with its number."""
        self.every.append(station.filed())
        for _ in range(2):
            for each in (self.author, self.one, self.two):
                each.sync()

    def come_back(self, url: str) -> None:
        """Let the sites that live meet the hub as it stands now, until nothing is left to say."""
        for each in (self.one, self.two):
            each.link = replace(each.link, url=url)
        for _ in range(3):
            for each in (self.one, self.two):
                each.sync()

    def check(self, place: HubPlace) -> None:
        """Everything is at the hub and at both sites, once, and both noticed that it went back."""
        for each in (self.one, self.two):
            numbers = {each.seen(id_).number for id_ in self.every}
            assert len(self.every) == len(numbers - {None})
            assert each.status().digest == each.status().hub_digest
            assert each.store.read(lambda r: last_told(r.connection)).result() is not None
            verify(each.store.folder)
        with closing(open_hub(place)) as hub:
            assert 2 * len(self.every) == check_town(hub, TOWN).seq


def test_a_point_in_time_is_gone_back_to_and_the_sites_bring_the_rest(tmp_path: Path) -> None:
    """A base backup, the archived WAL up to a minute before somebody dropped the events."""
    folder = tmp_path / "hub.d"
    with servers(2) as (broken, restored), ExitStack() as stack:
        broken.make()
        broken.run(
            "pg_basebackup",
            "-D",
            str(restored.data),
            "-h",
            str(broken.folder),
            "-U",
            "postgres",
            "-c",
            "fast",
        )
        place = HubPlace(broken.url(), folder)
        with closing(given_hub(place.url, folder, TestClock())) as hub, served(hub) as url:
            town = Town(hub, url, tmp_path)
            stack.enter_context(closing(town.one.store))
            stack.enter_context(closing(town.two.store))
            with closing(town.author.store):
                town.file(town.one)
                target = broken.sql("SELECT clock_timestamp()")
                town.file(town.author)
            broken.sql("DROP TABLE event CASCADE")
        _archived(broken)
        broken.stop("fast")
        restored.set(
            "archive_mode = off",
            f"restore_command = 'cp {broken.archive}/%f %p'",
            f"recovery_target_time = '{target}'",
            "recovery_target_action = 'promote'",
        )
        (restored.data / "recovery.signal").touch()
        restored.start()
        soon(lambda: restored.sql("SELECT pg_is_in_recovery()") == "False", 120)
        assert "2" == restored.sql("SELECT count(*) FROM event"), "as it stood at that time"

        place = HubPlace(restored.url(), folder)
        assert Server(place.url, folder).command("restore").strip()
        with closing(open_hub(place, TestClock())) as hub, served(hub) as url:
            town.come_back(url)
        town.check(place)


def _archived(server: PostgresServer) -> None:
    """Wait until the last WAL file is in the archive."""
    last = server.sql("SELECT pg_walfile_name(pg_current_wal_lsn())", "postgres")
    server.sql("SELECT pg_switch_wal()", "postgres")
    soon((server.archive / last).is_file, 120)


def test_a_standby_takes_over_and_the_sites_bring_what_it_had_not_got(tmp_path: Path) -> None:
    """Asynchronous streaming, its line cut before the primary dies; the hub's process lives on."""
    with servers(2) as (primary, standby), ExitStack() as stack:
        primary.make()
        primary.run(
            "pg_basebackup",
            "-D",
            str(standby.data),
            "-h",
            str(primary.folder),
            "-U",
            "postgres",
            "-c",
            "fast",
            "-R",
            "-C",
            "-S",
            "standby",
        )
        standby.start()
        place = HubPlace(primary.url(standby), tmp_path / "hub.d")
        clock = TestClock(system_clock())
        with closing(given_hub(place.url, place.folder, clock)) as hub, served(hub) as url:
            town = Town(hub, url, tmp_path)
            stack.enter_context(closing(town.one.store))
            stack.enter_context(closing(town.two.store))
            with closing(town.author.store):
                town.file(town.one)
                at = primary.sql("SELECT pg_current_wal_lsn()")
                caught_up = f"SELECT pg_last_wal_replay_lsn() >= '{at}'"
                soon(lambda: standby.sql(caught_up) == "True", 120)
                standby.stop("fast")
                town.file(town.author)
            primary.stop("immediate")
            standby.start()
            with pytest.raises((Offline, HubError, Trouble)):
                town.one.sync()  # nobody takes writing yet
            standby.run("pg_ctl", "-D", str(standby.data), "-w", "promote")
            assert "2" == standby.sql("SELECT count(*) FROM event"), (
                "what it had not got is not there"
            )
            assert Server(place.url, place.folder).command("restore").strip()
            town.come_back(url)
        town.check(place)
