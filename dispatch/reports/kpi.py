"""Page 1: rates, times and lights. Each definition stands in `definitions`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from dispatch.domain.calendar import MINUTE
from dispatch.domain.codes import Light, Priority, Stage, State
from dispatch.domain.event import Event
from dispatch.domain.graph import Graph
from dispatch.domain.incident import Incident, light
from dispatch.reports.figure import Figure, count, mean, ninetieth, rate
from dispatch.reports.walk import Case, Standing, Walk

AT_WORK: Final = frozenset({State.REPORTED, State.VERIFY, State.FILED, State.SENT, State.WORK})
DISPOSED: Final = frozenset({State.DONE, State.VISIT, State.EVAL, State.CLOSED})
CHECKS: Final = ("inspected_pass", "inspected_fail", "redone", "reopened")
REWORKS: Final = ("inspected_fail", "redone", "reopened")
SATISFIED: Final = 2
"""Grades up to this one are 非常满意 and 满意."""
LATE: Final = 10 * MINUTE
"""A fact that came to the hub later than this after it happened came late."""


def standing_feedback(now: Incident) -> Event | None:
    """Return the feedback by which the incident is disposed of, or None."""
    return now.latest("fed_back") if now.state in DISPOSED else None


def disposal_due(walk: Walk) -> Iterator[Case]:
    """应处置: disposed of in the shift, or still to be done with its deadline in the shift."""
    for case, now in walk.present():
        fed, limit = standing_feedback(now), now.limit(Stage.DISPOSAL)
        if fed is not None:
            if walk.during(fed):
                yield case
        elif now.state in AT_WORK and limit and walk.from_at <= limit.due < walk.cut:
            yield case


def disposed(case: Case) -> bool:
    """Return whether a case that was due is disposed of at the cut."""
    return case.now is not None and standing_feedback(case.now) is not None


def disposed_on_time(walk: Walk, case: Case) -> bool:
    """Return whether a case was disposed of in the shift before its limit was over."""
    fed = standing_feedback(case.now) if case.now else None
    limit = case.now.limit(Stage.DISPOSAL) if case.now else None
    return fed is not None and walk.during(fed) and (not limit or fed.corrected_at <= limit.due)


def disposal(walk: Walk) -> Iterator[Figure]:
    """处置率 and 按期处置率."""
    due = list(disposal_due(walk))
    of = [case.id for case in due]
    yield rate("kpi.disposed", "处置率", (case.id for case in due if disposed(case)), of)
    on_time = (case.id for case in due if disposed_on_time(walk, case))
    yield rate("kpi.on_time", "按期处置率", on_time, of)


def _with(walk: Walk, *types: str) -> Iterator[str]:
    for case, now in walk.present():
        if any(e.type in types and now.lives(e) and walk.during(e) for e in now.facts):
            yield case.id


def rework(walk: Walk) -> Iterator[Figure]:
    """返工率."""
    yield rate("kpi.rework", "返工率", _with(walk, *REWORKS), _with(walk, *CHECKS))


def satisfaction(walk: Walk) -> Iterator[Figure]:
    """满意率 of those who were reached, and how many were not."""
    reached: dict[str, int] = {}
    missed: list[str] = []
    for case, now in walk.present():
        called = [e for e in now.facts if e.type == "called_back" and now.lives(e)]
        if called and walk.during(called[-1]):
            grade = getattr(called[-1].body, "grade", None)
            if grade is None:
                missed.append(case.id)
            else:
                reached[case.id] = grade
    happy = (id_ for id_, grade in reached.items() if grade <= SATISFIED)
    yield rate("kpi.satisfied", "满意率", happy, reached)
    yield count("kpi.unreached", "未联系上", missed)


def accept_spans(walk: Walk) -> Iterator[tuple[str, int]]:
    """From the report to the first filing that stands, where that lies in the shift."""
    for case, now in walk.present():
        reported = now.latest("reported")
        filed = [e.corrected_at for e in now.facts if e.type == "filed" and now.lives(e)]
        if reported and filed and min(filed) >= walk.from_at:
            yield case.id, max(0, min(filed) - reported.corrected_at)


def dispatch_spans(walk: Walk) -> Iterator[tuple[str, int]]:
    """For each dispatch of the shift that stands: from the last that made it wait for one."""
    for case, now in walk.present():
        graph = Graph(now.facts)
        for at, event in enumerate(graph.facts):
            if event.type == "dispatched" and now.lives(event) and walk.during(event):
                began = _seen(now, graph, at, "filed", "returned", "reopened")
                if began:
                    yield case.id, max(0, event.corrected_at - max(began))


def _seen(now: Incident, graph: Graph, at: int, *types: str) -> list[int]:
    """Times of the standing facts of these types that fact `at` had seen."""
    return [
        fact.corrected_at
        for place, fact in enumerate(graph.facts)
        if fact.type in types and now.lives(fact) and graph.saw(at, place)
    ]


def dispose_spans(walk: Walk) -> Iterator[tuple[str, int]]:
    """For each disposal of the shift: from the last order before it, without time on hold."""
    for case, now in walk.present():
        fed = standing_feedback(now)
        if fed is None or not walk.during(fed):
            continue
        graph = Graph(now.facts)
        at = graph.place[fed.hash]
        began = _seen(now, graph, at, "dispatched", "reassigned", "inspected_fail", "redone")
        if began:
            start, end = max(began), fed.corrected_at
            yield case.id, max(0, end - start - _held(now, graph, at, start))


def _held(now: Incident, graph: Graph, fed: int, start: int) -> int:
    """Milliseconds on hold between `start` and the feedback; holds that overlap count once."""
    end = graph.facts[fed].corrected_at
    holds: list[tuple[int, int]] = []
    for at, event in enumerate(graph.facts):
        if event.type == "hold_granted" and now.lives(event) and graph.saw(fed, at):
            ends = [
                other.corrected_at
                for later, other in enumerate(graph.facts)
                if other.type == "resumed" and now.lives(other) and graph.saw(later, at)
            ]
            holds.append((event.corrected_at, min([*ends, end])))
    total, reach = 0, start
    for began, ended in sorted(holds):
        total += max(0, min(ended, end) - max(began, reach))
        reach = max(reach, ended)
    return total


def times(walk: Walk) -> Iterator[Figure]:
    """Mean and 90th percentile of accepting, dispatching and disposing."""
    for key, name, found in (
        ("accept", "受理", list(accept_spans(walk))),
        ("dispatch", "派遣", list(dispatch_spans(walk))),
        ("dispose", "处置", list(dispose_spans(walk))),
    ):
        yield mean(f"time.mean.{key}", f"平均{name}", found)
        yield ninetieth(f"time.p90.{key}", f"{name} P90", found)
        yield count(f"time.count.{key}", f"{name}件次", (id_ for id_, _ in found))


def lights(walk: Walk) -> Iterator[Figure]:
    """The stock at both ends by light; what is on hold shows none."""
    began = [(c.id, c.before) for c in walk.cases if c.began is Standing.OPEN and c.before]
    ends = [(case.id, now) for case, now in walk.open()]
    for key, stock, now in (("opening", began, walk.from_at), ("closing", ends, walk.cut)):
        for each in Light:
            if each is not Light.NONE:
                ids = (id_ for id_, incident in stock if light(incident, now) is each)
                yield count(f"light.{key}.{each}", _LIGHTS[each], ids)
        yield count(f"light.{key}.hold", "挂起", _hold(stock))
        bare = (
            id_
            for id_, incident in stock
            if light(incident, now) is Light.NONE and incident.state is not State.HOLD
        )
        yield count(f"light.{key}.none", "无时限", bare)


_LIGHTS: Final = {Light.RED: "红", Light.YELLOW: "黄", Light.GREEN: "绿"}


def _hold(stock: Iterable[tuple[str, Incident]]) -> Iterator[str]:
    return (id_ for id_, incident in stock if incident.state is State.HOLD)


def urgent(walk: Walk) -> Iterator[Figure]:
    """P1 filed in the shift, and those of them within the accept limit."""
    due: list[str] = []
    kept: list[str] = []
    for case, now in walk.present():
        filed = [e.corrected_at for e in now.facts if e.type == "filed" and now.lives(e)]
        limit = now.limit(Stage.ACCEPT)
        if now.priority is Priority.P1 and filed and min(filed) >= walk.from_at:
            due.append(case.id)
            if limit is None or min(filed) <= limit.due:
                kept.append(case.id)
    yield rate("urgent.accepted", "P1 按时受理", kept, due)


def late(walk: Walk) -> Iterator[Figure]:
    """Facts of the shift that came to the hub late or have not come there yet."""
    facts = [event for case in walk.cases for event in case.known.facts if walk.during(event)]
    late = (
        event.hash
        for event in facts
        if event.received_at is not None and event.received_at - event.corrected_at > LATE
    )
    yield count("facts.late", "迟到记录", late)
    yield count("facts.pending", "未到市平台", (e.hash for e in facts if e.received_at is None))
    yield count("facts.all", "本班记录", (event.hash for event in facts))


def force(walk: Walk) -> Iterator[Figure]:
    """Rates of people and patrol, and seats taken, as they were given."""
    for seat, taken in walk.given.people.seats:
        yield Figure(id=f"force.seat.{seat}", name=f"{seat}席", form="count", value=taken)
    told = walk.given.force
    for key, name, num, den in (
        ("workers", "到岗率", told.workers_present, told.workers_due),
        ("coverage", "巡查覆盖率", told.objects_checked, told.objects_due),
        ("grids", "网格到岗率", told.grids_manned, told.grids_due),
    ):
        yield Figure(id=f"force.{key}", name=name, form="percent", num=num, den=den)


def basis(walk: Walk) -> Iterator[Figure]:
    """What was known when the report was made."""
    told = walk.given.basis
    for key, name, value in (
        ("town", "镇街序号", told.town_seq),
        ("own", "本站记录", told.own),
        ("behind", "未到市平台", told.behind),
    ):
        yield Figure(id=f"basis.{key}", name=name, form="count", value=value)
