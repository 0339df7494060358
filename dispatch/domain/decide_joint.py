"""Joint handling (联合处置, T14): one unit leads, the others assist, each with an own limit."""

from __future__ import annotations

from typing import Final, TypedDict

from dispatch.domain.ask import LONGEST, Ask
from dispatch.domain.bodies_joint import (
    JointOrdered,
    SubArrived,
    SubExcused,
    SubFedBack,
    SubOrder,
    SubReturned,
    SubSigned,
)
from dispatch.domain.codes import Role, Stage, SubState
from dispatch.domain.decide_handling import arrival, held_ms, known_unit, order_no
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Draft
from dispatch.domain.may import PARTS
from dispatch.domain.sla import AMBER, Limit
from dispatch.domain.subs import Sub

_ANSWER: Final = {"at": "受理时间", "talked": "与谁沟通", "text": "措施", "due": "时限"}
"""The four facts of an answer to a whistle (吹哨), by option."""


def joint(ask: Ask) -> tuple[Draft, ...]:
    """T14: the chief names lead and assisting units; who assists already keeps its part."""
    incident, command = ask.incident, ask.command
    lead = known_unit(ask, command.unit or "", "lead")
    assists = tuple(known_unit(ask, each, "assist") for each in command.assists)
    if not assists:
        raise BadInput("assist", "联合处置至少要有一个协助单位")
    if lead in assists or len(set(assists)) != len(assists):
        raise BadInput("assist", "协助单位与主办单位重复")
    for each in incident.subs:
        if each.open and each.unit == lead:
            raise Refused("assists_already", unit=lead)
        if each.open and each.state is not SubState.RETURNED and each.unit in assists:
            raise Refused("assists_already", unit=each.unit)
    body = JointOrdered(
        reason=command.reason,
        unit=lead,
        assists=(
            *(each for each in incident.assists or () if each not in {lead, *assists}),
            *assists,
        ),
        orders=_orders(ask, assists),
        whistle=command.answer_by is not None,
        **_taken_over(ask, lead),
    )
    return (ask.draft("joint_ordered", body, see_add=(lead, *assists)),)


def _orders(ask: Ask, assists: tuple[str, ...]) -> tuple[SubOrder, ...]:
    """An order and limits of its own for each; the end is the lead's where none is given."""
    dues = _dues(ask, assists)
    number = ask.incident.number or ask.incident.temp
    before = sum(
        len(event.body.orders)
        for event in ask.incident.facts
        if isinstance(event.body, JointOrdered)
    )
    return tuple(
        SubOrder(
            unit=unit,
            order_no=f"{number}-J{before + at}",
            limits=(*_sign_in(ask), *_disposal(ask, dues.get(unit))),
        )
        for at, unit in enumerate(assists, 1)
    )


