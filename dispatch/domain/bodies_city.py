"""What events between town and city say in the open (T17-T19)."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch.domain.bodies import Answered, Body, Reported
from dispatch.domain.codes import State
from dispatch.domain.sla import Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationGranted(Answered):
    """T17, granted: the town's clock stops with `town_left_ms` left, in the clock's own kind.

    None where no disposal clock ran. `limits` holds the city's clock.
    """

    stood: State
    town_left_ms: int | None = None
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CityReturned(Body):
    """T18: the city gives it back under its order number; the town's clock runs on."""

    city_order: str
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CityDone(Body):
    """T18: the city has handled it, under its order number."""

    city_order: str
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CityAssigned(Reported):
    """T19: an order of the city is an incident of the town, filed as it comes.

    `city_id` is the city's own number of the matter; the same one is the same incident.
    """

    city_id: str
    organisation: str = ""
    calendar: str = ""
