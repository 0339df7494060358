"""From a program that fails to the smallest one that still does, and its story."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from dispatch.drill.faults.program import Program
from dispatch.drill.faults.world import Outcome, run

MOST_TRIES: Final = 150


def kind_of(outcome: Outcome) -> str:
    """Return which invariant broke first; empty when all held."""
    return outcome.problems[0].partition(" ")[0] if outcome.problems else ""


def shrunk(first: Outcome, run_: Callable[[Program], Outcome] = run) -> Outcome:
    """Leave out whatever the same invariant breaks without; takes up to `MOST_TRIES` runs."""
    best, wanted, tries = first, kind_of(first), 0
    better = True
    while better and tries < MOST_TRIES:
        better = False
        for smaller in _smaller(best.program):
            tries += 1
            if tries > MOST_TRIES:
                break
            found = run_(smaller)
            if kind_of(found) == wanted:
                best, better = found, True
                break
    return best


def _smaller(program: Program) -> Iterator[Program]:
    """Half of the steps, a quarter … one step less; then plainer sizes, then fewer sites."""
    steps = program.steps
    size = len(steps)
    while size > 1:
        size = (size + 1) // 2
        for start in range(0, len(steps), size):
            yield replace(program, steps=(*steps[:start], *steps[start + size :]))
        if size == 1:
            break
    if len(steps) == 1:
        yield replace(program, steps=())
    if (program.push, program.pull) != (500, 200):
        yield replace(program, push=500, pull=200)
    if program.late:
        yield replace(program, late=0)
    needed = max((step.site for step in steps), default=0) + 1
    for sites in range(max(1, needed), program.sites):
        yield replace(program, sites=sites)


def story(outcome: Outcome) -> list[str]:
    """Return what happened, line by line, and what was wrong at the end."""
    program = outcome.program
    sizes = f"每次最多送 {program.push} 条、收 {program.pull} 条"
    head = f"种子 {program.seed}：{program.sites} 个站点，{sizes}"
    return [head, *outcome.story, "结果：", *(f"  {each}" for each in outcome.problems)]
