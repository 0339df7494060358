"""Opening: settings, shapes and migrations, stores put back or copied."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from dispatch.domain.codes import BulletinPart, Channel
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import StoreError
from dispatch.store import sentinel as sentinels
from dispatch.store.engine import open_engine, shape_of
from dispatch.store.migrate import HERE, upgrade
from dispatch.store.schema import METADATA, SHAPE
from dispatch.store.sentinel import Sentinel
from dispatch.store.site import DATABASE
from dispatch.store.verify import verify
from tests.builders import (
    NOON,
    TOWN,
    Numbering,
    given_dispatched,
    given_reported,
    given_site,
    when,
)

SINCE_PART_1 = (
    *("supervision", "answer_by", "replied", "catalogue"),
    *("sent_up_at", "informed"),
)
"""Columns of an incident's row that later steps added."""
SECOND = '''
"""A step of the test's own."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("event", sa.Column("mark", sa.Integer))
    op.execute("UPDATE event SET mark = pos")
    {more}
'''


def steps(folder: Path, more: str = "pass") -> Path:
    """Return a folder with the shipped steps and one more."""
    target = folder / "versions"
    shutil.copytree(HERE / "versions", target)
    (target / "r9999_mark.py").write_text(SECOND.replace("{more}", more), encoding="utf-8")
    return target


def test_every_connection_has_the_settings(tmp_path: Path) -> None:
    store = given_site(tmp_path / "a", "A")
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "journal_size_limit": 67108864,
    }

    def settings(connection: object) -> dict[str, object]:
        run = connection.exec_driver_sql  # type: ignore[attr-defined]
        return {name: run(f"PRAGMA {name}").scalar() for name in expected}

    assert expected == store.write(lambda log: settings(log.connection)).result()
    assert expected == store.read(lambda reader: settings(reader.connection)).result()
    store.close()


def test_the_steps_lead_to_the_tables_that_the_code_knows(tmp_path: Path) -> None:
    path = tmp_path / DATABASE
    engine = open_engine(path)
    upgrade(engine, path)

    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: kind != "table" or "search" not in name},
        )
        assert [] == compare_metadata(context, METADATA)
        sql = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE '%search%' AND sql <> ''"
        made = {name: "".join(text.split()) for name, text in connection.exec_driver_sql(sql)}
    assert SHAPE == shape_of(engine)
    fresh = open_engine(tmp_path / "fresh.db")
    with fresh.begin() as connection:
        METADATA.create_all(connection)
        meant = {name: "".join(text.split()) for name, text in connection.exec_driver_sql(sql)}
    indexes = {name for name in meant if meant[name].startswith("CREATEINDEX")}
    uniques = {name for name in meant if meant[name].startswith("CREATEUNIQUE")}
    assert {n: meant[n] for n in indexes | uniques} == {n: made[n] for n in indexes | uniques}
    assert made.keys() - meant.keys() == {"alembic_version"}


def test_a_filled_database_is_carried_through_every_step(tmp_path: Path) -> None:
    store = given_site(tmp_path / "a", "A")
    given_dispatched(store)
    hub = Numbering()
    hub.take_from(store)
    store.apply_page(TOWN, hub.page(0))
    store.close()
    path = store.folder / DATABASE
    before = verify(store.folder)

    upgrade(open_engine(path), path, steps(tmp_path))

    copy = sqlite3.connect(path.with_name(f"site.db.before-{SHAPE}"))
    assert 3 == copy.execute("SELECT count(*) FROM event").fetchone()[0]
    assert "mark" not in str(copy.execute("PRAGMA table_info(event)").fetchall())
    copy.close()
    now = sqlite3.connect(path)
    assert [(1,), (2,), (3,)] == now.execute("SELECT mark FROM event").fetchall()
    now.close()
    assert before == verify(store.folder)


def test_a_step_that_fails_changes_nothing(tmp_path: Path) -> None:
    store = given_site(tmp_path / "a", "A")
    given_reported(store)
    store.close()
    path = store.folder / DATABASE

    with pytest.raises(ZeroDivisionError):
        upgrade(open_engine(path), path, steps(tmp_path, more="1 / 0"))

    again = given_site(store.folder, "A")
    given_reported(again)
    again.close()
    assert 2 == verify(store.folder).events


