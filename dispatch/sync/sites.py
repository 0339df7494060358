"""How all sites stand with the hub: fetched now and then by a city's site, kept as it came."""

from __future__ import annotations

from typing import Final

import msgspec

from dispatch.sync.answers import parsed
from dispatch.sync.ops import Answer, Ask, Steps, Write
from dispatch.wire.sites import SiteStates

PATH: Final = "/v1/sites"
KEPT: Final = "sites"
"""Fact: the last table, JSON."""


def fetch_sites() -> Steps:
    """Ask for the table and keep it."""
    answer: Answer = yield Ask("GET", PATH, headers=(("Accept-Encoding", "zstd"),))
    text = msgspec.json.encode(parsed(answer, SiteStates, PATH)).decode()
    yield Write(lambda log: log.set_fact(KEPT, text))
