"""Story 5: twelve citizens report one fallen billboard; eleven go into one, one is filed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console import sites
from console.app import Opened, window
from console.clock import clock
from dispatch.desk.desk import Desk
from dispatch.desk.views_reporter import Reporters
from dispatch.domain.command import Verb
from tests.e2e.test_story_12 import figures, report
from tests.e2e.town import Town, zhiwang
from ui.acts.act_form import ActForm
from ui.look.theme import Theme

MINUTE = 60_000
WAIT_MS = 30_000
ITEM = "0605"
"""The catalogue of the 77 has no billboard; any one item will do."""


def reported(town: Town, number: int) -> Any:
    """One citizen's report, within some thirty metres of the others."""
    point = f"{113.9635 + number * 0.00001:.5f},{23.0380 + number * 0.00001:.5f}"
    who = ("--site", town.site("seat1"), "--as", "clerk1", "--json")
    said = ("--source", "citizen", "--text", f"广告牌掉下来了 {number}", "--phone", "138****0000")
    town.pass_time(2 * MINUTE)
    return zhiwang("incident", "report", *who, "--item", ITEM, "--at", point, *said).json()


def told_and_rewarded(town: Town, id_: str, rang: str) -> None:
    """Before the closing: everybody has word, and one decision is made, once."""
    # The master's own reporter was reached by the call-back; ten still wait, and are told.
    assert 10 == len(town.show("seat1", id_)["untold"])
    informed = town.act("seat1", "clerk1", "tell", id_, "--channel", "message", "--group")
    assert [] == informed["untold"]
    assert 12 == sum(each["told_at"] is not None for each in informed["reporters"])
    assert {"phone": 2, "message": 10} == Counter(e["channel"] for e in informed["reporters"])
    again = town.tried("seat1", "clerk1", "tell", id_, "--channel", "message", "--group")
    assert (2, True) == (again.code, "nobody_to_tell" in again.err)
    on_a_child = town.tried("seat1", "chief1", "reward", rang, "--reward", "citizen")
    assert 2 == on_a_child.code
    paid = town.act("seat1", "chief1", "reward", id_, "--reward", "citizen", "--yuan", "200")
    assert [("citizen", 200, "chief1")] == [
        (each["reward"], each["yuan"], each["by"]) for each in paid["rewards"]
    ]
    twice = town.tried("seat1", "leader1", "reward", id_, "--reward", "none")
    assert (2, True) == (twice.code, "already_rewarded" in twice.err)


@pytest.mark.long
def test_twelve_photos_of_one_billboard(town: Town, tmp_path: Path) -> None:
    town.login("seat1", "clerk1", "dispatcher1", "chief1", "fire1", "inspector1", "supervisor1")
    town.login("seat1", "leader1")
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

    assert {id_, *(near.id for near in alike)} == set(master["untold"])
    # One reporter rings up and is told; the others get one message.
    rang = alike[0].id
    town.act("seat1", "clerk1", "tell", rang, "--channel", "phone", "--text", "已在处置")
    assert 11 == len(town.show("seat1", id_)["untold"])

    town.act("seat1", "dispatcher1", "dispatch", id_, "--unit", "消防")
    town.act("seat1", "fire1", "sign", id_, "--person", "队员甲")
    town.act("seat1", "fire1", "feedback", id_, "--measure", "已拆除", "--closing", "met")
    town.act("seat1", "inspector1", "inspect-pass", id_)
    town.act("seat1", "supervisor1", "call-back", id_, "--channel", "phone", "--grade", "1")
    told_and_rewarded(town, id_, rang)
    closed = town.act("seat1", "chief1", "close", id_)
    assert [] == closed["untold"]

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
    town.sync("seat1")
    town.sync("seat2")
    there = town.show("seat2", id_)
    assert ([], 1, 12) == (there["untold"], len(there["rewards"]), len(there["reporters"]))


def town_filed(town: Town, ids: set[str]) -> int:
    """How many of these were filed: 立案."""
    events = [town.show("seat1", id_)["events"] for id_ in sorted(ids)]
    return sum(any(each["type"] == "filed" for each in told) for told in events)


@pytest.mark.long
@pytest.mark.expects_log("no player for the alarm sound")
def test_the_same_by_keys_at_the_window(town: Town, qtbot: QtBot) -> None:
    """B would merge; Shift G tells the whole group, Shift W decides the reward, all by keys."""
    town.login("seat1", "clerk1", "chief1")
    first, *others = [reported(town, number)["id"] for number in range(4)]
    for id_ in others:
        town.act("seat1", "clerk1", "merge", id_, "--into", first)
    with window(town.site("seat1"), Theme(), "chief1") as opened:
        shell = opened.seat.window
        qtbot.addWidget(shell)
        shell.resize(1366, 768)
        shell.show()
        opened.begin()
        qtbot.waitUntil(lambda: len(shell.queue.model.rows) == 1, timeout=WAIT_MS)
        shell.queue.list.choose(first)
        qtbot.waitUntil(lambda: _waiting(opened) == 4, timeout=WAIT_MS)
        _filled(qtbot, opened, Qt.Key.Key_G, "3")
        qtbot.waitUntil(lambda: _waiting(opened) == 0, timeout=WAIT_MS)
        _filled(qtbot, opened, Qt.Key.Key_W, "1")
        qtbot.waitUntil(lambda: len(_shown(opened).rewards) == 1, timeout=WAIT_MS)
    shown = town.show("seat1", first)
    assert ([], ["citizen"]) == (shown["untold"], [each["reward"] for each in shown["rewards"]])
    assert {"message"} == {each["channel"] for each in shown["reporters"]}
    assert {"chief1"} == {each["by"] for each in shown["reporters"]}


def _shown(opened: Opened) -> Reporters:
    pane = opened.seat.pane.shown()
    return pane.reporters if pane else Reporters()


def _waiting(opened: Opened) -> int:
    return len(_shown(opened).untold) if opened.seat.pane.shown() else -1


def _filled(qtbot: QtBot, opened: Opened, key: Qt.Key, digit: str) -> None:
    """Open an act's form by its key, choose in its first field, send it by Enter."""
    shell = opened.seat.window
    verb = {Qt.Key.Key_G: Verb.TELL, Qt.Key.Key_W: Verb.REWARD}[key]
    qtbot.waitUntil(lambda: verb in opened.seat.pane.foot.offered(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: opened.seat.acts.form is None, timeout=WAIT_MS)
    QTest.keyClick(shell.queue.list, key, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: bool(shell.findChildren(ActForm)), timeout=WAIT_MS)
    (form,) = shell.findChildren(ActForm)
    first = form.first()
    QTest.keyClicks(first, digit)
    QTest.keyClick(first, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not shell.findChildren(ActForm), timeout=WAIT_MS)
