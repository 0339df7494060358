"""The writers' table as a site gets it: made from the register whenever it is asked for."""

from __future__ import annotations

from sqlalchemy import Connection, select

from dispatch.hub.places import Office
from dispatch.hub.schema import WRITER
from dispatch.wire.protocol import Table, table_digest
from dispatch.wire.writers import NAME, write_writers


def writers_table(office: Office, connection: Connection, town: str) -> Table:
    """Return every writer of a town with its public key, signed; closed ones too."""
    query = select(WRITER.c.inc, WRITER.c.pubkey).where(WRITER.c.town == town)
    body = write_writers(town, {row.inc: row.pubkey for row in connection.execute(query)})
    sig = office.keys.signer.sign(table_digest(NAME, body))
    return Table(NAME, str(body.count('"inc"')), body, sig)
