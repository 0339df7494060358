"""Fault 24: a snapshot that is cut, damaged or outdated, and events meanwhile."""

from __future__ import annotations

import hashlib
import io
import os
import random
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import Table, select

from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput
from dispatch.hub.hub import Hub
from dispatch.hub.snapshots import FRESH_MS, KEPT_MS
from dispatch.store.reader import Reader
from dispatch.store.schema import BLOB, CURSOR, EVENT, GAP, SECRET
from dispatch.store.site import SiteStore
from dispatch.store.verify import verify
from dispatch.sync import snapshots
from dispatch.sync.driver import Line
from dispatch.sync.exchange import Exchange
from dispatch.sync.hands import Hands
from dispatch.sync.once import VERSION
from dispatch.sync.ops import Answer, Trouble
from dispatch.wire.protocol import TownPage, decode
from dispatch.wire.snapshot import SnapshotHead, read_record, record
from tests.builders import NOON
from tests.given import FIRE, TOWN, VILLAGE
from tests.hub.office import TestClock
from tests.sync.conftest import Making
from tests.sync.scripted import HUB, Script, once, session
from tests.sync.stations import PNG, Station

NEVER = 1 << 40


@pytest.fixture
def lively(station: Making) -> Station:
    """A town's seat that has reported, dispatched, transferred between villages, and a photo."""
    one = station("one")
    for turn in range(6):
        id_ = one.filed()
        one.act(Verb.DISPATCH, id_, unit="消防")
        if turn % 2:
            one.act(Verb.CORRECT, id_, grid="441900106201001")
    one.report(photos=(one.store.photos.add(PNG),))
    one.sync()
    return one


