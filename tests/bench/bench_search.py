"""Search over a large store, by the length of the piece, beside LIKE over the same texts.

Run: python -m tests.bench.bench_search [INCIDENTS | FOLDER of make-store]
"""

from __future__ import annotations

import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from dispatch.desk import looking
from dispatch.store.reader import Reader
from dispatch.store.site import SiteStore
from tests.bench.bench_store import make_store
from tests.builders import given_site

INCIDENTS = 20_000
ASKED = 200
LIKED = 5
PAGE = 50
BAR_MS = 30
HOUSE = re.compile(r"[^\W\d]{0,4}?(\d+号)")
NOWHERE = ("龘", "龘龘", "龘龘龘", "不存在的词语")


def texts_of(reader: Reader) -> list[str]:
    """Return some of the texts that lie in the index, spread over the whole store."""
    sql = f"SELECT body FROM {reader.view.words.name} ORDER BY pos * 2654435761 % 4294967296"
    rows = reader.connection.exec_driver_sql(f"{sql} LIMIT 2000")
    return [row[0] for row in rows]


def pieces(texts: Sequence[str], length: int) -> list[str]:
    """Return pieces of a length as they stand in the texts, and one that stands nowhere."""
    rng = random.Random(length)
    found = [next(each for each in NOWHERE if len(each) >= length)[:length]]
    while len(found) < ASKED:
        text = rng.choice(texts)
        if len(text) >= length:
            start = rng.randrange(len(text) - length + 1)
            found.append(text[start : start + length])
    return found


def houses(texts: Sequence[str]) -> list[str]:
    """Return house numbers as they stand in the texts, with their road and without."""
    rng = random.Random(9)
    found = [NOWHERE[-1]]
    while len(found) < ASKED:
        match = rng.choice(list(HOUSE.finditer(rng.choice(texts))))
        found.append(match[rng.randrange(2)])
    return found


def ours(store: SiteStore, piece: str) -> int:
    """Return how many rows the first page has, as the window asks: numbers first, then texts."""
    return len(store.read(lambda reader: looking.search(reader, piece, PAGE, None)).result())


def like(store: SiteStore, piece: str) -> int:
    """Return how many rows the first page of LIKE has, newest first as ours."""

    def job(reader: Reader) -> int:
        words = reader.view.words.name
        sql = f"SELECT pos FROM {words} WHERE body LIKE ? ORDER BY pos DESC LIMIT {PAGE}"
        return len(reader.connection.exec_driver_sql(sql, (f"%{piece}%",)).all())

    return store.read(job).result()


def took_ms(asked: Callable[[str], int], some: Sequence[str]) -> list[float]:
    """Return how long each took, in order of length."""
    found = []
    for piece in some:
        started = time.perf_counter()
        asked(piece)
        found.append((time.perf_counter() - started) * 1000)
    return sorted(found)


def table(store: SiteStore) -> None:
    """Print a line for each length."""
    texts = store.read(texts_of).result()
    print(f"load {os.getloadavg()[0]:.1f} before")
    head = f"{'piece':24}{'p50 ms':>9}{'p95 ms':>9}{'worst':>9}{'bar':>6}"
    print(f"{head}{'LIKE p50':>10}{'LIKE worst':>12}")
    asked = {
        "1 character": pieces(texts, 1),
        "2 characters": pieces(texts, 2),
        "3 and more": pieces(texts, 3) + pieces(texts, 4),
        "house numbers": houses(texts),
    }
    for name, some in asked.items():
        ours_ms = took_ms(lambda piece: ours(store, piece), some)
        # LIKE is slow where little is found, so the piece that stands nowhere is among them.
        like_ms = took_ms(lambda piece: like(store, piece), some[:LIKED])
        p95 = ours_ms[int(len(ours_ms) * 0.95)]
        print(
            f"{name:24}{statistics.median(ours_ms):9.2f}{p95:9.2f}{ours_ms[-1]:9.2f}{BAR_MS:6}"
            f"{statistics.median(like_ms):10.2f}{like_ms[-1]:12.2f}",
            flush=True,
        )


def large(folder: Path) -> None:
    """Stop where there is no store: an empty one would be measured instead."""
    if not (folder / "site.db").is_file():
        sys.exit(f"{folder}: 没有数据库，先运行 zhiwang bench make-store={folder}")


def main(arguments: list[str]) -> None:
    """Measure on a store that is there, or on one made for it."""
    word = arguments[0] if arguments else str(INCIDENTS)
    if not word.isdigit():
        large(Path(word))
        store = given_site(Path(word), "L")
        table(store)
        store.close()
        return
    with tempfile.TemporaryDirectory() as folder:
        store = make_store(Path(folder) / "large", int(word))
        print(f"{int(word):,} incidents, first page of {PAGE}")
        table(store)
        store.close()


if __name__ == "__main__":
    main(sys.argv[1:])
