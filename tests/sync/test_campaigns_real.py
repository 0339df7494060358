"""Checks and notices over a real hub: delivered by scope, counted the same, never doubled."""

from __future__ import annotations

import pytest

from dispatch.acts import town
from dispatch.domain.bodies_town import Checked
from dispatch.domain.calendar import HOUR
from dispatch.domain.campaign import fold_campaign, fold_task, task_id
from dispatch.domain.codes import Kind, Role
from dispatch.domain.decide_campaign import AnswerTask, IssueCampaign, PlaceToCheck
from dispatch.domain.event import Event, Subject
from dispatch.domain.notice import IssueNotice, fold_notice
from dispatch.hub.hub import Hub
from dispatch.hub.verify import check_town
from dispatch.store.subjects import facts_of, told_under
from tests.given import CHIEF, GRID, NEXT_GRID, NEXT_VILLAGE, STATION, TOWN, VILLAGE, person
from tests.hub.field import auth, events, problem
from tests.hub.office import given_person
from tests.hub.serving import Door
from tests.sync.conftest import Making
from tests.sync.stations import Station

ROUND = "round-1"


@pytest.fixture
def door(url: str) -> Door:
    """The doors of the hub that the sites exchange with."""
    return Door(url)


def issue(station: Station) -> int:
    command = IssueCampaign(
        id=ROUND,
        title="低洼点检查",
        due=station.now + 6 * HOUR,
        places=(PlaceToCheck(grid=GRID, name="一村桥洞"), PlaceToCheck(grid=NEXT_GRID)),
    )
    now = station.now
    return len(
        station.store.write(lambda log: town.issue_campaign(log, command, CHIEF, now)).result()[1]
    )


def facts(station: Station, kind: Kind, id_: str) -> tuple[Event, ...]:
    return station.store.read(
        lambda reader: facts_of(reader.connection, Subject(kind, id_))
    ).result()


def findings(station: Station, grid: str) -> list[Checked | None]:
    found = fold_task(facts(station, Kind.CAMPAIGN, task_id(ROUND, grid)))
    return [each.finding for each in found.places]


def test_a_village_gets_its_own_grids_task_and_no_other(hub: Hub, station: Making) -> None:
    one, village, next_ = station("a"), station("v", VILLAGE), station("w", NEXT_VILLAGE)
    assert 3 == issue(one)
    for each in (one, village, next_):
        each.sync()

    for site, mine, others in ((village, GRID, NEXT_GRID), (next_, NEXT_GRID, GRID)):
        assert fold_campaign(facts(site, Kind.CAMPAIGN, ROUND)).order is not None
        assert [None] == findings(site, mine)
        assert [] == findings(site, others)
        assert site.status().digest == site.status().hub_digest
    told = village.store.read(
        lambda reader: told_under(reader.connection, Kind.CAMPAIGN, ROUND, f"{ROUND};")
    ).result()
    assert {"低洼点检查", "一村桥洞"} == {text for _, plain in told for text in plain.values()}
    assert 3 == check_town(hub, TOWN).seq


def test_sent_again_from_another_seat_nothing_is_doubled(station: Making) -> None:
    one, two = station("a"), station("b")
    issue(one)
    one.sync()
    two.sync()
    assert 0 == issue(two)
    assert 0 == two.status().unsent


