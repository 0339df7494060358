"""Incidents from a CSV into a seat's store, beside pandas and to_sql over the same file.

`python -m tests.bench.bench_import [ROWS]` or `… gigabyte`: a file of 1 GB, once in short rows
that are read, mapped, converted and keyed, once in long rows that are stored as well. Each line is
a process of its own, with the most memory it ever had. Made-up rows (演示数据).
"""

from __future__ import annotations

import importlib
import importlib.util
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from dispatch.acts.perform import new_id, perform
from dispatch.desk.views_import import ImportOrder
from dispatch.domain.codes import Source
from dispatch.domain.command import Command, Verb
from dispatch.files.calls import batches
from dispatch.files.mapping import read_mapping
from dispatch.files.opening import open_table
from dispatch.files.rows import Meter
from dispatch.files.seen_keys import SeenKeys, content_of, key_of
from dispatch.geo.crs import to_cgcs2000
from tests.desk.offices import PASSWORD, Hand, bodies, open_desk
from tests.unit.towns import hengli, setting

ROWS = 100_000
GIGABYTE = 1024**3
HEAD = "号,时间,经,纬,说明,事项,电话\n"
MAPPING = """
[key]
columns = ["号"]
[time]
column = "时间"
zone = "Asia/Shanghai"
[place]
lon = "经"
lat = "纬"
crs = "gcj02"
[text]
columns = ["说明"]
[item]
column = "事项"
default = "0000"
[[item.rule]]
contains = "消防"
item = "0605"
[fields]
phone = "电话"
"""
ACTS_ROWS = 10_000
"""Rows of the file beside which acts are measured."""
SHORT, LONG = 12, 3_000
"""Characters of a row's text."""


