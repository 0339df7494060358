"""The first shape: log, cursors, keys, reference tables, two sets of projection tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make everything."""
    _log()
    _beside()
    for name in ("a", "b"):
        _view(name)
    op.execute("INSERT INTO meta (key, value) VALUES ('live', 'a')")


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=null)


def _whole(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=null)


def _bytes(name: str, *, null: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, nullable=null)


def _log() -> None:
    op.create_table("meta", sa.Column("key", sa.Text, primary_key=True), _text("value"))
    op.create_table(
        "writer",
        sa.Column("inc", sa.Text, primary_key=True),
        *(_text("town"), _bytes("pubkey"), _whole("own"), _text("state")),
        *(_whole("last_sseq"), _text("last_hash")),
    )
    op.create_table(
        "cursor", sa.Column("town", sa.Text, primary_key=True), _whole("seq"), _text("chain")
    )
    op.create_table(
        "event",
        sa.Column("pos", sa.Integer, primary_key=True),
        *(_bytes("hash"), _text("town"), _whole("seq", null=True)),
        *(_whole("received_at", null=True), _text("number", null=True)),
        *(_text("inc"), _whole("sseq"), _text("kind"), _text("subject"), _text("type")),
        *(_text("unit", null=True), _bytes("raw"), _bytes("sig"), _bytes("chain", null=True)),
        *(_whole("sent"), _text("held", null=True)),
    )
    op.create_index("event_hash", "event", ["hash"], unique=True)
    op.create_index("event_subject", "event", ["subject"])
    where = sa.text("seq IS NOT NULL")
    op.create_index("event_seq", "event", ["town", "seq"], unique=True, sqlite_where=where)
    op.create_index("event_unsent", "event", ["pos"], sqlite_where=sa.text("sent = 0"))
    op.create_index("event_held", "event", ["pos"], sqlite_where=sa.text("held IS NOT NULL"))
    where = sa.text("kind <> 'incident'")
    op.create_index("event_kind", "event", ["kind", "pos"], sqlite_where=where)
    op.create_table(
        "gap",
        *(_text("town"), _whole("seq"), _text("entry"), _bytes("chain")),
        sa.PrimaryKeyConstraint("town", "seq"),
        sqlite_with_rowid=False,
    )


def _beside() -> None:
    op.create_table("absent", sa.Column("subject", sa.Text, primary_key=True), _text("why"))
    op.create_table(
        "secret",
        *(_text("subject"), _text("name"), _bytes("key")),
        sa.PrimaryKeyConstraint("subject", "name"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "blob",
        *(_text("sha256"), _text("subject"), _text("state")),
        sa.PrimaryKeyConstraint("sha256", "subject"),
    )
    op.create_index("blob_state", "blob", ["state"], sqlite_where=sa.text("state <> 'kept'"))
    op.create_table(
        "reference",
        sa.Column("name", sa.Text, primary_key=True),
        *(_text("version"), _text("etag"), _text("body"), _bytes("sig")),
    )
    op.create_table(
        "session",
        sa.Column("hash", sa.Text, primary_key=True),
        *(_text("account"), _text("roles"), _text("node"), _whole("expires_at"), _whole("ended")),
    )


def _view(name: str) -> None:
    table = f"incident_{name}"
    op.create_table(
        table,
        sa.Column("pos", sa.Integer, primary_key=True),
        *(_text("id"), _text("town"), _text("number", null=True), _text("temp")),
        *(_text("tail", null=True), _text("state", null=True), _whole("open")),
        *(_text(each, null=True) for each in ("source", "priority", "item", "klass")),
        *(_text("department", null=True), _text("place"), _text("text")),
        *(_text(each, null=True) for each in ("grid", "village", "unit")),
        *(_text("assists"), sa.Column("lon", sa.Float), sa.Column("lat", sa.Float)),
        *(_whole("reported_at", null=True), _whole("entered_at"), _whole("closed_at", null=True)),
        _text("stage", null=True),
        *(_whole(each, null=True) for each in ("start", "amber", "due")),
        *(_whole(each) for each in ("contested", "unsent", "photos", "photos_missing")),
        *(_whole("merged"), _whole("rework"), _text("waiting"), _text("told_off")),
        *(_whole("suspect"), _text("master", null=True), _text("version")),
        *(_bytes("state_hash", null=True), _whole("stamp")),
    )
    op.create_index(f"{table}_id", table, ["id"], unique=True)
    op.create_index(f"{table}_open", table, ["pos"], sqlite_where=sa.text("open = 1"))
    where = sa.text("contested > 0")
    op.create_index(f"{table}_contested", table, ["pos"], sqlite_where=where)
    op.create_index(f"{table}_reported", table, ["reported_at"])
    op.create_table(f"words_{name}", sa.Column("pos", sa.Integer, primary_key=True), _text("body"))
    op.execute(
        f"CREATE VIRTUAL TABLE search_{name} USING fts5("
        "pairs, content='', columnsize=0, prefix='4', tokenize='ascii')"
    )
