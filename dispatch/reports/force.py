"""Page 6: who was there, what was checked, how the stations' records came in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from dispatch.domain.bodies import SignedOff, SignedOn
from dispatch.domain.bodies_force import RadioAnswer, RadioChecked
from dispatch.domain.bodies_shift import LineWritten
from dispatch.domain.bodies_town import (
    CampaignIssued,
    Checked,
    Found,
    RoundKind,
    TaskAnswered,
    TaskIssued,
)
from dispatch.domain.calendar import local
from dispatch.domain.codes import LineKind
from dispatch.domain.cycle import days_of, looked_at
from dispatch.domain.event import Event
from dispatch.reports.figure import Figure, count, rate
from dispatch.reports.measures import Given
from dispatch.reports.shift_input import Worker
from dispatch.reports.stock import LATE
from dispatch.reports.walk import Walk, villages

Span = tuple[int, int]


def on_duty(walk: Walk) -> dict[str, list[Span]] | None:
    """Return each worker's spans of duty inside the shift; None where nobody signs on here."""
    marks: dict[str, list[Event]] = {}
    for event in walk.given.records:
        if isinstance(event.body, SignedOn | SignedOff) and event.corrected_at < walk.cut:
            marks.setdefault(event.body.worker, []).append(event)
    if not marks:
        return None
    found = {worker: list(_spans(walk, events)) for worker, events in marks.items()}
    return {worker: spans for worker, spans in found.items() if spans}


def _spans(walk: Walk, events: list[Event]) -> Iterator[Span]:
    """From each sign-on to the next sign-off, as far as it lies in the shift."""
    since: int | None = None
    for event in sorted(events, key=lambda each: (each.corrected_at, each.hash)):
        if isinstance(event.body, SignedOn):
            since = event.corrected_at if since is None else since
        elif since is not None:
            yield from _inside(walk, since, event.corrected_at)
            since = None
    if since is not None:
        yield from _inside(walk, since, walk.cut)


def _inside(walk: Walk, start: int, end: int) -> Iterator[Span]:
    if max(start, walk.from_at) < min(end, walk.cut):
        yield max(start, walk.from_at), min(end, walk.cut)


def roster(walk: Walk) -> tuple[Worker, ...]:
    """Return the workers of the roster, by number."""
    return tuple(sorted(walk.given.roster, key=lambda each: each.number))


def checks(walk: Walk) -> tuple[list[str], list[str]]:
    """Return the places that were to be checked by now or later, and those that were.

    Those of a leader's patrol or a squad's task are told apart.
    """
    other = {id_ for id_, kind in orders_of(walk).items() if kind is not RoundKind.CHECK}
    asked: list[str] = []
    answers: dict[str, tuple[int, str, Checked]] = {}
    for event in walk.given.records:
        body, at = event.body, event.corrected_at
        if at >= walk.cut:
            continue
        if isinstance(body, TaskIssued) and body.due >= walk.from_at and body.campaign not in other:
            asked += [f"{event.subject.id}/{each.no}" for each in body.targets]
        if isinstance(body, TaskAnswered):
            place = f"{event.subject.id}/{body.target}"
            told = (at, event.hash, body.finding)
            answers[place] = max(answers.get(place, told), told)
    done = [each for each in asked if each in answers and answers[each][2] is not Checked.ABSENT]
    return asked, done


def given(walk: Walk) -> Given:
    """Return the numbers that come from duty and checks; what is unknown is left out."""
    found: dict[str, tuple[int, tuple[str, ...]]] = {}
    duty, due = on_duty(walk), roster(walk)
    if duty is not None and due:
        there = [each for each in due if each.number in duty]
        found |= {
            "workers_due": _told(each.number for each in due),
            "workers_present": _told(each.number for each in there),
            "worker_days": _told(day for each in there for day in _days(each, duty[each.number])),
            "grids_due": _told({each.grid for each in due}),
            "grids_manned": _told({each.grid for each in there}),
        }
    asked, done = checks(walk)
    if asked:
        found |= {"objects_due": _told(asked), "objects_checked": _told(done)}
    return found | patrolled(walk)


