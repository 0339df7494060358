"""Queue rows: a row of the store's projection with names put to its codes."""

from __future__ import annotations

from dispatch.desk.modes import Moment
from dispatch.desk.names import Names
from dispatch.desk.views import QueueRow
from dispatch.domain.bulletin import Case, Duties, Owed, owed
from dispatch.domain.codes import Channel, Priority
from dispatch.store.rows import IncidentRow


def to_inform(row: IncidentRow, duties: Duties) -> tuple[Owed, ...]:
    """Return the first information reports that an open incident owes, the one due first first."""
    if not row.open:
        return ()
    ways = frozenset(Channel(each) for each in row.informed)
    case = Case(row.state, row.reported_at, row.item, row.priority, row.sent_up_at, ways)
    return tuple(sorted(owed(case, duties), key=lambda each: each.due))


def queue_row(row: IncidentRow, names: Names, at: Moment) -> QueueRow | None:
    """Return the row as it is shown; None for a placeholder whose report is not here yet."""
    if row.state is None:
        return None
    clock = at.clock(row)
    names = names.of(row.town)
    return QueueRow(
        id=row.id,
        number=row.number or row.temp,
        state=row.state,
        priority=row.priority or Priority.P2,
        item=row.item or "",
        item_name=names.item(row.item or "", row.catalogue),
        place=row.place,
        grid=row.grid or "",
        grid_name=names.node(row.grid or row.village or ""),
        village=row.village or "",
        unit=row.unit or "",
        unit_name=names.unit(row.unit or ""),
        lon=row.lon or 0.0,
        lat=row.lat or 0.0,
        reported_at=row.reported_at or 0,
        clock=clock.limit if clock else None,
        contested=bool(row.contested),
        unsent=row.unsent,
        photos=row.photos,
        merged=row.merged,
        rework=row.rework,
        waiting=row.waiting,
        version=row.version,
        still=clock.still if clock else None,
        special=row.open and row.item in at.modes_in(row.town).items,
        supervision=row.supervision,
        answer_by=row.answer_by,
        replied=row.replied,
        town=row.town,
        town_name=names.node(row.town) if at.others else "",
        inform=next(iter(to_inform(row, names.rules.bulletins)), None),
    )
