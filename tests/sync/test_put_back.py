"""A site's whole folder is put back from an older copy, its own note of where it stood too."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dispatch.domain.codes import Kind
from dispatch.domain.event import Subject
from dispatch.hub.hub import Hub
from dispatch.store.site import SiteStore
from dispatch.store.verify import verify
from tests.given import TOWN
from tests.sync.stations import Station, given_station


@pytest.fixture
def back(hub: Hub, url: str, tmp_path: Path) -> Iterator[Station]:
    """A site that has sent two reports, put back to where it had sent one."""
    folder, copy = tmp_path / "a", tmp_path / "copy"
    made = given_station(hub, url, folder, TOWN)
    made.sync()
    made.report()
    made.sync()
    made.store.close()
    shutil.copytree(folder, copy)
    made.store = SiteStore.open(folder, made.store.identity)
    made.report()
    made.sync()
    made.store.close()
    shutil.rmtree(folder)
    shutil.copytree(copy, folder)
    made.store = SiteStore.open(folder, made.store.identity)
    with closing(made.store):
        yield made


def _ids(back: Station) -> tuple[str, ...]:
    return back.store.read(lambda reader: reader.open_ids()).result()


def test_it_gets_its_own_events_back_and_goes_on_after_them(back: Station) -> None:
    before = back.store.identity.inc
    back.sync()
    id_ = back.report()

    done = back.sync()

    assert (1, 0) == (done.pushed, done.refused)
    assert before == back.store.identity.inc
    assert id_ in _ids(back)
    assert 3 == len(_ids(back))
    verify(back.store.folder)


def test_fault_9_what_was_written_before_is_a_fork_and_issued_again(back: Station) -> None:
    """The note went back too: both branches are on the hub, each fact once."""
    old = back.store.identity.inc
    forked = back.report()
    first = back.sync()
    id_ = back.report()

    second = back.sync()

    assert (1, 1) == (first.pushed, first.refused)
    assert (1, 0) == (second.pushed, second.refused)
    assert {id_, forked} <= set(_ids(back))
    assert 4 == len(_ids(back))
    assert old != back.store.identity.inc
    (held,) = back.store.read(lambda reader: reader.quarantine()).result()
    assert "refused: fork, copied" == held.why
    (kept,) = back.store.read(lambda r: r.events(Subject(Kind.INCIDENT, forked))).result()
    assert held.hash == json.loads(kept.raw)["copied_from"]
    assert (back.store.identity.inc, "档口阁楼有人住宿") == (kept.event.writer, kept.plain["text"])
    assert kept.event.seq is not None
    status = back.status()
    assert (status.digest, 0) == (status.hub_digest, status.unsent)
    verify(back.store.folder)
