"""The shift report of 200 and 2,000 incidents, beside typst on two pages of nothing.

`python -m tests.bench.bench_report`; bars of the design: 200 in 10 s, 2,000 in 60 s.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import typst

from dispatch.reports.issue import make_report, preview
from tests.reports.busy_day import busy_day
from tests.reports.inputs import report_of

RUNS = 5
SIZES = (200, 2_000)
NOTHING = b'#set page(paper: "a4")\nOne.\n#pagebreak()\nTwo.\n'


def seconds(work: Callable[[], object], runs: int = RUNS) -> tuple[float, float]:
    """Return the median and the longest of some runs, after one that is not counted."""
    work()
    found = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return statistics.median(found), max(found)


def row(what: str, took: tuple[float, float], more: str = "") -> None:
    """Print one line of the table."""
    print(f"{what:<44}{took[0]:>10.3f}{took[1]:>10.3f}  {more}")


def main() -> None:
    """Print the table."""
    print(f"{'':<44}{'median s':>10}{'longest':>10}")
    floor = seconds(lambda: typst.compile(NOTHING, format="pdf"))
    row("floor: typst, two trivial pages", floor)
    for size in SIZES:
        given = report_of(busy_day(size))
        facts = sum(len(each.facts) for each in given.incidents)
        about = f"{len(given.incidents):,} incidents, {facts:,} facts"
        row(f"{size:,}: every figure", seconds(partial(preview, given)), about)
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder)
            row(f"{size:,}: figures.json", seconds(partial(make_report, given, out, ())))
            row(f"{size:,}: and CSV", seconds(partial(make_report, given, out, ("csv",))))
            took = seconds(partial(make_report, given, out, ("pdf", "csv")))
            pdf = next(out.glob("*.pdf"))
            kilobytes = pdf.stat().st_size // 1024
            row(f"{size:,}: and PDF", took, f"{kilobytes:,} KiB, {took[0] / floor[0]:.1f} x floor")


if __name__ == "__main__":
    main()
