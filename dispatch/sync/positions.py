"""Workers' positions from the hub, page by page from where the last ones ended."""

from __future__ import annotations

from dispatch.store.site_log import SiteLog
from dispatch.sync.answers import parsed
from dispatch.sync.ops import Answer, Ask, KeepFixes, Read, Steps, Write
from dispatch.wire import protocol as wire


def fetch_fixes() -> Steps:
    """Fetch workers' positions since the last ones."""
    while True:
        since = int((yield Read(lambda reader: reader.fact("fixes_next"))) or 0)
        path = f"/v1/positions?since={since}"
        answer: Answer = yield Ask("GET", path, headers=(("Accept-Encoding", "zstd"),))
        found = parsed(answer, wire.Fixes, path)
        if not found.fixes:
            return
        yield KeepFixes(found.fixes)

        def keep(log: SiteLog, reached: int = found.next) -> None:
            log.set_fact("fixes_next", str(reached))

        yield Write(keep)
