"""A hub on loopback and sites with stores on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from dispatch.hub.hub import Hub
from tests.given import TOWN
from tests.hub.office import TestClock, given_hub
from tests.hub.serving import served
from tests.sync.stations import Station, given_station

Making = Callable[..., Station]


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    """A hub on SQLite with the small town's tables."""
    made = given_hub(f"sqlite:///{tmp_path / 'hub.db'}", tmp_path / "hub.d", TestClock())
    yield made
    made.close()


@pytest.fixture
def url(hub: Hub) -> Iterator[str]:
    """The hub's address."""
    with served(hub) as address:
        yield address


@pytest.fixture
def station(hub: Hub, url: str, tmp_path: Path) -> Iterator[Making]:
    """Makes enrolled sites that have their tables: `station("a")`, `station("v", VILLAGE)`."""
    with ExitStack() as stack:

        def make(name: str, scope: str = TOWN) -> Station:
            made = given_station(hub, url, tmp_path / name, scope)
            stack.enter_context(closing(made.store))
            made.sync()
            return made

        yield make
