"""What a person sees of a matter of priority P1: who and what is at hand, who was there when."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch.advice.at_hand import AtHand, within


@dataclass(frozen=True, slots=True)
class Arrival:
    """A unit that was sent, and when it was there; UTC milliseconds, None: not yet."""

    unit: str
    name: str
    started_at: int
    arrived_at: int | None

    @property
    def minutes(self) -> int | None:
        """The least of 1, 3, 5 minutes that it kept; None where it kept none or is not there."""
        return None if self.arrived_at is None else within(self.started_at, self.arrived_at)


@dataclass(frozen=True, slots=True)
class Response:
    """Of an open P1 alone; empty for any other."""

    at_hand: tuple[AtHand, ...] = ()
    arrivals: tuple[Arrival, ...] = ()

    def kept(self, minutes: int) -> int:
        """Return how many of the units were there within so many minutes."""
        return sum(each.minutes is not None and each.minutes <= minutes for each in self.arrivals)


NO_RESPONSE = Response()
