"""What a child of `zhiwang doctor` does: it starts Qt, and ends badly where Qt does."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QGuiApplication

from console.printing import put_now


def answer() -> int:
    """Start Qt on the platform of the environment; print its fonts for Chinese, a line each."""
    app = QGuiApplication.instance() or QGuiApplication(["doctor"])
    families = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    put_now("\n".join(families))
    del app
    return 0
