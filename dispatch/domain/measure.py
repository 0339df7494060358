"""What a rate counts, as data: a row of words from a closed vocabulary, with version and text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dispatch.domain.codes import Priority, Source, Stage, State
from dispatch.domain.errors import BadInput
from dispatch.domain.types import TYPES


class Shape(StrEnum):
    """How a measure is counted and printed.

    percent and ratio: numerator / denominator; count: the numerator alone; mean, p90 and cases:
    over lengths of time; score: weights times other measures.
    """

    PERCENT = "percent"
    RATIO = "ratio"
    COUNT = "count"
    MEAN = "mean"
    P90 = "p90"
    CASES = "cases"
    SCORE = "score"


class Better(StrEnum):
    """Which way is better; a score takes 1 - rate of what is better low."""

    HIGH = "high"
    LOW = "low"
    NEITHER = "-"


STAGES: Final = (
    Stage.ACCEPT,
    Stage.VERIFY,
    Stage.DISPATCH,
    Stage.SIGN_IN,
    Stage.DISPOSAL,
    Stage.CHECK,
    Stage.VISIT,
    Stage.CLOSE,
)
GRADES: Final = ("1", "2", "3", "4", "5", "none")
SPANS: Final = ("accept", "dispatch", "dispose")
GIVEN: Final = (
    *("workers_due", "workers_present", "worker_days"),
    *("objects_due", "objects_checked", "grids_due", "grids_manned", "filed_most"),
    *("due_objects", "seen_objects", "all_grids", "tracked_grids"),
)
"""Numbers that do not come from incidents; `filed_most`: the most filed for any one unit.

`objects_*` are places of checks that were sent out, `*_objects` managed objects on their days.
"""

WORDS: Final[Mapping[str, frozenset[str]]] = {
    "had": frozenset(TYPES),
    "ever": frozenset(TYPES),
    "is": frozenset(State),
    "from": frozenset(Source),
    "level": frozenset(Priority),
    "due": frozenset(STAGES),
    "ended": frozenset(STAGES),
    "done": frozenset(STAGES),
    "waits": frozenset(STAGES) - {Stage.ACCEPT, Stage.VISIT},
    "kept": frozenset(STAGES),
    "own": frozenset({Stage.DISPOSAL}),
    "grade": frozenset(GRADES),
    "public": frozenset({""}),
}
"""Every word and what may stand after its colon.

had:T a standing fact of type T lies in the period; ever:T one lies before the cut; is:S the state
at the cut; due:G the limit of stage G ends in the period; ended:G the act that ends the stage
lies in the period; done:G there is one; waits:G it is still to come; kept:G it came in time;
own:G it came in the unit's own time.
"""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a condition: `!name:arg`."""

    name: str
    arg: str = ""
    no: bool = False

    def __str__(self) -> str:
        """Return the word as it is written."""
        return f"{'!' if self.no else ''}{self.name}{f':{self.arg}' if self.arg else ''}"


Condition = tuple[tuple[Word, ...], ...]
"""Any of these in which every word holds; empty: always."""


