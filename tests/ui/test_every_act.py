"""Every transition through pane and forms by key and by mouse; the stored event is checked."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from dispatch.acts.perform import new_id
from dispatch.desk.desk import Desk
from dispatch.domain.calendar import DAY, MINUTE
from dispatch.domain.codes import (
    Channel,
    Finding,
    Priority,
    ReturnReason,
    Source,
    State,
    Supervision,
)
from dispatch.domain.command import Command, Verb
from dispatch.domain.event import Event
from dispatch.store.identity import SiteIdentity
from dispatch.store.site import SiteStore
from dispatch.wire.keys import Signer
from tests.builders import Numbering
from tests.desk.offices import FIRE, PASSWORD, SAFETY, Hand, open_desk, put_tables
from tests.desk.test_candidates import BESIDE, FAR, OWN, on_duty
from tests.ui.workplace import Workplace, photo, sealed_of
from tests.unit.towns import HENGLI, hengli
from ui.acts.act_form import ActForm
from ui.acts.report_form import ReportForm


@pytest.fixture(params=["keys", "mouse"])
def place(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path) -> Iterator[Workplace]:
    hand = Hand()
    made = Workplace(qtbot, open_desk(tmp_path / "seat", hand), hand, request.param == "mouse")
    yield made
    made.leave()


def at() -> tuple[float, float]:
    grid = hengli().grids[0]
    return grid.lon, grid.lat


def given_reported(place: Workplace, *, item: str = "0605", source: Source = Source.HOTLINE) -> str:
    """An incident that another seat reported; shown in the pane to the clerk."""
    place.desk.login("clerk1", PASSWORD).result()
    id_ = new_id()
    lon, lat = at()
    command = Command(verb=Verb.REPORT, incident=id_, item=item, source=source, text="通道堵塞")
    place.desk.report_at(command, lon, lat).result()
    place.show(id_)
    return id_


def did(place: Workplace, who: str, verb: Verb, id_: str, /, **given: str) -> Event:
    """Act as somebody; the event is the one of the person in this act."""
    place.clock.forward(MINUTE)
    place.become(who)
    event = place.do(verb, id_, **given)
    assert (who, place.desk.person.roles[0] if place.desk.person else "") == (
        event.actor,
        event.role,
    )
    return event


def test_no_verb_is_left_out() -> None:
    """Every verb is named by a test of these files, which hands it to the window and is checked."""
    files = [Path(__file__), Path(__file__).with_name("test_every_act_with_others.py")]
    tests = [
        each
        for file in files
        for each in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")
    ]
    named = {
        node.attr
        for test in tests
        for node in ast.walk(test)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Verb"
    }
    in_forms_of_their_own = {"REPORT", "CITY_ASSIGN", "RESOLVE"}
    assert {verb.name for verb in Verb} == named | in_forms_of_their_own


def test_a_report_is_typed_and_stored(place: Workplace, tmp_path: Path) -> None:
    """T1: item by initials, grid from the point, everything else by field."""
    place.desk.login("clerk1", PASSWORD).result()
    lon, lat = at()
    place.acts.report()
    form = place.form(ReportForm)

    place.fill(form, "item", "0605")
    place.fill(form, "priority", "1")
    place.fill(form, "lonlat", f"{lon:.6f}, {lat:.6f}")
    point = form.rows["lonlat"].entry
    place.qtbot.waitUntil(lambda: "grid" in point.values())
    for name, text in (
        ("place", "工业二路18号"),
        ("text", "三楼通道堆满货物"),
        ("source", "5"),
        ("reporter", "演示甲"),
        ("phone", "138****6021"),
        ("photos", photo(tmp_path)),
    ):
        place.fill(form, name, text)
    place.send(form)
    place.finish(0)

    id_ = place.commands[-1].incident
    event = place.incident(id_).facts[-1]
    body = event.body
    assert ("reported", "0605", Priority.P1, Source.HOTLINE, hengli().grids[0].code) == (
        event.type,
        getattr(body, "item", None),
        getattr(body, "priority", None),
        getattr(body, "source", None),
        getattr(body, "grid", None),
    )
    assert sealed_of(place.desk.site, event) == {
        "place": "工业二路18号",
        "text": "三楼通道堆满货物",
        "reporter": "演示甲",
        "phone": "138****6021",
    }
    assert 1 == len(event.blobs)


def test_intake_is_verified_filed_confirmed_and_unfiled(place: Workplace) -> None:
    """T3, 4, 5, 30, 32 and the undo of a filing."""
    id_ = given_reported(place)
    worker = place.desk.workers().result()[0]
    on_duty(place.desk, next(each for each in OWN + BESIDE + FAR if each.login == worker.number), 0)

    asked = did(place, "clerk1", Verb.ASK_VERIFY, id_, worker=worker.number, due="2h")
    assert ("verify_asked", worker.number) == (asked.type, getattr(asked.body, "worker", None))
    verified = did(
        place,
        "dispatcher1",
        Verb.VERIFY,
        id_,
        finding="1",
        text="属实",
        on_behalf=worker.number,
        told_by="1",
    )
    assert (Finding.TRUE, worker.number, Channel.PHONE) == (
        getattr(verified.body, "finding", None),
        verified.body.on_behalf,
        verified.body.told_by,
    )
    corrected = did(place, "clerk1", Verb.CORRECT, id_, place="工业三路9号", phone="139****0000")
    assert {"place": "工业三路9号", "phone": "139****0000"} == sealed_of(place.desk.site, corrected)
    noted = did(place, "clerk1", Verb.NOTE, id_, text="已回电")
    assert {"text": "已回电"} == sealed_of(place.desk.site, noted)
    filed = did(place, "clerk1", Verb.FILE, id_, item="0601", priority="2")
    assert ("0601", Priority.P2) == (
        getattr(filed.body, "item", None),
        getattr(filed.body, "priority", None),
    )
    assert "unfiled" == did(place, "clerk1", Verb.UNFILE, id_).type
    assert State.REPORTED is place.incident(id_).state
    did(place, "clerk1", Verb.FILE, id_)
    assert "filing_confirmed" == did(place, "chief1", Verb.CONFIRM, id_).type


def test_requests_are_asked_denied_granted_and_taken_back(place: Workplace) -> None:
    """T6 and T28, asked and answered by different people; the undo of each grant."""
    id_ = given_reported(place)
    for ask, deny, grant, kind in (
        (Verb.ASK_REFUSE, Verb.DENY_REFUSE, Verb.GRANT_REFUSE, "refusal"),
        (Verb.ASK_VOID, Verb.DENY_VOID, Verb.GRANT_VOID, "void"),
    ):
        asked = did(place, "clerk1", ask, id_, reason="重复来电")
        assert (f"{kind}_asked", "重复来电") == (asked.type, asked.body.reason)
        denied = did(place, "chief1", deny, id_, reason="不是一回事")
        assert (f"{kind}_denied", asked.hash) == (denied.type, getattr(denied.body, "request", ""))
        again = did(place, "clerk1", ask, id_, reason="确是重复")
        granted = did(place, "chief1", grant, id_)
        assert (f"{kind}_granted", again.hash) == (
            granted.type,
            getattr(granted.body, "request", ""),
        )
        assert State.VOID is place.incident(id_).state
        assert "restored" == did(place, "chief1", Verb.RESTORE, id_).type
        assert State.REPORTED is place.incident(id_).state


def test_an_order_goes_out_and_comes_back(place: Workplace) -> None:
    """T7 to T10 with every undo; T31 on behalf of the unit."""
    id_ = given_reported(place)
    did(place, "clerk1", Verb.FILE, id_)
    sent = did(place, "dispatcher1", Verb.DISPATCH, id_, text="先断电")
    assert (FIRE, {"text": "先断电"}) == (
        getattr(sent.body, "unit", None),
        sealed_of(place.desk.site, sent),
    )
    assert "stood_down" == did(place, "dispatcher1", Verb.STAND_DOWN, id_).type
    did(place, "dispatcher1", Verb.DISPATCH, id_)
    back = did(place, "fire1", Verb.RETURN, id_, why="1", propose="安监")
    assert (ReturnReason.NOT_OURS, SAFETY) == (
        getattr(back.body, "why", None),
        getattr(back.body, "propose", None),
    )
    did(place, "dispatcher1", Verb.DISPATCH, id_)
    moved = did(place, "dispatcher1", Verb.REASSIGN, id_, unit="安监")
    assert (FIRE, SAFETY) == (
        getattr(moved.body, "from_unit", None),
        getattr(moved.body, "unit", None),
    )
    signed = did(place, "safety1", Verb.SIGN, id_, person="演示乙", phone="137****1180")
    assert {"person": "演示乙", "person_phone": "137****1180"} == sealed_of(place.desk.site, signed)
    assert "unsigned" == did(place, "safety1", Verb.UNSIGN, id_).type
    told = did(place, "dispatcher1", Verb.SIGN, id_, person="演示乙")
    assert (SAFETY, Channel.PHONE) == (told.body.on_behalf, told.body.told_by)
    arrived = did(place, "dispatcher1", Verb.ARRIVE, id_)
    assert place.clock.now == getattr(arrived.body, "arrived_at", None)


def test_what_was_dealt_with_already_is_reported_and_reviewed(
    place: Workplace, tmp_path: Path
) -> None:
    """T2: the report form of a station; the intake does not accept it, takes it back, accepts."""
    login = place.desk.login("station1", PASSWORD).result()
    grid = next(each for each in hengli().grids if each.code.startswith(login.node))
    place.acts.report()
    form = place.form(ReportForm)
    place.fill(form, "item", "0605")
    place.fill(form, "lonlat", f"{grid.lon:.6f}, {grid.lat:.6f}")
    point = form.rows["lonlat"].entry
    place.qtbot.waitUntil(lambda: "grid" in point.values())
    place.fill(form, "result", "当场搬走")
    place.fill(form, "photos", photo(tmp_path))
    place.send(form)
    place.finish(0)

    id_ = place.commands[-1].incident
    assert Verb.SELF_HANDLED is place.commands[-1].verb
    done = place.incident(id_).facts[-1]
    assert ("self_handled", {"result": "当场搬走"}, 1) == (
        done.type,
        sealed_of(place.desk.site, done),
        len(done.blobs),
    )
    place.show(id_)
    refused = did(place, "clerk1", Verb.INSPECT_FAIL, id_, reason="看不出已清")
    assert ("self_handling_refused", State.VOID) == (refused.type, place.incident(id_).state)
    did(place, "chief1", Verb.RESTORE, id_)
    passed = did(place, "clerk1", Verb.INSPECT_PASS, id_)
    assert ("inspected_pass", "clerk") == (passed.type, passed.role)


def test_a_report_for_information_is_only_recorded(place: Workplace) -> None:
    """T29."""
    id_ = given_reported(place)
    recorded = did(place, "chief1", Verb.RECORD_ONLY, id_, reason="仅供知悉")
    assert ("recorded_only", "仅供知悉") == (recorded.type, recorded.body.reason)
    assert State.CLOSED is place.incident(id_).state


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


def given_in_work(place: Workplace) -> str:
    """An incident that the fire brigade works on."""
    id_ = given_reported(place)
    for who, verb, options in (
        ("clerk1", Verb.FILE, {}),
        ("dispatcher1", Verb.DISPATCH, {"unit": FIRE}),
        ("fire1", Verb.SIGN, {"person": "演示丙"}),
    ):
        place.clock.forward(MINUTE)
        place.desk.login(who, PASSWORD).result()
        place.desk.act(Command(verb=verb, incident=id_, **options)).result()  # type: ignore[arg-type]
    place.show(id_)
    return id_


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


def test_a_refusal_stays_in_the_form_and_can_be_mended(place: Workplace) -> None:
    """The rule's sentence stands in the form; nothing is lost, nothing half-done."""
    id_ = given_reported(place)
    place.desk.act(Command(verb=Verb.FILE, incident=id_)).result()
    place.show(id_)
    place.become("dispatcher1")
    place.begin(Verb.CORRECT)
    form = place.form(ActForm)
    place.fill(form, "lonlat", "113.9, 99")
    place.send(form)

    place.qtbot.waitUntil(lambda: bool(form.rows["lonlat"].error()))
    assert form.isVisible()
    assert "filed" == place.incident(id_).facts[-1].type
