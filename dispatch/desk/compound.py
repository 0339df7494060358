"""Acts at a desk that are more than one command: a dead seat's work, many reports of one matter."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING

from dispatch.acts.perform import perform
from dispatch.desk.chaining import then
from dispatch.desk.claims import taken_over
from dispatch.desk.towns import stand
from dispatch.desk.views import Done
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Event
from dispatch.store.site_log import SiteLog

if TYPE_CHECKING:
    from dispatch.desk.desk import Desk


def take_over(desk: Desk, id_: str) -> Future[Done]:
    """Take an incident over from seats that are dead: a note says from whom and why."""
    desk.seat.known()
    dead = tuple(each for each in desk.claims.on(id_) if each.gone)
    if not dead:
        raise Refused("nothing_to_take", incident=id_)

    def noted(text: str) -> Done:
        done = desk.act(Command(verb=Verb.NOTE, incident=id_, text=text)).result()
        desk.claims.taken(id_)
        return done

    return then(desk.asked(lambda _, tables: taken_over(dead, tables.person)), noted)


def merge_alike(desk: Desk, id_: str, others: tuple[str, ...]) -> Future[Done]:
    """Merge others into an incident in one transaction: one that is refused leaves all apart."""
    person, now = desk.seat.acting(Verb.MERGE), desk.now()
    if not others or len(set(others)) != len(others):
        raise BadInput("others", "没有可并入的事件，或写了两次")

    def job(log: SiteLog) -> Done:
        events: list[Event] = []
        for each in others:
            command = stand(log, Command(verb=Verb.MERGE, incident=each, into=id_))
            events += perform(log, command, person.actor(), now)
        master = log.incident(id_)
        return Done(id_, master.version if master else "", tuple(each.id for each in events))

    return desk.site.write(job)
