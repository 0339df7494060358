"""An item's guide: whose it is, and what a feedback has to bring."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dispatch.domain.codes import Source, State
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput
from dispatch.domain.guide import ALL, NO_GUIDE, Guide, Guides
from tests import given as g
from tests.given import MemoryLog, act

DONE = "通道已清空"
PHOTO = "a" * 64


@pytest.fixture
def log() -> MemoryLog:
    """A seat whose fire items have a condition and want one photo of afterwards."""
    guides = Guides("1", [Guide("06", closing=DONE, photos=2, after=1)])
    return MemoryLog(rules=replace(g.town_rules(), guides=guides))


class TestNearest:
    """Item, class, department, all."""

    def test_the_nearest_is_taken(self) -> None:
        rows = [Guide(name, request=name) for name in ("0801", "08", "消防", ALL)]
        guides = Guides("1", rows)
        found = [
            guides.of(item, department).request
            for item, department in (("0801", "消防"), ("0802", "消防"), ("0601", "消防"))
        ]
        assert ["0801", "08", "消防", ALL] == [*found, guides.of(None, None).request]

    def test_without_any_nothing_is_asked(self) -> None:
        assert Guides("1", ()).of("0801", "消防") is NO_GUIDE

    def test_one_guide_twice_is_refused(self) -> None:
        with pytest.raises(BadInput, match="重复"):
            Guides("1", [Guide("08"), Guide("08")])


class TestReport:
    """Photos are asked for; a missing one is a mark, never a refusal."""

    def test_the_items_own_number_of_photos_counts(self, log: MemoryLog) -> None:
        assert 2 == g.given_reported(log, item=g.FIRE_ITEM).photos_missing

    def test_other_items_ask_a_worker_for_three(self, log: MemoryLog) -> None:
        report = {"source": Source.WORKER, "item": g.P1_ITEM}
        assert 3 == g.given_reported(log, **report).photos_missing


class TestFeedback:
    """The condition is ticked; who was there sends the photo."""

    def test_the_condition_must_be_met(self, log: MemoryLog) -> None:
        incident = g.given_work(log)
        with pytest.raises(BadInput, match=f"closing_met.*还没有达到.*{DONE}"):
            act(log, incident.id, Verb.FEEDBACK, text="已办", photos=(PHOTO,), closing_met=False)

    def test_silence_confirms_nothing_and_is_written_down(self, log: MemoryLog) -> None:
        incident = g.given_work(log)
        given = {"text": "已办", "photos": (PHOTO,)}
        assert State.DONE is act(log, incident.id, Verb.FEEDBACK, **given).state
        body = log.kept[-1].event.body
        assert ("", DONE) == (getattr(body, "closing", None), getattr(body, "unconfirmed", None))

    def test_a_photo_of_afterwards_is_needed(self, log: MemoryLog) -> None:
        incident = g.given_work(log)
        with pytest.raises(BadInput, match="photos: 处置后照片须 1 张，现有 0 张"):
            act(log, incident.id, Verb.FEEDBACK, text="已办", closing_met=True)

    def test_what_was_met_is_written_down(self, log: MemoryLog) -> None:
        incident = g.given_work(log)
        given = {"text": "已办", "closing_met": True, "photos": (PHOTO,)}
        assert State.DONE is act(log, incident.id, Verb.FEEDBACK, **given).state
        body = log.kept[-1].event.body
        assert (DONE, 0) == (getattr(body, "closing", ""), getattr(body, "photos_short", None))
        assert "" == getattr(body, "unconfirmed", None)

    def test_told_by_radio_a_photo_is_short_and_no_hindrance(self, log: MemoryLog) -> None:
        incident = g.given_work(log)
        told = {"text": "已办", "closing_met": True, "on_behalf": g.FIRE}
        after = act(log, incident.id, Verb.FEEDBACK, g.DISPATCHER, **told)
        assert State.DONE is after.state
        assert 1 == getattr(log.kept[-1].event.body, "photos_short", 0)

    def test_an_item_without_a_guide_asks_nothing(self, log: MemoryLog) -> None:
        incident = g.given_work(log, item=g.P1_ITEM)
        assert State.DONE is act(log, incident.id, Verb.FEEDBACK, text="已办").state
