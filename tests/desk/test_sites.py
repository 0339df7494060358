"""The table of sites at the city's console: what is wrong comes first and is said in one word."""

from __future__ import annotations

import pytest

from dispatch.desk.sites import CLOCK_MS, SILENT_MS, trouble
from dispatch.desk.views_sites import Trouble
from dispatch.domain.calendar import DAY, MINUTE
from dispatch.wire.sites import SiteState

NOW = 1_772_586_000_000
WELL = {
    "id": "s1",
    "town": "441900106",
    "scope": "441900106",
    "letter": "A",
    "name": "",
    "revoked": False,
    "expires_at": NOW + DAY,
    "contact": NOW,
    "unsent": 0,
    "offset_ms": 0,
}


def site(**changes: object) -> SiteState:
    """Return a site that is well but for these."""
    return SiteState(**(WELL | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Trouble.NONE),
        ({"contact": NOW - SILENT_MS}, Trouble.NONE),
        ({"contact": NOW - SILENT_MS - 1}, Trouble.SILENT),
        ({"contact": None, "unsent": None, "offset_ms": None}, Trouble.NEVER),
        ({"quarantined": 1}, Trouble.HELD),
        ({"unsent": 3}, Trouble.UNSENT),
        ({"offset_ms": -CLOCK_MS}, Trouble.NONE),
        ({"offset_ms": -CLOCK_MS - 1}, Trouble.CLOCK),
        ({"forks": 1, "contact": NOW - 60 * MINUTE}, Trouble.FORKED),
        ({"expires_at": NOW}, Trouble.EXPIRED),
        ({"revoked": True, "forks": 2, "contact": None}, Trouble.SHUT_OUT),
    ],
)
def test_the_worst_is_said(changes: dict[str, object], expected: Trouble) -> None:
    """One word a site: the worst of what is wrong, whatever else is."""
    assert expected is trouble(site(**changes), NOW)
