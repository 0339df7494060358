"""A nearly full disk: what is here goes out, nothing new comes in, and the line is not to blame."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dispatch.store import disk
from dispatch.store.disk import MIB, NoRoom
from tests.builders import PNG
from tests.sync.stations import Station

Making = Callable[..., Station]


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """The free bytes of each site's disk, by its folder's name; plenty at first."""
    known: dict[str, int] = {}
    monkeypatch.setattr(disk, "free_bytes", lambda folder: known.get(folder.name, 1 << 40))
    return known


def test_below_200_mb_reports_go_out_and_nothing_comes_in(
    station: Making, free: dict[str, int]
) -> None:
    here, other = station("a"), station("b")
    theirs = other.report()
    other.sync()
    free["a"] = 199 * MIB
    mine = here.report()

    with pytest.raises(NoRoom, match="只余 199 MB，暂不接收"):
        here.sync()

    assert 0 == here.status().unsent
    assert here.incident(theirs) is None
    other.sync()
    assert other.incident(mine) is not None
    free["a"] = 200 * MIB
    here.sync()
    assert here.incident(theirs) is not None


def test_below_500_mb_photos_stay_at_the_hub_until_there_is_room(
    station: Making, free: dict[str, int]
) -> None:
    here, other = station("a"), station("b")
    sha256 = other.store.photos.add(PNG + b"theirs")
    id_ = other.report(photos=(sha256,))
    other.sync()
    free["a"] = 499 * MIB

    here.sync()

    assert here.incident(id_) is not None
    assert not here.store.photos.has(sha256)
    del free["a"]
    here.sync()
    assert here.store.photos.has(sha256)
