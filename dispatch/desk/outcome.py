"""What a fact of the timeline came to: its codes and numbers, with names for what has one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dispatch.desk.names import Names
from dispatch.domain import bodies as b
from dispatch.domain import bodies_oversight as o
from dispatch.domain.bodies_joint import JointOrdered, OfSub, SubReturned
from dispatch.domain.bodies_reporter import RewardDecided
from dispatch.domain.event import Event

Points = tuple[tuple[str, str], ...]
"""What it is about and its value; a correction's are `changed:item` and so on, old → new."""

UNREACHED: Final = "none"
"""The grade of a call-back that reached nobody."""
_TOLD: Final = (
    "source finding why channel grade on_time score archive_no city_order"
    " arrived_at sub_arrived_at accepted_at promised review_at distance_m to"
).split()
_CORRECTED: Final = ("item", "priority", "grid", "village")


def outcome(event: Event, names: Names, number: Callable[[str], str]) -> Points:
    """Return the points in the order they are read; `number` names an incident by its id."""
    body = event.body
    if isinstance(body, b.Corrected):
        return _corrected(body, names)
    found = [(name, _code(name, getattr(body, name))) for name in _TOLD if _given(body, name)]
    if isinstance(body, b.Filed):
        found += [
            ("item", names.item(body.item or "", body.catalogue)),
            ("priority", body.priority or ""),
        ]
    if isinstance(body, b.FedBack):
        found.append(("unconfirmed", body.unconfirmed))
        found.append(("photos_short", str(body.photos_short or "")))
    found += _overseen(body)
    if isinstance(body, RewardDecided):
        found += [("reward", body.reward), ("yuan", "" if body.yuan is None else str(body.yuan))]
    if isinstance(body, b.Dispatched) and body.assists:
        found.append(("assists", "、".join(names.unit(each) for each in body.assists)))
    if isinstance(body, JointOrdered):
        found.append(("whistle", "yes" if body.whistle else ""))
        found.append(("assists", "、".join(names.unit(each.unit) for each in body.orders)))
    if isinstance(body, OfSub):
        found.insert(0, ("sub", names.unit(body.sub)))
    if isinstance(body, SubReturned) and body.propose:
        found.append(("propose", names.unit(body.propose)))
    if isinstance(body, b.Returned) and body.propose:
        found.append(("propose", names.unit(body.propose)))
    if isinstance(body, b.UnitToldOff):
        found.append(("told_off", names.unit(body.told_off)))
    if isinstance(body, b.Merged):
        apart = ("apart_m", str(body.distance_m))  # from the other one, not from a place
        found = [apart, ("number", number(body.master))]
    if isinstance(body, b.Absorbed | b.Released):
        found.append(("number", number(body.child)))
    return tuple((name, value) for name, value in found if value)


def _overseen(body: b.Body) -> list[tuple[str, str]]:
    """More time asked and given, and a card: who watches over the handling."""
    match body:
        case o.ExtensionAsked():
            days = "natural_days" if body.natural else "working_days"
            return [(days, str(body.days)), ("until", str(body.until))]
        case o.ExtensionGranted():
            until = [("until", str(each.due)) for each in body.limits]
            return [*until, ("was_due", str(body.was_due))]
        case o.Supervised():
            points = ("points", str(body.points) if body.points else "")
            return [("level", body.level), ("answer_by", str(body.answer_by)), points]
        case _:
            return []


def _given(body: b.Body, name: str) -> bool:
    if isinstance(body, b.CalledBack) and name == "grade":
        return True
    return getattr(body, name, None) is not None


def _code(name: str, value: object) -> str:
    if name == "on_time":
        return "yes" if value else "no"
    return UNREACHED if value is None else str(value)


def _corrected(body: b.Corrected, names: Names) -> Points:
    """Old and new of what is said in the open; a moved point is only told to have moved."""
    old = dict(body.old)
    found = []
    for name in _CORRECTED:
        if name in old:
            before, after = (_named(name, each, names) for each in (old[name], getattr(body, name)))
            if before != after:
                found.append((f"changed:{name}", f"{before or '—'} → {after or '—'}"))
    if "lon" in old or "lat" in old:
        found.append(("changed:lonlat", ""))
    return tuple(found)


def _named(name: str, code: object, names: Names) -> str:
    text = "" if code in {None, "None", ""} else str(code)
    if name == "item":
        return names.item(text) if text else ""
    return names.node(text) if text and name in {"grid", "village"} else text
