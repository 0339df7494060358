"""Who can be rung up beside the workers: today's duty roster, and units that have a phone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from dispatch.desk.masks import masked, masked_office
from dispatch.desk.views_palette import ON_DUTY
from dispatch.domain.calendar import HOUR, MINUTE, local
from dispatch.domain.codes import Level
from dispatch.domain.errors import Refused
from dispatch.domain.shift import scope_of, span_of

if TYPE_CHECKING:
    from dispatch.desk.reference import Reference

DAY: Final = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody with a phone. `code` names it in the log when its phone is looked at.

    It is `duty:SHIFT:ACCOUNT` or `unit:UNIT`. `beside` is the seat, the village or the short name;
    `also` leads to it as well.
    """

    code: str
    name: str
    beside: str
    phone: str = field(repr=False)
    also: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The phone as it may be shown: a person's masked, an office's own number in clear."""
        return masked(self.phone) if self.code.startswith(ON_DUTY) else masked_office(self.phone)


def today(now: int) -> int:
    """Return when the local day of `now` began."""
    at = local(now)
    return now - at.hour * HOUR - at.minute * MINUTE - now % MINUTE


def contacts(tables: Reference, now: int) -> tuple[Contact, ...]:
    """Return the running shift's people, then the day's other ones, then units with a phone."""
    return (*_on_duty(tables, now), *_units(tables))


def _on_duty(tables: Reference, now: int) -> Iterator[Contact]:
    begins, organisation = today(now), tables.rules.organisation
    spans = {each.shift: span_of(each.shift) for each in tables.duty}
    of_day = {
        shift: not (begin <= now < end)
        for shift, (begin, end) in spans.items()
        if begin < begins + DAY and end > begins
    }
    planned = [each for each in tables.duty if each.shift in of_day and each.phone]
    for each in sorted(planned, key=lambda one: (of_day[one.shift], spans[one.shift])):
        scope = scope_of(each.shift)
        if organisation.within(scope, tables.town):
            place = "" if scope == tables.town else tables.names.node(scope)
            beside = " ".join(word for word in (place, each.seat) if word)
            code = f"{ON_DUTY}{each.shift}:{each.account}"
            person = tables.person(each.account)
            yield Contact(code, person, beside, each.phone, (beside, each.account))


def _units(tables: Reference) -> Iterator[Contact]:
    rules, names = tables.rules, tables.names
    for unit in tables.units():
        node = rules.organisation.get(rules.unit_node(tables.town, unit))
        if node is not None and node.phone:
            station = node.name if node.level is Level.VILLAGE else ""
            also = tuple(word for word in (station, "" if unit.isascii() else unit) if word)
            beside = also[0] if also else names.node(tables.town)
            yield Contact(f"unit:{unit}", names.unit(unit), beside, node.phone, also)


def phone(tables: Reference, code: str, now: int) -> str:
    """Return the phone of a contact or worker (`worker:NUMBER`) in clear.

    One that is not known, or was masked before it came here, is Refused.
    """
    known: Iterable[tuple[str, str]] = ((each.code, each.phone) for each in contacts(tables, now))
    if code.startswith("worker:"):
        known = ((f"worker:{each.number}", each.phone) for each in tables.roster)
    found = dict(known).get(code, "")
    if not found or "*" in found:
        raise Refused("nothing_to_reveal", field="phone")
    return found
