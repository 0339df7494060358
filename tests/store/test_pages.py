"""Pages from the hub: order, chain, own events, answers, what is unreadable."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from dispatch.domain.codes import Kind, State
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput, Damage, StoreError
from dispatch.domain.event import Subject
from dispatch.store import page as pages
from dispatch.store.page import cut
from dispatch.store.site import SiteStore
from dispatch.store.verify import verify
from dispatch.wire.chain import START
from dispatch.wire.protocol import CursorMark, Frame, Gap, TownPage, Verdict
from tests.builders import (
    NOON,
    TOWN,
    Numbering,
    a_note,
    a_shift_event,
    given_dispatched,
    given_reported,
    given_site,
    when,
)
from tests.store.paging import digests, pull


def test_another_seat_sees_the_same(store: SiteStore, other: SiteStore) -> None:
    id_ = given_dispatched(store)
    store.write(a_shift_event).result()
    hub = Numbering()
    hub.take_from(store)

    assert [4, 4] == [pull(store, hub), pull(other, hub)]

    rows = [each.read(lambda reader: reader.row(id_)).result() for each in (store, other)]
    assert rows[0] == rows[1]
    assert rows[0] is not None
    assert ("1062026000001", 0, "演示路12号") == (rows[0].number, rows[0].unsent, rows[0].place)
    assert 1 == len(digests(store, other))
    assert (id_,) == other.read(lambda reader: reader.named("0001")).result()
    assert (id_,) == other.read(lambda reader: reader.named("1062026000001")).result()
    assert 4 == verify(other.folder).numbered


def test_a_page_that_comes_twice_is_nothing(store: SiteStore) -> None:
    given_dispatched(store)
    hub = Numbering()
    hub.take_from(store)
    pull(store, hub)
    before = digests(store)

    assert 3 == store.apply_page(TOWN, hub.page(0))
    assert 3 == store.apply_page(TOWN, hub.page(3))
    assert before == digests(store)
    verify(store.folder)


def test_a_chunk_that_was_applied_is_nothing_and_any_other_is_refused(store: SiteStore) -> None:
    given_dispatched(store)
    hub = Numbering()
    hub.take_from(store)
    start = CursorMark(0, START)
    (chunk,) = cut(TOWN, start, hub.page(0, 2))

    store.write(lambda log: log.apply(chunk)).result()
    store.write(lambda log: log.apply(chunk)).result()
    (wrong,) = cut(TOWN, start, hub.page(0, 1))
    with pytest.raises(StoreError, match="游标"):
        store.write(lambda log: log.apply(wrong)).result()


def test_a_long_page_is_cut_and_others_come_between(
    store: SiteStore, other: SiteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "CHUNK", 4)
    for _ in range(5):
        given_dispatched(store)
    hub = Numbering()
    hub.take_from(store)
    calls: list[CursorMark] = []

    def between() -> None:
        calls.append(other.read(lambda reader: reader.cursor(TOWN)).result())

    other.apply_page(TOWN, hub.page(0), between)

    assert [4, 8, 12, 15] == [each.seq for each in calls]
    assert [hub.chains[each.seq] for each in calls] == [each.chain for each in calls]


@pytest.mark.parametrize("spoil", ["hole", "next", "chain", "gap", "unnumbered", "twice"])
def test_a_damaged_page_changes_nothing(store: SiteStore, other: SiteStore, spoil: str) -> None:
    given_dispatched(store)
    hub = Numbering()
    hub.take_from(store)
    page = hub.page(0)
    first, second, third = page.entries
    assert isinstance(first, Frame)
    changed = {
        "hole": msgspec.structs.replace(page, entries=(first, third)),
        "next": msgspec.structs.replace(page, next=9),
        "chain": msgspec.structs.replace(page, chain="0" * 64),
        "gap": msgspec.structs.replace(page, entries=(Gap(1, "ab:2:3"), second, third)),
        "unnumbered": msgspec.structs.replace(
            page, entries=(msgspec.structs.replace(first, received_at=None), second, third)
        ),
        "twice": _same_event_twice(first),
    }[spoil]

    with pytest.raises((Damage, BadInput)):
        other.apply_page(TOWN, changed)

    assert 0 == other.read(lambda reader: reader.cursor(TOWN)).result().seq
    assert 0 == verify(other.folder).events
    assert 3 == pull(other, hub)


def _same_event_twice(first: Frame) -> TownPage:
    again = Numbering()
    again.take(first)
    again.take(first)
    return again.page(0)


def test_own_pending_events_stay_on_top_until_they_are_numbered(
    store: SiteStore, other: SiteStore
) -> None:
    id_ = given_reported(store)
    hub = Numbering()
    hub.take_from(store)
    pull(store, hub)
    pull(other, hub)
    when(store, Command(verb=Verb.FILE, incident=id_)).result()
    when(other, a_note(id_, "另一席的批注"), now=NOON + 5).result()
    before = digests(store)

    hub.take_from(other)
    pull(store, hub)

    found = store.read(lambda reader: reader.incident(id_)).result()
    assert found is not None
    assert [1, 2, None] == [fact.seq for fact in found.facts]
    assert State.FILED is found.state
    pull(other, hub)
    assert before != digests(store)
    assert 1 == len(digests(store, other)), "what is pending is in no digest"
    hub.take_from(store)
    pull(store, hub)
    pull(other, hub)
    assert 1 == len(digests(store, other))
    assert 3 == verify(store.folder).numbered


def test_answers_mark_what_was_sent_and_show_the_number(store: SiteStore) -> None:
    id_ = given_dispatched(store)
    frames = store.read(lambda reader: reader.pending(10, 1 << 20)).result()
    hashes = [pages.arrival(msgspec.structs.replace(f, seq=1, received_at=1)).hash for f in frames]
    verdicts = [
        Verdict(hashes[0], "accepted", seq=1, received_at=NOON, number="1062026000042"),
        Verdict(hashes[1], "duplicate", seq=2, received_at=NOON),
    ]

    store.write(lambda log: log.mark_answered(verdicts)).result()
    store.write(lambda log: log.mark_answered(())).result()

    row = store.read(lambda reader: reader.row(id_)).result()
    assert row is not None
    assert ("1062026000042", 1) == (row.number, row.unsent)
    assert 1 == len(store.read(lambda reader: reader.pending(10, 1 << 20)).result())
    assert (id_,) == store.read(lambda reader: reader.search("000042")).result().ids
    verify(store.folder)


def test_a_lost_hub_gets_everything_again(store: SiteStore) -> None:
    given_dispatched(store)
    hub = Numbering()
    hub.take_from(store)
    pull(store, hub, 1)
    hashes = [pages.arrival(frame).hash for frame in hub.frames]
    store.write(lambda log: log.mark_answered([Verdict(h, "accepted") for h in hashes])).result()
    assert 0 == store.read(lambda reader: reader.unsent()).result().count

    assert 2 == store.write(lambda log: log.send_again("inc-A", 0)).result()
    assert 0 == store.write(lambda log: log.send_again("inc-A", 0)).result()

    assert 2 == store.read(lambda reader: reader.unsent()).result().count
    verify(store.folder)


@pytest.mark.parametrize("status", ["refused", "quarantined"])
def test_what_the_hub_does_not_take_goes_to_the_tray(store: SiteStore, status: str) -> None:
    id_ = given_reported(store)
    only = given_reported(store)
    when(store, Command(verb=Verb.FILE, incident=id_)).result()
    events = {
        name: store.read(lambda r, name=name: r.events(Subject(Kind.INCIDENT, name))).result()  # type: ignore[misc]
        for name in (id_, only)
    }
    bad = [events[id_][1].event.hash, events[only][0].event.hash]

    store.write(
        lambda log: log.mark_answered([Verdict(h, status, "level") for h in bad])  # type: ignore[arg-type]
    ).result()

    row = store.read(lambda reader: reader.row(id_)).result()
    assert row is not None
    assert State.REPORTED is row.state
    assert store.read(lambda reader: reader.row(only)).result() is None
    tray = store.read(lambda reader: reader.quarantine()).result()
    assert bad == [each.hash for each in sorted(tray, key=lambda each: bad.index(each.hash))]
    assert 1 == store.read(lambda reader: reader.unsent()).result().count
    verify(store.folder)


def test_unreadable_and_quarantined_events_are_kept_but_not_folded(
    store: SiteStore, other: SiteStore
) -> None:
    id_ = given_dispatched(store)
    hub = Numbering()
    frames = store.read(lambda reader: reader.pending(10, 1 << 20)).result()
    hub.take(frames[0])
    poison = frames[1].event.replace('"open":{', '"open":{"by_station":5,')
    poison = poison.replace('"inc":"inc-A"', '"inc":"inc-Z"')
    hub.take(Frame(poison, b""), kind="other")
    hub.take(Frame("not even json", b""), kind="other")
    hub.take(msgspec.structs.replace(frames[1], quarantined="level"))
    hub.take(frames[2])

    pull(other, hub)
    pull(store, hub)

    tray = other.read(lambda reader: reader.quarantine()).result()
    assert [2, 3, 4] == [each.seq for each in tray]
    assert tray[2].why == "hub: level"
    for each in (store, other):
        found = each.read(lambda reader: reader.incident(id_)).result()
        assert found is not None
        assert [1, 5] == [fact.seq for fact in found.facts]
        assert 5 == verify(each.folder).numbered
    assert 1 == len(digests(store, other))


def test_a_unit_goes_out_whole(store: SiteStore) -> None:
    first, second = given_reported(store), given_reported(store)
    when(store, Command(verb=Verb.MERGE, incident=second, into=first)).result()

    def sent(limit: int, size: int = 1 << 20) -> int:
        return len(store.read(lambda reader: reader.pending(limit, size)).result())

    assert [1, 2, 2, 4] == [sent(1), sent(2), sent(3), sent(4)]
    assert 1 == sent(9, size=1), "the first always goes"


def test_a_page_may_bring_keys_or_leavers_alone(store: SiteStore, other: SiteStore) -> None:
    id_ = given_reported(store)
    hub = Numbering()
    hub.take_from(store)
    pull(other, hub)

    other.apply_page(TOWN, hub.page(1, left=[id_]))

    assert other.read(lambda reader: reader.row(id_)).result() is None
    assert 1 == other.read(lambda reader: reader.cursor(TOWN)).result().seq


def test_a_second_site_of_the_same_folder_name_is_another(tmp_path: Path) -> None:
    one = given_site(tmp_path / "x", "X")
    two = given_site(tmp_path / "y", "X")
    assert one.identity.signer != two.identity.signer
    one.close()
    two.close()
