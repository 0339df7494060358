"""Facts on top of all the others: the incident grows without being folded anew.

Almost every fact is written by somebody who has seen everything before it. Then no other fact
can contradict it, and what it sets simply stands; the result equals the fold of all the facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any, Final

from dispatch.domain.bodies import (
    Absorbed,
    Answered,
    Arrived,
    Body,
    Released,
    Resolved,
    Undone,
    UnitToldOff,
)
from dispatch.domain.bodies_joint import JointOrdered, OfSub
from dispatch.domain.bodies_oversight import (
    ExtensionGranted,
    Supervised,
    SupervisionCancelled,
    SupervisionReplied,
)
from dispatch.domain.codes import State
from dispatch.domain.collide import leads
from dispatch.domain.event import Event
from dispatch.domain.fact import ASKED, COUNTED, clock_suspect, settable, told
from dispatch.domain.incident import Incident, Request
from dispatch.domain.oversight import card_of
from dispatch.domain.subs import with_fact
from dispatch.domain.types import NUMBERED, TYPES, UNKNOWN

_ABOUT_OTHERS: Final = (
    Resolved,
    Undone,
    Released,
    UnitToldOff,
    ExtensionGranted,
    SupervisionReplied,
    SupervisionCancelled,
)
"""Bodies that change what earlier facts mean: these need the whole graph."""
_NAMES: Final = tuple(field.name for field in fields(Incident))
_ALL: Final = attrgetter(*_NAMES)
_NOTHING: Final[dict[str, Any]] = dict(  # Any: by field name
    zip(_NAMES, _ALL(Incident(id="", town="", facts=(), heads=())), strict=True)
)


def grown(incident: Incident | None, events: Sequence[Event]) -> Incident | None:
    """Return the incident with facts (at least one) each of which saw all before it.

    `incident` None: nothing was known of it. None returned: it is to be folded anew.
    """
    after: dict[str, Any]  # Any: by field name
    if incident is None:
        first = events[0]
        after = _NOTHING | {"id": first.subject.id, "town": first.town}
    # Two units that were both let stand are both concerned, and only one of them is shown.
    elif incident.contested or "unit" in incident.marked or _has_drop(incident):
        return None
    else:
        after = dict(zip(_NAMES, _ALL(incident), strict=True))
    facts = list(after["facts"])
    live = list(after["live"])
    for event in events:
        if not _on_top(facts, after["heads"], event):
            return None
        if clock_suspect(event, [fact for fact in facts if fact.hash in event.base]):
            after["suspect"] = tuple(sorted((*after["suspect"], event.hash)))
        if event.sealed:
            fresh = dict.fromkeys(told(event), event.hash)
            after["sealed"] = tuple(sorted((dict(after["sealed"]) | fresh).items()))
        facts.append(event)
        live.append(event.hash)
        after["heads"] = (event.hash,)
        _move(after, event)
        _set(after, event)
        _count(after, event)
    after["facts"] = tuple(facts)
    after["live"] = tuple(sorted(live))
    after["concerned"] = _concerned(after)
    return Incident(**after)


def _has_drop(incident: Incident) -> bool:
    return any(fact.see_drop for fact in incident.facts)


def _on_top(facts: list[Event], heads: tuple[str, ...], event: Event) -> bool:
    """Whether nothing earlier is read otherwise because of this fact, and it comes last."""
    if not facts:
        follows = True
    elif event.seq is not None:
        last = facts[-1].seq
        follows = last is not None and event.seq > last
    else:
        # Seen through a fact that was numbered first, a pending one may come after this by id.
        follows = facts[-1].seq is not None or facts[-1].hash in event.base
    return (
        follows
        and event.base == heads
        and not isinstance(event.body, _ABOUT_OTHERS)
        and not event.see_drop
    )


def _move(after: dict[str, Any], event: Event) -> None:
    to = leads(event)
    if to is not None:
        after["state"] = to
        after["entered_at"] = event.at
        after["closed_at"] = event.at if to is State.CLOSED else None
    if event.type in NUMBERED and after["reported_at"] is None:
        after["reported_at"] = event.at
        after["number"] = event.number


def _set(after: dict[str, Any], event: Event) -> None:
    """What this fact sets or clears nobody has set beside it."""
    body: Body = event.body
    settled: set[str] = set()
    for name in settable(body):
        value = getattr(body, name)
        if value is not None:
            after[name] = value
            settled.add(name)
    for name in TYPES.get(event.type, UNKNOWN).clears:
        after[name] = None
        settled.add(name)
    limits = getattr(body, "limits", ())
    if limits:
        by_stage = {limit.stage: limit for limit in (*after["limits"], *limits)}
        after["limits"] = tuple(limit for _, limit in sorted(by_stage.items()))
        settled.update(f"limit:{limit.stage}" for limit in limits)
    after["marked"] = tuple(name for name in after["marked"] if name not in settled)


def _count(after: dict[str, Any], event: Event) -> None:
    name = COUNTED.get(event.type)
    if name is not None:
        after[name] += 1
    body = event.body
    if isinstance(body, Answered):
        after["requests"] = tuple(
            replace(each, answered=True) if each.hash == body.request else each
            for each in after["requests"]
        )
    elif isinstance(body, Absorbed):
        after["children"] = tuple(sorted({*after["children"], body.child}))
    elif isinstance(body, Arrived):
        arrived = after["arrived_at"]
        after["arrived_at"] = body.arrived_at if arrived is None else min(arrived, body.arrived_at)
    elif isinstance(body, JointOrdered | OfSub):
        after["subs"] = with_fact(after["subs"], event)
    elif event.type in ASKED:
        asked = Request(ASKED[event.type], event.hash, event.actor, event.at, answered=False)
        after["requests"] = (*after["requests"], asked)
    elif isinstance(body, Supervised):
        after["card"] = card_of(event, body)


def _concerned(after: dict[str, Any]) -> tuple[str, ...]:
    """No fact here drops a node, so what was ever added stays; the unit comes and goes."""
    kept = {node for fact in after["facts"] for node in fact.see_add}
    if after["unit"]:
        kept.add(after["unit"])
    return tuple(sorted(kept))
