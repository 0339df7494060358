"""Pictures of the import dialog: preview and result, night and day, two sizes.

Run: python -m tests.ui.preview_import [folder]
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from dispatch.acts.perform import new_id
from dispatch.desk.reporting import Reporting
from tests.desk.offices import PASSWORD, Hand, open_desk
from tests.desk.test_import_incidents import row
from tests.ui.preview import SIZES
from ui.alarms.sound import AlarmSound, RecordingSink
from ui.files.import_sheet import ImportSheet
from ui.look.theme import Theme
from ui.seat_window import Given, SeatWindow

HEAD = "编号,时间,经度,纬度,内容,事项,电话,级\n"


def settle(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def main(folder: str = "out/import") -> None:
    """Write the pictures."""
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "演示工单.csv"
        bad = row(50, 经="东") + row(51, 时间="昨天") + row(52, 说明="")
        rows = "".join(row(n) for n in range(40)) + bad
        file.write_text(HEAD + rows, encoding="gb18030")
        clock = Hand()
        desk = open_desk(Path(name) / "seat", clock)
        desk.login("clerk1", PASSWORD).result()
        theme = Theme()
        theme.apply(application)
        sound = AlarmSound(RecordingSink())
        given = Given(desk, lambda: Reporting(desk), clock, new_id, sound, Path(name))
        whole = SeatWindow(given, theme)
        whole.window.show()
        whole.start()
        for theme_name in ("night", "day"):
            theme.choose("day" if theme_name == "day" else "night")
            for size, (wide, high) in SIZES.items():
                whole.window.resize(wide, high)
                whole.open_import()
                sheet = whole.window.findChildren(ImportSheet)[-1]
                sheet.file.setText(str(file))
                sheet.read()
                settle(600)
                sheet.picks.boxes["format"].setCurrentIndex(1)
                whole.window.grab().save(str(out / f"import-{theme_name}-{size}.png"))
                sheet.do(follow=True)
                while sheet.result is None:
                    settle(100)
                settle(300)
                whole.window.grab().save(str(out / f"result-{theme_name}-{size}.png"))
                sheet.kind.box.setCurrentIndex(3)
                settle(100)
                whole.window.grab().save(str(out / f"hub-{theme_name}-{size}.png"))
                sheet.close_sheet()
                settle(50)
        whole.window.close()
        desk.site.close()


if __name__ == "__main__":
    main(*sys.argv[1:2])
