"""A line whose answers are written down, and what a hub would say on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dispatch.store.site import SiteStore
from dispatch.sync.driver import Line
from dispatch.sync.exchange import Exchange
from dispatch.sync.hands import Hands
from dispatch.sync.link import HubLink
from dispatch.sync.ops import Answer, Ask, Rest, Steps
from dispatch.wire import protocol as wire
from dispatch.wire.chain import START
from dispatch.wire.keys import Signer
from dispatch.wire.protocol import decode, encode
from tests.builders import (
    NOON,
    TOWN,
)

HUB = Signer.new()
JSON = {"content-type": "application/json"}
Reply = Answer | wire.Message | Exception


class Script(Line):
    """A line whose answers are written down, by path; the last one of a path stays."""

    def __init__(self) -> None:
        super().__init__(HubLink("http://nowhere", "t", HUB.public))
        self.replies: dict[str, list[Reply | Callable[[Ask], Reply]]] = {}
        self.asked: list[Ask] = []

    def says(self, path: str, *replies: Reply | Callable[[Ask], Reply]) -> None:
        """Answer requests of a path so."""
        self.replies[path] = list(replies)

    def ask(self, ask: Ask) -> Answer:
        self.asked.append(ask)
        queue = self.replies[ask.path.partition("?")[0]]
        reply = queue.pop(0) if len(queue) > 1 else queue[0]
        if callable(reply):
            reply = reply(ask)
        if isinstance(reply, Exception):
            raise reply
        if isinstance(reply, Answer):
            return reply
        return Answer(200, encode(reply, packed=False), JSON, NOON, 10)


def body_of(ask: Ask, kind: Any) -> Any:
    packed = dict(ask.headers).get("Content-Encoding") == "zstd"
    return decode(ask.body, kind, "asked", packed=packed)


def session(**changes: Any) -> wire.SessionAnswer:
    given: dict[str, Any] = {
        "timeline": "t1",
        "known": {"inc-A": 0},
        "cursors": {TOWN: "ok"},
        "server_time": NOON + 5_000,
        "push_events": 500,
        "push_bytes": 1,
        "least_version": "0.1",
        "site": "s",
        "letter": "A",
        "scope": TOWN,
        "hub_key": HUB.public,
    }
    return wire.SessionAnswer(**(given | changes))


def nothing(chain: str = START, **changes: Any) -> wire.PullAnswer:
    page = wire.TownPage((), 0, chain, more=False, **changes)
    return wire.PullAnswer({TOWN: page}, NOON)


def accepting(ask: Ask) -> wire.PushAnswer:
    push = body_of(ask, wire.Push)
    return wire.PushAnswer(
        tuple(
            wire.Verdict(wire.event_hash(frame), "accepted", "", seq, NOON, None)
            for seq, frame in enumerate(push.frames, 1)
        )
    )


class _Enough(Exception):
    """Ends a lane after so many rests."""


def drive(steps: Steps, store: SiteStore, script: Script, rests: int) -> list[Rest]:
    """Run a lane until it has rested so often; returns its rests of any length."""
    seen: list[Rest] = []

    def rest(op: Rest) -> None:
        if op.seconds:
            seen.append(op)
        if len(seen) == rests:
            raise _Enough

    with pytest.raises(_Enough):
        Hands(store, script, rest).run(steps)
    return seen


def once(core: Exchange, store: SiteStore, script: Script) -> None:
    Hands(store, script).run(core.once())


def unsent(store: SiteStore) -> int:
    return store.read(lambda reader: reader.unsent().count).result()
