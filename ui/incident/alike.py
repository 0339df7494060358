"""A likely duplicate beside this incident, line by line: merge, see the next one, or go back."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from dispatch.desk.views import IncidentPane, Near
from ui.acts.button import KeyButton, Weight
from ui.acts.part_title import PartTitle
from ui.incident.alike_lines import alike_columns, alike_lines
from ui.incident.compare import Compare
from ui.incident.section import SIDE
from ui.look.theme import Theme
from ui.wording import told

OPEN: Final = "O"
ALL: Final = "A"
"""Merge all of them into this one."""


class Alike(QWidget):
    """One duplicate at a time.

    other_wanted(id): its pane is to be brought to `show_other`; merge_wanted(Near) and
    incident_wanted(id) when it is to be merged with or opened; all_wanted(ids) when all of them
    are to go into this one; left() when nothing of it.
    """

    other_wanted = Signal(str)
    merge_wanted = Signal(object)
    all_wanted = Signal(object)
    incident_wanted = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pane: IncidentPane | None = None
        self._near: tuple[Near, ...] = ()
        self._at = 0
        self._may = False
        self._sent = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = PartTitle(theme, "", "", self)
        self.compare = Compare(theme, self)
        self._lay_out()

    def _lay_out(self) -> None:
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.compare)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        head = QHBoxLayout()
        head.setContentsMargins(SIDE, 8, SIDE, 4)
        head.addWidget(self.title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(area, 1)
        outer.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        theme = self._theme
        self.merge = KeyButton(theme, self.tr("并案"), "Enter", Weight.PRIMARY, self)
        self.merge.clicked.connect(self._on_merge)
        self.all = KeyButton(theme, self.tr("全部并入本件"), ALL, parent=self)
        self.all.clicked.connect(self._on_all)
        self.look = KeyButton(theme, self.tr("打开"), OPEN, parent=self)
        self.look.clicked.connect(self._on_open)
        self.next = KeyButton(theme, self.tr("下一件"), "→", parent=self)
        self.next.clicked.connect(self._on_next)
        back = KeyButton(theme, self.tr("返回"), "Esc", parent=self)
        back.clicked.connect(self.left)
        foot = QHBoxLayout()
        foot.setContentsMargins(SIDE, 12, SIDE, 12)
        foot.setSpacing(8)
        for button in (self.merge, self.all, self.look, self.next):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(back)
        return foot

    def open(self, pane: IncidentPane, near: tuple[Near, ...], *, may: bool) -> None:
        """Compare with these, the likeliest first; `may` tells whether this person may merge."""
        self._pane, self._near, self._may, self._at = pane, near, may, 0
        self._sent = False
        self._show()
        self.setFocus(Qt.FocusReason.TabFocusReason)

    def refresh(self, pane: IncidentPane) -> None:
        """Show this incident anew beside the same other one."""
        self._pane = pane
        self._show()

    def show_other(self, other: IncidentPane, now: int) -> None:
        """Show the other one; a late answer for one that is not shown any more is dropped."""
        pane, near = self._pane, self.shown()
        if pane is None or near is None or other.row.id != near.id:
            return
        lines = alike_lines((pane, other), now)
        self.compare.show_columns(
            alike_columns(pane, other, near), lines, (*pane.photos, *other.photos)
        )

    def shown(self) -> Near | None:
        """Return the one that is compared with."""
        return self._near[self._at] if self._near else None

    def _show(self) -> None:
        near = self.shown()
        if near is None:
            return
        count = len(self._near)
        place = told(self.tr("第{at}件，共{count}件"), at=self._at + 1, count=count)
        note = place if count > 1 else self.tr("紫条处两件不同")
        self.title.say(self.tr("是不是同一件"), note)
        self.merge.setVisible(self._may)
        self.merge.say(told(self.tr("并入{number}"), number=near.number[-4:]))
        self.all.setVisible(self._may and count > 1)
        self.all.say(told(self.tr("{count} 件都并入本件"), count=count))
        self.next.setVisible(count > 1)
        self.other_wanted.emit(near.id)

    @Slot()
    def _on_merge(self) -> None:
        near = self.shown()
        if near is not None and self._may:
            self.merge_wanted.emit(near)

    @Slot()
    def _on_all(self) -> None:
        """Once: until it is done or refused nothing is sent again."""
        if self._may and not self._sent and len(self._near) > 1:
            self._sent = True
            self.all_wanted.emit(tuple(each.id for each in self._near))

    def again(self) -> None:
        """It was refused: it may be tried again."""
        self._sent = False

    @Slot()
    def _on_open(self) -> None:
        near = self.shown()
        if near is not None:
            self.incident_wanted.emit(near.id)

    @Slot()
    def _on_next(self) -> None:
        self._step(1)

    def _step(self, by: int) -> None:
        if self._near:
            self._at = (self._at + by) % len(self._near)
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match Qt.Key(event.key()):
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._on_merge()
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self._step(1)
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self._step(-1)
            case Qt.Key.Key_A:
                self._on_all()
            case Qt.Key.Key_O:
                self._on_open()
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)
