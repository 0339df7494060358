"""A room without a hub, sans IO: pending events go to the relay and come from it.

Only while the hub cannot be reached. Nothing that a relay says marks an event as sent: what it
brings is pending here too, and goes to the hub from whichever seat meets it first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from dispatch.domain.errors import BadInput, Offline, StoreError
from dispatch.store import carrying
from dispatch.store.carrying import NOTHING, Taken
from dispatch.store.paths import RELAY
from dispatch.store.reader import Reader
from dispatch.store.site_log import SiteLog
from dispatch.store.writers import WITNESS
from dispatch.sync.answers import ask, parsed, refusal
from dispatch.sync.claiming import Claiming
from dispatch.sync.ops import Answer, Nudge, Read, Rest, Steps, Trouble, Write
from dispatch.sync.photos import has_room
from dispatch.sync.settling import subjects_of
from dispatch.sync.writers import witness
from dispatch.wire import protocol as wire
from dispatch.wire import relay
from dispatch.wire.keys import signed_by
from dispatch.wire.writers import NAME, parse_writers

LOOK_S: Final = 1.0
"""How often it is looked whether the hub is still there, seconds."""
AGAIN_S: Final = 5.0
BEAT_S: Final = 20.0
"""Claims are told again so often."""
PLACE: Final = "relay_place"
"""Fact: the relay's life and how far it has been read."""


@dataclass(slots=True)
class Relayed:
    """What came of the relay since the start."""

    pushed: int = 0
    taken: Taken = NOTHING
    not_kept: int = 0
    trouble: str = ""


class Relaying:
    """One site's dealings with the relay. `gone` says whether the hub cannot be reached now."""

    def __init__(
        self, town: str, hub_key: bytes, claiming: Claiming, gone: Callable[[], bool]
    ) -> None:
        self._town = town
        self._hub_key = hub_key
        self._claiming = claiming
        self._gone = gone
        self._given = 0
        self.heard = Relayed()

    # Lanes.

    def giving(self) -> Steps:
        """Hand over what waits here, at once when there is something new."""
        yield from self._while_gone(self._give_and_beat)

    def taking(self) -> Steps:
        """Take what the others have handed over, by long poll."""
        yield from self._while_gone(lambda: self.take(wire.WAIT_S))

    def _while_gone(self, work: Callable[[], Steps]) -> Steps:
        while True:
            if not self._gone():
                self._given = 0
                yield Rest(LOOK_S)
                continue
            try:
                yield from work()
            except (Offline, Trouble, BadInput, StoreError) as error:
                self.heard.trouble = str(error)
                yield Rest(AGAIN_S)
            else:
                self.heard.trouble = ""

    def _give_and_beat(self) -> Steps:
        yield from self.give()
        yield Rest(BEAT_S)

    # Rounds.

    def give(self) -> Steps:
        """Hand over all that waits here and was not handed over yet, and what is open here."""
        while True:
            found: tuple[wire.Push, int] = yield Read(self._waiting)
            push, last = found
            if not push.frames:
                break
            answer: Answer = yield ask(relay.EVENTS, push)
            done = parsed(answer, relay.Kept, relay.EVENTS)
            self.heard.pushed += done.kept
            self.heard.not_kept += len(done.refused)
            self._given = last
            yield Rest(0.0)
        told: Answer = yield ask(relay.CLAIMS, wire.Claims(self._claiming.open_now))
        if told.status != 204:
            raise refusal(told)
        yield Write(_keeper(RELAY, str(told.at_ms)))

    def take(self, wait_s: int) -> Steps:
        """Ask for what has come since, and keep it as pending."""
        if not (yield from has_room("pages")):
            yield Rest(AGAIN_S)
            return
        more = True
        while more:
            life, after = yield Read(_place)
            question = relay.RelayPull(after, life, wait_s)
            answer: Answer = yield ask(relay.PULL, question, float(wait_s))
            page = parsed(answer, relay.RelayPage, relay.PULL)
            new = page.writers is not None and (yield Read(_newer(page.writers)))
            taken: Taken = yield Write(self._taker(page, learn=new, at_ms=answer.at_ms))
            self.heard.taken += taken
            if page.life != life:
                self._given = 0  # another file than the one that was given to
            self._claiming.heard(page.claims, page.at)
            more, wait_s = page.more, 0
            if taken.new:
                yield Nudge("photos")

    def _waiting(self, reader: Reader) -> tuple[wire.Push, int]:
        bounds = (wire.PUSH_EVENTS, wire.PUSH_BYTES)
        frames, last = carrying.waiting_after(reader.connection, self._given, *bounds)
        known = witness(reader) if frames else None
        return wire.Push(frames, reader.keys(subjects_of(frames)), known), last

    def _taker(
        self, page: relay.RelayPage, *, learn: bool, at_ms: int
    ) -> Callable[[SiteLog], Taken]:
        table = page.writers if learn else None
        if table is not None and not signed_by(
            self._hub_key, wire.table_digest(NAME, table.body), table.sig
        ):
            raise Trouble("bad_signature", f"表 {NAME}")

        def take(log: SiteLog) -> Taken:
            if table is not None:
                log.learn_writers(self._town, parse_writers(table.body, self._town))
                log.set_fact(WITNESS, wire.encode(table, packed=False).decode())
            keys = carrying.known_keys(log.connection)
            taken = carrying.take(log, page.frames, page.keys, keys) if page.frames else NOTHING
            log.set_fact(PLACE, f"{page.life} {page.next}")
            log.set_fact(RELAY, str(at_ms))
            return taken

        return take


def _place(reader: Reader) -> tuple[str, int]:
    life, _, after = (reader.fact(PLACE) or "").partition(" ")
    return life, int(after or 0)


def _newer(table: wire.Table) -> Callable[[Reader], bool]:
    """Whether a table names more writers than ours: none is ever taken out of it."""

    def newer(reader: Reader) -> bool:
        ours = witness(reader)
        return ours is None or int(table.version) > int(ours.version)

    return newer


def _keeper(name: str, value: str) -> Callable[[SiteLog], None]:
    return lambda log: log.set_fact(name, value)
