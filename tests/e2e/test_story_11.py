"""Story 11: the force at 11:00. Coverage, silent workers, a led patrol, a sealed squad task."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console import sites
from console.app import window
from console.clock import clock
from console.hub import opened as hub_opened
from dispatch.desk.desk import Desk
from dispatch.domain.calendar import ZONE, instant
from dispatch.domain.codes import Role
from dispatch.hub.people import NewAccount
from tests.desk.offices import cheap_verifier
from tests.e2e.keyboard import Hand
from tests.e2e.town import PASSWORD, TOWN, VILLAGE, Ran, Town, zhiwang
from ui.look.theme import Theme
from ui.town.town_sheet import TownSheet

WAIT_MS = 30_000
COVERED, DUE, CHECKED, SILENT = 61, 2_600, 1_840, 4
BEFORE, DAY = "2026-11-13", "2026-11-23"
SQUAD = f"{TOWN}J1"
SECRET = "十三点整到演示市场集合"
"""Nobody may read this before 13:00."""


def at(town: Town, hour: int, minute: int = 0) -> None:
    """Put the town's clock to a moment of Monday the 23rd of November 2026."""
    town.pass_time(instant(datetime(2026, 11, 23, hour, minute, tzinfo=ZONE)) - town.now)


def everybody(town: Town) -> None:
    for site in ("seat1", "seat2", "village", "seat1"):
        town.sync(site)


def force(town: Town, site: str = "seat1") -> Any:
    return zhiwang("force", "show", "--site", town.site(site), "--json").json()


def rounds(town: Town, site: str = "seat1") -> dict[str, Any]:
    rows = zhiwang("campaign", "list", "--site", town.site(site), "--json").lines()
    return {row["id"]: row for row in rows}


def ordered(town: Town, *words: str) -> Any:
    who = ("--site", town.site("seat1"), "--as", "chief1", "--json")
    return zhiwang("campaign", "issue", *words, *who).json()


def from_the_field(town: Town, token: str, method: str, door: str, **body: Any) -> Any:
    """What the hub's process answers to a telephone."""
    answer = requests.request(
        method,
        f"{town.url}/v1/field/{door}",
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
        **body,
    )
    assert 200 == answer.status_code, answer.text
    return answer.json()


def hired(town: Town, name: str, scope: str, role: str) -> str:
    """Somebody with a telephone and a cheap verifier; return the token."""
    with hub_opened(town.db) as hub:
        account = NewAccount(name, (Role(role),), scope)
        hub.people.add_verified([(account, cheap_verifier(PASSWORD))])
    made = zhiwang("hub", "token", "--db", town.db, "--as", name, "--days", "1")
    return made.out.strip()


def grids(town: Town) -> list[tuple[str, float, float]]:
    """Every grid with a point in it, by code."""
    with sites.open_site(town.site("seat1")) as site:
        shapes = Desk(site, clock()).geometry().result().grids
    return sorted((each.code, each.lon, each.lat) for each in shapes)


def objects(folder: Path, codes: list[str]) -> Path:
    """2,600 made-up objects that are due on the day by a cycle, and 400 that are not."""
    head = "code,kind,name,grid,every_days,due_on"
    due = [
        f"O{nth:05},三小场所,演示店 {nth},{codes[nth % len(codes)]},10,{BEFORE if nth % 2 else DAY}"
        for nth in range(DUE)
    ]
    others = [
        f"P{nth:05},出租屋,演示屋 {nth},{codes[nth % len(codes)]},{('10,2026-11-20', ',')[nth % 2]}"
        for nth in range(400)
    ]
    file = folder / "objects.csv"
    file.write_text("\n".join((head, *due, *others)) + "\n", encoding="utf-8")
    return file