def test_a_newer_shape_refuses_to_open_and_is_not_touched(tmp_path: Path) -> None:
    store = given_site(tmp_path / "a", "A")
    store.close()
    path = store.folder / DATABASE
    upgrade(open_engine(path), path, steps(tmp_path))
    bytes_before = path.read_bytes()

    with pytest.raises(StoreError, match="9999 比本程序新"):
        given_site(tmp_path / "a", "A")

    assert bytes_before == path.read_bytes()


def test_fault_25_pending_events_keep_their_bytes_up_and_down(tmp_path: Path) -> None:
    """A newer program, then the older one over what the upgrade left beside: nothing sent twice."""
    store = given_site(tmp_path / "a", "A")
    given_dispatched(store)
    frames = store.read(lambda reader: reader.pending(100, 1 << 20)).result()
    store.close()
    path = store.folder / DATABASE
    upgrade(open_engine(path), path, steps(tmp_path))
    kept = sqlite3.connect(path)
    up = kept.execute("SELECT raw, sig FROM event WHERE sent = 0 ORDER BY pos").fetchall()
    kept.close()

    with pytest.raises(StoreError, match="9999 比本程序新"):
        given_site(tmp_path / "a", "A")
    path.with_name(f"site.db.before-{SHAPE}").replace(path)
    again = given_site(tmp_path / "a", "A")
    down = again.read(lambda reader: reader.pending(100, 1 << 20)).result()
    given_reported(again)
    after = again.read(lambda reader: reader.unsent().count).result()
    again.close()

    assert 3 == len(frames)
    assert [(each.event.encode(), each.sig) for each in frames] == up
    assert frames == down
    assert 4 == after


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"something else" * 1000)
    with pytest.raises(StoreError, match=r"site\.db"):
        given_site(tmp_path, "A")


def test_a_store_opened_again_goes_on_as_before(tmp_path: Path) -> None:
    store = given_site(tmp_path / "a", "A")
    given_reported(store)
    store.close()
    again = given_site(tmp_path / "a", "A")
    assert "inc-A" == again.identity.inc
    given_reported(again)
    assert [2] == [mark.sseq for mark in again.read(lambda reader: reader.writers()).result()]
    again.close()


@pytest.mark.expects_log("new incarnation")
def test_an_older_copy_put_back_goes_on_under_a_new_incarnation(tmp_path: Path) -> None:
    store = given_site(tmp_path / "a", "A")
    given_reported(store)
    store.close()
    kept = (tmp_path / "a" / DATABASE).read_bytes()
    store = given_site(tmp_path / "a", "A")
    given_reported(store)
    store.close()
    (tmp_path / "a" / DATABASE).write_bytes(kept)

    back = given_site(tmp_path / "a", "A")
    assert back.identity.inc != "inc-A"
    given_reported(back)
    marks = back.read(lambda reader: reader.writers()).result()
    assert {"inc-A": 1, back.identity.inc: 1} == {mark.inc: mark.sseq for mark in marks}
    back.close()
    once_more = given_site(tmp_path / "a", "A")
    assert back.identity.inc == once_more.identity.inc
    assert 2 == verify(once_more.folder).events
    once_more.close()


@pytest.mark.expects_log("cloned")
def test_a_copy_on_another_machine_goes_on_under_a_new_incarnation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = given_site(tmp_path / "a", "A")
    given_reported(store)
    store.close()
    monkeypatch.setattr(sentinels, "machine_id", lambda: "elsewhere")

    copy = given_site(tmp_path / "a", "A")

    assert copy.identity.inc != "inc-A"
    given_reported(copy)
    copy.close()
    verify(copy.folder)


def test_a_new_enrolment_brings_its_own_incarnation(tmp_path: Path) -> None:
    store = given_site(tmp_path / "a", "A")
    given_reported(store)
    store.close()
    again = given_site(tmp_path / "a", "B")
    given_reported(again)
    marks = again.read(lambda reader: reader.writers()).result()
    assert {"inc-B": 1} == {mark.inc: mark.sseq for mark in marks}
    frames = again.read(lambda reader: reader.pending(10, 1 << 20)).result()
    assert 2 == len(frames), "what the other site wrote still goes out"
    again.close()
    assert 2 == verify(again.folder).signatures


