"""One job, one transaction: events, rows and texts together, or nothing."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import CancelledError
from pathlib import Path

import pytest
from sqlalchemy.exc import SQLAlchemyError

from dispatch.acts.perform import perform
from dispatch.domain.codes import Kind, Role, State
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput, Refused, StoreError
from dispatch.domain.event import Subject
from dispatch.domain.incident import Incident
from dispatch.store.changes import Changes
from dispatch.store.rows import IncidentRow, SessionRow
from dispatch.store.site import SiteStore
from dispatch.store.site_log import SiteLog
from dispatch.store.verify import verify
from tests.builders import (
    NOON,
    PNG,
    a_note,
    a_person,
    a_report,
    a_shift_event,
    given_dispatched,
    given_reported,
    given_site,
    when,
)


def row_of(store: SiteStore, id_: str) -> IncidentRow:
    row = store.read(lambda reader: reader.row(id_)).result()
    assert row is not None
    return row


def incident_of(store: SiteStore, id_: str) -> Incident:
    found = store.read(lambda reader: reader.incident(id_)).result()
    assert found is not None
    return found


def test_a_report_is_stored_folded_and_found(store: SiteStore) -> None:
    id_ = given_reported(store, text="楼下消防通道被杂物堵住")

    row = row_of(store, id_)
    assert ("A1", State.REPORTED, True, 1) == (row.temp, row.state, row.open, row.unsent)
    assert ("演示路12号", "楼下消防通道被杂物堵住") == (row.place, row.text)
    assert (id_,) == store.read(lambda reader: reader.search("消防")).result().ids
    assert (id_,) == store.read(lambda reader: reader.open_ids()).result()
    assert (id_,) == store.read(lambda reader: reader.named("A1")).result()


def test_every_act_gives_the_row_of_its_fold(store: SiteStore) -> None:
    id_ = given_dispatched(store)

    row, incident = row_of(store, id_), incident_of(store, id_)
    assert ("消防", State.SENT, 3) == (row.unit, row.state, row.unsent)
    assert incident.clock() == row.limit
    assert incident.version == row.version
    assert 3 == verify(store.folder).events


def test_what_is_sealed_is_beside_the_fold_and_never_in_it(store: SiteStore) -> None:
    id_ = given_reported(store, text="绝密的一句话")

    stored = store.read(lambda reader: reader.events(Subject(Kind.INCIDENT, id_))).result()
    assert "绝密的一句话" == stored[0].plain["text"]
    assert "绝密的一句话".encode() not in stored[0].raw
    assert "绝密的一句话" not in str(incident_of(store, id_))
    plain = store.read(lambda reader: reader.plain([stored[0].event.hash])).result()
    assert "绝密的一句话" == plain[stored[0].event.hash]["text"]


def test_a_phone_is_never_found(store: SiteStore) -> None:
    """Or a masked number could be guessed digit by digit."""
    given_reported(store, phone="138****6021", text="占道")

    assert () == store.read(lambda reader: reader.search("6021")).result().ids


def test_a_refusal_leaves_nothing(store: SiteStore) -> None:
    id_ = given_reported(store)
    before = store.read(lambda reader: reader.unsent()).result()

    with pytest.raises(Refused):
        when(store, Command(verb=Verb.CLOSE, incident=id_)).result()

    assert before == store.read(lambda reader: reader.unsent()).result()


def test_an_error_after_writing_undoes_the_whole(store: SiteStore) -> None:
    """The event, its row, the temporary number and the own sequence."""
    report = a_report()

    def fails(log: SiteLog) -> None:
        perform(log, report, a_person(), NOON)
        raise BadInput("here", "on purpose")

    with pytest.raises(BadInput):
        store.write(fails).result()

    assert store.read(lambda reader: reader.row(report.incident)).result() is None
    assert () == store.read(lambda reader: reader.search("消防")).result().ids
    id_ = given_reported(store)
    assert "A1" == row_of(store, id_).temp
    assert 1 == verify(store.folder).events


@pytest.mark.parametrize("pages", range(0, 12, 2))
def test_a_full_disk_undoes_the_whole_and_the_next_write_works(
    store: SiteStore, pages: int
) -> None:
    given_reported(store)
    before = verify(store.folder)

    def act(log: SiteLog) -> None:
        used = log.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        log.connection.exec_driver_sql(f"PRAGMA max_page_count={used + pages}")
        for index in range(60):
            perform(log, a_report(text="占道" * 500 + str(index)), a_person(), NOON)

    with pytest.raises(StoreError, match="磁盘已满"):
        store.write(act).result()
    assert before == verify(store.folder)

    store.write(
        lambda log: log.connection.exec_driver_sql("PRAGMA max_page_count=1000000").all()
    ).result()
    given_reported(store)
    assert 2 == verify(store.folder).events


def test_a_job_that_goes_on_after_a_failed_statement_stores_nothing(store: SiteStore) -> None:
    """SQLite may have undone the transaction: what follows would be stored piece by piece."""
    report = a_report()

    def goes_on(log: SiteLog) -> None:
        with pytest.raises(SQLAlchemyError):
            log.connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")
        with pytest.raises((StoreError, sqlite3.Error)):
            perform(log, report, a_person(), NOON)

    with pytest.raises(StoreError):
        store.write(goes_on).result()
    with pytest.raises(StoreError):
        store.write(_undoes).result()

    assert store.read(lambda reader: reader.row(report.incident)).result() is None
    given_reported(store)


def _undoes(log: SiteLog) -> None:
    """What SQLite does on a full disk, and a job that does not look."""
    log.connection.exec_driver_sql("ROLLBACK")


def test_events_come_in_the_writers_own_sequence_or_not_at_all(store: SiteStore) -> None:
    given_reported(store)
    stored = store.read(lambda reader: reader.pending(10, 1 << 20)).result()
    event = store.read(lambda r: r.events(Subject(Kind.INCIDENT, r.open_ids()[0]))).result()[0]

    def again(log: SiteLog) -> None:
        from dispatch.wire.envelope import Signed

        raw = stored[0].event.encode()
        log.store(event.event, Signed(raw, stored[0].sig, event.event.hash), {})

    with pytest.raises(StoreError, match="不连续"):
        store.write(again).result()


def test_an_event_never_names_a_photo_that_is_not_on_the_disk(store: SiteStore) -> None:
    id_ = given_reported(store)
    with pytest.raises(BadInput, match="照片"):
        when(store, a_note(id_, "看图", "ab" * 32)).result()

    sha256 = store.photos.add(PNG + b"made up")
    when(store, a_note(id_, "看图", sha256)).result()

    assert 1 == row_of(store, id_).photos
    assert ((sha256, id_),) == store.read(lambda reader: reader.blobs("queued")).result()
    store.write(lambda log: log.blob_is(sha256, "kept")).result()
    assert () == store.read(lambda reader: reader.blobs("queued")).result()
    assert () == store.read(lambda reader: reader.blobs("kept")).result()


def test_other_subjects_are_kept_with_their_heads(store: SiteStore) -> None:
    first = store.write(a_shift_event).result()
    second = store.write(lambda log: a_shift_event(log, "2")).result()

    subject = Subject(Kind.SHIFT, "day")
    assert (first.hash,) == second.base
    assert (second.hash,) == store.write(lambda log: log.heads(subject)).result()
    stored = store.read(lambda reader: reader.events(subject)).result()
    assert [first.hash, second.hash] == [each.event.hash for each in stored]
    assert (subject,) == store.read(lambda reader: reader.subjects(Kind.SHIFT)).result()


def test_heads_are_read_back_after_a_restart(store: SiteStore, tmp_path: Path) -> None:
    event = store.write(a_shift_event).result()
    id_ = given_reported(store)
    store.close()

    again = given_site(tmp_path / "a", "A")
    subject = Subject(Kind.SHIFT, "day")
    assert (event.hash,) == again.write(lambda log: log.heads(subject)).result()
    assert (event.hash,) == again.write(lambda log: a_shift_event(log, "2")).result().base
    when(again, a_note(id_, "重启后")).result()
    events = again.read(lambda reader: reader.events(Subject(Kind.INCIDENT, id_))).result()
    assert {"text": "重启后"} == events[-1].plain
    assert 4 == verify(again.folder).events
    again.close()


def test_a_job_is_told_once_with_what_it_touched(store: SiteStore) -> None:
    told: list[Changes] = []
    store.subscribe(told.append)

    id_ = given_reported(store)
    store.write(a_shift_event).result()
    store.write(lambda log: log.rules()).result()

    expected = [Changes(frozenset((id_,)), sync=True), Changes(shift=True, sync=True)]
    assert expected == told


def test_the_more_urgent_job_goes_first(store: SiteStore) -> None:
    started, go_on = threading.Event(), threading.Event()
    order: list[int] = []

    def waits(_log: SiteLog) -> None:
        started.set()
        go_on.wait(10)

    busy = store.write(waits, 9)
    started.wait(10)
    jobs = [
        store.write(lambda _log, mark=mark: order.append(mark), mark)  # type: ignore[misc]
        for mark in (9, 5, 0, 0)
    ]
    cancelled = store.write(lambda _log: order.append(99), 9)
    assert cancelled.cancel()
    go_on.set()
    busy.result()
    for each in jobs:
        each.result()

    assert [0, 0, 5, 9] == order
    with pytest.raises(CancelledError):
        cancelled.result()


def test_any_error_reaches_who_asked_and_the_thread_lives(store: SiteStore) -> None:
    def breaks(_log: SiteLog) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.write(breaks).result()
    with pytest.raises(StoreError):
        store.read(lambda reader: reader.connection.exec_driver_sql("DELETE FROM event")).result()
    given_reported(store)


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = given_site(tmp_path / "c", "C")
    last = store.write(lambda log: log.temp_number())
    store.close()
    store.close()

    assert "C1" == last.result()
    with pytest.raises(StoreError, match="关闭"):
        store.write(lambda log: log.temp_number()).result()
    with pytest.raises(StoreError, match="关闭"):
        store.read(lambda reader: reader.open_ids()).result()


def test_two_programs_on_one_folder_see_each_other(store: SiteStore, tmp_path: Path) -> None:
    """The command line acts beside an open window."""
    told: list[Changes] = []
    store.subscribe(told.append)
    id_ = given_reported(store)
    line = given_site(tmp_path / "a", "A")
    when(line, Command(verb=Verb.FILE, incident=id_)).result()

    assert State.FILED == incident_of(store, id_).state
    when(store, Command(verb=Verb.DISPATCH, incident=id_, unit="消防")).result()
    second = given_reported(line)

    assert "A2" == row_of(store, second).temp
    assert 4 == verify(store.folder).events
    line.close()
    store._look_around()  # noqa: SLF001 - what an idle second does
    assert Changes(everything=True, sync=True) == told[-1]


def test_small_facts_sessions_and_the_clock_are_kept(store: SiteStore) -> None:
    session = SessionRow("ab", "wang", (Role.CLERK.value, Role.CHIEF.value), "441900106", NOON)

    def keep(log: SiteLog) -> None:
        log.set_fact("timeline", "t1")
        log.set_clock(-250, 1)
        log.open_session(session)
        log.open_session(SessionRow("cd", "li", (Role.CLERK.value,), "441900106", NOON))
        log.end_session("cd")

    store.write(keep).result()

    assert "t1" == store.read(lambda reader: reader.fact("timeline")).result()
    assert (session,) == store.read(lambda reader: reader.sessions()).result()
    pen = store.write(lambda log: log.pen()).result()
    assert -250 == pen.offset_ms
    assert pen.offset_age_s > 0


def test_rules_need_their_tables(tmp_path: Path) -> None:
    from dispatch.store.identity import SiteIdentity
    from dispatch.wire.keys import Signer

    empty = SiteStore.open(
        tmp_path / "e", SiteIdentity("e", "441900106", "441900106", "E", "inc-E", Signer.new())
    )
    with pytest.raises(BadInput, match="尚未取得"):
        empty.read(lambda reader: reader.rules()).result()
    with pytest.raises(BadInput, match="尚未取得"):
        empty.write(lambda log: log.rules()).result()
    assert empty.read(lambda reader: reader.table("sla")).result() is None
    empty.close()


def test_lists_page_by_place_and_state(store: SiteStore) -> None:
    ids = [given_reported(store, now=NOON + each) for each in range(5)]
    when(store, Command(verb=Verb.FILE, incident=ids[0])).result()

    first = store.read(lambda reader: reader.page(2)).result()
    rest = store.read(lambda reader: reader.page(9, before=first[-1].pos)).result()
    assert ids[::-1] == [row.id for row in (*first, *rest)]
    filed = store.read(lambda reader: reader.page(9, state="filed")).result()
    assert [ids[0]] == [row.id for row in filed]
    assert ids == [row.id for row in store.read(lambda reader: reader.open_rows()).result()]
    assert ids == [row.id for row in store.read(lambda reader: reader.rows(ids[::-1])).result()]
    between = store.read(lambda reader: reader.reported_between(NOON + 1, NOON + 3)).result()
    assert tuple(ids[1:3]) == between
    assert tuple(ids) == store.read(lambda reader: reader.touched_since(NOON)).result()
    assert () == store.read(lambda reader: reader.named("nobody")).result()
    assert store.read(lambda reader: reader.incident("nobody")).result() is None
