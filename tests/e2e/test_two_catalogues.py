"""Catalogue v1 and v2 side by side: what was filed under v1 keeps its names and its limits."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from resources import path
from tests.e2e.town import Town, zhiwang

ITEM, GONE = "0605", "0601"


def second_version(folder: Path) -> Path:
    """v1 with one item of another name, priority and limits, one that went and one that came."""
    with path("catalogue/catalogue_v1.csv").open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        names, rows = list(reader.fieldnames or ()), list(reader)
    changed = next(row for row in rows if row["item"] == ITEM)
    changed |= {"name": "演示新名称", "priority": "P3", "sla_profile": "G2"}
    rows = [row for row in rows if row["item"] != GONE]
    rows.append({**changed, "item": "0699", "name": "演示新事项"})
    made = folder / "catalogue_v2.csv"
    with made.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
    return made


def filed(town: Town, item: str) -> str:
    id_ = str(town.report("seat1", "clerk1", item, f"演示 {item}")["id"])
    town.act("seat1", "clerk1", "file", id_)
    return id_


def listed(town: Town, site: str) -> dict[str, Any]:
    rows = zhiwang("incident", "list", "--site", town.site(site), "--json").lines()
    return {row["id"]: row["item_name"] for row in rows}


def everybody(town: Town) -> None:
    for site in ("seat1", "seat2", "seat1"):
        town.sync(site)


def test_what_was_filed_before_keeps_names_and_limits(town: Town) -> None:
    town.login("seat1", "clerk1", "dispatcher1")
    old, gone = filed(town, ITEM), filed(town, GONE)
    everybody(town)
    before = {id_: town.show("seat1", id_) for id_ in (old, gone)}
    assert "catalogue_v1" == before[old]["catalogue"]

    file = second_version(town.folder)
    first = zhiwang("import", "catalogue", file, "--db", town.db)
    assert 0 == first.code, first.err
    again = zhiwang("import", "catalogue", file, "--db", town.db)
    assert 0 == again.code, again.err
    everybody(town)
    new = filed(town, ITEM)
    everybody(town)

    kept = ("item_name", "priority", "sla", "limits", "catalogue", "due_at")
    for site in ("seat1", "seat2"):
        for id_, was in before.items():
            now = town.show(site, id_)
            assert {name: was[name] for name in kept} == {name: now[name] for name in kept}
        fresh = town.show(site, new)
        assert ("演示新名称", "P3", "G2", "catalogue_v2") == (
            fresh["item_name"], fresh["priority"], fresh["sla"], fresh["catalogue"],
        )  # fmt: skip
        names = listed(town, site)
        assert {id_: was["item_name"] for id_, was in before.items()} | {new: "演示新名称"} == {
            id_: names[id_] for id_ in (old, gone, new)
        }
    # The frozen profile goes on: the order is sent with the limits of v1.
    sent = town.act("seat1", "dispatcher1", "dispatch", old, "--unit", "消防")
    assert before[old]["sla"] == sent["sla"]
    refused = zhiwang(
        *("incident", "report", "--site", town.site("seat1"), "--as", "clerk1"),
        *("--item", GONE, "--at", "113.9635,23.0380"),
    )
    assert (2, 1, True) == (refused.code, len(refused.err.splitlines()), "--item" in refused.err)
    assert [0] * 4 == [each.code for each in town.verify()]


def test_a_catalogue_that_cannot_be_read_changes_nothing(town: Town) -> None:
    file = second_version(town.folder)
    text = file.read_text(encoding="utf-8")
    assert "演示新事项,P3" in text
    file.write_text(text.replace("演示新事项,P3", "演示新事项,P9"), encoding="utf-8")
    ran = zhiwang("import", "catalogue", file, "--db", town.db)
    assert 2 == ran.code
    assert "Traceback" not in ran.err
    everybody(town)
    town.login("seat1", "clerk1")
    assert "演示新名称" != town.report("seat1", "clerk1", ITEM, "演示")["item_name"]
