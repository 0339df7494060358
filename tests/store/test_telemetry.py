from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from dispatch.domain.calendar import local
from dispatch.domain.errors import StoreError
from dispatch.store import telemetry
from dispatch.store.telemetry import TRACK_MS, Position, Telemetry

NOW = int(time.time() * 1000)


def at(worker: str, ago_s: int, lon: float = 113.9) -> Position:
    return Position(worker, lon, 23.0, NOW - ago_s * 1000, 5.0, 90.0)


def test_the_last_fix_is_shown_at_once_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "telemetry.db"
    first = Telemetry(path)
    first.add([at("w1", 20), at("w2", 9), at("w1", 10, 113.8), at("w1", 15)])
    assert (at("w1", 10, 113.8), at("w2", 9)) == first.last()
    first.close()

    again = Telemetry(path)
    assert (at("w1", 10, 113.8), at("w2", 9)) == again.last()
    assert [20, 15, 10] == [(NOW - p.at) // 1000 for p in again.track("w1", 0)]
    assert (at("w1", 10, 113.8),) == again.track("w1", NOW - 12_000)
    again.close()


def test_batches_are_written_by_time_and_old_track_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telemetry, "BATCH_S", 0.01)
    kept = Telemetry(tmp_path / "telemetry.db")
    kept.add([at("w1", TRACK_MS // 1000 + 60), at("w1", 5), at("w1", 5)])

    until = time.monotonic() + 10
    while not kept.track("w1", 0) and time.monotonic() < until:
        time.sleep(0.01)

    assert (at("w1", 5),) == kept.track("w1", 0)
    kept.close()


def test_grids_are_covered_by_day_and_outlive_the_track(tmp_path: Path) -> None:
    """A vague fix covers nothing; what was looked at once is not looked at again."""
    path = tmp_path / "telemetry.db"
    asked: list[tuple[float, float]] = []

    def grids_at(points: Sequence[tuple[float, float]]) -> list[str | None]:
        asked.extend(points)
        return [None if lon > 114 else f"G{lon}" for lon, _ in points]

    day, day_ms = local(NOW).date(), 86_400
    first = Telemetry(path)
    vague = Position("w3", 113.7, 23.0, NOW, 900.0)
    first.add([at("w1", 5), at("w2", 9, 113.8), at("w2", day_ms, 113.8), at("w1", 7, 115), vague])
    first.close()
    kept = Telemetry(path)
    kept.cover(grids_at)
    kept.cover(grids_at)
    assert 4 == len(asked)
    before = local(NOW - day_ms * 1000).date()
    assert {(day, "G113.9"), (day, "G113.8")} == kept.covered([day])
    assert {(before, "G113.8")} == kept.covered([before])
    kept.add([at("w1", -3 * day_ms)])
    kept.close()
    again = Telemetry(path)
    again.cover(grids_at)
    assert 5 == len(asked)
    assert {(day, "G113.9"), (day, "G113.8")} == again.covered([day])
    again.close()


def test_a_power_cut_may_take_positions_only(tmp_path: Path) -> None:
    kept = Telemetry(tmp_path / "telemetry.db")
    with kept._engine.connect() as connection:  # noqa: SLF001 - the setting itself is tested
        assert 1 == connection.exec_driver_sql("PRAGMA synchronous").scalar()
    kept.close()


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "telemetry.db"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match=r"telemetry\.db"):
        Telemetry(path)
    assert sqlite3.sqlite_version_info >= (3, 35)
