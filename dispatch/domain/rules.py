"""What a seat decides by: the reference tables in force, and who is asking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dispatch.domain.bodies import Sla
from dispatch.domain.bulletin import NO_DUTIES, Duties
from dispatch.domain.calendar import WorkingCalendar
from dispatch.domain.catalogue import Catalogue
from dispatch.domain.codes import Level, Role, Stage
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.guide import NO_GUIDES, Guides
from dispatch.domain.organisation import Node, Organisation
from dispatch.domain.sla import Profile, Span


@dataclass(frozen=True, slots=True)
class Rules:
    """One consistent set of reference tables. `profiles` by code; the last two may be none."""

    organisation: Organisation
    catalogue: Catalogue
    profiles: Mapping[str, Profile]
    calendar: WorkingCalendar
    guides: Guides = NO_GUIDES
    bulletins: Duties = NO_DUTIES

    def unit(self, town: str, text: str, where: str = "unit", day: date | None = None) -> str:
        """Return the unit's code as incidents carry it; an unknown one is a BadInput.

        A department is named by its short name inside the town, a station or squad by code.
        `day`: one that does not exist on it is a BadInput too, with who took over its work.
        """
        for code in (text, f"{town}/{text}"):
            node = self.organisation.get(code)
            if node is not None and node.level in UNITS:
                if not self.organisation.within(node.code, town):
                    raise BadInput(where, f"单位 {text} 不属于 {town}")
                if day is not None and not node.valid_on(day):
                    heir = self.organisation.current(node.code, day)
                    told = f"，现由 {unit_code(heir)} 承接" if heir else ""
                    raise BadInput(where, f"单位 {text} 在 {day} 不存在{told}")
                return unit_code(node)
        raise BadInput(where, f"组织表中没有处置单位 {text}")

    def unit_node(self, town: str, unit: str) -> str:
        """Return the organisation code behind a unit's code."""
        local = f"{town}/{unit}"
        return local if local in self.organisation else unit

    def at_city(self, node: str) -> bool:
        """Return whether a person's node is the city's own."""
        known = self.organisation.get(node)
        return known is not None and known.level is Level.CITY

    def profile(self, code: str) -> Profile:
        """Return the SLA profile; an unknown one is a BadInput."""
        profile = self.profiles.get(code)
        if profile is None:
            raise BadInput("sla", f"没有时限类别 {code}")
        return profile


UNITS = frozenset({Level.VILLAGE, Level.DEPARTMENT, Level.SQUAD})
"""Levels of the nodes that handle incidents."""


def unit_code(node: Node) -> str:
    """Return the code that incidents carry for a node that handles them."""
    return node.code.rpartition("/")[2]


def frozen_sla(profile: Profile) -> Sla:
    """Return the profile as an event carries it."""
    spans = tuple(sorted((stage.value, str(span)) for stage, span in profile.spans.items()))
    return Sla(code=profile.code, working=profile.working, spans=spans)


def thawed(sla: Sla) -> Profile:
    """Return the profile that was frozen into an incident.

    A stage that is not known here has no clock here; a span that is none is a BadInput.
    """
    known = set(Stage)
    spans = {Stage(at): Span.parse(text, "sla") for at, text in sla.spans if at in known}
    return Profile(sla.code, sla.working, spans)


@dataclass(frozen=True, slots=True)
class Actor:
    """A logged-in person: account, all roles, node of the organisation, the session's hash."""

    account: str
    roles: tuple[Role, ...]
    node: str
    session: str

    def role(self, allowed: frozenset[Role], verb: str) -> Role:
        """Return the first of the person's roles that may do it, or refuse."""
        for role in self.roles:
            if role in allowed:
                return role
        raise Refused(
            "role_missing", verb=verb, needs="/".join(sorted(allowed)), has="/".join(self.roles)
        )


@dataclass(frozen=True, slots=True)
class Account:
    """A person as the hub's account table has them. `verifier` is argon2id.

    `person` is what people are called on screen and paper; empty: as they log in.
    """

    name: str
    roles: tuple[Role, ...]
    node: str
    verifier: str = field(repr=False)
    disabled: bool = False
    person: str = ""
