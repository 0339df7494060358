"""Writers' public keys from the hub, asked for when events of a new writer have come."""

from __future__ import annotations

from urllib.parse import quote

from dispatch.store.reader import Reader
from dispatch.store.site_log import SiteLog
from dispatch.store.writers import WITNESS, wanted
from dispatch.sync.answers import parsed
from dispatch.sync.ops import Answer, Ask, Read, Steps, Trouble, Write
from dispatch.wire import protocol as wire
from dispatch.wire.keys import signed_by
from dispatch.wire.protocol import decode, encode
from dispatch.wire.writers import NAME, parse_writers

PATH = f"/v1/tables/{NAME}"


def fetch_writers(own: str, hub_key: bytes, *, anyway: bool = False) -> Steps:
    """Ask for each town's writers when the key of one is wanted; `own`: the site's own town.

    `anyway`: for the own town's, whether or not a key is wanted.
    """

    def lacking(reader: Reader) -> dict[str, tuple[str, ...]]:
        return wanted(reader.connection)

    asked: dict[str, tuple[str, ...]] = yield Read(lacking)
    if anyway:
        asked.setdefault(own, ())
    for town, incs in asked.items():
        yield from _fetch(town, own, hub_key, incs)


def _fetch(town: str, own: str, hub_key: bytes, asked: tuple[str, ...]) -> Steps:
    """Ask for one town's writers; the hub's signature is checked.

    The own town's table is kept: it proves to a hub that was put back to an earlier hour who may
    write, and without a hub who the town's other sites are.
    """
    path = PATH if town == own else f"{PATH}?town={quote(town, safe='')}"
    answer: Answer = yield Ask("GET", path, headers=(("Accept-Encoding", "zstd"),))
    table = parsed(answer, wire.Table, PATH)
    digest = wire.table_digest(NAME, table.body)
    if table.name != NAME or not signed_by(hub_key, digest, table.sig):
        raise Trouble("bad_signature", f"表 {NAME}")
    keys = parse_writers(table.body, town)

    def learn(log: SiteLog) -> None:
        log.learn_writers(town, keys, asked)
        if town == own:
            log.set_fact(WITNESS, encode(table, packed=False).decode())

    yield Write(learn)


def witness(reader: Reader) -> wire.Table | None:
    """Return the writers' table as the hub signed it last, or None."""
    kept = reader.fact(WITNESS)
    return decode(kept.encode(), wire.Table, WITNESS) if kept else None