def test_a_worker_lists_and_answers_at_the_field_door_and_every_seat_hears_of_it(
    hub: Hub, station: Making, door: Door
) -> None:
    one, village = station("a"), station("v", VILLAGE)
    issue(one)
    one.sync()
    village.sync()
    token = given_person(hub, "W001", Role.WORKER)
    photo = door.put(
        "/v1/field/photos", headers=auth(token), content=b"\xff\xd8\xff\xe0 a made-up picture"
    ).json()["sha256"]

    (mine,) = door.get("/v1/field/tasks", headers=auth(token)).json()["tasks"]
    assert (ROUND, "低洼点检查", GRID) == (mine["campaign"], mine["title"], mine["grid"])
    assert [("1", "一村桥洞", None)] == [
        (each["no"], each["name"], each["finding"]) for each in mine["places"]
    ]

    form = {"target": "1", "finding": "problem", "text": "桥洞积水", "photos": [photo]}
    path = f"/v1/field/tasks/{ROUND}/{GRID}"
    first = door.post(path, headers=auth(token, "key-1"), json=form)
    again = door.post(path, headers=auth(token, "key-1"), json=form)
    assert (200, first.json()) == (first.status_code, again.json())
    assert 1 == len(events(hub, "task_answered"))

    for each in (one, village):
        each.sync()
        assert [Checked.PROBLEM] == findings(each, GRID)
        assert each.status().digest == each.status().hub_digest
    (after,) = door.get("/v1/field/tasks", headers=auth(token)).json()["tasks"]
    assert "problem" == after["places"][0]["finding"]


def test_the_field_door_refuses_what_is_not_the_workers(
    hub: Hub, station: Making, door: Door
) -> None:
    one = station("a")
    issue(one)
    one.sync()
    token = given_person(hub, "W001", Role.WORKER)
    form = {"target": "1", "finding": "clear"}

    other = door.post(f"/v1/field/tasks/{ROUND}/{NEXT_GRID}", headers=auth(token), json=form)
    problem(other, 403, "out_of_scope")
    none = door.post(f"/v1/field/tasks/no-such/{GRID}", headers=auth(token), json=form)
    assert none.status_code in {404, 409}
    wrong = {**form, "finding": "perhaps"}
    path = f"/v1/field/tasks/{ROUND}/{GRID}"
    assert 422 == door.post(path, headers=auth(token), json=wrong).status_code
    more = {**form, "also": 1}
    assert 422 == door.post(path, headers=auth(token), json=more).status_code
    far = {**form, "target": "9"}
    assert 400 == door.post(path, headers=auth(token), json=far).status_code
    assert 401 == door.get("/v1/field/tasks").status_code
    assert [] == events(hub, "task_answered")


def test_an_ended_round_leaves_the_workers_list(hub: Hub, station: Making, door: Door) -> None:
    one = station("a")
    issue(one)
    one.store.write(lambda log: town.end_campaign(log, ROUND, CHIEF, one.now)).result()
    one.sync()
    token = given_person(hub, "W001", Role.WORKER)
    assert [] == door.get("/v1/field/tasks", headers=auth(token)).json()["tasks"]


def test_a_station_records_for_its_worker_while_cut_off(station: Making) -> None:
    one, village = station("a"), station("v", VILLAGE)
    issue(one)
    one.sync()
    village.sync()
    command = AnswerTask(
        campaign=ROUND, grid=GRID, target="1", finding=Checked.CLEAR, on_behalf="W001"
    )
    now = village.now + HOUR
    village.store.write(lambda log: town.answer_task(log, command, STATION, now)).result()
    village.sync()
    one.sync()
    assert [Checked.CLEAR] == findings(one, GRID)


def test_a_notice_reaches_whom_it_names_and_the_receipt_comes_back(station: Making) -> None:
    one, village, next_ = station("a"), station("v", VILLAGE), station("w", NEXT_VILLAGE)
    command = IssueNotice(id="n1", to=(VILLAGE, "@chief2"), title="全员到岗")
    one.store.write(lambda log: town.issue_notice(log, command, CHIEF, one.now)).result()
    for each in (one, village, next_):
        each.sync()
    assert () == facts(next_, Kind.NOTICE, "n1")

    reader = person("station2", Role.STATION, node=VILLAGE)
    village.store.write(lambda log: town.read_notice(log, "n1", reader, village.now)).result()
    village.sync()
    one.sync()

    found = fold_notice(facts(one, Kind.NOTICE, "n1"))
    assert ("@chief2",) == found.unread
    for each in (one, village):
        assert each.status().digest == each.status().hub_digest
