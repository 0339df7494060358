"""The stage rail: what is due, as tabs with counts that add up, and the four other views."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from dispatch.domain.codes import Light
from ui import labels
from ui.look.painting import Side, Writer, focus_ring, hairline
from ui.look.theme import Theme
from ui.queue.delegate import ink_of
from ui.queue.order import ALL, SUPERVISED, TABS, Tab
from ui.queue.rows import Rows
from ui.tongue import tr

WIDE: Final = 96
NARROW: Final = 72
_ENTRY, _ENTRY_NARROW, _CAPTION, _VIEW = 36, 44, 29, 44
_TWO_LINES: Final = 36  # lower than that, name and count share a line
VIEWS: Final = (
    ("shift", tr("交接班"), "clipboard-list", "F9"),
    ("charts", tr("图表"), "chart-column", "F10"),
    ("report", tr("报告"), "file-text", "F11"),
    ("settings", tr("设置"), "settings", "F12"),
)


class Rail(QWidget):
    """tab_chosen(Tab) by hand or key; view_wanted(key of VIEWS)."""

    tab_chosen = Signal(object)
    view_wanted = Signal(str)

    def __init__(self, rows: Rows, theme: Theme, parent: QWidget | None = None) -> None:
        """Count from these rows."""
        super().__init__(parent)
        self._rows = rows
        self._theme = theme
        self._narrow = False
        self.tab: Tab = ALL
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("环节"))
        theme.changed.connect(self._on_theme)

    def set_narrow(self, narrow: bool) -> None:
        """Put names over counts, for a small screen."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def choose(self, tab: Tab) -> None:
        """Show that tab as the chosen one and tell of it."""
        self.tab = tab
        self.update()
        self.tab_chosen.emit(tab)

    def step(self, by: int) -> None:
        """Choose the next tab down or up, going round."""
        tabs = self.tabs()
        here = tabs.index(self.tab) if self.tab in tabs else 0
        self.choose(tabs[(here + by) % len(tabs)])

    def tabs(self) -> tuple[Tab, ...]:
        """Return the tabs that are shown now, from top to bottom."""
        return tuple(
            tab
            for tab in TABS
            if not tab.hidden_when_empty or self._rows.tally(tab.key).all or tab is self.tab
        )

    @Slot()
    def refresh(self) -> None:
        """Paint the counts anew."""
        self.update()

    @Slot()
    def _on_theme(self) -> None:
        self.updateGeometry()
        self.update()

    def _spots(self) -> list[tuple[QRect, Tab | int]]:
        """Return where each tab and each step's caption stands, squeezed when it is low."""
        px = self._theme.px
        entry = _ENTRY_NARROW if self._narrow else _ENTRY
        heights: list[tuple[int, Tab | int]] = []
        step = 0
        for tab in self.tabs():
            if tab.step != step and tab.step and not self._narrow:
                heights.append((_CAPTION, tab.step))
            if tab is SUPERVISED:
                heights.append((8 if self._narrow else 20, 0))
            step = tab.step
            heights.append((entry, tab))
        room = self.height() - px(6) - px(_VIEW) * len(VIEWS) - px(4)
        needed = sum(px(height) for height, _ in heights)
        share = min(1.0, room / needed) if needed else 1.0
        spots = []
        top = float(px(6))
        for height, what in heights:
            spots.append((QRect(0, round(top), self.width(), round(px(height) * share)), what))
            top += px(height) * share
        return spots

    def _view_spots(self) -> list[tuple[QRect, tuple[str, str, str, str]]]:
        pitch = self._theme.px(_VIEW)
        top = self.height() - pitch * len(VIEWS) - self._theme.px(4)
        return [
            (QRect(0, top + pitch * nth, self.width(), pitch), view)
            for nth, view in enumerate(VIEWS)
        ]

    def _paint_tab(self, painter: QPainter, box: QRect, tab: Tab) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        write = Writer(painter, theme.fonts)
        chosen = tab is self.tab
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.select)
            painter.drawRoundedRect(QRectF(box).adjusted(6, 0, -5, 0), 4, 4)
            painter.fillRect(0, box.top(), 3, box.height(), tokens.blue)
        tally = self._rows.tally(tab.key)
        ink = tokens.text_1 if tab is ALL else ink_of(tally.worst, theme)
        if not tally.all:
            ink = tokens.text_3
        bold = chosen or tally.worst in {Light.RED, Light.YELLOW}
        name = tokens.text_1 if chosen else tokens.text_2
        middle = box.center().y() + 0.5
        if self._narrow and box.height() >= px(_TWO_LINES):
            x = box.center().x()
            write.text((x, middle - px(9)), tab.name, name, 13, bold=chosen, side=Side.MIDDLE)
            write.text((x, middle + px(9)), f"{tally.all:,}", ink, 14, bold=bold, side=Side.MIDDLE)
            return
        left = px(8 if self._narrow else 14)
        write.text((left, middle), tab.name, name, 12 if self._narrow else 13, bold=chosen)
        at = (box.right() - px(8), middle)
        write.text(at, f"{tally.all:,}", ink, 14, bold=bold, side=Side.RIGHT)

    def _paint_view(self, painter: QPainter, box: QRect, view: tuple[str, str, str, str]) -> None:
        tokens, middle = self._theme.tokens, box.center().y()
        x = box.center().x() if self._narrow else self._theme.px(26)
        self._theme.icons.draw(painter, view[2], (x, middle), tokens.text_2)
        if not self._narrow:
            write = Writer(painter, self._theme.fonts)
            write.text((x + self._theme.px(16), middle), view[1], tokens.text_2, 13)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(NARROW if self._narrow else WIDE), 400)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        painter.fillRect(self.rect(), tokens.bg)
        write = Writer(painter, self._theme.fonts)
        for box, what in self._spots():
            if isinstance(what, Tab):
                self._paint_tab(painter, box, what)
                if what is self.tab and self.hasFocus():
                    focus_ring(painter, QRectF(box).adjusted(8, 2, -7, -2), tokens)
            elif what:
                at = (self._theme.px(14), box.center().y() + self._theme.px(2))
                write.text(at, f"{what} {labels.step(what)}", tokens.text_3, 11)
            else:
                hairline(painter, 12, box.center().y(), self.width() - 24, tokens.line)
        for box, view in self._view_spots():
            self._paint_view(painter, box, view)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), tokens.line)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        for box, what in self._spots():
            if box.contains(point) and isinstance(what, Tab):
                self.choose(what)
                return
        for box, view in self._view_spots():
            if box.contains(point):
                self.view_wanted.emit(view[0])
                return

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._tell(event.position().toPoint())

    def _tell(self, point: QPoint) -> None:
        for box, (_, name, _, key) in self._view_spots():
            if box.contains(point):
                QToolTip.showText(self.mapToGlobal(point), f"{name}  {key}", self, box)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.step(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        super().keyPressEvent(event)
