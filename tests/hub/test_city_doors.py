"""The city's own doors: an order down, a matter back or done, each by a person of the city."""

from __future__ import annotations

from typing import Any

import pytest

from dispatch.domain.codes import Role, Source, State, SubState
from dispatch.domain.command import Verb
from dispatch.hub.hub import Hub
from dispatch.hub.verify import check_town
from dispatch.wire.envelope import read
from tests.byways import given_city, given_joint
from tests.given import CHIEF, CITY, FIRE, POLICE, TOWN, act
from tests.hub.field import JPEG, REPORT, auth, events, incident_of, problem
from tests.hub.office import TestClock, given_person, given_seat
from tests.hub.serving import Door

DOOR = f"/v1/city/{TOWN}/incidents"


@pytest.fixture
def city(hub: Hub) -> str:
    """A token of the city's chief."""
    return given_person(hub, "city1", Role.CHIEF, node=CITY)


def assigned(door: Door, city: str, order: str = "SD-1", key: str = "", **more: Any) -> Any:
    form = {**REPORT, "order": order, **more}
    return door.post(DOOR, headers=auth(city, key), json=form)


def test_an_order_gets_the_towns_next_number_and_every_seat_pulls_it(
    hub: Hub, door: Door, city: str
) -> None:
    seat = given_seat(hub)
    photo = f"/v1/city/{TOWN}/photos"
    name = door.put(photo, headers=auth(city), content=JPEG).json()["sha256"]

    answer = assigned(door, city, photos=[name])
    seat.pull(with_digest=True)

    assert 200 == answer.status_code, answer.text
    told = answer.json()
    assert (f"{TOWN}-2026-000001", "filed") == (told["number"], told["state"])
    event = read(seat.got[0].event.encode())
    assert ("city1", "chief", "city_assigned", (name,)) == (
        event.actor,
        event.role,
        event.type,
        event.blobs,
    )
    incident = incident_of(hub, told["incident"])
    assert (State.FILED, Source.CITY, "SD-1") == (
        incident.state,
        incident.source,
        incident.city_id,
    )
    assert 1 == check_town(hub, TOWN).seq


def test_the_same_order_twice_is_one_incident(hub: Hub, door: Door, city: str) -> None:
    first = assigned(door, city, key="k1")
    again = assigned(door, city, key="k1")
    other = assigned(door, city, key="k2", text="另一段话")

    assert first.json() == again.json()
    assert first.json()["number"] in problem(other, 409, "already_assigned")
    assert 1 == len(events(hub, "city_assigned"))


def test_a_matter_comes_back_and_is_done(hub: Hub, door: Door, city: str) -> None:
    seat = given_seat(hub)
    one, two = given_city(seat.log), given_city(seat.log)
    seat.push()

    back = door.post(f"{DOOR}/{one.id}/city-return", headers=auth(city), json={"order": "SD-2"})
    done = door.post(
        f"{DOOR}/{two.id}/city-done", headers=auth(city), json={"order": "SD-3", "text": "已协调"}
    )

    assert ["work", "done"] == [each.json()["state"] for each in (back, done)]
    assert "SD-3" == incident_of(hub, two.id).city_order


def test_bad_input_and_other_people(hub: Hub, door: Door, city: str) -> None:
    for form in ({}, {"order": ""}, {"order": "x" * 65}, {"order": "a", "unknown": 1}):
        problem(door.post(DOOR, headers=auth(city), json={**REPORT, **form}), 422, "bad_input")
    problem(assigned(door, city, "a\nb"), 400, "bad_input")
    problem(door.post(DOOR, headers=auth("nobody"), json={}), 422, "bad_input")
    problem(assigned(door, "zp_unknown"), 401, "unauthorized")
    chief = given_person(hub, "chief1", Role.CHIEF, node=TOWN)
    problem(assigned(door, chief), 403, "city_only")
    for town in ("441900999", CITY, "x"):
        answer = door.post(
            f"/v1/city/{town}/incidents", headers=auth(city), json={**REPORT, "order": "SD-1"}
        )
        problem(answer, 401, "unauthorized")
        answer = door.post(
            f"/v1/city/{town}/incidents", headers=auth(chief), json={**REPORT, "order": "SD-1"}
        )
        problem(answer, 403, "out_of_scope")
    assert [] == events(hub, "city_assigned")


def test_the_citys_people_have_no_field_door(door: Door, city: str) -> None:
    """Theirs names the town."""
    problem(door.post("/v1/field/incidents", headers=auth(city), json=REPORT), 401, "unauthorized")


def test_an_assisting_unit_answers_from_the_field(hub: Hub, door: Door, clock: TestClock) -> None:
    """T14: signed, there, fed back; and the next one given back."""
    seat = given_seat(hub)
    one, two = given_joint(seat.log), given_joint(seat.log)
    clock.now = seat.log.now
    seat.push()
    token = given_person(hub, "police1", Role.UNIT, node=f"{TOWN}/{POLICE}")

    def do(id_: str, verb: str, **form: Any) -> Any:
        door_ = f"/v1/field/incidents/{id_}/{verb}"
        return door.post(door_, headers=auth(token), json=form)

    for verb, form in (
        ("sub-sign", {"person": "某警"}),
        ("sub-arrive", {}),
        ("sub-feedback", {"text": "已疏散", "unit": POLICE}),
    ):
        assert 200 == do(one.id, verb, **form).status_code
    assert 200 == do(two.id, "sub-return", why="not-ours").status_code
    assert [SubState.DONE, SubState.RETURNED] == [
        incident_of(hub, each.id).subs[0].state for each in (one, two)
    ]
    problem(do(one.id, "sub-sign", unit=POLICE), 409, "sub_state")
    problem(do(one.id, "sub-feedback", text="x", unit=FIRE), 409, "no_sub_order")


def test_the_assisting_unit_s_site_sees_the_incident(hub: Hub) -> None:
    """Nobody told it before the joint order; then it gets the whole of it."""
    seat = given_seat(hub)
    unit = given_seat(hub, "P", f"{TOWN}/{POLICE}")
    joint = given_joint(seat.log)
    before = len(seat.log.kept) - 1
    seat.push(0, before)
    hub.folding.catch_up(TOWN)
    assert () == unit.pull().backfill
    assert [] == unit.got

    seat.push(before)
    hub.folding.catch_up(TOWN)
    unit.pull()

    assert "joint_ordered" == read(unit.got[-1].event.encode()).type
    assert State.DONE is not joint.state
    excused = act(seat.log, joint.id, Verb.SUB_EXCUSE, CHIEF, unit=POLICE, reason="enough")
    assert not excused.subs[0].open
