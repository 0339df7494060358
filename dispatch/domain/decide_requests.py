"""What one person asks and another answers: refusal, hold, voiding; and the end of a hold."""

from __future__ import annotations

from typing import Final

from dispatch.domain.ask import Ask
from dispatch.domain.bodies import Answered, Asked, HoldAsked, HoldGranted, Resumed
from dispatch.domain.calendar import DAY
from dispatch.domain.codes import Role, Stage
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Draft
from dispatch.domain.fold import review_at
from dispatch.domain.four_eyes import same_eyes
from dispatch.domain.incident import Request
from dispatch.domain.oversight import check_no_red_card
from dispatch.domain.sla import AMBER, Limit, remaining, resumed

_KIND: Final = {
    Verb.ASK_REFUSE: "refusal",
    Verb.GRANT_REFUSE: "refusal",
    Verb.DENY_REFUSE: "refusal",
    Verb.ASK_EXTENSION: "extension",
    Verb.GRANT_EXTENSION: "extension",
    Verb.DENY_EXTENSION: "extension",
    Verb.ASK_HOLD: "hold",
    Verb.GRANT_HOLD: "hold",
    Verb.DENY_HOLD: "hold",
    Verb.ASK_VOID: "void",
    Verb.GRANT_VOID: "void",
    Verb.DENY_VOID: "void",
    Verb.ASK_ESCALATION: "escalation",
    Verb.GRANT_ESCALATION: "escalation",
    Verb.DENY_ESCALATION: "escalation",
}
_GRANTS: Final = frozenset({Verb.GRANT_REFUSE, Verb.GRANT_VOID})


def check_not_waiting(ask: Ask) -> str:
    """Return the kind of request that the verb makes; refuse a second one beside it."""
    kind = _KIND[ask.command.verb]
    if any(each.kind == kind and not each.answered for each in ask.incident.requests):
        raise Refused("already_asked", kind=kind)
    return kind


def check_not_the_citys(ask: Ask) -> None:
    """Refuse a town the ending of what the city assigned (T19): only the city takes it back."""
    id_ = ask.incident.city_id
    ends = ask.command.verb in {Verb.ASK_VOID, Verb.GRANT_VOID, Verb.MERGE}
    if id_ is not None and ends and not ask.rules.at_city(ask.actor.node):
        raise Refused("citys_order", order=id_, verb=ask.command.verb)


def ask(ask: Ask) -> tuple[Draft, ...]:
    """T6, T17, T28 asked, with a reason."""
    check_not_the_citys(ask)
    kind = check_not_waiting(ask)
    return (ask.draft(f"{kind}_asked", Asked(reason=ask.command.reason)),)


def ask_hold(ask: Ask) -> tuple[Draft, ...]:
    """T12 asked, with a condition and a review date ahead, at most a year."""
    check_not_waiting(ask)
    if ask.role is Role.UNIT:
        ask.check_handler()
    review = ask.command.review_at or 0
    if not ask.now < review <= ask.now + 366 * DAY:
        raise BadInput("review", "复查日期必须在一年之内，且晚于现在")
    return (ask.draft("hold_asked", HoldAsked(reason=ask.command.reason, review_at=review)),)


def waiting(ask: Ask) -> Request:
    """Return the request to be answered, or refuse: none, or the own one."""
    kind = _KIND[ask.command.verb]
    found = [each for each in ask.incident.requests if each.kind == kind and not each.answered]
    if not found:
        raise Refused("nothing_asked", kind=kind)
    if same_eyes(ask.command.verb, ask.incident, ask.actor, ask.rules):
        raise Refused("four_eyes", account=ask.actor.account)
    return found[-1]


def answer(ask: Ask) -> tuple[Draft, ...]:
    """T6, T28 granted or denied, T11, T12, T17 denied: by another person, in an own session."""
    request = waiting(ask)
    check_not_the_citys(ask)
    if ask.command.verb in _GRANTS:
        check_no_red_card(ask.incident)
        if ask.incident.children:
            raise Refused("has_children", children=len(ask.incident.children))
    word = "granted" if ask.command.verb in _GRANTS else "denied"
    body = Answered(reason=ask.command.reason, request=request.hash)
    return (ask.draft(f"{request.kind}_{word}", body),)


def grant_hold(ask: Ask) -> tuple[Draft, ...]:
    """T12 granted: what is left of the disposal clock is kept."""
    request = waiting(ask)
    clock = ask.incident.limit(Stage.DISPOSAL)
    review = review_at(ask.incident, request.hash) or 0
    if review <= ask.now:
        raise Refused("request_lapsed", kind=request.kind, until=review)
    left = remaining(ask.profile(), clock, ask.now, ask.rules.calendar) if clock else None
    amber = ask.now + (review - ask.now) * AMBER // 100
    body = HoldGranted(
        reason=ask.command.reason,
        request=request.hash,
        left_ms=left,
        limits=(Limit(Stage.REVIEW, ask.now, amber, review),),
    )
    return (ask.draft("hold_granted", body),)


def resume(ask: Ask) -> tuple[Draft, ...]:
    """T13: the remaining time is restored, not reset; where no clock ran, none does."""
    left = ask.incident.left_ms
    limits: tuple[Limit, ...] = ()
    if left is not None:
        limits = (resumed(ask.profile(), left, ask.now, ask.rules.calendar),)
    return (ask.draft("resumed", Resumed(reason=ask.command.reason, limits=limits)),)
