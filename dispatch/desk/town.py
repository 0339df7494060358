"""What can be done and seen of the town as a whole: signals, responses. A door of its own."""

from __future__ import annotations

from concurrent.futures import Future

from dispatch.acts import town
from dispatch.desk import modes
from dispatch.desk.desk import Desk
from dispatch.desk.people import Person
from dispatch.desk.views_town import ModesView
from dispatch.domain.decide_town import SetResponse, SetSignal
from dispatch.domain.errors import Refused
from dispatch.store.site_log import SiteLog


class TownDesk:
    """The town's part of a desk: same site, same person, same clock. Safe from any thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def modes(self) -> Future[ModesView]:
        """Return standing signals and responses, their history and what stands still."""
        return self._desk.asked(modes.shown)

    def set_mode(self, command: SetSignal | SetResponse) -> Future[str]:
        """Record an order; the future gives the event's id, Refused or BadInput."""
        person, now = acting(self._desk), self._desk.now()

        def job(log: SiteLog) -> str:
            return town.set_mode(log, command, person.actor(), now).id

        return self._desk.site.write(job)


def acting(desk: Desk) -> Person:
    """Return who is at a desk and may act: logged in, by a table of people not too old."""
    person = desk.seat.known()
    if person.limited:
        raise Refused("offline_too_long", verb="set_mode")
    return person
