"""Who may set the town's warning signals and response levels, and what is written down of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from dispatch.domain.bodies_town import ResponseSet, SignalSet
from dispatch.domain.calendar import DAY, MINUTE
from dispatch.domain.codes import Kind, Level, Priority, Role
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Draft, Subject
from dispatch.domain.may import LONGEST_CODE, writable
from dispatch.domain.modes import Modes, Stand
from dispatch.domain.rules import Actor, Rules
from dispatch.domain.warning import RESPONSES, SIGNALS, Colour, ResponseLevel

MAY_SET: Final = frozenset({Role.CHIEF, Role.LEADER})
BACK_MS: Final = 2 * DAY
"""So far back an order may be recorded afterwards (illustrative)."""
AHEAD_MS: Final = 5 * MINUTE
"""So far ahead a clock may be: the slack that every fact is given."""
FREEZE: Final = (Priority.P3,)
FREEZE_FROM: Final = ResponseLevel.II
"""What stands still, and from which level on, unless the order says otherwise (illustrative)."""
LONGEST_TEXT: Final = 2000
MOST_ITEMS: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSignal:
    """Set the signal of a kind; `colour` None lifts it, `since` None is now (UTC ms)."""

    kind: str
    colour: Colour | None
    order_no: str = ""
    since: int | None = None
    seen: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetResponse:
    """Set the response of a kind; `level` None ends it. `items` None takes the kind's own.

    `text` is free text, sealed. `seen` is the version of the modes that was looked at.
    """

    kind: str
    level: ResponseLevel | None
    order_no: str = ""
    since: int | None = None
    freeze: tuple[Priority, ...] = FREEZE
    freeze_from: ResponseLevel | None = FREEZE_FROM
    items: tuple[str, ...] | None = None
    text: str = field(default="", repr=False)
    seen: str | None = None


def decide_mode(
    command: SetSignal | SetResponse, actor: Actor, rules: Rules, place: tuple[str, Modes], now: int
) -> tuple[Role, tuple[Draft, ...]]:
    """Return the role it was done in and the event, or raise Refused or BadInput. Pure.

    `place`: the town and its modes as they stand. `now` is the seat's clock in UTC ms.
    """
    town, modes = place
    role = town_role(actor, rules, town, MAY_SET, "set_mode")
    if command.seen is not None and command.seen != modes.version:
        last = max(modes.facts, key=lambda event: (event.at, event.hash))
        raise Refused("changed_since", type=last.type, by=last.actor, at=last.at)
    _check_code("order_no", command.order_no)
    since, subject = _since(command.since, now), Subject(Kind.TOWN, town)
    if isinstance(command, SetSignal):
        body = _signal(command, modes, since)
        return role, (Draft(subject=subject, type="signal_set", body=body),)
    response = _response(command, modes, rules, since)
    sealed = sealed_texts({"text": command.text})
    return role, (Draft(subject=subject, type="response_set", body=response, sealed=sealed),)


def town_role(actor: Actor, rules: Rules, town: str, roles: frozenset[Role], verb: str) -> Role:
    """Return the role somebody of the town's own office acts in; a village or unit may not."""
    organisation = rules.organisation
    if organisation.ancestor(actor.node, Level.VILLAGE) is not None:
        raise Refused("village_may_not", verb=verb, node=actor.node)
    role = actor.role(roles, verb)
    if not organisation.within(town, actor.node):
        raise Refused("out_of_scope", node=actor.node)
    return role


def _signal(command: SetSignal, modes: Modes, since: int) -> SignalSet:
    colours = SIGNALS.get(command.kind)
    if colours is None:
        raise BadInput("kind", f"“{command.kind}”不在 {'/'.join(SIGNALS)} 之中")
    if command.colour is not None and command.colour not in colours:
        may = "/".join(each.value for each in colours)
        raise BadInput("colour", f"{command.kind} 没有 {command.colour.value}，只有 {may}")
    stand = _standing(modes.signals, command.kind)
    now = getattr(stand.fact.body, "colour", None) if stand else None
    _check_news(stand, command.kind, same=now == command.colour)
    return SignalSet(
        kind=command.kind, colour=command.colour, since=since, order_no=command.order_no
    )


def _response(command: SetResponse, modes: Modes, rules: Rules, since: int) -> ResponseSet:
    if command.kind not in RESPONSES:
        raise BadInput("kind", f"“{command.kind}”不在 {'/'.join(RESPONSES)} 之中")
    if command.level is not None and not command.order_no:
        raise BadInput("order_no", "启动或调整响应须写令号")
    body = ResponseSet(kind=command.kind, level=None, since=since, order_no=command.order_no)
    if command.level is not None:
        body = ResponseSet(
            kind=command.kind,
            level=command.level,
            since=since,
            order_no=command.order_no,
            freeze=tuple(sorted(set(command.freeze))) if command.freeze_from else (),
            freeze_from=command.freeze_from if command.freeze else None,
            items=_items(command, rules),
        )
    stand = _standing(modes.responses, command.kind)
    told = stand.fact.body if stand else None
    old = told if isinstance(told, ResponseSet) else None
    same = (old.level if old else None) == body.level and (
        body.level is None or (old is not None and _extent(old) == _extent(body))
    )
    _check_news(stand, command.kind, same=same)
    return body


def _extent(body: ResponseSet) -> tuple[object, ...]:
    return body.freeze, body.freeze_from, body.items


def _items(command: SetResponse, rules: Rules) -> tuple[str, ...]:
    if command.items is None:
        known = RESPONSES[command.kind]
        return tuple(each for each in known if rules.catalogue.get(each) is not None)
    if len(command.items) > MOST_ITEMS:
        raise BadInput("item", f"专项事项最多 {MOST_ITEMS} 项")
    for each in command.items:
        if rules.catalogue.get(each) is None:
            raise BadInput("item", f"目录中没有事项 {each}")
    return tuple(sorted(set(command.items)))


def _standing(stands: tuple[Stand, ...], kind: str) -> Stand | None:
    return next((each for each in stands if getattr(each.fact.body, "kind", "") == kind), None)


def _check_news(stand: Stand | None, kind: str, *, same: bool) -> None:
    """Refuse an order that changes nothing; with rivals the same order settles it."""
    if same and not (stand and stand.rivals):
        raise Refused("already_so" if stand else "nothing_stands", mode=kind)


def _since(since: int | None, now: int) -> int:
    if since is None:
        return now
    if not now - BACK_MS <= since <= now + AHEAD_MS:
        raise BadInput("since", "须在过去两天之内，不能晚于现在")
    return since


def _check_code(option: str, text: str) -> None:
    if len(text) > LONGEST_CODE or not text.isprintable() or not writable(text):
        raise BadInput(option, f"须在 {LONGEST_CODE} 字以内，不含换行等控制字符")


def sealed_texts(texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return free texts to be sealed, those that say something; unwritable ones are a BadInput."""
    for name, text in texts.items():
        if len(text) > LONGEST_TEXT or not writable(text):
            raise BadInput(name, f"须在 {LONGEST_TEXT} 字以内，不含 NUL 或半个代理对")
    return tuple((name, text) for name, text in texts.items() if text)
