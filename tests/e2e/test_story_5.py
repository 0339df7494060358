"""Story 5: twelve citizens report one fallen billboard; eleven go into one, one is filed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from console import sites
from console.clock import clock
from dispatch.desk.desk import Desk
from tests.e2e.test_story_12 import figures, report
from tests.e2e.town import Town, zhiwang

MINUTE = 60_000
ITEM = "0605"
"""The catalogue of the 77 has no billboard; any one item will do."""


def reported(town: Town, number: int) -> Any:
    """One citizen's report, within some thirty metres of the others."""
    point = f"{113.9635 + number * 0.00001:.5f},{23.0380 + number * 0.00001:.5f}"
    who = ("--site", town.site("seat1"), "--as", "clerk1", "--json")
    said = ("--source", "citizen", "--text", f"广告牌掉下来了 {number}", "--phone", "138****0000")
    town.pass_time(2 * MINUTE)
    return zhiwang("incident", "report", *who, "--item", ITEM, "--at", point, *said).json()


@pytest.mark.long
def test_twelve_photos_of_one_billboard(town: Town, tmp_path: Path) -> None:
    town.login("seat1", "clerk1", "dispatcher1", "chief1", "fire1", "inspector1", "supervisor1")
    first, *others = [reported(town, number) for number in range(12)]
    id_ = first["id"]
    with sites.open_site(town.site("seat1")) as site:
        alike = Desk(site, clock()).advice(id_).result().duplicates
    assert {each["id"] for each in others} == {near.id for near in alike}
    assert max(near.distance_m for near in alike) <= 50

    town.act("seat1", "clerk1", "file", id_)
    for near in alike:
        merged = town.act("seat1", "clerk1", "merge", near.id, "--into", id_)
        assert ("merged", id_) == (merged["state"], merged["master"])
    master = town.show("seat1", id_)
    assert 11 == len(master["children"])

    town.act("seat1", "dispatcher1", "dispatch", id_, "--unit", "消防")
    town.act("seat1", "fire1", "sign", id_, "--person", "队员甲")
    town.act("seat1", "fire1", "feedback", id_, "--measure", "已拆除", "--closing", "met")
    town.act("seat1", "inspector1", "inspect-pass", id_)
    town.act("seat1", "supervisor1", "call-back", id_, "--channel", "phone", "--grade", "1")
    closed = town.act("seat1", "chief1", "close", id_)

    assert "closed" == closed["state"]
    for near in alike:
        child = town.show("seat1", near.id)
        # Each stays a report of its own, with the phone of who is to be told.
        assert ("closed", "138 **** 0000") == (child["state"], child["phone"])
        assert child["archive_no"].startswith(closed["archive_no"])
    assert 12 == len(
        {closed["archive_no"], *(town.show("seat1", n.id)["archive_no"] for n in alike)}
    )

    town.pass_time(MINUTE)
    report(town, "seat1", tmp_path / "out")
    told = figures(tmp_path / "out")
    assert 12 == told["flow.new.all"]["value"]
    everything = {id_, *(near.id for near in alike)}
    assert everything == set(told["kpi.valid"]["of"])
    assert 1 == town_filed(town, everything)


def town_filed(town: Town, ids: set[str]) -> int:
    """How many of these were filed: 立案."""
    events = [town.show("seat1", id_)["events"] for id_ in sorted(ids)]
    return sum(any(each["type"] == "filed" for each in told) for told in events)
