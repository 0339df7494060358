"""Under which version of the catalogue an incident was filed: whose names it keeps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_FROM_THE_LOG = """
UPDATE incident_{name} SET catalogue = (
    SELECT json_extract(CAST(event.raw AS TEXT), '$.open.catalogue') FROM event
    WHERE event.subject = incident_{name}.id AND event.held IS NULL
    AND event.type IN ('reported', 'city_assigned', 'filed', 'corrected')
    AND json_extract(CAST(event.raw AS TEXT), '$.open.catalogue') IS NOT NULL
    ORDER BY event.seq IS NULL DESC, event.seq DESC, event.pos DESC LIMIT 1
)
"""
"""Until this step no place had known a second version, so that which of them spoke last is one."""


def upgrade() -> None:
    """Give both sets of projection tables the column, filled from the log."""
    for name in ("a", "b"):
        op.add_column(f"incident_{name}", sa.Column("catalogue", sa.Text))
        op.execute(_FROM_THE_LOG.format(name=name))
