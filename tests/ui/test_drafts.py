"""Half-filled forms outlive a window that is killed, and are offered when the next one opens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from dispatch.desk.form_drafts import KEPT_MS, LARGEST, FormDraft, FormDrafts
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput
from tests.desk.offices import PASSWORD, Hand, open_desk
from tests.ui.test_seat_window import WAIT_MS, Seat, report
from ui.acts.act_form import ActForm
from ui.acts.dispatch_dialog import DispatchDialog
from ui.acts.draft_sheet import DraftSheet
from ui.acts.finder import Finder
from ui.acts.report_form import ReportForm

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
NOW = 1_795_231_200_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site's folder with the town's tables, and nobody at it."""
    desk = open_desk(tmp_path / "seat", Hand())
    desk.site.close()
    return tmp_path


@pytest.fixture
def next_window(qtbot: QtBot, folder: Path) -> Iterator[Seat]:
    """The next window over the same folder; made when it is first asked for a seat."""
    made = Seat(qtbot, folder)
    yield made
    made.whole.window.close()
    made.desk.site.close()


def killed(folder: Path, what: str) -> None:
    """Let a process type into a form and kill it as soon as that is kept."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.drafting_child", str(folder / "seat"), what],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    try:
        assert child.stdout is not None
        assert "typed\n" == child.stdout.readline()
        ends = time.monotonic() + 30
        while not list((folder / "seat" / "drafts").glob("*.json")):
            assert child.poll() is None
            assert time.monotonic() < ends
            time.sleep(0.02)
        child.send_signal(signal.SIGKILL)
    finally:
        child.kill()
        code = child.wait()
        if child.stdout is not None:
            child.stdout.close()
    assert code != 0


def offered(seat: Seat) -> DraftSheet:
    """Wait for the offer."""
    window = seat.whole.window
    seat.qtbot.waitUntil(lambda: bool(window.findChildren(DraftSheet)), timeout=WAIT_MS)
    return window.findChildren(DraftSheet)[0]


def kept(folder: Path) -> list[Path]:
    return list((folder / "seat" / "drafts").glob("*.json"))


def test_a_report_survives_a_killed_window(
    folder: Path, request: pytest.FixtureRequest, qtbot: QtBot
) -> None:
    """By kill -9: the next window offers it at the log-in, Enter goes on, sending it ends it."""
    killed(folder, "report")
    (file,) = kept(folder)
    assert 0o600 == file.stat().st_mode & 0o777
    seat = request.getfixturevalue("next_window")
    seat.open("clerk1")
    sheet = offered(seat)
    assert [Verb.REPORT] == [each.verb for each in sheet.list.drafts]

    seat.key(Qt.Key.Key_Return)
    form = seat.whole.acts.form
    assert isinstance(form, ReportForm)
    assert "三楼有烟，说不清几号房" == form.rows["text"].entry.values()["text"]
    assert "13800006021" == form.rows["phone"].entry.values()["phone"]
    point = form.rows["lonlat"].entry
    qtbot.waitUntil(lambda: "grid" in point.values(), timeout=WAIT_MS)
    assert (113.9635, 23.0380) == (point.values()["lon"], point.values()["lat"])

    seat.type("tst")
    seat.key(Qt.Key.Key_Return)
    item = form.rows["item"].entry
    assert isinstance(item, Finder)
    qtbot.waitUntil(lambda: item.found() is not None, timeout=WAIT_MS)
    seat.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: seat.whole.acts.form is None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: kept(folder) == [], timeout=WAIT_MS)
    (row,) = seat.desk.rows().result()
    seat.wait_shown(row.id)


@pytest.mark.long
def test_a_dispatch_survives_a_killed_window(
    folder: Path, request: pytest.FixtureRequest, qtbot: QtBot
) -> None:
    """The unit that was chosen and what was asked of it are there again."""
    desk = open_desk(folder / "seat", Hand())
    desk.login("clerk1", PASSWORD).result()
    id_ = (
        desk.report_at(
            Command(verb=Verb.REPORT, incident="i" * 32, item="0602", text="路灯"),
            113.9635,
            23.0380,
        )
        .result()
        .incident
    )
    filing = Command(
        verb=Verb.FILE, incident=id_, seen=desk.incident(id_).result().version, item="0602"
    )
    desk.act(filing).result()
    desk.site.close()

    killed(folder, id_)
    seat = request.getfixturevalue("next_window")
    seat.open("dispatcher1")
    offered(seat)
    seat.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(seat.whole.acts.form, DispatchDialog), timeout=WAIT_MS)
    form = seat.whole.acts.form
    assert isinstance(form, DispatchDialog)
    assert "先断电" == form.text.toPlainText()
    assert form.units.main

    seat.key(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: kept(folder) == [], timeout=WAIT_MS)


def test_an_offer_can_be_left_and_thrown_away(
    folder: Path, request: pytest.FixtureRequest, qtbot: QtBot
) -> None:
    """Esc keeps it, and Ctrl+Shift+N shows it again; Del is for good."""
    drafts = FormDrafts(folder / "seat" / "drafts")
    text = (("text", '"路灯不亮"'),)
    drafts.keep(FormDraft("d1", "clerk1", NOW, Verb.REPORT, values=text), drafts.turn())
    seat = request.getfixturevalue("next_window")
    seat.open("clerk1")
    offered(seat)
    seat.key(Qt.Key.Key_Escape)
    window = seat.whole.window
    qtbot.waitUntil(lambda: not window.findChildren(DraftSheet), timeout=WAIT_MS)
    assert 1 == len(kept(folder))

    window.queue.list.setFocus()
    seat.key(Qt.Key.Key_N, CTRL_SHIFT)
    offered(seat)
    seat.key(Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: kept(folder) == [], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not window.findChildren(DraftSheet), timeout=WAIT_MS)
    window.queue.list.setFocus()
    seat.key(Qt.Key.Key_N, CTRL_SHIFT)
    qtbot.waitUntil(lambda: "没有未提交" in window.bottom.note(), timeout=WAIT_MS)


def test_a_form_that_nobody_typed_into_leaves_nothing(folder: Path, next_window: Seat) -> None:
    seat = next_window
    seat.open("clerk1")
    id_ = report(seat, "0602", 1)
    pane = seat.desk.pane(id_).result()
    seat.whole.acts.want(Verb.FILE, pane)
    form = seat.whole.acts.form
    assert isinstance(form, ActForm)
    place = seat.whole.drafts
    place._on_look()  # noqa: SLF001 - what its own timer does
    assert place._kept is None  # noqa: SLF001 - as above
    seat.key(Qt.Key.Key_Escape)
    assert [] == kept(folder)


def test_what_a_file_cannot_hold(tmp_path: Path) -> None:
    """A name that leads elsewhere, and a form beyond all measure, are refused."""
    drafts = FormDrafts(tmp_path)
    for bad in ("../x", "", "a" * 65, "a/b"):
        with pytest.raises(BadInput):
            drafts.keep(FormDraft(bad, "clerk1", NOW, Verb.REPORT), drafts.turn())
    large = (("text", "x" * LARGEST),)
    with pytest.raises(BadInput, match="草稿太大"):
        drafts.keep(FormDraft("d1", "clerk1", NOW, Verb.REPORT, values=large), drafts.turn())
    assert [] == list(tmp_path.glob("*"))


@pytest.mark.expects_log("draft d2.json left aside")
@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"id":"d2"}', b"\xff\xfe", b"[" * 5000, b'{"id":1}', b"x" * 300_000],
)
def test_a_spoilt_file_is_left_aside(tmp_path: Path, body: bytes) -> None:
    """The others are offered all the same, and it is not deleted: somebody may want to look."""
    drafts = FormDrafts(tmp_path)
    drafts.keep(FormDraft("d1", "clerk1", NOW, Verb.REPORT), drafts.turn())
    (tmp_path / "d2.json").write_bytes(body)

    assert ["d1"] == [each.id for each in drafts.all("clerk1", NOW)]
    assert (tmp_path / "d2.json").is_file()


def test_an_older_order_that_comes_late_changes_nothing(tmp_path: Path) -> None:
    """Two threads do the work: a form that was given up stays given up."""
    drafts = FormDrafts(tmp_path)
    draft = FormDraft("d1", "clerk1", NOW, Verb.REPORT)
    first, second = drafts.turn(), drafts.turn()
    drafts.drop("d1", second)
    drafts.keep(draft, first)
    assert () == drafts.all("clerk1", NOW)


def test_somebody_else_gets_a_form_without_names_and_numbers(tmp_path: Path) -> None:
    drafts = FormDrafts(tmp_path)
    values = (("text", '"烟"'), ("reporter", '"某先生"'), ("phone", '"13800006021"'))
    drafts.keep(FormDraft("d1", "clerk1", NOW, Verb.REPORT, values=values), drafts.turn())

    assert values == drafts.all("clerk1", NOW)[0].values
    assert values[:1] == drafts.all("clerk2", NOW)[0].values


def test_what_nobody_took_up_for_a_week_goes(tmp_path: Path) -> None:
    drafts = FormDrafts(tmp_path)
    drafts.keep(FormDraft("d1", "clerk1", NOW, Verb.REPORT), drafts.turn())
    assert 1 == len(drafts.all("clerk1", NOW + KEPT_MS))
    assert () == drafts.all("clerk1", NOW + KEPT_MS + 1)
    assert [] == list(tmp_path.glob("*"))
