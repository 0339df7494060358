"""Acts that come in from the field: the person's right, the same `acts` code, once per key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import msgspec
from sqlalchemy import Connection, insert, select

from dispatch.acts.force import check_objects, report_found
from dispatch.acts.perform import Author, new_id, perform, record_one
from dispatch.acts.town import answer_task
from dispatch.domain.bodies import Audited, SignedOff, SignedOn
from dispatch.domain.codes import Kind, Level
from dispatch.domain.command import Command
from dispatch.domain.decide_campaign import AnswerTask, ReportFound
from dispatch.domain.decide_force import CheckObject, duty_id
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Event
from dispatch.domain.incident import Incident
from dispatch.domain.may import NEW
from dispatch.domain.organisation import Organisation
from dispatch.domain.rules import Actor
from dispatch.hub.field_tasks import FieldTask, tasks_of
from dispatch.hub.hub_log import HubLog
from dispatch.hub.people import Bearer
from dispatch.hub.places import Office
from dispatch.hub.reference import Reference
from dispatch.hub.schema import FIELD_ANSWER, PROJECTION
from dispatch.wire.ready import ready

_LONGEST_KEY: Final = 120


class Recorded(msgspec.Struct, frozen=True):
    """What a field door answers: the events made, and the incident as it then stands."""

    events: tuple[str, ...]
    incident: str = ""
    number: str = ""
    state: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Once:
    """An Idempotency-Key and the hash of what was asked under it; an empty key asks anew."""

    key: str
    request: str


class Fieldwork:
    """The field's side of the hub. Every act is one transaction of the town's hub writer."""

    def __init__(self, office: Office, reference: Reference) -> None:
        self._office = office
        self._reference = reference

    def act(self, bearer: Bearer, command: Command, once: Once) -> Recorded:
        """Do one act on an incident; out of the token's scope is refused and audited."""

        def job(log: HubLog, now: int) -> Recorded:
            incident = log.incident(command.incident)
            _check_scope(log.rules().organisation, bearer, command, _places(log, incident))
            actor = Actor(bearer.account, bearer.roles, bearer.node, bearer.id)
            events = perform(log, command, actor, now)
            return _recorded(events, log.incident(command.incident))

        return self._once(bearer, once, job, command.incident)

    def duty(self, bearer: Bearer, grid: str | None, once: Once) -> Recorded:
        """Sign a worker on in a grid, or off where `grid` is None."""

        def job(log: HubLog, now: int) -> Recorded:
            author = Author(bearer.account, bearer.roles[0], bearer.id)
            subject = (Kind.DUTY, duty_id(bearer.account, now))
            if grid is None:
                body = SignedOff(worker=bearer.account)
                return _recorded((record_one(log, subject, "signed_off", body, author, now),))
            organisation = log.rules().organisation
            node = organisation.get(grid)
            if node is None or node.level is not Level.GRID:
                raise BadInput("grid", f"组织表中没有网格 {grid}")
            if not _related(organisation, grid, bearer.scope):
                raise Refused("out_of_scope", node=bearer.scope, grid=grid)
            on = SignedOn(worker=bearer.account, grid=grid)
            return _recorded((record_one(log, subject, "signed_on", on, author, now),))

        return self._once(bearer, once, job, grid or bearer.account)

    def tasks(self, bearer: Bearer) -> tuple[FieldTask, ...]:
        """Return the checks that lie within the token's scope."""
        return self._office.database.read(
            lambda connection: tasks_of(connection, self._reference, bearer, self._office.clock())
        )

    def answer_task(self, bearer: Bearer, command: AnswerTask, once: Once) -> Recorded:
        """Record what was found at a place of a check; out of the token's scope is refused."""

        def job(log: HubLog, now: int) -> Recorded:
            if not _related(log.rules().organisation, command.grid, bearer.scope):
                raise Refused("out_of_scope", node=bearer.scope, grid=command.grid)
            actor = Actor(bearer.account, bearer.roles, bearer.node, bearer.id)
            return _recorded(answer_task(log, command, actor, now))

        return self._once(bearer, once, job, f"{command.campaign}:{command.grid}")

    def report_found(self, bearer: Bearer, command: ReportFound, once: Once) -> Recorded:
        """Record what was found on a round beyond its places."""

        def job(log: HubLog, now: int) -> Recorded:
            if not _related(log.rules().organisation, command.grid, bearer.scope):
                raise Refused("out_of_scope", node=bearer.scope, grid=command.grid)
            actor = Actor(bearer.account, bearer.roles, bearer.node, bearer.id)
            return _recorded(report_found(log, command, actor, now))

        return self._once(bearer, once, job, f"{command.campaign}:{command.grid}")

    def check_object(self, bearer: Bearer, command: CheckObject, once: Once) -> Recorded:
        """Record a look at an object; one out of the token's scope is refused."""

        def job(log: HubLog, now: int) -> Recorded:
            if not _related(log.rules().organisation, command.grid, bearer.scope):
                raise Refused("out_of_scope", node=bearer.scope, grid=command.grid)
            actor = Actor(bearer.account, bearer.roles, bearer.node, bearer.id)
            return _recorded(check_objects(log, (command,), actor, now))

        return self._once(bearer, once, job, command.object)

    def find(self, bearer: Bearer, text: str) -> str:
        """Return the id behind an id or a whole human number."""

        def job(connection: Connection) -> str | None:
            query = select(PROJECTION.c.subject).where(
                PROJECTION.c.town == bearer.town, PROJECTION.c.number == text
            )
            name = connection.execute(query).scalar()
            return name.partition(":")[2] if name else None

        return self._office.database.read(job) or text

    def audit(self, town: str, what: str, about: str, author: Author) -> None:
        """Record what an auditor must see."""

        def job(connection: Connection) -> None:
            log = HubLog(self._office, self._reference, connection, town)
            body = Audited(what=what, about=about)
            subject = (Kind.AUDIT, new_id())
            record_one(log, subject, "audited", body, author, self._office.clock())

        self._office.database.write(job)

    def _once(
        self, bearer: Bearer, once: Once, job: Callable[[HubLog, int], Recorded], about: str
    ) -> Recorded:
        """Do a job unless its key was answered before; then give that answer again."""
        if len(once.key) > _LONGEST_KEY:
            raise BadInput("Idempotency-Key", f"最长 {_LONGEST_KEY} 个字符")

        def whole(connection: Connection) -> Recorded:
            log = HubLog(self._office, self._reference, connection, bearer.town)
            before = _answered(connection, bearer, once)
            if before is not None:
                return before
            now = self._office.clock()
            done = job(log, now)
            if once.key:
                values = {"account": bearer.account, "key": once.key, "request": once.request}
                text = msgspec.json.encode(done).decode()
                connection.execute(insert(FIELD_ANSWER).values(**values, answer=text, at=now))
            return done

        try:
            return self._office.database.write(whole)
        except Refused as refused:
            if refused.code == "out_of_scope":
                author = Author(bearer.account, bearer.roles[0], bearer.id)
                self.audit(bearer.town, "field_out_of_scope", about, author)
            raise


