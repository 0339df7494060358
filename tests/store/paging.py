"""Pages of a hub that numbers, applied to stores."""

from __future__ import annotations

from dispatch.store.site import SiteStore
from tests.builders import (
    TOWN,
    Numbering,
)


def pull(store: SiteStore, hub: Numbering, upto: int | None = None, **how: list[str]) -> int:
    cursor = store.read(lambda reader: reader.cursor(TOWN)).result()
    return store.apply_page(TOWN, hub.page(cursor, upto, **how))


def digests(*stores: SiteStore) -> set[str]:
    return {store.read(lambda reader: reader.digest(TOWN)).result() for store in stores}
