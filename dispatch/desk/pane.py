"""The incident pane: one incident with its history, steps, photos and contests in clear text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dispatch.desk.masks import masked
from dispatch.desk.views import (
    ActOffer,
    Contest,
    ContestedFact,
    IncidentPane,
    Photo,
    QueueRow,
    StepMark,
    TimelineEntry,
    Verifying,
)
from dispatch.desk.views_parts import Answer, Part
from dispatch.domain.codes import STEP, Stage, State
from dispatch.domain.event import Draft, Event
from dispatch.domain.incident import Incident
from dispatch.domain.part_clocks import STOPPED
from dispatch.domain.subs import Sub
from dispatch.domain.types import TYPES, UNKNOWN

Plain = Mapping[str, Mapping[str, str]]
PhotoPaths = Mapping[str, tuple[str | None, str | None]]
"""Per event hash the sealed fields in clear."""


@dataclass(frozen=True, slots=True)
class PaneInput:
    """What the pane is made of. `photos` gives where each photo lies, and what came ahead of it."""

    row: QueueRow
    incident: Incident
    plain: Plain
    photos: PhotoPaths
    acts: tuple[ActOffer, ...]


def pane(given: PaneInput) -> IncidentPane:
    """Return the pane of one incident; phones masked."""
    incident = given.incident
    shown = {name: given.plain.get(hash_, {}).get(name, "") for name, hash_ in incident.sealed}
    return IncidentPane(
        row=given.row,
        klass=incident.klass or "",
        catalogue=incident.catalogue or "",
        sla=incident.sla.code if incident.sla else "",
        working_clock=bool(incident.sla and incident.sla.working),
        source=incident.source,
        text=shown.get("text", ""),
        reporter=shown.get("reporter", ""),
        phone=masked(shown.get("phone", "")),
        person=shown.get("person", ""),
        department=incident.department or "",
        steps=steps(incident),
        limits=incident.limits,
        timeline=timeline(incident, given.plain),
        photos=_photos(incident, given.photos),
        photos_missing=incident.photos_missing or 0,
        contests=_contests(incident, given.plain),
        acts=given.acts,
        children=incident.children,
        master=incident.master or "",
        told_off=incident.told_off,
        closed_at=incident.closed_at,
        archive_no=incident.archive_no or "",
        grade=incident.grade,
        returns=incident.returns,
        redo=incident.redo,
        verifying=_verifying(incident),
        subs=tuple(_part(each, given) for each in incident.subs),
    )


def _still(given: PaneInput) -> int | None:
    """Since when the parts' clocks stand still: on hold, at the city, or by the town's order."""
    incident = given.incident
    return incident.entered_at if incident.state in STOPPED else given.row.still


def _part(sub: Sub, given: PaneInput) -> Part:
    """The unit's name is put in by who knows names."""
    still, said = _still(given), given.plain.get(sub.answer, {})
    talked, measure = said.get("talked", ""), said.get("measure", "")
    answer = Answer(sub.accepted_at, talked, measure, sub.promised) if sub.whistle else None
    return Part(
        unit=sub.unit,
        name=sub.unit,
        order_no=sub.order_no,
        state=sub.state,
        clock=sub.clock(),
        still=still if sub.clock() is not None else None,
        signed_at=sub.signed_at,
        arrived_at=sub.arrived_at,
        ended_at=sub.ended_at,
        answer=answer,
    )


def leads_to(event: Event | Draft) -> State | None:
    """Return the state a fact leads to, or would lead to, None when it leaves the state alone."""
    kind = TYPES.get(event.type, UNKNOWN)
    to: State | None = getattr(event.body, "to", None)
    return kind.to or (to if kind.to_of_body else None)


def steps(incident: Incident) -> tuple[StepMark, ...]:
    """Return the five steps with the time each was last entered and left by live facts."""
    entered: dict[int, int] = {}
    left: dict[int, int] = {}
    now = 0
    for event in incident.facts:
        to = leads_to(event)
        if to is None or not incident.lives(event):
            continue
        step = STEP[to]
        if step != now:
            if now:
                left[now] = event.at
            entered[step] = event.at
            left.pop(step, None)
            now = step
    for later in [each for each in entered if each > incident.step]:
        entered.pop(later)
        left.pop(later, None)
    return tuple(StepMark(step, entered.get(step), left.get(step)) for step in range(1, 6))


def timeline(incident: Incident, plain: Plain) -> tuple[TimelineEntry, ...]:
    """Return the facts, newest first."""
    return tuple(
        TimelineEntry(
            event=event.id,
            hash=event.hash,
            type=event.type,
            at=event.at,
            actor=event.actor,
            person=event.actor,
            role=event.role,
            on_behalf=event.body.on_behalf or "",
            reason=event.body.reason,
            text=_said(plain.get(event.hash, {})),
            seq=event.seq,
            received_at=event.received_at,
            live=incident.lives(event),
            photos=event.blobs,
        )
        for event in reversed(incident.facts)
    )


def _verifying(incident: Incident) -> Verifying | None:
    """Return whom the last live request to verify named; None when nobody was asked."""
    asked = incident.latest("verify_asked")
    if asked is None or not incident.worker:
        return None
    limit = next((each for each in incident.limits if each.stage is Stage.VERIFY), None)
    answered = incident.latest("verified")
    known = answered is not None and answered.at >= asked.at
    return Verifying(
        worker=incident.worker,
        name=incident.worker,
        grid_name="",
        due=limit.due if limit else None,
        finding=incident.finding if known else None,
    )


def _said(fields: Mapping[str, str]) -> str:
    order = ("text", "measure", "talked", "result", "place", "person", "passed_by", "reporter")
    told: list[str] = []
    for name in order:
        said = fields.get(name, "").strip()
        if said and not any(said in each for each in told):  # a place that the words name already
            told.append(said)
    told = [each.rstrip("。") for each in told[:-1]] + told[-1:]
    if fields.get("phone"):
        told = [each.rstrip("。") for each in told]
        told.append(masked(fields["phone"]))
    return " · ".join(told)


def _photos(incident: Incident, paths: PhotoPaths) -> tuple[Photo, ...]:
    found: dict[str, Photo] = {}
    for event in incident.facts:
        for sha in event.blobs:
            path, small = paths.get(sha, (None, None))
            found.setdefault(sha, Photo(sha, path, event.at, event.type, small))
    return tuple(found.values())


def _contests(incident: Incident, plain: Plain) -> tuple[Contest, ...]:
    found = []
    for pair in incident.contested:
        one, two = incident.fact(pair.one), incident.fact(pair.two)
        if one is not None and two is not None:
            first, second = sorted((one, two), key=lambda each: (each.at, each.hash))
            found.append(Contest(_side(first, plain), _side(second, plain), pair.about))
    return tuple(found)


def _side(event: Event, plain: Plain) -> ContestedFact:
    return ContestedFact(
        event=event.id,
        hash=event.hash,
        type=event.type,
        leads_to=leads_to(event),
        actor=event.actor,
        person=event.actor,
        role=event.role,
        unit=getattr(event.body, "unit", None) or "",
        at=event.at,
        received_at=event.received_at,
        seq=event.seq,
        site=event.writer,
        text=_said(plain.get(event.hash, {})),
        photos=event.blobs,
    )
