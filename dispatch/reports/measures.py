"""Counting what a definition says: every rate of the report comes from a row of the table."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from dispatch.domain import measure as words
from dispatch.domain.codes import PUBLIC, Stage, State
from dispatch.domain.decide_city import on_time_by_city
from dispatch.domain.errors import BadInput
from dispatch.domain.event import Event
from dispatch.domain.incident import Incident
from dispatch.domain.measure import Condition, Measure, Shape, Word
from dispatch.reports.figure import Figure, count, mean, ninetieth
from dispatch.reports.lengths import DISPOSED, FEEDBACKS, SPANS, last_order
from dispatch.reports.walk import Case, Walk

AT_WORK: Final = frozenset({State.REPORTED, State.VERIFY, State.FILED, State.SENT, State.WORK})
ENDED: Final = frozenset({State.CLOSED, State.VOID, State.MERGED})


@dataclass(frozen=True, slots=True)
class End:
    """What ends a stage: the last standing fact of these types, or the first of them.

    It counts in `states`; in `waits` it is still to come.
    """

    types: tuple[str, ...]
    states: frozenset[State]
    waits: frozenset[State]
    first: bool = False


def _but(*states: State) -> frozenset[State]:
    return frozenset(State) - set(states)


S = State
ENDS: Final[Mapping[Stage, End]] = {
    Stage.ACCEPT: End(("filed",), _but(), frozenset(), first=True),
    Stage.VERIFY: End(("verified",), _but(S.VERIFY), frozenset({S.VERIFY})),
    Stage.DISPATCH: End(("dispatched",), _but(S.REPORTED, S.VERIFY, S.FILED), frozenset({S.FILED})),
    Stage.SIGN_IN: End(
        ("signed",), _but(S.REPORTED, S.VERIFY, S.FILED, S.SENT), frozenset({S.SENT})
    ),
    Stage.DISPOSAL: End(FEEDBACKS, DISPOSED, AT_WORK),
    Stage.CHECK: End(("inspected_pass", "inspected_fail"), _but(S.DONE), frozenset({S.DONE})),
    Stage.VISIT: End(("called_back",), _but(), frozenset()),
    Stage.CLOSE: End(("closed",), frozenset({S.CLOSED}), _but(*ENDED)),
}
"""When a stage is over, and when it is still to come."""

Given = Mapping[str, tuple[int, tuple[str, ...]]]
"""Numbers that do not come from incidents, by name, with the ids behind them."""


@dataclass(frozen=True, slots=True)
class Counting:
    """Measures over some of a shift's cases, which are known and lie here at the cut."""

    walk: Walk
    cases: tuple[tuple[Case, Incident], ...]
    given: Given

    def figure(self, measure: Measure, id_: str = "", name: str = "") -> Figure:
        """Return a measure's number; a score needs `score`."""
        id_, name = id_ or measure.id, name or measure.name
        match measure.shape:
            case Shape.MEAN | Shape.P90 | Shape.CASES:
                return self._length(measure, id_, name)
            case Shape.COUNT:
                return count(id_, name, (case.id for case, _ in self._part(measure)))
            case _:
                return self._rate(measure, id_, name)

    def _length(self, measure: Measure, id_: str, name: str) -> Figure:
        found = list(SPANS[words.span(measure.num, measure.id)](self.walk, self.cases))
        if measure.shape is Shape.MEAN:
            return mean(id_, name, found)
        if measure.shape is Shape.P90:
            return ninetieth(id_, name, found)
        return count(id_, name, (each for each, _ in found))

    def _rate(self, measure: Measure, id_: str, name: str) -> Figure:
        num = self._side(measure.num, self._part(measure), measure.id)
        den = self._side(measure.den, self._whole(measure), measure.id)
        return Figure(
            id=id_,
            name=name,
            form="percent" if measure.shape is Shape.PERCENT else "ratio",
            num=num[0] if num else None,
            den=den[0] if den else None,
            ids=num[1] if num else (),
            of=den[1] if den else (),
        )

    def _side(
        self, text: str, found: Iterator[tuple[Case, Incident]], where: str
    ) -> tuple[int, tuple[str, ...]] | None:
        """Return one side of a rate: a given number, or the cases found."""
        name = words.given(text, where)
        if name is not None:
            return self.given.get(name)
        ids = tuple(sorted(case.id for case, _ in found))
        return len(ids), ids

    def _whole(self, measure: Measure) -> Iterator[tuple[Case, Incident]]:
        """The cases of the period that a measure is about."""
        anchor, out = _condition(measure.anchor), _condition(measure.exclude)
        den = () if measure.den.startswith("=") else _condition(measure.den)
        for case, now in self.cases:
            left_out = bool(out) and holds(self.walk, now, out)
            if holds(self.walk, now, anchor) and holds(self.walk, now, den) and not left_out:
                yield case, now

    def _part(self, measure: Measure) -> Iterator[tuple[Case, Incident]]:
        """Those of them that its numerator counts."""
        num = () if measure.num.startswith("=") else _condition(measure.num)
        for case, now in self._whole(measure):
            if holds(self.walk, now, num):
                yield case, now

    def score(self, measure: Measure, known: Mapping[str, Measure], id_: str) -> Figure:
        """Return a score's points; unknown where one of its rates has nothing to count by."""
        total, unknown = Fraction(0), False
        for term in words.terms(measure.num, measure.id):
            told = self.figure(known[term.measure])
            if told.num is None or not told.den:
                unknown = True
                continue
            share = Fraction(told.num, told.den)
            total += term.weight * (1 - share if term.less else share)
        return Figure(
            id=id_,
            name=measure.name,
            form="ratio",
            num=None if unknown else total.numerator,
            den=None if unknown else total.denominator,
            ids=tuple(sorted(case.id for case, _ in self.cases)),
        )


