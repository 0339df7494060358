"""Pictures of the command palette over the real window with made-up incidents (演示数据).

Run: python -m tests.ui.preview_palette FOLDER
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from dispatch.acts.perform import new_id
from dispatch.desk.desk import Desk
from dispatch.desk.reporting import Reporting
from dispatch.domain.calendar import MINUTE
from dispatch.domain.codes import Source
from dispatch.domain.command import Command, Verb
from tests.desk.offices import PASSWORD, Hand, open_desk
from tests.unit.towns import hengli
from ui.alarms.sound import AlarmSound, RecordingSink
from ui.look.theme import Theme
from ui.look.tokens import ThemeName
from ui.seat_window import Given, SeatWindow

SIZES = {"1920": (1920, 1080), "1366": (1366, 768)}
ITEMS = ("0801", "0605", "0602", "0401", "0302", "0203", "0601", "0501")
PLACES = ("工业二路 18 号 3 楼", "水边路口", "新街 41 号", "兴村路 7 号厂房", "旧围三巷 5 号")


@dataclass
class Shop:
    """A window with some incidents in it."""

    app: QApplication
    desk: Desk
    whole: SeatWindow
    ids: list[str]

    def settle(self, done: Callable[[], bool] = lambda: False, seconds: float = 1.2) -> None:
        """Let answers arrive and paint."""
        end = time.monotonic() + (8 if done() is False and seconds > 2 else seconds)
        while time.monotonic() < end and not done():
            self.app.processEvents()
            time.sleep(0.01)

    def line(self, text: str) -> None:
        """Open the palette with a line in it."""
        self.whole.palette.open()
        palette = self.whole.palette.palette
        assert palette is not None
        palette.field.set_line(text)
        self.settle(lambda: palette.asking.settled and bool(palette.asking.read))
        self.settle(seconds=0.2)

    def number(self, at: int) -> str:
        """Return an incident's number."""
        return self.desk.rows(frozenset({self.ids[at]})).result()[0].number


def given(desk: Desk, hand: Hand) -> list[str]:
    """Some incidents of a quiet morning, filed but for the last ones."""
    desk.login("clerk1", PASSWORD).result()
    ids = []
    grids = hengli().grids
    for at in range(24):
        hand.forward(MINUTE)
        id_ = new_id()
        grid = grids[(at * 7) % len(grids)]
        report = Command(
            verb=Verb.REPORT,
            incident=id_,
            item=ITEMS[at % len(ITEMS)],
            source=Source.WORKER,
            place=PLACES[at % len(PLACES)],
            text="演示：已到场核对",
        )
        desk.report_at(report, grid.lon, grid.lat).result()
        if at < 18:
            desk.act(Command(verb=Verb.FILE, incident=id_)).result()
        ids.append(id_)
    desk.login("dispatcher1", PASSWORD).result()
    return ids


def main() -> None:
    """Save the pictures."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    names: tuple[ThemeName, ...] = ("night", "day")
    for name in names:
        for label, size in SIZES.items():
            with tempfile.TemporaryDirectory() as place:
                _shoot(app, name, (label, size), (Path(place), folder))
    print(folder)


def _shoot(
    app: QApplication,
    name: ThemeName,
    what: tuple[str, tuple[int, int]],
    where: tuple[Path, Path],
) -> None:
    (label, size), (place, folder) = what, where
    hand = Hand()
    desk = open_desk(place / "seat", hand)
    ids = given(desk, hand)
    theme = Theme(name)
    theme.apply(app)
    sound = AlarmSound(RecordingSink())
    parts = Given(desk, lambda: Reporting(desk), hand, new_id, sound, place)
    whole = SeatWindow(parts, theme)
    shop = Shop(app, desk, whole, ids)
    whole.window.resize(*size)
    whole.window.show()
    whole.start()
    shop.settle(lambda: whole.window.queue.model.rowCount() == len(ids), 5)
    whole.window.show_incident(ids[0])
    shop.settle(seconds=1.5)
    first = shop.number(0)
    lines = {
        "unit": f"派 {first} xf",
        "worker": f"派 {first} {hengli_worker(desk)}",
        "missing": f"派 {first}",
        "refused": f"签 {first} 演示甲",
        "search": "hl",
        "empty": "",
    }
    whole.palette.history.add("签 A17", hand.now - 3 * MINUTE)
    whole.palette.history.add("并 A29 A11", hand.now - 6 * MINUTE)
    for word, text in lines.items():
        shop.line(text)
        whole.window.grab().save(str(folder / f"palette-{word}-{label}-{name}.png"))
        palette = whole.palette.palette
        if palette is not None:
            palette.close_sheet()
            whole.palette.palette = None
    whole.window.close()
    shop.settle(seconds=0.3)
    whole.tick.stop()
    desk.site.close()


def hengli_worker(desk: Desk) -> str:
    """Return somebody's name in initials."""
    return desk.workers().result()[0].name


if __name__ == "__main__":
    main()
