"""The keys of the window: one registry that binds them and fills the help sheet."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Key:
    """One line of the help sheet; `bound` when the window itself does it at the key."""

    group: str
    keys: str
    words: str
    bound: bool = False


class Shortcuts(QObject):
    """Binds keys to bound methods of QObjects and remembers what each does.

    A letter fires only while no text field has the keys: the field takes it first.
    """

    def __init__(self, window: QWidget) -> None:
        """Bind for the whole of that window."""
        super().__init__(window)
        self._window = window
        self._keys: list[Key] = []
        self._here: Callable[[], tuple[Key, ...]] | None = None
        self._bound: dict[str, QShortcut] = {}

    def bind(self, group: str, keys: str, words: str, slot: Callable[[], object]) -> None:
        """Bind keys (several, parted by a space, do the same)."""
        for each in keys.split():
            if each in self._bound:
                raise ValueError(f"{each} is bound twice")
            shortcut = QShortcut(QKeySequence(each), self._window)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(slot)
            self._bound[each] = shortcut
        self._keys.append(Key(group, keys, words, bound=True))

    def run(self, key: str) -> None:
        """Do what a bound key does, as if it were pressed."""
        self._bound[key].activated.emit()

    def enable(self, key: str, on: bool) -> None:
        """Let a key fire or leave it to whatever has the focus."""
        self._bound[key].setEnabled(on)

    def note(self, group: str, keys: str, words: str) -> None:
        """List keys that a panel handles itself while it has the focus."""
        self._keys.append(Key(group, keys, words))

    def follow(self, here: Callable[[], tuple[Key, ...]]) -> None:
        """List first what may be pressed for what is shown just then, as `here` tells it."""
        self._here = here

    def keys(self) -> tuple[Key, ...]:
        """Return every line of the help sheet: what is shown now, then in the order of binding."""
        here = self._here() if self._here is not None else ()
        return (*here, *self._keys)
