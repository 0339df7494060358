"""The command palette over 10,000 names: milliseconds a key, beside a plain scan for the letters.

Each query is typed key by key, as the window asks; the window's own part, painting one answer,
stands apart. Run: python -m tests.bench.bench_palette [QUERIES]
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial

from dispatch.advice.items import ItemSearch
from tests.unit.ten_thousand import (
    MODES,
    NAMES,
    entries,
    place_queries,
    places,
    queries,
    short,
)

QUERIES = 1_200
SHOWN = 8
BAR_MS = 30


def took_ms(ask: Callable[[str], object], text: str) -> list[float]:
    """Return what each key of a text took."""
    spent = []
    for end in range(1, len(text) + 1):
        start = time.perf_counter()
        ask(text[:end])
        spent.append((time.perf_counter() - start) * 1000)
    return spent


def scan(text: str) -> list[str]:
    """Find by nothing but the letters: no pinyin, no initials, no order."""
    return [each.name for each in entries() if text in each.name or text in each.code][:SHOWN]


def line(name: str, spent: Sequence[float], right: str = "") -> None:
    """Print one row of the table."""
    ordered = sorted(spent)
    p95 = ordered[int(len(ordered) * 0.95)]
    print(
        f"{name:34}{statistics.median(ordered):9.2f}{p95:9.2f}{ordered[-1]:9.2f}{right}", flush=True
    )


def main(arguments: list[str]) -> None:
    """Measure how long a key takes and how often the one who is meant is among three."""
    count = int(arguments[0]) if arguments else QUERIES
    entries()
    start = time.perf_counter()
    search = ItemSearch(entries())
    built = time.perf_counter() - start
    asked = list(queries(count))
    floor = [ms for each in asked for ms in took_ms(scan, each.text)]
    keys = sum(len(each.text) for each in asked)
    print(f"{NAMES:,} names, index made in {built * 1000:.0f} ms, {count} queries, {keys} keys")
    print(f"{'':34}{'p50 ms':>9}{'p95 ms':>9}{'worst':>9}{'in 3':>12}{'bar':>6}")
    line("floor: substring scan, all keys", floor)
    every: list[float] = []
    for mode in MODES:
        some = [each for each in asked if each.mode == mode]
        spent = [ms for each in some for ms in took_ms(lambda t: search.find(t, SHOWN), each.text)]
        hits = sum(
            short(each.wanted.name) in {short(m.entry.name) for m in search.find(each.text, 3)}
            for each in some
        )
        every += spent
        line(mode, spent, f"{f'{hits}/{len(some)}':>12}{BAR_MS:6}")
    line("all keys", every, f"{'':12}{BAR_MS:6}")
    of_places()


def of_places() -> None:
    """Measure the places of each town: its villages, and six grids of each."""
    spent: list[float] = []
    hits = asked = 0
    for listed in places():
        search = ItemSearch(listed)
        for each in place_queries(listed):
            spent += took_ms(partial(search.find, limit=SHOWN), each.text)
            hits += each.wanted in [match.entry for match in search.find(each.text, 3)]
            asked += 1
    line("villages and grids, town by town", spent, f"{f'{hits}/{asked}':>12}{BAR_MS:6}")


if __name__ == "__main__":
    main(sys.argv[1:])