def test_the_note_names_the_machine(tmp_path: Path) -> None:
    note = Sentinel(tmp_path)
    assert "first" == note.waking("i", 0)
    note.write("i", 3)
    note.write("i", 12)
    note.write("i", 4)
    note.close()
    note.close()
    assert "as before" == Sentinel(tmp_path).waking("i", 4)
    assert "as before" == Sentinel(tmp_path).waking("i", 5)
    assert "rewound" == Sentinel(tmp_path).waking("i", 3)
    assert "rewound" == Sentinel(tmp_path).waking("j", 9)
    assert sentinels.machine_id()


@pytest.mark.expects_log("sentinel cannot be read")
@pytest.mark.parametrize("text", ["", "[]", '{"inc": 1}', "\ufeff{"])
def test_a_spoilt_note_is_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "sentinel.json").write_text(text, encoding="utf-8")
    assert "first" == Sentinel(tmp_path).waking("i", 0)


def test_a_machine_without_a_name_has_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tmp_path / "machine-id"
    empty.write_text("\n", encoding="ascii")
    monkeypatch.setattr(sentinels, "NAMES", (empty, tmp_path / "nowhere"))
    assert 12 == len(sentinels.machine_id())


@pytest.mark.expects_log("store was rewound")
def test_a_store_that_is_gone_does_not_begin_its_sequence_again(tmp_path: Path) -> None:
    """The hub would take it for a fork."""
    store = given_site(tmp_path / "a", "A")
    given_reported(store)
    store.close()
    for each in (tmp_path / "a").glob(f"{DATABASE}*"):
        each.unlink()

    again = given_site(tmp_path / "a", "A")
    given_reported(again)

    marks = again.read(lambda reader: reader.writers()).result()
    assert {"inc-A": 0, again.identity.inc: 1} == {mark.inc: mark.sseq for mark in marks}
    again.close()
    once_more = given_site(tmp_path / "a", "A")
    assert again.identity.inc == once_more.identity.inc
    once_more.close()


@pytest.mark.expects_log("store was put back")
def test_a_store_put_back_has_one_new_incarnation_and_numbers_of_its_own(tmp_path: Path) -> None:
    store = given_site(tmp_path / "a", "A")
    given_reported(store)
    store.close()
    Sentinel(store.folder).spoil()

    first = given_site(tmp_path / "a", "A")
    first.close()
    second = given_site(tmp_path / "a", "A")

    assert "inc-A" != first.identity.inc == second.identity.inc
    given_reported(second)
    temps = [row.temp for row in second.read(lambda reader: reader.open_rows()).result()]
    assert ["A1", "A502"] == temps
    second.close()
    verify(second.folder)


def test_a_database_of_part_1_is_carried_to_todays_shape(tmp_path: Path) -> None:
    """What the later steps added is taken away, and comes back right without a fold."""
    store = given_site(tmp_path / "a", "A")
    id_ = given_dispatched(store)
    told = Command(verb=Verb.INFORM, incident=id_, part=BulletinPart.FIRST, text="演示")
    for way in (Channel.PHONE, Channel.MESSAGE):
        when(store, replace(told, channel=way), now=NOON + 3000).result()
    store.close()
    path = store.folder / DATABASE
    before = verify(store.folder)
    database = sqlite3.connect(path)
    with database:
        for view in ("a", "b"):
            for column in SINCE_PART_1:
                database.execute(f"ALTER TABLE incident_{view} DROP COLUMN {column}")
        database.execute("DROP TABLE checkpoint")
        database.execute("UPDATE alembic_version SET version_num = '0001'")
    database.close()

    again = given_site(store.folder, "A")
    rows = again.read(lambda reader: reader.open_rows()).result()
    again.close()

    assert [(None, None, False)] == [(r.supervision, r.answer_by, r.replied) for r in rows]
    assert all(row.catalogue for row in rows)
    assert [(("message", "phone"), None)] == [(r.informed, r.sent_up_at) for r in rows]
    assert before == verify(store.folder)
