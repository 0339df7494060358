"""What any map in this window must do at least: put one ready picture on it."""

from functools import partial

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from tests.bench.bench_map_city import SIZE
from tests.bench.bench_map_frames import Row, frames, settle

FRAMES = 96
STEP = 2**0.25  # a wheel's step, as `bench_map_own` turns it


class Plate(QWidget):
    """Shows its picture, drawn so many times as large round its middle."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(*SIZE)
        self._picture = QPixmap(*SIZE)
        self._picture.fill("#20262c")
        self._factor = 1.0

    def take(self, factor: float) -> None:
        """Choose the scale of the next frame."""
        self._factor = factor

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002 - Qt calls it so
        painter = QPainter(self)
        width, height = SIZE[0] / self._factor, SIZE[1] / self._factor
        shown = QRectF((SIZE[0] - width) / 2, (SIZE[1] - height) / 2, width, height)
        painter.drawPixmap(QRectF(0, 0, *SIZE), self._picture, shown)
        painter.end()


def run() -> list[Row]:
    """Return the rows: the picture as it is, and scaled by another factor in each frame."""
    plate = Plate()
    settle(plate, 5)
    still = [partial(plate.take, 1.0)] * FRAMES
    zoom = [partial(plate.take, STEP ** (turn % 12 + 1)) for turn in range(FRAMES)]
    rows = [
        frames(plate, "floor: one picture, pan", still),
        frames(plate, "floor: one picture, zoom", zoom),
    ]
    plate.close()
    return rows
