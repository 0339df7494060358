"""How the sites stand with the hub, as the city's console shows them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Trouble(StrEnum):
    """What is wrong with a site, the worst first: only the first that fits is said."""

    FORKED = "forked"
    EXPIRED = "expired"
    SILENT = "silent"
    NEVER = "never"
    HELD = "held"
    UNSENT = "unsent"
    CLOCK = "clock"
    NONE = "none"
    SHUT_OUT = "shut_out"


@dataclass(frozen=True, slots=True)
class SiteView:
    """One site. Times UTC ms; None: never heard of, or not told.

    `unsent` as of its last session, `lag` numbers of its town not yet read; `offset_ms`: what
    the hub's clock was ahead; `held` of its events are in quarantine, `forks` were refused.
    """

    id: str
    town: str
    town_name: str
    scope_name: str
    letter: str
    name: str
    trouble: Trouble
    contact: int | None
    unsent: int | None
    lag: int | None
    version: str
    offset_ms: int | None
    held: int
    forks: int
    checkpoint_at: int | None


@dataclass(frozen=True, slots=True)
class SitesView:
    """All sites, trouble first, as the hub told them at `at` (UTC ms by its clock)."""

    at: int
    towns: tuple[tuple[str, str], ...]
    sites: tuple[SiteView, ...]
