"""The writers' table as a site gives it back to a hub that has forgotten who may write."""

from __future__ import annotations

import logging

from sqlalchemy import Connection, select

from dispatch.domain.codes import Level
from dispatch.domain.errors import BadInput
from dispatch.hub.life import PAST
from dispatch.hub.places import Office
from dispatch.hub.schema import SITE, WRITER
from dispatch.wire.keys import signed_by
from dispatch.wire.protocol import Table, table_digest
from dispatch.wire.writers import NAME, Registered, parse_register

log = logging.getLogger(__name__)


def admit(office: Office, witness: Table, town: str) -> int:
    """Register the writers of a table that this hub once signed and has forgotten; how many.

    A database that was put back does not know who enrolled since. Whoever has the table proves
    by the hub's own signature that their events are to be taken. One that is known stays as it
    is: what was revoked stays revoked.
    """
    digest = table_digest(NAME, witness.body)
    if witness.name != NAME or not signed_by(office.keys.signer.public, digest, witness.sig):
        raise BadInput("witness", "写者表不是本市平台签的")
    rows = parse_register(witness.body, town)
    known = select(WRITER.c.inc).where(WRITER.c.town == town)

    def job(connection: Connection) -> int:
        here = set(connection.execute(known).scalars())
        new = [each for each in rows if each.inc not in here]
        for each in new:
            _register(office, connection, town, each)
        return len(new)

    count = office.database.write(job)
    if count:
        log.warning("%d writers of %s are known again by a site's witness", count, town)
    return count


def _register(office: Office, connection: Connection, town: str, row: Registered) -> None:
    if row.site:
        site: dict[str, object] = {
            "id": row.site,
            "town": row.scope if row.level == Level.CITY else town,
            "scope": row.scope,
            "level": row.level,
            "letter": row.letter,
            "name": "",
            "pubkey": row.site_key,
            "expires_at": row.expires_at,
            "revoked": False,
        }
        office.database.insert_missing(connection, SITE, [site])
    writer = {"town": town, "inc": row.inc, "site": row.site or None, "pubkey": row.pubkey}
    place = {"last_sseq": 0, "last_hash": "", "temps": 0}
    state = "active" if row.site else PAST
    # Two sites may bring the same witness to two processes at once.
    office.database.insert_missing(connection, WRITER, [{**writer, **place, "state": state}])
