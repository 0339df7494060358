"""Acts on the town itself from command to stored event, over the same log as incidents' acts."""

from __future__ import annotations

from dispatch.acts.log import Log
from dispatch.acts.perform import Author, record
from dispatch.domain.decide_town import SetResponse, SetSignal, decide_mode
from dispatch.domain.event import Event
from dispatch.domain.rules import Actor


def set_mode(log: Log, command: SetSignal | SetResponse, actor: Actor, now: int) -> Event:
    """Decide and store one order about signals or responses. `now`: the seat's clock, UTC ms."""
    place = log.town, log.modes()
    role, drafts = decide_mode(command, actor, log.rules(), place, now)
    return record(log, drafts, Author(actor.account, role.value, actor.session), now)[0]
