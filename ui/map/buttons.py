"""The map's floating controls: buttons of one word or one icon, painted from the tokens."""

from collections.abc import Callable, Hashable
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.look.painting import Side, Writer, focus_ring
from ui.look.theme import Theme

HEIGHT: Final = 24
TOOL: Final = 28


class Drawn:
    """A control as a pixmap: the map repaints under it with every frame of a gesture."""

    def __init__(self, widget: QWidget) -> None:
        """Nothing is drawn yet."""
        self._widget = widget
        self._kept: tuple[Hashable, QPixmap] | None = None

    def paint(self, state: Hashable, draw: Callable[[QPainter], None]) -> None:
        """Copy the control as it was drawn for that state, or draw it."""
        widget = self._widget
        ratio = widget.devicePixelRatioF()
        asked = (state, widget.width(), widget.height(), ratio)
        if self._kept is None or self._kept[0] != asked:
            pixmap = QPixmap(widget.size() * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            draw(painter)
            painter.end()
            self._kept = (asked, pixmap)
        QPainter(widget).drawPixmap(0, 0, self._kept[1])


class WordButton(QAbstractButton):
    """A word that is on or off, such as a layer."""

    def __init__(self, theme: Theme, text: str, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawn = Drawn(self)
        self.setText(text)
        self.setCheckable(True)
        self.setChecked(True)
        self.setToolTip(f"{text}  {key}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        fonts = self._theme.fonts
        return QSize(round(fonts.width(self.text(), 13, bold=True)) + 16, self._theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        state = (theme.tokens, theme.fonts.scale, self.text(), self.isChecked(), self.hasFocus())
        self._drawn.paint(state, self._draw)

    def _draw(self, painter: QPainter) -> None:
        tokens, fonts = self._theme.tokens, self._theme.fonts
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.select)
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        Writer(painter, fonts).text(
            (self.width() / 2, self.height() / 2),
            self.text(),
            tokens.text_1 if on else tokens.text_3,
            13,
            bold=on,
            side=Side.MIDDLE,
        )
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()).adjusted(3, 3, -3, -3), tokens)


class IconButton(QAbstractButton):
    """A map tool: the only icon without a word beside it; its tooltip has the word and the key."""

    def __init__(self, theme: Theme, icon: str, words: tuple[str, str], parent: QWidget) -> None:
        """Words are the tool's name and its key."""
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._drawn = Drawn(self)
        name, key = words
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  {key}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(TOOL, TOOL)

    def paintEvent(self, event: QPaintEvent) -> None:
        down = self.isChecked(), self.isDown()
        self._drawn.paint((self._theme.tokens, *down, self.hasFocus()), self._draw)

    def _draw(self, painter: QPainter) -> None:
        tokens = self._theme.tokens
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.select)
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        ink = tokens.blue if self.isChecked() else tokens.text_2
        middle = (self.width() / 2, self.height() / 2)
        self._theme.icons.draw(painter, self._icon, middle, ink)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()).adjusted(3, 3, -3, -3), tokens)


def paint_floating(widget: QWidget, painter: QPainter, theme: Theme) -> None:
    """Paint the ground of a control that floats on the map: panel colour, line.2, radius 6."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.tokens.line_2)
    painter.setBrush(theme.tokens.panel)
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
