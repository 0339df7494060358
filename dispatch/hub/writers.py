"""The writers' table as a site gets it: made from the register whenever it is asked for."""

from __future__ import annotations

from sqlalchemy import Connection, select

from dispatch.hub.places import Office
from dispatch.hub.schema import SITE, WRITER
from dispatch.wire.protocol import Table, table_digest
from dispatch.wire.writers import NAME, Registered, write_writers


def writers_table(office: Office, connection: Connection, town: str) -> Table:
    """Return every writer of a town with its public key and its site, signed; closed ones too."""
    query = (
        select(
            WRITER.c.inc,
            WRITER.c.pubkey,
            SITE.c.id,
            SITE.c.scope,
            SITE.c.level,
            SITE.c.letter,
            SITE.c.expires_at,
            SITE.c.pubkey.label("site_key"),
        )
        .join(SITE, SITE.c.id == WRITER.c.site, isouter=True)
        .where(WRITER.c.town == town)
    )
    rows = [
        Registered(row.inc, row.pubkey)
        if row.id is None
        else Registered(
            inc=row.inc,
            pubkey=row.pubkey,
            site=row.id,
            scope=row.scope,
            level=row.level,
            letter=row.letter,
            site_key=row.site_key,
            expires_at=row.expires_at,
        )
        for row in connection.execute(query)
    ]
    body = write_writers(town, rows)
    sig = office.keys.signer.sign(table_digest(NAME, body))
    return Table(NAME, str(len(rows)), body, sig)
