"""Notices with read receipts: who it is for, who has read it, who may send it.

A receipt is an event of its own and counts once, whoever of an office has read and however often:
per addressee the earliest of all receipts, the same in any order of arrival.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from dispatch.domain.bodies_town import NoticeIssued, NoticeRead
from dispatch.domain.calendar import DAY
from dispatch.domain.codes import Kind, Role
from dispatch.domain.decide_campaign import LONGEST_NAME
from dispatch.domain.decide_town import sealed_texts, town_role
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Draft, Event, Subject
from dispatch.domain.may import EVERYBODY, is_code
from dispatch.domain.rules import Actor, Rules

MAY_ISSUE: Final = frozenset({Role.CHIEF, Role.LEADER, Role.DISPATCHER})
MOST: Final = 500
PERSON: Final = "@"
"""Before the name of an account among the addressees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueNotice:
    """Send a notice to nodes of the town and accounts (`@name`)."""

    id: str
    to: tuple[str, ...]
    title: str = field(repr=False)
    text: str = field(default="", repr=False)
    due: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice and its receipts: per addressee the one that counts; missing: not read."""

    issued: Event | None
    read: tuple[tuple[str, Event], ...]

    @property
    def order(self) -> NoticeIssued | None:
        """To whom it went; None while only receipts are known here."""
        body = self.issued.body if self.issued else None
        return body if isinstance(body, NoticeIssued) else None

    @property
    def unread(self) -> tuple[str, ...]:
        """Those it is for who have not read it, in the order of the notice."""
        done = {to for to, _ in self.read}
        return tuple(to for to in (self.order.to if self.order else ()) if to not in done)


def fold_notice(facts: Iterable[Event]) -> Notice:
    """Return what a set of facts makes of a notice, in any order of arrival."""
    every = sorted(facts, key=lambda event: (event.corrected_at, event.hash))
    orders = [each for each in every if isinstance(each.body, NoticeIssued)]
    issued = min(orders, key=lambda event: event.hash) if orders else None
    to = issued.body.to if issued and isinstance(issued.body, NoticeIssued) else ()
    found: dict[str, Event] = {}
    for event in every:
        if isinstance(event.body, NoticeRead):
            for name in (f"{PERSON}{event.actor}", event.body.node):
                if name in to:
                    found.setdefault(name, event)
    return Notice(issued, tuple((name, found[name]) for name in to if name in found))


def concerns(to: Iterable[str], actor: Actor) -> tuple[str, ...]:
    """Return as which of the addressees a person reads: by name, and for the own office."""
    return tuple(each for each in to if each in {f"{PERSON}{actor.account}", actor.node})


def decide_notice(
    command: IssueNotice, actor: Actor, rules: Rules, town: str, now: int
) -> tuple[Role, tuple[Draft, ...]]:
    """Return the role and the event. Addressees that do not exist are a BadInput by name."""
    role = town_role(actor, rules, town, MAY_ISSUE, "issue_notice")
    if not is_code(command.id):
        raise BadInput("id", "须为 1 至 64 位字母、数字或连字符")
    if not command.title.strip() or len(command.title) > LONGEST_NAME:
        raise BadInput("title", f"须有 1 至 {LONGEST_NAME} 字")
    if command.due is not None and not now < command.due <= now + 366 * DAY:
        raise BadInput("due", "时限必须晚于现在，且在一年之内")
    to = tuple(dict.fromkeys(command.to))
    if not 0 < len(to) <= MOST:
        raise BadInput("to", f"须有 1 至 {MOST} 个接收者")
    for each in to:
        if not each.startswith(PERSON) and not rules.organisation.within(each, town):
            raise BadInput("to", f"本镇没有 {each}")
    nodes = tuple(each for each in to if not each.startswith(PERSON))
    draft = Draft(
        subject=Subject(Kind.NOTICE, command.id),
        type="notice_issued",
        body=NoticeIssued(to=to, due=command.due),
        sealed=sealed_texts({"title": command.title, "text": command.text}),
        see_add=nodes,
    )
    return role, (draft,)


def decide_read(notice: str, actor: Actor, known: Notice) -> tuple[Role, tuple[Draft, ...]]:
    """Return the receipt; none when all that this person reads for have it already."""
    role = actor.role(EVERYBODY, "read_notice")
    if known.order is None:
        raise Refused("unknown_notice", notice=notice)
    mine = concerns(known.order.to, actor)
    if not mine:
        raise Refused("notice_not_for_you", notice=notice)
    if not set(mine) & set(known.unread):
        return role, ()
    subject = Subject(Kind.NOTICE, notice)
    return role, (Draft(subject=subject, type="notice_read", body=NoticeRead(node=actor.node)),)
