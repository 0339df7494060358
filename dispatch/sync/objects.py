"""Fetching what has changed of the managed objects, a signed page at a time."""

from __future__ import annotations

from dispatch.sync.answers import parsed
from dispatch.sync.ops import Answer, Ask, KeepObjects, ObjectsCursor, Steps, Trouble
from dispatch.wire import protocol as wire
from dispatch.wire.keys import signed_by
from dispatch.wire.objects import NAME, parse_delta


def fetch_objects(town: str, hub_key: bytes) -> Steps:
    """Fetch page after page until there is no more; each is kept with its cursor."""
    more = True
    while more:
        since: int = yield ObjectsCursor()
        path = f"/v1/tables/{NAME}?since={since}"
        answer: Answer = yield Ask("GET", path, headers=(("Accept-Encoding", "zstd"),))
        table = parsed(answer, wire.Table, path)
        digest = wire.table_digest(NAME, table.body)
        if table.name != NAME or not signed_by(hub_key, digest, table.sig):
            raise Trouble("bad_signature", f"表 {NAME}")
        delta = parse_delta(table.body)
        # A page of another place, or one that leads nowhere, would be asked for again for ever.
        if (delta.town, delta.since) != (town, since) or (delta.more and delta.next == since):
            raise Trouble("bad_page", f"表 {NAME}")
        yield KeepObjects(delta)
        more = delta.more
