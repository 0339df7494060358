"""The workers as rows of 28 px; only what is seen is painted."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from dispatch.desk.views import WorkerRow, WorkerStatus
from ui import labels, times
from ui.incident.steps import length
from ui.look.marks import WorkerMark, fix_age
from ui.look.painting import Side, Writer, draw_bar, draw_centred, hairline
from ui.look.theme import Theme

HEADS: Final = 26
ROW: Final = 28
_WIDE: Final = 700
_NARROW: Final = 486
_BAR: Final = 58
_SECOND: Final = 1000


@dataclass(frozen=True, slots=True)
class _Columns:
    """Left or right edges in px; phone and list are None where they have to go."""

    grid: float
    status: float
    since_right: float
    fix_right: float
    phone: float | None
    task: float
    task_right: float
    list_right: float | None


class WorkersTable(QAbstractScrollArea):
    """`worker_chosen` tells the number of the row that was chosen."""

    worker_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[WorkerRow, ...] = ()
        self.empty_words = ""
        self._now = 0
        self._at = -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_rows(self, rows: tuple[WorkerRow, ...], now: int) -> None:
        """Show these workers; the chosen one stays chosen."""
        chosen = self._rows[self._at].number if 0 <= self._at < len(self._rows) else ""
        self._rows, self._now = rows, now
        self._at = next((n for n, row in enumerate(rows) if row.number == chosen), -1)
        self._measure()
        self.viewport().update()

    def set_now(self, now: int) -> None:
        """Let the times go on; they are shown in minutes, fixes in seconds."""
        self._now = now
        self.viewport().update()

    def rows(self) -> tuple[WorkerRow, ...]:
        """Return what is shown."""
        return self._rows

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self._rows):
            self._at = at
            row = self._theme.px(ROW)
            bar, top = self.verticalScrollBar(), at * row
            if top < self._offset():
                bar.setValue(top)
            elif top + row > bar.value() + bar.pageStep():
                bar.setValue(top + row - bar.pageStep())
            self.viewport().update()
            self.worker_chosen.emit(self._rows[at].number)

    def _page(self) -> int:
        """Return the height of the whole rows that fit; none is shown in part."""
        row = self._theme.px(ROW)
        return max(row, (self.viewport().height() - self._theme.px(HEADS)) // row * row)

    def _offset(self) -> int:
        """Return how far it is scrolled, in whole rows."""
        row = self._theme.px(ROW)
        return self.verticalScrollBar().value() // row * row

    def _measure(self) -> None:
        row, page = self._theme.px(ROW), self._page()
        self.verticalScrollBar().setPageStep(page)
        self.verticalScrollBar().setSingleStep(row)
        self.verticalScrollBar().setRange(0, max(0, len(self._rows) * row - page))

    def _columns(self) -> _Columns:
        width, px = self.viewport().width(), self._theme.px
        if width < px(_WIDE):
            right, part = width - 14.0, min(1.0, width / px(_NARROW))
            at = [round(px(x) * part) for x in (86, 168, 286, 346, 362)]
            return _Columns(at[0], at[1], at[2], at[3], None, at[4], right, None)
        right = width - 16.0
        bar = right - px(110)
        task = px(562) if width >= px(840) else px(520)
        phone = px(433) if width >= px(840) else px(412)
        return _Columns(px(103), px(191), px(321), px(400), phone, task, bar - 12, right)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match Qt.Key(event.key()):
            case Qt.Key.Key_Down:
                self._choose(min(self._at + 1, len(self._rows) - 1))
            case Qt.Key.Key_Up:
                self._choose(max(self._at - 1, 0))
            case _:
                event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        y = event.position().y() - self._theme.px(HEADS)
        if 0 <= y < self._page():
            y += self._offset()
            self._choose(int(y // self._theme.px(ROW)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, fonts = self._theme.tokens, self._theme.fonts
        painter.fillRect(self.viewport().rect(), tokens.panel)
        write, columns = Writer(painter, fonts), self._columns()
        heads, row, offset = self._theme.px(HEADS), self._theme.px(ROW), self._offset()
        first = offset // row
        for at in range(first, min(len(self._rows), first + self._page() // row)):
            top = heads + at * row - offset
            self._row(painter, write, (at, columns), QRectF(0, top, self.viewport().width(), row))
        if not self._rows:
            said = self.empty_words or self.tr("没有这样的人员。再按一次取消筛选")
            write.text((16, heads + 16), said, tokens.text_2, 13)
        self._heads(painter, write, columns)

    def _heads(self, painter: QPainter, write: Writer, columns: _Columns) -> None:
        tokens, high = self._theme.tokens, self._theme.px(HEADS)
        middle, ink = high / 2, tokens.text_3
        for x, word in (
            (16.0, self.tr("姓名")),
            (columns.grid, self.tr("网格")),
            (columns.status, self.tr("状态")),
            (columns.phone, self.tr("电话")),
            (columns.task, self.tr("当前任务")),
        ):
            if x is not None:
                room = columns.task_right - x if x == columns.task else 200
                write.text((x, middle), self._theme.fonts.elide(word, 12, room), ink, 12)
        for right, word in (
            (columns.since_right, self.tr("时长")),
            (columns.fix_right, self.tr("定位")),
            (columns.list_right, self.tr("今日任务")),
        ):
            if right is not None:
                write.text((right, middle), word, ink, 12, side=Side.RIGHT)
        hairline(painter, 0, high - 1, self.viewport().width(), tokens.line)

    def _row(
        self, painter: QPainter, write: Writer, which: tuple[int, _Columns], box: QRectF
    ) -> None:
        at, columns = which
        theme, row = self._theme, self._rows[at]
        tokens, fonts, middle = theme.tokens, theme.fonts, box.center().y()
        if at == self._at:
            painter.fillRect(box, tokens.select)
            painter.fillRect(QRectF(0, box.y(), 3, box.height()), tokens.blue)
        hairline(painter, 16, box.bottom() - 1, box.width() - 32, tokens.line)
        name = fonts.elide(row.name, 13, columns.grid - 24)
        write.text((16, middle), name, tokens.text_1, 13)
        grid = fonts.elide(row.grid_name, 13, columns.status - columns.grid - 8)
        write.text((columns.grid, middle), grid, tokens.text_1, 13)
        silent = row.status is WorkerStatus.SILENT
        self._status(painter, write, row, (columns.status, middle))
        ink = tokens.amber_text if silent else tokens.text_1
        held = length(self._now - row.since) if row.since is not None else "—"
        write.text(
            (columns.since_right, middle), held, tokens.text_1, 13, bold=silent, side=Side.RIGHT
        )
        fix = times.age(row.fix_at, self._now)
        write.text((columns.fix_right, middle), fix, ink, 13, bold=silent, side=Side.RIGHT)
        if columns.phone is not None:
            phone = fonts.elide(row.phone, 13, columns.task - columns.phone - 8)
            write.text((columns.phone, middle), phone, tokens.text_1, 13)
        task = fonts.elide(row.task or "—", 13, columns.task_right - columns.task)
        write.text((columns.task, middle), task, tokens.text_1 if row.task else tokens.text_3, 13)
        if columns.list_right is not None:
            self._list(painter, write, row, (columns.list_right, middle))

    def _status(
        self, painter: QPainter, write: Writer, row: WorkerRow, at: tuple[float, float]
    ) -> None:
        x, middle = at
        theme, tokens = self._theme, self._theme.tokens
        if row.status is not WorkerStatus.OFF:
            ratio = self.devicePixelRatioF()
            seconds = (self._now - row.fix_at) / _SECOND if row.fix_at is not None else 0
            mark = theme.marks.worker(
                WorkerMark(row.status.value), fix_age(seconds), size=theme.px(14), ratio=ratio
            )
            draw_centred(painter, mark, x + 7, middle)
        silent = row.status is WorkerStatus.SILENT
        ink = tokens.amber_text if silent else tokens.text_1
        write.text((x + 20, middle), labels.worker(row.status), ink, 13, bold=silent)

    def _list(
        self, painter: QPainter, write: Writer, row: WorkerRow, at: tuple[float, float]
    ) -> None:
        """The worker's list of today: bar and n/m; — when there is none."""
        right, middle = at
        tokens = self._theme.tokens
        if not row.due_today:
            write.text((right, middle), "—", tokens.text_3, 13, side=Side.RIGHT)
            return
        said = f"{row.done_today}/{row.due_today}"
        write.text((right, middle), said, tokens.text_1, 13, side=Side.RIGHT)
        wide = self._theme.px(_BAR)
        bar = QRectF(right - self._theme.px(110), middle - 2, wide, 4)
        draw_bar(painter, bar, row.done_today / row.due_today, tokens)
