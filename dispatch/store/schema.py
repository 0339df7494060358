"""The tables of a site's database.

Two equal sets of projection tables, `a` and `b`: `meta.live` names the one that is read. A
rebuild fills the other one and then changes the name, so nobody ever sees a half-built view.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import (
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

METADATA: Final = MetaData()
SHAPE: Final = "0005"
"""The revision (`migrations/versions`) that these tables are."""

META: Final = Table(
    "meta",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

WRITER: Final = Table(
    "writer",
    METADATA,
    Column("inc", Text, primary_key=True),
    Column("town", Text, nullable=False),
    Column("pubkey", LargeBinary, nullable=False),
    Column("own", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("last_sseq", Integer, nullable=False),
    Column("last_hash", Text, nullable=False),
)

CURSOR: Final = Table(
    "cursor",
    METADATA,
    Column("town", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("chain", Text, nullable=False),
)

EVENT: Final = Table(
    "event",
    METADATA,
    Column("pos", Integer, primary_key=True),
    Column("hash", LargeBinary, nullable=False),
    Column("town", Text, nullable=False),
    Column("seq", Integer),
    Column("received_at", Integer),
    Column("number", Text),
    Column("inc", Text, nullable=False),
    Column("sseq", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("unit", Text),
    Column("raw", LargeBinary, nullable=False),
    Column("sig", LargeBinary, nullable=False),
    Column("chain", LargeBinary),
    Column("sent", Integer, nullable=False),
    Column("held", Text),
)
Index("event_hash", EVENT.c.hash, unique=True)
Index("event_subject", EVENT.c.subject)
Index("event_seq", EVENT.c.town, EVENT.c.seq, unique=True, sqlite_where=text("seq IS NOT NULL"))
Index("event_unsent", EVENT.c.pos, sqlite_where=text("sent = 0"))
Index("event_held", EVENT.c.pos, sqlite_where=text("held IS NOT NULL"))
Index("event_kind", EVENT.c.kind, EVENT.c.pos, sqlite_where=text("kind <> 'incident'"))

GAP: Final = Table(
    "gap",
    METADATA,
    Column("town", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("entry", Text, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    PrimaryKeyConstraint("town", "seq"),
    sqlite_with_rowid=False,
)

CHECKPOINT: Final = Table(
    "checkpoint",
    METADATA,
    Column("town", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("chain", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("sig", LargeBinary, nullable=False),
    PrimaryKeyConstraint("town", "seq"),
    sqlite_with_rowid=False,
)
"""The hub's signatures under the town's chain, kept as a witness of it."""

ABSENT: Final = Table(
    "absent",
    METADATA,
    Column("subject", Text, primary_key=True),
    Column("why", Text, nullable=False),
)

SECRET: Final = Table(
    "secret",
    METADATA,
    Column("subject", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("key", LargeBinary, nullable=False),
    PrimaryKeyConstraint("subject", "name"),
    sqlite_with_rowid=False,
)

BLOB: Final = Table(
    "blob",
    METADATA,
    Column("sha256", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("state", Text, nullable=False),
    PrimaryKeyConstraint("sha256", "subject"),
)
Index("blob_state", BLOB.c.state, sqlite_where=text("state <> 'kept'"))

REFERENCE: Final = Table(
    "reference",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("etag", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("sig", LargeBinary, nullable=False),
)

SESSION: Final = Table(
    "session",
    METADATA,
    Column("hash", Text, primary_key=True),
    Column("account", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("node", Text, nullable=False),
    Column("expires_at", Integer, nullable=False),
    Column("ended", Integer, nullable=False),
)


@dataclass(frozen=True, slots=True)
class View:
    """One set of projection tables; `search` is an FTS5 table, known by name only."""

    name: str
    incident: Table
    words: Table
    search: str


def _texts(names: str, *, null: bool) -> list[Column[str]]:
    return [Column(name, Text, nullable=null) for name in names.split()]


def _wholes(names: str, *, null: bool) -> list[Column[int]]:
    return [Column(name, Integer, nullable=null) for name in names.split()]


def _incident(name: str) -> Table:
    return Table(
        f"incident_{name}",
        METADATA,
        Column("pos", Integer, primary_key=True),
        *_texts("id town", null=False),
        *_texts("number", null=True),
        *_texts("temp", null=False),
        *_texts("tail state", null=True),
        *_wholes("open", null=False),
        *_texts("source priority item klass department", null=True),
        *_texts("place text", null=False),
        *_texts("grid village unit", null=True),
        *_texts("assists", null=False),
        Column("lon", Float),
        Column("lat", Float),
        *_wholes("reported_at", null=True),
        *_wholes("entered_at", null=False),
        *_wholes("closed_at", null=True),
        *_texts("stage", null=True),
        *_wholes("start amber due", null=True),
        *_wholes("contested unsent photos photos_missing merged rework", null=False),
        *_texts("waiting told_off", null=False),
        *_wholes("suspect", null=False),
        *_texts("master", null=True),
        *_texts("version", null=False),
        Column("state_hash", LargeBinary),
        *_wholes("stamp", null=False),
        *_texts("supervision", null=True),
        *_wholes("answer_by replied", null=True),
        *_texts("catalogue", null=True),
        *_wholes("sent_up_at", null=True),
        *_texts("informed", null=True),
    )


def _view(name: str) -> View:
    incident = _incident(name)
    Index(f"incident_{name}_id", incident.c.id, unique=True)
    Index(f"incident_{name}_open", incident.c.pos, sqlite_where=text("open = 1"))
    Index(f"incident_{name}_contested", incident.c.pos, sqlite_where=text("contested > 0"))
    Index(f"incident_{name}_reported", incident.c.reported_at)
    words = Table(
        f"words_{name}",
        METADATA,
        Column("pos", Integer, primary_key=True),
        Column("body", Text, nullable=False),
    )
    return View(name, incident, words, f"search_{name}")


VIEWS: Final = {name: _view(name) for name in ("a", "b")}
