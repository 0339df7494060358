"""What comes after a commit can fail; what was stored is stored, and the writer goes on."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from dispatch.domain.errors import BadInput, StoreError
from dispatch.store.changes import Changes
from dispatch.store.sentinel import Sentinel
from dispatch.store.site import DATABASE, SiteStore
from dispatch.store.site_log import SiteLog
from dispatch.store.telemetry import Position, Telemetry
from dispatch.store.transaction import Transactions
from dispatch.store.verify import verify
from dispatch.store.writers import note, wanted
from dispatch.wire.protocol import Verdict, event_hash
from tests.builders import NOON, TOWN, Numbering, a_note, given_reported, given_site, when


@pytest.mark.expects_log("a listener failed")
def test_a_listener_that_fails_does_not_turn_a_stored_act_into_a_failed_one(
    store: SiteStore,
) -> None:
    heard: list[Changes] = []

    def fails(_: Changes) -> None:
        raise RuntimeError("listener")

    store.subscribe(fails)
    store.subscribe(heard.append)

    id_ = given_reported(store)

    assert [frozenset({id_})] == [each.incidents for each in heard]
    assert 1 == store.read(lambda reader: reader.unsent().count).result()


@pytest.mark.expects_log("sentinel cannot be written")
def test_a_note_that_cannot_be_written_does_not_either(
    store: SiteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Sentinel, "_put", full)

    given_reported(store)

    assert 1 == store.read(lambda reader: reader.unsent().count).result()


@pytest.mark.expects_log("looking around failed")
def test_the_writer_outlives_a_look_around_that_fails(
    store: SiteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []

    def locked(_: Transactions) -> bool:
        looked.append(1)
        raise StoreError("site.db: database is locked")

    monkeypatch.setattr(Transactions, "noticed", locked)
    until = time.monotonic() + 20
    while not looked and time.monotonic() < until:
        time.sleep(0.05)
    assert looked

    done = store.write(lambda log: log.town)

    assert TOWN == done.result(timeout=20)


def test_a_resting_writer_brings_its_acts_into_the_file(store: SiteStore, tmp_path: Path) -> None:
    """The log beside the file stays short, so that an act seldom waits for it to be emptied."""

    def in_the_file() -> int:
        copy = tmp_path / "copy.db"
        copy.write_bytes((store.folder / DATABASE).read_bytes())
        with closing(sqlite3.connect(copy)) as alone:
            return int(alone.execute("SELECT count(*) FROM event").fetchone()[0])

    given_reported(store)
    until = time.monotonic() + 20
    while not in_the_file() and time.monotonic() < until:
        time.sleep(0.05)

    assert 1 == in_the_file()


def test_a_key_stays_until_the_hub_has_what_is_sealed_with_it(
    store: SiteStore, other: SiteStore
) -> None:
    """The subject leaves while a note sealed here waits: without the key nobody could read it."""
    id_ = given_reported(store, text="", place="", reporter="", phone="")
    hub = Numbering()
    hub.take_from(store)
    other.apply_page(TOWN, hub.page(0))
    when(other, a_note(id_, "离开之前写下的"), now=NOON + 9).result()
    mine = other.read(lambda reader: reader.keys((id_,))).result()
    assert mine

    other.apply_page(TOWN, hub.page(1, left=[id_]))

    assert mine == other.read(lambda reader: reader.keys((id_,))).result()
    assert None is other.read(lambda reader: reader.row(id_)).result()
    hub.take_from(other)
    sent = other.read(lambda reader: reader.pending(10, 1 << 20)).result()
    verdicts = [Verdict(event_hash(frame), "accepted", "", 2, NOON) for frame in sent]
    other.write(lambda log: log.mark_answered(verdicts)).result()
    assert () == other.read(lambda reader: reader.keys((id_,))).result()


@pytest.mark.expects_log("new incarnation")
def test_own_events_that_come_back_from_the_hub_are_no_damage(tmp_path: Path) -> None:
    """An older copy was put back: the hub brings what it lacks, of the incarnation before."""
    store = given_site(tmp_path / "a", "A")
    given_reported(store)
    store.close()
    kept = (tmp_path / "a" / DATABASE).read_bytes()
    store = given_site(tmp_path / "a", "A")
    given_reported(store)
    hub = Numbering()
    hub.take_from(store)
    store.close()
    (tmp_path / "a" / DATABASE).write_bytes(kept)
    back = given_site(tmp_path / "a", "A")

    back.apply_page(TOWN, hub.page(0))

    given_reported(back)
    back.close()
    assert 3 == verify(tmp_path / "a").events


@pytest.mark.expects_log("positions could not be written")
def test_positions_go_on_after_a_write_that_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    telemetry = Telemetry(tmp_path / "telemetry.db")
    failed: list[int] = []
    real = Telemetry._write  # noqa: SLF001 - the one place where a disk can fail

    def once(self: Telemetry, connection: object) -> None:
        if self._waiting and not failed:
            failed.append(1)
            raise StoreError("telemetry.db: 磁盘已满")
        real(self, connection)  # type: ignore[arg-type]

    monkeypatch.setattr(Telemetry, "_write", once)
    now = int(time.time() * 1000)
    telemetry.add([Position("W1", 113.9, 23.0, now)])
    until = time.monotonic() + 20
    while not telemetry.track("W1", 0) and time.monotonic() < until:
        time.sleep(0.05)

    assert 1 == len(telemetry.track("W1", 0))
    telemetry.close()


def test_after_a_refused_fork_later_acts_go_on_under_another_name(store: SiteStore) -> None:
    """The whole folder was put back, note and all: what follows must not be refused for ever."""
    given_reported(store)
    (frame,) = store.read(lambda reader: reader.pending(10, 1 << 20)).result()
    before = store.identity.inc

    refused = Verdict(event_hash(frame), "refused", "fork")
    store.write(lambda log: log.mark_answered([refused])).result()
    given_reported(store)

    assert before != store.identity.inc
    marks = store.read(lambda reader: reader.writers()).result()
    assert {before: 1, store.identity.inc: 2} == {mark.inc: mark.sseq for mark in marks}
    # What was refused goes once more, for itself: the hub cannot take its first bytes.
    again, later = store.read(lambda reader: reader.pending(10, 1 << 20)).result()
    assert event_hash(frame) == json.loads(again.event)["copied_from"]
    assert "copied_from" not in json.loads(later.event)
    assert 3 == verify(store.folder).events


def test_that_name_stays_after_a_new_start(tmp_path: Path) -> None:
    store = given_site(tmp_path / "a", "A")
    given_reported(store)
    (frame,) = store.read(lambda reader: reader.pending(10, 1 << 20)).result()
    refused = Verdict(event_hash(frame), "refused", "fork")
    store.write(lambda log: log.mark_answered([refused])).result()
    given_reported(store)
    taken = store.identity.inc
    store.close()

    again = given_site(tmp_path / "a", "A")

    assert taken == again.identity.inc
    again.close()


def test_what_a_failed_job_brought_into_memory_is_forgotten(tmp_path: Path) -> None:
    def fails(log: SiteLog) -> None:
        note(log, TOWN, ["inc-Z"])
        log.set_clock(999_999, 5)
        raise BadInput("演示", "失败")

    with closing(given_site(tmp_path, "A")) as store:
        with pytest.raises(BadInput):
            store.write(fails).result()

        store.write(lambda log: note(log, TOWN, ["inc-Z"])).result()
        assert {TOWN: ("inc-Z",)} == store.read(lambda reader: wanted(reader.connection)).result()
        assert 0 == store.write(lambda log: log.pen().offset_ms).result()
