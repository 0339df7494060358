"""Story 9: 14:30 the response goes from Ⅱ to Ⅰ; checks to every grid, P3 stands still."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from pytestqt.qtbot import QtBot

from console.app import window
from dispatch.desk.views import Changes
from dispatch.domain.calendar import MINUTE, ZONE, instant
from dispatch.domain.codes import Light
from tests.e2e.town import PASSWORD, VILLAGE, Town, zhiwang
from tests.hub.field import JPEG
from ui.look.theme import Theme
from ui.town.town_sheet import TownSheet

WAIT_MS = 30_000
P3_ITEM, FLOOD, P2_ITEM = "0602", "1101", "0605"
COLOURS = ("white", "blue", "yellow", "orange", "red")


def at(town: Town, hour: int, minute: int = 0) -> None:
    """Put the town's clock to a moment of Monday the 23rd of November 2026, a working day."""
    moment = instant(datetime(2026, 11, 23, hour, minute, tzinfo=ZONE))
    town.pass_time(moment - town.now)


def order(town: Town, *words: str) -> Any:
    """One order about the town at the first seat, as JSON."""
    site = town.site("seat1")
    return zhiwang("town", *words, "--site", site, "--as", "chief1", "--json").json()


def shown(town: Town, site: str) -> Any:
    return zhiwang("town", "show", "--site", town.site(site), "--json").json()


def listed(town: Town, site: str) -> dict[str, Any]:
    """The list of a site, by text's id."""
    rows = zhiwang(
        "incident", "list", "--site", town.site(site), "--limit", "400", "--json"
    ).lines()
    return {row["id"]: row for row in rows}


def everybody(town: Town) -> None:
    for site in ("seat1", "seat2", "village", "seat1"):
        town.sync(site)


def grids(town: Town) -> list[str]:
    """The codes of all grids, as a first round of checks names them; it is ended again."""
    site = town.site("seat1")
    words = ("--site", site, "--as", "chief1", "--json")
    made = zhiwang(
        "campaign", "issue", "--title", "点名", "--due", "1h", "--id", "roll-call", *words
    ).json()
    assert made["tasks"] + 1 == made["events"]
    found = zhiwang("campaign", "show", "roll-call", "--site", site, "--json").json()["grids"]
    assert zhiwang("campaign", "end", "roll-call", *words).json()["ended"]
    return [each["grid"] for each in found]


