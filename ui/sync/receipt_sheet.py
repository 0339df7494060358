"""The receipt's page over the window: R has the hub sign anew, X writes the file."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from dispatch.desk.views_receipt import ReceiptView
from ui import refusals
from ui.acts.button import KeyButton
from ui.acts.sheet import Sheet
from ui.acts.sheet_head import SIDE, SheetHead
from ui.door import Promise
from ui.incident.section import SIDE as BOARD_SIDE
from ui.live import Live
from ui.look.theme import Theme
from ui.sync.receipt_board import ReceiptBoard, Told

WIDTH: Final = 720


class ReceiptDoor(Protocol):
    """The receipt's part of the desk."""

    def view(self) -> Promise[ReceiptView]:
        """Ask how it stands."""
        ...

    def ask(self) -> None:
        """Have the hub sign anew."""
        ...

    def export(self, folder: Path) -> Promise[Path]:
        """Write the last receipt into a folder."""
        ...


class ReceiptSheet(Sheet):
    """Stays as it is until figures come; asks again whenever the exchange has moved."""

    def __init__(
        self,
        theme: Theme,
        host: QWidget,
        asked: tuple[Live, ReceiptDoor],
        now: Callable[[], int],
        out: Path,
    ) -> None:
        super().__init__(theme, host, WIDTH)
        self._live, self._door = asked
        self._now = now
        self._out = out
        self.board = ReceiptBoard(theme, self)
        self.body.setContentsMargins(SIDE - BOARD_SIDE, 6, SIDE - BOARD_SIDE, 6)
        self.body.addWidget(self.board)
        self.foot.setContentsMargins(SIDE, 12, SIDE, 12)
        for word, key, slot in (
            (self.tr("重新会签"), "R", self.ask),
            (self.tr("导出回执"), "X", self.export),
        ):
            button = KeyButton(theme, word, key, parent=self)
            button.clicked.connect(slot)
            self.foot.addWidget(button)
        self.note = QLabel(self)
        self.note.setFont(theme.fonts.font(12))
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.foot.addWidget(self.note, 1)
        leave = KeyButton(theme, self.tr("关闭"), "Esc", parent=self)
        leave.clicked.connect(self.close_sheet)
        self.foot.addWidget(leave)
        self.build(SheetHead(theme, self.tr("同步回执"), None, None, self))
        self._live.strip_changed.connect(self._on_strip)
        self.reload()

    def show_error(self, error: BaseException) -> None:
        """Say why it could not be shown or done."""
        self.say_error(refusals.words(error))

    @Slot(object)
    def _on_strip(self, _strip: object) -> None:
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Ask for the figures again."""
        self._live.run(self._door.view(), self._on_view, self.show_error)

    @Slot(object)
    def _on_view(self, view: ReceiptView) -> None:
        self.board.show_told(Told(view, self._now()))

    @Slot()
    def ask(self) -> None:
        """Have the hub sign anew; what it answers comes with the next change."""
        self._door.ask()
        away = self.board.told.silent
        self.say_note(self.tr("现在连不上市平台，连上后自动会签") if away else "")

    @Slot()
    def export(self) -> None:
        """Write the file that the hub has signed."""
        self._live.run(self._door.export(self._out), self._on_file, self.show_error)

    @Slot(object)
    def _on_file(self, file: Path) -> None:
        self.say_note(self.tr("已写入 {file}").format(file=file))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_R:
                self.ask()
            case Qt.Key.Key_X:
                self.export()
            case _:
                super().keyPressEvent(event)
