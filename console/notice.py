"""One line in a window of its own, for whoever started the console by its icon."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QMessageBox

from console.words import say


def show(line: str) -> None:
    """Show the line until it is closed (Enter or Esc)."""
    app = QApplication.instance() or QApplication(["zhiwang"])
    box = QMessageBox()
    box.setWindowTitle(say("智网调度台", "Zhiwang dispatch console"))
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(line)
    box.exec()
    del app
