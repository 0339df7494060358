"""The lane of photos: one that cannot go or come does not hold up the others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dispatch.domain.errors import Offline, StoreError
from dispatch.store.changes import Changes
from dispatch.store.site import SiteStore
from dispatch.sync.exchange import Exchange
from dispatch.sync.hands import Hands
from dispatch.sync.ops import Answer, Ask, Trouble
from dispatch.sync.photos import PIECE, move_photos
from dispatch.wire import protocol as wire
from tests.builders import NOON, PNG, TOWN, Numbering, a_note, given_reported, given_site, when
from tests.sync.scripted import HUB, Script, accepting, nothing, session


class PhotoHub(Script):
    """Takes every photo, gives those it has."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: set[str] = set()
        self.has: dict[str, bytes] = {}
        self.ranges = False
        self.smalls: dict[str, bytes] = {}
        self.went: list[tuple[str, str]] = []
        self.most: int | None = None
        self.begun: list[int] = []
        self.halves: dict[str, bytes] = {}
        self.lengths: dict[str, int] = {}
        self.says("/v1/session", session())
        self.says("/v1/events", accepting)
        self.says("/v1/pull", nothing())
        self.says("/v1/positions", wire.Fixes(()))

    def ask(self, ask: Ask) -> Answer:
        """Answer for photos, else by the script."""
        name = ask.path.removeprefix("/v1/blobs/")
        if name == ask.path:
            return super().ask(ask)
        self.went.append((ask.method, name[64:] or "photo"))
        if name.endswith("/thumbnail"):
            return self.small(ask, name[:64])
        if ask.method == "PUT":
            self.taken.add(name)
            return Answer(204, b"", {}, NOON, 1)
        if ask.method != "GET":
            return self.in_pieces(ask, name)
        found = self.has.get(name)
        if found is None or not self.ranges:
            return Answer(404 if found is None else 200, found or b"", {}, NOON, 1)
        return self.range(ask, found)

    def small(self, ask: Ask, name: str) -> Answer:
        """Keep or give what goes ahead of a photo."""
        if ask.method == "PUT":
            self.smalls[name] = ask.body
            return Answer(204, b"", {}, NOON, 1)
        found = self.smalls.get(name)
        return Answer(404 if found is None else 200, found or b"", {}, NOON, 1)

    def range(self, ask: Ask, found: bytes) -> Answer:
        """Answer what is asked for of a photo, cut after `most` bytes."""
        first, last = (int(each) for each in dict(ask.headers)["Range"][6:].split("-"))
        self.begun.append(first)
        if first >= len(found):
            return Answer(416, b"", {}, NOON, 1)
        piece = found[first : last + 1]
        told = {"content-range": f"bytes {first}-{first + len(piece) - 1}/{len(found)}"}
        return Answer(206, piece[: self.most], told, NOON, 1)

    def in_pieces(self, ask: Ask, name: str) -> Answer:
        """Take a photo in pieces; of a piece at most `most` bytes, and then the line is cut."""
        headers = dict(ask.headers)
        if ask.method == "POST":
            self.lengths[name] = int(headers["Upload-Length"])
            self.halves[name] = b""
        if name not in self.halves:
            return Answer(404, b"", {}, NOON, 1)
        if ask.method == "PATCH":
            at = int(headers["Upload-Offset"])
            assert len(self.halves[name]) == at
            self.begun.append(at)
            self.halves[name] += ask.body[: self.most]
            if self.most is not None and self.most < len(ask.body):
                raise Offline("cut")
        size = len(self.halves[name])
        if size == self.lengths[name]:
            self.taken.add(name)
        return Answer(204, b"", {"upload-offset": str(size)}, NOON, 1)


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


def test_a_large_one_goes_on_where_the_line_was_cut(store: SiteStore) -> None:
    content = PNG + bytes(range(256)) * 4000
    name = store.photos.add(content)
    given_reported(store, photos=(name,))
    hub = PhotoHub()
    for hub.most in (100_000, 0, 200_000):
        with pytest.raises(Offline):
            Hands(store, hub).run(move_photos())
    assert [(name, hub.begun)] == [(name, [0, 100_000, 100_000])]

    hub.most = None
    Hands(store, hub).run(move_photos())

    assert content == hub.halves[name]
    assert [300_000, 300_000 + PIECE] == hub.begun[3:5]
    assert () == store.read(lambda reader: reader.blobs("queued")).result()


