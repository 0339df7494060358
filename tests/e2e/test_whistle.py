"""A whistle (吹哨): a joint order that is answered with four facts, whole or not at all."""

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
from console.clock import clock
from dispatch.desk.desk import Desk
from dispatch.domain.codes import SubState
from dispatch.domain.command import Verb
from tests.e2e.keyboard import SHIFT, Hand, exchanging
from tests.e2e.town import Town, zhiwang

MINUTE = 60_000
FACTS = {
    "at": ("--at", "2026-11-21T11:20:00+08:00", "受理时间"),
    "talked": ("--talked", "村书记演示甲", "与谁沟通"),
    "text": ("--measure", "清走货物，贴封条", "措施"),
    "due": ("--due", "2026-11-21T15:00:00+08:00", "时限"),
}


def blown(town: Town) -> str:
    """A matter in hand of the fire brigade; the chief blows for police and safety office."""
    town.login("seat1", "clerk1", "dispatcher1", "chief1", "fire1", "safety1")
    id_: str = town.report("seat1", "clerk1", "0605", "通道堵塞")["id"]
    town.act("seat1", "clerk1", "file", id_)
    town.act("seat1", "dispatcher1", "dispatch", id_, "--unit", "消防")
    town.act("seat1", "fire1", "sign", id_, "--person", "队长")
    said = ("--lead", "消防", "--assist", "公安", "--assist", "安监", "--answer-by", "30m")
    joint = town.act("seat1", "chief1", "joint", id_, *said)
    for part in joint["subs"]:
        (limit,) = [each for each in part["limits"] if each["stage"] == "sign_in"]
        start, due = (datetime.fromisoformat(limit[each]) for each in ("start", "due"))
        assert 1800 == (due - start).total_seconds()
        assert {"accepted_at": None, "talked": "", "measure": "", "promised": None} == part[
            "answer"
        ]
    town.pass_time(MINUTE)
    town.sync("seat1")
    return id_


def telephoned(town: Town, id_: str, **form: Any) -> requests.Response:
    token = zhiwang("hub", "token", "--db", town.db, "--as", "police1", "--days", "1").out.strip()
    return requests.post(
        f"{town.url}/v1/field/incidents/{id_}/sub-sign",
        headers={"Authorization": f"Bearer {token}"},
        json=form,
        timeout=20,
    )


def part(shown: Any, unit: str) -> Any:
    return next(each for each in shown["subs"] if each["unit"] == unit)


def test_an_answer_that_misses_a_fact_is_refused_at_every_door(town: Town, tmp_path: Path) -> None:
    id_ = blown(town)
    before = town.show("seat1", id_)["version"]
    for missing, (_, _, word) in FACTS.items():
        words = [each for name, said in FACTS.items() if name != missing for each in said[:2]]
        ran = town.tried("seat1", "safety1", "sub-sign", id_, *words)
        assert (2, 1, True) == (ran.code, len(ran.err.strip().splitlines()), word in ran.err)
        form = {name: said[1] for name, said in FACTS.items() if name != missing}
        answer = telephoned(town, id_, **form)
        assert (400, "bad_input") == (answer.status_code, answer.json()["code"])
        assert word in answer.json()["detail"]
    none = town.tried("seat1", "safety1", "sub-sign", id_)
    assert all(word in none.err for _, _, word in FACTS.values())
    assert before == town.show("seat1", id_)["version"]

    whole = [each for said in FACTS.values() for each in said[:2]]
    answered = part(town.act("seat1", "safety1", "sub-sign", id_, *whole), "安监")
    assert ("work", "2026-11-21T15:00:00.000+08:00") == (
        answered["state"], answered["answer"]["promised"],
    )  # fmt: skip
    assert ("村书记演示甲", "清走货物，贴封条") == tuple(
        answered["answer"][each] for each in ("talked", "measure")
    )
    by_phone = telephoned(town, id_, **{name: said[1] for name, said in FACTS.items()})
    assert 200 == by_phone.status_code, by_phone.text
    town.sync("seat1")
    shown = town.show("seat1", id_)
    assert part(shown, "公安")["answer"] == answered["answer"]
    told_everywhere(town, id_, tmp_path)


