"""The hub's tables, the same for SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

METADATA: Final = MetaData()

FACT = Table(
    "hub_fact", METADATA, Column("name", String(40), primary_key=True), Column("value", Text)
)
"""Single values: the hub's timeline."""

SITE = Table(
    "site",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("town", String(32), nullable=False),
    Column("scope", String(64), nullable=False),
    Column("level", String(16), nullable=False),
    Column("letter", String(4), nullable=False),
    Column("name", Text, nullable=False),
    Column("pubkey", LargeBinary, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("revoked", Boolean, nullable=False, default=False),
)

ENROL_CODE = Table(
    "enrol_code",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("scope", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_by", String(36)),
)

TOKEN = Table(
    "token",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("site", String(36)),
    Column("account", String(80)),
    Column("scope", String(64), nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("revoked", Boolean, nullable=False, default=False),
)
"""A site's or a person's bearer token, by the SHA-256 of its text."""

WRITER = Table(
    "writer",
    METADATA,
    Column("town", String(32), primary_key=True),
    Column("inc", String(36), primary_key=True),
    Column("site", String(36)),
    Column("pubkey", LargeBinary, nullable=False),
    Column("state", String(12), nullable=False),
    Column("last_sseq", BigInteger, nullable=False),
    Column("last_hash", String(64), nullable=False),
    Column("temps", BigInteger, nullable=False, default=0),
)
"""Incarnations that may write; `site` is empty for the hub's own writer of a town."""

HEAD = Table(
    "head",
    METADATA,
    Column("town", String(32), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("chain", String(64), nullable=False),
)
"""The town's counter: its row is locked from taking a number to the commit."""

FOLDED = Table(
    "folded",
    METADATA,
    Column("town", String(32), primary_key=True),
    Column("seq", BigInteger, nullable=False),
)
"""How far a town's events are folded into `projection` and `visible`."""

EVENT = Table(
    "event",
    METADATA,
    Column("town", String(32), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("received_at", BigInteger, nullable=False),
    Column("number", String(40)),
    Column("inc", String(36), nullable=False),
    Column("sseq", BigInteger, nullable=False),
    Column("kind", String(24), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("type", String(48), nullable=False),
    Column("quarantined", Text, nullable=False, default=""),
    Column("bytes", LargeBinary, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("sig", LargeBinary, nullable=False),
    Column("chain", String(64), nullable=False),
    Index("event_by_subject", "town", "subject", "seq"),
)

EVENT_KEY = Table(
    "event_key",
    METADATA,
    Column("town", String(32), primary_key=True),
    Column("inc", String(36), primary_key=True),
    Column("sseq", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", String(64), nullable=False),
    Column("seq", BigInteger, nullable=False),
    ForeignKeyConstraint(["town", "seq"], ["event.town", "event.seq"]),
)

YEAR_NUMBER = Table(
    "year_number",
    METADATA,
    Column("town", String(32), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", BigInteger, nullable=False),
)

VISIBLE = Table(
    "visible",
    METADATA,
    Column("town", String(32), primary_key=True),
    Column("subject", String(110), primary_key=True),
    Column("node", String(64), primary_key=True),
    Column("since_seq", BigInteger, primary_key=True, autoincrement=False),
    Column("until_seq", BigInteger),
    Index("visible_by_node", "town", "node"),
)
"""From and until which number a node sees a subject (`kind:id`); `*` is every node."""

PROJECTION = Table(
    "projection",
    METADATA,
    Column("town", String(32), primary_key=True),
    Column("subject", String(110), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("state_hash", String(64), nullable=False),
    Column("state", String(16)),
    Column("number", String(40)),
    Column("unit", String(64)),
    Column("village", String(32)),
    Column("contested", Integer, nullable=False, default=0),
)
"""Folded subjects, for digests and the overview."""

QUARANTINE = Table(
    "quarantine",
    METADATA,
    Column("town", String(32), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("reason", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)

SECRET = Table(
    "secret",
    METADATA,
    Column("town", String(32), primary_key=True),
    Column("subject", String(80), primary_key=True),
    Column("key_id", String(16), primary_key=True),
    Column("key", LargeBinary, nullable=False),
)
"""Keys of sealed fields, by the name under which events refer to them."""

ACCOUNT = Table(
    "account",
    METADATA,
    Column("name", String(80), primary_key=True),
    Column("roles", Text, nullable=False),
    Column("node", String(64), nullable=False),
    Column("verifier", Text, nullable=False),
    Column("disabled", Boolean, nullable=False, default=False),
    Column("person", String(80), nullable=False, default=""),
)

TABLE_VERSION = Table(
    "table_version",
    METADATA,
    Column("name", String(24), primary_key=True),
    Column("rev", Integer, primary_key=True, autoincrement=False),
    Column("version", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)
"""Reference tables, every version kept."""

POSITION = Table(
    "position",
    METADATA,
    Column("town", String(32), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("worker", String(80), nullable=False),
    Column("lon", Float, nullable=False),
    Column("lat", Float, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("accuracy", Float, nullable=False),
    Column("heading", Float),
    Index("position_by_worker", "town", "worker", "at"),
)

POSITION_HEAD = Table(
    "position_head",
    METADATA,
    Column("town", String(32), primary_key=True),
    Column("seq", BigInteger, nullable=False),
)

BLOB = Table(
    "blob",
    METADATA,
    Column("town", String(32), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
)

CLAIM = Table(
    "claim",
    METADATA,
    Column("town", String(32), primary_key=True),
    Column("incident", String(80), primary_key=True),
    Column("account", String(80), primary_key=True),
    Column("site", String(36), primary_key=True),
    Column("at", BigInteger, nullable=False),
)

FIELD_ANSWER = Table(
    "field_answer",
    METADATA,
    Column("account", String(80), primary_key=True),
    Column("key", String(120), primary_key=True),
    Column("request", String(64), nullable=False),
    Column("answer", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)
"""What a field door answered under an Idempotency-Key."""

OBJECT = Table(
    "managed_object",
    METADATA,
    Column("town", String(32), primary_key=True),
    Column("code", String(64), primary_key=True),
    Column("rev", BigInteger, nullable=False),
    Column("grid", String(64), nullable=False),
    Column("row", Text, nullable=False),
    Column("gone", Boolean, nullable=False, default=False),
    Index("managed_object_by_rev", "town", "rev", unique=True),
)
"""Managed objects; `rev` is a town's count of changes, new with each change of the row."""

CHECKPOINT = Table(
    "checkpoint",
    METADATA,
    Column("town", String(32), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("chain", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("sig", LargeBinary, nullable=False),
)
"""The hub's signatures under a town's chain (`wire.protocol.checkpoint_digest`)."""

SITE_SEEN = Table(
    "site_seen",
    METADATA,
    Column("site", String(36), primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("version", String(40), nullable=False),
    Column("offset_ms", BigInteger),
    Column("made", BigInteger, nullable=False),
    Column("cursor", BigInteger, nullable=False),
)
"""When a site was last heard of; `made`: events it had made by its last session."""
