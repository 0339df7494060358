"""The chip under the queue's head that says which town's queue is shown alone."""

from PySide6.QtWidgets import QWidget

from ui.look.theme import Theme
from ui.queue.only_bar import OnlyBar


class TownBar(OnlyBar):
    """Hidden while all towns are shown; `left` when it is pressed."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        self.town = ""
        super().__init__(theme, parent)
        self.hide()

    def show_town(self, name: str) -> None:
        """Say which town; nothing hides the chip."""
        self.town = name
        self._say("")
        self.setVisible(bool(name))

    def words(self) -> str:
        return self.tr("只看 {town}").format(town=self.town)
