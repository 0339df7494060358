"""A round of the exchange with nothing to do, beside a bare GET on the same hub over loopback.

Run: python -m tests.bench.bench_idle [ROUNDS]
"""

from __future__ import annotations

import http.client
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import requests

from console import settings
from console.clock import VARIABLE
from console.sites import link_of
from dispatch.store.site import SiteStore
from dispatch.sync.contact import Contact
from dispatch.sync.once import sync_once
from tests.e2e.town import Town

ROUNDS = 200
BAR_MS = 5


def row(what: str, work: Callable[[], object], rounds: int, bar: str = "") -> None:
    """Print median, 95th percentile and worst of some rounds, after five that do not count."""
    for _ in range(5):
        work()
    found = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        found.append((time.perf_counter() - started) * 1000)
    found.sort()
    p95 = found[int(len(found) * 0.95)]
    print(f"{what:46}{statistics.median(found):9.2f}{p95:9.2f}{found[-1]:9.2f}{bar:>6}", flush=True)


def table(town: Town, rounds: int) -> None:
    """Print the rounds of a seat over a real hub process."""
    folder = town.site("seat1")
    known = settings.read(folder)
    link = link_of(known)
    store = SiteStore.open(folder, known.identity)
    contact = Contact(store, link)
    session = requests.Session()
    session.trust_env = False
    health = f"{town.url}/v1/health"
    contact.exchange(whole=True)
    print(f"load {os.getloadavg()[0]:.1f} before the rounds")
    print(f"{'':46}{'p50 ms':>9}{'p95 ms':>9}{'worst':>9}{'bar':>6}")
    plain = http.client.HTTPConnection(town.url.partition("//")[2], timeout=5)

    def bare() -> None:
        plain.request("GET", "/v1/health")
        plain.getresponse().read()

    row("floor: GET, http.client, connection kept", bare, rounds)
    row("floor: GET, requests, connection kept", lambda: session.get(health, timeout=5), rounds)
    row("floor: GET, requests, connection new", lambda: requests.get(health, timeout=5), rounds)
    row("round, nothing to do", lambda: contact.exchange(whole=False), rounds, str(BAR_MS))
    row("round with session, tables, digests", lambda: contact.exchange(whole=True), rounds)
    row("sync --once: the same, connection new", lambda: sync_once(store, link), rounds)
    contact.close()
    session.close()
    plain.close()
    store.close()


def main(arguments: list[str]) -> None:
    """Build a town with its hub in a process of its own, measure, take it down."""
    rounds = int(arguments[0]) if arguments else ROUNDS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ[VARIABLE] = str(folder / "clock")
        town = Town(folder, f"sqlite:///{folder / 'hub.db'}")
        try:
            town.build()
            table(town, rounds)
        finally:
            town.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
