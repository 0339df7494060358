"""What lies close by as a list: duplicates, or what happened here before; Enter opens one."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch.desk.views import Near
from ui.acts.sheet import Sheet
from ui.acts.sheet_head import SheetHead
from ui.incident.near_list import NearList
from ui.look.theme import Theme

WIDTH: Final = 620


class NearSheet(Sheet):
    """`incident_wanted` tells the id that was chosen."""

    incident_wanted = Signal(str)

    def __init__(self, theme: Theme, host: QWidget, title: str, near: tuple[Near, ...]) -> None:
        super().__init__(theme, host, WIDTH)
        self.list = NearList(theme, near, self)
        self.list.picked.connect(self._on_do)
        column = QVBoxLayout()
        column.setContentsMargins(0, 4, 0, 4)
        column.addWidget(self.list)
        self.body.addLayout(column)
        self.fill_foot(self.tr("打开"))
        self.build(SheetHead(theme, title, None, None, self))

    def leave_word(self) -> str:
        """Nothing is given up by leaving."""
        return self.tr("关闭")

    def first(self) -> QWidget:
        """The list."""
        return self.list

    def do(self, *, follow: bool) -> None:
        """Open the current line."""
        chosen = self.list.near[self.list.current]
        self.close_sheet()
        self.incident_wanted.emit(chosen.id)
