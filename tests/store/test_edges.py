"""What happens seldom: locks, evictions, shared photos, events nobody folds, damaged texts."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from pathlib import Path

import msgspec
import pytest

from dispatch.acts.perform import Author, new_id, record
from dispatch.domain.bodies import Audited, Noted, SignedOn
from dispatch.domain.codes import Kind
from dispatch.domain.errors import BadInput, Damage, StoreError
from dispatch.domain.event import Draft, Subject
from dispatch.store import engine, reader
from dispatch.store import page as pages
from dispatch.store.changes import Changes
from dispatch.store.kept import Shelf
from dispatch.store.readers import THREADS
from dispatch.store.site import DATABASE, SiteStore
from dispatch.store.site_log import SiteLog
from dispatch.store.telemetry import Position
from dispatch.store.verify import verify
from dispatch.wire.keys import Signer
from dispatch.wire.protocol import Verdict
from tests.builders import (
    NOON,
    PNG,
    TOWN,
    Numbering,
    a_note,
    given_dispatched,
    given_reported,
    given_site,
    tables,
    when,
)

LI = Author("li", "clerk", "")


def a_draft(id_: str, text: str = "直接写入") -> Draft:
    subject = Subject(Kind.INCIDENT, id_)
    return Draft(subject=subject, type="noted", body=Noted(), sealed=(("text", text),))


def test_the_shelf_gives_up_what_was_unused_for_longest() -> None:
    shelf: Shelf[str, int] = Shelf(2)
    for key, value in (("a", 1), ("b", 2)):
        shelf.put(key, value)
    assert 1 == shelf.get("a")
    shelf.put("c", 3)
    assert (1, None, 3) == (shelf.get("a"), shelf.get("b"), shelf.get("c"))
    shelf.drop("a")
    shelf.drop("nobody")
    shelf.clear()
    assert shelf.get("c") is None


def test_a_transaction_may_touch_more_than_memory_holds(tmp_path: Path) -> None:
    store = given_site(tmp_path / "a", "A")
    store._transactions._memory.folded._room = 2  # noqa: SLF001 - a small memory
    ids = [given_reported(store) for _ in range(6)]

    store.write(lambda log: [record(log, (a_draft(id_),), LI, NOON) for id_ in ids * 2]).result()

    assert 6 == store.read(lambda reader: reader.count("直接写入")).result()
    assert 18 == verify(store.folder).events
    store.close()


def test_another_program_that_holds_the_lock_is_told_after_the_timeout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pragmas = [p.replace("busy_timeout=5000", "busy_timeout=50") for p in engine.PRAGMAS]
    monkeypatch.setattr(engine, "PRAGMAS", pragmas)
    store = given_site(tmp_path / "a", "A")
    id_ = given_reported(store)
    other = sqlite3.connect(store.folder / DATABASE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreError, match="locked"):
        when(store, a_note(id_, "等锁")).result()
    other.execute("ROLLBACK")
    other.close()

    when(store, a_note(id_, "等到了")).result()
    store.close()


def test_many_rows_fail_as_one(store: SiteStore) -> None:
    given_reported(store)

    def twice(log: SiteLog) -> None:
        from dispatch.store.events import INSERT

        raw = log.connection.exec_driver_sql("SELECT * FROM event").mappings().one()
        INSERT.run_many(log.connection, [dict(raw)])

    with pytest.raises(StoreError, match="UNIQUE"):
        store.write(twice).result()
    assert 1 == verify(store.folder).events


def test_an_event_is_folded_even_if_nobody_asked_for_its_incident_before(tmp_path: Path) -> None:
    store = given_site(tmp_path / "a", "A")
    id_ = given_reported(store)
    store.close()
    store = given_site(tmp_path / "a", "A")

    def unasked(log: SiteLog) -> None:
        draft = a_draft(id_)
        log.heads = lambda subject: ()  # type: ignore[method-assign]  # noqa: ARG005
        record(log, (draft,), LI, NOON)

    store.write(unasked).result()
    assert (id_,) == store.read(lambda r: r.search("直接写入")).result().ids
    verify(store.folder)
    store.close()


def test_an_event_about_something_that_has_left_is_kept_out_of_sight(
    store: SiteStore, other: SiteStore
) -> None:
    id_ = given_reported(store)
    hub = Numbering()
    hub.take_from(store)
    other.apply_page(TOWN, hub.page(0))
    other.apply_page(TOWN, hub.page(1, left=[id_]))

    other.write(lambda log: record(log, (a_draft(id_),), LI, NOON)).result()

    assert other.read(lambda r: r.row(id_)).result() is None
    assert 1 == other.read(lambda r: r.unsent()).result().count
    verify(other.folder)
    when(store, a_note(id_, "离开之后又送来"), now=NOON + 9).result()
    hub.take_from(store)
    other.apply_page(TOWN, hub.page(1))
    assert other.read(lambda r: r.row(id_)).result() is None
    proven = verify(other.folder)
    assert (2, 0) == (proven.gaps, proven.numbered)


def test_a_subject_that_comes_and_leaves_in_one_page_has_left(
    store: SiteStore, other: SiteStore
) -> None:
    id_ = given_dispatched(store)
    hub = Numbering()
    hub.take_from(store)
    other.apply_page(TOWN, hub.page(0, hide=[id_]))

    other.apply_page(TOWN, hub.page(3, backfill=[id_], left=[id_]))

    assert other.read(lambda r: r.row(id_)).result() is None
    assert 3 == verify(other.folder).gaps


def test_a_subject_that_leaves_after_a_backfill_that_ran_ahead(
    store: SiteStore, other: SiteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its events have no place in the chain yet: they go, and come again as gaps."""
    monkeypatch.setattr(pages, "CHUNK", 3)
    id_ = given_dispatched(store)
    hub = Numbering()
    hub.take_from(store)
    page = msgspec.structs.replace(
        hub.page(0, hide=[id_]), backfill=hub.page(3, backfill=[id_]).backfill
    )
    cursor = other.read(lambda r: r.cursor(TOWN)).result()
    first, *_ = pages.cut(TOWN, cursor, page)
    other.write(lambda log: log.apply(first)).result()

    other.apply_page(TOWN, hub.page(0, hide=[id_], left=[id_]))

    assert 3 == verify(other.folder).gaps


