"""A site's whole folder is put back from an older copy, its own note of where it stood too."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

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


def test_what_was_written_before_is_in_the_tray_and_later_acts_are_taken(back: Station) -> None:
    """Only what forked is refused, in sight of all: nothing after it is."""
    back.report()
    first = back.sync()
    id_ = back.report()

    second = back.sync()

    assert (0, 1) == (first.pushed, first.refused)
    assert (1, 0) == (second.pushed, second.refused)
    assert id_ in _ids(back)
    assert 3 == len(_ids(back))
    assert ["refused: fork"] == [
        each.why for each in back.store.read(lambda reader: reader.quarantine()).result()
    ]
    assert 4 == verify(back.store.folder).events
