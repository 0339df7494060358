"""What a person sees of a joint order: each assisting unit's part."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch.domain.codes import Light, SubState
from dispatch.domain.sla import Limit
from dispatch.domain.subs import OVER


@dataclass(frozen=True, slots=True)
class Part:
    """An assisting unit's part of a joint order; `clock` is the limit that runs, if one does.

    `still`: since when it stands still, None while it runs. Times UTC milliseconds.
    """

    unit: str
    name: str
    order_no: str
    state: SubState
    clock: Limit | None
    signed_at: int | None
    arrived_at: int | None
    ended_at: int | None
    still: int | None = None

    @property
    def open(self) -> bool:
        """Whether the lead still waits for it."""
        return self.state not in OVER

    def light(self, now: int) -> Light:
        """Return the light at `now`; NONE where no limit runs."""
        if self.clock is None:
            return Light.NONE
        now = now if self.still is None else min(now, self.still)
        if now > self.clock.due:
            return Light.RED
        return Light.YELLOW if now >= self.clock.amber else Light.GREEN
