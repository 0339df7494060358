"""Who may call a worker by radio and record a look at an object, and what is written of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from dispatch.domain.bodies_force import ObjectChecked, RadioAnswer, RadioChecked
from dispatch.domain.bodies_town import Checked
from dispatch.domain.calendar import local
from dispatch.domain.codes import Kind, Level, Role
from dispatch.domain.decide_campaign import MAY_ANSWER
from dispatch.domain.decide_town import sealed_texts
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Draft, Subject
from dispatch.domain.may import is_code, writable
from dispatch.domain.rules import Actor, Rules

MAY_RADIO: Final = frozenset({Role.DISPATCHER, Role.CHIEF, Role.STATION})
LONGEST_OBJECT: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRadio:
    """A worker was called. `grid` is the worker's; `silent_since` as in the event."""

    worker: str
    grid: str
    answer: RadioAnswer
    text: str = field(default="", repr=False)
    silent_since: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckObject:
    """A managed object was looked at. `on_behalf`: the worker for whom it is recorded."""

    object: str
    grid: str
    finding: Checked
    text: str = field(default="", repr=False)
    photos: tuple[str, ...] = ()
    on_behalf: str | None = None


def duty_id(worker: str, now: int) -> str:
    """Return the name of a worker's day."""
    return f"{worker}:{local(now):%Y-%m-%d}"


def object_day(grid: str, now: int) -> str:
    """Return the name under which a grid's looks at objects of one day are kept."""
    return f"{local(now):%Y%m%d}:{grid}"


def decide_radio(
    command: CheckRadio, actor: Actor, rules: Rules, now: int
) -> tuple[Role, tuple[Draft, ...]]:
    """Return the role and the event of a call; every call is one, also without an answer."""
    role = actor.role(MAY_RADIO, "check_radio")
    _check_scope(actor, rules, command.grid)
    if not is_code(command.worker):
        raise BadInput("worker", "须为人员编号")
    body = RadioChecked(
        worker=command.worker, answer=command.answer, silent_since=command.silent_since
    )
    draft = Draft(
        subject=Subject(Kind.DUTY, duty_id(command.worker, now)),
        type="radio_checked",
        body=body,
        sealed=sealed_texts({"text": command.text}),
    )
    return role, (draft,)


def decide_object(
    command: CheckObject, actor: Actor, rules: Rules, now: int
) -> tuple[Role, tuple[Draft, ...]]:
    """Return the role and the event of a look at an object."""
    role = actor.role(MAY_ANSWER, "check_object")
    _check_scope(actor, rules, command.grid)
    if not 0 < len(command.object) <= LONGEST_OBJECT or not writable(command.object):
        raise BadInput("object", f"须为 1 至 {LONGEST_OBJECT} 字的对象代码")
    if role in {Role.STATION, Role.DISPATCHER} and not command.on_behalf:
        raise Refused("needs_on_behalf", unit=command.grid, worker="")
    if command.on_behalf and not is_code(command.on_behalf):
        raise BadInput("on_behalf", "须为人员编号")
    if len(command.photos) > 9:
        raise BadInput("photos", "最多 9 张")
    body = ObjectChecked(
        object=command.object, finding=command.finding, on_behalf=command.on_behalf
    )
    draft = Draft(
        subject=Subject(Kind.OBJECT, object_day(command.grid, now)),
        type="object_checked",
        body=body,
        sealed=sealed_texts({"text": command.text}),
        see_add=(command.grid,),
        blobs=command.photos,
    )
    return role, (draft,)


def _check_scope(actor: Actor, rules: Rules, grid: str) -> None:
    organisation, node = rules.organisation, actor.node
    known = organisation.get(grid)
    if known is None or known.level is not Level.GRID:
        raise BadInput("grid", f"组织表中没有网格 {grid[:40]}")
    if not (organisation.within(grid, node) or organisation.within(node, grid)):
        raise Refused("out_of_scope", node=node, grid=grid)