ready(Recorded)


def _answered(connection: Connection, bearer: Bearer, once: Once) -> Recorded | None:
    if not once.key:
        return None
    query = select(FIELD_ANSWER.c.request, FIELD_ANSWER.c.answer).where(
        FIELD_ANSWER.c.account == bearer.account, FIELD_ANSWER.c.key == once.key
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    if row.request != once.request:
        raise Refused("key_reused", key=once.key)
    return msgspec.json.decode(row.answer, type=Recorded)


def _recorded(events: tuple[Event, ...], incident: Incident | None = None) -> Recorded:
    ids = tuple(event.id for event in events)
    if incident is None:
        return Recorded(ids)
    return Recorded(ids, incident.id, incident.number or "", incident.state or "", incident.version)


def _places(log: HubLog, incident: Incident | None) -> tuple[str, ...]:
    """The nodes that an incident lies in or is handled by."""
    if incident is None:
        return ()
    parts = [each.unit for each in incident.subs]
    units = (incident.unit, *(incident.assists or ()), *incident.told_off, *parts)
    nodes = [log.rules().unit_node(incident.town, unit) for unit in units if unit]
    return (incident.village or incident.town, *nodes)


def _check_scope(
    organisation: Organisation, bearer: Bearer, command: Command, places: tuple[str, ...]
) -> None:
    """Refuse what the token does not hold for; the person's own right is checked by the act."""
    if command.verb in NEW and not places:
        scope = organisation.get(bearer.scope)
        if scope is not None and scope.level in {Level.DEPARTMENT, Level.SQUAD}:
            return
        # A place that nobody knows is bad input, which the act itself says.
        named = (command.village, command.grid)
        places = tuple(place for place in named if place and place in organisation)
    if places and not any(_related(organisation, place, bearer.scope) for place in places):
        raise Refused("out_of_scope", node=bearer.scope, incident=command.incident)


def _related(organisation: Organisation, one: str, two: str) -> bool:
    return organisation.within(one, two) or organisation.within(two, one)
