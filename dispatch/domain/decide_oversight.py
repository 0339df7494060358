"""What chief, leader and city say to an open incident: supervise, instruct (T15, 16)."""

from __future__ import annotations

from typing import Final

from dispatch.domain.ask import Ask
from dispatch.domain.bodies_oversight import (
    Instructed,
    Supervised,
    SupervisionCancelled,
    SupervisionReplied,
)
from dispatch.domain.codes import Level, Role, Supervision
from dispatch.domain.decide_check import check_other_eyes
from dispatch.domain.errors import Refused
from dispatch.domain.event import Draft
from dispatch.domain.incident import Card

POINTS: Final = {Supervision.NORMAL: 0, Supervision.YELLOW: 5, Supervision.RED: 10}
"""What a card costs the unit: a figure for the evaluation, nothing hangs on it here."""
_WEIGHT: Final = {level: weight for weight, level in enumerate(Supervision)}


def supervise(ask: Ask) -> tuple[Draft, ...]:
    """T15: 普通 and 黄牌 by the chief, 红牌 by the leader or by the city; with an end to answer.

    A card takes the place of a lesser one, and of an equal one that was answered.
    """
    command, card = ask.command, ask.incident.card
    level = command.level
    assert level is not None  # the options were checked
    if level is Supervision.RED and not _may_red(ask):
        raise Refused("red_needs_leader", level=level)
    if card is not None:
        heavier = _WEIGHT[level] > _WEIGHT[card.level]
        if not (heavier or (level is card.level and card.replied)):
            raise Refused("already_supervised", level=card.level, until=card.answer_by)
    body = Supervised(
        reason=command.reason,
        level=level,
        answer_by=ask.due_ahead(),
        points=POINTS[level],
        city=_from_city(ask),
    )
    return (ask.draft("supervised", body),)


def _from_city(ask: Ask) -> bool:
    node = ask.rules.organisation.get(ask.actor.node)
    return node is not None and node.level is Level.CITY


def _may_red(ask: Ask) -> bool:
    return ask.role is Role.LEADER or _from_city(ask)


def _card(ask: Ask) -> Card:
    card = ask.incident.card
    if card is None:
        raise Refused("not_supervised", incident=ask.incident.id)
    return card


def reply(ask: Ask) -> tuple[Draft, ...]:
    """T15, answered once, in words: by the unit, or by the office; never by who gave the card."""
    card, command = _card(ask), ask.command
    check_other_eyes(ask)
    if card.replied:
        raise Refused("supervision_answered", level=card.level)
    if ask.role is Role.STATION:
        ask.check_own_village()
    elif ask.role in {Role.UNIT, Role.PATROL} and not ask.belongs_to(ask.incident.unit or ""):
        raise Refused("not_your_order", unit=ask.incident.unit or "", node=ask.actor.node)
    body = SupervisionReplied(
        reason=command.reason,
        on_behalf=command.on_behalf,
        told_by=command.told_by,
        card=card.hash,
    )
    return (ask.draft("supervision_replied", body),)


def cancel(ask: Ask) -> tuple[Draft, ...]:
    """T15, taken back by who could have given it; a red card not before it is answered."""
    card = _card(ask)
    if card.level is Supervision.RED and not _may_red(ask):
        raise Refused("red_needs_leader", level=card.level)
    if card.city and not _from_city(ask):
        raise Refused("city_cancels", level=card.level)
    if card.red_open:
        raise Refused("red_card_open", until=card.answer_by)
    body = SupervisionCancelled(reason=ask.command.reason, card=card.hash)
    return (ask.draft("supervision_cancelled", body),)


def instruct(ask: Ask) -> tuple[Draft, ...]:
    """T16: the leader's words, and who passes them on."""
    return (ask.draft("instructed", Instructed(reason=ask.command.reason)),)