def looked_at(folder: Path) -> Path:
    """What stations hand in by 11: some twice, some at what was not due or not open."""
    rows = [f"O{nth:05},{'problem' if nth % 92 == 0 else 'clear'},W1,," for nth in range(CHECKED)]
    rows += [f"O{nth:05},clear,W1,," for nth in range(60)]
    rows += [f"O{nth:05},absent,W1,没有人" for nth in range(CHECKED, CHECKED + 40)]
    rows += [f"P{nth:05},clear,W1," for nth in range(30)]
    file = folder / "checks.csv"
    body = "\n".join(row.removesuffix(",") if row.count(",") > 3 else row for row in rows)
    file.write_text(f"object,result,worker,text\n{body}\n", encoding="utf-8")
    return file


def on_duty(town: Town, places: list[tuple[str, float, float]]) -> list[str]:
    """61 workers sign on at 08:30 and move in a grid each; four are not heard of after 10:20.

    One more fix is of a telephone that does not know where it is: it covers nothing.
    """
    roster: dict[str, str] = {}
    with sites.open_site(town.site("seat1")) as site:
        for each in Desk(site, clock()).workers().result():
            roster.setdefault(each.grid, each.number)
    silent = []
    at(town, 8, 30)
    tokens = {}
    for grid, _, _ in places[:COVERED]:
        tokens[grid] = hired(town, roster[grid], grid, "worker")
        from_the_field(town, tokens[grid], "POST", "duty/on", json={"grid": grid})
    at(town, 11)
    for nth, (grid, lon, lat) in enumerate(places[:COVERED]):
        heard = "2026-11-23T10:20:00+08:00" if nth < SILENT else "2026-11-23T10:58:00+08:00"
        fixes = [{"lon": lon, "lat": lat, "at": heard, "accuracy": 10}]
        if nth == COVERED - 1:
            vague = {"lon": places[-1][1], "lat": places[-1][2], "accuracy": 900}
            fixes.append({**vague, "at": "2026-11-23T10:59:00+08:00"})
        from_the_field(town, tokens[grid], "POST", "positions", json={"fixes": fixes})
        if nth < SILENT:
            silent.append(roster[grid])
    return silent


@pytest.fixture
def morning(town: Town, tmp_path: Path) -> tuple[Town, list[str]]:
    """11:00 with everything the story tells of, as far as the field did it."""
    at(town, 8)
    places = grids(town)
    codes = [code for code, _, _ in places]
    added = zhiwang("import", "objects", objects(tmp_path, codes), "--db", town.db)
    assert 0 == added.code, added.err
    everybody(town)
    silent = on_duty(town, places)
    town.login("seat1", "chief1", "dispatcher1", "leader1", "clerk1")
    everybody(town)
    words = ("--checks", looked_at(tmp_path), "--site", town.site("seat1"), "--as", "dispatcher1")
    done = zhiwang("object", "check", *words, "--json").json()
    assert CHECKED + 60 + 40 + 30 == done["checked"]
    everybody(town)
    return town, silent


@pytest.mark.long
def test_the_force_at_eleven(morning: tuple[Town, list[str]], tmp_path: Path) -> None:
    town, silent = morning
    told = force(town)
    every = len(grids(town))
    assert (COVERED, every, every - COVERED) == (
        told["grids_covered"], told["grids"], len(told["grids_bare"]),
    )  # fmt: skip
    assert (DUE, CHECKED, 20) == (told["objects_due"], told["objects_checked"], told["problems"])
    assert set(silent) == {each["worker"] for each in told["silent"]}
    others = force(town, "seat2")
    assert (COVERED, CHECKED) == (others["grids_covered"], others["objects_checked"])
    assert force(town, "village")["grids"] < every

    answers = ("answered", "relayed", "none", "answered")
    for worker, answer in zip(silent, answers, strict=True):
        words = ("--worker", worker, "--answer", answer, "--text", "演示点名")
        who = ("--site", town.site("seat1"), "--as", "dispatcher1", "--json")
        called = zhiwang("force", "radio", *words, *who).json()
        (call,) = [each for each in called["calls"] if each["worker"] == worker]
        assert (answer, "演示点名") == (call["answer"], call["text"])
        assert "2026-11-23T10:20:00.000+08:00" == call["silent_since"]
    everybody(town)
    for site in ("seat1", "seat2"):
        # Who answered is heard of; who did not is still missed, and both were called.
        after = force(town, site)
        assert [silent[2]] == [each["worker"] for each in after["silent"]]
        assert sorted(answers) == sorted(each["answer"] for each in after["calls"])

    patrol = led(town)
    sealed(town)
    at(town, 14)
    report = figures(town, tmp_path)
    assert [CHECKED, DUE] == [report["force.objects"][each] for each in ("num", "den")]
    assert [COVERED, every] == [report["force.tracked"][each] for each in ("num", "den")]
    assert [4, 3, 4] == [
        report["radio.silent"]["value"],
        *(report["radio.answered"][each] for each in ("num", "den")),
    ]
    post = ".deputy-mayor"
    assert [1, 3, 5] == [
        report[f"led.{what}{post}"]["value"] for what in ("patrols", "grids", "found")
    ]
    assert [patrol] == report["led.patrols"]["ids"]
    assert [1, 1] == [report["squad.tasks"][each] for each in ("num", "den")]
    for site in ("seat1", "seat2", "village"):
        assert town.status(site)["digest"] == town.status(site)["hub_digest"]
    assert [0] * 4 == [each.code for each in town.verify()]


