"""Fault 11 for real: PostgreSQL's own backup, a hub killed, restored and served again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from dispatch.domain.codes import State
from dispatch.domain.command import Verb
from dispatch.hub.hub import HubPlace, open_hub
from dispatch.hub.verify import check_town
from dispatch.store.rewinding import last_told
from dispatch.store.verify import verify
from dispatch.sync.link import HubLink
from dispatch.sync.loop import SyncLoop
from tests.given import FIRE, TOWN
from tests.hub.cluster import cluster
from tests.hub.office import TestClock, given_hub
from tests.hub.serving import served
from tests.sync.stations import Station, given_station
from tests.sync.test_loop import soon

CONSOLE = (sys.executable, "-m", "console")


class Server:
    """A hub as a process of its own over one PostgreSQL database."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder
        self.environment = os.environ | {"ZHIWANG_HUB_DATA": str(folder)}
        self._process: subprocess.Popen[str] | None = None

    def command(self, *words: str) -> str:
        """Run a word of `hub`; return what it printed."""
        done = subprocess.run(
            [*CONSOLE, "hub", *words, "--db", self.url],
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def start(self, port: int = 0) -> int:
        """Serve; return the port."""
        self._process = subprocess.Popen(
            [*CONSOLE, "hub", "serve", "--db", self.url, "--listen", f"127.0.0.1:{port}"],
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        address = json.loads(self._process.stdout.readline())["serving"]
        return int(address.rpartition(":")[2])

    def kill(self) -> None:
        """SIGKILL."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None

    def postgres(self, program: str, *words: str) -> None:
        """Run one of PostgreSQL's own programs against the server."""
        here = ["-h", str(cluster().folder), "-U", "postgres"]
        subprocess.run([str(cluster().programs / program), *here, *words], check=True)


@contextmanager
def _kept_going(station: Station, port: int) -> Iterator[None]:
    link = HubLink(f"http://127.0.0.1:{port}", station.link.token, station.link.hub_key)
    loop = SyncLoop(station.store, link)
    station.store.subscribe(loop.changed)
    loop.start()
    try:
        yield
    finally:
        loop.close()


def _caught_up(station: Station, ids: list[str]) -> bool:
    here = all(
        (found := station.incident(each)) is not None and found.number is not None for each in ids
    )
    return here and station.status().unsent == 0


@pytest.mark.long
@pytest.mark.parametrize("by_command", [True, False])
def test_fault_11_a_restored_hub_is_filled_by_the_sites_that_live(
    tmp_path: Path, *, by_command: bool
) -> None:
    server = Server(cluster().fresh(), tmp_path / "hub.d")
    name = server.url.partition("?")[0].rpartition("/")[2]
    with closing(given_hub(server.url, server.folder, TestClock())) as hub, served(hub) as url:
        author, one, two = (given_station(hub, url, tmp_path / each) for each in "abc")
        for each in (author, one, two):
            each.sync()
    with closing(one.store), closing(two.store):
        port = server.start()
        try:
            with _kept_going(one, port), _kept_going(two, port):
                with closing(author.store), _kept_going(author, port):
                    kept = author.filed()
                    soon(lambda: _caught_up(one, [kept]) and _caught_up(two, [kept]))
                    server.postgres("pg_dump", "-Fc", "-f", str(tmp_path / "dump"), name)
                    lost = author.filed()
                    author.act(Verb.DISPATCH, kept, unit=FIRE)
                    mine = one.report()
                    every = [kept, lost, mine]
                    soon(lambda: _caught_up(one, every) and _caught_up(two, every))
                server.kill()
                offline = two.report()
                server.postgres("dropdb", "--force", name)
                server.postgres("createdb", name)
                server.postgres("pg_restore", "-d", name, str(tmp_path / "dump"))
                if by_command:
                    assert server.command("restore").strip()
                server.start(port)
                every.append(offline)
                soon(lambda: _caught_up(one, every) and _caught_up(two, every), 90)
            for each in (one, two):
                address = f"http://127.0.0.1:{port}"
                each.link = HubLink(address, each.link.token, each.link.hub_key)
                assert not each.sync().differs
                assert each.status().digest == each.status().hub_digest
        finally:
            server.kill()
        for each in (one, two):
            assert State.SENT is each.seen(kept).state
            assert State.FILED is each.seen(lost).state
            assert each.store.read(lambda r: last_told(r.connection)).result() is not None
            verify(each.store.folder)
        numbers = [one.seen(each).number for each in every]
        assert len(numbers) == len(set(numbers))
    with closing(open_hub(HubPlace(server.url, server.folder))) as hub:
        assert 7 == check_town(hub, TOWN).seq
