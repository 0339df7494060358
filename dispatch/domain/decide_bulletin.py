"""Information reports on an incident (T34): the first, numbered follow-ups, the final one."""

from __future__ import annotations

from dispatch.domain.ask import Ask
from dispatch.domain.bodies_oversight import Informed
from dispatch.domain.bulletin import Made, case_of, made, owed
from dispatch.domain.codes import BulletinPart, Channel
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Draft

WAYS = (Channel.PHONE, Channel.MESSAGE)
"""By word of mouth, or in writing."""


def inform(ask: Ask) -> tuple[Draft, ...]:
    """T34: 首报 once by phone and once in writing, then 续报一, 二 ... until the 终报."""
    command, before = ask.command, made(ask.incident)
    part, way = command.part, command.channel or Channel.MESSAGE
    assert part is not None  # the options were checked
    if way not in WAYS:
        raise BadInput("channel", "信息报告用电话（phone）或书面（message）")
    _check_order(part, way, before)
    follows = sum(each.part is BulletinPart.FOLLOW for each in before)
    clocks = owed(case_of(ask.incident), ask.rules.bulletins)
    body = Informed(
        reason=command.reason,
        part=part,
        way=way,
        nth=follows + 1 if part is BulletinPart.FOLLOW else 0,
        due=next((each.due for each in clocks if each.way is way), None),
    )
    return (ask.draft("informed", body),)


def _check_order(part: BulletinPart, way: Channel, before: tuple[Made, ...]) -> None:
    """Refuse a second first one, one after the final, and a later one without a first."""
    final = next((each for each in before if each.part is BulletinPart.FINAL), None)
    if final is not None:
        raise Refused("bulletins_ended", by=final.by, at=final.at)
    if part is not BulletinPart.FIRST:
        if not before:
            raise Refused("no_first_bulletin", part=part)
        return
    written = [each for each in before if each.way is Channel.MESSAGE]
    again = written or [each for each in before if each.way is way]
    if again:
        raise Refused("already_informed", by=again[0].by, at=again[0].at)
