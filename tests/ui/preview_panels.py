"""Paints panels and dialogs with made-up values into a folder, to be looked at.

`python -m tests.ui.preview_panels FOLDER [NAME...]`
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from tests.ui import panel_scene as scene
from ui.incident.panel import IncidentPanel
from ui.look.theme import Theme
from ui.look.tokens import ThemeName

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


def pane_contested(theme: Theme, folder: Path) -> QWidget:
    panel = _panel(theme, 744)
    panel.show_pane(scene.contested(), scene.NOW)
    return panel


def pane_contested_narrow(theme: Theme, folder: Path) -> QWidget:
    panel = _panel(theme, 400, 680)
    panel.show_pane(scene.contested(may=False), scene.NOW)
    return panel


SHOTS: dict[str, Shot] = {
    "pane_over": pane_over,
    "pane_narrow": pane_narrow,
    "pane_contested": pane_contested,
    "pane_contested_narrow": pane_contested_narrow,
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
