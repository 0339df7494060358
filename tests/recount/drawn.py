"""Incidents drawn fact by fact, for what random acts hardly ever meet."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from dispatch.domain import bodies as b
from dispatch.domain.calendar import DAY, HOUR, MINUTE
from dispatch.domain.codes import Kind, Priority, Source, Stage, State
from dispatch.domain.event import Draft, Event, Subject
from dispatch.domain.fold import fold
from dispatch.domain.sla import Limit
from dispatch.wire.envelope import Stamp, read, write
from dispatch.wire.keys import Signer
from tests.reports.histories import FROM, TO
from tests.reports.seats import TOWN, VILLAGES, Hub, Seat

_SIGNER: Final = Signer.of(b"d" * 32)


class Drawing:
    """One seat's log, written by hand. Facts are named by their hash."""

    def __init__(self) -> None:
        self.seat = Seat(Hub(), "D")
        self.events: dict[str, list[Event]] = {}
        self.count = 0

    def add(self, incident: str, type_: str, body: b.Body, at: int, *base: str, **more: int) -> str:
        """Add a fact at a corrected time; `offset` and `received` where they matter."""
        self.count += 1
        offset = more.get("offset", 0)
        stamp = Stamp(
            id=f"0190-{self.count:08d}",
            inc="inc-elsewhere",
            sseq=self.count,
            prev="",
            town=TOWN,
            base=base,
            at=at - offset,
            offset_ms=offset,
            offset_age_s=1,
            session="",
            actor="hua",
            role="chief",
        )
        draft = Draft(subject=Subject(Kind.INCIDENT, incident), type=type_, body=body)
        signed = write(draft, stamp, _SIGNER, None)
        received = more.get("received", at + MINUTE)
        event = replace(read(signed.raw), seq=self.count, received_at=received)
        self.seat.raw[event.hash] = signed.raw
        self.events.setdefault(incident, []).append(event)
        return event.hash

    def done(self) -> Seat:
        """Return the seat with every incident folded."""
        self.seat.incidents = {id_: fold(facts) for id_, facts in self.events.items()}
        return self.seat


