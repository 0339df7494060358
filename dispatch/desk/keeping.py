"""How the site's own store is kept: room on the disk, the last backup, damage, signatures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from dispatch.desk.views_tray import Exceptional
from dispatch.domain.calendar import DAY
from dispatch.store.disk import MIB, Room
from dispatch.store.last_backup import last_backup
from dispatch.store.mending import SetAside, set_asides
from dispatch.store.reader import Reader
from dispatch.store.rewinding import last_told
from dispatch.store.schema import EVENT
from dispatch.store.signatures import wrong_signatures
from dispatch.store.site import SiteStore

BACKUP_OLD_MS = 2 * DAY
REWOUND_SHOWN_MS = 3 * DAY
"""A hub that was put back is told of for so long."""


@dataclass(frozen=True, slots=True)
class Kept:
    """`room` and `free_mb` of the disk, since when it is low; when the last backup was made."""

    room: Room
    free_mb: int
    low_since: int | None
    backup_at: int | None
    asides: tuple[SetAside, ...]


class Keeping:
    """Remembers since when the disk is low. Safe from any thread."""

    def __init__(self, site: SiteStore) -> None:
        self._site = site
        self._low_since: int | None = None

    def look(self, now: int) -> Kept:
        """Return how it stands now."""
        room, free = self._site.disk.room(), self._site.disk.free()
        self._low_since = None if room == "ok" else self._low_since or now
        folder = self._site.folder
        return Kept(room, free // MIB, self._low_since, last_backup(folder), set_asides(folder))


def lines(reader: Reader, kept: Kept, now: int) -> tuple[Exceptional, ...]:
    """Return the store's own lines of the exceptions tray."""
    return tuple(_lines(reader, kept, now))


def _lines(reader: Reader, kept: Kept, now: int) -> Iterator[Exceptional]:
    if kept.low_since is not None:
        yield Exceptional("disk", f"{kept.room} {kept.free_mb}", kept.low_since, "admin", "")
    since = kept.backup_at if kept.backup_at is not None else _first(reader)
    if since is not None and now - since > BACKUP_OLD_MS:
        never = "never" if kept.backup_at is None else ""
        yield Exceptional("backup", never, since, "admin", "")
    for aside in kept.asides:
        saved = "" if aside.events is None else str(aside.events)
        yield Exceptional("damage", saved, aside.at, "admin", "")
    shut_out = reader.fact("shut_out")
    if shut_out:
        contact = reader.fact("last_contact")
        yield Exceptional("shut_out", shut_out, int(contact) if contact else now, "admin", "")
    back = last_told(reader.connection)
    if back is not None and now - back.at < REWOUND_SHOWN_MS:
        again = back.own + back.others
        yield Exceptional("rewound", f"{back.back_to} {again}", back.at, "admin", "")
    for wrong in wrong_signatures(reader.connection):
        yield Exceptional("signature", wrong.where, wrong.since, "admin", "")


def _first(reader: Reader) -> int | None:
    """Return when the first event that is kept here came to the hub: a store without a backup."""
    found = select(EVENT.c.received_at).order_by(EVENT.c.pos).limit(1)
    return reader.connection.execute(found).scalar()
