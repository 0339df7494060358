"""Between town and city: up (T17), back or done (T18), down (T19)."""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace

from dispatch.domain.ask import Ask
from dispatch.domain.bodies import Reported
from dispatch.domain.bodies_city import CityAssigned, CityDone, CityReturned, EscalationGranted
from dispatch.domain.codes import Level, Source, Stage, State
from dispatch.domain.decide_intake import report
from dispatch.domain.decide_requests import waiting
from dispatch.domain.errors import BadInput
from dispatch.domain.event import Draft
from dispatch.domain.incident import Incident
from dispatch.domain.rules import thawed
from dispatch.domain.sla import Limit, limit, remaining, resumed


def grant_escalation(ask: Ask) -> tuple[Draft, ...]:
    """T17 granted: the town's disposal clock stops, the city has as long as the profile gives."""
    request, incident = waiting(ask), ask.incident
    clock = incident.limit(Stage.DISPOSAL) if incident.state is State.WORK else None
    left = remaining(ask.profile(), clock, ask.now, ask.rules.calendar) if clock else None
    city = tuple(replace(each, stage=Stage.CITY) for each in ask.clock(Stage.DISPOSAL))
    body = EscalationGranted(
        reason=ask.command.reason,
        request=request.hash,
        stood=incident.state or State.FILED,
        town_left_ms=left,
        limits=city,
    )
    return (ask.draft("escalation_granted", body),)


def city_return(ask: Ask) -> tuple[Draft, ...]:
    """T18: what was left of the town's clock is restored; where none ran, a new one begins."""
    granted = ask.incident.latest("escalation_granted")
    left: int | None = getattr(granted.body, "town_left_ms", None) if granted else None
    limits: tuple[Limit, ...] = ask.clock(Stage.DISPOSAL)
    if left is not None:
        limits = (resumed(ask.profile(), left, ask.now, ask.rules.calendar),)
    order = ask.command.order or ""
    body = CityReturned(reason=ask.command.reason, city_order=order, limits=limits)
    return (ask.draft("city_returned", body),)


def city_done(ask: Ask) -> tuple[Draft, ...]:
    """T18: handled by the city; the town checks it as it checks everything."""
    body = CityDone(
        reason=ask.command.reason,
        city_order=ask.command.order or "",
        limits=ask.clock(Stage.CHECK),
    )
    return (ask.draft("city_done", body, text="measure"),)


def city_incident(town: str, order: str) -> str:
    """Return the id of the incident that an order of the city makes in a town: one for one."""
    return f"city-{hashlib.sha256(f'{town}/{order.strip()}'.encode()).hexdigest()[:24]}"


def city_assign(ask: Ask) -> tuple[Draft, ...]:
    """T19: filed at once, under the city's number; dispatch and first answer run from now."""
    order = (ask.command.order or "").strip()
    told = replace(ask, command=replace(ask.command, source=Source.CITY))
    (draft,) = report(told)
    assert isinstance(draft.body, Reported)  # what a report is made of
    town = ask.rules.organisation.ancestor(draft.body.village, Level.TOWN) or ""
    if ask.command.incident != city_incident(town, order):
        raise BadInput("order", "事件编号与市级单号不合")
    said = {each.name: getattr(draft.body, each.name) for each in fields(draft.body)}
    profile = thawed(draft.body.sla) if draft.body.sla else None
    calendar = ask.rules.calendar
    limits = [
        limit(profile, stage, ask.now, calendar)
        for stage in (Stage.DISPATCH, Stage.FIRST_ANSWER)
        if profile is not None
    ]
    said |= {
        "city_id": order,
        "limits": tuple(each for each in limits if each is not None),
        "organisation": ask.rules.organisation.version,
        "calendar": calendar.version,
    }
    return (replace(draft, type="city_assigned", body=CityAssigned(**said)),)


def on_time_by_city(incident: Incident) -> bool:
    """Return whether the town's clock still had time when the city took the matter over."""
    granted = incident.latest("escalation_granted")
    left: int | None = getattr(granted.body, "town_left_ms", None) if granted else None
    return left is None or left >= 0
