"""Information reports of one incident as the pane shows them, and the text of the next one."""

from __future__ import annotations

from collections.abc import Mapping

from dispatch.desk.names import Names
from dispatch.desk.reference import Reference
from dispatch.desk.views_bulletin import BulletinLine, Bulletins
from dispatch.domain.bodies import Dispatched, Reassigned
from dispatch.domain.bulletin import Made, case_of, made, owed
from dispatch.domain.calendar import local
from dispatch.domain.codes import BulletinPart, Channel
from dispatch.domain.incident import Incident
from dispatch.reports.words import SOURCES

Plain = Mapping[str, Mapping[str, str]]
"""Per event hash the sealed fields in clear."""


def bulletins(incident: Incident, plain: Plain, tables: Reference, now: int) -> Bulletins:
    """Return what is owed and made; `now` in UTC milliseconds dates the draft."""
    before = made(incident)
    events = {event.hash: event.id for event in incident.facts}
    part = _next(before)
    return Bulletins(
        owed=owed(case_of(incident), tables.rules.bulletins),
        made=tuple(
            BulletinLine(
                event=events[each.hash],
                part=each.part,
                nth=each.nth,
                way=each.way,
                at=each.at,
                person=tables.person(each.by),
                due=each.due,
                text=plain.get(each.hash, {}).get("text", ""),
            )
            for each in before
        ),
        part=part,
        draft=_draft(part, incident, plain, tables.names, now) if part else "",
    )


def _next(before: tuple[Made, ...]) -> BulletinPart | None:
    if any(each.part is BulletinPart.FINAL for each in before):
        return None
    written = any(each.way is Channel.MESSAGE for each in before)
    return BulletinPart.FOLLOW if written else BulletinPart.FIRST


def _draft(part: BulletinPart, incident: Incident, plain: Plain, names: Names, now: int) -> str:
    """Return the lines of an information report; what is not known is left for the writer."""
    if part is BulletinPart.FIRST:
        return "\n".join((*_matter(incident, plain, names), *_open_lines(incident, names)))
    since = f"截至 {_minute(now)}："
    return "\n".join((since, *_open_lines(incident, names)))


def _matter(incident: Incident, plain: Plain, names: Names) -> tuple[str, ...]:
    told = {name: plain.get(hash_, {}).get(name, "") for name, hash_ in incident.sealed}
    item = names.item(incident.item, incident.catalogue) if incident.item else ""
    where = "".join((names.node(incident.village or ""), told.get("place", "")))
    source = SOURCES.get(incident.source, "") if incident.source else ""
    found = incident.found_at if incident.found_at is not None else incident.reported_at
    return (
        f"接报时间：{_minute(incident.reported_at)}",
        f"信息来源：{source}",
        f"事发时间：{_minute(found)}",
        f"事发地点：{where}",
        f"事件性质：{item}",
        f"基本情况：{told.get('text', '')}",
    )


def _open_lines(incident: Incident, names: Names) -> tuple[str, ...]:
    return (
        "影响范围和伤亡损失：",
        "发展趋势：",
        "到场领导：",
        f"已采取措施：{_measures(incident, names)}",
    )


def _measures(incident: Incident, names: Names) -> str:
    """Who was sent when, and when somebody was there, as far as it still counts."""
    found = []
    for event in incident.facts:
        if isinstance(event.body, Dispatched | Reassigned) and incident.lives(event):
            unit = names.unit(getattr(event.body, "unit", "") or "")
            found.append(f"{_minute(event.at)} 派{unit}处置")
    if incident.arrived_at is not None:
        found.append(f"{_minute(incident.arrived_at)} 到达现场")
    return "；".join(found)


def _minute(at: int | None) -> str:
    return f"{local(at):%Y-%m-%d %H:%M}" if at is not None else ""
