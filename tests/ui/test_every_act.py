"""Every act up to the order through pane and forms, by key and by mouse: the stored event."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dispatch.domain.codes import (
    Channel,
    Finding,
    Priority,
    ReturnReason,
    Source,
    State,
)
from dispatch.domain.command import Command, Verb
from tests.desk.offices import FIRE, PASSWORD, SAFETY
from tests.desk.test_candidates import BESIDE, FAR, OWN, on_duty
from tests.ui.acting import acting, at, did, given_reported
from tests.ui.workplace import Workplace, photo, sealed_of
from tests.unit.towns import hengli
from ui.acts.act_form import ActForm
from ui.acts.report_form import ReportForm


@pytest.fixture(params=["keys", "mouse"])
def place(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path) -> Iterator[Workplace]:
    with acting(qtbot, tmp_path, request.param) as made:
        yield made


def test_no_verb_is_left_out() -> None:
    """Every verb is named by a test of these files, which hands it to the window and is checked."""
    here = Path(__file__)
    files = [
        here.with_name(f"test_every_act{rest}.py") for rest in ("", "_of_handling", "_with_others")
    ]
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
