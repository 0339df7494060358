"""What an enrolled writer signs stops nobody: it is folded, or kept aside with a reason."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import strategies as st

from dispatch.desk.handover import HandoverDesk
from dispatch.desk.reporting import Reporting
from dispatch.desk.town import TownDesk
from dispatch.desk.views_report import Period
from dispatch.desk.views_shift import Wanted
from dispatch.domain.codes import Kind
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.fold import fold
from dispatch.domain.types import TYPES
from dispatch.hub.parcel import open_frame
from dispatch.hub.verify import check_town
from dispatch.reports.shift_input import Variant
from dispatch.wire.digest import incident_hash
from dispatch.wire.envelope import MOST, Numbers, plaintext, read
from dispatch.wire.header import read_header, sealing_key
from dispatch.wire.keys import Signer
from dispatch.wire.protocol import PUSH_EVENTS, Frame, Push
from tests.builders import NOON, TOWN, VILLAGES, Numbering
from tests.desk.offices import PASSWORD, Hand, open_desk
from tests.doors.garbage import EXAMPLES, documents, drawn, json_values, put_in, refusal, search
from tests.doors.hostile_events import Hostile, envelopes
from tests.hub.cluster import cluster
from tests.hub.office import TestClock, given_hub, given_seat

ABOUT = {"kind": "incident", "id": "i1"}


@pytest.mark.parametrize("examples", EXAMPLES)
def test_any_bytes_are_an_event_or_one_line(examples: int) -> None:
    good = Hostile("inc", TOWN).signs(
        {
            "v": 1, "id": "e1", "see_add": [], "see_drop": [], "subject": ABOUT, "type": "noted",
            "base": [], "at": NOON, "offset_ms": 0, "offset_age_s": 0, "session": "", "actor": "a",
            "role": "clerk", "open": {"sealed": ["text"]}, "sealed": {"key": "k", "text": "AA=="},
        }
    )  # fmt: skip

    def body(raw: bytes) -> None:
        sealing_key(raw)
        open_frame(Frame(raw.decode("utf-8", "replace"), b""))
        for parse in (read_header, read, partial(plaintext, secret=bytes(32))):
            assert "\n" not in str(refusal(partial(parse, raw), BadInput))

    raw = good.event.encode()
    fields = sorted(msgspec.json.decode(raw))
    odd = st.builds(
        lambda name, value: raw.replace(
            f'"{name}":'.encode(), f'"{name}":{value},"x":'.encode(), 1
        ),
        st.sampled_from([f'"{each}":'.encode() for each in fields]),
        json_values().map(lambda value: json.dumps(value).encode()),
    )
    search(body, st.one_of(put_in(raw), odd, documents()), examples)


@pytest.mark.parametrize("examples", EXAMPLES)
@pytest.mark.parametrize("type_", TYPES)
def test_any_body_folds(type_: str, examples: int) -> None:
    """A fact is never refused, whatever it says: the fold and its digest take it."""
    reported = st.just({}) if type_ == "reported" else envelopes("reported", ABOUT)
    pair = st.tuples(reported, envelopes(type_, ABOUT))

    def body(given: tuple[dict[str, Any], dict[str, Any]]) -> None:
        writer = Hostile("inc", TOWN, Signer.of(bytes(32)))
        events = []
        for envelope in given:
            if not envelope:
                continue
            raw = writer.signs(envelope).event.encode()
            try:
                events.append(read(raw, Numbers(writer.sseq, NOON, None)))
            except BadInput:
                continue
        if events:
            incident_hash(fold(events))

    search(body, pair, max(3, examples // 8))


KINDS = tuple(each.value for each in Kind)
FEW_OF_EACH = [1, pytest.param(4, marks=pytest.mark.long)]


def of_many_types(writer: Hostile, count: int) -> dict[str, list[Frame]]:
    """Events, by type, about an incident of its own and about another kind of subject.

    With a count of 1 of some types only, other ones each time: each costs a tenth of a second.
    """
    chosen = random.sample(list(TYPES), 16) if count == 1 else list(TYPES)
    made = {}
    for place, type_ in enumerate(chosen):
        about = {"kind": "incident", "id": f"i-{type_}"}
        other = {"kind": KINDS[place % len(KINDS)], "id": "x"}
        given = [*drawn(envelopes("reported", about), 1), *drawn(envelopes(type_, about), count)]
        given += drawn(envelopes(type_, other), count)
        made[type_] = [writer.signs(each | {"id": f"e{writer.sseq}"}) for each in given]
    return made


def _result(look: Callable[[], Future[Any]]) -> object:
    return look().result()


@pytest.mark.parametrize("count", FEW_OF_EACH)
def test_a_seat_takes_whatever_comes_and_shows_it(tmp_path: Path, count: int) -> None:
    """One event of another station that a column cannot hold once stopped every seat's pull."""
    hand = Hand()
    desk = open_desk(tmp_path / "seat", hand)
    desk.login("chief1", PASSWORD).result()
    hub, writer = Numbering(), Hostile("evil", TOWN)
    made = of_many_types(writer, count)
    frames = [frame for frames in made.values() for frame in frames]
    for frame in frames:
        hub.take(frame, kind="other")

    desk.site.apply_page(TOWN, hub.page(0))

    assert len(frames) == desk.site.read(lambda reader: reader.cursor(TOWN)).result().seq
    town, shifts, reporting = TownDesk(desk), HandoverDesk(desk), Reporting(desk)
    shift = Period(variant=Variant.SHIFT, from_at=hand.now - 10**8, to_at=hand.now)
    # Any: each look gives its own.
    seen: list[Callable[[], Future[Any]]] = [
        desk.rows,
        desk.exceptions,
        desk.strip,
        desk.workers,
        town.modes,
        town.campaigns,
    ]
    seen += [town.notices, partial(shifts.look, shifts.due())]
    seen += [partial(shifts.logbook, Wanted(shifts.running())), partial(desk.search, "1", 100)]
    seen += [
        partial(reporting.numbers, shift),
        partial(reporting.charts, shift.from_at, shift.to_at),
    ]
    for id_ in [f"i-{type_}" for type_ in made]:
        seen += [partial(desk.pane, id_), partial(desk.advice, id_), partial(desk.candidates, id_)]
    for look in seen:
        told = refusal(partial(_result, look), BadInput, Refused)
        assert "\n" not in str(told)
    desk.site.close()


