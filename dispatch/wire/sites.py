"""How the sites stand with the hub, as the city's own console is told."""

from __future__ import annotations

from dispatch.wire.protocol import Message
from dispatch.wire.ready import ready


class SiteState(Message, frozen=True):
    """One site. Times UTC ms; None: never heard of, or not told.

    `unsent`: what it had made by its last session and is not at the hub. `lag`: numbers of its
    town that it had yet to read. `offset_ms`: what the hub's clock was ahead of its own.
    `quarantined`: of its events, folded by nobody. `forks`: refused as another past of a writer.
    `checkpoint_at`: when its town's chain was signed last.
    """

    id: str
    town: str
    scope: str
    letter: str
    name: str
    revoked: bool
    expires_at: int
    contact: int | None = None
    version: str = ""
    offset_ms: int | None = None
    unsent: int | None = None
    lag: int | None = None
    quarantined: int = 0
    forks: int = 0
    checkpoint_at: int | None = None


class SiteStates(Message, frozen=True):
    """GET /v1/sites, for the city's sites: every enrolled site, and the hub's time."""

    at: int
    sites: tuple[SiteState, ...]


ready(SiteState, SiteStates)
