"""The map's own pixmaps: lights on their halo disc, clusters, number plates, haloed names."""

import math
from collections.abc import Callable, Hashable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from ui.look.marks import FixAge, Light, WorkerMark
from ui.look.painting import Side, Writer
from ui.look.theme import Theme

SIZES: Final = {1: 18, 2: 14, 3: 11}  # px of a light's shape by priority
DISCS: Final = {1: 31, 2: 23, 3: 17}  # px of its halo disc
CLUSTER_RING: Final = 4.5
WORKER_SIZE: Final = 13
PLATE_HEIGHT: Final = 18
_HALO: Final = tuple(
    QPointF(reach * math.cos(turn * math.pi / 8), reach * math.sin(turn * math.pi / 8))
    for reach, every in ((2.5, 1), (1.5, 2))
    for turn in range(0, 16, every)
)
_MOST: Final = 6000  # pixmaps kept; a full cache starts again


class Stamps:
    """The pixmaps of one theme at one device ratio."""

    def __init__(self, theme: Theme, ratio: float) -> None:
        """A new theme or ratio takes new stamps."""
        self.theme = theme
        self.ratio = ratio
        self._tokens = theme.tokens
        self._fonts = theme.fonts
        self._marks = theme.marks
        self._kept: dict[Hashable, QPixmap] = {}
        self._sizes: dict[tuple[str, int, bool], tuple[int, int]] = {}

    def incident(self, light: Light, priority: int) -> QPixmap:
        """Return the light's shape on its halo disc; P1 with a ring round it."""
        side = DISCS[priority]
        return self._keep(
            (light, priority), side, side, lambda p: self._draw_incident(p, light, priority)
        )

    def worker(self, mark: WorkerMark, age: FixAge, heading: float) -> QPixmap:
        """Return a worker's mark."""
        return self._marks.worker(mark, age, heading, WORKER_SIZE, self.ratio)

    def unit(self, character: str) -> QPixmap:
        """Return a unit's square."""
        return self._marks.unit(character, self.ratio)

    def cluster(self, red: int, amber: int, green: int) -> QPixmap:
        """Return a disc with its count and a ring split by light, clockwise from 12."""
        side = 2 * cluster_radius(red + amber + green) + 2
        return self._keep(
            ("cluster", red, amber, green),
            side,
            side,
            lambda p: self._draw_cluster(p, (red, amber, green), side),
        )

    def plate(self, number: str) -> QPixmap:
        """Return the plate with an incident's number."""
        width = round(self._fonts.width(number, 13, bold=True)) + 10
        return self._keep(
            ("plate", number), width, PLATE_HEIGHT, lambda p: self._draw_plate(p, number, width)
        )

    def name(self, text: str, colour: QColor, px: int = 13, *, bold: bool = False) -> QPixmap:
        """Return a name with a halo of the lowest fill."""
        width, height = self.name_size(text, px, bold=bold)
        return self._keep(
            ("name", text, colour.rgba(), px, bold),
            width,
            height,
            lambda p: self._draw_name(p, text, colour, (px, bold, height)),
        )

    def name_size(self, text: str, px: int = 13, *, bold: bool = False) -> tuple[int, int]:
        """Return the size of a name: most names find no room and are never drawn."""
        key = (text, px, bold)
        size = self._sizes.get(key)
        if size is None:
            width = math.ceil(self._fonts.width(text, px, bold=bold)) + 6
            size = self._sizes[key] = (width, self.theme.px(px) + 8)
        return size

    def _keep(
        self, key: Hashable, width: int, height: int, paint: Callable[[QPainter], None]
    ) -> QPixmap:
        found = self._kept.get(key)
        if found is not None:
            return found
        if len(self._kept) >= _MOST:
            self._kept.clear()
        pixmap = QPixmap(math.ceil(width * self.ratio), math.ceil(height * self.ratio))
        pixmap.setDevicePixelRatio(self.ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter)
        painter.end()
        self._kept[key] = pixmap
        return pixmap

    def _draw_incident(self, painter: QPainter, light: Light, priority: int) -> None:
        side = DISCS[priority]
        disc = QRectF(0, 0, side, side)
        painter.setBrush(self._tokens.map_halo)
        painter.setPen(Qt.PenStyle.NoPen)
        if priority == 1:
            painter.setPen(QPen(self._tokens.text_1, 2))
            disc.adjust(1, 1, -1, -1)
        painter.drawEllipse(disc)
        mark = self._marks.light(light, SIZES[priority], self.ratio)
        room = mark.deviceIndependentSize().width()
        at = round((side - room) / 2 * self.ratio) / self.ratio
        # A triangle's weight lies low: lifted a pixel it looks centred in the disc.
        lift = 1 if light is Light.YELLOW else 0
        painter.drawPixmap(QPointF(at, at - lift), mark)

    def _draw_cluster(self, painter: QPainter, split: tuple[int, int, int], side: int) -> None:
        tokens = self._tokens
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.map_halo)
        painter.drawEllipse(QRectF(0, 0, side, side))
        inset = 1.5 + CLUSTER_RING / 2
        ring = QRectF(inset, inset, side - 2 * inset, side - 2 * inset)
        whole = sum(split)
        begin = 90.0
        for count, colour in zip(split, (tokens.red, tokens.amber, tokens.green), strict=True):
            if count == 0:
                continue
            sweep = 360 * count / whole
            pen = QPen(colour, CLUSTER_RING, c=Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            gap = 0.0 if count == whole else 3.0
            painter.drawArc(ring, round((begin - gap / 2) * 16), -round((sweep - gap) * 16))
            begin -= sweep
        text = str(whole) if whole < 10_000 else f"{whole // 1000}k"
        px = 14 if whole < 1000 else 12
        Writer(painter, self._fonts).text(
            (side / 2, side / 2), text, tokens.text_1, px, bold=True, side=Side.MIDDLE
        )

    def _draw_plate(self, painter: QPainter, number: str, width: int) -> None:
        painter.setPen(QPen(self._tokens.line_2, 1))
        painter.setBrush(self._tokens.map_halo)
        painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1, PLATE_HEIGHT - 1), 4, 4)
        Writer(painter, self._fonts).text(
            (width / 2, PLATE_HEIGHT / 2),
            number,
            self._tokens.text_1,
            13,
            bold=True,
            side=Side.MIDDLE,
        )

    def _draw_name(
        self, painter: QPainter, text: str, colour: QColor, kind: tuple[int, bool, int]
    ) -> None:
        px, bold, height = kind
        at = QPointF(3, height / 2 + self._fonts.baseline(px))
        painter.setFont(self._fonts.font(px, bold=bold))
        # The text itself, moved round: a tenth of the time of stroking its outline.
        painter.setPen(self._tokens.map_fills[0])
        for away in _HALO:
            painter.drawText(at + away, text)
        painter.setPen(colour)
        painter.drawText(at, text)


def cluster_radius(count: int) -> int:
    """Return the disc's radius: 20 px for a few, 24 px for hundreds."""
    return 20 + min(4, round(2 * math.log10(max(1, count))))
