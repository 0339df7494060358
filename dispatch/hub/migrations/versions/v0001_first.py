"""The first schema of the hub."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _make_account() -> None:
    op.create_table(
        "account",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("node", sa.String(length=64), nullable=False),
        sa.Column("verifier", sa.Text(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def _make_blob() -> None:
    op.create_table(
        "blob",
        sa.Column("town", sa.String(length=32), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("town", "sha256"),
    )


def _make_claim() -> None:
    op.create_table(
        "claim",
        sa.Column("town", sa.String(length=32), nullable=False),
        sa.Column("incident", sa.String(length=80), nullable=False),
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("town", "incident", "account", "site"),
    )


def _make_enrol_code() -> None:
    op.create_table(
        "enrol_code",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_by", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("hash"),
    )


def _make_event() -> None:
    op.create_table(
        "event",
        sa.Column("town", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("inc", sa.String(length=36), nullable=False),
        sa.Column("sseq", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("type", sa.String(length=48), nullable=False),
        sa.Column("quarantined", sa.Text(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("sig", sa.LargeBinary(), nullable=False),
        sa.Column("chain", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("town", "seq"),
    )
    op.create_index("event_by_subject", "event", ["town", "subject", "seq"], unique=False)


def _make_field_answer() -> None:
    op.create_table(
        "field_answer",
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account", "key"),
    )


def _make_folded() -> None:
    op.create_table(
        "folded",
        sa.Column("town", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("town"),
    )


def _make_head() -> None:
    op.create_table(
        "head",
        sa.Column("town", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("town"),
    )


def _make_hub_fact() -> None:
    op.create_table(
        "hub_fact",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )


def _make_position() -> None:
    op.create_table(
        "position",
        sa.Column("town", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("worker", sa.String(length=80), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("accuracy", sa.Float(), nullable=False),
        sa.Column("heading", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("town", "seq"),
    )
    op.create_index("position_by_worker", "position", ["town", "worker", "at"], unique=False)


def _make_position_head() -> None:
    op.create_table(
        "position_head",
        sa.Column("town", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("town"),
    )


def _make_projection() -> None:
    op.create_table(
        "projection",
        sa.Column("town", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=110), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("state_hash", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("village", sa.String(length=32), nullable=True),
        sa.Column("contested", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("town", "subject"),
    )


def _make_quarantine() -> None:
    op.create_table(
        "quarantine",
        sa.Column("town", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("town", "seq"),
    )


def _make_secret() -> None:
    op.create_table(
        "secret",
        sa.Column("town", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("town", "subject", "key_id"),
    )


def _make_site() -> None:
    op.create_table(
        "site",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("town", sa.String(length=32), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("letter", sa.String(length=4), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pubkey", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _make_table_version() -> None:
    op.create_table(
        "table_version",
        sa.Column("name", sa.String(length=24), nullable=False),
        sa.Column("rev", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", "rev"),
    )


def _make_token() -> None:
    op.create_table(
        "token",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=True),
        sa.Column("account", sa.String(length=80), nullable=True),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("hash"),
        sa.UniqueConstraint("id"),
    )


def _make_visible() -> None:
    op.create_table(
        "visible",
        sa.Column("town", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=110), nullable=False),
        sa.Column("node", sa.String(length=64), nullable=False),
        sa.Column("since_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("until_seq", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("town", "subject", "node", "since_seq"),
    )
    op.create_index("visible_by_node", "visible", ["town", "node"], unique=False)


def _make_writer() -> None:
    op.create_table(
        "writer",
        sa.Column("town", sa.String(length=32), nullable=False),
        sa.Column("inc", sa.String(length=36), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=True),
        sa.Column("pubkey", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("last_sseq", sa.BigInteger(), nullable=False),
        sa.Column("last_hash", sa.String(length=64), nullable=False),
        sa.Column("temps", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("town", "inc"),
    )


def _make_year_number() -> None:
    op.create_table(
        "year_number",
        sa.Column("town", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("town", "year"),
    )


def _make_event_key() -> None:
    op.create_table(
        "event_key",
        sa.Column("town", sa.String(length=32), nullable=False),
        sa.Column("inc", sa.String(length=36), nullable=False),
        sa.Column("sseq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["town", "seq"],
            ["event.town", "event.seq"],
        ),
        sa.PrimaryKeyConstraint("town", "inc", "sseq"),
    )


def upgrade() -> None:
    """Make every table."""
    _make_account()
    _make_blob()
    _make_claim()
    _make_enrol_code()
    _make_event()
    _make_field_answer()
    _make_folded()
    _make_head()
    _make_hub_fact()
    _make_position()
    _make_position_head()
    _make_projection()
    _make_quarantine()
    _make_secret()
    _make_site()
    _make_table_version()
    _make_token()
    _make_visible()
    _make_writer()
    _make_year_number()
    _make_event_key()
