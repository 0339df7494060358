"""The report as it will be printed: its pages one under the other, their numbers with lists."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ui.look.painting import Side, TagStyle, Writer, draw_tag, focus_ring, outline
from ui.look.theme import Theme
from ui.look.tokens import tokens as day_or_night
from ui.report.door import Made
from ui.report.page_numbers import PageNumbers, box_of

_TOP: Final = 44
_GAP: Final = 12
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ReportPreview(QWidget):
    """Says 暂定 or 修订 above the pages; without poppler the files are listed instead.

    Numbers with a list are underlined: number_wanted(id, whole) at a click or Enter, with Shift for
    the denominator of a rate; the arrows go from one to the next. focused(bool): it has the keys.
    moved(QRect): the current one lies there now.
    """

    number_wanted = Signal(str, bool)
    focused = Signal(bool)
    moved = Signal(QRect)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._made: Made | None = None
        self._pages: list[QPixmap] = []
        self._said = ""
        self._kept = True
        self.numbers = PageNumbers()
        self.setMouseTracking(True)
        self._fit()

    def list_numbers(self, figures: frozenset[str]) -> None:
        """Take which numbers have a list; those that are printed can be opened."""
        self.numbers.list_only(figures)
        self._fit()

    def show_message(self, words: str) -> None:
        """Show a sentence where the pages would be."""
        self._made, self._pages, self._said = None, [], words
        self.numbers.take(())
        self._fit()

    def show_made(self, made: Made, *, kept: bool = True) -> None:
        """Show what was made; the pages follow. Not `kept`: a preview, nothing was issued."""
        self._made, self._pages, self._said, self._kept = made, [], "", kept
        self.numbers.take(made.spots)
        self._fit()

    def show_pages(self, files: tuple[Path, ...]) -> None:
        """Show the pages' pictures."""
        self._pages = [QPixmap(str(file)) for file in files]
        self._fit()

    def pages(self) -> int:
        """Return how many pages are shown."""
        return len(self._pages)

    def words(self) -> str:
        """Return what is said above the pages."""
        if self._made is None:
            return self._said
        if not self._kept:
            return self.tr("预览，未出具")
        parts = [
            self.tr("修订 {number}").format(number=self._made.revision)
            if self._made.revision
            else self.tr("首次")
        ]
        if self._made.provisional:
            parts.insert(0, self.tr("暂定"))
        parts.append(self.tr("第 2 页平衡") if self._made.balanced else self.tr("第 2 页不平衡"))
        return " · ".join(parts)

    def _fit(self) -> None:
        high = self._theme.px(_TOP)
        high += sum(round(self._page_high(page)) + _GAP for page in self._pages)
        if self._made is not None and not self._pages:
            high += len(self._made.paths) * self._theme.px(26) + 40
        self.setMinimumHeight(high)
        able = bool(self._pages and self.numbers.spots)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if able else Qt.FocusPolicy.NoFocus)
        self.update()

    def _page_high(self, page: QPixmap) -> float:
        return page.height() * self._page_wide() / max(1, page.width())

    def _page_wide(self) -> float:
        return max(200.0, self.width() - 32.0)

    def sizeHint(self) -> QSize:
        return QSize(600, self.minimumHeight())

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        tokens, fonts = self._theme.tokens, self._theme.fonts
        painter.fillRect(self.rect(), tokens.app)
        write, middle = Writer(painter, fonts), self._theme.px(_TOP) / 2
        x = 16.0
        if self._made is not None and self._made.provisional and self._kept:
            at = QRectF(x, middle - 9, 0, 0).topLeft()
            x += draw_tag(painter, at, self.tr("暂定"), TagStyle.AMBER, (tokens, fonts)) + 8
            words = self.words().partition(" · ")[2]
        else:
            words = self.words()
        room = self.width() - x - 16
        if self._pages and self.numbers.spots:
            hint = self.tr("Tab 到页上，方向键选数字，Enter 看清单")
            edge = (self.width() - 16.0, middle)
            room -= write.text(edge, hint, tokens.text_2, 12, side=Side.RIGHT) + 12
        write.text((x, middle), fonts.elide(words, 13, room), tokens.text_1, 13)
        if self._pages:
            self._draw_pages(painter)
        elif self._made is not None:
            self._draw_files(write, self._made.paths)

    def page_boxes(self) -> list[QRectF]:
        """Return where each page lies in this widget."""
        y, wide, boxes = float(self._theme.px(_TOP)), self._page_wide(), []
        for page in self._pages:
            boxes.append(QRectF(16, y, wide, self._page_high(page)))
            y += boxes[-1].height() + _GAP
        return boxes

    def number_box(self) -> QRectF | None:
        """Return where the current number lies; None when there is none."""
        spot = self.numbers.spot()
        return box_of(spot, self.page_boxes()) if spot is not None else None

    def _draw_pages(self, painter: QPainter) -> None:
        tokens, boxes = self._theme.tokens, self.page_boxes()
        for page, box in zip(self._pages, boxes, strict=True):
            painter.drawPixmap(box, page, QRectF(page.rect()))
            outline(painter, box, tokens.line, 0)
        paper = day_or_night("day")  # paper is white in both
        for spot in self.numbers.spots:
            under = box_of(spot, boxes)
            if under is not None:
                line = QRectF(under.x(), under.bottom() + 1, under.width(), 1)
                painter.fillRect(line, paper.control)
        here = self.number_box()
        if here is not None and self.hasFocus():
            focus_ring(painter, here.adjusted(-1, -1, 1, 2), paper, 2)

    def _draw_files(self, write: Writer, paths: tuple[Path, ...]) -> None:
        tokens, fonts = self._theme.tokens, self._theme.fonts
        y = self._theme.px(_TOP) + 10.0
        for path in paths:
            said = fonts.elide(str(path), 13, self.width() - 32)
            write.text((16, y), said, tokens.text_1, 13)
            y += self._theme.px(26)
        note = self.tr("没有 poppler（pdftoppm），不能预览；文件已写好")
        write.text((16, y + 6), fonts.elide(note, 12, self.width() - 32), tokens.text_2, 12)

    def _open(self, held: Qt.KeyboardModifier) -> None:
        spot = self.numbers.spot()
        if spot is not None:
            shift = held & Qt.KeyboardModifier.ShiftModifier
            self.number_wanted.emit(spot.figure, bool(shift))

    def _tell_moved(self) -> None:
        here = self.number_box()
        if here is not None:
            self.moved.emit(here.toAlignedRect())
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)
        self._tell_moved()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held, key = event.modifiers(), Qt.Key(event.key())
        if key in _ENTER and not held & Qt.KeyboardModifier.ControlModifier:
            if not event.isAutoRepeat():
                self._open(held)
        elif self.numbers.spots and self.numbers.step(key):
            self._tell_moved()
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        on = self.numbers.at(event.position(), self.page_boxes()) is not None
        hand = Qt.CursorShape.PointingHandCursor if on else Qt.CursorShape.ArrowCursor
        self.setCursor(hand)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.numbers.at(event.position(), self.page_boxes())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.numbers.current = place
            self._open(event.modifiers())