def test_a_photo_of_two_incidents_stays_while_one_is_here(
    store: SiteStore, other: SiteStore
) -> None:
    sha256 = store.photos.add(PNG)
    ids = [given_reported(store, photos=(sha256,)) for _ in range(2)]
    mine = other.photos.add(PNG + b"own")
    hub = Numbering()
    hub.take_from(store)
    other.photos.add(PNG)
    other.apply_page(TOWN, hub.page(0))
    when(other, a_note(ids[0], "自己的照片", mine)).result()

    other.apply_page(TOWN, hub.page(2, left=[ids[0]]))
    assert other.photos.has(sha256)
    assert other.photos.has(mine), "not sent yet"
    other.apply_page(TOWN, hub.page(2, left=[ids[1]]))
    assert not other.photos.has(sha256)
    verify(other.folder)


def test_answers_about_other_subjects_and_strangers(store: SiteStore, tmp_path: Path) -> None:
    audit = Draft(
        subject=Subject(Kind.AUDIT, "day"), type="audited", body=Audited(what="x", about="y")
    )
    duty = Draft(
        subject=Subject(Kind.DUTY, "w1"), type="signed_on", body=SignedOn(worker="w1", grid="g")
    )
    told: list[Changes] = []
    store.subscribe(told.append)
    events = store.write(lambda log: record(log, (audit, duty), LI, NOON)).result()
    assert [Changes(sync=True, workers=True)] == told
    id_ = given_reported(store)
    (fact,) = store.read(lambda r: r.events(Subject(Kind.INCIDENT, id_))).result()
    store.close()
    again = given_site(tmp_path / "a", "A")

    hashes = [*(event.hash for event in events), fact.event.hash, "ab" * 32]
    again.write(lambda log: log.mark_answered([Verdict(h, "accepted") for h in hashes])).result()

    assert 0 == again.read(lambda r: r.unsent()).result().count
    row = again.read(lambda r: r.row(id_)).result()
    assert row is not None
    assert 0 == row.unsent
    verify(again.folder)
    again.close()


def test_a_damaged_sealed_text_does_not_stop_the_fold(store: SiteStore) -> None:
    id_ = given_reported(store)
    (stored,) = store.read(lambda r: r.events(Subject(Kind.INCIDENT, id_))).result()
    at = stored.raw.index(b'"text":"') + 8
    raw = (
        stored.raw[:at]
        + (b"AAAA" if stored.raw[at : at + 4] != b"AAAA" else b"BBBB")
        + stored.raw[at + 4 :]
    )
    database = sqlite3.connect(store.folder / DATABASE)
    database.execute("UPDATE event SET raw = ?", (raw,))
    database.commit()
    database.close()

    (read,) = store.read(lambda r: r.events(Subject(Kind.INCIDENT, id_))).result()
    assert {} == read.plain
    with pytest.raises(Damage):
        verify(store.folder)


