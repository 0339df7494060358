"""`docs/protocol.md` is enough: a client that knows nothing else of the product takes part."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dispatch.domain.codes import State
from dispatch.domain.command import Verb
from dispatch.hub.hub import Hub
from tests.given import GRID, LAT, LON, START, TOWN, VILLAGE
from tests.hub.serving import served
from tests.sync import stranger as page
from tests.sync.own_ca import own_ca
from tests.sync.stations import PNG, Station, given_station
from tests.sync.stranger import Stranger

INCIDENT = "0199c0de-0000-7000-8000-00000000a001"


@pytest.fixture
def both(hub: Hub, tmp_path: Path) -> Iterator[tuple[Station, Stranger]]:
    """A town's seat of the product and one of a stranger, at one hub over TLS."""
    ca, tls = own_ca(tmp_path)
    with served(hub, tls) as url:
        station = given_station(hub, url, tmp_path / "seat", TOWN, ca)
        with closing(station.store):
            station.sync()
            stranger = Stranger(url, ca)
            stranger.enrol(hub.sites.code(TOWN, "stranger"))
            yield station, stranger


def reported(stranger: Stranger, text: str) -> dict[str, str]:
    """The stranger writes a report."""
    opened = {"source": "hotline", "lon": LON, "lat": LAT, "grid": GRID, "village": VILLAGE}
    opened |= {"found_at": START, "temp": "Z1"}
    return stranger.make(INCIDENT, "reported", opened, {"text": text}, (), START)


def test_the_client_knows_nothing_of_the_product() -> None:
    tree = ast.parse(Path(page.__file__).read_text(encoding="utf-8"))
    named = {
        (each.module if isinstance(each, ast.ImportFrom) else alias.name) or ""
        for each in ast.walk(tree)
        if isinstance(each, ast.Import | ast.ImportFrom)
        for alias in each.names
    }
    roots = {name.partition(".")[0] for name in named}
    assert {"requests", "cryptography"} == roots - sys.stdlib_module_names


def test_what_either_wrote_the_other_has_verified(both: tuple[Station, Stranger]) -> None:
    station, stranger = both
    theirs = station.filed()
    station.sync()
    assert {stranger.inc: 0} == stranger.meet()["known"]

    stranger.pull()
    assert ["reported", "filed"] == [each.event["type"] for each in stranger.pulled]
    first, head = stranger.pulled
    assert "档口阁楼有人住宿" == stranger.says(first)["text"]
    assert (first.number or "").startswith(f"{TOWN}-")

    note = stranger.make(theirs, "noted", {}, {"text": "路过看了一眼"}, (head.hash,), START)
    frames = (note, reported(stranger, "井盖破损"))
    assert ["accepted"] * 2 == [
        each["status"] for each in stranger.push(*frames).json()["verdicts"]
    ]
    stranger.pull()
    assert [1, 2, 3, 4] == [each.seq for each in stranger.pulled]
    assert "路过看了一眼" == stranger.says(stranger.pulled[2])["text"]

    station.sync()
    assert (State.FILED, 3) == (station.seen(theirs).state, len(station.seen(theirs).facts))
    assert State.REPORTED is station.seen(INCIDENT).state
    found = station.store.read(lambda reader: reader.search("路过看了", 5)).result()
    assert (theirs,) == found.ids


def test_verdicts_are_as_the_page_says(both: tuple[Station, Stranger]) -> None:
    _, stranger = both
    stranger.meet()
    frame = reported(stranger, "井盖破损")
    later = stranger.make(INCIDENT, "noted", {}, {"text": "又看了一眼"}, (stranger.last,), START)

    gap = stranger.push(later)
    assert (409, {stranger.inc: 1}) == (gap.status_code, gap.json()["expected"])
    spoiled = later | {"event": later["event"].replace("noted", "mored")}
    (refused,) = stranger.push(spoiled).json()["verdicts"]
    assert ("refused", "signature") == (refused["status"], refused["reason"])

    first, second = stranger.push(frame, later).json()["verdicts"]
    assert [("accepted", 1), ("accepted", 2)] == [
        (each["status"], each["seq"]) for each in (first, second)
    ]
    (again,) = stranger.push(frame).json()["verdicts"]
    assert first | {"status": "duplicate"} == again


def test_a_seat_of_the_product_works_on_what_a_stranger_reported(
    both: tuple[Station, Stranger],
) -> None:
    station, stranger = both
    stranger.meet()
    assert 200 == stranger.push(reported(stranger, "井盖破损")).status_code
    station.sync()
    row = station.seen(INCIDENT)
    assert (State.REPORTED, "Z1") == (row.state, row.temp)
    station.act(Verb.FILE, INCIDENT, item="0601")
    station.sync()
    stood = station.status()
    assert stood.digest == stood.hub_digest

    stranger.pull()
    assert ["reported", "filed"] == [each.event["type"] for each in stranger.pulled]
    assert {"井盖破损"} == {stranger.says(each)["text"] for each in stranger.pulled[:1]}
    assert [stranger.pulled[0].hash] == stranger.pulled[1].event["base"]


def test_a_changed_byte_anywhere_on_the_way_is_noticed(both: tuple[Station, Stranger]) -> None:
    station, stranger = both
    station.filed()
    station.sync()
    stranger.chain = "1" * 64
    with pytest.raises(AssertionError):
        stranger.pull()


def test_a_photo_goes_and_comes_piece_by_piece(both: tuple[Station, Stranger]) -> None:
    station, stranger = both
    photo = PNG + bytes(range(256)) * 300

    stranger.upload(photo, 30_000, most=1)
    path = stranger.upload(photo, 30_000)
    station.store.photos.add(photo)
    id_ = station.report(photos=(path.rpartition("/")[2],))
    station.sync()

    assert photo == stranger.download(path, 25_000)
    assert 1 == len(station.seen(id_).facts[0].blobs)
