"""Clocks of a joint order's parts: they stand still with the incident, on hold or at the city.

As in `freeze`, nothing is written: every machine derives it from the incident's own facts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from dispatch.domain.calendar import WorkingCalendar
from dispatch.domain.codes import Stage, State
from dispatch.domain.collide import leads
from dispatch.domain.incident import Incident
from dispatch.domain.modes import Span
from dispatch.domain.sla import Limit
from dispatch.domain.subs import Sub

STOPPED: Final = frozenset({State.HOLD, State.CITY})
"""States in which nobody in town can go on with a part."""


def stops(incident: Incident) -> tuple[Span, ...]:
    """Return when the incident was on hold or at the city, oldest first; the last may be open.

    Read by the time of the facts that still count; where they contradict each other the state
    that the incident shows has the last word.
    """
    found: list[Span] = []
    since: int | None = None
    for event in sorted(incident.facts, key=lambda each: (each.at, each.hash)):
        state = leads(event)
        if state is None or not incident.lives(event):
            continue
        if state in STOPPED:
            since = event.at if since is None else since
        elif since is not None:
            found.append(Span(since, event.at))
            since = None
    if since is not None:
        end = None if incident.state in STOPPED else max(since, incident.entered_at)
        found.append(Span(since, end))
    return tuple(found)


def together(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans without overlaps: what stands still for two reasons stands still once."""
    found: list[Span] = []
    for each in sorted(spans, key=lambda span: span.start):
        last = found[-1] if found else None
        if last is None or (last.end is not None and each.start > last.end):
            found.append(each)
        elif last.end is not None:
            end = None if each.end is None else max(last.end, each.end)
            found[-1] = Span(last.start, end)
    return tuple(found)


def parts(
    incident: Incident, frozen: Iterable[Span], now: int, calendar: WorkingCalendar | None
) -> tuple[Sub, ...]:
    """Return the parts with their limits as they are at `now`.

    `frozen`: when the incident's limits stood still by the town's orders; with a calendar only
    working time counts.
    """
    spans = together((*stops(incident), *frozen))
    if not spans:
        return incident.subs
    return tuple(
        replace(
            each,
            limits=tuple(
                put_off(one, spans, _until(each, one, now), calendar) for one in each.limits
            ),
        )
        for each in incident.subs
    )


def _until(sub: Sub, limit: Limit, now: int) -> int:
    """When a limit was over: what stood still after that gives it no time back."""
    ended = sub.signed_at if limit.stage is Stage.SIGN_IN else sub.ended_at
    return now if ended is None else min(now, ended)


def put_off(
    limit: Limit, spans: Iterable[Span], until: int, calendar: WorkingCalendar | None
) -> Limit:
    """Return a limit moved on by the time that stood still between its start and `until`.

    With a calendar only working time counts, and the limit ends in working time again.
    """
    lost = 0
    for each in spans:
        begin, end = max(each.start, limit.start), min(each.end or until, until)
        if begin < end:
            lost += calendar.between(begin, end) if calendar else end - begin
    if not lost:
        return limit
    if calendar is None:
        return Limit(limit.stage, limit.start, limit.amber + lost, limit.due + lost)
    amber, due = calendar.add_time(limit.amber, lost), calendar.add_time(limit.due, lost)
    return Limit(limit.stage, limit.start, amber, due)
