"""Verify names the first damaged place, whatever was damaged."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import Damage, StoreError
from dispatch.store.site import DATABASE
from dispatch.store.verify import Verified, verify
from dispatch.wire.keys import Signer
from tests.builders import (
    NOON,
    PNG,
    TOWN,
    Numbering,
    a_note,
    a_shift_event,
    given_dispatched,
    given_reported,
    given_site,
    when,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed store of two sites' events, numbered, passed by and pending."""
    mine, theirs = given_site(tmp_path / "a", "A"), given_site(tmp_path / "b", "B")
    given_dispatched(theirs)
    hidden = given_reported(theirs)
    given_reported(mine, photos=(mine.photos.add(PNG),))
    mine.write(a_shift_event).result()
    hub = Numbering()
    hub.take_from(theirs)
    hub.take_from(mine)
    mine.apply_page(TOWN, hub.page(0, hide=[hidden]))
    for row in mine.read(lambda reader: reader.open_rows()).result():
        when(mine, a_note(row.id, "未发送的批注"), now=NOON + 60_000).result()
    theirs_key = theirs.identity.signer.public
    mine.write(lambda log: log.learn_writers(TOWN, {"inc-B": theirs_key})).result()
    theirs.close()
    mine.close()
    return mine.folder


def test_an_undamaged_store_is_proven(folder: Path) -> None:
    expected = Verified(
        events=7, numbered=5, gaps=1, incidents=2, signatures=7, unknown=0, photos=1
    )
    assert expected == verify(folder)


def test_several_words_of_one_act_are_indexed_as_they_are_read_back(tmp_path: Path) -> None:
    """An own feedback, folded at once and again by verify: the same text either way."""
    store = given_site(tmp_path / "a", "A")
    incident = given_dispatched(store)
    sign = Command(verb=Verb.SIGN, incident=incident, person="经办", on_behalf="消防")
    done = Command(
        verb=Verb.FEEDBACK, incident=incident, text="已清理", result="恢复", on_behalf="消防"
    )
    for command in (sign, done):
        when(store, command).result()
    store.close()

    assert 1 == verify(store.folder).incidents


EMPTY = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
PHOTOGRAPHED = "subject IN (SELECT id FROM incident_a WHERE photos = 1)"
LAST = "pos = (SELECT max(pos) FROM event)"

