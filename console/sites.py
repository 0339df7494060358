"""A site's folder put to use: enrolled, opened, exchanged with the hub, told how it stands."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console import settings
from console.clock import clock
from console.settings import Settings
from console.values import iso
from dispatch.desk.seat import last_contact
from dispatch.domain.errors import BadInput, Damage, HubError, Offline, StoreError
from dispatch.domain.shift import shift_of
from dispatch.store.engine import in_words, open_engine, shape_of
from dispatch.store.identity import SiteIdentity
from dispatch.store.mending import open_mended
from dispatch.store.paths import ways
from dispatch.store.reader import Reader
from dispatch.store.schema import SHAPE
from dispatch.store.signatures import check
from dispatch.store.site import DATABASE, SiteStore

if TYPE_CHECKING:
    from dispatch.store.upkeep import Upkeep
    from dispatch.sync.link import HubLink

CHECKED_AT_ONCE = 10
"""Batches of signatures after an exchange by hand: a third of a second at most."""


def init(folder: Path, hub: str, code: str, ca: Path | None = None) -> SiteIdentity:
    """Enrol at the hub with a one-time code, and make the site's folder and store."""
    if ca is not None and not ca.is_file():
        raise BadInput("--ca", f"没有文件 {ca}")
    with _room(folder):
        return _enrolled(folder, hub, code, ca)


@contextmanager
def _room(folder: Path) -> Iterator[None]:
    """Make the folder and try to write in it, before the one-time code is used up.

    What was made goes again when nothing comes of it.
    """
    made: list[Path] = []
    try:
        if (folder / settings.FILE).exists():
            raise BadInput(str(folder), "已是登记过的站点")
        if folder.exists() and not folder.is_dir():
            raise BadInput("DIR", f"{folder} 不是目录")
        made += (each for each in (folder, *folder.parents) if not each.exists())
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        _gone(made)
        raise BadInput("DIR", f"{folder} 不能用作站点目录：{error.strerror}") from None
    try:
        yield
    finally:
        # A folder with the site in it is not empty and stays.
        _gone(made)


def _gone(made: Iterable[Path]) -> None:
    """Remove those of the folders, innermost first, that are empty."""
    for each in made:
        with suppress(OSError):
            each.rmdir()


def _enrolled(folder: Path, hub: str, code: str, ca: Path | None) -> SiteIdentity:
    from dispatch.sync.enrol import enrol

    done = enrol(hub, code, folder.name, ca)
    certificate = done.certificate
    identity = SiteIdentity(
        certificate.site,
        certificate.town,
        certificate.scope,
        certificate.letter,
        done.inc,
        done.signer,
    )
    made = Settings(
        folder,
        identity,
        certificate.level,
        done.link.url,
        done.link.hub_key,
        done.link.token,
        str(ca or ""),
    )
    settings.write(made)
    SiteStore.open(folder, identity).close()
    return identity


@contextmanager
def open_site(folder: Path, *, mend: bool = False) -> Iterator[SiteStore]:
    """Open an enrolled site's store and close it afterwards; `mend`: put it right if damaged."""
    identity = settings.read(folder).identity
    store = open_mended(folder, identity) if mend else SiteStore.open(folder, identity)
    try:
        yield store
    finally:
        store.close()


def upkeep_of(store: SiteStore) -> Upkeep:
    """Return the store's housekeeping, whose rounds the caller makes."""
    from dispatch.store.upkeep import Upkeep

    now = clock()
    return Upkeep(store, now, lambda: shift_of(store.identity.scope, now()))


def link_of(known: Settings) -> HubLink:
    """Return how the site reaches its hub, on the clock of this process."""
    from dispatch.sync.link import HubLink

    ca = Path(known.ca) if known.ca else None
    return HubLink(known.hub, known.token, known.hub_key, ca, clock())


def relay_of(known: Settings) -> HubLink | None:
    """Return how the site reaches its room's relay, None where it has none."""
    from dispatch.sync.link import HubLink

    if not known.relay:
        return None
    ca = Path(known.relay_ca) if known.relay_ca else None
    return HubLink(known.relay, "", known.hub_key, ca, clock())


def set_relay(folder: Path, url: str, ca: Path | None) -> None:
    """Keep the address of the room's relay in the site's settings; an empty one takes it out."""
    from dispatch.sync.link import checked_url

    known = settings.read(folder)
    if url:
        try:
            url = checked_url(url)
        except BadInput as bad:
            raise BadInput("--url", bad.what) from None
        if not url.startswith("https://"):
            raise BadInput("--url", "中继只用 https")
    if ca is not None and not ca.is_file():
        raise BadInput("--ca", f"没有文件 {ca}")
    settings.write(replace(known, relay=url, relay_ca=str(ca.resolve() if ca else "")))


def by_relay(store: SiteStore) -> str:
    """Exchange with the room's relay once, where there is one; return a line that says so."""
    from dispatch.sync.once import relay_once

    known = settings.read(store.folder)
    relay = relay_of(known)
    if relay is None:
        return ""
    try:
        done = relay_once(store, link_of(known), relay)
    except (Offline, HubError) as error:
        return f"中继也连不上：{error}"
    return f"经本地中继：交出 {done.pushed}，收到 {done.taken.new}，均待市平台编号"


def exchange(store: SiteStore) -> str:
    """Exchange everything once; return a line that says what moved."""
    from console.thumbnail import small
    from dispatch.sync.once import sync_once

    store.photos.shrink = small
    done = sync_once(store, link_of(settings.read(store.folder)))
    check(store, clock()(), CHECKED_AT_ONCE)
    if done.differs:
        raise Damage("digest", "与市平台的摘要不同，本机记录未删，请运行 verify")
    return f"已发 {done.pushed}，已收 {done.pulled}，隔离 {done.quarantined}，拒收 {done.refused}"


def status(store: SiteStore, now: int) -> dict[str, Any]:  # Any: JSON values
    """Return how the exchange stands, keys as in docs/cli.md."""
    town = store.identity.town

    def job(reader: Reader) -> dict[str, Any]:  # Any: JSON values
        unsent = reader.unsent()
        made = sum(mark.sseq for mark in reader.writers())
        oldest = unsent.oldest_at
        by = ways(reader, now)
        return {
            "site": store.identity.site,
            "town": town,
            "scope": store.identity.scope,
            "unsent": unsent.count,
            "oldest_unsent_s": None if oldest is None else max(0, (now - oldest) // 1000),
            "last_contact": iso(last_contact(reader)),
            "made_here": made,
            "on_hub": made - unsent.count,
            "quarantined": len(reader.quarantine()),
            "town_seq": reader.cursor(town).seq,
            "digest": reader.digest(town),
            "hub_digest": reader.fact("hub_digest"),
            "contested": sum(1 for row in reader.open_rows() if row.contested),
            "way": by.now,
            "relay_contact": iso(by.relay_at),
            "bundle_out": iso(by.bundle_out_at),
            "bundle_in": iso(by.bundle_in_at),
            "carried": by.carried,
        }

    return store.read(job).result()


def verify(folder: Path) -> dict[str, Any]:  # Any: JSON values
    """Walk the site's log; the first damage is a Damage that names the place."""
    from dispatch.store.verify import verify as walk

    known = settings.read(folder)
    file = folder / DATABASE
    if file.is_file():
        engine = open_engine(file, query_only=True)
        with in_words(file):
            shape = shape_of(engine)
        engine.dispose()
        if shape != SHAPE:
            raise StoreError(f"{file.name}: 数据库版本 {shape} 不是本程序的 {SHAPE}，未核对")
    return {"verified": str(folder), **asdict(walk(folder, known.hub_key))}
