"""What can be done and seen of the town as a whole: modes, rounds of checks, notices."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import Final, TypeVar

from dispatch.acts import force as acts_force
from dispatch.acts import town
from dispatch.acts.log import Log
from dispatch.acts.perform import new_id
from dispatch.desk import errands, modes
from dispatch.desk.chaining import then
from dispatch.desk.coverage import coverage
from dispatch.desk.desk import Desk
from dispatch.desk.finding import find
from dispatch.desk.force import board
from dispatch.desk.people import Person
from dispatch.desk.reference import Reference
from dispatch.desk.towns import is_city
from dispatch.desk.views import WorkerStatus
from dispatch.desk.views_town import CampaignView, ForceView, ModesView, NoticeView, TaskView
from dispatch.domain.bodies_force import RadioAnswer
from dispatch.domain.bodies_town import RoundKind
from dispatch.domain.codes import Level
from dispatch.domain.decide_campaign import (
    AnswerTask,
    IssueCampaign,
    PlaceToCheck,
    ReportFound,
)
from dispatch.domain.decide_force import CheckObject, CheckRadio, decide_object
from dispatch.domain.decide_town import SetResponse, SetSignal
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.notice import PERSON, IssueNotice
from dispatch.domain.organisation import Organisation
from dispatch.domain.rules import Actor
from dispatch.store.reader import Reader
from dispatch.store.site_log import SiteLog

T = TypeVar("T")
ALL: Final = "all"
STATIONS: Final = "stations"
UNITS: Final = "units"
SEATS: Final = "seats"
AT_ONCE: Final = 200
"""Events of one transaction: an operator's act waits for no more."""
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
        now = self._desk.now()
        return self._desk.asked(lambda reader, tables: errands.campaigns(reader, tables, now))

    def tasks(self, campaign: str) -> Future[tuple[TaskView, ...]]:
        """Return the tasks of a round that are here; an unknown round is Refused."""
        return self._desk.asked(lambda reader, tables: errands.tasks(reader, tables, campaign))

    def issue_campaign(self, command: IssueCampaign) -> Future[tuple[str, int]]:
        """Send an order in one unit; without places to every grid, a squad's to every squad.

        The future gives the round's id and how many events were made: none the second time.
        """

        def job(log: Log, actor: Actor, now: int) -> tuple[str, int]:
            rules = log.rules()
            places = tuple(_named(each, rules.organisation, log.town) for each in command.places)
            asked = replace(command, places=places)
            if not asked.places and asked.kind is not RoundKind.LED:
                organisation, here = rules.organisation, log.town
                level = Level.SQUAD if asked.kind is RoundKind.SQUAD else Level.GRID
                nodes = (each for each in organisation if each.level is level)
                inside = sorted(each.code for each in nodes if organisation.within(each.code, here))
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

    def report_found(self, command: ReportFound, photos: tuple[str, ...] = ()) -> Future[int]:
        """Record what was found on a round beyond its places; `incident` is found by any name."""
        person, now = self._acting("report_found"), self._desk.now()
        asked = replace(command, photos=(*command.photos, *photos))

        def send(id_: str | None) -> int:
            told = replace(asked, incident=id_)

            def job(log: SiteLog) -> int:
                return len(acts_force.report_found(log, told, person.actor(), now))

            return self._desk.site.write(job).result()

        wanted = command.incident
        return then(self._desk.asked(lambda reader, _: wanted and find(reader, wanted)), send)

    # The force.

    def force(self) -> Future[ForceView]:
        """Return the force on this day: coverage, objects, silent workers, calls."""
        site, now = self._desk.site, self._desk.now()
        return self._desk.asked(lambda reader, tables: coverage(site, reader, tables, now))

    def check_radio(self, worker: str, answer: RadioAnswer, text: str = "") -> Future[str]:
        """Record a call to a worker (点名); the future gives the event's id."""
        person, now = self._acting("check_radio"), self._desk.now()
        fixes = self._desk.site.telemetry.last()

        def known(reader: Reader, tables: Reference) -> CheckRadio:
            rows = board(reader, tables, fixes, now)
            row = next((each for each in rows if each.number == worker), None)
            if row is None:
                raise BadInput("worker", f"名册中没有 {worker[:20]}")
            silent = row.since if row.status is WorkerStatus.SILENT else None
            return CheckRadio(
                worker=worker, grid=row.grid, answer=answer, text=text, silent_since=silent
            )

        def send(command: CheckRadio) -> str:
            def job(log: SiteLog) -> str:
                return acts_force.check_radio(log, command, person.actor(), now).id

            return self._desk.site.write(job).result()

        return then(self._desk.asked(known), send)

    def check_objects(
        self, commands: tuple[CheckObject, ...], photos: tuple[str, ...] = ()
    ) -> Future[int]:
        """Record looks at objects; their grids are the objects' own, as known here.

        All are decided before the first is stored, 200 at a time behind operators' acts. The
        future gives how many; a code that no object here has is a BadInput.
        """
        person, now = self._acting("check_object"), self._desk.now()
        store, actor = self._desk.site.objects, person.actor()

        def placed() -> tuple[CheckObject, ...]:
            grids = {each.code: each.grid for each in store.named(c.object for c in commands)}
            for each in commands:
                if each.object not in grids:
                    raise BadInput("object", f"没有对象 {each.object[:40]}")
            return tuple(
                replace(each, grid=grids[each.object], photos=(*each.photos, *photos))
                for each in commands
            )

        def send(asked: tuple[CheckObject, ...]) -> int:
            for begin in range(0, len(asked), AT_ONCE):
                some = asked[begin : begin + AT_ONCE]
                job = partial(acts_force.check_objects, commands=some, actor=actor, now=now)
                self._desk.site.write(job).result()
            return len(asked)

        def checked(reader: Reader, tables: Reference) -> tuple[CheckObject, ...]:
            del reader
            asked = placed()
            for each in asked:
                decide_object(each, actor, tables.rules, now)
            return asked

        return then(self._desk.asked(checked), send)

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

        def of_town(log: SiteLog) -> T:
            if is_city(log.rules(), log.town):
                raise Refused("town_only", node=log.town)
            return job(log, person.actor(), now)

        return self._desk.site.write(of_town)

    def _acting(self, verb: str) -> Person:
        person = self._desk.seat.known()
        if person.limited:
            raise Refused("offline_too_long", verb=verb)
        return person


def _named(place: PlaceToCheck, organisation: Organisation, town: str) -> PlaceToCheck:
    """Return a place whose grid or squad is called by its whole code, its end or its name."""
    said = place.grid
    if not said or organisation.get(said) is not None:
        return place
    codes = [
        each.code
        for each in organisation
        if each.level in {Level.GRID, Level.SQUAD}
        and (each.code.endswith(said) or each.name == said)
        and organisation.within(each.code, town)
    ]
    if len(codes) > 1:
        raise BadInput("places", f"“{said[:40]}”有 {len(codes)} 个，请写全编码")
    return replace(place, grid=codes[0]) if codes else place


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
