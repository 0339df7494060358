"""What is open at this site, told to the hub and told again; what is open at the others."""

from __future__ import annotations

from collections.abc import Callable

from dispatch.sync.answers import ask, refusal
from dispatch.sync.ops import Answer, Steps
from dispatch.wire import protocol as wire

Heard = Callable[[tuple[wire.Claim, ...], int], None]
"""Takes the others' claims and the hub's time, UTC milliseconds."""


def nobody_hears(_claims: tuple[wire.Claim, ...], _hub_now: int) -> None:
    """Where no desk listens: an exchange without a window."""


class Claiming:
    """The claims of one exchange. `claim` is called from any thread, the rest by its lanes."""

    def __init__(self) -> None:
        self.heard: Heard = nobody_hears
        self._open: tuple[wire.Claim, ...] = ()
        self._unsaid: wire.Claims | None = None

    def claim(self, claims: tuple[wire.Claim, ...], over: tuple[wire.Claim, ...] = ()) -> None:
        """Say what is open here now, and whose of the dead ones were taken over."""
        before = self._unsaid
        self._open = claims
        self._unsaid = wire.Claims(claims, (*(before.over if before else ()), *over))

    @property
    def open_now(self) -> tuple[wire.Claim, ...]:
        """What is open here."""
        return self._open

    def send(self) -> Steps:
        """Tell the hub: what is new at once, what is still open every round, as a heartbeat."""
        unsaid = self._unsaid
        told = unsaid or (wire.Claims(self._open) if self._open else None)
        if told is None:
            return
        answer: Answer = yield ask("/v1/claims", told)
        if answer.status != 204:
            raise refusal(answer)
        if self._unsaid is unsaid:
            self._unsaid = None
