"""An incident over the shift: where it stood at its beginning, each step, where it stands.

A fact counts at its corrected time, whenever it came to be known. The step at an instant is what
the fold of all facts up to it makes of the incident.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from dispatch.domain import freeze, modes
from dispatch.domain.bodies_town import ResponseSet, SignalSet
from dispatch.domain.codes import State
from dispatch.domain.collide import read
from dispatch.domain.event import Event
from dispatch.domain.fold import fold
from dispatch.domain.incident import Incident
from dispatch.domain.modes import Modes
from dispatch.reports.shift_input import ShiftInput


class Standing(StrEnum):
    """Whether an incident is in the stock, and if not, why."""

    ABSENT = "absent"
    OPEN = "open"
    CLOSED = "closed"
    VOID = "void"
    MERGED = "merged"
    ELSEWHERE = "elsewhere"


_ENDS = {
    State.CLOSED: Standing.CLOSED,
    State.VOID: Standing.VOID,
    State.MERGED: Standing.MERGED,
}


@dataclass(frozen=True, slots=True)
class Step:
    """At `at` an incident went from one standing to another."""

    at: int
    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True)
class Case:
    """An incident as the report sees it.

    `before` is folded from the facts before the shift, `now` from those before the cut; None when
    there are none; limits that stood still are moved on as they were shown at those instants.
    `known` holds every fact known here.
    """

    known: Incident
    before: Incident | None
    now: Incident | None
    began: Standing
    stands: Standing
    steps: tuple[Step, ...]

    @property
    def id(self) -> str:
        """The incident's id."""
        return self.known.id


@dataclass(frozen=True, slots=True)
class Walk:
    """All cases of a shift, in order of id."""

    given: ShiftInput
    cases: tuple[Case, ...]

    @property
    def from_at(self) -> int:
        """The shift's beginning."""
        return self.given.shift.from_at

    @property
    def cut(self) -> int:
        """The instant up to which facts count."""
        return self.given.cut

    def during(self, event: Event) -> bool:
        """Return whether a fact happened in the shift, as far as it counts."""
        return self.from_at <= event.corrected_at < self.cut

    def present(self) -> Iterator[tuple[Case, Incident]]:
        """Yield the cases known and lying here at the cut, with how they stand then."""
        for case in self.cases:
            if case.now is not None and case.stands is not Standing.ELSEWHERE:
                yield case, case.now

    def open(self) -> Iterator[tuple[Case, Incident]]:
        """Yield the cases in the stock at the cut, with how they stand then."""
        for case, now in self.present():
            if case.stands is Standing.OPEN:
                yield case, now


def villages(walk: Walk) -> tuple[str, ...]:
    """Return the villages of the scope and those that cases lie in."""
    seen = {now.village for _, now in walk.present() if now.village}
    here = walk.given.scope.code
    return tuple(
        sorted(seen | {each for each in walk.given.names.villages if each.startswith(here)})
    )


def walk(given: ShiftInput) -> Walk:
    """Return the shift's cases."""
    village = given.scope.code if given.scope.level == "village" else None
    cases = [
        _case(each, given.shift.from_at, given.cut, village)
        for each in sorted(given.incidents, key=lambda each: each.id)
        if not given.items or each.item in given.items
    ]
    return Walk(given, tuple(_put_off(given, cases)))


def ordered(given: ShiftInput, until: int) -> Modes:
    """Return the town's signals and responses as the orders before an instant make them."""
    return modes.fold(
        each
        for each in given.records
        if isinstance(each.body, SignalSet | ResponseSet) and each.corrected_at < until
    )


def _put_off(given: ShiftInput, cases: Iterable[Case]) -> Iterator[Case]:
    """Move on the limits that stood still, as they were shown at the beginning and at the cut."""
    from_at, cut = given.shift.from_at, given.cut
    then, now = ordered(given, from_at), ordered(given, cut)
    for case in cases:
        yield replace(
            case,
            before=case.before and freeze.view(case.before, then, from_at, given.calendar),
            now=case.now and freeze.view(case.now, now, cut, given.calendar),
        )


def _case(known: Incident, from_at: int, cut: int, village: str | None) -> Case:
    before, began = _at(known, from_at, village)
    now, stands = _at(known, cut, village)
    return Case(known, before, now, began, stands, tuple(_steps(known, from_at, cut, village)))


def _fold(known: Incident, until: int) -> Incident | None:
    """Fold the facts before an instant."""
    facts = [event for event in known.facts if event.corrected_at < until]
    if len(facts) == len(known.facts):
        return known
    return fold(facts) if facts else None


def _at(known: Incident, until: int, village: str | None) -> tuple[Incident | None, Standing]:
    """The incident before an instant, and the last standing that its facts had given by then."""
    incident = _fold(known, until)
    standing = _standing(incident, village)
    cut = until
    while standing is None:
        earlier = [e.corrected_at for e in known.facts if e.corrected_at < cut]
        if not earlier:
            return incident, Standing.ABSENT
        cut = max(earlier)
        standing = _standing(_fold(known, cut), village)
    return incident, standing


def _standing(incident: Incident | None, village: str | None) -> Standing | None:
    """None where the facts give no state."""
    if incident is None or incident.state is None:
        return None
    if village is not None and incident.village != village:
        return Standing.ELSEWHERE
    return _ENDS.get(incident.state, Standing.OPEN)


def _steps(known: Incident, from_at: int, cut: int, village: str | None) -> Iterator[Step]:
    """Every change of standing in the shift, one reading at each instant at which a fact lies."""
    instants = sorted({e.corrected_at for e in known.facts if from_at <= e.corrected_at < cut})
    if not instants:
        return
    _, standing = _at(known, from_at, village)
    for instant in instants:
        after = _read(known, instant, village)
        if after is not None and after is not standing:
            yield Step(instant, standing, after)
            standing = after


def _read(known: Incident, instant: int, village: str | None) -> Standing | None:
    if village is not None:
        return _standing(_fold(known, instant + 1), village)
    state = read(event for event in known.facts if event.corrected_at <= instant).state
    return None if state is None else _ENDS.get(state, Standing.OPEN)