def led(town: Town) -> str:
    """A deputy mayor leads a patrol through three grids; five things are found. Return its id."""
    codes = [code for code, _, _ in grids(town) if code.startswith(VILLAGE)][:3]
    named = [word for code in codes for word in ("--grid", code)]
    words = ("--kind", "led", "--leader", "deputy-mayor", "--title", "演示带队", "--due", "4h")
    made = ordered(town, *words, *named)
    assert ("led", "deputy-mayor", 3, 4) == (
        made["kind"], made["leader"], made["tasks"], made["events"],
    )  # fmt: skip
    everybody(town)
    id_ = town.report("seat1", "clerk1", "0605", "通道堵塞")["id"]
    who = ("--site", town.site("seat1"), "--as", "leader1", "--json")
    for nth in range(3):
        text = ("--text", f"演示发现 {nth}")
        zhiwang("campaign", "found", made["id"], "--grid", codes[nth], *text, *who).json()
    linked = ("--incident", id_)
    zhiwang("campaign", "found", made["id"], "--grid", codes[0], *linked, *who).json()
    phone = hired(town, "W901", codes[1], "worker")
    door = f"tasks/{made['id']}/{codes[1]}/found"
    from_the_field(town, phone, "POST", door, json={"text": "演示发现 4"})
    everybody(town)
    for site in ("seat1", "seat2", "village"):
        assert 5 == rounds(town, site)[made["id"]]["found"]
    shown = zhiwang("campaign", "show", made["id"], "--site", town.site("seat2"), "--json").json()
    told = [each for grid in shown["grids"] for each in grid["found"]]
    assert 5 == len(told)
    assert [id_] == [each["incident"] for each in told if each["incident"]]
    return str(made["id"])


def sealed(town: Town) -> None:
    """Before 13:00 the text is nowhere; from 13:00 on the squad reads it and reports."""
    until = ("--sealed-until", "2026-11-23T13:00:00+08:00", "--due", "6h")
    words = ("--kind", "squad", "--squad", SQUAD, "--title", "演示任务", "--text", SECRET)
    made = ordered(town, *words, *until)
    assert ("squad", "", 1) == (made["kind"], made["text"], made["tasks"])
    everybody(town)
    phone = hired(town, "J901", SQUAD, "patrol")
    at(town, 12, 59)
    (task,) = from_the_field(town, phone, "GET", "tasks")["tasks"]
    assert ("演示任务", "", SQUAD) == (task["title"], task["text"], task["grid"])
    assert SECRET not in everything(town, made["id"])

    at(town, 13)
    (task,) = from_the_field(town, phone, "GET", "tasks")["tasks"]
    assert SECRET == task["text"]
    for site in ("seat1", "seat2", "village"):
        assert SECRET == rounds(town, site)[made["id"]]["text"]
    done = {"target": "1", "finding": "clear", "text": "已到位"}
    from_the_field(town, phone, "POST", f"tasks/{made['id']}/{SQUAD}", json=done)
    everybody(town)
    assert 1 == rounds(town)[made["id"]]["tasks_done"]


