"""The collector works on the GUI thread only while the window lives."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.garbage import Garbage


class Knot(QObject):
    """Part of a cycle that only the collector takes apart."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def test_a_cycle_made_elsewhere_is_collected_here(qtbot: QtBot) -> None:
    gc.enable()
    garbage = Garbage()
    garbage.start()
    assert not gc.isenabled()
    gone_in: list[int] = []
    knot = Knot()
    weakref.finalize(knot, lambda: gone_in.append(threading.get_ident()))

    thread = threading.Thread(target=lambda: [[] for _ in range(200_000)])
    del knot
    thread.start()
    thread.join()
    assert [] == gone_in
    qtbot.waitUntil(lambda: bool(gone_in), timeout=5000)

    assert [threading.get_ident()] == gone_in
    garbage.stop()
    assert gc.isenabled()
    gc.disable()
    garbage.start()
    garbage.stop()
    assert not gc.isenabled()
