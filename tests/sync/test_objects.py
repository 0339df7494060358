"""Managed objects go to sites by row delta: all once, then what has changed, only their own."""

from __future__ import annotations

import pytest

from dispatch.hub import objects as hub_objects
from dispatch.hub.hub import Hub
from dispatch.hub.schema import OBJECT
from dispatch.store.objects import Objects
from dispatch.wire.objects import ManagedObject
from tests.given import GRID, NEXT_GRID, TOWN, VILLAGE
from tests.sync.conftest import Making
from tests.sync.stations import Station


def thing(number: int, grid: str = GRID, name: str = "演示小店") -> ManagedObject:
    return ManagedObject(f"D{number:05}", "三小场所", f"{name}{number}", grid, "某路", "演示甲")


def put(hub: Hub, *things: ManagedObject) -> int:
    return hub.office.database.write(lambda c: hub.objects.put(c, TOWN, things))


def leave_only(hub: Hub, *codes: str) -> int:
    return hub.office.database.write(lambda c: hub.objects.keep_only(c, TOWN, set(codes)))


def here(at: Station) -> dict[str, str]:
    return {each.code: each.name for each in at.store.objects.search("", 10_000)}


def test_a_seat_gets_all_then_what_changed(
    hub: Hub, station: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_objects, "PAGE", 100)
    assert 250 == put(hub, *(thing(number) for number in range(250)))
    seat = station("a")
    seat.sync()
    assert 250 == seat.store.objects.count() == len(here(seat))
    assert 250 == seat.store.objects.cursor()

    again = put(hub, *(thing(number) for number in range(250)))
    changed = put(hub, thing(7, name="改名"), thing(300))
    gone = leave_only(hub, *(f"D{number:05}" for number in (*range(1, 250), 300)))
    seat.sync()

    assert (0, 2, 1) == (again, changed, gone)
    assert ("改名7", 250) == (here(seat)["D00007"], seat.store.objects.count())
    assert "D00000" not in here(seat)
    assert 0 == seat.sync().tables


def test_a_village_gets_its_own_and_loses_what_moves_away(hub: Hub, station: Making) -> None:
    put(hub, thing(1), thing(2), thing(3, NEXT_GRID))
    village, town = station("v", VILLAGE), station("a")
    village.sync()
    town.sync()
    assert ({"D00001", "D00002"}, 3) == (set(here(village)), len(here(town)))

    put(hub, thing(2, NEXT_GRID), thing(3))
    village.sync()
    town.sync()

    assert {"D00001", "D00003"} == set(here(village))
    assert 3 == len(here(town))


def test_a_seat_that_is_ahead_of_its_hub_begins_anew(hub: Hub, station: Making) -> None:
    """The hub was put back from an older copy: its revisions mean other rows now."""
    put(hub, *(thing(number) for number in range(5)))
    seat = station("a")
    seat.sync()
    with hub.office.database.engine.begin() as connection:
        connection.execute(OBJECT.delete())
    put(hub, thing(9))
    seat.sync()

    assert {"D00009"} == set(here(seat))
    assert 1 == seat.store.objects.cursor()


def test_a_lost_file_is_fetched_again(hub: Hub, station: Making) -> None:
    put(hub, thing(1))
    seat = station("a")
    seat.sync()
    seat.store.objects.close()
    for each in seat.store.folder.glob("objects.db*"):
        each.unlink()
    del seat.store.__dict__["objects"]
    seat.sync()

    assert {"D00001"} == set(here(seat))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("小店", {"D00001", "D00002"}),
        ("D00002", {"D00002"}),
        ("d00002", {"D00002"}),
        ("小店2 某路", {"D00002"}),
        ("演示甲", {"D00001", "D00002"}),
        ("没有", set()),
        ("%", set()),
        ("_", set()),
        ("'; DROP TABLE object; --", set()),
    ],
)
def test_search_finds_every_word_anywhere(
    hub: Hub, station: Making, text: str, found: set[str]
) -> None:
    put(hub, thing(1), thing(2))
    seat = station("a")
    seat.sync()
    store: Objects = seat.store.objects

    assert found == {each.code for each in store.search(text, 50)}
