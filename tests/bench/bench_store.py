"""The site's store beside bare SQLite, and a large store from opening to search.

Run: python -m tests.bench.bench_store [append] [page] [large]
     python -m tests.bench.bench_store make-store FOLDER [INCIDENTS]
     python -m tests.bench.bench_store large FOLDER
Each figure stands beside a floor measured in the same run, in turns with it.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dispatch.acts.perform import Author, new_id, record
from dispatch.domain.bodies import Closed
from dispatch.domain.codes import Kind
from dispatch.domain.command import Command, Verb
from dispatch.domain.decide import decide
from dispatch.domain.event import Draft, Subject
from dispatch.store.site import SiteStore
from dispatch.store.site_log import SiteLog
from tests.builders import NOON, TOWN, Numbering, a_person, a_report, given_site

ROUNDS = 5
LIVES = 60
PAGE = 1000
LARGE = 300_000
OPEN = 300
IN_ONE = 1000
AUTHOR = Author("wang", "dispatcher", "")
ROADS = ("演示东路", "演示西路", "工业大道", "沿江路", "市场街", "学府路", "新村巷", "环城路")
MATTERS = (
    "占道经营影响通行",
    "井盖破损有安全隐患",
    "夜间施工噪音扰民",
    "消防通道被杂物堵住",
    "路灯不亮行人不便",
    "乱倒垃圾无人清理",
    "出租屋私拉电线",
    "树木倒伏压住电缆",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: ours, the floor beside it, and the bar for their ratio."""

    name: str
    ours_ms: float
    floor_ms: float
    bar: float | None

    def __str__(self) -> str:
        ratio = self.ours_ms / self.floor_ms
        bar = "" if self.bar is None else f"at most {self.bar:g} x"
        return (
            f"{self.name:46} {self.ours_ms:9.3f} ms {self.floor_ms:9.3f} ms {ratio:6.1f} x  {bar}"
        )


def bare(path: Path) -> sqlite3.Connection:
    """Return SQLite with the store's durability and one table of bytes."""
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        database.execute(f"PRAGMA {pragma}")
    database.execute("CREATE TABLE IF NOT EXISTS event (pos INTEGER PRIMARY KEY, raw BLOB)")
    return database


def bare_ms(database: sqlite3.Connection, raws: list[bytes], in_one: int) -> float:
    """Insert the bytes, so many in one transaction; return milliseconds for each of these."""
    started = time.perf_counter()
    for start in range(0, len(raws), in_one):
        database.execute("BEGIN IMMEDIATE")
        rows = [(raw,) for raw in raws[start : start + in_one]]
        database.executemany("INSERT INTO event (raw) VALUES (?)", rows)
        database.execute("COMMIT")
    return (time.perf_counter() - started) * 1000 / (len(raws) / in_one)


def life(incident: str) -> Iterator[Command]:
    """Return the acts of one incident's ordinary life, as far as one seat may do them."""
    yield a_report(incident)
    yield Command(verb=Verb.FILE, incident=incident)
    yield Command(verb=Verb.DISPATCH, incident=incident, unit="消防")
    yield Command(verb=Verb.SIGN, incident=incident, person="演示乙", on_behalf="消防")
    yield Command(
        verb=Verb.FEEDBACK, incident=incident, text="已清理通道并告知商户", on_behalf="消防"
    )


def drafts_of(log: SiteLog, command: Command, now: int) -> tuple[Draft, ...]:
    """Decide without storing: what is measured is the store."""
    known = log.incident(command.incident)
    incidents = {command.incident: known} if known else {}
    return decide(command, a_person(), log.rules(), incidents, now)[1]


