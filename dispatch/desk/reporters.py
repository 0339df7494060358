"""Those who reported a matter, from the incident and all that are merged into it."""

from __future__ import annotations

from dispatch.desk.reference import Reference
from dispatch.desk.views_reporter import ReporterLine, Reporters, RewardLine
from dispatch.domain.bodies import CalledBack
from dispatch.domain.bodies_reporter import ReporterTold, RewardDecided
from dispatch.domain.incident import Incident
from dispatch.domain.reporters import group, owed, told
from dispatch.store.reader import Reader


def reporters(found: Incident, reader: Reader, tables: Reference) -> Reporters:
    """Return who reported it; of a merged group all, as far as they are here."""
    known = {found.id: found}
    waiting = list(found.children)
    while waiting:
        id_ = waiting.pop()
        child = reader.incident(id_) if id_ not in known else None
        if child is not None:
            known[id_] = child
            waiting += child.children
    every = group(found, known)
    return Reporters(
        lines=tuple(_line(each, reader, tables) for each in every),
        rewards=tuple(
            RewardLine(
                reward=event.body.reward,
                yuan=event.body.yuan,
                by=tables.person(event.actor),
                at=event.at,
            )
            for each in every
            for event in each.facts
            if isinstance(event.body, RewardDecided) and each.lives(event)
        ),
    )


def _line(incident: Incident, reader: Reader, tables: Reference) -> ReporterLine:
    row, event = reader.row(incident.id), told(incident)
    body = event.body if event else None
    channel = body.channel if isinstance(body, ReporterTold | CalledBack) else None
    return ReporterLine(
        incident=incident.id,
        number=(row.number or row.temp) if row else "",
        source=incident.source,
        owed=owed(incident),
        told_at=event.at if event else None,
        channel=channel,
        by=tables.person(event.actor) if event else "",
    )
