"""The locked seat: nothing of the town is to be seen, alarms sound on, somebody logs in."""

from typing import Final

from PySide6.QtCore import QEvent, QRectF, Qt, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import times
from ui.acts.line_entry import LineEntry
from ui.acts.plain_form import LOGIN, PlainForm
from ui.alarms.watch import AlarmWatch
from ui.look.painting import Side, Writer
from ui.look.theme import Theme
from ui.tick import Tick

_HIGH: Final = 92


class LockSheet(PlainForm):
    """Covers the window until somebody has logged in; Esc is for another person than before.

    No key of the window works meanwhile, so nothing can mute: the alarms go on as they are.
    """

    def __init__(
        self, theme: Theme, host: QWidget, tick: Tick, watch: AlarmWatch, account: str
    ) -> None:
        """`account` was at the seat; empty when nobody was."""
        super().__init__(theme, host, (self.tr("已锁定"), self.tr("解锁")), LOGIN)
        self._tick = tick
        self._watch = watch
        if account:
            self.propose("name", account)
        watch.changed.connect(self.update)
        tick.second.connect(self._on_second)

    def leave_word(self) -> str:
        """Esc empties the name for somebody else."""
        return self.tr("换人")

    def words(self) -> str:
        """Return what is said of the alarms."""
        waiting = self._watch.board.unacknowledged()
        if waiting:
            return self.tr("{count} 项告警没有人确认").format(count=waiting)
        return self.tr("没有等待确认的告警")

    def another(self) -> None:
        """Let somebody else log in."""
        self.say_error("")
        for row in self.rows.values():
            if isinstance(row.entry, LineEntry):
                row.entry.clear()
        self.rows["name"].entry.widget().setFocus()

    @Slot()
    def _on_cancel(self) -> None:
        self.another()

    @Slot(object)
    def _on_second(self, _now: int) -> None:
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.another()
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens, fonts, px = self.theme.tokens, self.theme.fonts, self.theme.px
        painter.fillRect(self.rect(), tokens.app)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self._box).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(tokens.line_2)
        painter.setBrush(tokens.panel)
        painter.drawRoundedRect(box, 8, 8)
        write, middle = Writer(painter, fonts), self.width() / 2
        top = box.top() - px(_HIGH)
        clock = times.clock(self._tick.now())
        write.text((middle, top + px(20)), clock, tokens.text_1, 28, bold=True, side=Side.MIDDLE)
        waiting = self._watch.board.unacknowledged() > 0
        ink = tokens.red if waiting else tokens.text_2
        at = (middle, top + px(58))
        write.text(at, self.words(), ink, 16, bold=waiting, side=Side.MIDDLE)