def append_ms(store: SiteStore, lives: int) -> tuple[float, list[bytes]]:
    """Store lives event by event in the writer's thread; return the mean and their bytes."""
    run = store._transactions.run  # noqa: SLF001 - the commit without two thread switches
    before = store.read(lambda reader: reader.unsent()).result().count
    spent = 0.0
    count = 0

    def all_of_it() -> None:
        nonlocal spent, count
        for _ in range(lives):
            for step, command in enumerate(life(new_id())):
                now = NOON + step * 1000
                drafts, _ = run(lambda log, c=command, n=now: drafts_of(log, c, n))  # type: ignore[misc]
                started = time.perf_counter()
                run(lambda log, d=drafts, n=now: record(log, d, AUTHOR, n))  # type: ignore[misc]
                spent += time.perf_counter() - started
                count += 1

    store._writer.submit(all_of_it, 0).result()  # noqa: SLF001 - as above
    frames = store.read(lambda reader: reader.pending(1 << 30, 1 << 40)).result()[before:]
    return spent * 1000 / count, [frame.event.encode() for frame in frames]


def bench_append(folder: Path) -> list[Line]:
    """Append, sign, fold and index, one commit an event, beside bare inserts of the same bytes."""
    store, database = given_site(folder / "append", "A"), bare(folder / "append.db")
    append_ms(store, 5)
    ours, floor = [], []
    for _ in range(ROUNDS):
        mean, raws = append_ms(store, LIVES)
        ours.append(mean)
        floor.append(bare_ms(database, raws, 1))
    act = whole_act_ms(store)
    store.close()
    return [
        Line("append+sign+fold+index, one event", statistics.median(ours), min(floor), None),
        Line("  the same, best round", min(ours), min(floor), 4),
        Line("  the same, medians", statistics.median(ours), statistics.median(floor), 4),
        Line("a whole act from another thread (with decide)", act, statistics.median(floor), None),
    ]


