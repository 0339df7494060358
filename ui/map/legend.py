"""The legend: every mark of the map with its word."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ui.look.marks import FixAge, Light, WorkerMark
from ui.look.painting import Writer, draw_centred, hairline, outline
from ui.look.theme import Theme
from ui.map.buttons import Drawn, paint_floating

_ROW: Final = 22


class Legend(QWidget):
    """Lights and workers, then fills and the age of fixes; ``L`` or a click closes it."""

    shut = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawn = Drawn(self)
        self.setFixedSize(self.sizeHint())
        theme.changed.connect(self._on_theme_changed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(238), self._theme.px(172))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.shut.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._drawn.paint((self._theme.tokens, self._theme.fonts.scale), self._paint)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()

    def _paint(self, painter: QPainter) -> None:
        paint_floating(self, painter, self._theme)
        scale = self._theme.fonts.scale / 100
        lights = (
            (Light.RED, self.tr("超时")),
            (Light.YELLOW, self.tr("将到时")),
            (Light.GREEN, self.tr("时限内")),
            (Light.CONTESTED, self.tr("争议")),
        )
        workers = (
            (WorkerMark.PATROL, self.tr("巡查")),
            (WorkerMark.ON_DUTY, self.tr("在岗")),
            (WorkerMark.ASSIGNED, self.tr("已派")),
            (WorkerMark.EN_ROUTE, self.tr("在途")),
            (WorkerMark.ON_SCENE, self.tr("到场")),
            (WorkerMark.SILENT, self.tr("失联")),
        )
        ratio = self.devicePixelRatioF()
        marks = self._theme.marks
        for row, (light, word) in enumerate(lights):
            self._line(painter, (20, 18 + row * _ROW), marks.light(light, 14, ratio), word)
        for row, (worker, word) in enumerate(workers):
            at = (98 + row // 4 * 74, 18 + row % 4 * _ROW)
            self._line(painter, at, marks.worker(worker, size=14, ratio=ratio), word)
        tokens = self._theme.tokens
        hairline(painter, 12 * scale, 108 * scale, self.width() - 24 * scale, tokens.line)
        self._fills(painter, 126 * scale)
        self._ages(painter, 150 * scale)

    def _line(self, painter: QPainter, at: tuple[float, float], mark: QPixmap, word: str) -> None:
        scale = self._theme.fonts.scale / 100
        x, y = at[0] * scale, at[1] * scale
        draw_centred(painter, mark, x, y)
        colour = self._theme.tokens.text_1
        Writer(painter, self._theme.fonts).text((x + 14, y), word, colour, 13)

    def _fills(self, painter: QPainter, y: float) -> None:
        theme = self._theme
        write = Writer(painter, theme.fonts)
        x = 12 + write.text((12, y), self.tr("网格未结"), theme.tokens.text_1, 12) + 10
        words = ("0", "1–2", "3–5", "6+")
        for fill, word in zip(theme.tokens.map_fills, words, strict=True):
            box = QRectF(round(x), round(y) - 6, 12, 12)
            painter.setBrush(fill)
            painter.setPen(theme.tokens.line_2)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
            outline(painter, box, theme.tokens.line_2, 2)
            x += 17 + write.text((x + 17, y), word, theme.tokens.text_2, 12) + 7

    def _ages(self, painter: QPainter, y: float) -> None:
        theme = self._theme
        write = Writer(painter, theme.fonts)
        x = 12 + write.text((12, y), self.tr("定位"), theme.tokens.text_1, 12) + 14
        words = (self.tr("≤2 分"), "2–10", self.tr(">10 分"))
        ratio = self.devicePixelRatioF()
        for age, word in zip(FixAge, words, strict=True):
            mark = theme.marks.worker(WorkerMark.PATROL, age, size=13, ratio=ratio)
            draw_centred(painter, mark, x, y)
            x += 12 + write.text((x + 12, y), word, theme.tokens.text_2, 12) + 18
