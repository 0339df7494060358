"""Story 5: twelve citizens report one fallen billboard; eleven go into one, one is filed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console import sites
from console.clock import clock
from dispatch.desk.desk import Desk
from dispatch.domain.codes import Role, State
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput, Refused
from tests.e2e.keyboard import SHIFT, Hand, exchanging
from tests.e2e.test_story_3_by_keys import DUTY, hired
from tests.e2e.test_story_12 import figures, report
from tests.e2e.town import TOWN, Town, zhiwang
from ui.acts.act_form import ActForm

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
def test_the_same_by_keys_at_the_window(town: Town, tmp_path: Path, qtbot: QtBot) -> None:
    """B shows the proposal of eleven, A takes it; Shift G tells the group, Shift W rewards."""
    town.login("seat1", "clerk1")
    ids = [reported(town, number)["id"] for number in range(12)]
    first = ids[0]
    hired(town, DUTY, TOWN, Role.CLERK, Role.DISPATCHER, Role.CHIEF)
    town.sync("seat1")
    with exchanging(town.site("seat1")) as opened:
        hand = Hand(qtbot, opened)
        hand.log_in(DUTY)
        queue = hand.shell.queue
        hand.wait(lambda: len(queue.model.rows) == 12)
        while queue.list.current_id() != first:
            at = queue.list.currentIndex().row()
            hand.key(Qt.Key.Key_Down)
            assert queue.list.currentIndex().row() == at + 1
        hand.wait(lambda: hand.seat.pane.shown() is not None and hand.pane().row.id == first)
        grouped(hand, ids)
        hand.begin(Verb.FILE, Qt.Key.Key_A)
        hand.send(ActForm)
        hand.wait(lambda: hand.pane().row.state is State.FILED)
        told_and_rewarded_by_keys(hand)
    shown = town.show("seat1", first)
    assert ([], ["citizen"]) == (shown["untold"], [each["reward"] for each in shown["rewards"]])
    assert {"message"} == {each["channel"] for each in shown["reporters"]}
    assert {DUTY} == {each["by"] for each in shown["reporters"]}
    town.pass_time(MINUTE)
    report(town, "seat1", tmp_path / "out")
    told = figures(tmp_path / "out")
    assert (12, 1) == (told["flow.new.all"]["value"], town_filed(town, set(ids)))
    assert 11 == told["flow.merged.all"]["value"]


def grouped(hand: Hand, ids: list[str]) -> None:
    """The proposal names the eleven others; one key merges them, all at once."""
    near = hand.seat.pane.near
    hand.wait(lambda: bool(near.keys()))
    hand.key(Qt.Key.Key_B)
    alike = hand.seat.pane.alike
    hand.wait(alike.isVisible)
    hand.wait(lambda: alike.hasFocus() and alike.all.isVisible())
    assert "11 件都并入本件" == alike.all.text()
    hand.key(Qt.Key.Key_A)
    hand.wait(lambda: len(hand.pane().children) == 11)
    assert set(ids[1:]) == set(hand.pane().children)
    hand.wait(lambda: len(hand.shell.queue.model.rows) == 1)
    hand.wait(lambda: not alike.isVisible())
    assert 12 == len(hand.pane().reporters.lines)


def told_and_rewarded_by_keys(hand: Hand) -> None:
    form = hand.begin(Verb.TELL, Qt.Key.Key_G, SHIFT)
    assert form.isVisible()
    hand.type("3")
    hand.send(ActForm)
    hand.wait(lambda: not hand.pane().reporters.untold)
    hand.begin(Verb.REWARD, Qt.Key.Key_W, SHIFT)
    hand.type("1")
    hand.send(ActForm)
    hand.wait(lambda: len(hand.pane().reporters.rewards) == 1)


def test_all_likely_duplicates_go_into_one_or_none_does(town: Town) -> None:
    """`merge-alike`: what the proposal names, in one transaction; a bad one is one clear line."""
    town.login("seat1", "clerk1", "fire1")
    ids = [reported(town, number)["id"] for number in range(3)]
    far = town.report("seat1", "clerk1", "0801", "别的事")["id"]
    alone = town.tried("seat1", "clerk1", "merge-alike", far)
    assert (2, 1, True) == (alone.code, len(alone.err.splitlines()), "疑似重复" in alone.err)
    unit = town.tried("seat1", "fire1", "merge-alike", ids[0])
    assert (2, 1) == (unit.code, len(unit.err.splitlines()))
    assert "reported" == town.show("seat1", ids[1])["state"]
    merged = town.act("seat1", "clerk1", "merge-alike", ids[0])
    assert sorted(ids[1:]) == sorted(merged["children"])


def test_one_that_is_refused_leaves_all_apart(town: Town) -> None:
    town.login("seat1", "clerk1")
    ids = [reported(town, number)["id"] for number in range(3)]
    with sites.open_site(town.site("seat1")) as site:
        desk = Desk(site, clock())
        desk.resume("clerk1")
        with pytest.raises(Refused, match="unknown_incident"):
            desk.merge_alike(ids[0], (ids[1], "0" * 32)).result()
        with pytest.raises(BadInput):
            desk.merge_alike(ids[0], (ids[1], ids[1]))
    assert ["reported"] * 3 == [town.show("seat1", id_)["state"] for id_ in ids]
