"""What a city site keeps of a town: open incidents, and what has happened since its floor."""

from __future__ import annotations

from typing import Final

from sqlalchemy import ColumnElement, or_

from dispatch.domain.codes import Kind, State
from dispatch.hub.schema import PROJECTION

OVER: Final = (State.CLOSED, State.VOID)
"""A merged one is kept as long as its master may still close it."""


def kept(floor: int) -> ColumnElement[bool]:
    """Return the condition on a row of the projection; a floor of 0 keeps all."""
    going_on = PROJECTION.c.subject.startswith(f"{Kind.INCIDENT}:") & (
        PROJECTION.c.state.is_(None) | PROJECTION.c.state.not_in(OVER)
    )
    return or_(
        PROJECTION.c.seq > floor,
        PROJECTION.c.contested > 0,
        going_on,
        PROJECTION.c.subject.startswith(f"{Kind.TOWN}:"),
    )
