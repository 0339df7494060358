"""Whose store this is."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch.wire.keys import Signer


@dataclass(frozen=True, slots=True)
class SiteIdentity:
    """A site and its present incarnation: `scope` is a node of the organisation.

    `letter` begins the site's temporary numbers; `inc` and `signer` write its events.
    """

    site: str
    town: str
    scope: str
    letter: str
    inc: str
    signer: Signer
