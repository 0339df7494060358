"""The benches of a checkout: each a module of tests/bench that prints its table; run one by one."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from console.words import say
from dispatch.domain.errors import BadInput

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = "tests/bench"


@dataclass(frozen=True, slots=True)
class Bench:
    """A bench by its name: the module, its first arguments, what it measures beside what."""

    name: str
    module: str
    first: tuple[str, ...]
    about: str
    usage: str = ""
    needs: bool = False


BENCHES: Final = (
    Bench("store", "bench_store", ("append",), "append, sign, fold, index | bare SQLite inserts"),
    Bench("page", "bench_store", ("page",), "a page of 1,000 pulled events | 1,000 inserts"),
    Bench(
        *("make-store", "bench_store", ("make-store",), "a large store, written in bulk"),
        usage="FOLDER[,INCIDENTS]",
        needs=True,
    ),
    Bench("search", "bench_search", (), "search p95 by length | LIKE", "FOLDER or INCIDENTS"),
    Bench("queue", "bench_queue", (), "10,000 open, 1,000 updates/s | a sort proxy", "SECONDS"),
    Bench(
        *("palette", "bench_palette", (), "the palette, 10,000 names, a key | a plain scan"),
        usage="QUERIES",
    ),
    Bench("map", "bench_map", (), "3,201 polygons, 10,000 dots: pan, zoom | pyqtgraph"),
    Bench("hub", "bench_hub", (), "push and pull | the hub's bare database"),
    Bench(
        *("snapshot", "bench_snapshot", (), "a new site: snapshot | page by page"),
        usage="EVENTS",
    ),
    Bench("sync", "bench_sync", (), "pull, push, idle, memory | PouchDB (--peer)", "EVENTS"),
    Bench("return", "bench_return", (), "626 sites back at once | bare inserts", "SITES,EVENTS"),
    Bench("report", "bench_report", (), "reports of 200 and 2,000 incidents | two typst pages"),
    Bench(
        *("import", "bench_import", (), "a CSV of 100,000 rows, memory | pandas and to_sql"),
        usage="ROWS or gigabyte",
    ),
    Bench(
        *("objects", "bench_objects", (), "40,000 managed objects, a search | a bare LIKE"),
        usage="OBJECTS",
    ),
    Bench("faults", "bench_faults", (), "seeded runs of sites, hub and faults", "RUNS[,SEED]"),
    Bench("rolling", "bench_rolling", (), "hubs restarted in turn | none restarted", "SECONDS"),
    Bench("idle", "bench_idle", (), "a round with nothing to do | a bare GET", "ROUNDS"),
    Bench(
        *("window", "bench_window", (), "first window, first page | a bare Qt window"),
        usage="FOLDER or INCIDENTS",
    ),
)


def found(word: str, root: Path = ROOT) -> tuple[Bench, list[str]]:
    """Return the bench of NAME or NAME=ARG,ARG and its arguments, or BadInput."""
    name, _, rest = word.partition("=")
    if not (root / FOLDER).is_dir():
        raise BadInput("bench", say("只能在源码目录中运行", "runs in a checkout only"))
    for each in BENCHES:
        if each.name == name:
            if not (root / FOLDER / f"{each.module}.py").is_file():
                raise BadInput(name, say("本版本还没有这项", "is not in this version"))
            arguments = [*each.first, *(part for part in rest.split(",") if part)]
            if each.needs and not rest:
                raise BadInput(name, say(f"须写成 {name}={each.usage}", f"{name}={each.usage}"))
            return each, arguments
    raise BadInput(name, say(f"有 {names()}", f"there are {names()}"))


def names() -> str:
    """Return the names of all benches."""
    return " ".join(each.name for each in BENCHES)


def machine() -> str:
    """Return the line that belongs beside every figure: processor, cores, load, date, versions."""
    load = " ".join(f"{each:.1f}" for each in os.getloadavg()) if hasattr(os, "getloadavg") else "?"
    return (
        f"{_processor()}, {os.cpu_count()} cores, load {load}, {datetime.now(UTC):%Y-%m-%d %H:%M}Z,"
        f" Python {platform.python_version()}, {platform.system()} {platform.release()}{_commit()}"
    )


def _processor() -> str:
    try:
        rows = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    models = [row.partition(":")[2].strip() for row in rows if row.startswith("model name")]
    return models[0] if models else platform.machine()


def _commit() -> str:
    try:
        done = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607 - the developer's own git
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return f", {done.stdout.strip()}" if done.returncode == 0 else ""


def run(module: str, arguments: list[str], shown: Callable[[str], object]) -> list[str]:
    """Run a bench in a process of its own; each line goes to `shown` and is returned at the end.

    A bench that ends badly is a BadInput that carries its last word.
    """
    command = [sys.executable, "-m", f"tests.bench.{module}", *arguments]
    lines: list[str] = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603 - our own module
        for line in _lines(child):
            shown(line)
            lines.append(line)
        code = child.wait()
    if code:
        raise BadInput(module, say(f"以 {code} 结束", f"ended with {code}"))
    return lines


def _lines(child: subprocess.Popen[str]) -> Iterator[str]:
    if child.stdout is not None:
        for line in child.stdout:
            yield line.rstrip("\n")


def as_markdown(parts: list[tuple[str, list[str]]], told: str) -> str:
    """Return the page of figures: machine first, a section a bench with its command."""
    page = [
        "# Figures",
        "",
        "Measured by `zhiwang bench`; each beside its peer or floor.",
        "",
        told,
    ]
    for word, lines in parts:
        page += ["", f"## {word.partition('=')[0]}", f"`zhiwang bench {word}`", "", "```"]
        page += [*lines, "```"]
    return "\n".join(page) + "\n"
