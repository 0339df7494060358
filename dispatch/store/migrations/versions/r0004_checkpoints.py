"""Checkpoints: the hub's signatures under the town's chain, kept as a witness."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of checkpoints."""
    op.create_table(
        "checkpoint",
        sa.Column("town", sa.Text, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("chain", sa.Text, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("sig", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("town", "seq"),
        sqlite_with_rowid=False,
    )
