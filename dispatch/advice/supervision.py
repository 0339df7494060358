"""When to supervise: a proposal at the red light. The person on duty decides."""

from __future__ import annotations

from typing import Final

from dispatch.domain.codes import Light, Supervision
from dispatch.domain.incident import Incident, light

AGAIN: Final = 3
"""So many returns, reworks or redoings raise the supervision (illustrative)."""
FAR_OVER: Final = 50
"""Per cent of the limit by which it is over until the yellow card is proposed (illustrative)."""


def proposed(incident: Incident, now: int) -> tuple[Supervision, str] | None:
    """Return the level to propose and why, None when there is nothing to propose.

    Only for an open incident without a card; `now` in UTC milliseconds.
    """
    if not incident.open or incident.card is not None:
        return None
    if max(incident.returns, incident.rework, incident.redo) >= AGAIN:
        return Supervision.YELLOW, "again_and_again"
    clock = incident.clock()
    if clock is None or light(incident, now) is not Light.RED:
        return None
    if (now - clock.due) * 100 >= (clock.due - clock.start) * FAR_OVER:
        return Supervision.YELLOW, "far_over"
    return Supervision.NORMAL, "over"
