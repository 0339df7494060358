"""What can be done and seen of the town as a whole: modes, rounds of checks, notices."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Final, TypeVar

from dispatch.acts import town
from dispatch.acts.log import Log
from dispatch.acts.perform import new_id
from dispatch.desk import errands, modes
from dispatch.desk.chaining import then
from dispatch.desk.desk import Desk
from dispatch.desk.people import Person
from dispatch.desk.reference import Reference
from dispatch.desk.views_town import CampaignView, ModesView, NoticeView, TaskView
from dispatch.domain.codes import Level
from dispatch.domain.decide_campaign import AnswerTask, IssueCampaign, PlaceToCheck
from dispatch.domain.decide_town import SetResponse, SetSignal
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.notice import PERSON, IssueNotice
from dispatch.domain.rules import Actor
from dispatch.store.site_log import SiteLog

T = TypeVar("T")
ALL: Final = "all"
STATIONS: Final = "stations"
UNITS: Final = "units"
SEATS: Final = "seats"
_GROUPS: Final = {STATIONS: (Level.VILLAGE,), UNITS: (Level.DEPARTMENT, Level.SQUAD)}


class TownDesk:
    """The town's part of a desk: same site, same person, same clock. Safe from any thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # Modes.

    def modes(self) -> Future[ModesView]:
        """Return standing signals and responses, their history and what stands still."""
        return self._desk.asked(modes.shown)

    def set_mode(self, command: SetSignal | SetResponse) -> Future[str]:
        """Record an order; the future gives the event's id, Refused or BadInput."""
        return self._act(lambda log, actor, now: town.set_mode(log, command, actor, now).id)

    # Rounds of checks.

    def campaigns(self) -> Future[tuple[CampaignView, ...]]:
        """Return every round of checks with its progress, the newest first."""
        return self._desk.asked(errands.campaigns)

    def tasks(self, campaign: str) -> Future[tuple[TaskView, ...]]:
        """Return the tasks of a round that are here; an unknown round is Refused."""
        return self._desk.asked(lambda reader, tables: errands.tasks(reader, tables, campaign))

    def issue_campaign(self, command: IssueCampaign) -> Future[tuple[str, int]]:
        """Send checks to their grids in one unit; without places to every grid of the town.

        The future gives the round's id and how many events were made: none the second time.
        """

        def job(log: Log, actor: Actor, now: int) -> tuple[str, int]:
            asked = command
            if not asked.places:
                organisation, here = log.rules().organisation, log.town
                grids = (each for each in organisation if each.level is Level.GRID)
                inside = sorted(each.code for each in grids if organisation.within(each.code, here))
                asked = replace(command, places=tuple(PlaceToCheck(grid=code) for code in inside))
            name, made = town.issue_campaign(log, asked, actor, now)
            return name, len(made)

        return self._act(job)

    def end_campaign(self, campaign: str) -> Future[int]:
        """End a round; the future gives how many events were made."""
        return self._act(lambda log, actor, now: len(town.end_campaign(log, campaign, actor, now)))

    def answer_task(self, command: AnswerTask, photos: tuple[str, ...] = ()) -> Future[int]:
        """Record what was found at a place; the future gives how many events were made."""
        asked = replace(command, photos=(*command.photos, *photos))
        return self._act(lambda log, actor, now: len(town.answer_task(log, asked, actor, now)))

    # Notices.

    def notices(self) -> Future[tuple[NoticeView, ...]]:
        """Return every notice with who has read it, the newest first."""
        person = self._desk.person
        return self._desk.asked(lambda reader, tables: errands.notices(reader, tables, person))

    def issue_notice(self, command: IssueNotice) -> Future[str]:
        """Send a notice; `to` may name groups: all, stations, units, seats. Gives its id."""
        asked = command if command.id else replace(command, id=new_id())
        person, now = self._acting("issue_notice"), self._desk.now()

        def send(to: tuple[str, ...]) -> str:
            told = replace(asked, to=to)

            def job(log: SiteLog) -> str:
                town.issue_notice(log, told, person.actor(), now)
                return told.id

            return self._desk.site.write(job).result()

        return then(self._desk.asked(lambda _, tables: _addressees(asked.to, tables, person)), send)

    def read_notice(self, notice: str) -> Future[int]:
        """Record that this person has read a notice; none is made a second time."""
        return self._act(lambda log, actor, now: len(town.read_notice(log, notice, actor, now)))

    # Inside.

    def _act(self, job: Callable[[Log, Actor, int], T]) -> Future[T]:
        person, now = self._acting("set_mode"), self._desk.now()
        return self._desk.site.write(lambda log: job(log, person.actor(), now))

    def _acting(self, verb: str) -> Person:
        person = self._desk.seat.known()
        if person.limited:
            raise Refused("offline_too_long", verb=verb)
        return person


def _addressees(to: tuple[str, ...], tables: Reference, person: Person) -> tuple[str, ...]:
    """Return the nodes and accounts that names and groups stand for, each once."""
    found: list[str] = []
    for each in to:
        groups = (STATIONS, UNITS, SEATS) if each == ALL else (each,)
        for group in groups:
            found += _members(group, tables, person)
    return tuple(dict.fromkeys(found))


def _members(name: str, tables: Reference, person: Person) -> list[str]:
    organisation, here = tables.rules.organisation, tables.town
    if name in _GROUPS:
        levels = _GROUPS[name]
        nodes = (each for each in organisation if each.level in levels)
        return sorted(each.code for each in nodes if organisation.within(each.code, here))
    if name == SEATS:
        seats = (each for each in tables.accounts.values() if not each.disabled)
        names = (each.name for each in seats if each.node == here)
        return sorted(f"{PERSON}{each}" for each in names if each != person.account)
    if name.startswith(PERSON):
        account = tables.accounts.get(name.removeprefix(PERSON))
        if account is None or account.node != here:
            raise BadInput("to", f"镇街没有账号 {name.removeprefix(PERSON)}")
        return [name]
    local = f"{here}/{name}"
    return [local if local in organisation else name]