DAMAGES = {
    "a byte of an event": ("event SET raw = CAST(raw || ' ' AS BLOB) WHERE seq = 3", "3 号.*哈希"),
    "a signature": ("event SET sig = zeroblob(64) WHERE seq = 2", "2 号.*签名"),
    "another subject's name": ("event SET subject = 'x' WHERE seq = 1", "1 号.*索引列"),
    "an event lost": ("DELETE FROM event WHERE seq = 2", "2 号: 缺号"),
    "an own event lost": ("DELETE FROM event WHERE seq = 6", "第 3 个事件: .*缺少第 2 个"),
    "an own pending event lost": (f"DELETE FROM event WHERE {LAST}", "应有 4 个事件，实有 3"),
    "a gap lost": ("DELETE FROM gap", "4 号: 缺号"),
    "a gap altered": ("gap SET entry = replace(entry, ':4:', ':4:1')", "4 号: 链值不符"),
    "a time of receipt": ("event SET received_at = 1 WHERE seq = 3", "3 号: 链值不符"),
    "a human number": ("event SET number = '106' WHERE seq = 1", "1 号: 链值不符"),
    "a town number": ("event SET seq = 30 WHERE seq = 2", "2 号: 缺号"),
    "the cursor": ("cursor SET seq = 7", "7 号: 缺号"),
    "the cursor's chain": ("cursor SET chain = hex(zeroblob(32))", "6 号: 链值与游标"),
    "the own counter": ("writer SET last_sseq = 9 WHERE own", "应有 9 个"),
    "a row's state": ("incident_a SET state = 'closed'", "的 state: 与日志"),
    "a row's hash": ("incident_a SET state_hash = zeroblob(32)", "state_hash: 与日志"),
    "a row lost": ("DELETE FROM incident_a", "缺少这一行"),
    "a row too many": (f"event SET held = 'hub: x' WHERE {PHOTOGRAPHED}", "没有这个事件"),
    "a text": ("words_a SET body = body || '加'", "检索文本"),
    "a text too many": ("INSERT INTO words_a VALUES (99, '')", "不属于任何事件"),
    "the index": ("INSERT INTO search_a (search_a) VALUES ('delete-all')", "检索找不到"),
    "an unreadable event": (
        f"event SET held = NULL, raw = x'7b7d', hash = x'{EMPTY}' WHERE seq = 1",
        "1 号.*无法读取",
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_named(folder: Path, name: str) -> None:
    sql, where = DAMAGES[name]
    database = sqlite3.connect(folder / DATABASE)
    if not sql.startswith(("DELETE", "INSERT")):
        sql = f"UPDATE {sql}"
    assert database.execute(sql).rowcount
    database.commit()
    database.close()

    with pytest.raises(Damage, match=where):
        verify(folder)


def test_an_own_sequence_that_was_used_twice_is_named(folder: Path) -> None:
    """A fork inside one store: two events of one place, each with bytes that are whole."""
    database = sqlite3.connect(folder / DATABASE)
    mine = "SELECT * FROM event WHERE inc = 'inc-A' ORDER BY sseq DESC LIMIT 1"
    names = [column[0] for column in database.execute(mine).description]
    row = dict(zip(names, database.execute(mine).fetchone(), strict=True))
    raw = row["raw"].replace(b'"at":', b'"at":1')
    digest = hashlib.sha256(raw)
    signer = Signer.of(hashlib.sha256(b"aA").digest())
    row |= {"pos": 99, "raw": raw, "hash": digest.digest(), "sig": signer.sign(digest.digest())}
    marks = ", ".join("?" for _ in row)
    database.execute(f"INSERT INTO event VALUES ({marks})", list(row.values()))
    database.commit()
    database.close()

    with pytest.raises(Damage, match="第 4 个事件: 本机序号重复"):
        verify(folder)


def test_bytes_of_the_file_itself(folder: Path) -> None:
    path = folder / DATABASE
    content = bytearray(path.read_bytes())
    content[-4096:] = b"\x55" * 4096
    path.write_bytes(content)
    with pytest.raises((Damage, StoreError)):
        verify(folder)


def spoil(path: Path) -> None:
    path.write_bytes(b"other")


@pytest.mark.parametrize(("change", "what"), [(spoil, "不符"), (Path.unlink, "尚未上传")])
def test_photos_are_proven(folder: Path, change: Callable[[Path], None], what: str) -> None:
    (photo,) = [path for path in (folder / "photos").rglob("*") if path.is_file()]
    change(photo)
    with pytest.raises(Damage, match=what):
        verify(folder)


def test_photos_still_to_be_fetched_are_no_damage(tmp_path: Path) -> None:
    mine, theirs = given_site(tmp_path / "a", "A"), given_site(tmp_path / "b", "B")
    given_reported(theirs, photos=(theirs.photos.add(PNG),))
    hub = Numbering()
    hub.take_from(theirs)
    mine.apply_page(TOWN, hub.page(0))
    assert (0, 1) == (verify(mine.folder).photos, verify(mine.folder).unknown)
    mine.close()
    theirs.close()


def test_nothing_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="没有数据库"):
        verify(tmp_path)


def test_verify_reads_beside_a_writer(tmp_path: Path) -> None:
    store = given_site(tmp_path / "a", "A")
    id_ = given_reported(store)
    verify(store.folder)
    when(store, Command(verb=Verb.FILE, incident=id_)).result()
    assert 2 == verify(store.folder).events
    store.close()
