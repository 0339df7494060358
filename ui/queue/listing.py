"""The list itself: keys of the queue, and a selected row that nothing moves under the hand."""

from typing import Final

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from ui.look.painting import Writer
from ui.look.theme import Theme
from ui.queue.delegate import ROW, RowDelegate
from ui.queue.model import Index, QueueModel
from ui.tongue import tr

REST_MS: Final = 3000
_FADE_MS: Final = 250


class QueueList(QTableView):
    """pointed(id) follows the current row, opened(id) is Enter or a double click.

    waiting_changed(above, below): new rows out of view. tab_stepped(+1/-1): Right and Left.
    """

    pointed = Signal(str)
    opened = Signal(str)
    waiting_changed = Signal(int, int)
    tab_stepped = Signal(int)

    def __init__(self, model: QueueModel, theme: Theme, parent: QWidget | None = None) -> None:
        """Show the model's rows, one delegate for all."""
        super().__init__(parent)
        self._queue = model
        self._theme = theme
        self._fresh: set[str] = set()
        self._told = ""
        self._anchor: tuple[str, int] | None = None
        self._was = ("", -1)
        self._drift = 0
        self._anchoring = False
        self.empty_words = ""
        self.setModel(model)
        self.setItemDelegate(RowDelegate(theme, model.now, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        # A QListView asks the model 20,000 times to lay out 10,000 rows; sections are counted once.
        self.setShowGrid(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self._on_theme()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(tr("事件队列"))
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.settle)
        self._fade = QTimer(self, interval=_FADE_MS)
        self._fade.timeout.connect(self._on_fade)
        self._fade.start()
        model.batch_begun.connect(self._on_batch_begun)
        model.batch_ended.connect(self._on_batch_ended)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        theme.changed.connect(self._on_theme)

    def current_id(self) -> str:
        """Return the id of the current row, empty when there is none."""
        index = self.currentIndex()
        return self._queue.id_at(index.row()) if index.isValid() else ""

    def chosen_ids(self) -> tuple[str, ...]:
        """Return the ids of the selected rows from top to bottom."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._queue.id_at(place) for place in places)

    def choose(self, row_id: str) -> bool:
        """Make that row the current one and show it; False when the filter hides it."""
        place = self._queue.place(row_id)
        if place < 0:
            return False
        self.go_to(place)
        return True

    def go_to(self, place: int) -> None:
        """Make the row at that place the current one, and the only one that is selected.

        Qt's own way would add it to the selection while Ctrl or Shift is held, as after Ctrl Enter.
        """
        flags = QItemSelectionModel.SelectionFlag
        only = flags.ClearAndSelect | flags.Rows
        self.selectionModel().setCurrentIndex(self._queue.index(place), only)

    def step(self, by: int) -> None:
        """Go on by so many rows; from nowhere to the first."""
        count = self._queue.rowCount()
        if not count:
            return
        here = self.currentIndex().row()
        self.go_to(max(0, min(count - 1, here + by)))

    @Slot()
    def settle(self) -> None:
        """Let the rows that waited come into view, as far as the current row stays in it."""
        bar = self.verticalScrollBar()
        if self._drift:
            height = self._height()
            wanted = bar.value() - self._drift
            here = self.currentIndex().row()
            if here >= 0:
                top = here * height
                wanted = min(max(wanted, top + height - self.viewport().height()), top)
            bar.setValue(max(0, wanted))
        self._drift = 0
        self._fresh.clear()
        self.waiting_changed.emit(0, 0)

    def _height(self) -> int:
        return self._theme.px(ROW)

    def _tell_waiting(self) -> None:
        height, top = self._height(), self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        above = below = 0
        for row_id in tuple(self._fresh):
            place = self._queue.place(row_id)
            if place < 0 or (place * height >= top and (place + 1) * height <= bottom):
                self._fresh.discard(row_id)
            elif place * height < top:
                above += 1
            else:
                below += 1
        self.waiting_changed.emit(above, below)

    @Slot()
    def _on_batch_begun(self) -> None:
        """Remember which row stands where: the current one, or the first that is in view."""
        top, height = self.verticalScrollBar().value(), self._height()
        place = self.currentIndex().row()
        self._was = (self.current_id(), place)
        in_view = place >= 0 and top - height < place * height < top + self.viewport().height()
        if not in_view:
            place = top // height if top else -1
        self._anchor = None
        if 0 <= place < self._queue.rowCount():
            self._anchor = (self._queue.id_at(place), place * height - top)

    @Slot(object)
    def _on_batch_ended(self, fresh: frozenset[str]) -> None:
        self._keep_current()
        if not self.isVisible():
            return
        bar = self.verticalScrollBar()
        if self._anchor is not None and self._queue.place(self._anchor[0]) >= 0:
            row_id, offset = self._anchor
            before = bar.value()
            self._anchoring = True
            bar.setValue(self._queue.place(row_id) * self._height() - offset)
            self._anchoring = False
            self._drift += bar.value() - before
        self._fresh |= fresh
        self._tell_waiting()
        if self._fresh and not self._rest.isActive():
            self._rest.start()
        self.viewport().update()

    def _keep_current(self) -> None:
        """After a reset the same row again; for a row that left, the one that took its place."""
        row_id, place = self._was
        if not row_id:
            return
        here = self._queue.place(row_id)
        if here < 0 and self.currentIndex().isValid():
            here = min(place, self._queue.rowCount() - 1)
        if here >= 0 and here != self.currentIndex().row():
            self.go_to(here)

    @Slot()
    def _on_scrolled(self) -> None:
        if not self._anchoring:
            self._drift = 0
        if self._fresh:
            self._tell_waiting()

    @Slot()
    def _on_fade(self) -> None:
        if self._queue.fade():
            self.viewport().update()

    @Slot()
    def _on_theme(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._height())
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, self._theme.tokens.panel)
        # The style sheet gives the viewport a palette of its own, which keeps the old colour.
        for each in (self, self.viewport()):
            each.setPalette(palette)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._rest.start()
        key = Qt.Key(event.key())
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
            Qt.KeyboardModifier.ShiftModifier,
        }
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            if self.current_id():
                self.opened.emit(self.current_id())
            return
        if key in {Qt.Key.Key_Home, Qt.Key.Key_End} and plain:
            self.settle()
            self.step(self._queue.rowCount() * (1 if key is Qt.Key.Key_End else -1))
            return
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right} and plain:
            self.tab_stepped.emit(1 if key is Qt.Key.Key_Right else -1)
            return
        if event.text().isprintable() and event.text() and plain:
            event.ignore()  # the window's own letters; the list has no type-ahead
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._rest.start()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.current_id():
            self.opened.emit(self.current_id())

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._rest.start()
        super().wheelEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if not current.isValid():
            return
        # A reset makes the same row current again: nobody has pointed at anything.
        pointed, self._told = self._told, self._queue.id_at(current.row())
        if pointed != self._told:
            self.pointed.emit(self._told)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._queue.rowCount() or not self.empty_words:
            return
        painter = QPainter(self.viewport())
        Writer(painter, self._theme.fonts).text(
            (self._theme.px(14), self._theme.px(24)),
            self.empty_words,
            self._theme.tokens.text_2,
            14,
        )
