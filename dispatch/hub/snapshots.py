"""Snapshots for new sites: all of a scope up to a number, in one file that is built once an hour.

A file bears its SHA-256 as its name and is never changed, so a download that was cut goes on with
the bytes it began with, whichever process answers and whatever was numbered since.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from dispatch.domain.errors import Refused
from dispatch.hub.folding import Folding, levels
from dispatch.hub.life import timeline
from dispatch.hub.places import Office, Site
from dispatch.hub.pool import Busy
from dispatch.hub.pulling import Pulling, chain_at
from dispatch.store.file_lock import lock
from dispatch.store.in_place import put_in_place
from dispatch.wire.protocol import Message
from dispatch.wire.snapshot import FORMAT, SnapshotHead, record

FRESH_MS: Final = 3_600_000
"""One that is no older serves as it is: what is missing comes page by page."""
KEPT_MS: Final = 24 * 3_600_000
AGAIN_S: Final = 3
"""After so many seconds a site asks again for what another one's question is having built."""
_LOCK: Final = "building"
_DRAFT: Final = "draft"
_NAME: Final = 64


class Snapshots:
    """The snapshots of all scopes. Safe from several threads and processes."""

    def __init__(self, office: Office, pulling: Pulling, folding: Folding) -> None:
        self._office = office
        self._folder = office.photos.with_name("snapshots")
        self._pulling = pulling
        self._folding = folding

    def known(self, site: Site, sha256: str) -> Path | None:
        """Return a snapshot of the site's scope that was built before, or None."""
        return next((each for each in self._kept(site) if each.name == sha256), None)

    def latest(self, site: Site) -> Path:
        """Return the latest snapshot of the site's scope; one that is too old is built anew.

        Busy while another thread or process is building it.
        """
        fresh = self._fresh(site)
        if fresh is not None:
            return fresh
        folder = self._of(site)
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / _LOCK).open("ab") as door:
            if not lock(door.fileno(), wait=False):
                raise Busy(AGAIN_S)
            return self._fresh(site) or self._build(site, folder)

    def purge(self) -> None:
        """Take away what nobody can be downloading any more."""
        oldest = self._office.clock() - KEPT_MS
        for each in self._folder.glob("*/*"):
            if len(each.name) == _NAME and _made_ms(each) < oldest:
                each.unlink(missing_ok=True)

    def _fresh(self, site: Site) -> Path | None:
        latest = max(self._kept(site), key=_made_ms, default=None)
        if latest is None or _made_ms(latest) < self._office.clock() - FRESH_MS:
            return None
        return latest

    def _kept(self, site: Site) -> list[Path]:
        return [each for each in self._of(site).glob("*") if len(each.name) == _NAME]

    def _of(self, site: Site) -> Path:
        """A scope's code may hold what no name of a folder can."""
        return self._folder / hashlib.sha256(f"{site.town} {site.scope}".encode()).hexdigest()[:32]

    def _build(self, site: Site, folder: Path) -> Path:
        self._folding.catch_up(site.town)
        head = self._office.database.read(lambda connection: self._head(connection, site))
        if head.seq == 0:
            raise Refused("unknown_snapshot", scope=site.scope)
        draft = folder / _DRAFT  # ours alone: we have the lock
        name = hashlib.sha256()
        with draft.open("wb") as file:
            for message in self._messages(site, head):
                piece = record(message)
                name.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        os.utime(draft, ns=(head.at * 1_000_000, head.at * 1_000_000))
        kept = folder / name.hexdigest()
        put_in_place(draft, kept)
        return kept

    def _messages(self, site: Site, head: SnapshotHead) -> Iterator[Message]:
        """The head and the pages: what is numbered never changes, so each is a read of its own."""
        yield head
        keyed: set[str] = set()
        seq = 0
        while seq < head.seq:
            between = (seq, head.seq)
            job = partial(self._pulling.stretch, site=site, between=between, keyed=keyed)
            page = self._office.database.read(job)
            keyed |= {each.subject for each in page.keys}
            seq = page.next
            yield page

    def _head(self, connection: Connection, site: Site) -> SnapshotHead:
        _, seq = levels(connection, site.town)
        return SnapshotHead(
            format=FORMAT,
            town=site.town,
            scope=site.scope,
            seq=seq,
            chain=chain_at(connection, site.town, seq),
            timeline=timeline(connection),
            at=self._office.clock(),
        )


def _made_ms(path: Path) -> int:
    return path.stat().st_mtime_ns // 1_000_000 if path.exists() else 0
