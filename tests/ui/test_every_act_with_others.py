"""Acts with other units and with the city, through pane and forms by key and by mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dispatch.domain.calendar import HOUR
from dispatch.domain.codes import Channel, Source, State
from dispatch.domain.command import Verb
from tests.desk.offices import FIRE, PASSWORD, SAFETY
from tests.ui.acting import acting, at, did, given_in_work
from tests.ui.workplace import Workplace, photo, sealed_of
from ui.acts.report_form import ReportForm


@pytest.fixture(params=["keys", "mouse"])
def place(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path) -> Iterator[Workplace]:
    with acting(qtbot, tmp_path, request.param) as made:
        yield made


def test_an_order_of_the_city_is_typed_and_stored(place: Workplace) -> None:
    """T19: the city's people have the report's form with the city's number before all."""
    place.desk.login("city1", PASSWORD).result()
    lon, lat = at()
    place.acts.report()
    form = place.form(ReportForm)
    for name, text in (("order", "SD-2026-9"), ("item", "0605"), ("text", "市长热线交办")):
        place.fill(form, name, text)
    place.fill(form, "lonlat", f"{lon:.6f}, {lat:.6f}")
    point = form.rows["lonlat"].entry
    place.qtbot.waitUntil(lambda: "grid" in point.values())
    place.send(form)
    place.finish(0)

    (row,) = place.desk.rows().result()
    incident = place.incident(row.id)
    assert (State.FILED, "SD-2026-9", Source.CITY, "city1") == (
        incident.state,
        incident.city_id,
        incident.source,
        incident.facts[0].actor,
    )


def test_units_assist_and_the_lead_answers(place: Workplace, tmp_path: Path) -> None:
    """T14: two parts, one done, one given back and excused; the lead feeds back after them."""
    id_ = given_in_work(place)
    joint = did(place, "chief1", Verb.JOINT, id_, assists="安监", due="2h", reason="有人被困")
    orders = list(getattr(joint.body, "orders", ()))
    assert (FIRE, (SAFETY,), place.clock.now + 2 * HOUR) == (
        getattr(joint.body, "unit", None),
        tuple(each.unit for each in orders),
        orders[0].limits[-1].due,
    )
    did(place, "chief1", Verb.JOINT, id_, assists="公安")
    assert [SAFETY, "公安"] == sorted(
        (each.unit for each in place.incident(id_).subs), key=lambda unit: unit != SAFETY
    )
    signed = did(place, "safety1", Verb.SUB_SIGN, id_, person="演示丁", phone="137****1180")
    assert {"person": "演示丁", "phone": "137****1180"} == sealed_of(place.desk.site, signed)
    there = did(place, "safety1", Verb.SUB_ARRIVE, id_, unit="2")
    assert (SAFETY, place.clock.now) == (
        getattr(there.body, "sub", None),
        getattr(there.body, "sub_arrived_at", None),
    )
    fed = did(place, "safety1", Verb.SUB_FEEDBACK, id_, text="已断电", photos=photo(tmp_path))
    assert ({"measure": "已断电"}, 1) == (sealed_of(place.desk.site, fed), len(fed.blobs))
    back = did(place, "dispatcher1", Verb.SUB_RETURN, id_, why="1")
    assert ("公安", Channel.PHONE, "公安") == (
        back.body.on_behalf,
        back.body.told_by,
        getattr(back.body, "sub", None),
    )
    excused = did(place, "chief1", Verb.SUB_EXCUSE, id_, reason="现场已控制")
    assert ("公安", "现场已控制") == (getattr(excused.body, "sub", None), excused.body.reason)
    fed = did(place, "fire1", Verb.FEEDBACK, id_, text="已扑灭", closing_met="met")
    assert "fed_back" == fed.type


def test_a_matter_goes_up_to_the_city_and_comes_back(place: Workplace, tmp_path: Path) -> None:
    """T17 asked, denied, granted; T18 back, and the second time done."""
    id_ = given_in_work(place)
    asked = did(place, "chief1", Verb.ASK_ESCALATION, id_, reason="2", text="涉及邻镇河道")
    assert ("cross_town", {"text": "涉及邻镇河道"}) == (
        asked.body.reason,
        sealed_of(place.desk.site, asked),
    )
    denied = did(place, "leader1", Verb.DENY_ESCALATION, id_, reason="先自行协调")
    assert ("escalation_denied", asked.hash) == (denied.type, getattr(denied.body, "request", ""))
    did(place, "chief1", Verb.ASK_ESCALATION, id_, reason="1")
    assert "escalation_granted" == did(place, "leader1", Verb.GRANT_ESCALATION, id_).type
    assert State.CITY is place.incident(id_).state
    back = did(place, "city1", Verb.CITY_RETURN, id_, order="SD-1", text="属镇街职责")
    assert ("SD-1", State.WORK) == (getattr(back.body, "city_order", ""), place.incident(id_).state)
    did(place, "chief1", Verb.ASK_ESCALATION, id_, reason="3")
    did(place, "leader1", Verb.GRANT_ESCALATION, id_)
    done = did(place, "city1", Verb.CITY_DONE, id_, order="SD-2", photos=photo(tmp_path))
    assert ("city_done", 1, State.DONE) == (done.type, len(done.blobs), place.incident(id_).state)
