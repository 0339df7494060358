"""Projections made anew in the background: equal to the old ones, never half-built."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec
import pytest

from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import StoreError
from dispatch.store import rebuild as rebuilding
from dispatch.store.rebuild import rebuild
from dispatch.store.rows import IncidentRow
from dispatch.store.site import DATABASE, SiteStore
from dispatch.store.site_log import SiteLog
from dispatch.store.verify import verify
from dispatch.wire.protocol import Frame
from tests.builders import (
    TOWN,
    Numbering,
    a_note,
    given_dispatched,
    given_reported,
    given_site,
    when,
)


def rows(store: SiteStore) -> tuple[IncidentRow, ...]:
    return store.read(lambda reader: reader.page(10_000)).result()


def live(store: SiteStore) -> str:
    return store.read(lambda reader: reader.view.name).result()


def test_what_is_built_anew_equals_what_was(store: SiteStore) -> None:
    for _ in range(3):
        given_dispatched(store)
    before = rows(store)

    assert 3 == rebuild(store)

    assert "b" == live(store)
    assert before == rows(store)
    assert 3 == len(store.read(lambda reader: reader.search("消防")).result().ids)
    verify(store.folder)
    assert 3 == rebuild(store)
    assert "a" == live(store)
    assert before == rows(store)
    verify(store.folder)


def test_damaged_rows_are_mended(store: SiteStore) -> None:
    given_dispatched(store)
    before = rows(store)
    for table in ("incident_a", "words_a"):
        store.write(lambda log, t=table: _wipe(log, t)).result()  # type: ignore[misc]
    assert () == rows(store)

    rebuild(store)

    assert before == rows(store)
    verify(store.folder)


def _wipe(log: SiteLog, table: str) -> None:
    log.connection.exec_driver_sql(f"DELETE FROM {table}")


def test_writing_and_reading_go_on_meanwhile(
    store: SiteStore, other: SiteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At every step an act and a pulled page come, and every read sees a whole view."""
    monkeypatch.setattr(rebuilding, "PIECE", 2)
    ids = [given_dispatched(store) for _ in range(6)]
    rebuild(store)  # so that the set to fill is not an empty one
    hub = Numbering()
    seen: list[int] = []
    gone = given_reported(other)
    hub.take_from(other)
    store.apply_page(TOWN, hub.page(0))

    def between() -> None:
        step = len(seen)
        when(store, a_note(ids[step % 6], f"第{step}步")).result()
        given_reported(store, text=f"重建中第{step}步")
        given_reported(other, text="别处")
        hub.take_from(other)
        cursor = store.read(lambda reader: reader.cursor(TOWN)).result()
        left = [gone] if step == 4 else []
        store.apply_page(TOWN, hub.page(cursor, left=left))
        seen.append(len(rows(store)))

    rebuild(store, between)

    assert len(seen) > 4
    expected = [7 + 2 * (step + 1) - (step >= 4) for step in range(len(seen))]
    assert expected == seen, "no view was half-built"
    assert 1 == store.read(lambda reader: reader.count("第0步")).result() - 1
    assert store.read(lambda reader: reader.row(gone)).result() is None
    verify(store.folder)


def test_a_restart_in_between_changes_nothing(store: SiteStore) -> None:
    given_dispatched(store)
    before = rows(store)

    def restarts() -> None:
        given_site(store.folder, "A").close()

    with pytest.raises(StoreError, match="打断"):
        rebuild(store, restarts)

    assert ("a", before) == (live(store), rows(store))
    rebuild(store)
    assert ("b", before) == (live(store), rows(store))
    verify(store.folder)


def test_a_newer_program_reads_what_an_older_could_not(tmp_path: Path) -> None:
    """The events that an older program put into the tray are folded without being sent again."""
    author, reader_site = given_site(tmp_path / "b", "B"), given_site(tmp_path / "a", "A")
    id_ = given_reported(author)
    when(author, Command(verb=Verb.FILE, incident=id_)).result()
    shift = author.write(_shift).result()
    hub = Numbering()
    for frame in author.read(lambda reader: reader.pending(9, 1 << 20)).result():
        hub.take(frame)
    hub.take(Frame("never readable", b""), kind="other")
    reader_site.apply_page(TOWN, hub.page(0))
    reader_site.close()
    database = sqlite3.connect(reader_site.folder / DATABASE)
    database.execute("UPDATE event SET held = 'read: too new', kind = '' WHERE seq IN (1, 3)")
    database.commit()
    database.close()
    again = given_site(tmp_path / "a", "A")
    rebuild(again)

    assert ["read: "] == [
        held.why[:6] for held in again.read(lambda reader: reader.quarantine()).result()
    ]
    row = again.read(lambda reader: reader.row(id_)).result()
    assert row is not None
    assert ("filed", "A") != (row.state, row.temp)
    assert shift
    verify(again.folder)
    again.close()
    author.close()


def _shift(log: SiteLog) -> str:
    from tests.builders import a_shift_event

    return a_shift_event(log).hash


def test_frames_are_plain_messages() -> None:
    """What the hub sends can be copied with one field changed; the tests above rely on it."""
    frame = Frame("x", b"")
    assert "y" == msgspec.structs.replace(frame, event="y").event
