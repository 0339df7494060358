"""Step 1 and the filing: report, verify, file, correct, note (T1, 3, 4, 5, 30, 32)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, TypedDict

from dispatch.domain.ask import Ask
from dispatch.domain.bodies import (
    Confirmed,
    Corrected,
    Filed,
    Noted,
    Reported,
    Sla,
    Verified,
    VerifyAsked,
)
from dispatch.domain.bodies_oversight import SelfHandled
from dispatch.domain.calendar import DAY, local
from dispatch.domain.catalogue import UNCLASSIFIED, Item
from dispatch.domain.codes import Level, Priority, Role, Source, Stage, State
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Draft
from dispatch.domain.rules import UNITS, frozen_sla, unit_code
from dispatch.domain.sla import Limit, Profile, limit

PHOTOS_ASKED: Final = 3
"""Photos a worker is asked for at each place; a missing one is a mark, never a refusal."""

SELF_PHOTOS: Final = 2
"""Of a self-handled one: one before, one after."""
_SOURCE_OF: Final = {
    Role.WORKER: Source.WORKER,
    Role.PATROL: Source.PATROL,
    Role.STATION: Source.STATION,
    Role.UNIT: Source.DEPARTMENT,
}


def report(ask: Ask) -> tuple[Draft, ...]:
    """T1. The grid tells the village; without a grid the village must be given."""
    command = ask.command
    item, profile = _item(ask, command.item or UNCLASSIFIED)
    lon, lat = _point(command.lon, command.lat)
    grid, village = _place(ask)
    found_at = ask.now if command.found_at is None else command.found_at
    if not 0 <= found_at <= ask.now:
        raise BadInput("found_at", "发现时间必须在 1970 年之后、现在之前")
    source = command.source or _SOURCE_OF.get(ask.role, Source.CITIZEN)
    wanted = _photos_wanted(ask, source)
    body = Reported(
        reason=command.reason,
        on_behalf=command.on_behalf,
        told_by=command.told_by,
        source=source,
        lon=lon,
        lat=lat,
        grid=grid,
        village=village,
        found_at=found_at,
        temp=command.temp,
        photos_missing=max(0, wanted - len(command.photos)),
        limits=_present(limit(profile, Stage.ACCEPT, ask.now, ask.rules.calendar)),
        **_matter(ask, item, profile, command.priority),
    )
    return (ask.draft("reported", body, see_add=_concerned(ask, village)),)


def _concerned(ask: Ask, village: str) -> tuple[str, ...]:
    """The village, and the reporter's own post: who reports something goes on seeing it."""
    node = ask.rules.organisation.get(ask.actor.node)
    post = unit_code(node) if node is not None and node.level in UNITS else village
    return (village,) if post == village else (village, post)


