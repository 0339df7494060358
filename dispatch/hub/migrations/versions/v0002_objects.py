"""Managed objects, a row each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table of objects."""
    op.create_table(
        "managed_object",
        sa.Column("town", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("grid", sa.String(length=64), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("town", "code"),
    )
    op.create_index("managed_object_by_rev", "managed_object", ["town", "rev"], unique=True)
