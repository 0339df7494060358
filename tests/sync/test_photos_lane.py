"""The lane of photos: one that cannot go or come does not hold up the others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dispatch.domain.errors import StoreError
from dispatch.store.site import SiteStore
from dispatch.sync.exchange import Exchange
from dispatch.sync.hands import Hands
from dispatch.sync.ops import Answer, Ask, Trouble
from dispatch.sync.photos import move_photos
from dispatch.wire import protocol as wire
from tests.builders import NOON, PNG, TOWN, Numbering, a_note, given_reported, given_site, when
from tests.sync.scripted import HUB, Script, accepting, nothing, session


class PhotoHub(Script):
    """Takes every photo, gives those it has."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: set[str] = set()
        self.has: dict[str, bytes] = {}
        self.says("/v1/session", session())
        self.says("/v1/events", accepting)
        self.says("/v1/pull", nothing())
        self.says("/v1/positions", wire.Fixes(()))

    def ask(self, ask: Ask) -> Answer:
        """Answer for photos, else by the script."""
        name = ask.path.removeprefix("/v1/blobs/")
        if name == ask.path:
            return super().ask(ask)
        if ask.method == "PUT":
            self.taken.add(name)
            return Answer(204, b"", {}, NOON, 1)
        found = self.has.get(name)
        return Answer(404 if found is None else 200, found or b"", {}, NOON, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SiteStore]:
    """A site with the small town's tables."""
    with closing(given_site(tmp_path / "a")) as made:
        yield made


def _exchange(store: SiteStore, hub: PhotoHub) -> None:
    Hands(store, hub).run(Exchange(TOWN, HUB.public, "0.1.0", lambda: 0.5).once())


def test_one_that_is_damaged_here_does_not_hold_up_the_others(store: SiteStore) -> None:
    names = sorted(store.photos.add(PNG + bytes([each])) for each in range(3))
    given_reported(store, photos=tuple(names))
    store.photos.path(names[0]).write_bytes(b"rotten")
    hub = PhotoHub()

    with pytest.raises(StoreError, match=names[0][:12]):
        _exchange(store, hub)

    assert set(names[1:]) == hub.taken
    assert (names[0],) == tuple(n for n, _ in store.read(lambda r: r.blobs("queued")).result())


def test_many_that_the_hub_has_not_do_not_hide_the_one_it_has(
    store: SiteStore, tmp_path: Path
) -> None:
    pictures = {hashlib.sha256(each).hexdigest(): each for each in _pictures(70)}
    last = max(pictures)
    _pulled(store, tmp_path, pictures)
    hub = PhotoHub()
    hub.has[last] = pictures[last]

    # Its own chain stands behind the script's empty hub: only the photos are looked at.
    Hands(store, hub).run(move_photos())

    assert store.photos.has(last)
    assert 69 == len(store.read(lambda reader: reader.blobs("wanted", 100)).result())


def test_one_that_is_damaged_there_is_told_after_the_others_came(
    store: SiteStore, tmp_path: Path
) -> None:
    pictures = {hashlib.sha256(each).hexdigest(): each for each in _pictures(3)}
    first, *others = sorted(pictures)
    _pulled(store, tmp_path, pictures)
    hub = PhotoHub()
    hub.has = pictures | {first: b"rotten"}

    with pytest.raises(Trouble, match="wrong_photo"):
        Hands(store, hub).run(move_photos())

    assert [False, True, True] == [store.photos.has(each) for each in (first, *others)]


def _pictures(count: int) -> list[bytes]:
    return [PNG + each.to_bytes(2) for each in range(count)]


def _pulled(store: SiteStore, tmp_path: Path, pictures: dict[str, bytes]) -> None:
    """Another seat has noted every picture, and its events have come."""
    with closing(given_site(tmp_path / "b", "B")) as other:
        id_ = given_reported(other)
        for each in pictures.values():
            when(other, a_note(id_, "照片", other.photos.add(each))).result()
        hub = Numbering()
        hub.take_from(other)
    store.apply_page(TOWN, hub.page(0))
