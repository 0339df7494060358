"""The disk runs full: photos stop, pulling stops, a report is always stored whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from dispatch.domain.errors import StoreError
from dispatch.store import disk
from dispatch.store.disk import MIB, Disk, NoRoom
from dispatch.store.engine import DiskFull
from dispatch.store.site import SiteStore
from dispatch.store.verify import verify
from tests.builders import PNG, given_reported, given_site
from tests.store.small_disk import fill, mounted

LET_GO = "reserve let go"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A real disk of 48 MiB with a reserve that fits it."""
    monkeypatch.setattr(disk, "RESERVE", 4 * MIB)
    monkeypatch.setattr(disk, "RED", 8 * MIB)
    with mounted(tmp_path / "small", 48) as folder:
        yield folder


@pytest.fixture
def seat(small: Path) -> Iterator[SiteStore]:
    """A seat on the small disk, with its reserve, and a report from before."""
    with closing(given_site(small / "a", "A")) as store:
        given_reported(store)
        store.disk.look()
        yield store


def stored(store: SiteStore) -> int:
    return len(store.read(lambda reader: reader.open_ids()).result())


def reported_until_full(store: SiteStore) -> int:
    for done in range(5000):
        try:
            given_reported(store)
        except DiskFull:
            return done
    pytest.fail("a disk without room takes everything")


@pytest.mark.parametrize(
    ("free", "room"),
    [
        (500 * MIB, "ok"),
        (500 * MIB - 1, "low"),
        (200 * MIB, "low"),
        (200 * MIB - 1, "scarce"),
        (64 * MIB, "scarce"),
        (64 * MIB - 1, "full"),
        (0, "full"),
    ],
)
def test_what_stops_when(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, room: str
) -> None:
    monkeypatch.setattr(disk, "free_bytes", lambda _: free)
    here = Disk(tmp_path)
    stops: list[str] = []
    checks: tuple[Callable[[], None], ...] = (partial(here.check_photo, "照片"), here.check_pulling)
    for check in checks:
        try:
            check()
        except NoRoom as refused:
            stops.append(str(refused))

    assert room == here.room()
    assert {"ok": 0, "low": 1, "scarce": 2, "full": 2}[room] == len(stops)
    assert all(f"只余 {free // MIB} MB" in line for line in stops)


def test_the_figure_is_the_disk_s_own(small: Path) -> None:
    before = disk.free_bytes(small)
    (small / "something").write_bytes(bytes(3 * MIB))

    assert 3 * MIB == before - disk.free_bytes(small)


def test_a_photo_is_refused_in_one_line_and_a_report_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(given_site(tmp_path / "a", "A")) as store:
        kept = store.photos.add(PNG + b"from before")
        monkeypatch.setattr(disk, "free_bytes", lambda _: 499 * MIB)

        with pytest.raises(NoRoom) as refused:
            store.photos.add(PNG, "现场.png")
        given_reported(store)

        assert "现场.png: 磁盘只余 499 MB，照片暂不存；不带照片的上报照常" == str(refused.value)
        assert kept == store.photos.add(PNG + b"from before"), "it is here already"
        assert 1 == stored(store)


@pytest.mark.expects_log(LET_GO)
def test_the_reserve_goes_at_the_red_line_and_comes_back_with_room(seat: SiteStore) -> None:
    reserve = seat.folder / disk.NAME
    assert 4 * MIB == reserve.stat().st_size
    ballast = fill(seat.folder, leave=8 * MIB + 4096)
    seat.disk.look()
    assert reserve.exists(), "not yet at the red line"
    with ballast.open("ab") as file:
        file.write(bytes(8192))

    seat.disk.look()
    assert not reserve.exists()
    seat.disk.look()
    assert not reserve.exists(), "its room is the operators' now"
    ballast.unlink()
    seat.disk.look()
    assert reserve.exists()


@pytest.mark.expects_log(LET_GO)
def test_the_reserve_carries_reports_over_a_full_disk(seat: SiteStore) -> None:
    fill(seat.folder)

    for _ in range(20):
        given_reported(seat)

    assert 21 == stored(seat)
    assert 21 == verify(seat.folder).events


@pytest.mark.expects_log(LET_GO)
def test_without_any_room_the_whole_act_is_undone_and_the_next_one_works(
    seat: SiteStore,
) -> None:
    fill(seat.folder)
    seat.disk.release()
    ballast = fill(seat.folder)
    done = reported_until_full(seat) + 1

    assert done == stored(seat)
    ballast.unlink()
    given_reported(seat)
    assert done + 1 == stored(seat)
    assert done + 1 == verify(seat.folder).events


def test_a_photo_that_finds_no_room_leaves_nothing(
    seat: SiteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(seat.folder, leave=8192)
    monkeypatch.setattr(disk, "free_bytes", lambda _: 501 * MIB)  # full only as it is written

    with pytest.raises(StoreError, match="No space left"):
        seat.photos.add(PNG + bytes(100_000))

    assert [] == [each for each in (seat.folder / "photos").rglob("*") if each.is_file()]


@pytest.mark.expects_log(LET_GO)
def test_a_full_disk_costs_sync_its_page_not_the_reserve(seat: SiteStore) -> None:
    fill(seat.folder)
    with pytest.raises(DiskFull):
        seat.write(lambda log: log.set_fact("large", "x" * 9_000_000), 5).result()
    assert (seat.folder / disk.NAME).exists()

    given_reported(seat)
    assert 2 == stored(seat)


@pytest.mark.expects_log("no reserve could be put back")
def test_a_reserve_that_finds_no_room_is_none(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(small, leave=MIB)
    monkeypatch.setattr(disk, "free_bytes", lambda _: 100 * MIB)

    Disk(small).look()

    assert [] == [each.name for each in small.iterdir() if each.name.startswith(disk.NAME)]
