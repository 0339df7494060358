"""Steps 2 and 3: dispatch, sign for, return, reassign, arrive, feed back (T7-10, 20, 31)."""

from __future__ import annotations

from dispatch.domain.ask import Ask
from dispatch.domain.bodies import Arrived, Dispatched, FedBack, Reassigned, Returned, Signed
from dispatch.domain.bodies_joint import JointOrdered
from dispatch.domain.calendar import local
from dispatch.domain.codes import Level, Role, Stage, State
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Draft, Event
from dispatch.domain.incident import Incident
from dispatch.domain.may import RETURNS_ALLOWED
from dispatch.domain.sla import due_at


def dispatch(ask: Ask) -> tuple[Draft, ...]:
    """T7: one main unit, any number of assisting ones; sign-in and disposal run from now."""
    incident, command = ask.incident, ask.command
    if incident.returns >= RETURNS_ALLOWED and ask.role is not Role.CHIEF:
        raise Refused("chief_decides", returns=incident.returns)
    unit = known_unit(ask, command.unit or "", "unit")
    assists = tuple(known_unit(ask, each, "assist") for each in command.assists)
    if unit in assists or len(set(assists)) != len(assists):
        raise BadInput("assist", "协助单位与主办单位重复")
    if ask.role is Role.STATION:
        _check_own_village(ask, unit)
    disposal = ask.until(Stage.DISPOSAL) or ask.clock(Stage.DISPOSAL)
    body = Dispatched(
        reason=command.reason,
        unit=unit,
        assists=assists,
        order_no=order_no(incident),
        limits=(*ask.clock(Stage.SIGN_IN), *disposal),
    )
    return (ask.draft("dispatched", body, see_add=(unit, *assists)),)


def known_unit(ask: Ask, text: str, where: str) -> str:
    """Return the code of a unit of the incident's town that exists today."""
    return ask.rules.unit(ask.incident.town, text, where, local(ask.now).date())


def _check_own_village(ask: Ask, unit: str) -> None:
    """A station sends its own people, or the town's departments and squads; no other station."""
    organisation, node = ask.rules.organisation, ask.actor.node
    code = ask.rules.unit_node(ask.incident.town, unit)
    sent_to = organisation.get(code)
    if sent_to is not None and sent_to.level is Level.VILLAGE and code != node:
        raise Refused("out_of_scope", node=node, unit=unit)


def order_no(incident: Incident) -> str:
    """Return the number of the next order of an incident."""
    sent = sum(_gives(event) for event in incident.facts)
    return f"{incident.number or incident.temp}-{sent + 1}"


def sign(ask: Ask) -> tuple[Draft, ...]:
    """T8."""
    ask.check_handler()
    command = ask.command
    body = Signed(reason=command.reason, on_behalf=command.on_behalf, told_by=command.told_by)
    return (ask.draft("signed", body),)


def give_back(ask: Ask) -> tuple[Draft, ...]:
    """T9: in 待签收, or within one sign-in limit after signing; a fourth time never."""
    ask.check_handler()
    command, incident = ask.command, ask.incident
    if incident.returns >= RETURNS_ALLOWED:
        raise Refused("no_more_returns", returns=incident.returns)
    if incident.state is State.WORK:
        _check_still_returnable(ask)
        _check_parts(incident)
    assert command.why is not None  # the options were checked
    propose = known_unit(ask, command.propose, "propose") if command.propose else None
    body = Returned(
        why=command.why,
        reason=command.reason,
        on_behalf=command.on_behalf,
        told_by=command.told_by,
        from_unit=incident.unit or "",
        propose=propose,
        held_ms=held_ms(ask),
        limits=ask.clock(Stage.DISPATCH),
    )
    return (ask.draft("returned", body),)


