"""The exchange beside PouchDB: pull, push, an idle round and memory, both sides in one run.

Each end is a process of its own, over loopback, with files on disk. Ours: whole lives of
incidents, eight signed events each; the peer's: documents of 500 bytes, so that ours are larger.
`peer` fetches PouchDB from npm into out/peer first; without it only ours is measured.
Run: python -m tests.bench.bench_sync [EVENTS[,peer]]
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from dispatch.domain.errors import BadInput
from tests.bench.sync_ours import Ours, ready, run

ROOT = Path(__file__).resolve().parents[2]
PEER = ROOT / "out" / "peer"
SCRIPT = Path(__file__).with_name("pouch_peer.cjs")
PACKAGES = ("pouchdb@9.0.0", "express-pouchdb@4.2.0", "express@4.21.2")
EVENTS, PUSHED, DOCUMENT = 100_000, 10_000, 500
FILL_S = 1_800

Figures = dict[str, float]


def main(arguments: list[str]) -> None:
    """Print the table."""
    peer = "peer" in arguments
    numbers = [each for each in arguments if each != "peer"]
    count = int(numbers[0]) if numbers else EVENTS
    pushed = min(PUSHED, count)
    if peer:
        fetch()
    with tempfile.TemporaryDirectory() as text:
        ours = Ours(Path(text) / "ours", count, pushed).measured()
        theirs = measured(Path(text) / "peer", count, pushed) if peer else {}
    print(f"load {os.getloadavg()[0]:.1f} after the rounds; {count} pulled, {pushed} pushed")
    print(f"{'':46}{'ours':>10}{'PouchDB':>10}{'ratio':>8}  bar")
    for row in ROWS:
        line(ours, theirs, row)


ROWS = (
    ("pull, log alone, chain checked, s", "log", "pull", ">= 8"),
    ("pull, folded and indexed, s", "whole", "pull", ">= 4"),
    ("  the same by a snapshot that is there, s", "snapshot", "pull", ">= 30"),
    ("push, signatures verified, s", "push", "push", ">= 2"),
    ("round with nothing to do, ms", "idle", "idle", "<= 5 ms"),
    ("peak memory, pulling client, MB", "client", "client", ">= 3"),
    ("peak memory, server that is pulled, MB", "server", "server", ">= 3"),
    ("peak memory, pushing client, MB", "pusher", "pusher", ">= 3"),
    ("peak memory, server that is pushed to, MB", "pushed", "pushed", ">= 3"),
)


def line(ours: Figures, theirs: Figures, row: tuple[str, str, str, str]) -> None:
    """Print one figure of both and how many times ours is the better."""
    what, mine, other, bar = row
    beside = f"{theirs[other]:10.2f}{theirs[other] / ours[mine]:7.2f}x" if theirs else ""
    print(f"{what:46}{ours[mine]:10.2f}{beside:18}  {bar}", flush=True)


def fetch() -> None:
    """Install the peer into out/peer; what is there already is taken."""
    if (PEER / "node_modules" / "express-pouchdb").is_dir():
        return
    if shutil.which("npm") is None:
        raise BadInput("peer", "npm is not there")
    PEER.mkdir(parents=True, exist_ok=True)
    (PEER / "package.json").write_text('{"private": true}', encoding="utf-8")
    run(["npm", "install", "--no-audit", "--no-fund", *PACKAGES], cwd=PEER)


def measured(folder: Path, count: int, pushed: int) -> Figures:
    """Run the peer: a server with so many documents, then a client that pulls, one that pushes."""
    with served(folder / "pulled", count) as url:
        pull = client("pull", url, folder / "puller")
        server = requests.get(f"{url}/peak", timeout=30).json()["peak"]
    with served(folder / "pushed", 0) as url:
        push = client("push", url, folder / "pusher", pushed)
        taker = requests.get(f"{url}/peak", timeout=30).json()["peak"]
    assert (pull["written"], push["written"]) == (count, pushed)
    return {
        "pull": pull["seconds"],
        "push": push["seconds"],
        "idle": pull["idle"] * 1000,
        "client": pull["peak"],
        "server": server,
        "pusher": push["peak"],
        "pushed": taker,
    }


@contextmanager
def served(folder: Path, count: int) -> Iterator[str]:
    """Run the peer's server until the block ends; gives its address."""
    filled, port = folder / "filled", free_port()
    filled.mkdir(parents=True)
    if count:  # by another process, so that the filling is not in the server's peak
        run(node("fill", filled, count, DOCUMENT), cwd=PEER)
    with subprocess.Popen(
        node("serve", port, filled), cwd=PEER, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            ready(server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGTERM)


def client(mode: str, url: str, folder: Path, count: int = 0) -> Any:
    """Run one client of the peer; returns what it printed."""
    folder.mkdir(parents=True)
    return json.loads(run(node(mode, url, folder, count, DOCUMENT), cwd=PEER))


def node(*words: object) -> list[str]:
    """Return the command of the peer's script."""
    return ["node", str(SCRIPT), *(str(each) for each in words)]


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


if __name__ == "__main__":
    main(sys.argv[1:])