def limit(stage: Stage, start: int, due: int) -> Limit:
    return Limit(stage, start, start + (due - start) * 4 // 5, due)


def reported(at: int, accept: int, source: Source = Source.WORKER) -> b.Reported:
    return b.Reported(
        source=source,
        lon=113.9,
        lat=23.0,
        grid=f"{VILLAGES[0]}001",
        village=VILLAGES[0],
        found_at=at,
        temp="D1",
        priority=Priority.P1,
        limits=(limit(Stage.ACCEPT, at, accept),),
    )


def sent(
    drawing: Drawing,
    id_: str,
    at: int,
    due: int,
    *,
    offset: int = 0,
    source: Source = Source.WORKER,
) -> str:
    """Report, file, dispatch and sign, each a minute after the other."""
    one = drawing.add(id_, "reported", reported(at, at + HOUR, source), at)
    two = drawing.add(id_, "filed", b.Filed(), at + MINUTE, one)
    order = b.Dispatched(unit="消防", order_no="1", limits=(limit(Stage.DISPOSAL, at, due),))
    three = drawing.add(id_, "dispatched", order, at + 2 * MINUTE, two)
    return drawing.add(id_, "signed", b.Signed(), at + 3 * MINUTE, three, offset=offset)


def stories(drawing: Drawing) -> None:
    """Draw every story below."""
    _holds_in_a_row(drawing)
    _holds_side_by_side(drawing)
    _limits(drawing)
    _two_filings(drawing)
    _before_its_order(drawing)
    _redone(drawing)
    _nothing_left(drawing)
    _one_millisecond(drawing)
    _clock(drawing)


def _hold(drawing: Drawing, id_: str, base: str, start: int, end: int, offset: int = 0) -> str:
    asked = drawing.add(id_, "hold_asked", b.HoldAsked(review_at=TO + DAY), start - MINUTE, base)
    grant = b.HoldGranted(request=asked, left_ms=1)
    held = drawing.add(id_, "hold_granted", grant, start, asked, offset=offset)
    return drawing.add(id_, "resumed", b.Resumed(), end, held, offset=-offset)


def _holds_in_a_row(drawing: Drawing) -> None:
    """One before the last order, one across it, two after it, the last still on at the feedback."""
    at, id_ = FROM + HOUR, "d-row"
    head = sent(drawing, id_, at, TO)
    head = _hold(drawing, id_, head, at + 10 * MINUTE, at + 20 * MINUTE)
    across = _hold(drawing, id_, head, at + 50 * MINUTE, at + 80 * MINUTE)
    order = b.Reassigned(unit="公安", from_unit="消防", order_no="2")
    head = drawing.add(id_, "reassigned", order, at + HOUR, head)
    head = _hold(drawing, id_, head, at + 100 * MINUTE, at + 130 * MINUTE, 7 * MINUTE)
    head = _hold(drawing, id_, head, at + 150 * MINUTE, at + 170 * MINUTE)
    asked = drawing.add(id_, "hold_asked", b.HoldAsked(review_at=TO), at + 3 * HOUR, head)
    grant = b.HoldGranted(request=asked, left_ms=1)
    held = drawing.add(id_, "hold_granted", grant, at + 190 * MINUTE, asked)
    fed = at + 4 * HOUR
    drawing.add(id_, "fed_back", b.FedBack(), fed, held, across, offset=11 * MINUTE)
    drawing.add(id_, "resumed", b.Resumed(), fed + HOUR, held)


def _holds_side_by_side(drawing: Drawing) -> None:
    """Two holds that did not see each other: they overlap, then one lies inside the other."""
    for id_, first, second in (("d-over", (30, 90), (60, 120)), ("d-in", (30, 120), (60, 90))):
        at = FROM + 2 * HOUR
        head = sent(drawing, id_, at, TO)
        ends = [
            _hold(drawing, id_, head, at + start * MINUTE, at + end * MINUTE)
            for start, end in (first, second)
        ]
        drawing.add(id_, "fed_back", b.FedBack(), at + 3 * HOUR, *ends)


def _limits(drawing: Drawing) -> None:
    """Deadlines at the shift's very ends, a feedback at the very deadline, one by its offset."""
    sent(drawing, "d-due-from", FROM - HOUR, FROM)
    sent(drawing, "d-due-cut", FROM - HOUR, TO)
    sent(drawing, "d-due-day", FROM - HOUR, TO + DAY)
    sent(drawing, "d-due-hour", FROM - HOUR, TO + HOUR)
    for id_, after, offset in (("d-at", 0, 0), ("d-late", 1, 5 * MINUTE), ("d-soon", -1, -HOUR)):
        due = FROM + 3 * HOUR
        head = sent(drawing, id_, FROM + HOUR, due)
        drawing.add(id_, "fed_back", b.FedBack(), due + after, head, offset=offset)


def _two_filings(drawing: Drawing) -> None:
    """Filed twice, apart: one in time; the first of another lies before the shift."""
    for id_, at, one, two in (
        ("d-twice", FROM + HOUR, 30 * MINUTE, 90 * MINUTE),
        ("d-across", FROM - 20 * MINUTE, 10 * MINUTE, 40 * MINUTE),
        ("d-on-from", FROM - 20 * MINUTE, 20 * MINUTE, 40 * MINUTE),
        ("d-on-limit", FROM + HOUR, HOUR, 2 * HOUR),
    ):
        head = drawing.add(id_, "reported", reported(at, at + HOUR), at)
        drawing.add(id_, "filed", b.Filed(), at + one, head, offset=-2 * HOUR)
        drawing.add(id_, "filed", b.Filed(), at + two, head)


def _before_its_order(drawing: Drawing) -> None:
    """Done, by a clock that is behind, before the order went out."""
    head = sent(drawing, "d-before", FROM + HOUR, TO)
    drawing.add("d-before", "fed_back", b.FedBack(), FROM + HOUR, head)


def _redone(drawing: Drawing) -> None:
    at, id_ = FROM + HOUR, "d-redone"
    head = sent(drawing, id_, at, TO)
    head = drawing.add(id_, "fed_back", b.FedBack(), at + HOUR, head)
    passed = b.Passed(to=State.VISIT, drawn=1)
    head = drawing.add(id_, "inspected_pass", passed, at + 2 * HOUR, head)
    head = drawing.add(id_, "redone", b.Redone(), at + 3 * HOUR, head)
    drawing.add(id_, "fed_back", b.FedBack(), at + 5 * HOUR, head)


def _nothing_left(drawing: Drawing) -> None:
    """A verdict leaves no state: the incident stays where it stood."""
    for id_, at in (("d-none", FROM - 3 * HOUR), ("d-none-in", FROM + HOUR)):
        head = drawing.add(id_, "reported", reported(at, at + HOUR), at, offset=9 * HOUR)
        verdict = b.Resolved(keep=(), drop=(head,), to=State.CLOSED)
        drawing.add(id_, "resolved", verdict, at + HOUR, head, offset=-9 * HOUR)


def _one_millisecond(drawing: Drawing) -> None:
    at, id_ = FROM + HOUR, "d-blink"
    head = drawing.add(id_, "reported", reported(at, at + HOUR), at)
    asked = drawing.add(id_, "void_asked", b.Asked(), at + MINUTE, head)
    void = drawing.add(id_, "void_granted", b.Answered(request=asked), at + HOUR, asked)
    back = b.Undone(undoes=void, to=State.REPORTED)
    drawing.add(id_, "restored", back, at + HOUR + 1, void)


def _clock(drawing: Drawing) -> None:
    """Notes from a clock far ahead, received at the shift's very ends."""
    for id_, received in (("d-clock-from", FROM), ("d-clock-cut", TO)):
        at = FROM - HOUR
        head = drawing.add(id_, "reported", reported(at, at + HOUR), at)
        drawing.add(id_, "noted", b.Noted(), TO + 9 * HOUR, head, received=received)
