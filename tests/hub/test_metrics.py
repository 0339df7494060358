"""What a monitoring system sees of a hub, read as strictly as such systems read; and who may."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest

from console.hub_table import table
from dispatch.domain.codes import Role
from dispatch.hub.hub import Hub
from dispatch.hub.seen import lines
from dispatch.hub.status import status_of
from dispatch.wire import protocol as wire
from dispatch.wire.protocol import encode
from tests.given import START, TOWN, VILLAGE, given_filed
from tests.hub.office import given_person, given_seat
from tests.hub.serving import Door, served

_SAMPLE: Final = re.compile(
    r"^([a-z_]+)(?:\{((?:[a-z_]+=\"(?:[^\"\\\n]|\\[\\n\"])*\",?)+)\})? (-?[0-9.e+-]+)$"
)
_LABEL: Final = re.compile(r"([a-z_]+)=\"((?:[^\"\\\n]|\\[\\n\"])*)\"")
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def parsed(text: str) -> Samples:
    """Read the text format; a line that is not as the format wants it fails the test."""
    found: Samples = {}
    known = ""
    assert text.endswith("\n")
    for line in text.splitlines():
        if line.startswith("# HELP "):
            _, _, known, words = line.split(" ", 3)
            assert words
            continue
        if line.startswith("# TYPE "):
            assert line.split(" ")[2:] in ([known, "gauge"], [known, "counter"])
            continue
        match = _SAMPLE.match(line)
        assert match is not None, line
        name, labels, value = match.groups()
        assert name == known, "a sample stands under its own name"
        key = (name, frozenset(_LABEL.findall(labels or "")))
        assert key not in found, "no sample twice"
        found[key] = float(value)
    return found


def value(found: Samples, name: str, **labels: str) -> float:
    """Return one sample."""
    return found[name, frozenset(labels.items())]


def headers_of(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}


def greeted(door: Door, token: str, mark: wire.WriterMark, seq: int) -> None:
    """Open a session, as a site of that place."""
    cursor = {TOWN: wire.CursorMark(seq, "0" * 64)}
    ask = wire.SessionAsk(1, (mark,), cursor, 0, "0.1.0", None, {}, -1500)
    content = encode(ask, packed=False)
    assert 200 == door.post("/v1/session", headers=headers_of(token), content=content).status_code


def test_the_figures_are_those_of_the_hub(hub: Hub) -> None:
    seat, other = given_seat(hub), given_seat(hub, "B", VILLAGE)
    clock: Any = hub.office.clock
    given_filed(seat.log)
    given_filed(seat.log)
    with served(hub) as url:
        door = Door(url)
        pen = seat.log.pen()
        mark = wire.WriterMark(pen.inc, pen.signer.public, 4, "h")
        push = encode(wire.Push(seat.frames(0, 3)), packed=False)
        door.post("/v1/events", headers=headers_of(seat.token), content=push)
        hub.evidence.sign(TOWN)
        greeted(door, seat.token, mark, 0)
        door.post("/v1/pull", headers=headers_of(seat.token), content=b"{")
        pull = encode(wire.Pull({TOWN: 2}, 0), packed=False)
        door.post("/v1/pull", headers=headers_of(seat.token), content=pull)
        hub.seen.flush()
        clock.now += 60_000
        answer = door.get("/metrics")

    assert (200, "text/plain") == (
        answer.status_code,
        answer.headers["content-type"].partition(";")[0],
    )
    found = parsed(answer.text)
    assert (3, 0) == (
        value(found, "zhiwang_town_seq", town=TOWN),
        value(found, "zhiwang_fold_lag", town=TOWN),
    )
    assert (60, 0) == (
        value(found, "zhiwang_checkpoint_age_seconds", town=TOWN),
        value(found, "zhiwang_checkpoint_lag", town=TOWN),
    )
    assert 0 == value(found, "zhiwang_quarantined", town=TOWN)
    assert 3 == value(found, "zhiwang_verdicts_total", status="accepted", reason="")
    assert 1 == value(found, "zhiwang_requests_total", status="400")
    site = {"town": TOWN, "site": seat.site.letter, "scope": TOWN}
    assert (1, 1, -1.5, 60) == (
        value(found, "zhiwang_site_cursor_lag", **site),
        value(found, "zhiwang_site_unsent", **site),
        value(found, "zhiwang_site_clock_offset_seconds", **site),
        value(found, "zhiwang_site_contact_age_seconds", **site),
    )
    assert value(found, "zhiwang_queue_age_seconds") >= 0
    assert other.site.letter not in answer.text.replace(seat.site.letter, ""), "never heard of"
    assert seat.site.id not in answer.text


def test_who_may_see_it(hub: Hub, door: Door) -> None:
    """A site's or a person's token opens nothing; a proxy's caller is not this machine."""
    assert 200 == door.get("/metrics").status_code
    for name in ("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"):
        assert 403 == door.get("/metrics", headers={name: "127.0.0.1"}).status_code
    seat, person = given_seat(hub), given_person(hub, "W001", Role.WORKER)
    with served(hub, watch_token="watch-this") as url:
        for token in ("", "x", "监视", seat.token, person):
            headers = {"Authorization": f"Bearer {token}".encode()}
            assert 403 == Door(url).get("/metrics", headers=headers).status_code
        answer = Door(url).get("/metrics", headers=headers_of("watch-this"))
        assert 200 == answer.status_code


def test_the_table_of_sites(hub: Hub) -> None:
    seat = given_seat(hub)
    clock: Any = hub.office.clock
    never = list(table(status_of(hub)["stations"], clock()))
    assert 2 == len(never)
    assert "从未" in never[1]
    pen = seat.log.pen()
    mark = wire.WriterMark(pen.inc, pen.signer.public, 7, "h")
    odd = "0.9\x00\n" + "x" * 80
    ask = wire.SessionAsk(1, (mark,), {TOWN: wire.CursorMark(0, "")}, 0, odd)
    hub.seen.met(seat.site, ask)
    hub.seen.flush()
    hub.seen.polled(seat.site, 0)
    hub.seen.flush()
    clock.now += 5 * 60_000
    (line,) = hub.office.database.read(lines)
    assert (7, 0, None, START) == (line.unsent, line.lag, line.offset_ms, line.contact)
    assert line.version.isprintable()
    assert 40 == len(line.version)
    row = list(table(status_of(hub)["stations"], clock()))[1]
    assert "（5 分钟前）" in row
    assert "有效" in row


def test_what_cannot_be_written_is_kept_for_the_next_time(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = given_seat(hub)
    hub.seen.polled(seat.site, 5)

    def full(*_: object) -> None:
        raise OSError("full")

    with monkeypatch.context() as broken:
        broken.setattr(hub.office.database, "write", full)
        with pytest.raises(OSError, match="full"):
            hub.seen.flush()
    hub.seen.flush()
    (line,) = hub.office.database.read(lines)
    assert START == line.contact
