"""The help sheet: the keys for what is shown, then every key of the window, until any key."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.look.keycap import HEIGHT as KEYCAP
from ui.look.keycap import draw_keycap, keycap_width
from ui.look.painting import Side, Writer
from ui.look.theme import Theme
from ui.shortcuts import Key, Shortcuts
from ui.tongue import tr

_LINE: Final = 26
_COLUMN: Final = 330
_COLUMNS: Final = 3
_MARGIN: Final = 8


class HelpSheet(QWidget):
    """Covers its parent with a scrim and lists the keys in three columns."""

    def __init__(self, shortcuts: Shortcuts, theme: Theme, parent: QWidget) -> None:
        """Hidden at first."""
        super().__init__(parent)
        self._shortcuts = shortcuts
        self._theme = theme
        self._back: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("按键"))
        theme.changed.connect(self.update)
        self.hide()

    def open(self) -> None:
        """Cover the window; any key closes."""
        self._back = self.window().focusWidget()
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()
        self.setFocus()

    def _close(self) -> None:
        self.hide()
        if self._back is not None:
            self._back.setFocus()

    def _columns(self) -> list[list[Key | str]]:
        groups: dict[str, list[Key]] = {}
        for key in self._shortcuts.keys():  # noqa: SIM118 - a method of ours, no mapping
            groups.setdefault(key.group, []).append(key)
        bins: list[list[str]] = [[] for _ in range(_COLUMNS)]
        for name in sorted(groups, key=lambda each: -len(groups[each])):
            min(bins, key=lambda names: sum(len(groups[each]) + 2 for each in names)).append(name)
        order = list(groups)
        bins = sorted(
            (sorted(names, key=order.index) for names in bins if names),
            key=lambda names: order.index(names[0]),
        )
        return [_lines(names, groups) for names in bins]

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scrim = QColor(0, 0, 0)
        scrim.setAlphaF(tokens.scrim)
        painter.fillRect(self.rect(), scrim)
        columns = self._columns()
        lines = max(len(column) for column in columns)
        pitch = self._pitch(lines)
        box = QRectF(0, 0, px(_COLUMN) * _COLUMNS + px(32), pitch * lines + px(72))
        box.moveCenter(QRectF(self.rect()).center())
        painter.setPen(QPen(tokens.line_2, 1))
        painter.setBrush(tokens.panel)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        write = Writer(painter, theme.fonts)
        at = (box.left() + px(24), box.top() + px(30))
        write.text(at, tr("按键"), tokens.text_1, 20, bold=True)
        at = (box.right() - px(24), box.top() + px(30))
        write.text(at, tr("按任意键关闭"), tokens.text_3, 12, side=Side.RIGHT)
        for nth, column in enumerate(columns):
            corner = QPointF(box.left() + px(24) + px(_COLUMN) * nth, box.top())
            self._paint_column(painter, corner, column, pitch)

    def _pitch(self, lines: int) -> float:
        """Return the distance of two lines: closer where all would not stand in the window."""
        px = self._theme.px
        room = self.height() - px(72) - 2 * _MARGIN
        return min(px(_LINE), max(KEYCAP + 1, room / max(1, lines)))

    def _paint_column(
        self, painter: QPainter, corner: QPointF, column: list[Key | str], pitch: float
    ) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        write, look = Writer(painter, theme.fonts), (tokens, theme.fonts)
        left, middle = corner.x(), corner.y() + px(68)
        for entry in column:
            if isinstance(entry, str):
                write.text((left, middle), entry, tokens.text_2, 13, bold=True)
            else:
                x = left
                for key in entry.keys.split():
                    shown = key.replace("+", " ") if len(key) > 1 else key
                    corner = QPointF(x, round(middle) - KEYCAP / 2)
                    draw_keycap(painter, corner, shown, look)
                    x += keycap_width(theme.fonts, shown) + px(4)
                words = max(x + px(6), left + px(112))
                write.text((words, middle), entry.words, tokens.text_1, 13)
            middle += pitch

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._close()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._close()


def _lines(names: list[str], groups: dict[str, list[Key]]) -> list[Key | str]:
    """Return a column's lines: each group's name and keys, an empty line between groups."""
    lines: list[Key | str] = []
    for name in names:
        lines += ["", name, *groups[name]] if lines else [name, *groups[name]]
    return lines
