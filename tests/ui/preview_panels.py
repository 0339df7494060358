"""Paints panels and dialogs with made-up values into a folder, to be looked at.

`python -m tests.ui.preview_panels FOLDER [NAME...]`
"""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from dispatch.domain.codes import Role, State
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput, Refused
from tests.ui import panel_scene as scene
from tests.ui.panel_desk import PanelDesk
from ui.acts.act_form import ActForm
from ui.acts.dispatch_dialog import DispatchDialog
from ui.acts.fields import FIELDS
from ui.acts.lookups import Lookups
from ui.acts.plain_form import LOGIN, SHIFT_ON, PlainForm
from ui.acts.report_form import ReportForm
from ui.acts.seat import Seat
from ui.acts.sheet import Sheet
from ui.charts.shift_charts import ChartsPanel
from ui.incident.near_sheet import NearSheet
from ui.incident.panel import IncidentPanel
from ui.live import Live
from ui.look.theme import Theme
from ui.look.tokens import ThemeName
from ui.report.shift_sheet import ShiftSheet, Shown
from ui.workers.board import WorkersBoard

Shot = Callable[[Theme, Path], QWidget]


def _panel(theme: Theme, width: int, height: int = 991) -> IncidentPanel:
    panel = IncidentPanel(theme)
    panel.resize(width, height)
    return panel


def pane_over(theme: Theme, folder: Path) -> QWidget:
    panel = _panel(theme, 465)
    panel.show_pane(scene.with_photos(scene.pane(), folder), scene.NOW)
    panel.show_advice(scene.advice())
    return panel


def pane_narrow(theme: Theme, folder: Path) -> QWidget:
    panel = _panel(theme, 400, 680)
    panel.show_pane(scene.with_photos(scene.longest(), folder), scene.NOW)
    panel.show_advice(scene.advice())
    return panel


def pane_contested(theme: Theme, _folder: Path) -> QWidget:
    panel = _panel(theme, 744)
    panel.show_pane(scene.contested(), scene.NOW)
    return panel


def _alike(theme: Theme, width: int, height: int) -> QWidget:
    panel = _panel(theme, width, height)
    panel.show_pane(scene.pane(State.REPORTED), scene.NOW)
    panel.show_advice(scene.advice())
    panel.compare_duplicates()
    panel.show_other(scene.other(), scene.NOW)
    return panel


def pane_alike(theme: Theme, _folder: Path) -> QWidget:
    return _alike(theme, 744, 991)


def pane_alike_narrow(theme: Theme, _folder: Path) -> QWidget:
    return _alike(theme, 400, 680)


def pane_contested_narrow(theme: Theme, _folder: Path) -> QWidget:
    panel = _panel(theme, 400, 680)
    panel.show_pane(scene.contested(may=False), scene.NOW)
    return panel


class _Host(QWidget):
    """What a dialog lies over, with all that it looks things up with."""

    def __init__(self, width: int, height: int, *roles: Role) -> None:
        super().__init__()
        self.resize(width, height)
        self.desk = PanelDesk()
        self.live = Live(self.desk, self)
        lookups = Lookups(self.live, self.desk)
        self.seat = Seat(roles or (Role.DISPATCHER,), lambda: scene.NOW, lookups, lambda: "new")

    def holding(self, sheet: Sheet) -> QWidget:
        """Return the host with the dialog open."""
        self.show()
        QApplication.processEvents()
        sheet.open()
        QApplication.processEvents()
        return self


def dispatch(theme: Theme, _folder: Path) -> QWidget:
    host = _Host(1366, 768)
    dialog = DispatchDialog(theme, host, host.seat, scene.pane(), scene.advice())
    dialog.units.toggle_assist(scene.unit_advice()[1].unit)
    return host.holding(dialog)


def report(theme: Theme, _folder: Path) -> QWidget:
    host = _Host(1366, 768, Role.CLERK)
    form = ReportForm(theme, host, host.seat, (113.9635, 23.0380))
    host.holding(form)
    QTest.keyClicks(form.item, "hq")
    return host