def test_an_event_that_no_longer_reads_is_named(store: SiteStore) -> None:
    id_ = given_reported(store)
    database = sqlite3.connect(store.folder / DATABASE)
    database.execute("UPDATE event SET raw = x'7b'")
    database.commit()
    database.close()
    with pytest.raises(Damage):
        store.read(lambda r: r.events(Subject(Kind.INCIDENT, id_))).result()


def test_an_own_event_bound_to_another_is_named(store: SiteStore) -> None:
    given_reported(store)
    given_reported(store)
    store.close()
    database = sqlite3.connect(store.folder / DATABASE)
    (raw,) = database.execute("SELECT raw FROM event WHERE sseq = 2").fetchone()
    forged = raw.replace(b'"prev":"', b'"prev":"0', 1)
    digest = hashlib.sha256(forged).digest()
    signer = Signer.of(hashlib.sha256(b"aA").digest())
    values = (forged, digest, signer.sign(digest))
    database.execute("UPDATE event SET raw = ?, hash = ?, sig = ? WHERE sseq = 2", values)
    database.commit()
    database.close()
    with pytest.raises(Damage, match="链断开"):
        verify(store.folder)


def test_names_are_found_over_many_pages(store: SiteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_NAMED", 2)
    ids = [given_reported(store, text="A1 A1") for _ in range(5)]
    assert (ids[0],) == store.read(lambda r: r.named("A1")).result()
    assert (ids[3],) == store.read(lambda r: r.named(ids[3])).result()


def test_tables_come_and_are_told(store: SiteStore) -> None:
    told: list[Changes] = []
    store.subscribe(told.append)
    table = tables()[0]
    renewed = msgspec.structs.replace(table, body=table.body.replace("横沥镇", "横沥"))
    before = store.write(lambda log: log.rules()).result()

    store.write(lambda log: log.set_table(renewed, '"2"')).result()

    assert [Changes(tables=True)] == told
    after = store.write(lambda log: log.rules()).result()
    assert (before, after) != (after, before)
    node = store.read(lambda r: r.rules()).result().organisation.get(TOWN)
    assert node is not None
    assert "横沥" == node.name
    assert '"2"' == store.read(lambda r: r.etags()).result()["organisation"]
    kept = store.read(lambda r: r.table("organisation")).result()
    assert kept is not None
    assert renewed.body == kept.body
    with pytest.raises(BadInput):
        store.write(
            lambda log: log.set_table(msgspec.structs.replace(table, body="{"), "")
        ).result()


def test_positions_lie_in_the_folder_of_the_site(store: SiteStore, tmp_path: Path) -> None:
    store.telemetry.add([Position("w1", 113.9, 23.0, NOON)])
    store.close()
    again = given_site(tmp_path / "a", "A")
    assert 1 == len(again.telemetry.last())
    again.close()
    assert (tmp_path / "a" / "telemetry.db").is_file()


def test_a_new_incident_needs_no_other_fact(store: SiteStore) -> None:
    """A fact about something never seen here stands behind a placeholder."""
    id_ = new_id()
    store.write(lambda log: record(log, (a_draft(id_),), LI, NOON)).result()
    row = store.read(lambda r: r.row(id_)).result()
    assert row is not None
    assert (None, False) == (row.state, row.open)
    verify(store.folder)


def test_what_waits_for_a_reader_at_the_close_is_refused_too(tmp_path: Path) -> None:
    store = given_site(tmp_path / "a", "A")
    begun, go = threading.Semaphore(0), threading.Event()

    def hold(_: reader.Reader) -> str:
        begun.release()
        go.wait(10)
        return "读完了"

    running = [store.read(hold) for _ in range(THREADS)]
    for _ in running:
        assert begun.acquire(timeout=10)
    waiting = store.read(hold)
    closing = threading.Thread(target=store.close)
    closing.start()
    while not store.read(hold).done():
        closing.join(0.01)
    go.set()
    closing.join()

    assert ["读完了"] * THREADS == [each.result() for each in running]
    with pytest.raises(StoreError, match="数据库已关闭"):
        waiting.result()
