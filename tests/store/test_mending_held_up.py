"""Mending that cannot go on says why in a line, spoils nothing, and is tried again."""

from __future__ import annotations

import errno
from contextlib import closing
from pathlib import Path

import pytest

from dispatch.domain.errors import StoreError
from dispatch.store import backups, disk, mending
from dispatch.store.backup import back_up
from dispatch.store.disk import MIB
from dispatch.store.engine import DiskFull
from dispatch.store.identity import SiteIdentity
from dispatch.store.mending import FOLDER, open_mended, set_asides
from dispatch.store.restore import restore
from dispatch.store.site import DATABASE
from tests.builders import NOON, given_reported, given_site
from tests.store.ruin import with_a_bad_head
from tests.store.small_disk import fill, mounted

SET_ASIDE = pytest.mark.expects_log("store damaged: set aside")
SAVED = pytest.mark.expects_log("own events saved from")
PUT_BACK = pytest.mark.expects_log("store was put back")
IN_PLACE = pytest.mark.expects_log(r"backup .* put in its place")
LET_GO = pytest.mark.expects_log("reserve let go")


def ruined(folder: Path) -> tuple[SiteIdentity, set[str]]:
    """Make a store with a backup, a later report and a bad head; return what was in it."""
    with closing(given_site(folder, "A")) as store:
        first = given_reported(store)
        backups.make(folder, store.identity, NOON)
        found = {first, given_reported(store)}
    with_a_bad_head(folder / DATABASE)
    return store.identity, found


def opened(folder: Path, identity: SiteIdentity) -> set[str]:
    """Open for work, close; return what is there."""
    with closing(open_mended(folder, identity)) as store:
        return set(store.read(lambda reader: reader.open_ids()).result())


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on a disk of 48 MiB, which is too small for the real bounds."""
    monkeypatch.setattr(disk, "RESERVE", 4 * MIB)
    monkeypatch.setattr(disk, "RED", 8 * MIB)
    monkeypatch.setattr(backups, "PHOTOS_STOP", MIB)
    return tmp_path / "small"


@SET_ASIDE
@SAVED
@PUT_BACK
@IN_PLACE
@LET_GO
def test_without_a_byte_left_the_reserve_carries_the_mending(small: Path) -> None:
    with mounted(small, 48) as folder:
        identity, before = ruined(folder / "a")
        disk.Disk(folder / "a").look()
        fill(folder)

        assert before == opened(folder / "a", identity)


@SET_ASIDE
@SAVED
@PUT_BACK
@IN_PLACE
def test_without_a_reserve_either_it_is_a_line_and_the_next_start_goes_on(small: Path) -> None:
    with mounted(small, 48) as folder:
        identity, before = ruined(folder / "a")
        ballast = fill(folder)

        for _ in range(2):
            with pytest.raises(DiskFull) as full:
                open_mended(folder / "a", identity)
            assert "磁盘已满" in str(full.value)
            assert 1 == len(str(full.value).splitlines())
        assert 1 == len(set_asides(folder / "a"))
        ballast.unlink()

        assert before == opened(folder / "a", identity)
        assert 1 == len(list((folder / "a" / FOLDER).iterdir()))


@pytest.mark.parametrize(
    ("code", "kind", "said"),
    [(errno.ENOSPC, DiskFull, "磁盘已满"), (errno.EROFS, StoreError, "没能移开：Read-only")],
)
def test_a_store_that_cannot_be_set_aside_stays_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, kind: type[StoreError], said: str
) -> None:
    identity, _ = ruined(tmp_path / "a")
    bad = (tmp_path / "a" / DATABASE).read_bytes()

    def fails(_: Path) -> None:
        raise OSError(code, {errno.EROFS: "Read-only file system"}.get(code, "No space left"))

    monkeypatch.setattr(mending, "_set_aside", fails)

    with pytest.raises(kind, match=said):
        open_mended(tmp_path / "a", identity)

    assert bad == (tmp_path / "a" / DATABASE).read_bytes()


@SET_ASIDE
@SAVED
@PUT_BACK
@IN_PLACE
def test_a_backup_of_a_later_program_is_not_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity, before = ruined(tmp_path / "a")
    with monkeypatch.context() as patch:
        patch.setattr("dispatch.store.restore.SHAPE", "0000")
        with pytest.raises(StoreError, match=r"site-.*比本程序新，请先升级程序"):
            open_mended(tmp_path / "a", identity)
    assert not (tmp_path / "a" / DATABASE).exists()

    assert before == opened(tmp_path / "a", identity), "after the upgrade"


@PUT_BACK
def test_what_a_crash_left_half_restored_is_swept(tmp_path: Path) -> None:
    half = [".restore.0123abcd.db", ".restore.0123abcd.db-wal", ".restore.ffff0000.db"]
    with closing(given_site(tmp_path / "a", "A")) as store:
        identity = store.identity
        given_reported(store)
    back_up(tmp_path / "a", tmp_path / "a.zip", identity, NOON)
    (tmp_path / "b").mkdir()
    for folder in ("a", "b"):
        for name in half:
            (tmp_path / folder / name).write_bytes(b"half")

    assert 1 == len(opened(tmp_path / "a", identity))
    restore(tmp_path / "a.zip", tmp_path / "b", identity)

    assert [] == [*(tmp_path / "a").glob(".restore*"), *(tmp_path / "b").glob(".restore*")]
