"""Acts at a city's console: each is written in the town that it concerns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dispatch.domain.codes import Level
from dispatch.domain.command import Command, Verb
from dispatch.domain.decide_city import city_incident
from dispatch.domain.errors import BadInput
from dispatch.domain.may import NEW
from dispatch.domain.rules import Rules

if TYPE_CHECKING:  # it brings the database, which the first window does not wait for
    from dispatch.store.site_log import SiteLog


def stand(log: SiteLog, command: Command) -> Command:
    """Have the log write for the town that a command concerns; return the command as it goes on.

    An order of the city (T19) gets the id of its incident here.
    """
    log.stand_in(_town(log, command))
    if command.verb is Verb.CITY_ASSIGN:
        return replace(command, incident=city_incident(log.town, command.order or ""))
    return command


def town_at(command: Command, rules: Rules) -> str | None:
    """Return the town of the place that a command names, None when it names none."""
    place = command.grid or command.village or ""
    return rules.organisation.ancestor(place, Level.TOWN)


def is_city(rules: Rules, scope: str) -> bool:
    """Whether a site at this node is the city's."""
    node = rules.organisation.get(scope)
    return node is not None and node.level is Level.CITY


def _town(log: SiteLog, command: Command) -> str:
    home = log.home.town
    if not is_city(log.rules(), home):
        return home
    if command.verb in NEW:
        town = town_at(command, log.rules())
        if town is None:
            raise BadInput("grid", "地点不在任何镇街内，先定网格")
        return town
    found = log.incident(command.incident)
    other = log.incident(command.into) if command.into else None
    if found is not None and other is not None and found.town != other.town:
        raise BadInput("into", "两件不在同一镇街")
    return found.town if found is not None else home
