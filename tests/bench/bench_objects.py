"""Managed objects at a site: 40,000 taken in by pages, then searched; beside a plain LIKE.

`python -m tests.bench.bench_objects [OBJECTS]`; bar of the design: a search below 200 ms.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from dispatch.store.objects import Objects
from dispatch.wire.objects import Delta, ManagedObject
from tests.unit.towns import HENGLI, hengli

OBJECTS = 40_000
PAGE = 1_000
RUNS = 100
WORDS = "东西南北新旧大小石涌田头村尾路街巷商店厂房出租屋电子五金餐饮副食便利"


def made(rng: random.Random, number: int) -> ManagedObject:
    """Return a made-up object (演示数据)."""
    return ManagedObject(
        code=f"D{number:06}",
        kind=rng.choice(("出租屋", "三小场所", "厂企")),
        name="".join(rng.choices(WORDS, k=6)),
        grid=rng.choice(hengli().grids).code,
        address="".join(rng.choices(WORDS, k=9)),
        person=f"演示{rng.choice('甲乙丙')}",
        phone="138****6021",
        lon=113.97,
        lat=23.02,
    )


def row(what: str, work: Callable[[], object]) -> None:
    """Print one line of the table."""
    times = []
    busy = time.process_time()
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    used = (time.process_time() - busy) * 1000 / RUNS
    times.sort()
    shown = (times[RUNS // 2], times[RUNS * 95 // 100], times[-1], used)
    print(f"{what:<44}{''.join(f'{each:>9.1f}' for each in shown)}")


def main(count: int = OBJECTS) -> None:
    """Print the table."""
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        store = Objects(Path(folder) / "objects.db")
        rows = [made(rng, number) for number in range(count)]
        began = time.perf_counter()
        for since in range(0, count, PAGE):
            page = tuple(rows[since : since + PAGE])
            last = since + len(page)
            shape = {"version": str(last), "town": HENGLI, "since": since, "next": last}
            store.apply(Delta(**shape, more=last < count, rows=page))  # type: ignore[arg-type]
        took = time.perf_counter() - began
        print(f"{store.count():,} taken in by pages of {PAGE}: {took:.1f} s")
        print(f"{'':<44}{'p50 ms':>9}{'p95 ms':>9}{'worst':>9}{'cpu ms':>9}")
        with closing(sqlite3.connect(Path(folder) / "objects.db")) as database:
            query = "SELECT code FROM object WHERE name LIKE ? ORDER BY code LIMIT 50"
            row(
                "floor: a bare LIKE over the names, 2 hanzi",
                lambda: database.execute(query, (f"%{word(rng, 2)}%",)).fetchall(),
            )
        for told, make in (
            ("one hanzi", lambda: word(rng, 1)),
            ("two hanzi", lambda: word(rng, 2)),
            ("three hanzi", lambda: word(rng, 3)),
            ("two words of one hanzi", lambda: f"{word(rng, 1)} {word(rng, 1)}"),
            ("a code", lambda: f"D{rng.randrange(count):06}"),
            ("what nothing has", lambda: "没有的词"),
        ):
            row(told, lambda make=make: store.search(make(), 50))  # type: ignore[misc]
        store.close()


def word(rng: random.Random, length: int) -> str:
    """Return some hanzi."""
    return "".join(rng.choices(WORDS, k=length))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
