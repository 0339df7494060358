"""What one fact says by itself, whatever stands beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Final

from dispatch.domain.bodies import Body
from dispatch.domain.event import Event
from dispatch.domain.incident import Incident

_DERIVED: Final = frozenset(
    "id town facts heads state entered_at number reported_at arrived_at closed_at children "
    "limits returns rework redo subs tries requests contested marked live sealed concerned suspect "
    "told_off card extensions instructions".split()
)
"""Fields that are made from several facts, never set by one."""
_FIELDS: Final = frozenset(field.name for field in fields(Incident)) - _DERIVED
_SETS: dict[type[Body], tuple[str, ...]] = {}
_OF_THE_MATTER: Final = frozenset({"reported", "city_assigned", "corrected"})
"""Types whose sealed `text` is the incident's own; others' is an opinion on it."""
OF_A_SUB: Final = frozenset(
    {"sub_signed", "sub_arrived", "sub_fed_back", "sub_returned", "sub_excused"}
)
"""Types whose sealed texts are an assisting unit's, not the incident's."""
CLOCK_SLACK: Final = 5 * 60_000
"""How far a clock may be off before its fact is flagged, milliseconds."""
ASKED: Final = {
    "refusal_asked": "refusal",
    "hold_asked": "hold",
    "void_asked": "void",
    "extension_asked": "extension",
    "escalation_asked": "escalation",
}
"""What kind of request a type makes."""
CLOSINGS: Final = frozenset({"closed", "recorded_only"})
"""Types that end an incident's life: its time is the incident's `closed_at`."""
COUNTED: Final = {
    "returned": "returns",
    "inspected_fail": "rework",
    "reopened": "rework",
    "redone": "redo",
    "call_tried": "tries",
    "instructed": "instructions",
}
"""Which counter of the incident a type moves by one."""


def settable(body: Body) -> tuple[str, ...]:
    """Return the incident's fields that a body of this shape may set; None sets nothing."""
    kind = type(body)
    if kind not in _SETS:
        _SETS[kind] = tuple(each.name for each in fields(body) if each.name in _FIELDS)
    return _SETS[kind]


def told(event: Event) -> tuple[str, ...]:
    """Return the sealed fields that a fact gives the incident."""
    if event.type in OF_A_SUB:
        return ()
    if event.type in _OF_THE_MATTER or "text" not in event.sealed:
        return event.sealed
    return tuple(name for name in event.sealed if name != "text")


def clock_suspect(event: Event, parents: Iterable[Event]) -> bool:
    """Return whether a fact's time cannot be right: far after its receipt, or before `parents`."""
    at = event.corrected_at
    if event.received_at is not None and at > event.received_at + CLOCK_SLACK:
        return True
    return any(at < parent.corrected_at - CLOCK_SLACK for parent in parents)
