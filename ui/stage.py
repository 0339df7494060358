"""The middle of the window: the map, the alarm lanes over its top, and what lies over it."""

from PySide6.QtCore import QEvent, QObject, QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.alarms.lanes import Lanes

_LANES_MOVED = frozenset({QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize})


class Stage(QWidget):
    """Keeps the map as large as itself; lanes, board and pane lie over it and move nothing.

    A small screen has the workers board here (its head at the foot, the rest when opened), a
    smaller one the incident pane as well. `covered` tells how much of the top the lanes take.
    """

    covered = Signal(int)

    def __init__(self, picture: QWidget, lanes: Lanes, parent: QWidget | None = None) -> None:
        """Take both as children."""
        super().__init__(parent)
        self._picture = picture
        self._lanes = lanes
        self._board: tuple[QWidget, int, int] | None = None
        self._board_open = False
        self._pane: tuple[QWidget, int] | None = None
        picture.setParent(self)
        lanes.setParent(self)
        lanes.installEventFilter(self)
        picture.show()

    def take_board(self, board: QWidget, head: int, whole: int) -> None:
        """Have the board at the foot: `head` pixels of it, `whole` when it is open."""
        board.setParent(self)
        board.show()
        self._board = (board, head, whole)
        self.place()

    def release_board(self) -> None:
        """Have no board any more; the caller gives it another parent."""
        self._board = None
        self._board_open = False
        self.place()

    def toggle_board(self) -> bool:
        """Open or close the board; return whether it is open now."""
        self._board_open = not self._board_open and self._board is not None
        self.place()
        return self._board_open

    def take_pane(self, pane: QWidget, width: int) -> None:
        """Have the pane over the right of the map."""
        pane.setParent(self)
        pane.show()
        self._pane = (pane, width)
        self.place()

    def release_pane(self) -> None:
        """Have no pane any more."""
        self._pane = None

    def show_pane(self, shown: bool) -> None:
        """Show the pane that lies over the map, or give the map back."""
        if self._pane is not None:
            self._pane[0].setVisible(shown)

    def place(self) -> None:
        """Put everything where it belongs."""
        room = self.rect()
        if self._board is not None:
            board, head, whole = self._board
            height = min(whole if self._board_open else head, self.height())
            board.setGeometry(0, self.height() - height, self.width(), height)
            room = QRect(0, 0, self.width(), self.height() - head)
            board.raise_()
        self._picture.setGeometry(room)
        self._lanes.setGeometry(0, 0, self.width(), self._lanes.wanted_height())
        self._lanes.raise_()
        over = self._lanes.height() if self._lanes.isVisible() else 0
        self.covered.emit(over)
        if self._pane is not None:
            pane, width = self._pane
            width = min(width, self.width())
            pane.setGeometry(self.width() - width, over, width, self.height() - over)
            pane.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._lanes and event.type() in _LANES_MOVED:
            self.place()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.place()
