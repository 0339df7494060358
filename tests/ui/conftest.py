"""Windows of tests are collected on the GUI thread, as the product's are."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _collected_here() -> Iterator[None]:
    gc.disable()
    yield
    gc.collect()
    gc.enable()
