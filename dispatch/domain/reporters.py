"""Who reported a matter, alone or in a merged group: who was told what came of it, who was not."""

from __future__ import annotations

from collections.abc import Mapping

from dispatch.domain.bodies import CalledBack, Closed
from dispatch.domain.bodies_reporter import ReporterTold, RewardDecided
from dispatch.domain.codes import PUBLIC
from dispatch.domain.event import Event
from dispatch.domain.incident import Incident


def told(incident: Incident) -> Event | None:
    """Return the first fact by which the reporter knows: told, or reached by a call-back."""
    for event in incident.facts:
        body = event.body
        reached = isinstance(body, CalledBack) and body.grade is not None
        if (reached or isinstance(body, ReporterTold)) and incident.lives(event):
            return event
    return None


def owed(incident: Incident) -> bool:
    """Return whether somebody of the public waits for word on this report."""
    return incident.source in PUBLIC and told(incident) is None


def group(incident: Incident, known: Mapping[str, Incident]) -> tuple[Incident, ...]:
    """Return the incident and all that are merged into it, as far as they are known."""
    found = {incident.id: incident}
    masters = [incident]
    while masters:
        for id_ in masters.pop().children:
            child = known.get(id_)
            if child is not None and id_ not in found:
                found[id_] = child
                masters.append(child)
    return tuple(found[id_] for id_ in (incident.id, *sorted(found.keys() - {incident.id})))


def decided(incident: Incident) -> Event | None:
    """Return the decision about a reward; the first where there are two that knew not of each."""
    found = (e for e in incident.facts if isinstance(e.body, RewardDecided) and incident.lives(e))
    return next(found, None)


def closed_with(incident: Incident) -> str | None:
    """Return the master that a merged report was closed with."""
    closed = incident.latest("closed")
    return closed.body.with_master if closed and isinstance(closed.body, Closed) else None