def told_everywhere(town: Town, id_: str, folder: Path) -> None:
    """In the timeline, in the list that is exported, and sealed in the events."""
    with sites.open_site(town.site("seat1")) as site:
        pane = Desk(site, clock()).pane(id_).result()
    told = [each for each in pane.timeline if each.type == "sub_signed"]
    assert 2 == len(told)
    for each in told:
        assert "村书记演示甲" in each.text
        assert "清走货物" in each.text
        assert {"accepted_at", "promised"} <= {name for name, _ in each.points}
    (ordered,) = [each for each in pane.timeline if each.type == "joint_ordered"]
    assert ("whistle", "yes") in ordered.points
    raw = zhiwang("export", "events", "--site", town.site("seat1"), "--subject", id_).lines()
    signed = [each for each in raw if each["type"] == "sub_signed"]
    assert all(each["open"]["accepted_at"] < each["open"]["promised"] for each in signed)
    assert "村书记演示甲" not in json.dumps([each["open"] for each in raw], ensure_ascii=False)
    file = folder / "incidents.csv"
    done = zhiwang("export", "incidents", file, "--site", town.site("seat1"))
    assert 0 == done.code, done.err
    assert "已答 2，共 2" in file.read_text("utf-8-sig")


def test_bad_words_of_a_whistle(town: Town) -> None:
    """One clear line each, and nothing half-written."""
    id_ = blown(town)
    whole = {name: said[:2] for name, said in FACTS.items()}
    for name, value, where in (
        ("at", "2026-11-21T23:00:00+08:00", "受理时间"),
        ("at", "2026-11-20T23:00:00+08:00", "受理时间"),
        ("at", "gestern", "--at"),
        ("due", "2026-11-21T11:00:00+08:00", "时限"),
        ("due", "2036-11-21T11:00:00+08:00", "时限"),
        ("talked", " ", "与谁沟通"),
    ):
        words = [
            each
            for key, (flag, said) in whole.items()
            for each in (flag, value if key == name else said)
        ]
        ran = town.tried("seat1", "safety1", "sub-sign", id_, *words)
        assert (2, 1, True) == (ran.code, len(ran.err.strip().splitlines()), where in ran.err), ran
    excused = ("--unit", "安监", "--reason", "enough")
    town.act("seat1", "chief1", "sub-excuse", id_, *excused)
    for bad in ("0m", "yesterday"):
        said = ("--lead", "消防", "--assist", "安监", "--answer-by", bad)
        ran = town.tried("seat1", "chief1", "joint", id_, *said)
        assert (2, 1, True) == (ran.code, len(ran.err.strip().splitlines()), "answer" in ran.err)
    plain = town.act("seat1", "chief1", "joint", id_, "--lead", "消防", "--assist", "安监")
    assert part(plain, "安监")["answer"] is None
    ran = town.tried("seat1", "safety1", "sub-sign", id_, "--talked", "某人")
    assert (2, True) == (ran.code, "不是吹哨" in ran.err)


@pytest.mark.long
def test_the_answer_is_written_by_keys(town: Town, qtbot: QtBot) -> None:
    """Shift K: the form asks for the four facts, and says in one line which is missing."""
    id_ = blown(town)
    with exchanging(town.site("seat1")) as opened:
        hand = Hand(qtbot, opened)
        hand.log_in("safety1")
        hand.wait(lambda: hand.seat.pane.shown() is not None and hand.pane().row.id == id_)
        form = hand.begin(Verb.SUB_SIGN, Qt.Key.Key_K, SHIFT)
        assert ["受理时间", "与谁沟通", "措施", "承诺时限"] == [
            row.entry.widget().accessibleName() for name, row in form.rows.items() if name in FACTS
        ]
        assert form.rows["at"].entry.values()
        hand.type("someone")
        hand.key(Qt.Key.Key_Return)
        assert form.isVisible()
        assert "必须填写" in form.rows["text"].error()
        hand.type("barrier")
        hand.key(Qt.Key.Key_Tab)
        hand.type("15:00")
        hand.send(type(form))
        hand.wait(lambda: _state(hand, "安监") is SubState.WORK)
        (line,) = [each for each in hand.pane().subs if each.unit == "安监"]
        said = hand.seat.pane.parts.answer(line)
        assert "11:21 受理 · 与 someone 沟通 · barrier · 15:00 前办完" == said


def _state(hand: Hand, unit: str) -> SubState:
    return next(each.state for each in hand.pane().subs if each.unit == unit)
