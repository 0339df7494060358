"""The recount notices a change of any printed number and of any formula behind them."""

from __future__ import annotations

import functools
import signal
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import ModuleType
from typing import Final

import pytest

from dispatch.domain.calendar import DAY
from dispatch.domain.codes import Stage, State
from dispatch.domain.errors import BadInput
from dispatch.domain.measure import SPANS, Measure, condition
from dispatch.reports import (
    figure,
    figures,
    flow,
    force,
    kpi,
    lengths,
    matters,
    measures,
    orders,
    owed,
    places,
    stock,
    walk,
)
from dispatch.reports.shift_input import ShiftInput
from tests.recount.mutation import Mutant, functions, mutants
from tests.recount.test_recount import (
    DRAWN,
    VIEWS,
    Told,
    View,
    asked,
    counted,
    printed,
    shown,
    town,
)
from tests.reports.histories import TO
from tests.reports.inputs import measures as shipped

CASES = [(seed, view) for seed in (DRAWN, *range(6)) for view in range(len(VIEWS))]


CRASHES = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError),
    *(TimeoutError, RuntimeError, BadInput),
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
    "matters.matter_of: walk.cut": "the mark of a row, no number: see test_matters",
    "matters.important: case.began -> case.stands": "without a step both are the same",
    "matters.important: 'P1'": "a word, no number: see test_matters",
    "walk.walk: each.item in given.items": "special reports alone: see test_variants",
    "force.on_duty: event.corrected_at": "spans of duty are cut at the cut anyway",
    "force._days: 1 -> 2 (": "the last millisecond of a span of duty",
    "force.links: 0 -> 1": "only where every record came before it was written",
    "orders.standing: each[1]": "order of rows, no number",
    "orders.standing: 1 -> 2": "order of rows, no number",
    "orders.during: each.corrected_at": "order of rows, no number",
    "force.on_duty: event.corrected_at < walk.cut": "a mark at the cut makes no span of duty",
    "owed.promises: each.due is None -> each.due is not None": "order of rows: see test_owed",
    "owed.promises: each.due or 0 -> each.due and 0": "order of rows: see test_owed",
    "owed.promises: 0 -> 1": "order of rows: see test_owed",
    "figure.signed": "of comparisons alone: see test_variants",
    "figure.Figure.ratio: self.num": "both sides are known or neither",
    "figure.Figure.ratio: self.den": "both sides are known or neither",
    "measures.Counting.score: told.num -> told.den (line 133)": "unknown together",
    "measures._but": "made once, at the import: the changed ends are below",
    "measures.Counting.figure: name or measure.name": "a name, no number",
}
"""Changes that change no printed number, and why."""


BY_HAND: dict[figure.Form, tuple[tuple[int | None, int | None, str], ...]] = {
    "change": ((5, 40, "+12.5%"), (-3, 4, "−75.0%"), (0, 7, "0.0%"), (None, 4, "—"), (3, 0, "—")),
    "points": ((5, 1000, "+0.5 点"), (-2, 40, "−5.0 点"), (0, 7, "0.0 点"), (1, None, "—")),
}
"""Forms of comparisons, which no shift's report has: numerator, denominator, what is printed."""


def misprinted() -> bool:
    """Whether a form of comparisons prints something else than it should."""
    return any(
        figure.Figure(id="x", name="x", form=form, num=num, den=den).text != text
        for form, told in BY_HAND.items()
        for num, den, text in told
    )


def without_filing(seed: int) -> View:
    """Units have work in hand, and nothing at all was filed: a span after the drawn one."""
    return replace(town(seed), from_at=TO + 30 * DAY, to_at=TO + 31 * DAY, printed_at=TO + 31 * DAY)


@functools.cache
def idle() -> tuple[walk.Walk, Told]:
    """That report's walk, and what the recount makes of it."""
    given = without_filing(DRAWN)
    return walk.walk(asked(given)), counted(given)


def most_filed() -> set[int]:
    """What every unit's share is taken of, where nothing was filed at all."""
    told: list[int] = []

    def score(_walk: object, counting: measures.Counting, *_: object) -> figure.Figure:
        told.append(counting.given["filed_most"][0])
        return figure.Figure(id="x", name="x", form="count")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "_score", score)
        list(places.by_unit(idle()[0]))
    return set(told)


def noticed_elsewhere(mutant: Mutant) -> bool:
    """Whether a change shows in what no case of the recount has: comparisons, an idle town."""
    module = mutant.function.__module__
    with mutant.in_place(), hurried():
        try:
            if module == figure.__name__:
                return misprinted()
            if module == places.__name__:
                return most_filed() != {0}
        except CRASHES:
            return True
    return False


def test_what_is_looked_at_elsewhere_is_right_unchanged() -> None:
    seen, expected = idle()

    assert not misprinted()
    assert printed(figures.count_all(seen)) == expected
    assert {0} == most_filed()
    assert any(each.startswith("unit.") for each in expected)
    assert 0 == max(told["value"] for id_, told in expected.items() if id_.startswith("flow.new."))