def everything(town: Town, id_: str) -> str:
    """Whatever the words of a site print of a round, and the hub's files and the sites' bytes."""
    told: list[Ran] = []
    for site in ("seat1", "seat2", "village"):
        where = ("--site", town.site(site))
        told += [
            zhiwang("campaign", "list", *where, "--json"),
            zhiwang("campaign", "show", id_, *where, "--json"),
            zhiwang("campaign", "list", *where),
            zhiwang("export", "events", *where),
        ]
    assert [] == [each.err for each in told if each.code]
    files = [each for each in town.folder.rglob("*") if each.is_file()]
    kept = [each.name for each in files if SECRET.encode() in each.read_bytes()]
    # The seats' own search index and cache hold nothing of it either.
    assert [] == kept
    return "".join(each.out + each.err for each in told)


def figures(town: Town, folder: Path) -> dict[str, Any]:
    """The numbers of the report since the morning."""
    words = ("--from", "2026-11-23T08:00:00+08:00", "--to", "2026-11-23T14:00:00+08:00")
    site, out = town.site("seat1"), folder / "report"
    ran = zhiwang("report", "shift", "--site", site, *words, "--out", out, "--format", "csv")
    assert 0 == ran.code, ran.err
    (file,) = out.rglob("figures.json")
    return {each["id"]: each for each in json.loads(file.read_text("utf-8"))["figures"]}


@pytest.mark.long
def test_the_same_by_keys_at_the_window(morning: tuple[Town, list[str]], qtbot: QtBot) -> None:
    """F6: what the day's force is; P calls, L sends a patrol, D records, M seals."""
    town, silent = morning
    with window(town.site("seat1"), Theme(), "chief1") as opened:
        hand = Hand(qtbot, opened)
        hand.key(Qt.Key.Key_F6)
        qtbot.waitUntil(lambda: bool(hand.shell.findChildren(TownSheet)), timeout=WAIT_MS)
        (sheet,) = hand.shell.findChildren(TownSheet)
        qtbot.waitUntil(lambda: sheet.told.force is not None, timeout=WAIT_MS)
        told = sheet.told.force
        assert told is not None
        assert (COVERED, DUE, CHECKED, SILENT) == (
            told.covered, told.objects_due, told.objects_checked, len(told.silent),
        )  # fmt: skip

        first = told.silent[0].number
        hand.filled(Qt.Key.Key_P, "1", "1", "yingda")
        qtbot.waitUntil(lambda: _silent(sheet) == SILENT - 1, timeout=WAIT_MS)
        code = next(code for code, _, _ in grids(town) if code.startswith(VILLAGE))
        hand.filled(Qt.Key.Key_L, "4", "patrol", f"{code},002001", "2")
        qtbot.waitUntil(lambda: bool(sheet.told.led()), timeout=WAIT_MS)
        hand.filled(Qt.Key.Key_D, "1", "something")
        qtbot.waitUntil(lambda: sheet.told.led()[0].found == 1, timeout=WAIT_MS)
        hand.filled(Qt.Key.Key_M, "2", "task", "secret", "13:00", "4")
        qtbot.waitUntil(lambda: len(sheet.told.campaigns) == 2, timeout=WAIT_MS)
        (task,) = [each for each in sheet.told.campaigns if each.kind == "squad"]
        assert ("task", "") == (task.title, task.text)
    called = force(town)["calls"]
    assert [(first, "answered", "yingda")] == [
        (c["worker"], c["answer"], c["text"]) for c in called
    ]
    assert first in silent
    (patrol,) = [each for each in rounds(town).values() if each["kind"] == "led"]
    assert ("deputy-mayor", 2, 1) == (patrol["leader"], patrol["tasks"], patrol["found"])
    at(town, 13)
    (task,) = [each for each in rounds(town).values() if each["kind"] == "squad"]
    assert "secret" == task["text"]


def _silent(sheet: TownSheet) -> int:
    return len(sheet.told.force.silent) if sheet.told.force else -1
