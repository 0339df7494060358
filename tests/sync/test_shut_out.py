"""A site that is let in no more: revoked, or its certificate over. Its folder keeps everything."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from dispatch.desk.keeping import Kept, lines
from dispatch.domain.calendar import DAY
from dispatch.hub.hub import Hub
from dispatch.hub.sites import SITE_DAYS
from dispatch.store.backup import back_up
from dispatch.store.restore import restore
from dispatch.store.site import SiteStore
from dispatch.sync.driver import Line
from dispatch.sync.exchange import Exchange
from dispatch.sync.hands import Hands
from dispatch.sync.once import jitter
from dispatch.sync.ops import Rest, Trouble
from tests.given import START, TOWN
from tests.hub.office import TestClock
from tests.sync.conftest import Making
from tests.sync.stations import Station, given_station


class _Rested(Exception):
    """Ends a lane at its first rest."""


def _talk(station: Station) -> None:
    """Run the talking lane until it rests after its first trouble."""

    def rest(op: Rest) -> None:
        if op.seconds:
            raise _Rested

    core = Exchange(TOWN, station.link.hub_key, "0.1.0", jitter)
    line = Line(station.link)
    with closing(line), pytest.raises(_Rested):
        Hands(station.store, line, rest).run(core.talking())


def _tray(station: Station) -> list[tuple[str, str]]:
    kept = Kept("ok", 1000, None, START, ())
    found = station.store.read(lambda reader: lines(reader, kept, START)).result()
    return [(each.kind, each.what) for each in found]


def test_a_revoked_site_is_told_so_and_loses_nothing(hub: Hub, station: Making) -> None:
    one, other = station("a"), station("b")
    one.filed()
    one.sync()
    other.sync()
    hub.sites.revoke(one.store.identity.site)
    id_ = one.filed()

    with pytest.raises(Trouble) as trouble:
        one.sync()
    _talk(one)

    assert "site_revoked" == trouble.value.code
    assert "停用" in trouble.value.detail
    assert 2 == one.status().unsent
    assert one.incident(id_) is not None
    assert ("shut_out", "site_revoked") in _tray(one)
    assert 0 == other.sync().refused
    assert ("shut_out", "site_revoked") not in _tray(other)


@pytest.mark.expects_log("store was put back")
def test_what_was_made_after_the_certificate_ran_out_goes_out_by_the_next_one(
    hub: Hub, station: Making, url: str, tmp_path: Path
) -> None:
    """Backup, a new code, restore: the way of docs/operations.md."""
    clock = hub.office.clock
    assert isinstance(clock, TestClock)
    one = station("a")
    one.sync()
    clock.now += SITE_DAYS * DAY
    id_ = one.filed()
    with pytest.raises(Trouble) as trouble:
        one.sync()
    assert "certificate_expired" == trouble.value.code
    back_up(tmp_path / "a", tmp_path / "a.zip", one.store.identity, START)

    new = given_station(hub, url, tmp_path / "n")
    new.store.close()
    (tmp_path / "n" / "site.db").unlink()
    restore(tmp_path / "a.zip", tmp_path / "n", new.store.identity)
    with closing(SiteStore.open(tmp_path / "n", new.store.identity)) as new.store:
        done = new.sync()

        assert (2, 0) == (done.pushed, done.refused)
        assert new.seen(id_).number is not None
        assert 0 == new.status().unsent
