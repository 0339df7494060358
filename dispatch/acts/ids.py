"""Names of events, incidents, sessions: made here, never ordered by."""

from __future__ import annotations

import uuid_utils


def new_id() -> str:
    """Return a UUIDv7 as text: a name, never an order."""
    return str(uuid_utils.uuid7())
