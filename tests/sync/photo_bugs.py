"""Bugs put in on purpose, for photos: of the table in `seeded_bugs`."""

# ruff: noqa: SLF001 - a bug is put where it would be, inside

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest.mock import patch

from dispatch.store.parts import Parts
from dispatch.store.site import SiteStore
from dispatch.sync import photos
from dispatch.sync.ops import Write


@contextmanager
def photo_kept_without_proof() -> Iterator[None]:
    """What came is kept under the name it should have, whatever its bytes."""

    def proved(_self: Any, _sha256: str) -> bool:
        return True

    def keep_part(store: SiteStore, sha256: str) -> bool:
        place = store.photos.path(sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(store.coming.path(sha256).read_bytes())
        store.coming.drop(sha256)
        return True

    with (
        patch.object(Parts, "proved", proved),
        patch.object(SiteStore, "keep_part", keep_part),
    ):
        yield


def photo_marked_before_it_is_sent() -> AbstractContextManager[Any]:
    """A photo is taken for sent when its sending begins."""
    real = photos._send

    def send(sha256: str) -> Any:  # Any: as the lane's own
        yield Write(photos._keeper(sha256))
        return (yield from real(sha256))

    return patch.object(photos, "_send", send)