def orders_of(walk: Walk) -> dict[str, RoundKind]:
    """Return what each round is that is known before the cut."""
    return {
        event.subject.id: event.body.kind
        for event in walk.given.records
        if isinstance(event.body, CampaignIssued) and event.corrected_at < walk.cut
    }


def patrolled(walk: Walk) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Return objects due and looked at, grids and those with a fix, each once a day."""
    days = days_of(walk.from_at, walk.cut)
    found: dict[str, tuple[int, tuple[str, ...]]] = {}
    due = {(day, each.code) for each in walk.given.objects for day in days if each.is_due(day)}
    if due:
        looked = looked_at(e for e in walk.given.records if e.corrected_at < walk.cut)
        seen = {key for key in due if looked.get(key, Checked.ABSENT) is not Checked.ABSENT}
        found |= {"due_objects": _told(_dated(due)), "seen_objects": _told(_dated(seen))}
    tracked = {key for key in walk.given.tracked if key[0] in days and key[1] in walk.given.grids}
    if tracked:
        every = {(day, grid) for day in days for grid in walk.given.grids}
        found |= {"all_grids": _told(_dated(every)), "tracked_grids": _told(_dated(tracked))}
    return found


def _dated(keys: Iterable[tuple[date, str]]) -> Iterator[str]:
    return (f"{day:%Y%m%d} {code}" for day, code in keys)


def _told(ids: Iterable[str]) -> tuple[int, tuple[str, ...]]:
    kept = tuple(sorted(ids))
    return len(kept), kept


def _days(worker: Worker, spans: list[Span]) -> set[str]:
    """The calendar days that a worker's spans of duty touch, each with the number."""
    found: set[str] = set()
    for start, end in spans:
        day, last = local(start).date(), local(end - 1).date()
        while day <= last:
            found.add(f"{worker.number} {day:%Y%m%d}")
            day += timedelta(days=1)
    return found


def by_post(walk: Walk) -> Iterator[Figure]:
    """Per village: workers present of those due, grids manned of those due; who is absent."""
    duty, due = on_duty(walk), roster(walk)
    if duty is None or not due:
        return
    absent = [each.number for each in due if each.number not in duty]
    yield count("force.absent", "缺勤", absent)
    for code in sorted({each.village for each in due}):
        mine = [each for each in due if each.village == code]
        there = [each for each in mine if each.number in duty]
        yield rate(
            f"post.workers.{code}",
            "到岗率",
            (each.number for each in there),
            (each.number for each in mine),
        )
        yield rate(
            f"post.grids.{code}",
            "网格到岗率",
            {each.grid for each in there},
            {each.grid for each in mine},
        )


def patrol(walk: Walk) -> Iterator[Figure]:
    """Checks that found something wrong, and where nobody could look."""
    asked, _ = checks(walk)
    last: dict[str, tuple[int, str, Checked]] = {}
    for event in walk.given.records:
        if isinstance(event.body, TaskAnswered) and event.corrected_at < walk.cut:
            place = f"{event.subject.id}/{event.body.target}"
            told = (event.corrected_at, event.hash, event.body.finding)
            last[place] = max(last.get(place, told), told)
    for finding, name in ((Checked.PROBLEM, "发现问题"), (Checked.ABSENT, "无法检查")):
        ids = (each for each in asked if each in last and last[each][2] is finding)
        yield count(f"patrol.{finding}", name, ids)


def led(walk: Walk) -> Iterator[Figure]:
    """Patrols that leaders led: how many, in how many grids, what they found; by post as well."""
    heads = {
        event.subject.id: event.body.leader
        for event in walk.given.records
        if isinstance(event.body, CampaignIssued)
        and event.body.kind is RoundKind.LED
        and walk.during(event)
    }
    grids: dict[str, str] = {}
    found: dict[str, str] = {}
    for event in walk.given.records:
        if event.corrected_at >= walk.cut:
            continue
        campaign = event.subject.id.partition(":")[0]
        if campaign in heads and isinstance(event.body, TaskIssued):
            grids[event.subject.id] = campaign
        elif campaign in heads and isinstance(event.body, Found):
            found[event.hash] = campaign
    for post in (None, *sorted({each for each in heads.values() if each is not None})):
        mine = {id_ for id_, leader in heads.items() if post is None or leader is post}
        end = "" if post is None else f".{post}"
        yield count(f"led.patrols{end}", "带队巡查", mine)
        yield count(f"led.grids{end}", "到访网格", (t for t, c in grids.items() if c in mine))
        yield count(f"led.found{end}", "发现", (h for h, c in found.items() if c in mine))


