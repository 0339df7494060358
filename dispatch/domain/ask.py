"""One act being decided: the command, who asks, the rules, the incidents, the time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dispatch.domain.bodies import Body
from dispatch.domain.calendar import DAY
from dispatch.domain.codes import Kind, Role, Stage
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Draft, Subject
from dispatch.domain.incident import Incident
from dispatch.domain.may import is_code
from dispatch.domain.rules import Actor, Rules, thawed
from dispatch.domain.sla import AMBER, Limit, Profile, limit

NAMES = {
    "person": "person",
    "phone": "phone",
    "place": "place",
    "reporter": "reporter",
    "result": "result",
    "talked": "talked",
}
"""Options that are sealed under the field's name."""

OWN_NAMES: Final = {
    # The reporter's phone stays the incident's; this one is the person in charge's.
    ("signed", "phone"): "person_phone",
    # And the person in charge stays who it is when a leader's words are passed on by another.
    ("instructed", "person"): "passed_by",
}
"""Sealed fields that a type calls otherwise, or they would become the incident's own."""

LONGEST: Final = 366 * DAY
"""No deadline or review date lies further ahead; a later one is a slip."""
STATION_OFFICE: Final = frozenset(
    {
        Verb.ASK_VERIFY,
        Verb.VERIFY,
        Verb.FILE,
        Verb.UNFILE,
        Verb.DISPATCH,
        Verb.STAND_DOWN,
        Verb.REASSIGN,
    }
)
"""What a station does as 受理员 and 派遣员, within its own village only."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a deciding function gets; `now` is the seat's clock in UTC milliseconds."""

    command: Command
    actor: Actor
    role: Role
    rules: Rules
    incidents: Mapping[str, Incident]
    now: int

    @property
    def incident(self) -> Incident:
        """The incident the command is about."""
        return self.incidents[self.command.incident]

    def draft(
        self,
        type_: str,
        body: Body,
        *,
        of: str | None = None,
        text: str = "text",
        see_add: tuple[str, ...] = (),
        see_drop: tuple[str, ...] = (),
    ) -> Draft:
        """Return the event to record, with the command's free text sealed as field `text`."""
        command = self.command
        sealed = [
            (OWN_NAMES.get((type_, name), name), getattr(command, option))
            for option, name in NAMES.items()
        ]
        main = of is None
        return Draft(
            subject=Subject(Kind.INCIDENT, of or command.incident),
            type=type_,
            body=body,
            sealed=tuple(
                (name, value) for name, value in (*sealed, (text, command.text)) if value and main
            ),
            see_add=see_add,
            see_drop=see_drop,
            blobs=command.photos if main else (),
        )

    def clock(self, *stages: Stage, start: int | None = None) -> tuple[Limit, ...]:
        """Return the frozen profile's limits of these stages from `start` (None: now)."""
        begin = self.now if start is None else start
        found = (limit(self.profile(), stage, begin, self.rules.calendar) for stage in stages)
        return tuple(each for each in found if each is not None)

    def profile(self) -> Profile:
        """Return the SLA profile that is frozen into the incident."""
        sla = self.incident.sla
        if sla is None:
            raise Refused("no_profile", incident=self.command.incident)
        return thawed(sla)

    def until(self, stage: Stage) -> tuple[Limit, ...]:
        """Return a limit that ends at the command's own `due`, which must lie ahead."""
        if self.command.due is None:
            return ()
        due = self.due_ahead()
        return (Limit(stage, self.now, self.now + (due - self.now) * AMBER // 100, due),)

    def due_ahead(self) -> int:
        """Return the command's `due`, UTC milliseconds; refuse one not ahead, or a year away."""
        due = self.command.due or 0
        if due <= self.now:
            raise BadInput("due", "时限必须晚于现在")
        if due > self.now + LONGEST:
            raise BadInput("due", "时限必须在一年之内")
        return due

    def check_scope(self) -> None:
        """Refuse an incident that touches neither the person's node, nor one above or below it.

        A station's office work is for its own village; a note may be made by all who see it.
        """
        incident, node = self.incident, self.actor.node
        parts = [each.unit for each in incident.subs]
        units = (incident.unit, *(incident.assists or ()), *incident.told_off, *parts)
        seen = incident.concerned if self.command.verb is Verb.NOTE else ()
        places = [self.rules.unit_node(incident.town, each) for each in (*units, *seen) if each]
        places.append(incident.village or incident.town)
        if not any(self._related(place, node) for place in places):
            raise Refused("out_of_scope", node=node, incident=incident.id)
        if self.role is Role.STATION and self.command.verb in STATION_OFFICE:
            self.check_own_village()

    def check_own_village(self) -> None:
        """Refuse a station an incident outside its own village."""
        village, node = self.incident.village or "", self.actor.node
        if not self.rules.organisation.within(village, node):
            raise Refused("out_of_scope", node=node, incident=self.incident.id)

    def belongs_to(self, unit: str) -> bool:
        """Return whether the person's node is the unit's, or above or below it."""
        return self._related(self.rules.unit_node(self.incident.town, unit), self.actor.node)

    def _related(self, one: str, two: str) -> bool:
        organisation = self.rules.organisation
        return organisation.within(one, two) or organisation.within(two, one)

    def check_handler(self) -> None:
        """Refuse who neither belongs to the unit nor records it on the unit's behalf."""
        unit = self.incident.unit or ""
        if self.role is Role.DISPATCHER or (self.role is Role.STATION and not self.own_station()):
            if not self.command.on_behalf:
                raise Refused("needs_on_behalf", unit=unit)
            if self.role is Role.STATION:
                self.check_own_village()
        elif not self.belongs_to(unit):
            raise Refused("not_your_order", unit=unit, node=self.actor.node)
        self._check_on_behalf()

    def _check_on_behalf(self) -> None:
        """Refuse a unit that the order does not lie with; what is no unit is a worker's number."""
        name, town = self.command.on_behalf, self.incident.town
        if not name or name in {self.incident.unit, *(self.incident.assists or ())}:
            return
        if self.rules.unit_node(town, name) in self.rules.organisation or not is_code(name):
            raise BadInput("on_behalf", f"{name} 不是本单的单位，也不是人员编号")

    def own_station(self) -> bool:
        """Return whether the order lies with the person's own station."""
        unit = self.incident.unit or ""
        return self.rules.organisation.within(unit, self.actor.node)
