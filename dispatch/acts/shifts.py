"""One act on a shift from command to stored event, as `perform` is for incidents."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from dispatch.acts.log import Log
from dispatch.acts.perform import Author, record
from dispatch.domain.decide_shift import ShiftAsk, ShiftCommand, decide_shift
from dispatch.domain.event import Event
from dispatch.domain.rules import Actor
from dispatch.domain.shift import Shift


class ShiftLog(Log, Protocol):
    """A log that knows the shifts of its scope."""

    def shift(self, id_: str) -> Shift:
        """Return the folded shift; one that nothing is known of is empty."""


def perform_shift(
    log: ShiftLog,
    command: ShiftCommand,
    actor: Actor,
    listed: Collection[str] | None,
    now: int,
) -> Event:
    """Decide a command and store its event in the log's transaction.

    `listed`: the keys of the shift's hand-over list, where the act needs it. Raises Refused or
    BadInput before anything is written. `now`: the seat's clock, UTC ms.
    """
    ask = ShiftAsk(command, actor, log.shift(command.shift), listed, now)
    role, drafts = decide_shift(ask, log.rules())
    return record(log, drafts, Author(actor.account, role.value, actor.session), now)[0]