@functools.cache
def _condition(text: str) -> Condition:
    return words.condition(text, text)


def holds(walk: Walk, now: Incident, told: Condition) -> bool:
    """Return whether a condition holds for an incident at the cut."""
    return not told or any(all(says(walk, now, word) for word in each) for each in told)


def says(walk: Walk, now: Incident, word: Word) -> bool:
    """Return whether one word holds."""
    return _meant(walk, now, word) is not word.no


def _meant(walk: Walk, now: Incident, word: Word) -> bool:
    """The word without its `!`."""
    match word.name:
        case "had":
            return any(e.type == word.arg and now.lives(e) and walk.during(e) for e in now.facts)
        case "ever":
            return now.latest(word.arg) is not None
        case "is":
            return now.state == word.arg
        case "from":
            return now.source == word.arg
        case "public":
            return now.source in PUBLIC
        case "level":
            return now.priority == word.arg
        case "grade":
            return word.arg == _grade(now)
        case _:
            return _staged(walk, now, word.name, Stage(word.arg))


def _staged(walk: Walk, now: Incident, name: str, stage: Stage) -> bool:
    """A word about a stage."""
    fact, limit = ended(now, stage), now.limit(stage)
    match name:
        case "due":
            return limit is not None and walk.from_at <= limit.due < walk.cut
        case "ended":
            return fact is not None and walk.during(fact)
        case "done":
            return fact is not None
        case "waits":
            return now.state in ENDS[stage].waits
        case "kept":
            return kept(now, stage)
        case "own":
            return _own(now)
        case _:
            raise BadInput("指标", f"不认识的条件“{name}”")


def ended(now: Incident, stage: Stage) -> Event | None:
    """Return the fact that ended a stage, or None."""
    end = ENDS[stage]
    if now.state not in end.states:
        return None
    if not end.first:
        return now.latest(*end.types)
    found = [each for each in now.facts if each.type in end.types and now.lives(each)]
    return min(found, key=lambda each: each.corrected_at, default=None)


def kept(now: Incident, stage: Stage) -> bool:
    """Return whether a stage was over before its limit was."""
    fact, limit = ended(now, stage), now.limit(stage)
    if fact is not None and fact.type == "city_done":
        # The town's clock stopped when the city took over: what it had left then decides.
        return on_time_by_city(now)
    return fact is not None and (limit is None or fact.corrected_at <= limit.due)


def _own(now: Incident) -> bool:
    """In time; or, passed on, as quick as a unit may be that has the whole limit."""
    fed, limit = ended(now, Stage.DISPOSAL), now.limit(Stage.DISPOSAL)
    if fed is None or limit is None or kept(now, Stage.DISPOSAL):
        return fed is not None
    types, length = last_order(now, fed)
    return "reassigned" in types and length is not None and length <= limit.due - limit.start


def _grade(now: Incident) -> str | None:
    """The grade of the last call-back, `none` where nobody was reached; None without one."""
    called = ended(now, Stage.VISIT)
    if called is None:
        return None
    grade = getattr(called.body, "grade", None)
    return "none" if grade is None else str(grade)
