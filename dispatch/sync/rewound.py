"""A hub that was put back to an earlier hour: the last common number is found, the rest offered."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, Final

import msgspec

from dispatch.store import rewinding
from dispatch.store.answers import UNKNOWN
from dispatch.store.floor import floor_of
from dispatch.store.outbox import RESCUING
from dispatch.store.reader import Reader
from dispatch.store.site_log import SiteLog
from dispatch.sync.answers import ask, parsed
from dispatch.sync.ops import Answer, Op, Read, Steps, Trouble, Write
from dispatch.sync.settling import subjects_of, writers_of
from dispatch.sync.writers import witness
from dispatch.wire import protocol as wire

Greeting = Generator[Op, Any, tuple[wire.SessionAnswer, Answer]]  # Any: each op's own answer
Greet = Callable[[wire.SessionAsk], Greeting]
EVENTS: Final = "/v1/events"


def go_back(question: wire.SessionAsk, greet: Greet, town: str) -> Steps:
    """Find how far the town's chain is the hub's, and take back the numbers above."""
    cursor = question.cursors[town]
    first: wire.CursorMark = yield Read(lambda reader: floor_of(reader.connection, town))
    low, high, at = first.seq, cursor.seq, 0
    while high - low > 1:
        between: tuple[wire.CursorMark, ...] = yield Read(_marks_between(town, low, high))
        if not between:
            break
        session, answer = yield from greet(msgspec.structs.replace(question, marks={town: between}))
        common = max(session.rewind.get(town, -1), first.seq or -1)
        if common not in {first.seq, 0, *(mark.seq for mark in between)}:
            raise Trouble("chain_differs", f"{town} {cursor.seq}: 链值与市级中心不同")
        high = min((mark.seq for mark in between if mark.seq > common), default=high)
        low, at = max(low, common), answer.at_ms
    if cursor.seq == first.seq:
        raise Trouble("chain_differs", f"{town}: 一条也没有时链值就与市级中心不同")
    here = cursor.seq
    while here > low:
        here = yield Write(lambda log: log.step_back(town, low))
    yield Write(_teller(town, at, (cursor.seq, here)))


def offer() -> Steps:
    """Push what others wrote and the hub has lost; the author may never come back.

    What waits behind an event that is not here stays for whoever has that one, and is offered
    again with the next session.
    """
    stuck: frozenset[str] = frozenset()
    before: tuple[wire.Frame, ...] = ()
    offered = False
    while True:
        found: tuple[wire.Push, bool] = yield Read(_waiting_but(stuck))
        push, rescuing = found
        if not push.frames:
            # What waited may have come with its number from elsewhere.
            offered |= rescuing and not stuck
            break
        offered = True
        answer: Answer = yield ask(EVENTS, push)
        done = parsed(answer, wire.PushAnswer, EVENTS, frozenset({409}))
        sent = {wire.event_hash(frame) for frame in push.frames}
        verdicts = tuple(each for each in done.verdicts if each.hash in sent)
        yield Write(_marker(verdicts))
        unknown = {each.hash for each in verdicts if each.reason == UNKNOWN}
        held_up = [frame for frame in push.frames if wire.event_hash(frame) in unknown]
        stuck |= writers_of(push.frames if push.frames == before else held_up)
        before = push.frames
        if not verdicts:
            # A unit that the page cut off shows as lacking too; alone it comes whole.
            if not done.expected.keys() - stuck:
                raise Trouble("stuck", "市级中心没有回答代送的记录")
            stuck |= done.expected.keys()
    if offered:
        yield Write(lambda log: log.rescue_settled())


def _marks_between(
    town: str, low: int, high: int
) -> Callable[[Reader], tuple[wire.CursorMark, ...]]:
    return lambda reader: rewinding.marks(reader.connection, town, low, high)


def _teller(town: str, at: int, between: tuple[int, int]) -> Callable[[SiteLog], None]:
    return lambda log: log.tell_rewound(town, at, between)


def _waiting_but(stuck: frozenset[str]) -> Callable[[Reader], tuple[wire.Push, bool]]:
    def waiting(reader: Reader) -> tuple[wire.Push, bool]:
        frames = rewinding.waiting(reader.connection, wire.PUSH_EVENTS, wire.PUSH_BYTES, stuck)
        known = witness(reader) if frames else None
        push = wire.Push(tuple(frames), reader.keys(subjects_of(frames)), known)
        return push, reader.fact(RESCUING) == "1"

    return waiting


def _marker(verdicts: tuple[wire.Verdict, ...]) -> Callable[[SiteLog], None]:
    def mark(log: SiteLog) -> None:
        log.mark_answered(verdicts)
        if any(each.status == "refused" for each in verdicts):
            log.set_broken_aside()

    return mark
