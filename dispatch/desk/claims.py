"""Who has what open: this seat's claims, the other seats', and those of seats that are dead."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from dispatch.desk.views_claims import ClaimView
from dispatch.domain.calendar import local
from dispatch.store.changes import Changes
from dispatch.wire.protocol import CLAIM_GONE_MS, Claim

Said = Callable[[tuple[Claim, ...], tuple[Claim, ...]], None]
"""Takes what is open here and which dead claims were taken over; tells the hub."""
LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Held:
    """Another seat has an incident open. `heard_at`: its last heartbeat, UTC ms of this seat.

    `gone`: the seat has not been heard for so long that it counts as dead.
    """

    incident: str
    account: str
    site: str
    heard_at: int
    gone: bool


def nobody(_claims: tuple[Claim, ...], _over: tuple[Claim, ...]) -> None:
    """Where there is no hub to tell."""


class ClaimBoard:
    """Ephemeral: nothing of it is an event or lies on the disk. Safe from any thread."""

    def __init__(self, now: Callable[[], int]) -> None:
        """`now` is the seat's clock, UTC milliseconds."""
        self._now = now
        self._lock = threading.Lock()
        self._mine: tuple[Claim, ...] = ()
        self._others: dict[str, tuple[Held, ...]] = {}
        self._said: Said = nobody
        self._listeners: list[Callable[[Changes], None]] = []

    def subscribe(self, callback: Callable[[Changes], None]) -> None:
        """Tell `callback` of the incidents whose claims have changed."""
        self._listeners.append(callback)

    def tell(self, said: Said) -> None:
        """Have the hub told by `said` from now on, at once what stands."""
        self._said = said
        said(self._mine, ())

    def open_here(self, account: str, incidents: tuple[str, ...]) -> None:
        """Say what this seat works on now; nothing when it works on nothing."""
        mine = tuple(Claim(each, account[:LONGEST], "", 0) for each in incidents)
        if mine != self._mine:
            self._mine = mine
            self._said(mine, ())

    def hear(self, claims: tuple[Claim, ...], hub_now: int) -> None:
        """Take what the hub told of the other seats, with its time at that moment."""
        now = self._now()
        found: dict[str, tuple[Held, ...]] = {}
        for each in claims:
            silent = max(0, hub_now - each.at)
            gone = silent > CLAIM_GONE_MS
            held = Held(each.incident, each.account, each.site, now - silent, gone)
            found[each.incident] = (*found.get(each.incident, ()), held)
        with self._lock:
            before, self._others = self._others, found
        self._changed(_different(before, found))

    def on(self, incident: str) -> tuple[Held, ...]:
        """Return which other seats have an incident open.

        With the line cut nothing is known of a seat that lived when it was last heard.
        """
        known = self._now() - 2 * CLAIM_GONE_MS
        with self._lock:
            held = self._others.get(incident, ())
        return tuple(each for each in held if each.gone or each.heard_at > known)

    def all(self) -> tuple[Held, ...]:
        """Return every claim of the other seats as it was last heard."""
        with self._lock:
            return tuple(each for held in self._others.values() for each in held)

    def gone(self) -> tuple[Held, ...]:
        """Return the claims of dead seats."""
        return tuple(each for each in self.all() if each.gone)

    def taken(self, incident: str) -> None:
        """Forget the dead seats' claims on an incident, here and at the hub."""
        with self._lock:
            held = self._others.get(incident, ())
            left = tuple(each for each in held if not each.gone)
            self._others = {**self._others, incident: left}
        over = tuple(Claim(incident, each.account, each.site, 0) for each in held if each.gone)
        self._said(self._mine, over)
        self._changed(frozenset({incident}))

    def _changed(self, incidents: frozenset[str]) -> None:
        if incidents:
            for each in self._listeners:
                each(Changes(incidents=incidents))


def _different(
    one: dict[str, tuple[Held, ...]], two: dict[str, tuple[Held, ...]]
) -> frozenset[str]:
    """Return the incidents on which something else than a heartbeat is new."""

    def known(held: tuple[Held, ...]) -> list[tuple[str, str, bool]]:
        return [(each.account, each.site, each.gone) for each in held]

    return frozenset(
        each
        for each in one.keys() | two.keys()
        if known(one.get(each, ())) != known(two.get(each, ()))
    )


def views(held: tuple[Held, ...], person: Callable[[str], str]) -> tuple[ClaimView, ...]:
    """Return claims as the pane shows them; `person` gives an account's name."""
    return tuple(ClaimView(person(each.account), each.heard_at, each.gone) for each in held)


def taken_over(dead: tuple[Held, ...], person: Callable[[str], str]) -> str:
    """Return the words of the note: from whom it was taken over, and since when they are silent."""
    told = (
        f"{person(each.account)}的席位自 {local(each.heard_at):%H:%M} 起没有应答" for each in dead
    )
    return "接手：" + "；".join(told) + "，其未提交的表单没有发出"
