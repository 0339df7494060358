from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch.store.site import SiteStore
from tests.builders import given_site


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SiteStore]:
    """A site with the made-up town's tables."""
    opened = given_site(tmp_path / "a", "A")
    yield opened
    opened.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[SiteStore]:
    """Another site of the same town."""
    opened = given_site(tmp_path / "b", "B")
    yield opened
    opened.close()
