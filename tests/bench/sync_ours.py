"""Our side of `bench sync`: a hub and its sites, each a process of its own, and what they took.

Run by the bench: python -m tests.bench.sync_ours fill|write|serve|log|whole|snapshot|push …
"""

from __future__ import annotations

import json
import resource
import signal
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.hub import make_server
from console.hub_socket import listening
from dispatch.hub.hub import HubPlace, create
from dispatch.store.identity import SiteIdentity
from dispatch.store.site import SiteStore
from dispatch.sync import snapshots
from dispatch.sync.answers import ask
from dispatch.sync.contact import Contact
from dispatch.sync.driver import Line
from dispatch.sync.enrol import enrol
from dispatch.sync.link import HubLink
from dispatch.sync.once import sync_once
from dispatch.sync.ops import Answer
from dispatch.wire import protocol as wire
from dispatch.wire.chain import START as CHAIN_START
from dispatch.wire.chain import chain_input, link
from dispatch.wire.protocol import Frame, decode, event_hash
from tests.given import TOWN, given_closed
from tests.hub.office import TestClock, given_hub, given_seat

PAGE, IDLE = 500, 50


def run(command: Sequence[str], cwd: Path | None = None) -> str:
    """Run a process to its end; its last line. What it complains of is shown."""
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.strip().rpartition("\n")[2]


def ready(server: subprocess.Popen[str]) -> str:
    """Wait for a server's first line; returns it."""
    assert server.stdout is not None
    return server.stdout.readline().strip()


def peak() -> float:
    """Return this process's peak memory, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def peak_of(pid: int) -> float:
    """Return another process's peak memory, MB."""
    rows = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    (found,) = (row for row in rows if row.startswith("VmHWM"))
    return int(found.split()[1]) / 1024


def taken(job: Callable[[], object]) -> float:
    """Return how long a job takes, seconds."""
    begin = time.perf_counter()
    job()
    return time.perf_counter() - begin


@dataclass(frozen=True, slots=True)
class Ours:
    """A hub that holds `count` events of one town, in a folder; `pushed` more are for the push."""

    folder: Path
    count: int
    pushed: int

    def measured(self) -> dict[str, float]:
        """Fill a hub, then measure each way into a new site, and a push into an empty hub."""
        pulled, empty = self.folder / "pulled", self.folder / "pushed"
        codes = fill(pulled, self.count, ("log", "whole", "snapshot"))
        with hub(pulled) as (url, ended):
            log = client("log", url, self.folder / "log", codes[0])
            whole = client("whole", url, self.folder / "whole", codes[1])
            begun = client("snapshot", url, self.folder / "snapshot", codes[2])
        assert log["came"] == whole["came"] == begun["came"] == self.count
        empty.mkdir()
        frames = self.folder / "frames.json"
        run(module("write", empty, frames, self.pushed))
        with hub(empty) as (url, taker):
            push = client("push", url, frames, "")
        return {
            "log": log["seconds"],
            "whole": whole["seconds"],
            "snapshot": begun["seconds"],
            "push": push["seconds"],
            "idle": whole["idle"] * 1000,
            "client": whole["peak"],
            "server": ended[0],
            "pusher": push["peak"],
            "pushed": taker[0],
        }


def fill(folder: Path, count: int, sites: Sequence[str]) -> list[str]:
    """Make a hub in a process of its own; returns an enrolment code for each site."""
    folder.mkdir(parents=True)
    codes: list[str] = json.loads(run(module("fill", folder, count, *sites)))
    return codes


@contextmanager
def hub(folder: Path) -> Iterator[tuple[str, list[float]]]:
    """Serve a hub; gives its address and, after the block, a list with its peak memory, MB."""
    ended: list[float] = []
    with subprocess.Popen(module("serve", folder), stdout=subprocess.PIPE, text=True) as server:
        try:
            yield ready(server), ended
        finally:
            ended.append(peak_of(server.pid))
            server.send_signal(signal.SIGTERM)


def client(mode: str, url: str, folder: Path, code: str) -> Any:
    """Run one client; returns what it printed."""
    return json.loads(run(module(mode, url, folder, code)))


def module(*words: object) -> list[str]:
    """Return this module's command."""
    return [sys.executable, "-m", "tests.bench.sync_ours", *(str(each) for each in words)]


def _fill(folder: Path, count: int, *sites: str) -> str:
    """Whole lives of incidents, pushed by a seat and folded; a snapshot is made."""
    hub = given_hub(f"sqlite:///{folder / 'hub.db'}", folder / "hub.d", TestClock())
    with closing(hub):
        seat = given_seat(hub, "A")
        while len(seat.log.kept) < count:
            given_closed(seat.log)
        for start in range(0, count, PAGE):
            seat.push(start, min(start + PAGE, count))
        hub.folding.catch_up(seat.site.town)
        hub.snapshots.latest(seat.site)
        return json.dumps([hub.sites.code(TOWN, each) for each in sites])


