"""Deciding what belongs to a shift: ticks, signatures, lines of its log. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from dispatch.domain.bodies import Body
from dispatch.domain.bodies_shift import (
    HandoverSigned,
    ItemsTicked,
    LineWritten,
    PromiseKept,
    TicksWithdrawn,
)
from dispatch.domain.codes import Kind, LineKind, Role, SignPart
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Draft, Subject
from dispatch.domain.may import is_code, writable
from dispatch.domain.rules import Actor, Rules
from dispatch.domain.shift import Shift, next_of, scope_of, span_of

MOST_ITEMS: Final = 400
"""So many ticks fit into one event; a longer list is ticked in several."""
LONGEST_LINE: Final = 2_000
_HASH: Final = re.compile(r"[0-9a-f]{64}")


class ShiftVerb(StrEnum):
    """Every act on a shift beside logging on and off, by its word on the command line."""

    TICK = "tick"
    UNTICK = "untick"
    SIGN_OUT = "sign-out"
    SIGN_IN = "sign-in"
    REVIEW = "review"
    WRITE = "write"
    KEEP = "keep"


PARTS: Final = {
    SignPart.OUT: ShiftVerb.SIGN_OUT,
    SignPart.IN: ShiftVerb.SIGN_IN,
    SignPart.REVIEW: ShiftVerb.REVIEW,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftCommand:
    """One act on a shift; what a verb does not know must be left empty.

    `items`: keys of the hand-over list. `figures`: SHA-256 of the report that is signed. `text` is
    sealed before it is stored. `due` UTC milliseconds. `promise`: hash of its line.
    """

    verb: ShiftVerb
    shift: str
    items: tuple[str, ...] = ()
    figures: str = ""
    text: str = field(default="", repr=False)
    kind: LineKind | None = None
    incident: str = ""
    due: int | None = None
    promise: str = ""


@dataclass(frozen=True, slots=True)
class ShiftRight:
    """Which roles may do it, and which options it must and may have."""

    roles: frozenset[Role]
    needs: tuple[str, ...] = ()
    options: frozenset[str] = frozenset()


# A village station has no chief: its dispatcher hands the station over.
_CHIEFS: Final = frozenset({Role.CHIEF, Role.STATION})
_SEATS: Final = frozenset(
    {
        Role.CLERK,
        Role.DISPATCHER,
        Role.CHIEF,
        Role.LEADER,
        Role.INSPECTOR,
        Role.SUPERVISOR,
        Role.STATION,
    }
)
SHIFT_RIGHTS: Final[dict[ShiftVerb, ShiftRight]] = {
    ShiftVerb.TICK: ShiftRight(_CHIEFS, ("items",)),
    ShiftVerb.UNTICK: ShiftRight(_CHIEFS, ("items",)),
    ShiftVerb.SIGN_OUT: ShiftRight(_CHIEFS, ("figures",)),
    ShiftVerb.SIGN_IN: ShiftRight(_CHIEFS, ("figures",)),
    ShiftVerb.REVIEW: ShiftRight(frozenset({Role.LEADER}), ("figures",)),
    ShiftVerb.WRITE: ShiftRight(_SEATS, ("kind", "text"), frozenset({"incident", "due"})),
    ShiftVerb.KEEP: ShiftRight(_SEATS, ("promise",), frozenset({"text"})),
}
"""Who may do what to a shift, with which options."""


@dataclass(frozen=True, slots=True)
class ShiftAsk:
    """What is decided by: the shift as it is folded, the keys of its hand-over list, the clock.

    `listed` None: the act needs no list and it was not made.
    """

    command: ShiftCommand
    actor: Actor
    shift: Shift
    listed: Collection[str] | None
    now: int


def decide_shift(ask: ShiftAsk, rules: Rules) -> tuple[Role, tuple[Draft, ...]]:
    """Return the role it was done in and the event to record, or raise Refused or BadInput."""
    command, actor = ask.command, ask.actor
    _check_options(command)
    scope = scope_of(command.shift)
    if span_of(command.shift)[0] > ask.now:
        raise BadInput("shift", "这一班还没有开始")
    role = actor.role(SHIFT_RIGHTS[command.verb].roles, command.verb)
    if not rules.organisation.within(scope, actor.node):
        raise Refused("out_of_scope", node=scope)
    body = _HANDLERS[command.verb](ask)
    sealed = (("text", command.text),) if command.text else ()
    subject = Subject(Kind.SHIFT, command.shift)
    type_ = _TYPES[command.verb]
    return role, (Draft(subject=subject, type=type_, body=body, sealed=sealed),)


def _check_options(command: ShiftCommand) -> None:
    right = SHIFT_RIGHTS[command.verb]
    for name in ("items", "figures", "text", "kind", "incident", "due", "promise"):
        given = getattr(command, name) not in (None, "", ())
        if name in right.needs and not given:
            raise BadInput(name, "必须填写")
        if given and name not in right.needs and name not in right.options:
            raise BadInput(name, f"{command.verb} 不用这一项")
    if len(command.items) > MOST_ITEMS:
        raise BadInput("items", f"一次最多勾 {MOST_ITEMS} 项")
    for name in ("figures", "promise"):
        value = getattr(command, name)
        if value and _HASH.fullmatch(value) is None:
            raise BadInput(name, "须为 64 位十六进制的 SHA-256")
    if not writable(command.text) or len(command.text) > LONGEST_LINE:
        raise BadInput("text", f"须在 {LONGEST_LINE} 字以内，不含 NUL 或半个代理对")
    if command.text and not command.text.strip():
        raise BadInput("text", "必须填写")
    if command.incident and not is_code(command.incident):
        raise BadInput("incident", "编号须为 1 至 64 位字母、数字或连字符")
    if command.due is not None and command.kind is not LineKind.PROMISE:
        raise BadInput("due", "只有承诺才有期限")


def _not_handed_over(ask: ShiftAsk) -> None:
    if ask.shift.handed_over:
        raise Refused("already_handed_over", shift=ask.command.shift)


def _not_the_outgoing(ask: ShiftAsk) -> None:
    """The list is gone through by who takes over, never by who hands over."""
    out = ask.shift.signature(SignPart.OUT)
    if out is not None and out.by == ask.actor.account:
        raise Refused("same_person", account=ask.actor.account)


def _tick(ask: ShiftAsk) -> Body:
    _not_handed_over(ask)
    _not_the_outgoing(ask)
    command = ask.command
    for item in command.items:
        if ask.listed is None or item not in ask.listed:
            raise Refused("not_on_the_list", item=item[:80])
        tick = ask.shift.ticks.get(item)
        if tick is not None:
            raise Refused("already_ticked", item=item, by=tick.by)
    return ItemsTicked(items=tuple(dict.fromkeys(command.items)), to=next_of(command.shift))


def _untick(ask: ShiftAsk) -> Body:
    _not_handed_over(ask)
    for item in ask.command.items:
        tick = ask.shift.ticks.get(item)
        if tick is None or tick.by != ask.actor.account:
            raise Refused("not_ticked", item=item[:80])
    return TicksWithdrawn(items=tuple(dict.fromkeys(ask.command.items)))


def _sign(ask: ShiftAsk, part: SignPart) -> Body:
    shift, account, figures = ask.shift, ask.actor.account, ask.command.figures
    if shift.report is None:
        raise Refused("no_report", shift=ask.command.shift)
    if not shift.is_of_report(figures):
        raise Refused("report_differs", given=figures[:12], issued=shift.report.figures[:12])
    for each in SignPart:
        signed = shift.signature(each)
        if signed is None:
            continue
        if each is part:
            raise Refused("already_signed", by=signed.by, at=signed.at)
        if signed.by == account:
            raise Refused("same_person", account=account)
    return HandoverSigned(part=part, figures=figures)


def _sign_out(ask: ShiftAsk) -> Body:
    if ask.actor.account not in ask.shift.worked:
        raise Refused("not_on_shift", account=ask.actor.account)
    if any(tick.by == ask.actor.account for tick in ask.shift.ticks.values()):
        raise Refused("same_person", account=ask.actor.account)
    return _sign(ask, SignPart.OUT)


def _sign_in(ask: ShiftAsk) -> Body:
    body = _sign(ask, SignPart.IN)
    left = [each for each in ask.listed or () if each not in ask.shift.ticks]
    # A revision after the hand-over is signed for its numbers; what came late is on no list.
    if left and not ask.shift.handed_over:
        raise Refused("not_all_ticked", count=len(left))
    return body


def _review(ask: ShiftAsk) -> Body:
    body = _sign(ask, SignPart.REVIEW)
    if not ask.shift.handed_over:
        raise Refused("not_signed_by_both", shift=ask.command.shift)
    return body


def _write(ask: ShiftAsk) -> Body:
    command = ask.command
    assert command.kind is not None  # the options were checked
    return LineWritten(kind=command.kind, incident=command.incident, due=command.due)


def _keep(ask: ShiftAsk) -> Body:
    promise = ask.command.promise
    line = next((each for each in ask.shift.lines if each.hash == promise), None)
    if line is None or line.kind is not LineKind.PROMISE:
        raise Refused("no_promise", promise=promise[:12])
    if line.kept_by:
        raise Refused("already_kept", by=line.kept_by)
    return PromiseKept(promise=promise)


_HANDLERS: Final[dict[ShiftVerb, Callable[[ShiftAsk], Body]]] = {
    ShiftVerb.TICK: _tick,
    ShiftVerb.UNTICK: _untick,
    ShiftVerb.SIGN_OUT: _sign_out,
    ShiftVerb.SIGN_IN: _sign_in,
    ShiftVerb.REVIEW: _review,
    ShiftVerb.WRITE: _write,
    ShiftVerb.KEEP: _keep,
}
_TYPES: Final = {
    ShiftVerb.TICK: "items_ticked",
    ShiftVerb.UNTICK: "ticks_withdrawn",
    ShiftVerb.SIGN_OUT: "handover_signed",
    ShiftVerb.SIGN_IN: "handover_signed",
    ShiftVerb.REVIEW: "handover_signed",
    ShiftVerb.WRITE: "line_written",
    ShiftVerb.KEEP: "promise_kept",
}
