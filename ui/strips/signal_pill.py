"""The signal pill and the response level of the top strip: public colours, always with words."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from dispatch.desk.views import Strip
from ui import town_words
from ui.look.painting import Writer, outline
from ui.look.theme import Theme
from ui.look.tokens import signals
from ui.tongue import tr

HEIGHT: Final = 28
_PAD: Final = 12
_ICON: Final = 16
_GAP: Final = 8
_ICONS: Final = {
    "typhoon": "tornado",
    "rainstorm": "cloud-rain-wind",
    "thunder_gale": "cloud-lightning",
    "cold": "snowflake",
    "icing": "snowflake",
    "heat": "sun",
    "forest_fire": "flame",
}
_INK: Final = {"white": "#14191F", "yellow": "#14191F", "orange": "#14191F"}
"""Dark words on the light colours, white ones on blue and red: all over 4.5 to 1 but blue 4.1."""


class SignalPills:
    """Paints what stands; as much of it as fits, the rest as a count: nothing is hidden."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def paint(
        self, painter: QPainter, strip: Strip, place: tuple[float, float], limit: float
    ) -> float:
        """Paint from `place` (left, middle) up to the limit; return where it ends."""
        x, middle = place
        waiting = len(strip.signals) + len(strip.responses) + bool(strip.modes_contested)
        for kind, level in strip.responses[:1]:
            limit -= self._outlined_width(town_words.response(kind, level)) + self._px(_GAP)
        for kind, colour in strip.signals:
            width = self._filled_width(town_words.signal(kind, colour))
            if x + width > limit:
                break
            self._filled(painter, (x, middle, width), kind, colour)
            x += width + self._px(_GAP)
            waiting -= 1
        for nth, (kind, level) in enumerate(strip.responses):
            word = town_words.response(kind, level)
            width = self._outlined_width(word)
            if nth == 0:
                limit += width + self._px(_GAP)
            if x + width > limit:
                break
            self._outlined(painter, (x, middle, width), word, self._theme.tokens.text_1)
            x += width + self._px(_GAP)
            waiting -= 1
        if strip.modes_contested:
            width = self._outlined_width(tr("争议"))
            if x + width <= limit:
                self._outlined(painter, (x, middle, width), tr("争议"), self._theme.tokens.violet)
                x += width + self._px(_GAP)
                waiting -= 1
        if waiting > 0:
            word = f"+{waiting}"
            write = Writer(painter, self._theme.fonts)
            x += write.text((x, middle), word, self._theme.tokens.text_2, 13, bold=True)
            x += self._px(_GAP)
        return x

    def _px(self, length: int) -> int:
        return self._theme.px(length)

    def _filled_width(self, word: str) -> float:
        words = self._theme.fonts.width(word, 14, bold=True)
        return words + self._px(2 * _PAD + _ICON + 6)

    def _outlined_width(self, word: str) -> float:
        return self._theme.fonts.width(word, 14, bold=True) + self._px(2 * _PAD)

    def _box(self, place: tuple[float, float, float]) -> QRectF:
        x, middle, width = place
        height = self._px(HEIGHT)
        return QRectF(round(x), round(middle - height / 2), round(width), height)

    def _filled(
        self, painter: QPainter, place: tuple[float, float, float], kind: str, colour: str
    ) -> None:
        box, middle = self._box(place), place[1]
        ink = QColor(_INK.get(colour, "#FFFFFF"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(getattr(signals(), colour, self._theme.tokens.raised))
        painter.drawRoundedRect(box, 4, 4)
        if colour == "white":
            outline(painter, box, self._theme.tokens.control, 4)
        icon = _ICONS.get(kind, "triangle-alert")
        left = box.left() + self._px(_PAD)
        self._theme.icons.draw(painter, icon, (left + self._px(_ICON) / 2, middle), ink)
        write = Writer(painter, self._theme.fonts)
        at = (left + self._px(_ICON + 6), middle)
        write.text(at, town_words.signal(kind, colour), ink, 14, bold=True)

    def _outlined(
        self, painter: QPainter, place: tuple[float, float, float], word: str, ink: QColor
    ) -> None:
        box = self._box(place)
        outline(painter, box, ink, 4)
        write = Writer(painter, self._theme.fonts)
        write.text((box.left() + self._px(_PAD), place[1]), word, ink, 14, bold=True)
