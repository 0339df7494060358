"""Exchanges one after the other over one session and one connection, without a thread."""

from __future__ import annotations

from dispatch.domain.errors import Damage, ZhiwangError
from dispatch.store.site import SiteStore
from dispatch.sync.driver import Line
from dispatch.sync.exchange import Exchange
from dispatch.sync.hands import Hands
from dispatch.sync.link import HubLink
from dispatch.sync.once import VERSION, jitter


class Contact:
    """A site's standing contact with its hub, for who decides when to exchange. One thread."""

    def __init__(self, store: SiteStore, link: HubLink) -> None:
        self._store = store
        self._link = link
        self._line = Line(link)
        self._exchange = self._new()

    def _new(self) -> Exchange:
        return Exchange(self._store.identity.town, self._link.hub_key, VERSION, jitter)

    def exchange(self, *, whole: bool) -> None:
        """Exchange events, or with `whole` everything, and then compare the figures.

        Raises Offline, Trouble, or Damage when the figures differ; the next one begins anew.
        """
        exchange = self._exchange
        try:
            Hands(self._store, self._line).run(exchange.once() if whole else exchange.again())
        except ZhiwangError:
            self._exchange = self._new()
            raise
        if exchange.told.differs:
            raise Damage(self._store.identity.site, "与市平台的摘要不同")

    def close(self) -> None:
        """Let go of the connection."""
        self._line.close()
