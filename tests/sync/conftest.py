"""A hub on loopback and sites with stores on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from dispatch.hub.hub import Hub
from dispatch.store.site import SiteStore
from dispatch.sync.exchange import Exchange
from dispatch.sync.ops import Answer
from dispatch.wire import protocol as wire
from tests.builders import given_site
from tests.given import TOWN
from tests.hub.office import TestClock, given_hub
from tests.hub.serving import served
from tests.sync.scripted import HUB, Script, accepting, nothing, session
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


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SiteStore]:
    """A site with the small town's tables."""
    with closing(given_site(tmp_path / "a")) as made:
        yield made


@pytest.fixture
def script() -> Script:
    """A hub that has nothing and takes everything."""
    made = Script()
    made.says("/v1/session", session())
    made.says("/v1/events", accepting)
    made.says("/v1/pull", nothing())
    made.says("/v1/positions", wire.Fixes(()))
    made.says("/v1/receipt", Answer(404, b"", {}, 0, 0))
    return made


@pytest.fixture
def core() -> Exchange:
    """The exchange; its chance is always one half."""
    return Exchange(TOWN, HUB.public, "0.1.0", lambda: 0.5)