@pytest.mark.parametrize("count", FEW_OF_EACH)
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def test_the_hub_takes_whatever_is_signed_and_others_pull_it(
    tmp_path: Path, kind: str, count: int
) -> None:
    url = f"sqlite:///{tmp_path / 'hub.db'}" if kind == "sqlite" else cluster().fresh()
    hub = given_hub(url, tmp_path / "hub.d", TestClock())
    seat, other = given_seat(hub, "A"), given_seat(hub, "B")
    pen = seat.log.pen()
    made = of_many_types(Hostile(pen.inc, seat.site.town, pen.signer), count)
    frames = [frame for frames in made.values() for frame in frames]

    for start in range(0, len(frames), PUSH_EVENTS):
        answer = hub.ingest.push(Push(tuple(frames[start : start + PUSH_EVENTS])))
        assert {each.status for each in answer.verdicts} <= {"accepted", "quarantined"}
    assert len(frames) == hub.folding.catch_up(seat.site.town)
    while other.pull(with_digest=True).more:
        continue

    assert len(frames) == other.cursor == check_town(hub, seat.site.town).seq
    hub.close()


LIMIT = {"stage": "check", "start": 1, "amber": 1, "due": 1 << 62}


@pytest.mark.parametrize(
    ("envelope", "body"),
    [
        ({"at": 1 << 63}, {}),
        ({"at": 1 << 46}, {}),
        ({"offset_ms": -(1 << 44)}, {}),
        ({}, {"found_at": 10**18}),
        ({}, {"limits": [LIMIT]}),
        ({"blobs": ["../../etc/passwd"]}, {}),
        ({"blobs": ["0" * 63]}, {}),
    ],
)
def test_what_no_column_date_or_folder_can_hold_is_unreadable(
    envelope: dict[str, Any], body: dict[str, Any]
) -> None:
    """Unreadable is kept, numbered and passed on, and no fold ever sees it."""
    good = {
        "source": "hotline", "lon": 113.9, "lat": 23.0, "grid": f"{VILLAGES[0]}001",
        "village": VILLAGES[0], "found_at": NOON, "temp": "A1",
    }  # fmt: skip
    whole = {
        "v": 1, "id": "e", "see_add": [], "see_drop": [], "subject": ABOUT, "type": "reported",
        "base": [], "at": NOON, "offset_ms": 0, "offset_age_s": 0, "session": "", "actor": "a",
        "role": "clerk", "open": good,
    }  # fmt: skip
    assert "" == open_frame(Hostile("inc", TOWN).signs(whole)).quarantined

    odd = whole | {"open": good | body} | envelope
    assert open_frame(Hostile("inc", TOWN).signs(odd)).quarantined.startswith("unreadable: ")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_actor_with_a_nul_is_looked_up_by_nobody(tmp_path: Path, kind: str) -> None:
    """PostgreSQL takes no NUL, not even in a question: the town's fold stood still for good."""
    url = f"sqlite:///{tmp_path / 'hub.db'}" if kind == "sqlite" else cluster().fresh()
    hub = given_hub(url, tmp_path / "hub.d", TestClock())
    seat = given_seat(hub)
    pen = seat.log.pen()
    envelope = {
        "v": 1, "id": "e", "see_add": [], "see_drop": [], "type": "shift_on", "base": [],
        "subject": {"kind": "shift", "id": "x"}, "at": NOON, "offset_ms": 0, "offset_age_s": 0,
        "session": "", "actor": "a\0b", "role": "clerk", "open": {"seat": "1"},
    }  # fmt: skip
    frame = Hostile(pen.inc, seat.site.town, pen.signer).signs(envelope)

    (verdict,) = hub.ingest.push(Push((frame,))).verdicts

    assert "accepted" == verdict.status
    assert 1 == hub.folding.catch_up(seat.site.town)
    hub.close()


@pytest.mark.parametrize("spelled", ["%d", " %d", "\n\t%d", "[%d]", "[1,%d]", "[[1], -%d]"])
def test_a_number_too_large_is_found_however_it_is_spelled(spelled: str) -> None:
    """Among codes of grids, which are as long and no numbers."""
    grid = f"{VILLAGES[0]}001"
    whole = {
        "v": 1, "id": "e", "inc": "i", "sseq": 1, "prev": "", "town": TOWN, "see_add": [grid],
        "see_drop": [grid, grid], "subject": ABOUT, "type": "from-the-future", "base": [],
        "at": NOON, "offset_ms": 0, "offset_age_s": 0, "session": "", "actor": "a",
        "role": "clerk", "open": {"code": grid, "odd": "HERE"},
    }  # fmt: skip
    text = json.dumps(whole)
    read(text.replace('"HERE"', spelled % ((1 << 44) - 1)).encode())

    with pytest.raises(BadInput, match="number not between"):
        read(text.replace('"HERE"', spelled % MOST).encode())
