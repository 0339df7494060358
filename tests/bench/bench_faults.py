"""Many seeded runs of sites and hub in which everything goes wrong; a table of faults at the end.

Not a figure beside a peer: the bar is that nothing is broken. The smallest failing program is
told as a story. Run: python -m tests.bench.bench_faults [runs] [first seed] [processes] [1: files]
"""

from __future__ import annotations

import resource
import sys
import time

from dispatch.drill.faults.program import FAULTS, drawn
from dispatch.drill.faults.runs import Tally, many, tried
from dispatch.drill.faults.shrink import shrunk, story

RUNS = 300
PROCESSES = 2
BAR = 30


def table(tally: Tally) -> list[str]:
    """Return a line a fault: runs with it, how often it happened and mattered, runs it broke."""
    rows = [f"{'fault':<14}{'runs':>8}{'happened':>10}{'mattered':>10}{'broken':>8}"]
    for name in FAULTS:
        counts = f"{tally.met.happened[name]:>10}{tally.met.mattered[name]:>10}"
        rows.append(f"{name:<14}{tally.with_fault[name]:>8}{counts}{tally.broken_with[name]:>8}")
    return rows


def main(runs: int = RUNS, first: int = 0, processes: int = PROCESSES, files: int = 0) -> int:
    """Run and print; the exit code says whether anything broke."""
    begin = time.monotonic()
    last = 0

    def shown(tally: Tally) -> None:
        nonlocal last
        done = BAR * tally.runs // runs
        if done > last or tally.runs == runs:
            last = done
            rate = tally.runs / (time.monotonic() - begin)
            bar = "#" * done + "." * (BAR - done)
            broken = sum(tally.broken.values())
            line = f"[{bar}] {tally.runs}/{runs}  {rate:.1f}/s  broken {broken}"
            print(line, file=sys.stderr, flush=True)

    tally = many(range(first, first + runs), processes, shown, files=bool(files))
    took = time.monotonic() - begin
    told = f"{runs} runs, seeds {first} to {first + runs - 1}, {took:.0f} s"
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    each = (used.ru_utime + used.ru_stime) / runs
    print(f"{told} in {processes} processes, {each:.2f} s of a processor each")
    print(f"{tally.events} events on the hub; longest way to quiet {tally.longest_quiet_ms} ms")
    print(f"broken: {dict(tally.broken) or 'none'}")
    print("\n".join(table(tally)))
    if files:
        print("on this machine's disk; the write-ahead log is a copy cut at a byte, under no VFS")
    print("relay and file bundles: not in these runs")
    for seed in tally.failed[:1]:
        print("\n".join(["", *story(shrunk(tried(drawn(seed)), tried))]))
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
