"""The hub signs the town's chain, sites keep what it signed, and nobody's word replaces it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from dispatch.acts.perform import Author, record_one
from dispatch.domain.bodies_shift import ReportIssued
from dispatch.domain.codes import Kind
from dispatch.hub.evidence import EVERY_MS, between, last_of
from dispatch.hub.hub import Hub
from dispatch.store import checkpoints
from dispatch.store.site import SiteStore
from dispatch.store.site_log import SiteLog
from dispatch.sync.exchange import Exchange
from dispatch.sync.ops import Trouble
from dispatch.wire import protocol as wire
from dispatch.wire.chain import START as CHAIN
from dispatch.wire.keys import Signer
from tests.given import START, TOWN, VILLAGE, given_filed
from tests.hub.office import given_seat
from tests.sync.conftest import Making
from tests.sync.scripted import HUB, Script, body_of, nothing, once
from tests.sync.test_hub_put_back import Room


def signed(hub: Hub) -> list[int]:
    """Return the numbers that the hub has signed."""
    found = hub.office.database.read(lambda c: between(c, TOWN, 0, 1 << 40))
    return [each.seq for each in found]


def kept(store: SiteStore) -> int:
    """Return the last number that a site has a signature of."""
    return store.read(lambda reader: checkpoints.last(reader.connection, TOWN)).result()


def issued(log: SiteLog) -> None:
    """Record that a shift report was made."""
    body = ReportIssued(figures="0" * 64, from_at=0, to_at=1, revision=1, provisional=False)
    record_one(log, (Kind.SHIFT, "day"), "report_issued", body, Author("li", "chief", ""), START)


def test_one_is_signed_every_ten_minutes_while_there_are_new_numbers(hub: Hub) -> None:
    seat = given_seat(hub)
    clock: Any = hub.office.clock
    given_filed(seat.log)
    seat.push()
    assert ([2], ()) == ([each.seq for each in hub.evidence.round()], hub.evidence.round())

    given_filed(seat.log)
    seat.push()
    assert () == hub.evidence.round(), "ten minutes are not over"
    clock.now += EVERY_MS
    assert [4] == [each.seq for each in hub.evidence.round()]
    clock.now += EVERY_MS
    assert () == hub.evidence.round(), "nothing is new"
    assert [2, 4] == signed(hub)


def test_a_shift_report_is_signed_at_once(hub: Hub, station: Making) -> None:
    site = station("a")
    site.report(text='在文字里写着 "report_issued"')
    site.sync()
    site.store.write(issued).result()
    site.sync()

    assert 2 == signed(hub)[-1]
    assert 2 == kept(site.store), "it comes with the same exchange's pull"


def test_a_site_keeps_what_was_signed_of_all_the_town(hub: Hub, station: Making) -> None:
    town, village = station("a"), station("v", VILLAGE)
    town.report(grid="441900106202001")
    town.sync()
    hub.evidence.sign(TOWN)
    for site in (town, village):
        site.sync()
        last = site.store.read(lambda r: checkpoints.newest(r.connection, TOWN)).result()
        assert hub.office.database.read(lambda c: last_of(c, TOWN)) == last
    assert hub.evidence.sign(TOWN) is None


def _offered(seq: int, chain: str, by: Signer, town: str = TOWN) -> wire.PullAnswer:
    sig = by.sign(wire.checkpoint_digest(town, seq, chain, START))
    given = wire.Checkpoint(town, seq, chain, START, sig)
    return nothing(checkpoints=(given,))


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (_offered(0, CHAIN, Signer.new()), "bad_signature"),
        (_offered(0, CHAIN, HUB, "441900003"), "bad_signature"),
        (_offered(7, "f" * 64, HUB), "chain_differs"),
    ],
)
def test_what_the_hub_has_not_signed_or_we_do_not_have_is_trouble(
    store: SiteStore, script: Script, core: Exchange, answer: wire.PullAnswer, code: str
) -> None:
    script.says("/v1/pull", answer)
    with pytest.raises(Trouble) as trouble:
        once(core, store, script)
    assert code == trouble.value.code
    assert (7 if code == "chain_differs" else 0) == kept(store), "a proof is kept, a forgery is not"


def test_the_site_says_which_it_has(store: SiteStore, script: Script, core: Exchange) -> None:
    once(core, store, script)
    asked = next(each for each in script.asked if each.path == "/v1/pull")
    assert 0 == body_of(asked, wire.Pull).witnessed


def test_a_hub_that_was_put_back_signs_anew_and_what_it_signed_stays(tmp_path: Path) -> None:
    with closing(Room(tmp_path)) as room:
        site = room.site("a")
        site.filed()
        room.sync(site)
        room.copy()
        site.report()
        room.sync(site)
        room.hub.evidence.sign(TOWN)
        room.sync(site)
        assert 3 == kept(site.store)
        room.put_back()
        room.restored()
        room.sync(site)
        room.sync(site)

        assert kept(site.store) < 3
        room.hub.evidence.sign(TOWN)
        room.sync(site)
        assert 3 == kept(site.store)
        former = f"{checkpoints.FORMER}{TOWN}:3:{room.clock.now}"
        told = site.store.read(lambda reader: reader.fact(former)).result()
        assert told is not None
