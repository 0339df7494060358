"""What the dispatch dialog opens with: units by reason, likely duplicates, earlier events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dispatch.advice.near import Neighbour, Spot, duplicates, earlier
from dispatch.advice.units import Candidate, rank
from dispatch.desk.reference import Reference
from dispatch.desk.views import DispatchAdvice, Near, UnitAdvice
from dispatch.domain.codes import ENDED, Stage, State
from dispatch.domain.incident import Incident
from dispatch.domain.rules import thawed
from dispatch.domain.sla import limit
from dispatch.geo.distance import metres
from dispatch.store.rows import IncidentRow


@dataclass(frozen=True, slots=True)
class Around:
    """The incident and the rows it is compared with; `now` UTC milliseconds."""

    incident: Incident
    rows: Sequence[IncidentRow]
    now: int


def advise(around: Around, reference: Reference) -> DispatchAdvice:
    """Return the advice for one incident. Pure apart from the reference's caches."""
    incident = around.incident
    spots = {row.id: row for row in around.rows}
    here = _spot_of(incident)
    candidates = tuple(_candidates(around, reference))
    units = tuple(
        UnitAdvice(
            unit=each.candidate.unit,
            name=each.candidate.name,
            char=reference.names.char(each.candidate.unit),
            score=each.score,
            distance_m=each.candidate.distance_m,
            reason="/".join(each.reasons),
            role="lead" if each.candidate.responsible else "assist",
            open_orders=each.candidate.open_orders,
        )
        for each in rank(candidates)
    )
    guide = reference.rules.guides.of(incident.item, incident.department)
    others = [spot for row in around.rows if (spot := _spot(row)) is not None]
    return DispatchAdvice(
        units=units,
        duplicates=_near(duplicates(here, others), spots, reference) if here else (),
        earlier=_near(earlier(here, others), spots, reference) if here else (),
        order_no=incident.number or incident.temp,
        sign_in_due=_due(around, reference, Stage.SIGN_IN),
        disposal_due=_due(around, reference, Stage.DISPOSAL),
        spans=tuple(thawed(incident.sla).spans.items()) if incident.sla else (),
        request=guide.request,
        checks=guide.checks,
    )


def _candidates(around: Around, reference: Reference) -> Iterable[Candidate]:
    incident = around.incident
    orders: dict[str, int] = {}
    for row in around.rows:
        if row.open and row.unit:
            orders[row.unit] = orders.get(row.unit, 0) + 1
    for unit in reference.units():
        code = reference.rules.unit_node(reference.town, unit)
        place = reference.places.get(code)
        known = place is not None and incident.lon is not None and incident.lat is not None
        yield Candidate(
            unit=unit,
            name=reference.names.unit(unit),
            responsible=unit == incident.department,
            own_village=unit == incident.village,
            distance_m=round(metres(incident.lon or 0, incident.lat or 0, *place))
            if known and place is not None
            else None,
            open_orders=orders.get(unit, 0),
        )


def _due(around: Around, reference: Reference, stage: Stage) -> int | None:
    if around.incident.sla is None:
        return None
    found = limit(thawed(around.incident.sla), stage, around.now, reference.rules.calendar)
    return found.due if found else None


def _spot_of(incident: Incident) -> Spot | None:
    if incident.lon is None or incident.lat is None or incident.reported_at is None:
        return None
    return Spot(
        incident.id,
        incident.item or "",
        incident.lon,
        incident.lat,
        incident.reported_at,
        not incident.open,
    )


def _spot(row: IncidentRow) -> Spot | None:
    if row.lon is None or row.lat is None or row.reported_at is None or row.state is None:
        return None
    ended = row.state in ENDED
    return Spot(row.id, row.item or "", row.lon, row.lat, row.reported_at, ended)


def _near(
    found: Iterable[Neighbour], rows: dict[str, IncidentRow], reference: Reference
) -> tuple[Near, ...]:
    near = []
    for each in found:
        row = rows[each.spot.id]
        near.append(
            Near(
                id=row.id,
                number=row.number or row.temp,
                item_name=reference.names.item(row.item or "", row.catalogue),
                state=row.state or State.REPORTED,
                distance_m=each.metres,
                apart_s=each.seconds,
            )
        )
    return tuple(near)
