"""The site's digest beside the hub's, where both stand at the same number."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from dispatch.store.reader import Reader
from dispatch.store.site_log import SiteLog
from dispatch.sync.ops import Op, Read, Write


# Any: each op's own answer.
def compare(town: str, theirs: str, seq: int) -> Generator[Op, Any, bool | None]:
    """Return whether the digests are equal, and keep both; None where we stand elsewhere."""

    def ours(reader: Reader) -> tuple[str, int]:
        return reader.digest(town), reader.cursor(town).seq

    digest, here = yield Read(ours)
    if here != seq:
        return None

    def keep(log: SiteLog) -> None:
        log.set_fact("digest", digest)
        log.set_fact("hub_digest", theirs)
        log.set_fact("digest_seq", str(seq))

    yield Write(keep)
    return bool(digest == theirs)
