"""Story 3 at two windows: a worker reports a dormitory fire; all that follows is done by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console import sites
from console.clock import clock
from console.hub import opened as hub_opened
from dispatch.advice.at_hand import Help
from dispatch.desk.desk import Desk
from dispatch.desk.views import WorkerRow
from dispatch.domain.codes import Role, State
from dispatch.domain.command import Verb
from dispatch.hub.people import NewAccount
from tests.desk.offices import cheap_verifier
from tests.e2e.keyboard import CTRL, SHIFT, Hand, exchanging
from tests.e2e.test_story_3 import EVENING, FIRE_ITEM, MINUTE, field
from tests.e2e.town import PASSWORD, POINT, TOWN, VILLAGE, Town, zhiwang
from ui.acts.act_form import ActForm
from ui.acts.dispatch_dialog import DispatchDialog
from ui.incident.response import ResponseLines
from ui.lock_sheet import LockSheet

LON, LAT = (float(each) for each in POINT.split(","))
STEP = 0.001
"""Degrees, some hundred metres."""
DUTY = "duty1"
"""The one person who receives, dispatches and leads at night."""
KINDS = {"警民联防点": 4, "视频摄像头": 7, "市政消火栓": 5, "出租屋": 6}


def hired(town: Town, name: str, scope: str, *roles: Role) -> None:
    with hub_opened(town.db) as hub:
        account = NewAccount(name, roles, scope)
        hub.people.add_verified([(account, cheap_verifier(PASSWORD))])


def objects(folder: Path) -> Path:
    """Duty points, cameras, hydrants and others, each kind farther and farther to the north."""
    rows = ["code,kind,name,lon,lat,phone"]
    for place, (kind, count) in enumerate(KINDS.items()):
        rows += [
            f"{place}{nth:03},{kind},演示{kind} {nth},{LON},{LAT + (nth + 1) * STEP:.5f},"
            for nth in range(count)
        ]
    file = folder / "objects.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def evening(town: Town, folder: Path) -> list[WorkerRow]:
    """19:00 with four workers on duty near by, one nearer than the other; return them."""
    town.now = EVENING
    town.pass_time(0)
    hired(town, DUTY, TOWN, Role.CLERK, Role.DISPATCHER, Role.CHIEF)
    added = zhiwang("import", "objects", objects(folder), "--db", town.db)
    assert 0 == added.code, added.err
    with sites.open_site(town.site("seat1")) as site:
        everybody = Desk(site, clock()).workers().result()
    workers = [each for each in everybody if each.grid.startswith(VILLAGE)][:4]
    for nth, each in enumerate(workers):
        number, grid = each.number, each.grid
        hired(town, number, grid, Role.WORKER)
        field(town, number, "duty/on", grid=grid)
        fix = {"lon": LON + (nth + 1) * STEP, "lat": LAT, "at": "2026-11-21T18:59:00+08:00"}
        field(town, number, "positions", fixes=[fix])
    for seat in ("seat1", "seat2"):
        town.sync(seat)
    return workers


def reported(town: Town, worker: str, grid: str) -> str:
    """The worker calls 119, then reports."""
    told = field(
        town,
        worker,
        "incidents",
        item=FIRE_ITEM,
        lon=LON,
        lat=LAT,
        grid=grid,
        text="宿舍三楼着火，已报 119",
    )
    return str(told["incident"])


def locks(hand: Hand) -> list[LockSheet]:
    return [each for each in hand.shell.findChildren(LockSheet) if each.isVisible()]


@pytest.mark.long
def test_a_dormitory_burns_and_all_is_done_by_keys(
    town: Town, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no printer here: the paper is looked at instead
    workers = evening(town, tmp_path)
    with exchanging(town.site("seat1")) as one, exchanging(town.site("seat2")) as two:
        second = Hand(qtbot, two)
        second.log_in("dispatcher2")
        first = Hand(qtbot, one)
        first.log_in(DUTY)
        # The other seat is left alone, and locks itself.
        two.seat.idle.idle.emit()
        second.wait(lambda: bool(locks(second)))

        id_ = reported(town, workers[0].number, workers[0].grid)
        alarmed(first, second)
        at_the_place(first, id_, [each.number for each in workers])
        sent_out(town, first, id_)
        arrived(town, first, id_)
        paper = told_in_writing(first, tmp_path / "seat1")
        assert paper.read_bytes().startswith(b"%PDF")
    town.sync("seat2")
    shown = town.show("seat2", id_)
    assert [1, 3, 5] == sorted(each["within_min"] for each in shown["arrivals"])
    assert 1 == sum(each["type"] == "informed" for each in shown["events"])
    assert all(ran.code == 0 for ran in town.verify())


def alarmed(first: Hand, second: Hand) -> None:
    """Every seat rings; the locked one says so, is unlocked, and still rings."""
    for hand in (first, second):
        board = hand.seat.watch
        hand.wait(lambda board=board: board.board.unacknowledged() == 1)  # type: ignore[misc]
        assert hand.sink.played
    (sheet,) = locks(second)
    assert "1 项告警没有人确认" == sheet.words()
    second.take()
    second.key(Qt.Key.Key_Space)  # goes to the password, not to the alarm
    second.key(Qt.Key.Key_Backspace)
    assert 1 == second.seat.watch.board.unacknowledged()
    second.type(PASSWORD)
    second.key(Qt.Key.Key_Return)
    second.wait(lambda: not locks(second))
    assert 1 == second.seat.watch.board.unacknowledged()
    second.key(Qt.Key.Key_Space)
    assert 0 == second.seat.watch.board.unacknowledged()
    # To have taken note of it at one seat silences no other.
    assert 1 == first.seat.watch.board.unacknowledged()


def at_the_place(first: Hand, id_: str, workers: list[str]) -> None:
    """Space shows the incident; the map shows who and what is at hand."""
    first.take()
    first.key(Qt.Key.Key_Space)
    first.wait(lambda: first.seat.pane.shown() is not None and first.pane().row.id == id_)
    first.wait(lambda: len(first.pane().response.at_hand) == 3 + 2 + 5 + 3)
    found = first.pane().response.at_hand
    assert workers[:3] == [each.code for each in found if each.kind is Help.WORKER]
    assert ["0000", "0001"] == [each.code for each in found if each.kind is Help.DUTY_POINT]
    cameras = [each for each in found if each.kind is Help.CAMERA]
    assert [111, 222, 334, 445, 556] == [each.distance_m for each in cameras]
    lines = first.shell.findChildren(ResponseLines)[0].at_hand()
    assert ["网格员", "值守点", "摄像头", "消火栓"] == [label for label, _ in lines]
    view = first.seat.map.view
    assert view is not None
    first.wait(lambda: len(view.content.at_hand) == 10)
    assert "守守摄摄摄摄摄栓栓栓" == "".join(each.character for each in view.content.at_hand)
    assert [1, 2, 3] == [each.rank for each in view.content.candidates]
    assert not view.camera.locked
    first.key(Qt.Key.Key_F, SHIFT)
    assert view.camera.locked


def sent_out(town: Town, first: Hand, id_: str) -> None:
    """Filed, sent, and once it is signed for: one joint order for three units."""
    first.begin(Verb.FILE, Qt.Key.Key_A)
    first.send(ActForm)
    first.wait(lambda: Verb.DISPATCH in first.seat.pane.foot.offered())
    first.key(Qt.Key.Key_D)
    first.wait(lambda: bool(first.shell.findChildren(DispatchDialog)))
    first.send(DispatchDialog)
    first.wait(lambda: first.pane().row.state is State.SENT)
    assert "消防" == first.pane().row.unit
    first.wait(lambda: first.pane().row.unsent == 0)
    field(town, "fire1", f"incidents/{id_}/sign", person="队长")
    first.wait(lambda: first.pane().row.state is State.WORK)
    first.begin(Verb.JOINT, Qt.Key.Key_J)
    first.find_several("gongan", VILLAGE)
    first.send(ActForm)
    first.wait(lambda: len(first.pane().subs) == 2)
    assert {"公安", VILLAGE} == {part.unit for part in first.pane().subs}
    first.wait(lambda: first.pane().row.unsent == 0)


def arrived(town: Town, first: Hand, id_: str) -> None:
    """One within a minute, one within three, one within five; the pane says so."""
    assert 0 == first.pane().response.kept(5)
    town.pass_time(MINUTE)
    field(town, "fire1", f"incidents/{id_}/arrive")
    town.pass_time(MINUTE)
    field(town, "police1", f"incidents/{id_}/sub-sign", person="某警")
    field(town, "police1", f"incidents/{id_}/sub-arrive")
    town.pass_time(2 * MINUTE)
    field(town, "station1", f"incidents/{id_}/sub-sign", person="某站长")
    field(town, "station1", f"incidents/{id_}/sub-arrive")
    first.wait(lambda: first.pane().response.kept(5) == 3)
    lines = first.shell.findChildren(ResponseLines)[0]
    assert "1 分内 1/3 · 3 分内 2/3 · 5 分内 3/3" == lines.kept()
    assert [
        "19:01 到达 · 用时 01:00",
        "19:02 到达 · 用时 02:00",
        "19:04 到达 · 用时 04:00",
    ] == sorted(said for _, said in lines.arrivals())


def told_in_writing(first: Hand, folder: Path) -> Path:
    """The first report, its text begun with what is known; on paper by minute 10."""
    form = first.begin(Verb.INFORM, Qt.Key.Key_M, SHIFT)
    assert "到达现场" in str(form.rows["text"].entry.values()["text"])
    first.send(ActForm)
    first.wait(lambda: bool(first.pane().bulletins.made))
    first.key(Qt.Key.Key_P, CTRL | SHIFT)
    first.wait(lambda: bool(list(folder.rglob("*-首报.pdf"))))
    (paper,) = folder.rglob("*-首报.pdf")
    return paper
