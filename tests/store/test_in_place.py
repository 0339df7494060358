"""A name given to a file is brought to the disk: of a backup, of a database put back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dispatch.store.backup import back_up
from dispatch.store.in_place import put_in_place
from dispatch.store.restore import restore
from tests.builders import NOON, given_reported, given_site


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, tuple[str, ...]]]:
    """Every folder that was brought to the disk, with the names in it at that moment."""
    seen: list[tuple[Path, tuple[str, ...]]] = []
    real = os.fsync

    def noticed(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        if path.is_dir():
            seen.append((path, tuple(sorted(each.name for each in path.iterdir()))))
        real(handle)

    monkeypatch.setattr(os, "fsync", noticed)
    return seen


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="no /proc tells whose handle it is")
class TestNames:
    """The folder is synced while the new name stands in it."""

    def test_a_draft(self, tmp_path: Path, synced: list[tuple[Path, tuple[str, ...]]]) -> None:
        draft, target = tmp_path / "a.new", tmp_path / "a"
        draft.write_text("whole")
        target.write_text("before")

        put_in_place(draft, target)

        assert [(tmp_path, ("a",))] == synced
        assert "whole" == target.read_text()

    @pytest.mark.expects_log("store was put back")
    def test_a_backup_and_a_database_put_back(
        self, tmp_path: Path, synced: list[tuple[Path, tuple[str, ...]]]
    ) -> None:
        seat = given_site(tmp_path / "a", "A")
        given_reported(seat)
        seat.close()
        kept, again = tmp_path / "kept", tmp_path / "again"
        kept.mkdir()
        again.mkdir()
        back_up(seat.folder, kept / "a.zip", seat.identity, NOON)
        assert any(path == kept and "a.zip" in names for path, names in synced)

        synced.clear()
        restore(kept / "a.zip", again, seat.identity)

        assert any(path == again and "site.db" in names for path, names in synced)