def report_filled(theme: Theme, _folder: Path) -> QWidget:
    host = _Host(1366, 768, Role.CLERK)
    form = ReportForm(theme, host, host.seat, (113.9635, 23.0380))
    host.holding(form)
    QTest.keyClicks(form.item, "0401")
    QTest.keyClick(form.item, Qt.Key.Key_Return)
    for _ in range(4):
        QApplication.processEvents()
    form.show_error(BadInput("phone", "号码太长"))
    return host


def board(theme: Theme, _folder: Path) -> QWidget:
    shown = WorkersBoard(theme)
    shown.resize(854, 249)
    shown.set_now(scene.NOW)
    shown.set_grids(92)
    shown.show_rows(scene.workers())
    return shown


def board_narrow(theme: Theme, _folder: Path) -> QWidget:
    shown = board(theme, _folder)
    shown.resize(494, 249)
    return shown


def board_folded(theme: Theme, _folder: Path) -> QWidget:
    shown = board(theme, _folder)
    shown.resize(494, 40)
    return shown


def charts(theme: Theme, _folder: Path) -> QWidget:
    shown = ChartsPanel(theme)
    shown.resize(620, 640)
    shown.show_charts(scene.charts())
    return shown


def shift(theme: Theme, folder: Path) -> QWidget:
    host = _Host(1920, 1040)
    sheet = ShiftSheet(
        theme,
        host,
        (host.live, host.desk),
        lambda: scene.NOW,
        Shown(folder, "交接班", numbers=True),
    )
    host.holding(sheet)
    sheet.do(follow=False)
    for _ in range(60):
        QTest.qWait(20)
        if sheet.preview.pages():
            break
    return host


def login(theme: Theme, _folder: Path) -> QWidget:
    host = _Host(760, 420)
    form = PlainForm(theme, host, ("登录", "登录"), LOGIN)
    host.holding(form)
    form.show_error(Refused("login_failed", name="x"))
    return host


def shift_on(theme: Theme, _folder: Path) -> QWidget:
    host = _Host(760, 420)
    return host.holding(PlainForm(theme, host, ("接班", "上岗"), SHIFT_ON))


def _form(verb: Verb) -> Shot:
    def shot(theme: Theme, _folder: Path) -> QWidget:
        host = _Host(760, 640, Role.DISPATCHER, Role.CHIEF)
        pane = replace(scene.longest(), told_off=("消防", "安监"))
        return host.holding(ActForm(theme, host, host.seat, verb, pane))

    return shot


def near(theme: Theme, _folder: Path) -> QWidget:
    host = _Host(760, 420)
    return host.holding(NearSheet(theme, host, "此处 90 天内", scene.advice().earlier))


SHOTS: dict[str, Shot] = {
    "pane_over": pane_over,
    "pane_narrow": pane_narrow,
    "pane_contested": pane_contested,
    "near": near,
    "pane_alike": pane_alike,
    "pane_alike_narrow": pane_alike_narrow,
    "pane_contested_narrow": pane_contested_narrow,
    "dispatch": dispatch,
    "report": report,
    "report_filled": report_filled,
    "board": board,
    "board_narrow": board_narrow,
    "board_folded": board_folded,
    "charts": charts,
    "shift": shift,
    "login": login,
    "shift_on": shift_on,
    **{f"form_{verb}": _form(verb) for verb in FIELDS},
}


def shoot(folder: Path, names: list[str], themes: tuple[ThemeName, ...]) -> None:
    """Paint the named shots, or all, in each theme."""
    application = QApplication.instance() or QApplication([])
    for theme_name in themes:
        theme = Theme(theme_name)
        if isinstance(application, QApplication):
            theme.apply(application)
        for name in names or list(SHOTS):
            widget = SHOTS[name](theme, folder)
            widget.show()
            for _ in range(4):
                application.processEvents()
            widget.grab().save(str(folder / f"{name}-{theme_name}.png"))
            widget.hide()
            widget.deleteLater()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    shoot(target, sys.argv[2:], ("night", "day"))
