"""The way to the room's relay: it is entered by a signature, for the hub's token is not its own."""

from __future__ import annotations

from dataclasses import replace

from dispatch.store.site import SiteStore
from dispatch.sync.answers import ask as asking
from dispatch.sync.answers import parsed
from dispatch.sync.driver import Line
from dispatch.sync.link import HubLink
from dispatch.sync.ops import Answer, Ask, Trouble
from dispatch.sync.writers import witness
from dispatch.wire import relay


class RelayLine(Line):
    """A line whose token is had by signing; a relay that has begun anew is entered again."""

    def __init__(self, store: SiteStore, link: HubLink) -> None:
        super().__init__(replace(link, token=""))
        self._store = store

    def ask(self, ask: Ask) -> Answer:
        """Do one request, entering first where need be."""
        if not self._link.token:
            self._enter()
        answer = super().ask(ask)
        if answer.status != 401:
            return answer
        self._enter()
        return super().ask(ask)

    def _enter(self) -> None:
        identity = self._store.identity
        self._link = replace(self._link, token="")
        given = parsed(super().ask(asking(relay.NONCE, relay.Hello())), relay.Nonce, relay.NONCE)
        if given.town != identity.town:
            raise Trouble("out_of_scope", f"中继是 {given.town[:32]} 的")
        digest = relay.entry_digest(identity.town, given.nonce)
        known = self._store.read(witness).result()
        entering = relay.Enter(identity.inc, given.nonce, identity.signer.sign(digest), known)
        answer = super().ask(asking(relay.ENTER, entering))
        self._link = replace(self._link, token=parsed(answer, relay.Entered, relay.ENTER).token)