@pytest.fixture
def worth(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A snapshot is worth it from the third event on, in pieces of 500 bytes."""
    monkeypatch.setattr(snapshots, "WORTH", 3)
    monkeypatch.setattr(snapshots, "PIECE", 500)
    return monkeypatch


def files(hub: Hub) -> list[Path]:
    """The hub's snapshots, oldest first."""
    found = hub.office.photos.with_name("snapshots").glob("*/*")
    return sorted((each for each in found if len(each.name) == 64), key=os.path.getmtime)


def rows(reader: Reader, table: Table, *left_out: str) -> list[tuple[Any, ...]]:
    """All rows of a table, without the columns that tell how they came."""
    columns = [each for each in table.c if each.name not in left_out]
    return sorted(map(tuple, reader.connection.execute(select(*columns))), key=repr)


def whole(store: SiteStore) -> list[object]:
    """Everything that a site holds: log, chain, gaps, keys, cursor, projections, digest."""

    def job(reader: Reader) -> list[object]:
        return [
            rows(reader, EVENT, "pos"),
            rows(reader, GAP),
            rows(reader, SECRET),
            rows(reader, BLOB),
            rows(reader, CURSOR),
            rows(reader, reader.view.incident, "pos", "stamp"),
            rows(reader, reader.view.words, "pos"),
            reader.digest(TOWN),
        ]

    return store.read(job).result()


def page_by_page(station: Making, monkeypatch: pytest.MonkeyPatch, scope: str = TOWN) -> Station:
    """A new site that takes in no snapshot."""
    monkeypatch.setattr(snapshots, "WORTH", NEVER)
    made = station("page by page", scope)
    monkeypatch.setattr(snapshots, "WORTH", 3)
    return made


@pytest.mark.parametrize("scope", [TOWN, VILLAGE, "441900106201", f"{TOWN}/{FIRE}"])
def test_24_a_site_that_began_with_a_snapshot_equals_one_that_went_page_by_page(
    hub: Hub, station: Making, lively: Station, worth: pytest.MonkeyPatch, scope: str
) -> None:
    begun = station("begun", scope)
    assert 1 == len(files(hub))
    slow = page_by_page(station, worth, scope)

    assert whole(slow.store) == whole(begun.store)

    id_ = lively.filed()
    lively.act(Verb.DISPATCH, id_, unit="消防")
    for each in (lively, begun, slow):
        assert not each.sync().differs
    assert whole(slow.store) == whole(begun.store)
    assert verify(begun.store.folder).events == verify(slow.store.folder).events


def test_24_events_meanwhile_come_after_it(
    hub: Hub, station: Making, lively: Station, worth: pytest.MonkeyPatch
) -> None:
    station("first")
    (file,) = files(hub)
    id_ = lively.filed()
    lively.sync()

    second = station("second")

    assert [file] == files(hub), "it is an hour's"
    assert second.seen(id_) == lively.seen(id_)
    assert whole(page_by_page(station, worth).store) == whole(second.store)


@pytest.mark.usefixtures("lively")
def test_24_killed_at_any_step_it_goes_on_where_it_stood(
    hub: Hub, station: Making, worth: pytest.MonkeyPatch
) -> None:
    slow = page_by_page(station, worth)
    chance = random.Random(24)
    for turn in range(3):
        worth.setattr(snapshots, "WORTH", NEVER)
        made = station(f"killed {turn}")
        _emptied(made)
        worth.setattr(snapshots, "WORTH", 3)
        ended = kills = 0
        with closing(made.store):
            while not ended:
                ended = _some_steps(made, chance.randrange(8, 60))
                kills += 1
            assert kills > 2
            assert whole(slow.store) == whole(made.store)
            assert [] == list((made.store.folder / "coming").iterdir())
    assert 1 == len(files(hub))


@pytest.mark.expects_log("snapshot .* refused")
@pytest.mark.usefixtures("lively")
def test_24_a_damaged_one_is_refused_and_the_site_goes_page_by_page(
    hub: Hub,
    station: Making,
    worth: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    slow = page_by_page(station, worth)
    station("first")
    (file,) = files(hub)
    kept, made = file.read_bytes(), file.stat()
    for turn, content in enumerate((_flipped(kept), kept[:-1] + b"\0", b"", kept + b"\0")):
        if not content:
            continue
        file.write_bytes(content)
        os.utime(file, ns=(made.st_atime_ns, made.st_mtime_ns))
        caplog.clear()

        other = station(f"other {turn}")

        assert "refused: content" in caplog.text
        assert whole(slow.store) == whole(other.store)
        assert [] == list((other.store.folder / "coming").iterdir())


@pytest.mark.expects_log("snapshot .* refused")
@pytest.mark.usefixtures("lively")
def test_24_one_of_another_chain_life_or_format_is_refused(
    hub: Hub,
    station: Making,
    worth: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    slow = page_by_page(station, worth)
    station("first")
    (file,) = files(hub)
    head, rest = _parts(file)
    wrong: list[dict[str, Any]] = [
        {"chain": "0" * 64},
        {"timeline": "another"},
        {"format": 2},
        {"scope": VILLAGE},
        {"town": "441900003"},
    ]
    for turn, changed in enumerate(wrong):
        _put(files(hub)[-1], record(replace(head, **changed)) + rest)
        caplog.clear()

        other = station(f"other {turn}")

        assert "refused: another" in caplog.text, changed
        assert whole(slow.store) == whole(other.store)


def test_24_one_that_the_hub_has_no_longer_is_begun_anew(
    hub: Hub, station: Making, lively: Station, worth: pytest.MonkeyPatch
) -> None:
    worth.setattr(snapshots, "WORTH", NEVER)
    made = station("made")
    _emptied(made)
    worth.setattr(snapshots, "WORTH", 3)
    with closing(made.store):
        while not files(hub) or not list((made.store.folder / "coming").glob("*")):
            _some_steps(made, 12)
        (file,) = files(hub)
        assert made.store.coming.size(file.name) < file.stat().st_size
        file.unlink()
        lively.filed()
        lively.sync()

        made.sync()

        assert file not in files(hub)
        assert whole(page_by_page(station, worth).store) == whole(made.store)


def test_whatever_the_hub_answers_instead_the_site_goes_on_page_by_page(
    store: SiteStore, script: Script, core: Exchange
) -> None:
    script.says("/v1/session", session(heads={TOWN: 9_000}))
    path = f"/v1/snapshots/{TOWN}"
    for status in (404, 405):
        script.says(path, Answer(status, b"", {}, NOON, 1))
        once(Exchange(TOWN, HUB.public, "0.1.0", lambda: 0.5), store, script)
    script.says(path, Answer(429, b"", {"retry-after": "3"}, NOON, 1))
    with pytest.raises(Trouble) as busy:
        once(core, store, script)
    assert 3 == busy.value.again_s
    assert 3 == len([each for each in script.asked if each.path == path])


@pytest.mark.expects_log("no snapshot could be had")
@pytest.mark.parametrize("status", [200, 206, 400, 403, 500])
def test_an_answer_that_is_no_snapshot_stops_nothing(
    store: SiteStore, script: Script, core: Exchange, status: int
) -> None:
    script.says("/v1/session", session(heads={TOWN: 9_000}))
    script.says(f"/v1/snapshots/{TOWN}", Answer(status, b"<html>", {}, NOON, 1))

    once(core, store, script)

    assert "/v1/pull" in {each.path for each in script.asked}


@pytest.mark.usefixtures("worth")
def test_it_is_built_once_an_hour_and_goes_after_a_day(
    hub: Hub, station: Making, lively: Station
) -> None:
    clock = hub.office.clock
    assert isinstance(clock, TestClock)
    for name in ("a", "b"):
        station(name)
    assert 1 == len(files(hub))
    lively.filed()
    lively.sync()
    clock.now += FRESH_MS + 1
    station("c")
    assert 2 == len(files(hub))

    clock.now += KEPT_MS - FRESH_MS
    hub.snapshots.purge()

    assert 1 == len(files(hub))


def test_a_small_town_and_an_old_site_ask_for_none(
    hub: Hub, station: Making, lively: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    station("new")
    monkeypatch.setattr(snapshots, "WORTH", 3)
    lively.sync()

    assert [] == files(hub)


@pytest.mark.parametrize("content", [b"\0", b"\0\0\0\7abc", b"\xff\xff\xff\xffx", b"\0\0\0\0"])
def test_a_record_that_is_cut_or_odd_is_bad_input(content: bytes) -> None:
    with pytest.raises(BadInput, match="snapshot"):
        read_record(io.BytesIO(content), 0)


@pytest.mark.usefixtures("lively", "worth")
def test_a_file_is_its_head_and_pages_to_the_end(hub: Hub, station: Making) -> None:
    station("first")
    (file,) = files(hub)

    head, _ = _parts(file)

    assert hashlib.sha256(file.read_bytes()).hexdigest() == file.name
    with file.open("rb") as opened:
        found = read_record(opened, 0)
        seqs = []
        while found is not None and (found := read_record(opened, found[1])) is not None:
            page = decode(found[0], TownPage, "page", packed=True)
            seqs += [each.seq for each in page.entries]
    assert list(range(1, head.seq + 1)) == seqs


def _some_steps(station: Station, most: int) -> int:
    """Do so many steps of an exchange and be gone; 1 when it came to its end."""
    exchange = Exchange(TOWN, station.link.hub_key, VERSION, lambda: 0.5)
    with closing(Line(station.link)) as line:
        hands, steps = Hands(station.store, line), exchange.once()
        answer: Any = None
        for _ in range(most):
            try:
                answer = hands.do(steps.send(answer))
            except StopIteration:
                return 1
        steps.close()
    return 0


def _emptied(station: Station) -> None:
    """Make its store as new: everything that was pulled goes."""
    folder, identity = station.store.folder, station.store.identity
    station.store.close()
    for each in folder.glob("site.db*"):
        each.unlink()
    (folder / "sentinel").unlink(missing_ok=True)
    station.store = SiteStore.open(folder, identity)


def _flipped(content: bytes) -> bytes:
    at = len(content) // 2
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def _parts(file: Path) -> tuple[SnapshotHead, bytes]:
    with file.open("rb") as opened:
        found = read_record(opened, 0)
        assert found is not None
        opened.seek(found[1])
        return decode(found[0], SnapshotHead, "head", packed=True), opened.read()


def _put(file: Path, content: bytes) -> None:
    """Put another file in the place of the latest one."""
    stat = file.stat()
    for each in file.parent.glob("?" * 64):
        each.unlink()
    made = file.with_name(hashlib.sha256(content).hexdigest())
    made.write_bytes(content)
    os.utime(made, ns=(stat.st_atime_ns, stat.st_mtime_ns))