def noticed(mutant: Mutant) -> bool:
    """Whether the recount disagrees with the changed report on any of the cases."""
    if noticed_elsewhere(mutant):
        return True
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


MODULES = [
    *(figure, flow, force, kpi, lengths, matters),
    *(measures, orders, owed, places, stock, walk),
]


ONE_IN: Final = 5
"""Of the changes to a module `make test` tries one in so many; `make check-long` tries all."""


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.__name__)
def test_no_changed_formula_goes_unnoticed(module: ModuleType) -> None:
    drawn = sorted(changes(module), key=lambda each: zlib.crc32(each.what.encode()))

    assert drawn
    assert_noticed(drawn[::ONE_IN])


@pytest.mark.long
@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.__name__)
def test_not_one_changed_formula_goes_unnoticed(module: ModuleType) -> None:
    assert_noticed(changes(module))


def test_every_exemption_is_of_a_formula_that_is_there() -> None:
    made = [m.what for module in MODULES for each in functions(module) for m in mutants(each)]

    assert [] == [name for name in EQUIVALENT if not any(name in what for what in made)]


def changes(module: ModuleType) -> list[Mutant]:
    """All changes to a module that change a number."""
    return [
        each
        for function in functions(module)
        for each in mutants(function)
        if not any(name in each.what for name in EQUIVALENT)
    ]


def assert_noticed(tried: list[Mutant]) -> None:
    survivors = [each.what for each in tried if not noticed(each)]
    assert not survivors, "\n".join(survivors)


def ends() -> Iterator[dict[Stage, measures.End]]:
    """The stages' ends, each with one thing changed."""
    for stage, end in measures.ENDS.items():
        for type_ in end.types:
            kept = tuple(each for each in end.types if each != type_)
            yield {**measures.ENDS, stage: replace(end, types=kept)}
        for state in sorted(end.waits):
            yield {**measures.ENDS, stage: replace(end, waits=end.waits - {state})}
        if end.first:
            yield {**measures.ENDS, stage: replace(end, first=False)}


CONSTANTS = [
    (stock, "LATE", stock.LATE - 1),
    (stock, "LATE", stock.LATE * 2),
    (lengths, "DISPOSED", lengths.DISPOSED - {State.CLOSED}),
    (lengths, "DISPOSED", lengths.DISPOSED | {State.WORK}),
    (lengths, "FEEDBACKS", ("fed_back",)),
    *((lengths, "WAITS", tuple({*lengths.WAITS} - {each})) for each in lengths.WAITS),
    *((matters, "MARKED_BY", {**matters.MARKED_BY, each: (each,)}) for each in matters.MARKED_BY),
    *((lengths, "ORDERS", tuple({*lengths.ORDERS} - {each})) for each in lengths.ORDERS),
    *((measures, "ENDS", other) for other in ends()),
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


def changed(measure: Measure) -> Iterator[Measure]:
    """Yield a definition with one word left out, or turned round, or one side left out."""
    for side in ("anchor", "den", "num", "exclude"):
        text = getattr(measure, side)
        if not text:
            continue
        if text.startswith("span:"):
            yield from (with_side(measure, side, f"span:{each}") for each in SPANS)
            continue
        yield with_side(measure, side, "")
        if text.startswith("="):
            continue
        told = condition(text, side)
        for at, words in enumerate(told):
            for place, word in enumerate(words):
                turned = (*words[:place], replace(word, no=not word.no), *words[place + 1 :])
                for other in (turned, (*words[:place], *words[place + 1 :])):
                    rest = (*told[:at], other, *told[at + 1 :])
                    new = " | ".join(" ".join(map(str, each)) for each in rest if each)
                    yield with_side(measure, side, new)


def with_side(measure: Measure, side: str, text: str) -> Measure:
    """The definition with another text on one side."""
    told = {"anchor": measure.anchor, "den": measure.den, "num": measure.num}
    told |= {"exclude": measure.exclude, side: text}
    return replace(
        measure,
        anchor=told["anchor"],
        den=told["den"],
        num=told["num"],
        exclude=told["exclude"],
    )


def told_by(measure: Measure, seed: int, view: int) -> dict[str, object]:
    return shown(kpi.counting(walked(seed, view)).figure(measure))


def test_no_changed_definition_goes_unnoticed() -> None:
    """Every word of every row of the table counts."""
    survivors = [
        f"{each.id}: {other.anchor}; {other.den}; {other.num}; {other.exclude}"
        for each in shipped()
        if not kpi.of_units(each)
        for other in changed(each)
        if other != each
        if not any(_told_otherwise(other, *case) for case in CASES)
    ]

    assert not survivors, "\n".join(survivors)


def _told_otherwise(measure: Measure, seed: int, view: int) -> bool:
    try:
        return told_by(measure, seed, view) != pair(seed, view)[1][measure.id]
    except CRASHES:
        return True
