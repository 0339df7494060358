"""The exchange kept going beside an open window: a thread for each lane, ended within a moment."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

from dispatch.domain.errors import BadInput, Offline, StoreError
from dispatch.store.changes import Changes
from dispatch.store.site import SiteStore
from dispatch.sync.driver import Line
from dispatch.sync.exchange import Exchange
from dispatch.sync.hands import Hands
from dispatch.sync.link import HubLink
from dispatch.sync.once import VERSION, jitter
from dispatch.sync.ops import Rest, Steps, Trouble
from dispatch.sync.relay_line import RelayLine
from dispatch.sync.relaying import Relaying
from dispatch.sync.writers import fetch_writers
from dispatch.wire.protocol import Claim

log = logging.getLogger(__name__)

CHUNK_REST_S: Final = 0.02
"""Between two pieces of a page: a thread that decodes without rest holds up the window."""
AFTER_DEFECT_S: Final = 30.0
KNOWN_S: Final = 600.0
UNMET_S: Final = 1.0


class _Ended(Exception):
    """The loop is being closed; unwinds a lane from wherever it is."""


class _Lane:
    """One lane: its line to the hub, its thread, what it rests on."""

    def __init__(self, name: str, steps: Callable[[], Steps], line: Line) -> None:
        self.name = name
        self.steps = steps
        self.line = line
        self.called = threading.Event()
        self.ended = threading.Event()

    def rest(self, rest: Rest) -> None:
        """Wait; a nudge that came before or comes now ends it, unless it is a deaf one."""
        if rest.deaf:
            self.ended.wait(rest.seconds)
        elif rest.seconds > 0:
            self.called.wait(rest.seconds)
            self.called.clear()
        if self.ended.is_set():
            raise _Ended

    def end(self) -> None:
        """Wake it from rest and cut what it waits for."""
        self.ended.set()
        self.called.set()
        self.line.cut()


class SyncLoop:
    """Keeps a site in exchange with its hub. Joined to the store's Changes by `changed`.

    With a `relay` also with its room's, as long as the hub is gone.
    """

    def __init__(self, store: SiteStore, link: HubLink, relay: HubLink | None = None) -> None:
        self._store = store
        self._hub_key = link.hub_key
        self.exchange = Exchange(store.identity.town, link.hub_key, VERSION, jitter)
        lanes = (
            ("talk", self.exchange.talking),
            ("poll", self.exchange.polling),
            ("positions", self.exchange.positioning),
            ("photos", self.exchange.photographing),
        )
        self._lanes = {name: _Lane(name, steps, Line(link)) for name, steps in lanes}
        if relay is not None:
            claiming = self.exchange.claiming
            self.relaying = Relaying(
                store.identity.town, link.hub_key, claiming, lambda: self.exchange.gone
            )
            self._lanes["give"] = _Lane("give", self.relaying.giving, RelayLine(store, relay))
            self._lanes["take"] = _Lane("take", self.relaying.taking, RelayLine(store, relay))
            self._lanes["room"] = _Lane("room", self._knowing, Line(link))
        self._threads = [
            threading.Thread(target=self._run, args=(lane,), name=f"sync-{name}", daemon=True)
            for name, lane in self._lanes.items()
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """End all lanes and wait for them; what was not answered stays in the outbox."""
        for lane in self._lanes.values():
            lane.end()
        for thread in self._threads:
            thread.join()

    def changed(self, changes: Changes) -> None:
        """Try at once when there is something to send. From the writer's thread."""
        if changes.sync:
            self.nudge("talk")
            self.nudge("photos")
            self.nudge("give")

    def claim(self, claims: tuple[Claim, ...], over: tuple[Claim, ...] = ()) -> None:
        """Tell the other seats what is open here, and which dead seats' claims were taken over."""
        self.exchange.claiming.claim(claims, over)
        self.nudge("talk")
        self.nudge("give")

    def want_receipt(self) -> None:
        """Have the hub sign anew what it holds of this site. From any thread."""
        self.exchange.receipting.want()
        self.nudge("talk")

    def nudge(self, lane: str) -> None:
        """End a lane's rest, if there is that lane."""
        found = self._lanes.get(lane)
        if found is not None:
            found.called.set()

    def _knowing(self) -> Steps:
        """Have the hub tell now and then who writes in the town, for the hour when it is gone."""
        while True:
            try:
                if self.exchange.met:
                    town, key = self._store.identity.town, self._hub_key
                    yield from fetch_writers(town, key, anyway=True)
                    yield Rest(KNOWN_S)
            except (Offline, Trouble, BadInput, StoreError) as error:
                log.info("the town's writers are not told: %s", error)
            yield Rest(UNMET_S)

    def _run(self, lane: _Lane) -> None:
        hands = Hands(
            self._store, lane.line, lane.rest, self.nudge, lambda: time.sleep(CHUNK_REST_S)
        )
        while not lane.ended.is_set():
            try:
                hands.run(lane.steps())
            except (_Ended, Offline):
                continue
            except Exception:
                # A lane must never die in silence: told, and begun again after a while.
                log.exception("sync lane %s failed", lane.name)
                lane.ended.wait(AFTER_DEFECT_S)
        lane.line.close()
