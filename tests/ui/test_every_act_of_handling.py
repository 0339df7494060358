"""What happens to work in hand, through pane and forms by key and by mouse: the stored event."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from dispatch.desk.desk import Desk
from dispatch.domain.calendar import DAY, MINUTE
from dispatch.domain.codes import (
    Channel,
    Finding,
    State,
    Supervision,
)
from dispatch.domain.command import Command, Verb
from dispatch.store.identity import SiteIdentity
from dispatch.store.site import SiteStore
from dispatch.wire.keys import Signer
from tests.builders import Numbering
from tests.desk.offices import FIRE, PASSWORD, SAFETY, put_tables
from tests.ui.acting import acting, did, given_in_work, given_reported
from tests.ui.workplace import Workplace, photo, sealed_of
from tests.unit.towns import HENGLI


@pytest.fixture(params=["keys", "mouse"])
def place(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path) -> Iterator[Workplace]:
    with acting(qtbot, tmp_path, request.param) as made:
        yield made


def test_more_time_is_asked_denied_and_granted(place: Workplace) -> None:
    """T11: the first by the chief, engineering work by the leader as well."""
    id_ = given_in_work(place)
    before = place.incident(id_).due_at
    said = {"days": "2", "natural": "2", "reason": "2"}
    asked = did(place, "fire1", Verb.ASK_EXTENSION, id_, **said)
    assert (2, True, "weather") == (
        getattr(asked.body, "days", None),
        getattr(asked.body, "natural", None),
        asked.body.reason,
    )
    assert "extension_denied" == did(place, "chief1", Verb.DENY_EXTENSION, id_).type
    did(place, "fire1", Verb.ASK_EXTENSION, id_, **(said | {"reason": "1"}))
    assert "extension_endorsed" == did(place, "chief1", Verb.GRANT_EXTENSION, id_).type
    granted = did(place, "leader1", Verb.GRANT_EXTENSION, id_)
    assert ("extension_granted", before) == (granted.type, getattr(granted.body, "was_due", None))
    assert before is not None
    assert before + 2 * DAY == place.incident(id_).due_at


def test_an_incident_is_supervised_answered_and_let_go(place: Workplace, tmp_path: Path) -> None:
    """T15 and T16."""
    id_ = given_in_work(place)
    given = did(place, "chief1", Verb.SUPERVISE, id_, level="2", due="2h", text="尽快清理")
    assert (Supervision.YELLOW, 5, {"text": "尽快清理"}) == (
        getattr(given.body, "level", None),
        getattr(given.body, "points", None),
        sealed_of(place.desk.site, given),
    )
    told = {"text": "已到场", "photos": photo(tmp_path)}
    replied = did(place, "fire1", Verb.REPLY_SUPERVISION, id_, **told)
    assert (given.hash, 1) == (getattr(replied.body, "card", None), len(replied.blobs))
    said = did(place, "leader1", Verb.INSTRUCT, id_, text="请安监一并检查", person="演示丁")
    assert {"text": "请安监一并检查", "passed_by": "演示丁"} == sealed_of(place.desk.site, said)
    let_go = did(place, "chief1", Verb.CANCEL_SUPERVISION, id_)
    assert ("supervision_cancelled", None) == (let_go.type, place.incident(id_).card)


def test_information_reports_are_begun_with_what_is_known(place: Workplace) -> None:
    """T34: the first by phone, the written one, a follow-up, the final one, each at one key."""
    id_ = given_in_work(place)
    first = did(place, "clerk1", Verb.INFORM, id_, channel="1")
    said = sealed_of(place.desk.site, first)["text"]
    assert said.startswith("接报时间：2026-11-21 ")
    assert ("first", "phone") == (getattr(first.body, "part", ""), getattr(first.body, "way", ""))
    written = did(place, "chief1", Verb.INFORM, id_)
    assert ("first", "message") == (written.body.part, written.body.way)  # type: ignore[attr-defined]
    again = did(place, "chief1", Verb.INFORM, id_, text="火势已控制")
    assert ("follow", 1) == (again.body.part, again.body.nth)  # type: ignore[attr-defined]
    assert {"text": "火势已控制"} == sealed_of(place.desk.site, again)
    final = did(place, "leader1", Verb.INFORM, id_, part="3", text="已扑灭")
    assert "final" == final.body.part  # type: ignore[attr-defined]
    place.become("chief1")
    assert Verb.INFORM not in place.panel.foot.offered()


def test_the_reporter_is_told_and_rewarded_once(place: Workplace) -> None:
    """T35 and T36; before a closing the window names who still waits, in a group."""
    id_ = given_in_work(place)
    heard = did(place, "clerk1", Verb.TELL, id_, channel="3", group="1", text="已派消防")
    assert ("reporter_told", "message") == (heard.type, getattr(heard.body, "channel", ""))
    assert {"text": "已派消防"} == sealed_of(place.desk.site, heard)
    paid = did(place, "chief1", Verb.REWARD, id_, reward="1", yuan="200")
    assert ("citizen", 200) == (
        getattr(paid.body, "reward", ""),
        getattr(paid.body, "yuan", None),
    )
    place.become("leader1")
    assert Verb.REWARD not in place.panel.foot.offered()
    lines = place.panel.reporters.lines()
    assert ["1 位上报人", "人人拍奖励 · 200 元 · 演示长"] == [words for words, _ in lines]


def test_a_hold_is_asked_answered_and_ended(place: Workplace) -> None:
    """T12 and T13."""
    id_ = given_in_work(place)
    asked = did(place, "dispatcher1", Verb.ASK_HOLD, id_, reason="等旱季", review_at="10d")
    assert place.clock.now + 10 * DAY == getattr(asked.body, "review_at", None)
    assert "hold_denied" == did(place, "leader1", Verb.DENY_HOLD, id_, reason="先做排查").type
    did(place, "dispatcher1", Verb.ASK_HOLD, id_, reason="等旱季", review_at="10d")
    assert "hold_granted" == did(place, "leader1", Verb.GRANT_HOLD, id_).type
    assert State.HOLD is place.incident(id_).state
    assert "resumed" == did(place, "dispatcher1", Verb.RESUME, id_).type


def test_work_is_reported_checked_called_back_and_closed(place: Workplace, tmp_path: Path) -> None:
    """T20 to T26 with rework, redo, and every undo."""
    id_ = given_in_work(place)
    fed = did(
        place, "fire1", Verb.FEEDBACK, id_, text="已清空", closing_met="met", photos=photo(tmp_path)
    )
    assert ({"measure": "已清空"}, 1) == (sealed_of(place.desk.site, fed), len(fed.blobs))
    assert "withdrawn" == did(place, "fire1", Verb.WITHDRAW, id_).type
    did(place, "fire1", Verb.FEEDBACK, id_, text="已清空", closing_met="met", result="通畅")
    failed = did(place, "inspector1", Verb.INSPECT_FAIL, id_, reason="二楼仍堵")
    assert ("inspected_fail", "二楼仍堵") == (failed.type, failed.body.reason)
    did(place, "fire1", Verb.FEEDBACK, id_, text="二楼也清空", closing_met="met")
    looked = did(place, "inspector1", Verb.INSPECT, id_, finding="1", distance_m="40")
    assert (Finding.TRUE, 40) == (
        getattr(looked.body, "finding", None),
        getattr(looked.body, "distance_m", None),
    )
    did(place, "inspector1", Verb.INSPECT_PASS, id_)
    assert "rechecked" == did(place, "inspector1", Verb.RECHECK, id_).type
    did(place, "inspector1", Verb.INSPECT_PASS, id_)
    assert "call_tried" == did(place, "supervisor1", Verb.CALL_TRIED, id_).type
    called = did(place, "supervisor1", Verb.CALL_BACK, id_, grade="5")
    assert (5, Channel.PHONE) == (
        getattr(called.body, "grade", None),
        getattr(called.body, "channel", None),
    )
    assert "redone" == did(place, "chief1", Verb.REDO, id_, reason="再清一次").type
    did(place, "fire1", Verb.FEEDBACK, id_, text="又清一次", closing_met="met")
    did(place, "inspector1", Verb.INSPECT_PASS, id_)
    did(place, "supervisor1", Verb.CALL_BACK, id_, grade="4")
    accepted = did(place, "chief1", Verb.ACCEPT, id_, reason="诉求超出职责")
    assert "dissatisfaction_accepted" == accepted.type
    closed = did(place, "chief1", Verb.CLOSE, id_, score="95")
    assert ("closed", 95) == (closed.type, getattr(closed.body, "score", None))
    assert "reopened" == did(place, "chief1", Verb.REOPEN, id_, reason="又堵上了").type


def test_a_duplicate_is_merged_and_split(place: Workplace) -> None:
    """T27 both ways: child and master in one unit."""
    master = given_reported(place)
    child = given_reported(place)
    number = place.desk.rows(frozenset({master})).result()[0].number

    merged = did(place, "clerk1", Verb.MERGE, child, into=number)
    assert ("merged", master) == (merged.type, getattr(merged.body, "master", None))
    assert (child,) == place.incident(master).children
    assert "split" == did(place, "clerk1", Verb.SPLIT, child).type
    assert () == place.incident(master).children


def test_a_contested_dispatch_is_decided_and_answered(place: Workplace, tmp_path: Path) -> None:
    """T33: two seats dispatched apart; the chief keeps one, the other unit answers."""
    id_ = given_reported(place)
    place.desk.act(Command(verb=Verb.FILE, incident=id_)).result()
    given_dispatched_twice(place, id_, tmp_path)
    place.desk.login("chief1", PASSWORD).result()
    place.show(id_)
    kept = place.panel.contested
    place.qtbot.waitUntil(kept.isVisible)
    assert ["state"] == [pair.about for pair in place.incident(id_).contested]

    decide(place)
    place.settle(id_)

    incident = place.incident(id_)
    resolved = next(event for event in incident.facts if event.type == "resolved")
    assert ("chief1", "同意消防") == (resolved.actor, resolved.body.reason)
    assert (FIRE, (SAFETY,)) == (incident.unit, incident.told_off)
    answered = did(place, "safety1", Verb.ANSWER_STAND_DOWN, id_)
    assert ("told_off_answered", SAFETY) == (
        answered.type,
        getattr(answered.body, "told_off", None),
    )


def decide(place: Workplace) -> None:
    """Choose the side of the fire brigade and give the reason."""
    side = place.panel.contested
    shown = place.panel.shown()
    assert shown is not None
    facts = (shown.contests[0].one, shown.contests[0].two)
    at_ = next(at_ for at_, fact in enumerate(facts) if fact.unit.startswith(FIRE))
    if place.mouse:
        place.click(side.decision, side.decision.box(at_).center().toPoint())
        place.click(side.reason)
        place.type("同意消防")
        place.click(side.confirm)
    else:
        place.panel.setFocus()
        place.key(str(at_ + 1))
        place.press(Qt.Key.Key_Return)
        place.type("同意消防")
        place.press(Qt.Key.Key_Return)
    place.finish(0)


def given_dispatched_twice(place: Workplace, id_: str, folder: Path) -> None:
    """Another seat that knew the filing dispatched elsewhere while no line was up."""
    hub = Numbering(town=HENGLI)
    here = place.desk.site
    identity = SiteIdentity("s2", HENGLI, HENGLI, "B", "22" * 16, Signer.new())
    there = SiteStore.open(folder / "other", identity)
    there.write(put_tables).result()
    other = Desk(there, place.clock)
    hub.take_from(here)
    there.apply_page(HENGLI, hub.page())
    for desk, unit in ((place.desk, FIRE), (other, SAFETY)):
        place.clock.forward(MINUTE)
        desk.login("dispatcher1", PASSWORD).result()
        desk.act(Command(verb=Verb.DISPATCH, incident=id_, unit=unit)).result()
    hub.take_from(here)
    hub.take_from(there)
    here.apply_page(HENGLI, hub.page())
    there.close()
