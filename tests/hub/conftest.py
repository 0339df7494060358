"""One hub a test, on SQLite and on a real PostgreSQL by the same tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch.hub.hub import Hub
from tests.hub.cluster import cluster
from tests.hub.office import TestClock, given_hub
from tests.hub.serving import Door, served


@pytest.fixture
def clock() -> TestClock:
    """A clock that stands still until it is moved."""
    return TestClock()


@pytest.fixture(params=["sqlite", "postgresql"])
def hub(request: pytest.FixtureRequest, tmp_path: Path, clock: TestClock) -> Iterator[Hub]:
    """A hub with the small town's tables."""
    here = f"sqlite:///{tmp_path / 'hub.db'}"
    url = here if request.param == "sqlite" else cluster().fresh()
    made = given_hub(url, tmp_path / "hub.d", clock)
    yield made
    made.close()


@pytest.fixture
def door(hub: Hub) -> Iterator[Door]:
    """The hub's doors on loopback."""
    with served(hub) as url:
        yield Door(url)