@dataclass(frozen=True, slots=True)
class Term:
    """So many points for a measure's rate, or for 1 - rate."""

    weight: int
    measure: str
    less: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One definition. The incidents of a period: `anchor` and `den` hold, `exclude` does not.

    The numerator are those of them for which `num` holds. `=name` stands for a given number,
    `span:name` for a length of time, and a score's `num` for its terms.
    """

    id: str
    version: int
    name: str
    shape: Shape
    anchor: str
    den: str
    num: str
    exclude: str
    better: Better
    text: str


NEEDED: Final = (
    *("kpi.disposed", "kpi.on_time", "kpi.rework", "kpi.satisfied", "kpi.unreached"),
    *("urgent.accepted", "force.workers", "force.grids", "force.coverage"),
    *(f"time.{what}.{span}" for what in ("mean", "p90", "count") for span in SPANS),
    *("kpi.own_on_time", "score.A", "score.B"),
)
"""Measures that have their own place on a page."""

_WORD: Final = re.compile(r"(!?)([a-z]+)(?::([A-Za-z0-9_]+))?")
_TERM: Final = re.compile(r"(\d{1,3})\*(\(1-)?([a-z0-9_.]+)(\))?")
WHOLE: Final = 100
"""The points of a score."""


def condition(text: str, where: str) -> Condition:
    """Read `a b:c !d | e`; an unknown word is a BadInput."""
    if not text.strip():
        return ()
    return tuple(tuple(_words(each, where)) for each in text.split("|"))


def _words(text: str, where: str) -> Iterator[Word]:
    if not text.split():
        raise BadInput(where, "“|”两边都要有条件")
    for part in text.split():
        found = _WORD.fullmatch(part)
        name, arg = (found[2], found[3] or "") if found else (part, "")
        if name not in WORDS or arg not in WORDS[name]:
            raise BadInput(where, f"不认识的条件“{part}”")
        yield Word(name, arg, no=part.startswith("!"))


def given(text: str, where: str) -> str | None:
    """Return the name of a given number, None where the text is a condition."""
    if not text.startswith("="):
        return None
    if text[1:] not in GIVEN:
        raise BadInput(where, f"不认识的给定数“{text}”")
    return text[1:]


def span(text: str, where: str) -> str:
    """Return which length of time is meant."""
    head, _, name = text.partition(":")
    if head != "span" or name not in SPANS:
        raise BadInput(where, f"不认识的时长“{text}”；可用 {'、'.join(SPANS)}")
    return name


def terms(text: str, where: str) -> tuple[Term, ...]:
    """Read `60*kpi.a + 10*(1-kpi.b)`."""
    made = []
    for part in text.split(" + "):
        found = _TERM.fullmatch(part.strip())
        if found is None or bool(found[2]) != bool(found[4]):
            raise BadInput(where, f"评分项“{part}”应写成 60*kpi.x 或 10*(1-kpi.y)")
        made.append(Term(int(found[1]), found[3], less=bool(found[2])))
    return tuple(made)


def checked(rows: Iterable[Measure], where: str = "指标") -> tuple[Measure, ...]:
    """Return the rows, or a BadInput for what could not be counted or would count wrongly."""
    found: dict[str, Measure] = {}
    for each in rows:
        if not each.id or each.id in found:
            raise BadInput(where, f"指标“{each.id}”出现两次" if each.id else "指标没有代码")
        if not (each.name and each.text) or each.version < 1:
            raise BadInput(f"{where} {each.id}", "名称、定义不能空，版本从 1 起")
        found[each.id] = each
    missing = [each for each in NEEDED if each not in found]
    if missing:
        raise BadInput(where, f"缺少报告要用的指标 {missing[0]}")
    for each in found.values():
        _check(each, found, f"{where} {each.id}")
    return tuple(found.values())


def _check(each: Measure, known: Mapping[str, Measure], where: str) -> None:
    for text in (each.anchor, each.exclude):
        condition(text, where)
    match each.shape:
        case Shape.SCORE:
            _check_score(terms(each.num, where), known, where)
        case Shape.MEAN | Shape.P90 | Shape.CASES:
            span(each.num, where)
        case Shape.PERCENT | Shape.RATIO | Shape.COUNT:
            for text in (each.den, each.num):
                if given(text, where) is None:
                    condition(text, where)


def _check_score(parts: tuple[Term, ...], known: Mapping[str, Measure], where: str) -> None:
    """Every rate once, 100 points in all, and none that rewards what is worse."""
    names = [each.measure for each in parts]
    for part in parts:
        rate = known.get(part.measure)
        if rate is None or rate.shape is not Shape.PERCENT:
            raise BadInput(where, f"没有比率指标“{part.measure}”")
        if names.count(part.measure) > 1:
            raise BadInput(where, f"“{part.measure}”计了两次")
        if part.less != (rate.better is Better.LOW):
            rule = "越低越好，应写 1-" if rate.better is Better.LOW else "不是越低越好，不能写 1-"
            raise BadInput(where, f"“{part.measure}”{rule}")
    if sum(each.weight for each in parts) != WHOLE:
        raise BadInput(where, f"各项权重合计应为 {WHOLE}")
