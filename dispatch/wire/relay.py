"""Messages between a site and its room's relay: frames and keys as with the hub, no numbers.

The doors are others than the hub's, and none of the answers is one of the hub's: whoever takes
the one for the other by mistake has been told nothing.
"""

from __future__ import annotations

import hashlib
from typing import Final

from dispatch.wire.protocol import Claim, Frame, Message, Secret, Table
from dispatch.wire.ready import ready

NONCE: Final = "/v1/relay/nonce"
ENTER: Final = "/v1/relay/enter"
EVENTS: Final = "/v1/relay/events"
PULL: Final = "/v1/relay/pull"
CLAIMS: Final = "/v1/relay/claims"


class Hello(Message, frozen=True):
    """POST /v1/relay/nonce."""


class Nonce(Message, frozen=True):
    """The answer to POST /v1/relay/nonce: to be signed by whoever wants to enter, once."""

    nonce: str
    town: str


class Enter(Message, frozen=True):
    """POST /v1/relay/enter: `sig` by the key of `inc` over `entry_digest`.

    `witness`: the writers' table as the hub signed it, where the relay's own may be older.
    """

    inc: str
    nonce: str
    sig: bytes
    witness: Table | None = None


class Entered(Message, frozen=True):
    """Who may go on: `token` opens the other doors until the relay ends."""

    token: str


class NotKept(Message, frozen=True):
    """An event that the relay does not keep, and why."""

    hash: str
    reason: str


class Kept(Message, frozen=True):
    """The answer to a push: how many are there now. It marks nothing as sent."""

    kept: int
    refused: tuple[NotKept, ...] = ()


class RelayPull(Message, frozen=True):
    """POST /v1/relay/pull: what came after a place in the relay's own order of arrival.

    `life` names the relay's file: a place in another one is none. `wait` in seconds.
    """

    after: int
    life: str
    wait: int = 0


class RelayPage(Message, frozen=True):
    """What came, in order of arrival, units whole; `writers` as the hub signed it.

    `at` is the relay's clock, UTC milliseconds, by which the claims were heard.
    """

    frames: tuple[Frame, ...]
    next: int
    life: str
    more: bool
    at: int
    keys: tuple[Secret, ...] = ()
    claims: tuple[Claim, ...] = ()
    writers: Table | None = None


ready(Hello, Nonce, Enter, Entered, Kept, RelayPull, RelayPage)


def entry_digest(town: str, nonce: str) -> bytes:
    """Return what is signed to enter a relay."""
    return hashlib.sha256(f"relay\n{town}\n{nonce}".encode()).digest()
