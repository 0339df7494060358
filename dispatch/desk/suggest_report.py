"""What a report that is being written would bring: whom it goes to, its limits, its duplicates."""

from __future__ import annotations

from collections.abc import Sequence

from dispatch.desk.reference import Reference
from dispatch.desk.suggest import Around, advise
from dispatch.desk.views_report import ReportProposal
from dispatch.domain.catalogue import Item
from dispatch.domain.codes import Stage
from dispatch.domain.errors import BadInput
from dispatch.domain.incident import Incident
from dispatch.domain.sla import limit
from dispatch.store.rows import IncidentRow


def propose(
    reference: Reference,
    item: str,
    point: tuple[float, float] | None,
    rows: Sequence[IncidentRow],
    now: int,
) -> ReportProposal:
    """Return the proposal for an item at a point (CGCS2000 degrees), or without one.

    Limits count as if it were reported, filed and dispatched at `now`.
    """
    found = reference.rules.catalogue.get(item)
    if found is None:
        raise BadInput("item", f"目录 {reference.rules.catalogue.version} 中没有事项 {item}")
    profile = reference.rules.profile(found.profile)
    calendar = reference.rules.calendar
    limits = tuple(
        clock for stage in Stage if (clock := limit(profile, stage, now, calendar)) is not None
    )
    draft = _draft(reference, found, point, now)
    advice = advise(Around(draft, rows, now), reference)
    last = max((clock.due for clock in limits), default=now)
    return ReportProposal(
        item=found.code,
        unit=next((unit for unit in advice.units if unit.role == "lead"), None),
        station=next((unit for unit in advice.units if unit.unit == draft.village), None),
        priority=found.priority,
        sla=profile.code,
        working=profile.working,
        spans=tuple(profile.spans.items()),
        limits=limits,
        duplicates=advice.duplicates,
        calendar_missing=calendar.missing(now, last) if profile.working else (),
        guide=reference.rules.guides.of(found.code, found.department),
    )


def _draft(
    reference: Reference, item: Item, point: tuple[float, float] | None, now: int
) -> Incident:
    """Return the incident as it would be, so that it is advised on like any other."""
    lon, lat = point if point is not None else (None, None)
    village = reference.place(*point).village if point is not None else None
    return Incident(
        id="",
        town=reference.town,
        facts=(),
        heads=(),
        item=item.code,
        department=item.department,
        lon=lon,
        lat=lat,
        village=village,
        reported_at=now,
    )
