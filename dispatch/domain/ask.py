"""One act being decided: the command, who asks, the rules, the incidents, the time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dispatch.domain.bodies import Body
from dispatch.domain.codes import Kind, Role, Stage
from dispatch.domain.command import Command
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Draft, Subject
from dispatch.domain.incident import Incident
from dispatch.domain.rules import Actor, Rules, thawed
from dispatch.domain.sla import AMBER, Limit, Profile, limit

NAMES = {
    "person": "person",
    "phone": "phone",
    "place": "place",
    "reporter": "reporter",
    "result": "result",
}
"""Options that are sealed under the field's name."""


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
        sealed = [(name, getattr(command, option)) for option, name in NAMES.items()]
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
        due = self.command.due
        if due is None:
            return ()
        if due <= self.now:
            raise BadInput("due", "时限必须晚于现在")
        return (Limit(stage, self.now, self.now + (due - self.now) * AMBER // 100, due),)

    def check_scope(self) -> None:
        """Refuse an incident that touches neither the person's node nor what lies above or below."""
        incident, node = self.incident, self.actor.node
        units = (incident.unit, *(incident.assists or ()), *incident.told_off)
        places = [self.rules.unit_node(incident.town, unit) for unit in units if unit]
        places.append(incident.village or incident.town)
        if not any(self._related(place, node) for place in places):
            raise Refused("out_of_scope", node=node, incident=incident.id)

    def _related(self, one: str, two: str) -> bool:
        organisation = self.rules.organisation
        return organisation.within(one, two) or organisation.within(two, one)

    def check_handler(self) -> None:
        """Refuse who neither belongs to the unit nor records it on the unit's behalf."""
        unit = self.incident.unit or ""
        own = self._related(self.rules.unit_node(self.incident.town, unit), self.actor.node)
        if self.role is Role.DISPATCHER or (self.role is Role.STATION and not self.own_station()):
            if not self.command.on_behalf:
                raise Refused("needs_on_behalf", unit=unit)
        elif not own:
            raise Refused("not_your_order", unit=unit, node=self.actor.node)

    def own_station(self) -> bool:
        """Return whether the order lies with the person's own station."""
        unit = self.incident.unit or ""
        return self.rules.organisation.within(unit, self.actor.node)
