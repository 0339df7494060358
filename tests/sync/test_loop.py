"""The exchange beside a window: news within the long poll, failures by timer alone, a quick end."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from dispatch.domain.command import Verb
from dispatch.hub.hub import Hub
from dispatch.sync import exchange
from dispatch.sync import loop as sync_loop
from dispatch.sync.loop import SyncLoop
from dispatch.sync.ops import Steps
from dispatch.wire.protocol import Claim
from tests.given import LAT, LON, START, TOWN
from tests.hub.serving import served
from tests.sync.conftest import Making
from tests.sync.proxy import Mood, Proxy
from tests.sync.stations import PNG, Station, kept_going


def soon(true: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait until something is true; the limit is for a machine that is busy, not a promise."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "did not happen"
        time.sleep(0.02)


def test_an_act_at_one_seat_is_seen_at_the_other_by_itself(station: Making) -> None:
    one, two = station("a"), station("b")
    with kept_going(one), kept_going(two):
        id_ = one.filed()
        soon(lambda: two.incident(id_) is not None and two.seen(id_).state == "filed")
        two.act(Verb.DISPATCH, id_, unit="消防")
        soon(lambda: one.seen(id_).state == "sent")
        soon(lambda: one.status().unsent == 0 and two.status().unsent == 0)


def test_photos_positions_tables_and_claims_come_along(hub: Hub, station: Making) -> None:
    from dispatch.wire.protocol import Fix
    from tests.hub.office import given_person

    one, two = station("a"), station("b")
    with kept_going(one) as here, kept_going(two) as there:
        name = one.store.photos.add(PNG)
        one.report(photos=(name,))
        hub.telemetry.put(TOWN, [Fix("W001", LON, LAT, START)])
        given_person(hub, "W007", node=TOWN)
        here.claim((Claim("i1", "clerk", "", 0),))

        soon(lambda: [claim.incident for claim in there.exchange.told.claims] == ["i1"])
        soon(lambda: bool(two.status().town_seq))
        there.nudge("photos")
        soon(lambda: two.store.photos.has(name))
        soon(lambda: bool(two.store.telemetry.last()))
        soon(lambda: two.store.read(lambda r: r.table("accounts")).result() is not None)


def test_what_failed_goes_out_by_timer_alone(
    station: Making, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No further act, no interface that comes up: the outbox empties when the hub is back."""
    monkeypatch.setattr(exchange, "MOST_S", 1.5)
    proxy = Proxy(int(url.rpartition(":")[2]), Mood(refuse=True))
    one = station("a")
    away = Station(one.store, type(one.link)(proxy.url, one.link.token, one.link.hub_key))
    try:
        with kept_going(away) as loop:
            away.filed()
            soon(lambda: loop.exchange.told.trouble != "")
            assert 2 == away.status().unsent
            proxy.mood = Mood()
            soon(lambda: away.status().unsent == 0)
            soon(lambda: loop.exchange.told.trouble == "")
    finally:
        proxy.close()


def test_a_line_cut_under_a_long_poll_is_taken_up_again(
    station: Making, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "MOST_S", 1.5)
    proxy = Proxy(int(url.rpartition(":")[2]))
    one, two = station("a"), station("b")
    behind = Station(two.store, type(two.link)(proxy.url, two.link.token, two.link.hub_key))
    try:
        with kept_going(behind) as loop:
            soon(lambda: loop.exchange.met)
            proxy.cut()
            id_ = one.filed()
            one.sync()
            soon(lambda: behind.incident(id_) is not None)
    finally:
        proxy.close()


def test_a_hub_that_restarts_is_found_again(
    hub: Hub, station: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "MOST_S", 1.5)
    one = station("a")
    with served(hub) as url:
        port = int(url.rpartition(":")[2])
        moved = Station(one.store, type(one.link)(url, one.link.token, one.link.hub_key))
        loop = SyncLoop(moved.store, moved.link)
        loop.start()
        soon(lambda: loop.exchange.met)
    moved.filed()
    soon(lambda: loop.exchange.told.trouble != "")
    with served(hub, port=port):
        soon(lambda: moved.status().unsent == 0)
        loop.close()


def test_it_ends_at_once_in_the_middle_of_a_long_poll(station: Making) -> None:
    """The harness fails a test whose threads outlive it by three seconds; a poll takes 25."""
    one = station("a")
    with kept_going(one) as loop:
        soon(lambda: loop.exchange.met)
        time.sleep(0.3)


@pytest.mark.expects_log("sync lane talk failed")
def test_a_defect_ends_no_lane_in_silence(station: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync_loop, "AFTER_DEFECT_S", 0.05)
    one = station("a")
    real = exchange.Exchange.talking
    broken = [True]

    def talking(self: exchange.Exchange) -> Steps:
        if broken:
            raise KeyError(broken.pop())
        return real(self)

    monkeypatch.setattr(exchange.Exchange, "talking", talking)
    with kept_going(one):
        one.filed()
        soon(lambda: one.status().unsent == 0)
