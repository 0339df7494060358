"""A proposal to merge first: an amber wash that blocks nothing."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch.desk.views import Near
from ui.acts.keys import DUPLICATES
from ui.look.keycap import HEIGHT as CAP
from ui.look.keycap import draw_keycap
from ui.look.marks import Light
from ui.look.painting import Side, Writer, draw_centred
from ui.look.theme import Theme


class MergeBand(QWidget):
    """`wanted` tells that somebody clicked it."""

    wanted = Signal()

    def __init__(self, theme: Theme, near: tuple[Near, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._near = near
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVisible(bool(near))

    def sizeHint(self) -> QSize:
        return QSize(560, self._theme.px(64))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.wanted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, first = self._theme, self._near[0]
        tokens, fonts = theme.tokens, theme.fonts
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.amber_wash)
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        ratio, write = self.devicePixelRatioF(), Writer(painter, fonts)
        up, down, right = theme.px(22), theme.px(44), self.width() - 12.0
        draw_centred(painter, theme.marks.light(Light.YELLOW, 14, ratio), 20, up)
        cap = draw_keycap(painter, QPointF(right - 18, up - CAP / 2), DUPLICATES, (tokens, fonts))
        right -= cap + 10
        look = self.tr("并排查看")
        right -= write.text((right, up), look, tokens.blue, 13, side=Side.RIGHT) + 12
        said = self.tr("建议先并案：与 {number} 同一事项，相距 {metres} 米，共 {count} 件").format(
            number=first.number[-4:], metres=first.distance_m, count=len(self._near)
        )
        write.text((36, up), fonts.elide(said, 14, right - 36), tokens.text_1, 14)
        note = self.tr("派遣不受影响，并案后各上报人都会收到反馈")
        note = fonts.elide(note, 12, self.width() - 48)
        write.text((36, down), note, tokens.text_2, 12)
