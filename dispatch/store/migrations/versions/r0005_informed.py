"""Whether information reports of an incident were made, and when it went up to the city."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_SENT_UP = """
UPDATE incident_{name} SET sent_up_at = (
    SELECT json_extract(CAST(event.raw AS TEXT), '$.at') FROM event
    WHERE event.subject = incident_{name}.id AND event.held IS NULL
    AND event.type = 'escalation_granted'
    ORDER BY event.seq IS NULL DESC, event.seq DESC, event.pos DESC LIMIT 1
)
"""
_INFORMED = """
UPDATE incident_{name} SET informed = (
    SELECT group_concat(way, ' ') FROM (
        SELECT DISTINCT json_extract(CAST(event.raw AS TEXT), '$.open.way') AS way FROM event
        WHERE event.subject = incident_{name}.id AND event.held IS NULL
        AND event.type = 'informed' ORDER BY way
    )
)
"""
"""Neither can be undone, so that which of them still count is no question."""


def upgrade() -> None:
    """Give both sets of projection tables the columns, filled from the log."""
    for name in ("a", "b"):
        op.add_column(f"incident_{name}", sa.Column("sent_up_at", sa.Integer))
        op.add_column(f"incident_{name}", sa.Column("informed", sa.Text))
        op.execute(_SENT_UP.format(name=name))
        op.execute(_INFORMED.format(name=name))
