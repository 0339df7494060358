"""The foot of the queue: lights with counts that add up, selected and waiting rows."""

from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.look.marks import Light
from ui.look.painting import Side, Writer, draw_centred, hairline
from ui.look.theme import Theme
from ui.queue.model import QueueModel
from ui.queue.rows import Tally
from ui.tongue import tr


class Foot(QWidget):
    """The foot: lights with counts, how many are selected, how many new ones wait out of view."""

    HEIGHT: Final = 32

    def __init__(self, model: QueueModel, theme: Theme, parent: QWidget | None = None) -> None:
        """Show the model's counts."""
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self._chosen = 0
        self._waiting = (0, 0)
        model.counted.connect(self.update)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    @Slot(int, int)
    def show_waiting(self, above: int, below: int) -> None:
        """Say how many new rows are above and below what is in view."""
        self._waiting = (above, below)
        self.update()

    def show_chosen(self, count: int) -> None:
        """Say how many rows are selected."""
        self._chosen = count
        self.update()

    def words(self) -> str:
        """Return what stands at the right."""
        above, below = self._waiting
        parts = [tr("已选 {chosen}").format(chosen=self._chosen)] * bool(self._chosen)
        if above and below:
            parts.append(tr("新到 {above} 条").format(above=above + below))
        elif above or below:
            parts.append(
                tr("新到 {above} 条在上方").format(above=above)
                if above
                else tr("新到 {below} 条在下方").format(below=below)
            )
        return " · ".join(parts)

    @Slot()
    def _on_theme(self) -> None:
        self.setFixedHeight(self._theme.px(self.HEIGHT))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.panel)
        hairline(painter, 0, 0, self.width(), tokens.line)
        tally = self._model.rows.tally(self._model.tab.key)
        left = self._lights(painter, tally)
        room = self.width() - px(14) - left - px(12)
        words = theme.fonts.elide(self.words(), 12, room)
        at = (self.width() - px(14), self.height() / 2)
        Writer(painter, theme.fonts).text(at, words, tokens.text_2, 12, side=Side.RIGHT)

    def _lights(self, painter: QPainter, tally: Tally) -> float:
        """Draw each light with its count; return where they end."""
        theme, px, middle = self._theme, self._theme.px, self.height() / 2
        x = float(px(16))
        write = Writer(painter, theme.fonts)
        counts = (
            (Light.RED, tally.red),
            (Light.YELLOW, tally.yellow),
            (Light.GREEN, tally.green),
            (Light.HOLD, tally.none),
        )
        for light, count in counts:
            mark = theme.marks.light(light, px(12), painter.device().devicePixelRatioF())
            draw_centred(painter, mark, x + px(6), middle)
            x += px(18)
            x += write.text((x, middle), f"{count:,}", theme.tokens.text_1, 13) + px(14)
        return x