def self_handled(ask: Ask) -> tuple[Draft, ...]:
    """T2: reported and dealt with in one; the intake reviews it.

    Of the photos the first half shows it before, the rest after; two are asked for.
    """
    (told,) = report(ask)
    photos = ask.command.photos
    before = photos[: len(photos) // 2]
    body = SelfHandled(
        on_behalf=ask.command.on_behalf,
        told_by=ask.command.told_by,
        photos_missing=max(0, SELF_PHOTOS - len(photos)),
        limits=_present(_check_limit(ask)),
    )
    done = ask.draft("self_handled", body)
    result = tuple(pair for pair in done.sealed if pair[0] == "result")
    matter = tuple(pair for pair in told.sealed if pair not in result)
    return (
        replace(told, sealed=matter, blobs=before),
        replace(done, sealed=result, blobs=photos[len(before) :]),
    )


def _check_limit(ask: Ask) -> Limit | None:
    _, profile = _item(ask, ask.command.item or UNCLASSIFIED)
    return limit(profile, Stage.CHECK, ask.now, ask.rules.calendar)


def _photos_wanted(ask: Ask, source: Source) -> int:
    """How many photos a report should have; fewer is a mark, never a refusal."""
    item = ask.rules.catalogue.get(ask.command.item or UNCLASSIFIED)
    guide = ask.rules.guides.of(item.code if item else None, item.department if item else None)
    return guide.photos or (PHOTOS_ASKED if source is Source.WORKER else 0)


def _point(lon: float | None, lat: float | None) -> tuple[float, float]:
    if lon is None or lat is None or not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise BadInput("lonlat", "坐标必须是 CGCS2000 度，经度 -180 至 180，纬度 -90 至 90")
    return round(lon, 7), round(lat, 7)


def _place(ask: Ask) -> tuple[str, str]:
    """Return grid and village codes; both must be known and lie in the person's part."""
    organisation = ask.rules.organisation
    grid = ask.command.grid or ""
    village = ask.command.village or (organisation.ancestor(grid, Level.VILLAGE) if grid else None)
    if grid:
        _check_node(ask, grid, Level.GRID, "grid")
    if village is None:
        raise BadInput("village", "位置不在任何网格内，须指定村（社区）")
    _check_node(ask, village, Level.VILLAGE, "village")
    if grid and not organisation.within(grid, village):
        raise BadInput("grid", f"网格 {grid} 不属于 {village}")
    # A department's people and the squads see the whole town.
    part = ask.actor.node
    if ask.role in {Role.UNIT, Role.PATROL}:
        part = organisation.ancestor(part, Level.TOWN) or part
    if not (organisation.within(village, part) or organisation.within(part, village)):
        raise Refused("out_of_scope", node=ask.actor.node, village=village)
    return grid, village


def _check_node(ask: Ask, code: str, level: Level, where: str) -> None:
    node = ask.rules.organisation.get(code)
    if node is None or node.level is not level:
        word = "网格" if level is Level.GRID else "村（社区）"
        raise BadInput(where, f"组织表中没有{word} {code}")
    if not node.valid_on(local(ask.now).date()):
        raise BadInput(where, f"{code} 今天已不存在")


def _item(ask: Ask, code: str) -> tuple[Item, Profile]:
    item = ask.rules.catalogue.get(code)
    if item is None:
        raise BadInput("item", f"目录 {ask.rules.catalogue.version} 中没有事项 {code}")
    return item, ask.rules.profile(item.profile)


class _Named(TypedDict):
    """The fields of a `Matter` that the catalogue gives."""

    item: str
    klass: str
    department: str
    priority: Priority
    sla: Sla
    catalogue: str


def _matter(ask: Ask, item: Item, profile: Profile, priority: Priority | None) -> _Named:
    return {
        "item": item.code,
        "klass": item.klass,
        "department": item.department,
        "priority": priority or item.priority,
        "sla": frozen_sla(profile),
        "catalogue": ask.rules.catalogue.version,
    }


def _present(*limits: Limit | None) -> tuple[Limit, ...]:
    return tuple(each for each in limits if each is not None)


def ask_verify(ask: Ask) -> tuple[Draft, ...]:
    """T3, to a named worker; the limit is the profile's unless one is given."""
    limits = ask.until(Stage.VERIFY) or ask.clock(Stage.VERIFY)
    body = VerifyAsked(reason=ask.command.reason, worker=ask.command.worker or "", limits=limits)
    return (ask.draft("verify_asked", body),)


def verify(ask: Ask) -> tuple[Draft, ...]:
    """T4, by the worker named, or recorded on the worker's behalf."""
    command, incident = ask.command, ask.incident
    if ask.role is Role.WORKER:
        if ask.actor.account != incident.worker:
            raise Refused("not_the_worker_named", worker=incident.worker or "")
    elif command.on_behalf != incident.worker:
        raise Refused("needs_on_behalf", worker=incident.worker or "")
    assert command.finding is not None  # the options were checked
    body = Verified(
        reason=command.reason,
        finding=command.finding,
        on_behalf=command.on_behalf,
        told_by=command.told_by,
    )
    return (ask.draft("verified", body),)


def file(ask: Ask) -> tuple[Draft, ...]:
    """T5: freeze item, priority and profile. 未分类 may only be filed by a chief."""
    incident, command = ask.incident, ask.command
    code = command.item or incident.item or UNCLASSIFIED
    if code == UNCLASSIFIED and ask.role is not Role.CHIEF:
        raise Refused("unclassified_needs_chief", item=code)
    item, profile = _item(ask, code)
    kept = incident.priority if code == incident.item else None
    calendar = ask.rules.calendar
    start = incident.reported_at or ask.now
    body = Filed(
        reason=command.reason,
        limits=_present(
            limit(profile, Stage.DISPATCH, ask.now, calendar),
            limit(profile, Stage.FIRST_ANSWER, start, calendar),
        ),
        organisation=ask.rules.organisation.version,
        calendar=calendar.version,
        by_station=ask.role is Role.STATION,
        **_matter(ask, item, profile, command.priority or kept),
    )
    return (ask.draft("filed", body),)


def confirm(ask: Ask) -> tuple[Draft, ...]:
    """The chief's confirmation of a P1 or P2, after the fact, once a filing."""
    incident = ask.incident
    if incident.latest("filed") is None:
        raise Refused("not_filed", state=incident.state or "")
    if incident.priority is Priority.P3:
        raise Refused("nothing_to_confirm", priority=incident.priority)
    if incident.confirmed:
        raise Refused("already_confirmed", incident=incident.id)
    return (ask.draft("filing_confirmed", Confirmed(reason=ask.command.reason)),)


def note(ask: Ask) -> tuple[Draft, ...]:
    """T32: text or photo; never refused for its state."""
    if not (ask.command.text or ask.command.photos):
        raise BadInput("text", "批注要有文字或照片")
    return (ask.draft("noted", Noted(reason=ask.command.reason)),)


def correct(ask: Ask) -> tuple[Draft, ...]:
    """T30: new values beside the old; an item change before dispatch freezes a new profile."""
    command, incident = ask.command, ask.incident
    values: dict[str, object] = {}
    if command.item is not None and command.item != incident.item:
        values |= _new_item(ask, command.item)
    elif command.priority is not None:
        values["priority"] = command.priority
    if command.lon is not None or command.lat is not None:
        values["lon"], values["lat"] = _point(command.lon, command.lat)
    see_add, see_drop = _moved(ask, values)
    if command.due is not None:
        values["limits"] = _new_due(ask)
    old = tuple(
        (name, str(getattr(incident, name))) for name in values if name not in {"limits", "sla"}
    )
    body = Corrected(reason=command.reason, old=old, **values)  # type: ignore[arg-type]
    draft = ask.draft("corrected", body, see_add=see_add, see_drop=see_drop)
    if not values and not draft.sealed:
        raise BadInput("set", "没有要更正的内容")
    return (draft,)


def _new_item(ask: Ask, code: str) -> dict[str, object]:
    incident = ask.incident
    item, profile = _item(ask, code)
    values: dict[str, object] = {**_matter(ask, item, profile, ask.command.priority)}
    calendar = ask.rules.calendar
    start = incident.reported_at or ask.now
    if incident.state is State.FILED:
        filed = incident.limit(Stage.DISPATCH)
        values["limits"] = _present(
            limit(profile, Stage.DISPATCH, filed.start if filed else ask.now, calendar),
            limit(profile, Stage.FIRST_ANSWER, start, calendar),
        )
    elif incident.state in {State.REPORTED, State.VERIFY}:
        values["limits"] = _present(limit(profile, Stage.ACCEPT, start, calendar))
    else:
        del values["sla"]
    return values


def _moved(ask: Ask, values: dict[str, object]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Put grid and village into `values`; return the nodes that become and cease concerned."""
    if ask.command.grid is None and ask.command.village is None:
        return (), ()
    grid, village = _place(ask)
    values["grid"], values["village"] = grid, village
    if village == ask.incident.village:
        return (), ()
    left = ask.incident.village
    return (village,), (left,) if left else ()


def _new_due(ask: Ask) -> tuple[Limit, ...]:
    """A chief's new deadline for the clock that runs; days beyond a year are a slip."""
    if Role.CHIEF not in ask.actor.roles:
        raise Refused("due_needs_chief", verb="correct")
    clock, due = ask.incident.clock(), ask.command.due or 0
    if clock is None:
        raise Refused("no_clock_runs", state=ask.incident.state or "")
    if not clock.start < due <= ask.now + 366 * DAY:
        raise BadInput("due", "时限必须晚于环节开始，且在一年之内")
    return (Limit(clock.stage, clock.start, clock.start + (due - clock.start) * 4 // 5, due),)
