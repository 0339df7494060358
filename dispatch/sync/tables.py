"""Reference tables: which of the hub's are not here yet, and fetching them, signatures checked."""

from __future__ import annotations

from collections.abc import Callable

from dispatch.store.site_log import SiteLog
from dispatch.sync.answers import parsed
from dispatch.sync.objects import fetch_objects
from dispatch.sync.ops import Answer, Ask, ObjectsCursor, Read, Steps, Trouble, Write
from dispatch.sync.writers import fetch_writers
from dispatch.wire import protocol as wire
from dispatch.wire.keys import signed_by
from dispatch.wire.objects import NAME as OBJECTS


class Tables:
    """The reference tables of one exchange. `wanted`: ETags by name; `taken`: how many came."""

    def __init__(self, town: str, hub_key: bytes) -> None:
        self.wanted: dict[str, str] = {}
        self.taken = 0
        self._town = town
        self._hub_key = hub_key
        # The hub's ETags when all of them were last seen to be here as well.
        self._here: dict[str, str] | None = None

    def note(self, etags: dict[str, str]) -> Steps:
        """Find out which of the hub's tables are not here as they stand there."""
        if etags == self._here:
            return
        here: dict[str, str] = yield Read(lambda reader: reader.etags())
        if OBJECTS in etags:
            here[OBJECTS] = str((yield ObjectsCursor()))
        self.wanted = {name: mark for name, mark in etags.items() if here.get(name) != mark}
        self._here = None if self.wanted else etags

    def fetch(self) -> Steps:
        """Fetch what is wanted, and the keys of new writers."""
        if self.wanted.pop(OBJECTS, None) is not None:
            yield from fetch_objects(self._town, self._hub_key)
            self.taken += 1
        for name in sorted(self.wanted):
            path = f"/v1/tables/{name}"
            answer: Answer = yield Ask("GET", path, headers=(("Accept-Encoding", "zstd"),))
            table = parsed(answer, wire.Table, path)
            digest = wire.table_digest(name, table.body)
            if table.name != name or not signed_by(self._hub_key, digest, table.sig):
                raise Trouble("bad_signature", f"表 {name}")
            yield Write(_keeper(table, digest.hex()))
            self.wanted.pop(name, None)
            self.taken += 1
        yield from fetch_writers(self._town, self._hub_key)


def _keeper(table: wire.Table, mark: str) -> Callable[[SiteLog], None]:
    return lambda log: log.set_table(table, mark)
