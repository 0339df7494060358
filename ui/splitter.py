"""Splitters as the design has them: a line of one pixel that seven pixels can grab."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from ui.look.theme import Theme

GRAB: Final = 7


class Handle(QSplitterHandle):
    """Paints the line in its middle; its mask lets the panels show through beside it."""

    def __init__(self, splitter: "Splitter", theme: Theme) -> None:
        """Belong to a splitter."""
        super().__init__(splitter.orientation(), splitter)
        self._theme = theme

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take three pixels of either neighbour for the mouse, as Qt takes two."""
        side = (GRAB - 1) // 2
        across = side if self.orientation() == Qt.Orientation.Horizontal else 0
        self.setAttribute(Qt.WidgetAttribute.WA_MouseNoMask)
        self.setContentsMargins(
            side * across, side * (not across), side * across, side * (not across)
        )
        self.setMask(QRegion(self.contentsRect()))
        QWidget.resizeEvent(self, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.tokens.line)


class Splitter(QSplitter):
    """A splitter whose parts never close."""

    def __init__(self, orientation: Qt.Orientation, theme: Theme) -> None:
        """Empty at first."""
        super().__init__(orientation)
        self._theme = theme
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)

    def createHandle(self) -> Handle:
        return Handle(self, self._theme)
