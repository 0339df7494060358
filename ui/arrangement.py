"""How wide the panels are on which screen, and where board and pane lie on a small one."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.look.theme import Theme
from ui.queue.panel import QueuePanel
from ui.splitter import Splitter
from ui.stage import Stage

BOARD: Final = 249
BOARD_HEAD: Final = 40
WIDE_PANE: Final = 744
_QUEUE_LEAST, _MAP_LEAST, _PANE_LEAST = 400, 420, 400


class Room(Enum):
    """What fits side by side; the font choice counts, 130 % is the next smaller."""

    COVERED = (0, 400, 400)
    NARROW = (1280, 400, 400)
    NORMAL = (1600, 504, 465)
    WIDE = (2200, 640, 560)

    @property
    def queue(self) -> int:
        """Return the queue's width."""
        return self.value[1]

    @property
    def pane(self) -> int:
        """Return the pane's width."""
        return self.value[2]


def room_for(width: int, scale: int) -> Room:
    """Return what fits into a window of that width at that font choice in per cent."""
    design = width * 100 / scale
    return next(room for room in reversed(Room) if design >= room.value[0])


@dataclass(frozen=True, slots=True)
class Panels:
    """The three panels that other rooms build; the shell only places them."""

    map: QWidget
    workers: QWidget
    pane: QWidget


class Arrangement(QWidget):
    """Rail, queue, map over board, pane: the part between the strips."""

    def __init__(
        self, queue: QueuePanel, stage: Stage, panels: Panels, theme: Theme, parent: QWidget
    ) -> None:
        """Place the panels as for a normal screen; `fit` does the rest."""
        super().__init__(parent)
        self._queue = queue
        self._stage = stage
        self._panels = panels
        self._theme = theme
        self._room: Room | None = None
        self._wide = False
        self._across = Splitter(Qt.Orientation.Horizontal, theme)
        self._down = Splitter(Qt.Orientation.Vertical, theme)
        self._down.addWidget(stage)
        self._down.addWidget(panels.workers)
        self._down.setStretchFactor(0, 1)
        for part in (queue, self._down, panels.pane):
            self._across.addWidget(part)
        self._across.setStretchFactor(0, 0)
        self._across.setStretchFactor(1, 1)
        self._across.setStretchFactor(2, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(queue.rail)
        row.addWidget(self._across)
        self.splitter = self._across

    @property
    def room(self) -> Room:
        """Return what fits now."""
        return self._room or Room.NORMAL

    def fit(self, width: int) -> None:
        """Arrange for a window of that width; the same room keeps the hand's own widths."""
        room = room_for(width, self._theme.fonts.scale)
        if room is not self._room:
            self._room = room
            self.reset()

    def reset(self) -> None:
        """Give every panel its design width again."""
        px, room = self._theme.px, self.room
        small = room in {Room.NARROW, Room.COVERED}
        self._queue.rail.set_narrow(small)
        self._queue.setMinimumWidth(px(_QUEUE_LEAST) if room is not Room.COVERED else px(320))
        self._stage.setMinimumWidth(px(_MAP_LEAST) if room is not Room.COVERED else px(200))
        self._panels.pane.setMinimumWidth(px(_PANE_LEAST))
        self._place_board(small)
        self._place_pane()
        pane = 0 if self._over() else px(self._pane_width())
        rest = self.width() - self._queue.rail.sizeHint().width() - px(room.queue) - pane
        self._across.setSizes([px(room.queue), max(px(200), rest), pane])
        if not small:
            self._down.setSizes([max(px(200), self.height() - px(BOARD)), px(BOARD)])

    def set_pane_wide(self, wide: bool) -> None:
        """Give the pane the width for comparing two facts, or its own again."""
        if wide != self._wide:
            self._wide = wide
            self.reset()

    def show_pane(self, shown: bool) -> None:
        """On the smallest screen the pane lies over the map only while it is wanted."""
        if self.room is Room.COVERED:
            self._stage.show_pane(shown)

    def toggle_board(self) -> None:
        """Open the board over the map on a small screen; elsewhere hand it the keys."""
        if self.room in {Room.NARROW, Room.COVERED}:
            opened = self._stage.toggle_board()
            (self._panels.workers if opened else self._queue.list).setFocus()
        else:
            self._panels.workers.setFocus()

    def save(self, settings: QSettings) -> None:
        """Keep the hand's own widths."""
        settings.setValue(f"layout/{self.room.name}/across", self._across.saveState())
        settings.setValue(f"layout/{self.room.name}/down", self._down.saveState())

    def restore(self, settings: QSettings) -> None:
        """Take the widths that were kept for this kind of screen."""
        for name, splitter in (("across", self._across), ("down", self._down)):
            kept = settings.value(f"layout/{self.room.name}/{name}")
            if kept is not None:
                splitter.restoreState(kept)

    def _pane_width(self) -> int:
        return WIDE_PANE if self._wide else self.room.pane

    def _over(self) -> bool:
        """Whether the pane lies over the map instead of beside it."""
        return self.room is Room.COVERED or (self._wide and self.room is Room.NARROW)

    def _place_board(self, small: bool) -> None:
        px, board = self._theme.px, self._panels.workers
        if small:
            self._stage.take_board(board, px(BOARD_HEAD), px(BOARD))
        elif board.parentWidget() is not self._down:
            self._stage.release_board()
            self._down.addWidget(board)
            board.show()

    def _place_pane(self) -> None:
        pane = self._panels.pane
        if self._over():
            self._stage.take_pane(pane, self._theme.px(self._pane_width()))
            self._stage.show_pane(self.room is not Room.COVERED)
        elif pane.parentWidget() is not self._across:
            self._stage.release_pane()
            self._across.addWidget(pane)
            pane.show()
