"""The condition under which the matter is done: whoever feeds back ticks that it is met."""

from PySide6.QtWidgets import QWidget

from ui.acts.check_list import CheckList
from ui.look.theme import Theme


class ClosingEntry(CheckList):
    """One line; Space ticks."""

    def __init__(self, theme: Theme, name: str, condition: str, parent: QWidget) -> None:
        super().__init__(theme, name, (condition,), parent)
        self.setToolTip(condition)

    def values(self) -> dict[str, object]:
        """Return that it is met, nothing while it is not ticked."""
        return {self.name: True} if super().values() else {}