def write(path: Path, enough: Callable[[int, int], bool], text: int) -> int:
    """Write rows until it is enough (rows, bytes); return how many."""
    rng = random.Random(3)
    grids = hengli().grids
    words = "演示数据通道堆放杂物路灯不亮井盖缺失"
    rows = size = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(HEAD)
        while not enough(rows, size):
            rows += 1
            grid = grids[rows % len(grids)]
            # About where GCJ-02 has the grid.
            lon, lat = grid.lon + 0.0052, grid.lat - 0.0027
            said = "".join(rng.choices(words, k=SHORT)) * (text // SHORT)
            at = f"2026-11-{1 + rows % 20:02} {rows % 24:02}:{rows % 60:02}:00"
            size += out.write(f"{rows},{at},{lon:.6f},{lat:.6f},{said},消防通道,138****6021\n") * 2
            if rows % 1000 == 0:
                size = out.tell()
    return rows


def store(file: Path, folder: Path) -> int:
    """Import into a new store, as the window and the command line do."""
    desk = open_desk(folder / "seat", Hand())
    desk.login("clerk1", PASSWORD).result()
    done = desk.import_incidents(folder / "map.toml", ImportOrder(file)).result()
    desk.site.close()
    assert 0 == done.rejected, done.rejects[:3]
    return done.taken


def read(file: Path, folder: Path) -> int:
    """Read, map, convert and key each row; nothing is stored."""
    mapping = read_mapping(folder / "map.toml", {each.code for each in setting().catalogue})
    table = open_table(file)
    count = 0
    with SeenKeys() as seen:
        for calls, _ in batches(table.read(Meter()), mapping, to_cgcs2000("gcj02")):
            for call in calls:
                key = key_of(call.row, mapping.key)
                assert key is not None
                seen.earlier(key, call.line, content_of(call.row))
            count += len(calls)
    return count


def pandas(file: Path, folder: Path) -> int:
    """What a script would do: the whole file into a frame, the frame into a table."""
    import sqlite3
    from contextlib import closing

    import pandas as pd

    frame = pd.read_csv(file, dtype=str)
    with closing(sqlite3.connect(folder / "peer.db")) as database:
        frame.to_sql("calls", database, index=False)
        database.commit()
    return len(frame)


def waited(file: Path, folder: Path) -> list[float]:
    """Import, and ten times a second do an act beside it; return how long each took, ms."""
    desk = open_desk(folder / "seat", Hand())
    desk.login("clerk1", PASSWORD).result()
    done = desk.import_incidents(folder / "map.toml", ImportOrder(file))
    actor = desk.seat.known().actor()
    grid = hengli().grids[0]
    took = []
    while not done.done():
        command = Command(
            verb=Verb.REPORT,
            incident=new_id(),
            source=Source.HOTLINE,
            lon=grid.lon,
            lat=grid.lat,
            grid=grid.code,
            text="演示数据",
        )
        began = time.perf_counter()
        desk.site.write(lambda log, c=command: perform(log, c, actor, desk.now())).result()  # type: ignore[misc]
        took.append((time.perf_counter() - began) * 1000)
        time.sleep(0.1)
    done.result()
    desk.site.close()
    return took


def acts(file: Path) -> None:
    """Print what an operator's act waits while this file is taken in."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "map.toml").write_text(MAPPING, encoding="utf-8")
        bodies()
        took = sorted(waited(file, Path(folder)))
    middle, late = took[len(took) // 2], took[len(took) * 95 // 100]
    print(f"an operator's act beside it, ms: {len(took)} acts", end="")
    print(f", p50 {middle:.1f}, p95 {late:.1f}, worst {took[-1]:.1f}", flush=True)


WORK = {"ours": store, "read": read, "pandas": pandas}


def child(name: str, file: str, folder: str) -> None:
    """Run one kind of work; print rows, seconds, those of the processor, most memory in MB."""
    if name == "pandas":
        importlib.import_module("pandas")
    else:
        bodies()
    began, busy = time.perf_counter(), time.process_time()
    rows = WORK[name](Path(file), Path(folder))
    took, used = time.perf_counter() - began, time.process_time() - busy
    print(rows, took, used, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def line(told: str, name: str, file: Path) -> None:
    """Run one in a process of its own and print its line."""
    if name == "pandas" and importlib.util.find_spec("pandas") is None:
        print(f"{told:<52}  SKIPPED: pandas is not installed")
        return
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "map.toml").write_text(MAPPING, encoding="utf-8")
        command = [sys.executable, "-m", "tests.bench.bench_import", "child", name]
        done = subprocess.run(
            [*command, str(file), folder], stdout=subprocess.PIPE, text=True, check=True
        )
    rows, took, used, peak = done.stdout.split()
    rates = f"{int(rows) / float(took):>10,.0f}{int(rows) / float(used):>12,.0f}"
    print(f"{told:<52}{int(rows):>10,}{float(took):>9.1f}{rates}{peak:>9}", flush=True)


def main(size: str = str(ROWS)) -> None:
    """Print the table."""
    print(f"{'':<52}{'rows':>10}{'s':>9}{'rows/s':>10}{'rows/cpu s':>12}{'peak MB':>9}")
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "calls.csv"
        if size == "gigabyte":
            for what, text, work in (("short", SHORT, "read"), ("long", LONG, "ours")):
                write(file, lambda _, size: size >= GIGABYTE, text)
                told = f"{file.stat().st_size / GIGABYTE:.2f} GB in {what} rows"
                line(f"{told}: {'stored' if work == 'ours' else 'read, mapped, keyed'}", work, file)
            return
        count = int(size)
        write(file, lambda rows, _: rows >= count, SHORT)
        line("peer: pandas read_csv + to_sql, one plain table", "pandas", file)
        line("read, mapped, GCJ-02 converted, keyed", "read", file)
        line("stored: signed events, folded, sealed, indexed", "ours", file)
        write(file, lambda rows, _: rows >= min(count, ACTS_ROWS), SHORT)
        acts(file)


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        child(*sys.argv[2:5])
    else:
        main(*sys.argv[1:2])
