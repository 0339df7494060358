"""Faults 8, 10 and 16: stores that woke rewound or copied, events that the disk has altered."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from dispatch.domain.codes import Kind
from dispatch.domain.event import Subject
from dispatch.hub.hub import Hub
from dispatch.hub.verify import check_town
from dispatch.store import sentinel
from dispatch.store.sentinel import NAME
from dispatch.store.site import DATABASE, SiteStore
from dispatch.store.verify import verify
from dispatch.sync.status import SyncStatus
from tests.given import TOWN
from tests.sync.conftest import Making
from tests.sync.stations import Station, given_station


def _equal(status: SyncStatus) -> bool:
    return (status.digest, 0) == (status.hub_digest, status.unsent)


def _copy(folder: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder, target)


@pytest.mark.expects_log("store was rewound")
def test_fault_8_an_older_store_goes_on_under_a_new_name_and_loses_neither_history(
    hub: Hub, station: Making, tmp_path: Path
) -> None:
    """The database is put back, the note beside it is not; then work without the hub."""
    one, other = station("a"), station("b")
    first = one.report()
    one.sync()
    one.store.close()
    shutil.copy(tmp_path / "a" / DATABASE, tmp_path / "older.db")
    one.store = SiteStore.open(tmp_path / "a", one.store.identity)
    sent = one.report()
    one.sync()
    before = one.store.identity.inc
    one.store.close()
    for file in (tmp_path / "a").glob(f"{DATABASE}*"):
        file.unlink()
    shutil.copy(tmp_path / "older.db", tmp_path / "a" / DATABASE)

    with closing(SiteStore.open(tmp_path / "a", one.store.identity)) as one.store:
        after = one.store.identity.inc
        offline = one.report()
        done = one.sync()
        other.sync()

        assert before != after
        assert (1, 0) == (done.pushed, done.refused)
        for each in (first, sent, offline):
            assert one.seen(each) == other.seen(each)
        assert _equal(one.status())
        assert () == one.store.read(lambda reader: reader.quarantine()).result()
    verify(tmp_path / "a")
    assert 3 == check_town(hub, TOWN).seq


@pytest.mark.expects_log("store was cloned")
def test_fault_10_a_copy_that_knows_its_machine_writes_under_another_name(
    hub: Hub, station: Making, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = station("a")
    one.report()
    one.sync()
    one.store.close()
    _copy(tmp_path / "a", tmp_path / "c")
    one.store = SiteStore.open(tmp_path / "a", one.store.identity)
    with monkeypatch.context() as other_machine:
        other_machine.setattr(sentinel, "machine_id", lambda: "another machine")
        copy = Station(SiteStore.open(tmp_path / "c", one.store.identity), one.link)
    with ExitStack() as stack:
        stack.enter_context(closing(one.store))
        stack.enter_context(closing(copy.store))

        assert one.store.identity.inc != copy.store.identity.inc
        mine, theirs = one.report(), copy.report()
        told = [each.sync() for each in (one, copy, one)]

        assert [0, 0, 0] == [each.refused for each in told]
        assert one.seen(theirs) == copy.seen(theirs)
        assert one.seen(mine) == copy.seen(mine)
        assert _equal(one.status())
        assert _equal(copy.status())
    check_town(hub, TOWN)


def test_fault_10_a_copy_that_cannot_know_forks_and_is_told_apart_within_one_exchange(
    hub: Hub, url: str, tmp_path: Path
) -> None:
    """The image's machine id was copied too: the second to exchange has the fork."""
    one = given_station(hub, url, tmp_path / "a")
    one.sync()
    one.report()
    one.sync()
    one.store.close()
    _copy(tmp_path / "a", tmp_path / "c")
    one.store = SiteStore.open(tmp_path / "a", one.store.identity)
    copy = Station(SiteStore.open(tmp_path / "c", one.store.identity), one.link)
    with ExitStack() as stack:
        stack.enter_context(closing(one.store))
        stack.enter_context(closing(copy.store))
        assert one.store.identity.inc == copy.store.identity.inc
        ids = [one.filed(), copy.filed(), copy.report()]

        told = [one.sync(), copy.sync()]
        one.sync()

        assert [(2, 0), (3, 3)] == [(each.pushed, each.refused) for each in told]
        assert one.store.identity.inc != copy.store.identity.inc
        for each in ids:
            assert one.seen(each) == copy.seen(each)
        assert 1 == len(one.store.read(lambda r: r.events(Subject(Kind.INCIDENT, ids[2]))).result())
        again = [one.report(), copy.report()]
        assert [(1, 0), (1, 0)] == [(d.pushed, d.refused) for d in (one.sync(), copy.sync())]
        one.sync()
        assert all(one.incident(each) is not None for each in again)
        assert _equal(one.status())
        assert _equal(copy.status())
    assert 8 == check_town(hub, TOWN).seq


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE event SET raw = CAST(replace(CAST(raw AS TEXT), '441900', '441901') AS BLOB)",
        "UPDATE event SET raw = CAST(replace(CAST(raw AS TEXT), '{', '[') AS BLOB)",
        "UPDATE event SET raw = CAST(x'ff' || raw AS BLOB)",
        "UPDATE event SET sig = randomblob(64)",
    ],
    ids=["another town", "no envelope", "no text", "signature"],
)
def test_fault_16_an_altered_event_is_set_aside_and_stops_nothing_else(
    hub: Hub, url: str, tmp_path: Path, change: str
) -> None:
    one = given_station(hub, url, tmp_path / "a")
    one.sync()
    bad = one.report()
    later = one.filed()
    one.store.close()
    with closing(sqlite3.connect(tmp_path / "a" / DATABASE)) as database:
        database.execute(f"{change} WHERE subject = ?", (bad,))
        database.commit()

    with closing(SiteStore.open(tmp_path / "a", one.store.identity)) as one.store:
        one.sync()
        new = one.report()
        one.sync()

        held = one.store.read(lambda reader: reader.quarantine()).result()
        assert 0 == one.status().unsent
        assert one.seen(later).number is not None
        assert one.seen(new).number is not None
        if "sig" in change:
            # Its bytes are whole: it is signed anew.
            assert one.seen(bad).number is not None
            assert ["refused: signature, copied"] * 3 == [each.why for each in held]
        else:
            assert one.incident(bad) is None
            assert "refused: altered" == held[0].why
        assert _equal(one.status())
    check_town(hub, TOWN)
    assert NAME in {each.name for each in (tmp_path / "a").iterdir()}