def whole_act_ms(store: SiteStore) -> float:
    """What the operator waits for: command to acknowledged commit, two thread switches."""
    from tests.builders import when

    taken = []
    for _ in range(LIVES):
        for step, command in enumerate(life(new_id())):
            started = time.perf_counter()
            when(store, command, now=NOON + step * 1000).result()
            taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def bench_page(folder: Path) -> list[Line]:
    """Pull a page of 1,000 events, beside one transaction of 1,000 inserts of the same bytes."""
    author = given_site(folder / "author", "B")
    hub = Numbering()
    _, raws = append_ms(author, PAGE // 5)
    hub.take_from(author)
    author.close()
    ours, floor = [], []
    for number in range(ROUNDS):
        store = given_site(folder / f"page{number}", "A")
        page = hub.page(0, PAGE)
        started = time.perf_counter()
        store.apply_page(TOWN, page)
        ours.append((time.perf_counter() - started) * 1000)
        store.close()
        floor.append(bare_ms(bare(folder / f"page{number}.db"), raws[:PAGE], PAGE))
    return [
        Line("a page of 1,000 pulled, 200 incidents", min(ours), min(floor), None),
        Line("  the same, medians", statistics.median(ours), statistics.median(floor), None),
    ]


def make_store(folder: Path, incidents: int = LARGE) -> SiteStore:
    """Write a store of so many incidents in bulk, all but the last 300 of them closed."""
    store = given_site(folder, "L")
    rng = random.Random(3)
    started = time.perf_counter()
    for start in range(0, incidents, IN_ONE):
        some = range(start, min(start + IN_ONE, incidents))

        def write(log: SiteLog, some: range = some) -> None:
            for number in some:
                _one(log, rng, number, closed=number < incidents - OPEN)

        store.write(write, 9).result()
        if start % 20_000 == 0:
            done = time.perf_counter() - started
            print(f"  {start:>8,} of {incidents:,} incidents, {done:.0f} s", file=sys.stderr)
    return store


def _one(log: SiteLog, rng: random.Random, number: int, *, closed: bool) -> None:
    id_ = new_id()
    now = NOON + number * 60_000
    text = f"{rng.choice(ROADS)}{rng.randint(1, 400)}号附近{rng.choice(MATTERS)}"
    command = a_report(id_, text=text, place=f"{rng.choice(ROADS)}{number}号", temp=f"L{number}")
    record(log, decide(command, a_person(), log.rules(), {}, now)[1], AUTHOR, now)
    if closed:
        body = Closed(on_time=True, archive_no=str(number))
        draft = Draft(subject=Subject(Kind.INCIDENT, id_), type="closed", body=body)
        record(log, (draft,), AUTHOR, now + 1000)


def bench_large(folder: Path) -> list[str]:
    """Open a large store, show its first page and its queue, search it."""
    size = sum(path.stat().st_size for path in folder.glob("site.db*")) / 1e6
    started = time.perf_counter()
    store = given_site(folder, "L")
    opened = time.perf_counter()
    first = store.read(lambda reader: reader.page(50)).result()
    paged = time.perf_counter()
    queue = store.read(lambda reader: reader.open_rows()).result()
    listed = time.perf_counter()
    total = first[0].pos
    lines = [
        f"store of {total:,} events, {size:,.0f} MB",
        f"open {1000 * (opened - started):.1f} ms",
        f"first page of 50 {1000 * (paged - opened):.1f} ms",
        f"queue of {len(queue)} open {1000 * (listed - paged):.1f} ms",
    ]
    for name, pieces in _pieces().items():
        taken = sorted(_search_ms(store, piece) for piece in pieces)
        p95 = taken[int(len(taken) * 0.95)]
        lines.append(
            f"search, {name}: p50 {statistics.median(taken):.2f} ms, p95 {p95:.2f} ms"
            f" (LIKE over the same texts: {_like_ms(store, pieces[0]):.0f} ms)"
        )
    store.close()
    return lines


def _pieces() -> dict[str, list[str]]:
    texts = [road + matter for road in ROADS for matter in MATTERS]
    rng = random.Random(5)

    def some(length: int) -> list[str]:
        found = []
        for _ in range(100):
            text = rng.choice(texts)
            at = rng.randrange(len(text) - length + 1)
            found.append(text[at : at + length])
        return found

    rare = [f"{road}{number}号" for road in ROADS for number in range(7, 300_000, 25_000)]
    return {
        "1 character": some(1),
        "2 characters": some(2),
        "4 characters": some(4),
        "one house number": rare,
        "nothing there": ["不存在的词", "龘龘", "Q"] * 30,
    }


def _search_ms(store: SiteStore, piece: str) -> float:
    started = time.perf_counter()
    store.read(lambda reader: reader.search(piece, 50)).result()
    return (time.perf_counter() - started) * 1000


def _like_ms(store: SiteStore, piece: str) -> float:
    sql = "SELECT count(*) FROM words_a WHERE body LIKE ?"
    started = time.perf_counter()
    store.read(
        lambda reader: reader.connection.exec_driver_sql(sql, (f"%{piece}%",)).scalar()
    ).result()
    return (time.perf_counter() - started) * 1000


def main(arguments: list[str]) -> None:
    """Run what is named, or all."""
    if arguments[:1] == ["make-store"]:
        count = int(arguments[2]) if len(arguments) > 2 else LARGE
        make_store(Path(arguments[1]), count).close()
        return
    if arguments[:1] == ["large"] and len(arguments) > 1:
        print("\n".join(bench_large(Path(arguments[1]))))
        return
    wanted = arguments or ["append", "page", "large"]
    benches: dict[str, Callable[[Path], list[Line]]] = {"append": bench_append, "page": bench_page}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"{'':46} {'ours':>12} {'bare SQLite':>12}")
        for each in wanted:
            if each in benches:
                print("\n".join(str(line) for line in benches[each](folder)), flush=True)
        if "large" in wanted:
            started = time.perf_counter()
            make_store(folder / "large").close()
            print(f"made {LARGE:,} incidents in {time.perf_counter() - started:.0f} s")
            print("\n".join(bench_large(folder / "large")))


if __name__ == "__main__":
    main(sys.argv[1:])
