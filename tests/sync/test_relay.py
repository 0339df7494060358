"""A room without a hub: seats see each other's pending events, and the hub numbers each once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests

from dispatch.domain.codes import State
from dispatch.domain.command import Verb
from dispatch.domain.errors import Offline
from dispatch.hub.folding import head_of
from dispatch.hub.hub import Hub
from dispatch.hub.places import Site
from dispatch.store.site import SiteStore
from dispatch.sync.loop import SyncLoop
from dispatch.sync.once import relay_once
from dispatch.sync.ops import Trouble
from dispatch.sync.relaying import Relayed
from dispatch.wire import relay as wire_relay
from dispatch.wire.keys import Signer
from dispatch.wire.protocol import Claim, Frame, Push, encode
from tests.e2e.town import free_port
from tests.given import FIRE, START, TOWN, VILLAGE
from tests.hub.office import TestClock
from tests.hub.serving import served
from tests.sync.conftest import Making
from tests.sync.relay_room import Relay, relayed
from tests.sync.stations import Station, given_station, kept_going
from tests.sync.test_dead_seat import soon


def by_relay(station: Station, relay: Relay) -> Relayed:
    return relay_once(station.store, station.link, relay.link)


def head(hub: Hub) -> int:
    return hub.office.database.read(lambda connection: head_of(connection, TOWN))


@pytest.fixture
def room(station: Making, tmp_path: Path) -> Iterator[tuple[Relay, Station, Station]]:
    """A relay at the first of two seats that know of each other."""
    one, two = station("a"), station("b")
    one.sync()
    with relayed(one, tmp_path / "relay", lambda: START) as relay:
        yield relay, one, two


Room = tuple[Relay, Station, Station]


def test_seats_see_each_others_pending_events_and_the_hub_numbers_each_once(
    hub: Hub, room: Room
) -> None:
    relay, one, two = room
    before = head(hub)
    id_ = one.filed()
    assert (2, 0) == (by_relay(one, relay).pushed, by_relay(one, relay).taken.new)

    assert 2 == by_relay(two, relay).taken.new
    assert 1 == two.store.read(lambda reader: reader.count("阁楼")).result()
    two.act(Verb.DISPATCH, id_, unit=FIRE)
    by_relay(two, relay)
    by_relay(one, relay)

    seen = one.seen(id_)
    assert (State.SENT, FIRE, (), None) == (seen.state, seen.unit, seen.contested, seen.number)
    assert before == head(hub)
    assert (2, 1) == (one.status().unsent, two.status().unsent)  # a relay marks nothing

    two.sync()  # brings the other's too
    assert before + 3 == head(hub)
    for each in (one, two):
        each.sync()
        told = each.status()
        assert (0, head(hub), told.digest) == (told.unsent, told.town_seq, told.hub_digest)
    assert before + 3 == head(hub)
    assert one.seen(id_) == two.seen(id_)
    assert 0 == by_relay(two, relay).taken.new  # what is numbered is nothing new


def test_a_relay_that_ended_goes_on_with_its_file(station: Making, tmp_path: Path) -> None:
    one, two = station("a"), station("b")
    one.sync()
    id_ = one.report()
    with relayed(one, tmp_path / "relay", lambda: START) as relay:
        by_relay(one, relay)
    with pytest.raises(Offline):
        by_relay(two, relay)
    with relayed(one, tmp_path / "relay", lambda: START) as relay:
        assert 1 == by_relay(two, relay).taken.new
    with relayed(one, tmp_path / "another", lambda: START) as relay:  # its disk was lost
        by_relay(two, relay)
        two.act(Verb.FILE, id_)
        by_relay(two, relay)
        assert 1 == by_relay(one, relay).taken.new
    assert State.FILED is one.seen(id_).state


def test_bad_and_old_events_stay_out_and_stop_nobody(hub: Hub, room: Room) -> None:
    relay, one, two = room
    old = one.report()
    one.sync()
    fresh = one.report()
    frames = one.store.read(lambda reader: reader.pending(9, 1 << 20)).result()
    (good,) = frames
    numbered = hub.pulling.page(_site(hub, one), 0, 500).entries[-1]
    bad = [
        replaced(good, sig=bytes(64)),
        replaced(good, event=good.event.replace(TOWN, "441900107", 1)),
        replaced(good, event=good.event.replace('"sseq":', '"sseq":9', 1)),
        replaced(good, event="{}"),
        replaced(good, event=""),
    ]
    for frame in bad:
        assert (0, 1) == (relay_push(relay, one, frame)[0], len(relay_push(relay, one, frame)[1]))
    # A good one after a bad one is kept; one that the hub has numbered is known at the seat.
    assert 1 == relay_push(relay, one, good)[0]
    assert 1 == relay_push(relay, one, replaced(numbered, seq=None, received_at=None))[0]
    two.sync()
    done = by_relay(two, relay)
    assert (1, 1, ()) == (done.taken.new, done.taken.known, done.taken.refused)
    assert two.seen(fresh).number is None
    assert two.seen(old).number
    two.sync()
    assert two.status().unsent == 0


def replaced(frame: Any, **changes: object) -> Any:
    return msgspec.structs.replace(frame, **changes)


def _site(hub: Hub, station: Station) -> Site:
    found = hub.sites.of_token(station.link.token)
    assert found is not None
    return found


def relay_push(relay: Relay, station: Station, frame: Frame) -> tuple[int, list[dict[str, str]]]:
    """Push a frame as it is, as a site that was let in."""
    body = encode(Push((frame,)), packed=False)
    answer = door(relay, wire_relay.EVENTS, body, token_of(relay, station))
    assert 200 == answer.status_code, answer.text
    told = answer.json()
    return told["kept"], told.get("refused", [])


def door(relay: Relay, path: str, body: bytes = b"{}", token: str = "") -> requests.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return requests.post(
        relay.link.url + path, data=body, headers=headers, timeout=30, verify=str(relay.link.ca)
    )


def token_of(relay: Relay, station: Station, **changes: object) -> str:
    identity = station.store.identity
    nonce = door(relay, wire_relay.NONCE).json()["nonce"]
    sig = identity.signer.sign(wire_relay.entry_digest(TOWN, nonce))
    entering = replaced(wire_relay.Enter(identity.inc, nonce, sig), **changes)
    answer = door(relay, wire_relay.ENTER, encode(entering, packed=False))
    return str(answer.json().get("token", ""))


def test_only_sites_of_the_town_enter_and_each_by_its_own_key(room: Room) -> None:
    relay, one, two = room
    for path in (wire_relay.EVENTS, wire_relay.PULL, wire_relay.CLAIMS):
        assert 401 == door(relay, path).status_code
        assert 401 == door(relay, path, token=one.link.token).status_code  # the hub's is none here
    assert token_of(relay, one)
    assert not token_of(relay, one, inc=two.store.identity.inc)
    assert not token_of(relay, one, inc="nobody")
    assert not token_of(relay, one, nonce="made-up")
    sig = Signer.new().sign(wire_relay.entry_digest(TOWN, "x"))
    assert not token_of(relay, one, sig=sig)
    identity = one.store.identity
    nonce = door(relay, wire_relay.NONCE).json()["nonce"]
    sig = identity.signer.sign(wire_relay.entry_digest(TOWN, nonce))
    entering = encode(wire_relay.Enter(identity.inc, nonce, sig), packed=False)
    assert [200, 401] == [door(relay, wire_relay.ENTER, entering).status_code for _ in range(2)]
    for path in (wire_relay.ENTER, wire_relay.EVENTS, wire_relay.PULL, wire_relay.CLAIMS):
        for body in (b"", b"{", b"[]", b'{"after":-1,"life":"","claims":7,"frames":7}'):
            answer = door(relay, path, body, token_of(relay, one))
            assert 400 == answer.status_code, (path, body, answer.text)
    with pytest.raises(Trouble):  # a hub is no relay
        relay_once(two.store, two.link, two.link)


def test_a_relay_whose_certificate_is_nobodys_gets_nothing(room: Room) -> None:
    relay, _, two = room
    two.report()
    own = replace(two.link, url=relay.link.url, ca=None)
    with pytest.raises(Offline):
        relay_once(two.store, two.link, own)
    assert ((), (), 0) == relay.room.book.after(0)


def test_a_site_that_came_later_is_known_by_its_own_witness(
    hub: Hub, url: str, room: Room, tmp_path: Path
) -> None:
    relay, one, _ = room
    with ExitStack() as stack:
        late = given_station(hub, url, tmp_path / "late")
        stack.callback(late.store.close)
        late.sync()
        id_ = late.report()
        assert 1 == by_relay(late, relay).pushed
        assert 1 == by_relay(one, relay).taken.new
        assert one.incident(id_) is not None


def test_a_village_gives_and_gets_nothing(room: Room, station: Making) -> None:
    relay, one, two = room
    village = station("v", VILLAGE)
    one.report()
    by_relay(one, relay)
    mine = village.report()
    done = by_relay(village, relay)
    assert (1, 0) == (done.pushed, done.taken.new)
    assert 2 == by_relay(two, relay).taken.new
    assert two.incident(mine) is not None


def gone(loop: SyncLoop) -> bool:
    return loop.exchange.gone


def sees(store: SiteStore, id_: str, state: State) -> bool:
    found = store.read(lambda reader: reader.incident(id_)).result()
    return found is not None and found.state is state


@pytest.mark.long
def test_a_seat_changes_to_the_relay_by_itself_and_back(hub: Hub, tmp_path: Path) -> None:
    clock = hub.office.clock
    assert isinstance(clock, TestClock)
    with ExitStack() as stack:
        # A port that no call out takes: one that calls itself would be in the hub's place.
        port = free_port()
        with served(hub, port=port) as url:
            one, two = (given_station(hub, url, tmp_path / name) for name in "ab")
            for each in (one, two, one):
                each.sync()
        for each in (one, two):
            stack.callback(each.store.close)
        relay = stack.enter_context(relayed(one, tmp_path / "relay", clock))
        here, there = (stack.enter_context(kept_going(each, relay.link)) for each in (one, two))
        heard: list[tuple[Claim, ...]] = []
        there.exchange.claiming.heard = lambda claims, _now: heard.append(claims)
        id_ = one.filed()
        soon(lambda: sees(two.store, id_, State.FILED))
        here.claim((Claim(id_, "wang", "", 0),))
        soon(lambda: any(each.incident == id_ for claims in heard for each in claims))
        two.act(Verb.DISPATCH, id_, unit=FIRE)
        soon(lambda: sees(one.store, id_, State.SENT))
        assert (2, 1) == (one.status().unsent, two.status().unsent)
        assert gone(here)

        with served(hub, port=port):
            soon(lambda: one.status().unsent == 0 == two.status().unsent)
            soon(lambda: {one.status().town_seq, two.status().town_seq} == {head(hub)})
            assert not gone(here)
        assert one.seen(id_) == two.seen(id_)
        assert one.seen(id_).number


def test_time_is_not_what_orders_a_relay(room: Room) -> None:
    """Its places are its own: no number of it is in a frame, and none survives a new file."""
    relay, one, _ = room
    one.report()
    by_relay(one, relay)
    frames, keys, place = relay.room.book.after(0)
    assert [(None, None, None)] == [(f.seq, f.received_at, f.number) for f in frames]
    assert (1, 1) == (place, len(keys))
