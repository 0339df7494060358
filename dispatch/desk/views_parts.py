"""What a person sees of a joint order: each assisting unit's part."""

from __future__ import annotations

from dataclasses import dataclass, field

from dispatch.domain.codes import Light, SubState
from dispatch.domain.sla import Limit
from dispatch.domain.subs import OVER


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a whistle; all empty while it is waited for. Times UTC milliseconds."""

    accepted_at: int | None = None
    talked: str = field(default="", repr=False)
    measure: str = field(default="", repr=False)
    promised: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """An assisting unit's part of a joint order; `clock` is the limit that runs, if one does.

    `still`: since when it stands still, None while it runs. `answer`: of a whistle alone.
    Times UTC milliseconds.
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
    answer: Answer | None = None

    @property
    def answered_by_sign(self) -> bool:
        """Whether it waits for the answer to a whistle."""
        waits = self.answer is not None and self.answer.accepted_at is None
        return waits and self.state is SubState.SENT

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
