"""One whole exchange without a thread of its own: for the command line."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from dispatch.store.site import SiteStore
from dispatch.sync.citywide import fetch_older
from dispatch.sync.driver import Line
from dispatch.sync.exchange import Exchange
from dispatch.sync.hands import Hands
from dispatch.sync.link import HubLink
from dispatch.sync.receipts import fetch_receipt
from dispatch.sync.relay_line import RelayLine
from dispatch.sync.relaying import Relayed, Relaying
from dispatch.sync.writers import fetch_writers
from dispatch.wire.protocol import Claim, Claims

VERSION = "0.1.0"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one exchange did; `differs` when the digests are not equal at the same number."""

    pushed: int
    pulled: int
    quarantined: int
    refused: int
    tables: int
    differs: bool


def jitter() -> float:
    """Return a random share of a back-off; 800 sites must not come back at once."""
    return secrets.randbelow(1 << 20) / (1 << 20)


@dataclass(frozen=True, slots=True)
class Heard:
    """What the town's other sites have open, and the hub's time, UTC milliseconds."""

    claims: tuple[Claim, ...]
    hub_now: int


def hear_once(store: SiteStore, link: HubLink) -> Heard:
    """Exchange events and return who has what open; raises as `sync_once`."""
    found: list[Heard] = []
    exchange = Exchange(store.identity.town, link.hub_key, VERSION, jitter)
    exchange.claiming.heard = lambda claims, hub_now: found.append(Heard(claims, hub_now))
    line = Line(link)
    try:
        Hands(store, line).run(exchange.again())
    finally:
        line.close()
    return found[-1]


def say_once(store: SiteStore, link: HubLink, said: Claims) -> None:
    """Exchange events, then tell the hub what is open here and what was taken over."""
    exchange = Exchange(store.identity.town, link.hub_key, VERSION, jitter)
    exchange.claiming.claim(said.claims, said.over)
    line = Line(link)
    try:
        hands = Hands(store, line)
        hands.run(exchange.again())
        hands.run(exchange.claiming.send())
    finally:
        line.close()


def sync_once(store: SiteStore, link: HubLink) -> Outcome:
    """Exchange everything there is; raises Offline, or Trouble when the hub refuses."""
    exchange = Exchange(store.identity.town, link.hub_key, VERSION, jitter)
    line = Line(link)
    try:
        hands = Hands(store, line)
        hands.run(exchange.once())
        hands.run(exchange.receipting.now(anyway=False))
        hands.run(fetch_writers(store.identity.town, link.hub_key, anyway=True))
    finally:
        line.close()
    told, tables = exchange.told, exchange.tables.taken
    counted = (told.pushed, told.pulled, told.quarantined, told.refused)
    return Outcome(*counted, tables, told.differs)


def relay_once(store: SiteStore, link: HubLink, relay: HubLink) -> Relayed:
    """Give to the room's relay what waits here, and take what it has; raises as above."""
    exchange = Exchange(store.identity.town, link.hub_key, VERSION, jitter)
    relaying = Relaying(store.identity.town, link.hub_key, exchange.claiming, lambda: True)
    line = RelayLine(store, relay)
    try:
        hands = Hands(store, line)
        hands.run(relaying.give())
        hands.run(relaying.take(0))
    finally:
        line.close()
    return relaying.heard


def receipt_once(store: SiteStore, link: HubLink) -> None:
    """Exchange events, then have the hub sign what it holds of this site now; raises as above."""
    exchange = Exchange(store.identity.town, link.hub_key, VERSION, jitter)
    line = Line(link)
    try:
        hands = Hands(store, line)
        hands.run(exchange.again())
        hands.run(fetch_receipt(store.identity.town, link.hub_key))
    finally:
        line.close()


def older_once(store: SiteStore, link: HubLink, town: str, number: str) -> None:
    """Fetch what a city's site does not keep of a town; Trouble `unknown_incident`: none there."""
    exchange = Exchange(store.identity.town, link.hub_key, VERSION, jitter)
    line = Line(link)
    try:
        hands = Hands(store, line)
        hands.run(exchange.again())
        hands.run(fetch_older(town, number))
    finally:
        line.close()
