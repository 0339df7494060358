"""The layer switch at the map's top left."""

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.look.theme import Theme
from ui.map.buttons import Drawn, WordButton, paint_floating
from ui.map.scene import Layer

ORDER: Final = tuple(Layer)


class LayerSwitch(QWidget):
    """One word a layer; ``layers_changed`` carries the frozenset of those that are on."""

    layers_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawn = Drawn(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(4)
        words = {
            Layer.GRIDS: self.tr("网格"),
            Layer.INCIDENTS: self.tr("事件"),
            Layer.WORKERS: self.tr("人员"),
            Layer.UNITS: self.tr("单位"),
            Layer.AT_HAND: self.tr("就近"),
        }
        self._buttons = {}
        for place, layer in enumerate(ORDER, start=1):
            button = WordButton(theme, words[layer], str(place), self)
            button.setChecked(True)
            button.toggled.connect(self._on_toggled)
            row.addWidget(button)
            self._buttons[layer] = button
        theme.changed.connect(self._on_theme_changed)
        self.adjustSize()

    def layers(self) -> frozenset[Layer]:
        """Return the layers that are on."""
        return frozenset(layer for layer, button in self._buttons.items() if button.isChecked())

    def toggle(self, place: int) -> None:
        """Turn the layer at that place of the row on or off, counted from 1."""
        if 1 <= place <= len(ORDER):
            self._buttons[ORDER[place - 1]].toggle()

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        self.layers_changed.emit(self.layers())

    @Slot()
    def _on_theme_changed(self) -> None:
        for button in self._buttons.values():
            button.setFixedSize(button.sizeHint())
        self.adjustSize()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._drawn.paint(self._theme.tokens, self._draw)

    def _draw(self, painter: QPainter) -> None:
        paint_floating(self, painter, self._theme)