def places(folder: Path, codes: list[str]) -> Path:
    """Ninety low-lying places: one in every grid, and the rest in the first."""
    names = [*codes, *[codes[0]] * 90][:90]
    rows = [f"{code},演示低洼点 {nth},," for nth, code in enumerate(names, 1)]
    file = folder / "places.csv"
    file.write_text("grid,name,lon,lat\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return file


def a_worker(town: Town, grid: str) -> dict[str, str]:
    """A worker of a grid with a token: the headers of a request."""
    added = zhiwang(
        *("account", "add", "--db", town.db, "--scope", grid, "--name", "W900"),
        *("--role", "worker"),
        stdin=PASSWORD + "\n",
    )
    assert 0 == added.code, added.err
    token = zhiwang("hub", "token", "--db", town.db, "--as", "W900", "--days", "1").out.strip()
    return {"Authorization": f"Bearer {token}"}


def from_the_field(town: Town, method: str, door: str, headers: dict[str, str], **body: Any) -> Any:
    """What the hub's process answers to a worker's telephone."""
    answer = requests.request(
        method, f"{town.url}/v1/field/{door}", headers=headers, timeout=30, **body
    )
    assert 200 == answer.status_code, answer.text
    return answer.json()


@pytest.fixture
def typhoon(town: Town) -> Town:
    """14:30, after white to red and Ⅱ at 14:00: incidents of each priority, then the order Ⅰ."""
    at(town, 13)
    town.login("seat1", "chief1", "clerk1")
    for minute, colour in enumerate(COLOURS):
        at(town, 13, minute)
        order(town, "signal", "--kind", "typhoon", "--colour", colour)
    order(
        town, "response", "--kind", "wind", "--level", "II", "--order", "演示令11号",
        "--freeze-from", "I",
    )  # fmt: skip
    at(town, 14, 5)
    town.login("seat1", "chief1", "clerk1")
    for item in (P3_ITEM, P2_ITEM, FLOOD):
        town.report("seat1", "clerk1", item, f"演示 {item}")
    assert {} == shown(town, "seat1")["frozen"]
    at(town, 14, 30)
    order(
        town, "response", "--kind", "wind", "--level", "I", "--order", "演示令12号",
        "--freeze-from", "I", "--text", "全员到岗",
    )  # fmt: skip
    everybody(town)
    return town


def test_the_step_from_two_to_one_and_what_stands_still(typhoon: Town) -> None:
    """All sites say the same; the P3 waits, the others run; after the end nothing is lost."""
    town = typhoon
    told = shown(town, "seat1")
    (signal,), (response,) = told["signals"], told["responses"]
    assert ("typhoon", "red", []) == (signal["kind"], signal["colour"], signal["rivals"])
    assert ("I", "演示令12号", "全员到岗") == (
        response["level"], response["order_no"], response["text"],
    )  # fmt: skip
    assert "2026-11-23T14:30:00.000+08:00" == response["since"] == told["frozen"]["P3"]
    assert ["I", "II"] == [each["level"] for each in told["history"] if "level" in each]
    assert list(COLOURS) == [each["colour"] for each in told["history"] if "colour" in each][::-1]
    for site in ("seat2", "village"):
        other = shown(town, site)
        assert [told[k] for k in ("version", "frozen", "special_items")] == [
            other[k] for k in ("version", "frozen", "special_items")
        ]

    before = {row["item"]: row for row in listed(town, "seat1").values()}
    assert before[P3_ITEM]["frozen_since"] == response["since"]
    assert [None, None] == [before[item]["frozen_since"] for item in (P2_ITEM, FLOOD)]
    assert [False, True] == [before[item]["special"] for item in (P2_ITEM, FLOOD)]
    at(town, 16, 30)
    assert {row["item"]: row["due_at"] for row in listed(town, "seat2").values()} == {
        item: row["due_at"] for item, row in before.items()
    }

    town.login("seat1", "chief1")
    order(town, "response", "--kind", "wind", "--level", "off", "--order", "演示令13号")
    everybody(town)
    for site in ("seat1", "seat2"):
        after = {row["item"]: row for row in listed(town, site).values()}
        assert after[P3_ITEM]["frozen_since"] is None
        # Two working hours stood still: 16:05 and they end at 09:05 of the next working day.
        assert "2026-11-23T16:05:00.000+08:00" == before[P3_ITEM]["due_at"]
        assert "2026-11-24T09:05:00.000+08:00" == after[P3_ITEM]["due_at"]
        assert before[P2_ITEM]["due_at"] == after[P2_ITEM]["due_at"]
        assert {} == shown(town, site)["frozen"]
        assert town.status(site)["digest"] == town.status(site)["hub_digest"]
    assert [0] * 4 == [each.code for each in town.verify()]


def test_ninety_checks_in_one_act(typhoon: Town, tmp_path: Path) -> None:
    """Delivered by scope, answered at the field door, counted at both seats, never doubled."""
    town = typhoon
    codes = grids(town)
    asked = (
        *("campaign", "issue", "--title", "低洼点检查", "--due", "4h"),
        *("--places", places(tmp_path, codes), "--site", town.site("seat1")),
        *("--as", "chief1", "--json"),
    )
    first, again = zhiwang(*asked).json(), zhiwang(*asked).json()
    assert (90, len(codes), len(codes) + 1) == (first["targets"], first["tasks"], first["events"])
    assert (first["id"], 0) == (again["id"], again["events"])
    everybody(town)

    mine = [code for code in codes if code.startswith(VILLAGE)]
    village = zhiwang(
        "campaign", "show", first["id"], "--site", town.site("village"), "--json"
    ).json()
    assert sorted(mine) == sorted(each["grid"] for each in village["grids"])
    assert (90, len(mine)) == (village["targets"], village["tasks_here"])

    headers = a_worker(town, mine[0])
    (task,) = from_the_field(town, "GET", "tasks", headers)["tasks"]
    assert ("低洼点检查", mine[0]) == (task["title"], task["grid"])
    photo = from_the_field(town, "PUT", "photos", headers, data=JPEG)["sha256"]
    found = {"target": "1", "finding": "problem", "text": "积水 20 厘米", "photos": [photo]}
    once = {**headers, "Idempotency-Key": "k1"}
    door = f"tasks/{first['id']}/{mine[0]}"
    told = [from_the_field(town, "POST", door, once, json=found) for _ in range(2)]
    assert told[0] == told[1]
    everybody(town)
    for site in ("seat1", "seat2", "village"):
        rows = zhiwang("campaign", "list", "--site", town.site(site), "--json").lines()
        (row,) = [each for each in rows if each["id"] == first["id"]]
        assert (1, 1, 90) == (row["targets_done"], row["problems"], row["targets"])
        assert town.status(site)["digest"] == town.status(site)["hub_digest"]


def test_a_bad_list_of_places_sends_nothing(typhoon: Town, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("grid,name,lon,lat\n,无编码,,\nnowhere,好,113,\n", encoding="utf-8")
    ran = zhiwang(
        *("campaign", "issue", "--title", "检查", "--due", "4h", "--places", file),
        *("--site", typhoon.site("seat1"), "--as", "chief1"),
    )
    assert (2, "") == (ran.code, ran.out)
    assert "--places" in ran.err
    assert "Traceback" not in ran.err
    rows = zhiwang("campaign", "list", "--site", typhoon.site("seat1"), "--json").lines()
    assert [] == rows


def test_notices_are_read_and_who_has_not_is_listed(typhoon: Town) -> None:
    town = typhoon
    words = ("--site", town.site("seat1"), "--as", "chief1", "--json")
    told = ("--to", "stations", "--title", "全员到岗", "--id", "n1")
    sent = zhiwang("notice", "issue", *told, *words).json()
    assert VILLAGE in {each["to"] for each in sent["unread"]}
    everybody(town)
    town.login("village", "station1")
    read = ("notice", "read", "n1", "--site", town.site("village"), "--as", "station1")
    assert [0, 0] == [zhiwang(*read).code, zhiwang(*read).code]
    everybody(town)
    after = zhiwang("notice", "show", "n1", "--site", town.site("seat1"), "--json").json()
    assert (1, sent["to"] - 1) == (after["read"], len(after["unread"]))
    assert [VILLAGE] == [each["to"] for each in after["receipts"]]


@pytest.mark.expects_log("no player for the alarm sound")
def test_the_window_shows_the_mode_while_the_list_fills(typhoon: Town, qtbot: QtBot) -> None:
    """At the other seat: special items first, P3 at two bars, what is read comes while it grows."""
    town = typhoon
    town.login("seat2", "dispatcher2")
    with window(town.site("seat2"), Theme(), "dispatcher2") as opened:
        shell = opened.seat.window
        qtbot.addWidget(shell)
        shell.resize(1366, 768)
        shell.show()
        opened.begin()
        rows = shell.queue.model.rows
        qtbot.waitUntil(lambda: len(rows) == 3, timeout=WAIT_MS)
        desk = opened.desk.opened.result()
        for nth in range(40):
            item = (P3_ITEM, P2_ITEM)[nth % 2]
            town.report("seat1", "clerk1", item, f"演示大量 {nth}")
        town.sync("seat1")
        town.sync("seat2")
        opened.seat.live.refresh(Changes(everything=True))
        qtbot.waitUntil(lambda: len(rows) == 43, timeout=WAIT_MS)

        first = rows.by_id[rows.order[0]]
        assert (FLOOD, True) == (first.item, first.special)
        still = [row for row in rows.by_id.values() if row.still is not None]
        assert 21 == len(still)
        assert {P3_ITEM} == {row.item for row in still}
        assert {Light.NONE} == {rows.light(row.id) for row in still}
        assert {row.id for row in still} == set(rows.order[-21:])
        shown_rows = desk.rows().result()
        assert {row.id for row in shown_rows} == set(rows.by_id)

        opened.seat.town_place.open()
        (sheet,) = shell.findChildren(TownSheet)
        qtbot.waitUntil(lambda: sheet.told.modes is not None, timeout=WAIT_MS)
        modes = sheet.told.modes
        assert modes is not None
        assert 21 == modes.still
        assert town.now - modes.frozen[0][1] < MINUTE
