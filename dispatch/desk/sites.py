"""The table of sites at a city's console, made of what the hub told last."""

from __future__ import annotations

from typing import Final

import msgspec

from dispatch.desk.reference import Reference
from dispatch.desk.views_sites import SitesView, SiteView, Trouble
from dispatch.domain.calendar import MINUTE
from dispatch.domain.errors import BadInput
from dispatch.store.reader import Reader
from dispatch.wire.sites import SiteState, SiteStates

KEPT: Final = "sites"
"""Fact of the store: the last table, as the exchange keeps it."""
SILENT_MS: Final = 10 * MINUTE
"""A site polls every 25 s; one that was not heard of for so long is told as silent."""
CLOCK_MS: Final = 30_000
"""A clock that is wrong by so much is told."""
_ORDER: Final = {trouble: nth for nth, trouble in enumerate(Trouble)}


def sites(reader: Reader, tables: Reference) -> SitesView:
    """Return the table, trouble first; nothing in it before the first exchange.

    A site below the city is told by BadInput: it is given no such table.
    """
    if not tables.towns:
        raise BadInput("sites", "只有市级席位看得到各站点")
    towns = tuple((town, tables.names.node(town)) for town in tables.towns)
    text = reader.fact(KEPT)
    if text is None:
        return SitesView(0, towns, ())
    told = msgspec.json.decode(text, type=SiteStates)
    found = [_view(each, told.at, tables) for each in told.sites]
    found.sort(key=lambda each: (_ORDER[each.trouble], each.contact or 0, each.town, each.letter))
    return SitesView(told.at, towns, tuple(found))


def _view(site: SiteState, at: int, tables: Reference) -> SiteView:
    node = tables.names.node
    return SiteView(
        id=site.id,
        town=site.town,
        town_name=node(site.town),
        scope_name=node(site.scope),
        letter=site.letter,
        name=site.name,
        trouble=trouble(site, at),
        contact=site.contact,
        unsent=site.unsent,
        lag=site.lag,
        version=site.version,
        offset_ms=site.offset_ms,
        held=site.quarantined,
        forks=site.forks,
        checkpoint_at=site.checkpoint_at,
    )


def trouble(site: SiteState, at: int) -> Trouble:
    """Return the worst that is wrong with a site at the hub's time."""
    silent = site.contact is not None and at - site.contact > SILENT_MS
    given = (
        (site.revoked, Trouble.SHUT_OUT),
        (site.forks > 0, Trouble.FORKED),
        (site.expires_at <= at, Trouble.EXPIRED),
        (silent, Trouble.SILENT),
        (site.contact is None, Trouble.NEVER),
        (site.quarantined > 0, Trouble.HELD),
        ((site.unsent or 0) > 0, Trouble.UNSENT),
        (abs(site.offset_ms or 0) > CLOCK_MS, Trouble.CLOCK),
    )
    return next((each for wrong, each in given if wrong), Trouble.NONE)
