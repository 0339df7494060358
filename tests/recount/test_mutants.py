"""The recount notices a change of any printed number and of any formula behind them."""

from __future__ import annotations

import functools
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import ModuleType

import pytest

from dispatch.domain.codes import State
from dispatch.reports import figure, figures, flow, kpi, matters, walk
from dispatch.reports.shift_input import ShiftInput
from tests.recount.mutation import Mutant, functions, mutants
from tests.recount.test_recount import DRAWN, VIEWS, Told, asked, counted, printed

CASES = [(seed, view) for seed in (DRAWN, *range(6)) for view in range(len(VIEWS))]


CRASHES = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError),
    *(TimeoutError, RuntimeError),
)
HURRY_S = 5.0


@contextmanager
def hurried() -> Iterator[None]:
    """Stop a change that made a loop endless, by the process's own time."""

    def stop(*_: object) -> None:
        raise TimeoutError

    kept = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, HURRY_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, kept)


@functools.cache
def pair(seed: int, view: int) -> tuple[ShiftInput, Told]:
    """The report's input and what the recount makes of the same bytes."""
    given = VIEWS[view](seed)
    return asked(given), counted(given)


@functools.cache
def walked(seed: int, view: int) -> walk.Walk:
    return walk.walk(pair(seed, view)[0])


def made(seed: int, view: int, *, anew: bool) -> Told:
    """The report's numbers; `anew`: with the walk through the facts made again."""
    whole = walk.walk(pair(seed, view)[0]) if anew else walked(seed, view)
    return printed(figures.count_all(whole))


EQUIVALENT = {
    "walk.Case.id: self.known -> self.now": "both are the same incident",
    "matters.Matter.rank": "order of rows, no number: see test_matters",
    "matters._matter: walk.cut": "the mark of a row, no number: see test_matters",
    "matters.important: case.began -> case.stands": "without a step both are the same",
    "matters.important: 'P1'": "a word, no number: see test_matters",
}
"""Changes that change no printed number, and why."""


def noticed(mutant: Mutant) -> bool:
    """Whether the recount disagrees with the changed report on any of the cases."""
    anew = mutant.function.__module__ == walk.__name__
    for seed, view in CASES:
        expected = pair(seed, view)[1]
        with mutant.in_place(), hurried():
            try:
                told = made(seed, view, anew=anew)
            except CRASHES:
                return True
        if told != expected:
            return True
    return False


@pytest.mark.parametrize("module", [figure, flow, kpi, matters, walk], ids=lambda m: m.__name__)
def test_no_changed_formula_goes_unnoticed(module: ModuleType) -> None:
    survivors = [
        each.what
        for function in functions(module)
        for each in mutants(function)
        if not any(name in each.what for name in EQUIVALENT) and not noticed(each)
    ]

    assert not survivors, "\n".join(survivors)


CONSTANTS = [
    (kpi, "SATISFIED", kpi.SATISFIED - 1),
    (kpi, "SATISFIED", kpi.SATISFIED + 1),
    (kpi, "LATE", kpi.LATE - 1),
    (kpi, "LATE", kpi.LATE * 2),
    (kpi, "DISPOSED", kpi.DISPOSED - {State.CLOSED}),
    (kpi, "DISPOSED", kpi.DISPOSED | {State.WORK}),
    (kpi, "AT_WORK", kpi.AT_WORK - {State.WORK}),
    *((kpi, "CHECKS", tuple({*kpi.CHECKS} - {each})) for each in kpi.CHECKS),
    *((kpi, "REWORKS", tuple({*kpi.REWORKS} - {each})) for each in kpi.REWORKS),
    *((matters, "MARKS", tuple({*matters.MARKS} - {each})) for each in matters.MARKS),
    *((flow, "SOURCES", tuple({*flow.SOURCES} - {each})) for each in flow.SOURCES),
    *((flow, "PRIORITIES", tuple({*flow.PRIORITIES} - {each})) for each in flow.PRIORITIES),
    *(
        (flow, "ROWS", {**flow.ROWS, name: replace(row, before=row.after, after=row.before)})
        for name, row in flow.ROWS.items()
    ),
    (flow, "BINS", flow.BINS - 12),
]


@pytest.mark.parametrize(("module", "name", "value"), CONSTANTS)
def test_no_changed_constant_goes_unnoticed(
    module: ModuleType, name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = {case: pair(*case)[1] for case in CASES}
    monkeypatch.setattr(module, name, value)

    assert any(_differs(case, told) for case, told in expected.items())


def _differs(case: tuple[int, int], expected: Told) -> bool:
    try:
        return made(*case, anew=False) != expected
    except CRASHES:
        return True
