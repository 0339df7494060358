"""The head of the workers board: counts by status with their marks, coverage at the right."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch.desk.views import WorkerRow, WorkerStatus
from ui import labels
from ui.look.keycap import HEIGHT as CAP
from ui.look.keycap import draw_keycap
from ui.look.marks import WorkerMark
from ui.look.painting import Side, Writer, draw_centred, hairline
from ui.look.theme import Theme

HEIGHT: Final = 40
SIDE: Final = 16
ORDER: Final = (
    WorkerStatus.PATROL,
    WorkerStatus.ON_DUTY,
    WorkerStatus.ASSIGNED,
    WorkerStatus.EN_ROUTE,
    WorkerStatus.ON_SCENE,
    WorkerStatus.SILENT,
)
_AWAY: Final = frozenset({WorkerStatus.OFF, WorkerStatus.SILENT})


class WorkersHead(QWidget):
    """`filtered` tells the status whose count was clicked. Counts add up to those on duty."""

    filtered = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts: dict[WorkerStatus, int] = {}
        self._all = 0
        self._covered = (0, 0)
        self._grids = 0
        self._filter: WorkerStatus | None = None
        self.folded = False
        self._boxes: list[tuple[WorkerStatus, QRectF]] = []
        self.setFixedHeight(theme.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: tuple[WorkerRow, ...], grids: int) -> None:
        """Count the workers; `grids` is how many the town has, 0 when that is not known."""
        self._counts = dict.fromkeys(ORDER, 0)
        for row in rows:
            if row.status is not WorkerStatus.OFF:
                self._counts[row.status] += 1
        self._all = len(rows)
        known = {row.grid for row in rows if row.grid}
        covered = {row.grid for row in rows if row.grid and row.status not in _AWAY}
        self._covered = (len(covered), max(grids, len(known)))
        self.update()

    def set_filter(self, status: WorkerStatus | None) -> None:
        """Mark the status that the table is filtered by."""
        self._filter = status
        self.update()

    def box(self, status: WorkerStatus) -> QRectF:
        """Return where a count lies."""
        return next(box for each, box in self._boxes if each is status)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for status, box in self._boxes:
            if box.contains(event.position()):
                self.filtered.emit(status)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, fonts = self._theme.tokens, self._theme.fonts
        painter.fillRect(self.rect(), tokens.panel)
        write, middle = Writer(painter, fonts), self.height() / 2
        right = self._right(painter, write, middle)
        x = SIDE + write.text((SIDE, middle), self.tr("人员"), tokens.text_1, 16, bold=True) + 8
        on = sum(self._counts.values())
        said = f"{on} / {self._all}"
        x += write.text((x, middle), said, tokens.text_2, 14) + 20
        words = self._fits(x, right)
        self._boxes = []
        for status in ORDER:
            x = self._count(painter, write, (status, words), (x, middle))
        hairline(painter, 0, self.height() - 1, self.width(), tokens.line)

    def _width(self, status: WorkerStatus, words: bool) -> float:
        fonts = self._theme.fonts
        word = fonts.width(labels.worker(status), 13) + 5 if words else 0
        count = fonts.width(str(self._counts.get(status, 0)), 13, bold=True)
        return 20 + word + count + (16 if words else 10)

    def _fits(self, x: float, right: float) -> bool:
        return x + sum(self._width(status, words=True) for status in ORDER) <= right - 8

    def _right(self, painter: QPainter, write: Writer, middle: float) -> float:
        """Write coverage, or how to unfold the board; return where it begins."""
        tokens, fonts, right = self._theme.tokens, self._theme.fonts, float(self.width() - SIDE)
        if self.folded:
            cap = draw_keycap(painter, QPointF(right - 18, middle - CAP / 2), "W", (tokens, fonts))
            right -= cap + 8
            said = self.tr("展开")
        else:
            covered, grids = self._covered
            said = self.tr("覆盖 {covered}/{grids} 网格").format(covered=covered, grids=grids)
        return right - write.text((right, middle), said, tokens.text_2, 13, side=Side.RIGHT)

    def _count(
        self,
        painter: QPainter,
        write: Writer,
        what: tuple[WorkerStatus, bool],
        at: tuple[float, float],
    ) -> float:
        status, words = what
        x, middle = at
        tokens, theme = self._theme.tokens, self._theme
        count = self._counts.get(status, 0)
        width = self._width(status, words)
        box = QRectF(x - 5, middle - 13, width - 4, 26)
        self._boxes.append((status, box))
        if self._filter is status:
            painter.setPen(QPen(tokens.blue, 1))
            painter.setBrush(tokens.select)
            painter.drawRoundedRect(box, 4, 4)
        ratio = self.devicePixelRatioF()
        mark = theme.marks.worker(WorkerMark(status.value), size=theme.px(13), ratio=ratio)
        draw_centred(painter, mark, x + 6, middle)
        x += 18
        if words:
            x += write.text((x, middle), labels.worker(status), tokens.text_1, 13) + 5
        alert = status is WorkerStatus.SILENT and count > 0
        ink = tokens.amber_text if alert else tokens.text_1
        write.text((x, middle), str(count), ink, 13, bold=True)
        return at[0] + width
