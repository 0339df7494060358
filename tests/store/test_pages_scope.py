"""Pages for a part of the town: gaps, backfill, who leaves, keys that come later."""

from __future__ import annotations

import msgspec
import pytest

from dispatch.domain.codes import Kind, State
from dispatch.domain.errors import Damage
from dispatch.domain.event import Subject
from dispatch.store import page as pages
from dispatch.store.site import SiteStore
from dispatch.store.verify import verify
from dispatch.wire.protocol import Secret
from tests.builders import (
    NOON,
    PNG,
    TOWN,
    Numbering,
    a_note,
    given_dispatched,
    given_reported,
    when,
)
from tests.store.paging import digests, pull


def test_a_village_keeps_the_town_chain_over_what_it_may_not_see(
    store: SiteStore, other: SiteStore
) -> None:
    seen, hidden = given_dispatched(store), given_dispatched(store)
    hub = Numbering()
    hub.take_from(store)

    pull(other, hub, hide=[hidden])

    assert other.read(lambda reader: reader.row(hidden)).result() is None
    assert other.read(lambda reader: reader.row(seen)).result() is not None
    proven = verify(other.folder)
    assert (3, 3) == (proven.numbered, proven.gaps)


def test_a_backfilled_subject_is_shown_when_its_last_piece_is_in(
    store: SiteStore, other: SiteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = given_dispatched(store)
    hub = Numbering()
    hub.take_from(store)
    pull(other, hub, hide=[id_])
    when(store, a_note(id_, "请村里协助"), now=NOON + 9).result()
    hub.take_from(store)
    monkeypatch.setattr(pages, "CHUNK", 2)
    shown: list[bool] = []

    def between() -> None:
        shown.append(other.read(lambda reader: reader.row(id_)).result() is not None)

    other.apply_page(TOWN, hub.page(3, backfill=[id_]), between)

    assert [False, True, True] == shown
    pull(store, hub)
    assert 1 == len(digests(store, other))
    proven = verify(other.folder)
    assert (4, 0) == (proven.numbered, proven.gaps)


def test_a_backfill_that_contradicts_the_chain_is_refused(
    store: SiteStore, other: SiteStore
) -> None:
    id_ = given_dispatched(store)
    hub = Numbering()
    hub.take_from(store)
    pull(other, hub, hide=[id_])
    page = hub.page(3, backfill=[id_])
    early = page.backfill[0]
    forged = msgspec.structs.replace(early.frames[0], received_at=NOON - 1)
    changed = msgspec.structs.replace(early, frames=(forged, *early.frames[1:]))

    with pytest.raises(Damage, match="补来"):
        other.apply_page(TOWN, msgspec.structs.replace(page, backfill=(changed,)))

    assert other.read(lambda reader: reader.row(id_)).result() is None
    verify(other.folder)


def test_a_backfill_may_run_ahead_of_the_cursor(store: SiteStore, other: SiteStore) -> None:
    """The page's own gaps of the subject then get their events."""
    id_ = given_dispatched(store)
    hub = Numbering()
    hub.take_from(store)
    whole = hub.page(0)
    page = msgspec.structs.replace(
        hub.page(0, hide=[id_]),
        backfill=hub.page(3, backfill=[id_]).backfill,
        keys=whole.keys,
    )

    other.apply_page(TOWN, page)

    row = other.read(lambda reader: reader.row(id_)).result()
    assert row is not None
    assert State.SENT is row.state
    assert 3 == verify(other.folder).numbered


def test_a_subject_that_leaves_takes_rows_key_text_and_photos_along(
    store: SiteStore, other: SiteStore
) -> None:
    sha256 = store.photos.add(PNG)
    id_ = given_reported(store, photos=(sha256,))
    hub = Numbering()
    hub.take_from(store)
    pull(other, hub)
    assert ((sha256, id_),) == other.read(lambda reader: reader.blobs("wanted")).result()
    other.photos.add(PNG)
    other.write(lambda log: log.blob_is(sha256, "kept")).result()
    when(other, a_note(id_, "村里的批注")).result()
    hub.take_from(other)
    when(store, a_note(id_, "离开之后")).result()
    hub.take_from(store)

    pull(other, hub, left=[id_])

    subject = Subject(Kind.INCIDENT, id_)
    assert other.read(lambda reader: reader.row(id_)).result() is None
    assert () == other.read(lambda reader: reader.events(subject)).result()
    assert () == other.read(lambda reader: reader.search("消防")).result().ids
    assert () == other.read(lambda reader: reader.keys([id_])).result()
    assert not other.photos.has(sha256)
    proven = verify(other.folder)
    assert (1, 2) == (proven.numbered, proven.gaps), "own bytes stay"
    assert other.write(lambda log: log.incident(id_)).result() is None

    other.apply_page(TOWN, hub.page(3, backfill=[id_]))
    assert other.read(lambda reader: reader.row(id_)).result() is not None
    pull(store, hub)
    assert 1 == len(digests(store, other))
    assert 3 == verify(other.folder).numbered


def test_an_own_event_that_comes_back_as_a_gap_is_confirmed_and_out_of_sight(
    store: SiteStore,
) -> None:
    """The hub's figure for this scope has nothing of it; ours would differ from it for ever."""
    nothing = digests(store)
    id_ = given_dispatched(store)
    hub = Numbering()
    hub.take_from(store)

    pull(store, hub, hide=[id_])

    assert store.read(lambda reader: reader.incident(id_)).result() is None
    assert () == store.read(lambda reader: reader.keys([id_])).result()
    assert nothing == digests(store)
    assert 0 == store.read(lambda reader: reader.unsent()).result().count
    assert 3 == verify(store.folder).numbered, "own bytes stay"

    store.apply_page(TOWN, hub.page(3, backfill=[id_]))
    found = store.read(lambda reader: reader.incident(id_)).result()
    assert found is not None
    assert [1, 2, 3] == [fact.seq for fact in found.facts]


def test_a_key_that_comes_later_opens_what_is_here(store: SiteStore, other: SiteStore) -> None:
    id_ = given_reported(store, text="后到的密钥")
    hub = Numbering()
    hub.take_from(store)
    other.apply_page(TOWN, msgspec.structs.replace(hub.page(0), keys=()))
    assert () == other.read(lambda reader: reader.search("密钥")).result().ids

    wrong = Secret(id_, b"x" * 32)
    other.write(lambda log: log.set_keys([wrong, hub.keys[id_]])).result()

    assert (id_,) == other.read(lambda reader: reader.search("密钥")).result().ids
    assert 2 == len(other.read(lambda reader: reader.keys([id_])).result())
    verify(other.folder)