def squads(walk: Walk) -> Iterator[Figure]:
    """Tasks that were sent to squads in the period, and those of them that are reported done."""
    heads = {
        event.subject.id
        for event in walk.given.records
        if isinstance(event.body, CampaignIssued)
        and event.body.kind is RoundKind.SQUAD
        and walk.during(event)
    }
    asked: dict[str, set[str]] = {}
    done: dict[str, set[str]] = {}
    for event in walk.given.records:
        body, id_ = event.body, event.subject.id
        if event.corrected_at >= walk.cut or id_.partition(":")[0] not in heads:
            continue
        if isinstance(body, TaskIssued):
            asked[id_] = {each.no for each in body.targets}
        elif isinstance(body, TaskAnswered) and body.finding is not Checked.ABSENT:
            done.setdefault(id_, set()).add(body.target)
    whole = (id_ for id_, places in asked.items() if places <= done.get(id_, set()))
    yield rate("squad.tasks", "机动队任务", whole, asked)


def radio(walk: Walk) -> Iterator[Figure]:
    """Calls to workers in the period: all, those to silent ones, those that were answered."""
    calls = [
        (event.hash, event.body)
        for event in walk.given.records
        if isinstance(event.body, RadioChecked) and walk.during(event)
    ]
    silent = [hash_ for hash_, body in calls if body.silent_since is not None]
    none = RadioAnswer.NONE
    answered = (hash_ for hash_, body in calls if body.answer is not none)
    yield count("radio.silent", "失联点名", silent)
    yield rate("radio.answered", "点名应答", answered, (hash_ for hash_, _ in calls))


def stations(walk: Walk) -> tuple[str, ...]:
    """Return the villages whose people wrote something in the shift."""
    return tuple(sorted({post for _, post in _written(walk)}))


def _written(walk: Walk) -> Iterator[tuple[Event, str]]:
    """Each fact of an incident in the shift that somebody at a village wrote."""
    posts, here = walk.given.posts, set(villages(walk))
    for case in walk.cases:
        for event in case.known.facts:
            if walk.during(event) and posts.get(event.actor, "") in here:
                yield event, posts[event.actor]


def links(walk: Walk) -> Iterator[Figure]:
    """Per station: what it wrote, what came late, what has not come, the longest way."""
    written = list(_written(walk))
    for code in stations(walk):
        mine = [event for event, post in written if post == code]
        ways = [(e.received_at - e.corrected_at, e.hash) for e in mine if e.received_at is not None]
        yield count(f"link.facts.{code}", "记录", (e.hash for e in mine))
        yield count(f"link.late.{code}", "迟到", (hash_ for way, hash_ in ways if way > LATE))
        pending = (e.hash for e in mine if e.received_at is None)
        yield count(f"link.pending.{code}", "未到", pending)
        longest = max(ways, default=None)
        yield Figure(
            id=f"link.longest.{code}",
            name="最长迟到",
            form="span",
            value=max(0, longest[0]) if longest else None,
            ids=(longest[1],) if longest else (),
        )


def lines(walk: Walk, kind: LineKind) -> list[Event]:
    """Return the lines of a kind in the shift's log."""
    return [
        event
        for event in walk.given.records
        if isinstance(event.body, LineWritten) and event.body.kind is kind and walk.during(event)
    ]


def faults(walk: Walk) -> Iterator[Figure]:
    """Faults that were written into the shift's log."""
    yield count("log.fault", "故障记录", (event.hash for event in lines(walk, LineKind.FAULT)))