def _serve(folder: Path) -> str:
    """Serve until SIGTERM."""
    hub = create(HubPlace(f"sqlite:///{folder / 'hub.db'}", folder / "hub.d"), TestClock())
    bound = listening("127.0.0.1:0")
    with closing(hub), closing(bound):
        server = make_server(hub, None, "")
        print(f"http://127.0.0.1:{bound.getsockname()[1]}", flush=True)
        server.run(sockets=[bound])
    return ""


def _write(folder: Path, frames: Path, count: int) -> str:
    """Make an empty hub with a seat; what the seat has to push goes into a file."""
    hub = given_hub(f"sqlite:///{folder / 'hub.db'}", folder / "hub.d", TestClock())
    with closing(hub):
        seat = given_seat(hub, "A")
        while len(seat.log.kept) < count:
            given_closed(seat.log)
        told = [(each.event, each.sig.hex()) for each in seat.frames(0, count)]
        signer = hub.office.keys.signer.public.hex()
        given = {"token": seat.token, "key": signer, "frames": told}
    frames.write_text(json.dumps(given), encoding="utf-8")
    return ""


def _entered(url: str, folder: Path, code: str) -> tuple[SiteIdentity, HubLink]:
    done = enrol(url, code, "", None)
    of = done.certificate
    folder.mkdir(parents=True)
    return SiteIdentity(of.site, of.town, of.scope, of.letter, done.inc, done.signer), done.link


def _log(url: str, folder: Path, code: str) -> str:
    """Pull everything into a bare table, the chain checked event by event."""
    _, way = _entered(url, folder, code)
    line = Line(way)
    with closing(sqlite3.connect(folder / "log.db", isolation_level=None)) as bare:
        bare.execute("PRAGMA journal_mode=WAL")
        bare.execute("PRAGMA synchronous=FULL")
        bare.execute("CREATE TABLE event (seq INTEGER PRIMARY KEY, bytes, sig, hash, chain)")
        came: list[int] = []
        seconds = taken(lambda: came.append(_logged(line, bare)))
    return json.dumps({"seconds": seconds, "came": came[0], "peak": peak()})


def _packed(answer: Answer) -> bool:
    return answer.headers.get("content-encoding") == "zstd"


def _logged(line: Line, bare: sqlite3.Connection) -> int:
    cursor, chain, more = 0, CHAIN_START, True
    while more:
        answer = line.ask(ask("/v1/pull", wire.Pull({TOWN: cursor}, 0), 0))
        page = decode(answer.body, wire.PullAnswer, "pull", packed=_packed(answer)).towns[TOWN]
        rows = []
        for frame in page.entries:
            assert isinstance(frame, Frame)
            assert frame.seq is not None
            assert frame.received_at is not None
            hash_ = event_hash(frame)
            chain = link(chain, chain_input(hash_, frame.seq, frame.received_at, frame.number))
            rows.append((frame.seq, frame.event, frame.sig, hash_, chain))
        bare.execute("BEGIN IMMEDIATE")
        bare.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?)", rows)
        bare.execute("COMMIT")
        assert (page.next, page.chain) == (cursor + len(rows), chain)
        cursor, more = page.next, page.more
    return cursor


def _whole(url: str, folder: Path, code: str, worth: int = sys.maxsize) -> str:
    """Bring a new site up by the product's own exchange; then rounds with nothing to do."""
    identity, way = _entered(url, folder, code)
    snapshots.WORTH = worth  # type: ignore[misc]
    with closing(SiteStore.open(folder, identity)) as store:
        seconds = taken(lambda: sync_once(store, way))
        came = store.read(lambda reader: reader.cursor(TOWN)).result().seq
        contact = Contact(store, way)
        contact.exchange(whole=True)
        idle = [taken(lambda: contact.exchange(whole=False)) for _ in range(IDLE)]
        contact.close()
    told = {"seconds": seconds, "came": came, "idle": statistics.median(idle), "peak": peak()}
    return json.dumps(told)


def _push(url: str, frames: str, _code: str) -> str:
    """Push what was written before, page by page; each must be accepted."""
    given = json.loads(Path(frames).read_text(encoding="utf-8"))
    line = Line(HubLink(url, given["token"], bytes.fromhex(given["key"])))
    kept = [Frame(event, bytes.fromhex(sig)) for event, sig in given["frames"]]

    def job() -> None:
        for start in range(0, len(kept), PAGE):
            answer = line.ask(ask("/v1/events", wire.Push(tuple(kept[start : start + PAGE]))))
            assert answer.status == 200, answer.body
            said = decode(answer.body, wire.PushAnswer, "push", packed=_packed(answer))
            assert all(each.status == "accepted" for each in said.verdicts)

    return json.dumps({"seconds": taken(job), "peak": peak()})


def main(mode: str, *words: str) -> str:
    """Do one part."""
    if mode == "fill":
        return _fill(Path(words[0]), int(words[1]), *words[2:])
    if mode == "serve":
        return _serve(Path(words[0]))
    if mode == "write":
        return _write(Path(words[0]), Path(words[1]), int(words[2]))
    if mode == "log":
        return _log(words[0], Path(words[1]), words[2])
    if mode == "push":
        return _push(*words)
    return _whole(words[0], Path(words[1]), words[2], 0 if mode == "snapshot" else sys.maxsize)


if __name__ == "__main__":
    print(main(*sys.argv[1:]))
