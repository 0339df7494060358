"""Facts written anew because one before them is lost still speak of each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dispatch.domain.bodies import Undone
from dispatch.domain.command import Verb
from dispatch.domain.event import Event
from dispatch.store.site_log import SiteLog
from tests.given import FIRE
from tests.sync.stations import Station

Making = Callable[..., Station]


def without(lost: Event) -> Callable[[SiteLog], int]:
    """Return what takes an own event out and then writes those after it anew."""

    def job(log: SiteLog) -> int:
        gone = (bytes.fromhex(lost.hash),)
        log.connection.exec_driver_sql("DELETE FROM event WHERE hash = ?", gone)
        return log.issue_again(lost.writer, lost.sseq)

    return job


@pytest.mark.parametrize("synced", [False, True])
def test_an_undo_takes_back_the_same_act_when_both_are_written_anew(
    station: Making, *, synced: bool
) -> None:
    site = station("a")
    site.sync()
    id_ = site.filed()
    lost = site.act(Verb.NOTE, site.report(), text="演示")
    order = site.act(Verb.DISPATCH, id_, unit=FIRE)
    site.act(Verb.STAND_DOWN, id_, reason="wrong_unit")
    before = site.seen(id_)

    assert 2 == site.store.write(without(lost)).result()
    if synced:
        site.sync()

    after = site.seen(id_)
    assert before.unit is None
    assert before.state is after.state
    assert after.unit is None
    anew = {fact.type: fact for fact in after.facts}
    assert order.hash != anew["dispatched"].hash
    undo = anew["stood_down"].body
    assert isinstance(undo, Undone)
    assert anew["dispatched"].hash == undo.undoes
    assert anew["dispatched"].hash not in after.live
