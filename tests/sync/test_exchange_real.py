"""Two seats and a station exchange with a real hub: everybody sees the same, nothing is lost."""

from __future__ import annotations

from dispatch.domain.codes import State
from dispatch.domain.command import Verb
from dispatch.hub.hub import Hub
from dispatch.hub.verify import check_town
from tests.given import (
    CHIEF,
    NEXT_GRID,
    NEXT_VILLAGE,
    STATION,
    TOWN,
    VILLAGE,
)
from tests.sync.conftest import Making
from tests.sync.stations import PNG, Station


def _all(*stations: Station) -> None:
    """Exchange until everybody has everything."""
    for _ in range(2):
        for each in stations:
            assert not each.sync().differs


def _equal(*stations: Station) -> None:
    for each in stations:
        told = each.status()
        assert told.digest == told.hub_digest
        assert (0, 0, 0) == (told.unsent, told.quarantined, told.refused)


def test_what_one_seat_does_every_seat_sees(hub: Hub, station: Making) -> None:
    one, two = station("a"), station("b")
    id_ = one.filed()

    first = one.sync()
    second = two.sync()

    assert (2, 2) == (first.pushed, second.pulled)
    assert State.FILED is two.seen(id_).state
    assert one.seen(id_) == two.seen(id_)
    assert f"{TOWN}-2026-000001" == two.seen(id_).number
    row = two.store.read(lambda reader: reader.row(id_)).result()
    assert row is not None
    assert "档口阁楼有人住宿" == row.text
    _equal(one, two)
    assert 2 == check_town(hub, TOWN).seq


def test_status_tells_what_is_here_and_what_is_there(station: Making) -> None:
    one = station("a")
    one.filed()
    before = one.status()
    one.sync()
    after = one.status()

    assert (2, 2, 0, 0) == (before.unsent, before.made_here, before.on_hub, before.town_seq)
    assert (0, 2, 2, 2) == (after.unsent, after.made_here, after.on_hub, after.town_seq)
    assert before.oldest_unsent_at is not None
    assert after.oldest_unsent_at is None
    assert after.last_contact is not None
    assert after.digest == after.hub_digest


def test_two_dispatches_made_apart_are_contested_at_both_ends(hub: Hub, station: Making) -> None:
    one, two, village = station("a"), station("b"), station("v", VILLAGE)
    id_ = one.filed()
    _all(one, two, village)
    one.act(Verb.DISPATCH, id_, unit="消防")
    two.act(Verb.DISPATCH, id_, unit="公安")

    _all(one, two, village)

    contested = [each.seen(id_).contested for each in (one, two, village)]
    assert 1 == len(contested[0])
    assert contested[0] == contested[1] == contested[2]
    assert [1, 1, 1] == [each.status().contested for each in (one, two, village)]
    _equal(one, two, village)
    kept = one.seen(id_).contested[0].one
    one.act(Verb.RESOLVE, id_, CHIEF, keep=(kept,), reason="先到先办")
    _all(one, two, village)
    assert [(), (), ()] == [each.seen(id_).contested for each in (one, two, village)]
    _equal(one, two, village)
    check_town(hub, TOWN)


def test_a_station_has_its_own_and_nothing_else(station: Making) -> None:
    town, village, other = station("a"), station("v", VILLAGE), station("w", NEXT_VILLAGE)
    here, there = town.filed(), town.report(grid=NEXT_GRID)
    mine = village.report(STATION)

    _all(town, village, other)

    assert [True, False, True] == [village.incident(i) is not None for i in (here, there, mine)]
    assert [False, True, False] == [other.incident(i) is not None for i in (here, there, mine)]
    assert town.seen(mine) == village.seen(mine)
    _equal(town, village, other)


def test_an_incident_that_moves_takes_its_past_along(station: Making) -> None:
    town, village, other = station("a"), station("v", VILLAGE), station("w", NEXT_VILLAGE)
    id_ = town.filed()
    _all(town, village, other)
    before = village.seen(id_)

    town.act(Verb.CORRECT, id_, grid=NEXT_GRID)
    _all(town, village, other)

    assert State.FILED is before.state
    assert village.incident(id_) is None
    assert town.seen(id_) == other.seen(id_)
    _equal(town, village, other)
    town.act(Verb.CORRECT, id_, grid="441900106201001")
    _all(town, village, other)
    assert other.incident(id_) is None
    assert town.seen(id_) == village.seen(id_)
    _equal(town, village, other)


def test_a_photo_follows_its_event(station: Making) -> None:
    one, two = station("a"), station("b")
    name = one.store.photos.add(PNG)
    id_ = one.report(photos=(name,))

    one.sync()
    two.sync()

    assert (name,) == two.seen(id_).facts[0].blobs
    assert PNG == two.store.photos.read(name)
    assert () == two.store.read(lambda reader: reader.blobs("wanted")).result()
    assert () == one.store.read(lambda reader: reader.blobs("queued")).result()


def test_positions_come_to_the_map(hub: Hub, station: Making) -> None:
    from dispatch.wire.protocol import Fix
    from tests.given import LAT, LON, START

    one = station("a")
    hub.telemetry.put(TOWN, [Fix("W001", LON, LAT, START, 5.0)])

    one.sync()

    assert ["W001"] == [each.worker for each in one.store.telemetry.last()]


def test_an_idle_round_changes_nothing(station: Making) -> None:
    one = station("a")
    one.filed()
    one.sync()
    before = one.status()

    done = one.sync()

    assert (0, 0, 0, False) == (done.pushed, done.pulled, done.tables, done.differs)
    assert (before.digest, before.town_seq) == (one.status().digest, one.status().town_seq)


def test_a_station_cannot_close_and_hears_of_it(hub: Hub, station: Making) -> None:
    """The hub quarantines what the level may not write; both ends leave it out of the fold."""
    town, village = station("a"), station("v", VILLAGE)
    id_ = town.filed()
    _all(town, village)
    village.act(Verb.CONFIRM, id_, CHIEF)

    done = village.sync()
    _all(town, village)

    assert 1 == done.quarantined
    assert [1, 1] == [each.status().quarantined for each in (town, village)]
    assert None is village.seen(id_).confirmed
    assert town.seen(id_) == village.seen(id_)
    assert [each.status().digest for each in (town, village)] == [
        each.status().hub_digest for each in (town, village)
    ]
    check_town(hub, TOWN)
