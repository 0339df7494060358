"""Many runs, one seed each, in several processes."""

from __future__ import annotations

import gc
import logging
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from dispatch.domain.errors import ZhiwangError
from dispatch.drill.faults.met import Met
from dispatch.drill.faults.program import FAULTS, Program, drawn
from dispatch.drill.faults.shrink import kind_of
from dispatch.drill.faults.world import Outcome, run

PIECE: Final = 20
"""Runs handed to a process at once."""
_DEFECTS: Final = (
    ZhiwangError,
    SQLAlchemyError,
    sqlite3.Error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


@dataclass(slots=True)
class Tally:
    """What many runs came to: counts of runs, events, broken invariants, faults met."""

    runs: int = 0
    events: int = 0
    longest_quiet_ms: int = 0
    broken: Counter[str] = field(default_factory=Counter)
    with_fault: Counter[str] = field(default_factory=Counter)
    met: Met = field(default_factory=Met)
    broken_with: Counter[str] = field(default_factory=Counter)
    failed: list[int] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Count one run in."""
        kind = kind_of(outcome)
        self.runs += 1
        self.events += outcome.events
        self.longest_quiet_ms = max(self.longest_quiet_ms, outcome.quiet_ms)
        self.met.join(outcome.met)
        faults = {step.what for step in outcome.program.steps if step.what in FAULTS}
        self.with_fault.update(faults)
        if kind:
            self.broken[kind] += 1
            self.broken_with.update(faults)
            self.failed.append(outcome.program.seed)

    def join(self, other: Tally) -> None:
        """Count others in."""
        self.runs += other.runs
        self.events += other.events
        self.longest_quiet_ms = max(self.longest_quiet_ms, other.longest_quiet_ms)
        self.broken += other.broken
        self.with_fault += other.with_fault
        self.met.join(other.met)
        self.broken_with += other.broken_with
        self.failed += other.failed


def tried(program: Program, *, files: bool = False) -> Outcome:
    """Run a program; whatever the product throws is a broken run, not the end of all runs."""
    try:
        return run(program, files=files)
    except _DEFECTS as error:
        return Outcome(program, [f"defect {type(error).__name__}: {error}"])


def piece(seeds: range, *, files: bool = False) -> Tally:
    """Run the programs of some seeds, in this process; its log tells of errors alone meanwhile."""
    log, tally = logging.getLogger("dispatch"), Tally()
    level = log.level
    log.setLevel(logging.ERROR)
    gc.disable()  # a run leaves little in circles, and looking for it takes a tenth of the time
    try:
        for seed in seeds:
            tally.add(tried(drawn(seed), files=files))
    finally:
        log.setLevel(level)  # whoever goes on in this process hears its warnings again
        gc.enable()
        gc.collect()
    return tally


def many(
    seeds: range, processes: int, shown: Callable[[Tally], None], *, files: bool = False
) -> Tally:
    """Run the programs of many seeds; `shown` is told after each piece.

    `files`: real SQLite files on the machine's disk, and the store's own threads.
    """
    total = Tally()
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        for found in pool.map(partial(piece, files=files), _pieces(seeds)):
            total.join(found)
            shown(total)
    return total


def _pieces(seeds: range) -> Iterator[range]:
    for start in range(seeds.start, seeds.stop, PIECE):
        yield range(start, min(start + PIECE, seeds.stop))