def test_one_that_comes_cut_goes_on_where_it_stood_though_the_program_ended(
    store: SiteStore, tmp_path: Path
) -> None:
    content = PNG + bytes(range(256)) * 4000
    name = hashlib.sha256(content).hexdigest()
    _pulled(store, tmp_path, {name: content})
    hub = PhotoHub()
    hub.has, hub.ranges, hub.most = {name: content}, True, 100_000
    steps = move_photos()
    op = next(steps)
    hands = Hands(store, hub)
    while hub.begun != [0, 100_000, 200_000]:
        op = steps.send(hands.do(op))  # and then it is gone, in the midst of its work
    steps.close()
    assert 200_000 == store.coming.size(name)

    hub.most = None
    Hands(store, hub).run(move_photos())

    assert [200_000, 200_000 + PIECE] == hub.begun[3:5]
    assert content == store.photos.read(name)
    assert 0 == store.coming.size(name)


def test_wrong_bytes_in_pieces_are_not_kept_and_the_right_ones_come_next(
    store: SiteStore, tmp_path: Path
) -> None:
    content = PNG + bytes(range(256)) * 2000
    name = hashlib.sha256(content).hexdigest()
    _pulled(store, tmp_path, {name: content})
    hub = PhotoHub()
    hub.has, hub.ranges = {name: content[:-1] + b"?"}, True
    with pytest.raises(Trouble, match="wrong_photo"):
        Hands(store, hub).run(move_photos())
    assert (0, False) == (store.coming.size(name), store.photos.has(name))

    hub.has = {name: content}
    Hands(store, hub).run(move_photos())

    assert content == store.photos.read(name)


def test_what_is_small_goes_ahead_of_every_whole_photo_and_once(store: SiteStore) -> None:
    names = [store.photos.add(each) for each in _pictures(3)]
    given_reported(store, photos=tuple(names))
    store.photos.shrink = lambda content: PNG + b"small" + content[-1:]
    hub, ahead = PhotoHub(), set[str]()

    Hands(store, hub).run(move_photos(ahead))
    given_reported(store, photos=(store.photos.add(PNG + b"later"),))
    Hands(store, hub).run(move_photos(ahead))

    small, whole = ("PUT", "/thumbnail"), ("PUT", "photo")
    assert [small] * 3 + [whole] * 3 + [small, whole] == hub.went
    assert {PNG + b"small" + bytes([each]) for each in range(3)} <= set(hub.smalls.values())


def test_what_came_ahead_is_shown_until_the_photo_is_here(store: SiteStore, tmp_path: Path) -> None:
    picture = PNG + b"whole"
    name = hashlib.sha256(picture).hexdigest()
    _pulled(store, tmp_path, {name: picture})
    told: list[Changes] = []
    store.subscribe(told.append)
    hub = PhotoHub()
    hub.smalls[name] = PNG + b"small"
    Hands(store, hub).run(move_photos())
    assert [1] == [len(each.incidents) for each in told], "an open pane shows it"
    path = store.photos.small_path(name)
    assert path is not None
    assert PNG + b"small" == path.read_bytes()
    assert not store.photos.has(name)

    hub.has[name] = picture
    Hands(store, hub).run(move_photos())

    assert picture == store.photos.read(name)
    assert store.photos.small_path(name) is None
    assert [1, 1] == [len(each.incidents) for each in told]


def test_something_else_under_its_name_is_told_and_the_photo_comes(
    store: SiteStore, tmp_path: Path
) -> None:
    picture = PNG + b"whole"
    name = hashlib.sha256(picture).hexdigest()
    _pulled(store, tmp_path, {name: picture})
    hub = PhotoHub()
    hub.smalls[name], hub.has[name] = b"GIF89a", picture

    with pytest.raises(Trouble, match="wrong_thumbnail"):
        Hands(store, hub).run(move_photos())

    assert picture == store.photos.read(name)


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
