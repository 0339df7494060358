"""Story 3: a dormitory burns; three units under one joint order, stamped against 1/3/5 min."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import requests

from tests.e2e.town import POINT, TOWN, VILLAGE, Town, zhiwang

MINUTE = 60_000
FIRE_ITEM = "0801"
EVENING = 1_795_258_800_000
"""2026-11-21 19:00 in China."""
CLEARED = ("--measure", "已清", "--closing", "met")


def passed_s(one: str, two: str) -> float:
    return (datetime.fromisoformat(two) - datetime.fromisoformat(one)).total_seconds()


def field(town: Town, name: str, door: str, **form: Any) -> Any:
    """What the hub's process answers to a telephone."""
    token = zhiwang("hub", "token", "--db", town.db, "--as", name, "--days", "1").out.strip()
    answer = requests.post(
        f"{town.url}/v1/field/{door}",
        headers={"Authorization": f"Bearer {token}"},
        json=form,
        timeout=20,
    )
    assert 200 == answer.status_code, answer.text
    return answer.json()


def from_the_field(town: Town, name: str, id_: str, act: str, **form: str) -> Any:
    """Do an act with a telephone."""
    return field(town, name, f"incidents/{id_}/{act}", **form)


def burning(town: Town) -> tuple[str, str]:
    """In the evening a station reports a fire, and both seats have it: its id, and when."""
    town.now = EVENING
    town.pass_time(0)
    town.login("seat1", "clerk1", "dispatcher1", "chief1", "leader1", "fire1")
    town.login("village", "station1")
    report = ("--text", "宿舍三楼着火，已报 119", "--place", "某宿舍")
    words = ("--item", FIRE_ITEM, "--at", POINT, "--json", *report)
    who = ("--site", town.site("village"), "--as", "station1")
    told = zhiwang("incident", "report", *who, *words).json()
    id_, at = told["id"], told["reported_at"]
    assert ("P1", "reported") == (told["priority"], told["state"])
    town.sync("village")
    for seat in ("seat1", "seat2"):
        town.sync(seat)
        assert "P1" == town.show(seat, id_)["priority"]
    return id_, at


def test_a_fire_is_handled_jointly_and_every_arrival_is_stamped(town: Town) -> None:
    id_, at = burning(town)
    town.act("seat1", "clerk1", "file", id_)
    town.act("seat1", "dispatcher1", "dispatch", id_, "--unit", "消防")
    town.act("seat1", "fire1", "sign", id_, "--person", "队长")
    # Each with an end of its own: the police in two hours, the station in one.
    said = ("--lead", "消防", "--assist", "公安", "--assist", VILLAGE)
    ends = ("--limit", "公安=2h", "--limit", f"{VILLAGE}=1h")
    joint = town.act("seat1", "chief1", "joint", id_, *said, *ends)
    assert ("work", "消防", ["公安", VILLAGE]) == (joint["state"], joint["unit"], joint["assists"])
    parts = {part["unit"]: part for part in joint["subs"]}
    assert {"sent"} == {part["state"] for part in parts.values()}
    due = {unit: part["limits"][-1]["due"] for unit, part in parts.items()}
    assert (7200, 3600) == (
        passed_s(parts["公安"]["limits"][-1]["start"], due["公安"]),
        passed_s(parts[VILLAGE]["limits"][-1]["start"], due[VILLAGE]),
    )
    town.sync("seat1")

    town.pass_time(MINUTE)
    from_the_field(town, "fire1", id_, "arrive")
    town.pass_time(MINUTE)
    from_the_field(town, "police1", id_, "sub-sign", person="某警")
    from_the_field(town, "police1", id_, "sub-arrive")
    town.sync("village")
    town.pass_time(2 * MINUTE)
    town.act("village", "station1", "sub-sign", id_, "--person", "某站长")
    there = town.act("village", "station1", "sub-arrive", id_)
    town.sync("village")
    town.sync("seat1")

    shown = town.show("seat1", id_)
    parts = {part["unit"]: part for part in shown["subs"]}
    stamps = {
        "消防": passed_s(at, shown["arrived_at"]),
        "公安": passed_s(at, parts["公安"]["arrived_at"]),
        VILLAGE: passed_s(at, parts[VILLAGE]["arrived_at"]),
    }
    assert {"消防": 60, "公安": 120, VILLAGE: 240} == stamps
    within = {minutes: sum(s <= minutes * 60 for s in stamps.values()) for minutes in (1, 3, 5)}
    assert {1: 1, 3: 2, 5: 3} == within
    assert there["subs"] == shown["subs"]

    early = town.tried("seat1", "fire1", "feedback", id_, "--measure", "已扑灭", "--closing", "met")
    assert (2, 1, True) == (early.code, len(early.err.splitlines()), "subs_open" in early.err)
    from_the_field(town, "police1", id_, "sub-feedback", text="人员已疏散")
    town.sync("seat1")
    excused = town.act(
        "seat1", "chief1", "sub-excuse", id_, "--unit", VILLAGE, "--reason", "enough"
    )
    assert ["done", "excused"] == sorted(part["state"] for part in excused["subs"])
    done = town.act("seat1", "fire1", "feedback", id_, "--measure", "已扑灭", "--closing", "met")
    assert "done" == done["state"]
    town.sync("seat1")
    town.sync("village")
    # The station's own site has seen it from the joint order on, whoever's village it is.
    assert "done" == town.show("village", id_)["state"]
    assert all(ran.code == 0 for ran in town.verify())


