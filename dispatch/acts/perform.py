"""One act from command to stored events: the same code for seat, command line and field door."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from dispatch.acts.ids import new_id as new_id  # noqa: PLC0414 - makers of events take it here
from dispatch.acts.log import Log
from dispatch.domain.bodies import Body
from dispatch.domain.codes import Kind, Role
from dispatch.domain.command import Command, Verb
from dispatch.domain.decide import decide
from dispatch.domain.event import Draft, Event, Subject, UnitMark
from dispatch.domain.freeze import view
from dispatch.domain.incident import Incident, kin
from dispatch.domain.may import NEW
from dispatch.domain.modes import Modes
from dispatch.domain.rules import Actor, Rules
from dispatch.wire.envelope import Stamp, read, write


def perform(log: Log, command: Command, actor: Actor, now: int) -> tuple[Event, ...]:
    """Decide a command and store its events in the log's transaction.

    Raises Refused or BadInput before anything is written. `now`: the seat's clock, UTC ms.
    """
    if command.verb in NEW and not command.temp:
        command = replace(command, temp=log.temp_number())
    role, drafts = _decided(log, command, actor, now)
    return record(log, drafts, Author(actor.account, role.value, actor.session), now)


class Looked(Protocol):
    """Where an act is only thought through: rules and incidents of one moment."""

    def rules(self) -> Rules:
        """Return the reference tables in force."""

    def modes(self) -> Modes:
        """Return the town's modes."""

    def incident(self, id_: str, /) -> Incident | None:
        """Return the folded incident, or None when nothing is known of it."""


def foresee(looked: Looked, command: Command, actor: Actor, now: int) -> tuple[Draft, ...]:
    """Return the events that `perform` would store now; refused as it would be, nothing written."""
    return _decided(looked, command, actor, now)[1]


def _decided(
    looked: Looked, command: Command, actor: Actor, now: int
) -> tuple[Role, tuple[Draft, ...]]:
    rules, modes = looked.rules(), looked.modes()
    found = _concerned(looked, command)
    shown = {id_: view(each, modes, now, rules.calendar) for id_, each in found.items()}
    return decide(command, actor, rules, shown, now)


def _concerned(log: Looked, command: Command) -> dict[str, Incident]:
    """Load the incident, and all it was merged with where the act touches them."""
    found: dict[str, Incident] = {}
    wanted = [command.incident, command.into]
    while wanted:
        id_ = wanted.pop()
        if id_ is None or id_ in found:
            continue
        incident = log.incident(id_)
        if incident is None:
            continue
        found[id_] = incident
        if command.verb in {Verb.CLOSE, Verb.SPLIT, Verb.RESOLVE, Verb.TELL, Verb.REWARD}:
            wanted += kin(incident)
    return found


@dataclass(frozen=True, slots=True)
class Author:
    """Who an event is by: account, role, hash of the session's first event (may be empty)."""

    account: str
    role: str
    session: str


def record(log: Log, drafts: tuple[Draft, ...], author: Author, now: int) -> tuple[Event, ...]:
    """Sign and store drafts as one unit, in order."""
    mark = new_id() if len(drafts) > 1 else ""
    stored: list[Event] = []
    for index, draft in enumerate(drafts):
        pen = log.pen()
        stamp = Stamp(
            id=new_id(),
            inc=pen.inc,
            sseq=pen.sseq + 1,
            prev=pen.last,
            town=log.town,
            base=log.heads(draft.subject),
            at=now,
            offset_ms=pen.offset_ms,
            offset_age_s=pen.offset_age_s,
            session=log.log_in(author.session),
            actor=author.account,
            role=author.role,
            unit=UnitMark(mark, index + 1, len(drafts)) if mark else None,
        )
        secret = log.secret(draft.subject.id) if draft.sealed else None
        signed = write(draft, stamp, pen.signer, secret)
        event = read(signed.raw)
        log.store(event, signed, dict(draft.sealed))
        stored.append(event)
    return tuple(stored)


def record_one(
    log: Log, subject: tuple[Kind, str], type_: str, body: Body, author: Author, now: int
) -> Event:
    """Store one event that no command of an incident makes: session, shift, duty, audit."""
    draft = Draft(subject=Subject(*subject), type=type_, body=body)
    return record(log, (draft,), author, now)[0]


def actor_of(account: str, roles: tuple[Role, ...], node: str, session: str) -> Actor:
    """Return the actor of a session; `session` is the hash of its `logged_in` event."""
    return Actor(account, roles, node, session)
