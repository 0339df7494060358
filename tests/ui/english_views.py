"""The main views in English at two sizes; run by `test_english_window` in a process of its own."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from installer import translations
from tests.ui.preview import made_up_rows
from tests.ui.shell import shell
from tests.ui.text_audit import Audit, look_at
from ui import tongue

SIZES = ((1366, 768), (1920, 1080))
CHINESE = {text for _, text in translations.wanted() if len(text) > 1}
SHOWN_DATA = {"白班 08:00–20:00"}
"""What the made-up strip itself brings."""


def texts(audit: Audit) -> set[str]:
    """Return all that was written."""
    return {text for written in audit.written.values() for text, _ in written}


@pytest.mark.parametrize("size", SIZES)
def test_no_text_of_the_window_is_cut_or_left_chinese(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    app = QApplication.instance()
    assert app is not None
    tongue.install(app)
    window = shell(qtbot, *made_up_rows(), size=size).window
    parts: list[QWidget] = [
        window.top,
        window.bottom,
        window.queue,
        window.queue.rail,
        window.lanes,
    ]
    window.open_tray()
    parts.append(window.tray)
    window.help.open()
    parts.append(window.help)
    for part in parts:
        audit = look_at(part, monkeypatch)
        said = texts(audit)
        assert [] == audit.beyond
        assert [] == audit.crossing()
        assert not (said & CHINESE) - SHOWN_DATA
