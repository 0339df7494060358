"""One whole town a test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.clock import VARIABLE
from tests.e2e.town import Town


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """A hub on SQLite with two town seats and a village station, staff logged in nowhere."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "clock"))
    made = Town(tmp_path, f"sqlite:///{tmp_path / 'hub.db'}")
    made.build()
    yield made
    made.stop()
