"""A search field: type hanzi, pinyin, initials or a number; Enter takes what was found first."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from dispatch.domain.errors import BadInput
from ui.acts.finder_list import FinderList
from ui.acts.found import Found, Source
from ui.acts.line_entry import LineEntry
from ui.look.theme import Theme
from ui.tongue import tr


class Finder(LineEntry):
    """One thing by search. `chosen` tells the Found that was taken.

    Enter pressed before the answer is there takes the first line when it comes.
    """

    chosen = Signal(object)

    def __init__(
        self, theme: Theme, name: str, source: Source, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, name, hint, parent)
        self._source = source
        self._found: Found | None = None
        self._asked: str | None = None
        self._wants_first = False
        self._nothing = False
        self._list: FinderList | None = None
        self.textEdited.connect(self._on_edited)

    def values(self) -> dict[str, object]:
        """Return the code; a text that chose nothing is a BadInput."""
        if self._found is not None:
            return {self.name: self._found.code}
        if self.text().strip():
            raise BadInput(
                self.name, tr("没有找到，换个说法") if self._nothing else tr("请从列表中选一项")
            )
        return {}

    def found(self) -> Found | None:
        """Return what is chosen."""
        return self._found

    def propose(self, value: object, origin: str = "") -> None:
        """Choose a Found without asking."""
        if isinstance(value, Found):
            self._take(value)
            self.tell_origin(origin or value.right)

    def offer(self) -> None:
        """Ask for what stands there before anything is typed; Enter takes the first."""
        self._asked = ""
        self._source("", self.take_lines)

    def popup(self) -> FinderList:
        """Return the list; it lies over the field's window."""
        if self._list is None:
            self._list = FinderList(self.theme, self.window())
            self._list.picked.connect(self._on_picked)
        return self._list

    def _take(self, found: Found) -> None:
        self._found = found
        self._asked = None
        self.setText(found.name)
        self.setCursorPosition(0)
        self.tell_origin(found.right)
        if self._list is not None:
            self._list.hide()

    def choose_found(self, found: Found) -> None:
        """Choose a Found as if it were taken from the list."""
        self._choose(found)

    def _choose(self, found: Found) -> None:
        self._take(found)
        self.chosen.emit(found)

    def _forget(self) -> None:
        """Nothing is chosen or asked any more."""
        self._found = None
        self._asked = None
        self._wants_first = False
        self._nothing = False
        self.tell_origin("")
        if self._list is not None:
            self._list.hide()

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        if not text.strip():
            self._forget()
            return
        self._found = None
        self._wants_first = False
        self._nothing = False
        self.tell_origin("")
        self._asked = text
        self._source(text, self.take_lines)

    def take_lines(self, text: str, lines: tuple[Found, ...]) -> None:
        """Show what was found, if it is still what is asked."""
        if text != self._asked:
            return
        self._asked = None
        self._nothing = not lines
        self.tell_origin("" if lines else tr("没有找到"))
        if self._wants_first and lines:
            self._wants_first = False
            self._choose(lines[0])
        elif self.hasFocus() or not lines:
            self.popup().show_lines(lines, self)

    @Slot(int)
    def _on_picked(self, at: int) -> None:
        lines = self.popup().lines()
        if at < len(lines):
            self._choose(lines[at])

    def event(self, event: QEvent) -> bool:
        # Tab never reaches keyPressEvent; with the list open it takes the line and goes on.
        # What stands there before anything is typed is taken by Enter alone.
        if (
            self.text().strip()
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Tab
            and self._list is not None
            and self._list.isVisible()
        ):
            line = self._list.line()
            if line is not None:
                self._choose(line)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        showing = self._list if self._list is not None and self._list.isVisible() else None
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if showing and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            showing.move_current(1 if event.key() == Qt.Key.Key_Down else -1)
        elif showing and event.key() == Qt.Key.Key_Escape:
            showing.hide()
        elif showing and enter:
            line = showing.line()
            if line is not None:
                self._choose(line)
        elif enter and self._asked is not None:
            self._wants_first = True
            # Asked again: the answer that is waited for may have failed.
            self._source(self._asked, self.take_lines)
        elif enter:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._list is not None:
            self._list.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.tell_origin(self.origin())
