"""Which card stands on an incident: what the queue pins. No older event can have made one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give both sets of projection tables the three columns, empty."""
    for name in ("a", "b"):
        op.add_column(f"incident_{name}", sa.Column("supervision", sa.Text))
        op.add_column(f"incident_{name}", sa.Column("answer_by", sa.Integer))
        op.add_column(f"incident_{name}", sa.Column("replied", sa.Integer))
