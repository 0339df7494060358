"""Limits that stand still while a response lasts: what a clock is worth at a moment.

Nothing of it is ever written into an incident: every machine derives it from the incident's own
limits, the town's facts and the calendar, so all show the same and resuming restores what was left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from dispatch.domain.calendar import WorkingCalendar
from dispatch.domain.codes import STAGE_OF, Priority, Stage, State
from dispatch.domain.incident import Incident
from dispatch.domain.modes import Modes
from dispatch.domain.part_clocks import parts, put_off
from dispatch.domain.sla import Limit

ENDS: Final[Mapping[Stage, tuple[str, ...]]] = {
    Stage.ACCEPT: ("filed", "refusal_granted", "void_granted", "merged"),
    Stage.VERIFY: ("verified",),
    Stage.DISPATCH: ("dispatched",),
    Stage.SIGN_IN: ("signed", "returned"),
    Stage.FIRST_ANSWER: ("arrived",),
    Stage.DISPOSAL: ("fed_back", "escalation_granted", "city_done"),
    Stage.CHECK: ("inspected_pass", "inspected_fail"),
    Stage.VISIT: ("called_back",),
    Stage.CLOSE: ("closed",),
}
"""What ends a stage: what stands still after that gives it no time back."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A running limit as it is shown: put off by what is over, and since when it stands still.

    `still` is None while it runs.
    """

    limit: Limit
    still: int | None


def clock(
    limit: Limit,
    of: tuple[Priority | None, bool],
    modes: Modes,
    now: int,
    calendar: WorkingCalendar,
) -> Clock:
    """Return a present limit as shown at `now`; `of`: priority, and whether its time is working.

    A review date is a date that people set: it never stands still.
    """
    priority, working = of
    if not runs(limit):
        return Clock(limit, None)
    spans = [each for each in modes.spans(priority) if each.start <= now]
    past = [each for each in spans if each.end is not None]
    still = next((max(each.start, limit.start) for each in spans if each.end is None), None)
    return Clock(put_off(limit, past, now, calendar if working else None), still)


def runs(limit: Limit | None) -> bool:
    """Return whether there is a clock that can stand still: a review date never does."""
    return limit is not None and limit.stage is not Stage.REVIEW


def view(incident: Incident, modes: Modes, now: int, calendar: WorkingCalendar) -> Incident:
    """Return the incident with its limits as they are at `now`; its facts are as they were."""
    spans = modes.spans(incident.priority)
    working = calendar if incident.sla and incident.sla.working else None
    if incident.subs:
        subs = parts(incident, spans, now, working)
        incident = incident if subs == incident.subs else replace(incident, subs=subs)
    if not spans or not incident.limits:
        return incident
    limits = tuple(
        put_off(each, spans, _ended(incident, each, now), working) if runs(each) else each
        for each in incident.limits
    )
    return incident if limits == incident.limits else replace(incident, limits=limits)


def _ended(incident: Incident, limit: Limit, now: int) -> int:
    """When a limit's stage was over; `now` while it is not."""
    if STAGE_OF.get(incident.state or State.VOID) is limit.stage:
        return now
    types = ENDS.get(limit.stage, ())
    for event in incident.facts:
        if event.type in types and event.at >= limit.start and incident.lives(event):
            return event.at
    return now if incident.open else min(now, incident.entered_at)