def _check_still_returnable(ask: Ask) -> None:
    signed = ask.incident.latest("signed")
    span = ask.profile().spans.get(Stage.SIGN_IN)
    if signed is None or span is None:
        raise Refused("return_too_late", state=ask.incident.state or "")
    until = (
        due_at(span, signed.at, ask.rules.calendar)
        if ask.profile().working
        else signed.at + span.millis
    )
    if ask.now > until:
        raise Refused("return_too_late", until=until)


def _gives(event: Event) -> bool:
    """Whether a fact gives the order to a unit; a joint order does where the lead changes."""
    if isinstance(event.body, JointOrdered):
        return event.body.order_no is not None
    return event.type in {"dispatched", "reassigned"}


def held_ms(ask: Ask) -> int:
    """Return how long the present unit has had the order, natural milliseconds."""
    facts, lives = ask.incident.facts, ask.incident.lives
    given = next((each for each in reversed(facts) if _gives(each) and lives(each)), None)
    return max(0, ask.now - given.at) if given else 0


def reassign(ask: Ask) -> tuple[Draft, ...]:
    """T10: another unit; its sign-in runs anew, the disposal's end stays as promised."""
    command, incident = ask.command, ask.incident
    unit = known_unit(ask, command.unit or "", "unit")
    if unit == incident.unit:
        raise BadInput("unit", f"{unit} 已是主办单位")
    if any(each.open and each.unit == unit for each in incident.subs):
        raise Refused("assists_already", unit=unit)
    if ask.role is Role.UNIT:
        ask.check_handler()
    if ask.role is Role.STATION:
        _check_own_village(ask, unit)
    body = Reassigned(
        reason=command.reason,
        unit=unit,
        from_unit=incident.unit or "",
        order_no=order_no(incident),
        held_ms=held_ms(ask),
        limits=ask.clock(Stage.SIGN_IN),
    )
    return (ask.draft("reassigned", body, see_add=(unit,)),)


def arrive(ask: Ask) -> tuple[Draft, ...]:
    """T31: a stamp, now or a time given by radio; not before the report, not ahead of now."""
    ask.check_handler()
    command = ask.command
    body = Arrived(
        reason=command.reason,
        on_behalf=command.on_behalf,
        told_by=command.told_by,
        arrived_at=arrival(ask),
    )
    return (ask.draft("arrived", body),)


def arrival(ask: Ask) -> int:
    """Return when a unit arrived, UTC milliseconds: the command's time or now."""
    at = ask.now if ask.command.at is None else ask.command.at
    if not (ask.incident.reported_at or 0) <= at <= ask.now:
        raise BadInput("at", "到达时间必须在上报之后、现在之前")
    return at


def _check_parts(incident: Incident) -> None:
    """Refuse while the lead has to wait for an assisting unit."""
    waits = [each.unit for each in incident.subs if each.open]
    if waits:
        raise Refused("subs_open", units="、".join(waits))


def feed_back(ask: Ask) -> tuple[Draft, ...]:
    """T20: the measure is told in words; the check's clock runs from now.

    The item's closing condition is confirmed by who feeds back; silence confirms nothing and is
    told to whoever inspects. Photos of afterwards are the handler's own; who writes down what was
    told by radio has none, and they are marked as short.
    """
    ask.check_handler()
    _check_parts(ask.incident)
    command, incident = ask.command, ask.incident
    guide = ask.rules.guides.of(incident.item, incident.department)
    if guide.closing and command.closing_met is False:
        raise BadInput("closing_met", f"还没有达到办结条件：{guide.closing}")
    short = max(0, guide.after - len(command.photos))
    if short and not command.on_behalf:
        raise BadInput("photos", f"处置后照片须 {guide.after} 张，现有 {len(command.photos)} 张")
    body = FedBack(
        closing=guide.closing if command.closing_met else "",
        unconfirmed="" if command.closing_met else guide.closing,
        photos_short=short,
        reason=command.reason,
        on_behalf=command.on_behalf,
        told_by=command.told_by,
        limits=ask.clock(Stage.CHECK),
    )
    return (ask.draft("fed_back", body, text="measure"),)