def _sign_in(ask: Ask) -> tuple[Limit, ...]:
    """The profile's limit, or a whistle's own: until when it is to be answered."""
    end = ask.command.answer_by
    if end is None:
        return ask.clock(Stage.SIGN_IN)
    if not ask.now < end <= ask.now + LONGEST:
        raise BadInput("answer_by", "答复时限必须晚于现在，且在一年之内")
    return (Limit(Stage.SIGN_IN, ask.now, ask.now + (end - ask.now) * AMBER // 100, end),)


def _dues(ask: Ask, assists: tuple[str, ...]) -> dict[str, int]:
    """The ends that were given, by unit: ahead, within a year, of a unit that assists."""
    found: dict[str, int] = {}
    for text, due in ask.command.dues:
        unit = known_unit(ask, text, "limit")
        if unit not in assists or unit in found:
            raise BadInput("limit", f"{unit} 不在协助单位中，或写了两次")
        if not ask.now < due <= ask.now + LONGEST:
            raise BadInput("limit", "协助单位的时限必须晚于现在，且在一年之内")
        found[unit] = due
    common = ask.until(Stage.DISPOSAL)
    return dict.fromkeys(assists, common[0].due) | found if common else found


def _disposal(ask: Ask, due: int | None) -> tuple[Limit, ...]:
    lead = ask.incident.limit(Stage.DISPOSAL)
    if due is None and (lead is None or lead.due <= ask.now):
        return ask.clock(Stage.DISPOSAL)
    end = due if due is not None else lead.due if lead else ask.now
    return (Limit(Stage.DISPOSAL, ask.now, ask.now + (end - ask.now) * AMBER // 100, end),)


class _Taken(TypedDict, total=False):
    """What a joint order says of a lead that is another unit than before."""

    order_no: str
    from_unit: str
    held_ms: int


def _taken_over(ask: Ask, lead: str) -> _Taken:
    before = ask.incident.unit
    if lead == before:
        return {}
    return {"order_no": order_no(ask.incident), "from_unit": before or "", "held_ms": held_ms(ask)}


def _sub(ask: Ask) -> Sub:
    """Return the sub-order that is meant: the one named, told of, or the person's own."""
    command, subs = ask.command, ask.incident.subs
    name = command.unit or command.on_behalf
    if name:
        unit = ask.rules.unit(ask.incident.town, name)
        found = [each for each in subs if each.unit == unit]
    else:
        found = [each for each in subs if each.open and ask.belongs_to(each.unit)]
    if not found:
        raise Refused("no_sub_order", unit=name or ask.actor.node)
    if len(found) > 1:
        raise BadInput("unit", f"须写明哪个单位的协办单：{'、'.join(each.unit for each in found)}")
    return found[0]


def _own(ask: Ask) -> Sub:
    """Return the sub-order, refused to who neither belongs to its unit nor records for it."""
    sub = _sub(ask)
    own = ask.belongs_to(sub.unit)
    if ask.role is Role.DISPATCHER or (ask.role is Role.STATION and not own):
        if ask.command.on_behalf != sub.unit:
            raise Refused("needs_on_behalf", unit=sub.unit)
        if ask.role is Role.STATION:
            ask.check_own_village()
    elif not own:
        raise Refused("not_your_order", unit=sub.unit, node=ask.actor.node)
    _check_stands(ask, sub)
    return sub


def _check_stands(ask: Ask, sub: Sub) -> None:
    if sub.state not in PARTS[ask.command.verb]:
        raise Refused("sub_state", unit=sub.unit, sub=sub.state, verb=ask.command.verb)


def sub_sign(ask: Ask) -> tuple[Draft, ...]:
    """The assisting unit takes its part; after a whistle this is the answer, whole or none."""
    sub, command = _own(ask), ask.command
    if not sub.whistle and (command.at is not None or command.due is not None or command.talked):
        raise BadInput("talked", f"{sub.unit}的协办单不是吹哨，没有要答复的四要素")
    accepted_at, promised = _answer(ask, sub) if sub.whistle else (None, None)
    body = SubSigned(
        reason=command.reason,
        on_behalf=command.on_behalf,
        told_by=command.told_by,
        sub=sub.unit,
        accepted_at=accepted_at,
        promised=promised,
    )
    return (ask.draft("sub_signed", body, text="measure" if sub.whistle else "text"),)


def _answer(ask: Ask, sub: Sub) -> tuple[int, int]:
    """Return when it was taken on and until when it is promised; all four facts must be said."""
    command = ask.command
    said = {
        "at": command.at is not None,
        "talked": bool(command.talked.strip()),
        "text": bool(command.text.strip()),
        "due": command.due is not None,
    }
    missing = [name for name, there in said.items() if not there]
    if missing:
        words = "、".join(_ANSWER[name] for name in missing)
        raise BadInput(missing[0], f"{sub.unit}的吹哨答复缺{words}（四要素缺一不可）")
    at = command.at or 0
    if not (ask.incident.reported_at or 0) <= at <= ask.now:
        raise BadInput("at", "受理时间必须在上报之后、现在之前")
    return at, ask.due_ahead()


def sub_arrive(ask: Ask) -> tuple[Draft, ...]:
    """The assisting unit is there: a stamp of its own, beside the lead's."""
    sub, command = _own(ask), ask.command
    body = SubArrived(
        reason=command.reason,
        on_behalf=command.on_behalf,
        told_by=command.told_by,
        sub=sub.unit,
        sub_arrived_at=arrival(ask),
    )
    return (ask.draft("sub_arrived", body),)


def sub_feed_back(ask: Ask) -> tuple[Draft, ...]:
    """The assisting unit has done its part; the measure is told in words."""
    sub, command = _own(ask), ask.command
    body = SubFedBack(
        reason=command.reason, on_behalf=command.on_behalf, told_by=command.told_by, sub=sub.unit
    )
    return (ask.draft("sub_fed_back", body, text="measure"),)


def sub_return(ask: Ask) -> tuple[Draft, ...]:
    """The assisting unit gives its part back, signed for or not; the chief settles it."""
    sub, command = _own(ask), ask.command
    assert command.why is not None  # the options were checked
    propose = known_unit(ask, command.propose, "propose") if command.propose else None
    body = SubReturned(
        reason=command.reason,
        on_behalf=command.on_behalf,
        told_by=command.told_by,
        sub=sub.unit,
        why=command.why,
        propose=propose,
    )
    return (ask.draft("sub_returned", body),)


def sub_excuse(ask: Ask) -> tuple[Draft, ...]:
    """The chief lets an assisting unit off: the lead need not wait for it."""
    sub = _sub(ask)
    _check_stands(ask, sub)
    return (ask.draft("sub_excused", SubExcused(reason=ask.command.reason, sub=sub.unit)),)
