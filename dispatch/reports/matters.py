"""Pages 3 and 4: the important matters, and what is handed over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dispatch.domain.codes import Light, Priority, Source, Stage, State
from dispatch.domain.incident import Incident, Request, light
from dispatch.reports.figure import Figure, Form, count
from dispatch.reports.lengths import FEEDBACKS
from dispatch.reports.walk import Case, Standing, Walk

MARKS: Final = ("reported", "filed", "dispatched", "signed", "fed_back", "closed")
"""The steps of page 3's time line."""
_ORDER: Final = {Light.RED: 0, Light.YELLOW: 1, Light.GREEN: 2, Light.NONE: 3}
_DUE_LAST: Final = 1 << 60


@dataclass(frozen=True, slots=True)
class Matter:
    """One incident on page 3 or 4, as it stands at the cut, and why it is there."""

    case: Case
    now: Incident
    light: Light
    why: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[int, int, int, str]:
        """Open before ended, then by light, by deadline, by id."""
        due = self.now.due_at
        ended = 0 if self.now.open else 1
        return (ended, _ORDER[self.light], _DUE_LAST if due is None else due, self.case.id)


def matter_of(walk: Walk, case: Case, now: Incident, *why: str) -> Matter:
    """Return an incident as it stands at the cut."""
    shown = light(now, walk.cut) if now.open else Light.NONE
    return Matter(case, now, shown, why)


def important(walk: Walk) -> list[Matter]:
    """Every P1 and every city order that was in the stock in the shift; every contested one."""
    found = []
    for case, now in walk.present():
        why = []
        active = case.began is Standing.OPEN or bool(case.steps)
        if active and now.priority is Priority.P1:
            why.append("P1")
        if active and now.source is Source.CITY:
            why.append("市级")
        if now.contested:
            why.append("争议")
        if why:
            found.append(matter_of(walk, case, now, *why))
    return sorted(found, key=lambda each: each.rank)


def still_open(walk: Walk) -> list[Matter]:
    """The stock at the cut, without what is on hold."""
    found = [matter_of(walk, c, now) for c, now in walk.open() if now.state is not State.HOLD]
    return sorted(found, key=lambda each: each.rank)


def on_hold(walk: Walk) -> list[Matter]:
    """What is on hold at the cut, by review date."""
    found = [matter_of(walk, c, now) for c, now in walk.open() if now.state is State.HOLD]
    return sorted(found, key=lambda each: each.rank)


def waiting(walk: Walk) -> list[tuple[Matter, Request]]:
    """Requests of open incidents that nobody has answered, the oldest first."""
    found = [
        (matter_of(walk, case, now), request)
        for case, now in walk.open()
        for request in now.requests
        if not request.answered
    ]
    return sorted(found, key=lambda each: (_asked_at(*each), each[1].hash))


def _asked_at(matter: Matter, request: Request) -> int:
    event = matter.now.fact(request.hash)
    return event.corrected_at if event else request.at


def contested(walk: Walk) -> list[Matter]:
    """Incidents whose facts contradict each other at the cut."""
    return [matter_of(walk, case, now) for case, now in walk.present() if now.contested]


def told_off(walk: Walk) -> list[tuple[Matter, str]]:
    """Units that were told to stand down and have not said that they did."""
    return [
        (matter_of(walk, case, now), unit) for case, now in walk.present() for unit in now.told_off
    ]


def suspects(walk: Walk) -> list[tuple[Matter, tuple[str, ...]]]:
    """Incidents with facts whose clock cannot be right, made or received in the shift."""
    found = []
    for case, now in walk.present():
        hashes = tuple(
            event.hash
            for event in case.known.facts
            if event.hash in case.known.suspect
            and (
                walk.during(event)
                or (event.received_at is not None and walk.from_at <= event.received_at < walk.cut)
            )
        )
        if hashes:
            found.append((matter_of(walk, case, now), hashes))
    return found


def lists(walk: Walk) -> Iterator[Figure]:
    """How many stand on each list."""
    for key, name, ids in (
        ("important", "重要事项", [each.case.id for each in important(walk)]),
        ("open", "待办事件", [each.case.id for each in still_open(walk)]),
        ("hold", "挂起事件", [each.case.id for each in on_hold(walk)]),
        ("requests", "待批申请", [request.hash for _, request in waiting(walk)]),
        ("contested", "争议事件", [each.case.id for each in contested(walk)]),
        ("told_off", "待确认撤出", [each.case.id for each, _ in told_off(walk)]),
        ("suspects", "时钟可疑", [each.case.id for each, _ in suspects(walk)]),
    ):
        yield count(f"list.{key}", name, ids)


def rows(walk: Walk) -> Iterator[Figure]:
    """The numbers inside the rows: time left, review dates, waits, pairs, step times."""
    shown = {each.case.id: each for each in (*still_open(walk), *important(walk))}
    for id_, matter in sorted(shown.items()):
        due = matter.now.due_at if matter.now.open and matter.now.state is not State.HOLD else None
        left = None if due is None else due - walk.cut
        yield _of(id_, f"row.left.{id_}", "时限", "left", left)
    for matter in on_hold(walk):
        review = matter.now.limit(Stage.REVIEW)
        due = review.due if review else None
        yield _of(matter.case.id, f"row.review.{matter.case.id}", "复查日期", "day", due)
    for matter, request in waiting(walk):
        asked = walk.cut - _asked_at(matter, request)
        yield _of(matter.case.id, f"row.waiting.{request.hash}", "已等候", "span", asked)
    for matter in contested(walk):
        pairs = len(matter.now.contested)
        yield _of(matter.case.id, f"row.pairs.{matter.case.id}", "争议条数", "count", pairs)
    for matter, hashes in suspects(walk):
        id_ = f"row.suspects.{matter.case.id}"
        yield Figure(id=id_, name="可疑记录", form="count", value=len(hashes), ids=hashes)
    for matter in important(walk):
        for mark in MARKS:
            id_ = f"row.{mark}.{matter.case.id}"
            yield _of(matter.case.id, id_, MARK_NAMES[mark], "time", _mark(matter.now, mark))


MARK_NAMES: Final = dict(zip(MARKS, ("上报", "立案", "派遣", "签收", "反馈", "结案"), strict=True))


MARKED_BY: Final = {
    "reported": ("reported", "city_assigned"),
    "filed": ("filed", "city_assigned"),
    "dispatched": ("dispatched", "reassigned"),
    "fed_back": FEEDBACKS,
}
"""What sets a mark, where that is not one type alone; an order of the city is filed as it comes."""


def _mark(now: Incident, mark: str) -> int | None:
    fact = now.latest(*MARKED_BY.get(mark, (mark,)))
    return fact.corrected_at if fact else None


def _of(incident: str, id_: str, name: str, form: Form, value: int | None) -> Figure:
    return Figure(id=id_, name=name, form=form, value=value, ids=(incident,))