def test_a_unit_that_is_not_the_right_one_gives_its_part_back(town: Town) -> None:
    """The chief lets it off or asks another; until then the lead waits."""
    town.login("seat1", "clerk1", "dispatcher1", "chief1", "fire1", "safety1")
    id_ = town.report("seat1", "clerk1", "0605", "通道堵塞")["id"]
    town.act("seat1", "clerk1", "file", id_)
    town.act("seat1", "dispatcher1", "dispatch", id_, "--unit", "消防")
    town.act("seat1", "fire1", "sign", id_, "--person", "队长")
    town.act("seat1", "chief1", "joint", id_, "--lead", "消防", "--assist", "安监")
    back = town.act("seat1", "safety1", "sub-return", id_, "--reason", "not-ours")
    assert "returned" == back["subs"][0]["state"]
    assert (
        2
        == town.tried(
            "seat1", "fire1", "feedback", id_, "--measure", "已清", "--closing", "met"
        ).code
    )

    again = town.act("seat1", "chief1", "joint", id_, "--lead", "消防", "--assist", "公安")
    assert {"安监": "returned", "公安": "sent"} == {p["unit"]: p["state"] for p in again["subs"]}
    for unit in ("安监", "公安"):
        town.act("seat1", "chief1", "sub-excuse", id_, "--unit", unit, "--reason", "enough")
    assert "done" == town.act("seat1", "fire1", "feedback", id_, *CLEARED)["state"]


def test_bad_words_of_a_joint_order(town: Town) -> None:
    """One clear line each, and nothing half-written."""
    town.login("seat1", "clerk1", "dispatcher1", "chief1", "fire1")
    id_ = town.report("seat1", "clerk1", "0605", "通道堵塞")["id"]
    town.act("seat1", "clerk1", "file", id_)
    town.act("seat1", "dispatcher1", "dispatch", id_, "--unit", "消防")
    work = town.act("seat1", "fire1", "sign", id_, "--person", "队长")
    lead = ("--lead", "消防")
    for said, where in (
        ((*lead,), "--assist"),
        ((*lead, "--assist", "消防"), "--assist"),
        ((*lead, "--assist", "环保"), "--assist"),
        (("--lead", "环保", "--assist", "公安"), "--lead"),
        ((*lead, "--assist", "公安", "--limit", "4h"), "--limit"),
        ((*lead, "--assist", "公安", "--limit", "安监=4h"), "--limit"),
        ((*lead, "--assist", "公安", "--limit", "公安=yesterday"), "--limit"),
        ((*lead, "--assist", "公安", "--due", "0h"), "--due"),
    ):
        ran = town.tried("seat1", "chief1", "joint", id_, *said)
        assert (2, 1) == (ran.code, len(ran.err.strip().splitlines())), (said, ran.err)
        assert where in ran.err
    assert work["version"] == town.show("seat1", id_)["version"]
    assert TOWN == work["town"]
