"""Housekeeping: a backup a day and at each shift's end, seven kept, nothing stops for a failure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dispatch.domain.calendar import DAY, HOUR
from dispatch.domain.errors import Damage
from dispatch.store import backups, disk, upkeep
from dispatch.store.backup import back_up, check
from dispatch.store.disk import MIB
from dispatch.store.last_backup import last_backup, remember
from dispatch.store.site import DATABASE, SiteStore
from dispatch.store.upkeep import Upkeep
from tests.builders import NOON, PNG, given_reported, given_site


class Watch:
    """A clock and a shift that are moved by hand."""

    def __init__(self) -> None:
        self.now = NOON
        self.shift = "day"

    def time(self) -> int:
        return self.now

    def period(self) -> str:
        return self.shift


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SiteStore]:
    monkeypatch.setattr(disk, "RESERVE", MIB)
    with closing(given_site(tmp_path / "a", "A")) as opened:
        given_reported(opened, photos=(opened.photos.add(PNG),))
        yield opened


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def keeper(store: SiteStore, watch: Watch) -> Upkeep:
    return Upkeep(store, watch.time, watch.period)


def names(store: SiteStore) -> list[str]:
    return [each.name for each in backups.newest_first(store.folder)]


def test_the_first_round_backs_up_and_the_next_day_s_does_again(
    store: SiteStore, keeper: Upkeep, watch: Watch
) -> None:
    keeper.round()
    assert NOON == last_backup(store.folder)
    watch.now += DAY - 1
    keeper.round()
    assert 1 == len(names(store))
    watch.now += 1
    keeper.round()
    assert 2 == len(names(store))

    made = check(backups.newest_first(store.folder)[0])
    assert (1, 0, 1) == (made.events, made.photos, len(made.left_out))


def test_a_backup_on_a_stick_does_not_put_the_site_s_own_off(
    store: SiteStore, keeper: Upkeep, watch: Watch, tmp_path: Path
) -> None:
    """Strip and tray know of it; a damaged database is mended from what lies beside it."""
    keeper.round()
    watch.now += DAY - HOUR
    by_hand = back_up(store.folder, tmp_path / "stick.zip", store.identity, watch.now)
    remember(store.folder, by_hand.made_at)
    keeper.round()
    assert NOON + DAY - HOUR == last_backup(store.folder)
    assert 1 == len(names(store))
    watch.now += HOUR

    keeper.round()

    assert 2 == len(names(store))
    assert NOON + DAY == last_backup(store.folder)


def test_a_site_without_its_own_is_backed_up_whatever_was_made_by_hand(
    store: SiteStore, keeper: Upkeep, watch: Watch
) -> None:
    remember(store.folder, watch.now)
    (store.folder / backups.FOLDER).mkdir()
    (store.folder / backups.FOLDER / "site-copy.zip").touch()

    keeper.round()

    assert NOON == backups.newest_at(store.folder)


def test_a_shift_s_end_brings_one(store: SiteStore, keeper: Upkeep, watch: Watch) -> None:
    keeper.round()
    watch.now += HOUR
    watch.shift = "night"
    keeper.round()
    keeper.round()

    assert 2 == len(names(store))


def test_it_waits_for_a_quiet_moment_but_not_for_ever(
    store: SiteStore, keeper: Upkeep, watch: Watch
) -> None:
    given_reported(store)
    keeper.round()
    assert [] == names(store), "somebody is writing"
    given_reported(store)
    watch.now += upkeep.PATIENCE_MS
    keeper.round()
    assert 1 == len(names(store))


def test_seven_are_kept(store: SiteStore, keeper: Upkeep, watch: Watch) -> None:
    for _ in range(9):
        keeper.round()
        watch.now += DAY

    assert 7 == len(names(store))
    assert sorted(names(store), reverse=True) == names(store)
    assert NOON + 8 * DAY == check(backups.newest_first(store.folder)[0]).made_at
    assert NOON + 2 * DAY == check(backups.newest_first(store.folder)[-1]).made_at


def test_a_clock_that_was_ahead_makes_no_later_backup_the_oldest(
    store: SiteStore, keeper: Upkeep, watch: Watch
) -> None:
    watch.now += 365 * DAY
    for _ in range(8):
        keeper.round()
        watch.now += DAY
    watch.now = NOON

    keeper.round()

    assert 7 == len(names(store))
    assert NOON == check(backups.newest_first(store.folder)[0]).made_at


@pytest.mark.expects_log("自动备份未做")
def test_a_disk_without_room_is_not_filled_by_backups(
    store: SiteStore, keeper: Upkeep, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "free_bytes", lambda _: 500 * MIB)
    keeper.round()
    keeper.round()
    assert [] == names(store)
    assert last_backup(store.folder) is None
    monkeypatch.undo()
    watch.now += HOUR
    keeper.round()
    assert 1 == len(names(store))


def test_a_damaged_database_never_pushes_a_good_backup_out(
    store: SiteStore, keeper: Upkeep, watch: Watch
) -> None:
    keeper.round()
    good = names(store)
    store.close()
    path = store.folder / DATABASE
    path.write_bytes(path.read_bytes()[:4096] + bytes(path.stat().st_size - 4096))

    with pytest.raises(Damage, match=r"site\.db"):
        backups.make(store.folder, store.identity, watch.now + DAY)

    assert good == names(store)
    assert NOON == last_backup(store.folder)


def test_the_thread_checks_and_backs_up_by_itself_and_ends(
    store: SiteStore, keeper: Upkeep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "REST_S", 0.01)
    keeper.start()
    while not names(store):
        pass
    keeper.close()
    assert 1 == len(names(store))
    assert (store.folder / disk.NAME).exists()
