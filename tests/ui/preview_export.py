"""Pictures of the export dialog: chosen and done, night and day, two sizes.

Run: python -m tests.ui.preview_export [folder]
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from dispatch.acts.perform import new_id
from dispatch.desk.reporting import Reporting
from tests.desk.offices import PASSWORD, Hand, open_desk
from tests.desk.test_export import reported
from tests.ui.preview import SIZES
from tests.ui.preview_import import settle
from ui.alarms.sound import AlarmSound, RecordingSink
from ui.files.export_sheet import ExportSheet
from ui.look.theme import Theme
from ui.seat_window import Given, SeatWindow


def main(folder: str = "out/export") -> None:
    """Write the pictures."""
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    with tempfile.TemporaryDirectory() as name:
        clock = Hand()
        desk = open_desk(Path(name) / "seat", clock)
        desk.login("chief1", PASSWORD).result()
        for nth in range(12):
            reported(desk, f"演示第{nth}件")
        theme = Theme()
        theme.apply(application)
        sound = AlarmSound(RecordingSink())
        given = Given(desk, lambda: Reporting(desk), clock, new_id, sound, Path(name) / "out")
        whole = SeatWindow(given, theme)
        whole.window.show()
        whole.start()
        for theme_name in ("night", "day"):
            theme.choose("day" if theme_name == "day" else "night")
            for size, (wide, high) in SIZES.items():
                whole.window.resize(wide, high)
                settle(400)
                whole.window.open_tray()
                settle(100)
                whole.window.grab().save(str(out / f"tray-{theme_name}-{size}.png"))
                whole.window.focus_queue()
                whole.export_place.open()
                sheet = whole.window.findChildren(ExportSheet)[-1]
                settle(200)
                whole.window.grab().save(str(out / f"export-{theme_name}-{size}.png"))
                sheet.do(follow=False)
                settle(900)
                whole.window.grab().save(str(out / f"done-{theme_name}-{size}.png"))
                sheet.do(follow=False)
                settle(400)
                whole.window.grab().save(str(out / f"there-{theme_name}-{size}.png"))
                sheet.close_sheet()
                settle(50)
                whole.export_place.open_town()
                sheet = whole.window.findChildren(ExportSheet)[-1]
                sheet.lists.choose(2)
                settle(200)
                whole.window.grab().save(str(out / f"town-{theme_name}-{size}.png"))
                sheet.close_sheet()
                settle(50)
                (Path(name) / "out").rename(Path(name) / f"out-{theme_name}-{size}")
        whole.window.close()
        desk.site.close()


if __name__ == "__main__":
    main(*sys.argv[1:2])
