"""By which way a site exchanges: facts that sync keeps, read for window and command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import func, select

from dispatch.store.outbox import RESCUING
from dispatch.store.reader import Reader
from dispatch.store.rewinding import RESCUE
from dispatch.store.schema import EVENT

HUB: Final = "last_contact"
RELAY: Final = "relay_contact"
"""Fact: when the room's relay last answered, UTC ms by this machine's clock."""
BUNDLE_OUT: Final = "bundle_out"
"""Fact: when a bundle was last written here, UTC ms."""
BUNDLE_IN: Final = "bundle_in"
"""Fact: when the hub's answer was last taken in from a bundle, UTC ms."""
CUT_MS: Final = 120_000
"""Without an answer for so long a way counts as cut."""

Way = Literal["hub", "relay", "none"]


@dataclass(frozen=True, slots=True)
class Ways:
    """The way that a site exchanges by now, and when each last led anywhere.

    Times are UTC ms by this machine's clock, None: never. `carried`: others' events that came by
    relay or bundle and have no number yet.
    """

    now: Way
    hub_at: int | None
    relay_at: int | None
    bundle_out_at: int | None
    bundle_in_at: int | None
    carried: int


def ways(reader: Reader, now: int) -> Ways:
    """Return how a site exchanges; the way that answered last counts."""
    hub, relay, out, in_ = (_at(reader, name) for name in (HUB, RELAY, BUNDLE_OUT, BUNDLE_IN))
    way: Way = "none"
    if hub is not None and now - hub <= CUT_MS:
        way = "hub"
    if relay is not None and now - relay <= CUT_MS and relay > (hub or 0):
        way = "relay"
    return Ways(way, hub, relay, out, in_, _carried(reader))


def _at(reader: Reader, name: str) -> int | None:
    text = reader.fact(name)
    return int(text) if text else None


def _carried(reader: Reader) -> int:
    """Only where there may be any is the log walked."""
    if reader.fact(RESCUING) != "1":
        return 0
    count = select(func.count()).where(EVENT.c.sent == RESCUE)
    return int(reader.connection.execute(count).scalar_one())
