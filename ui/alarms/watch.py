"""Watches the rows for P1 that nobody has in hand, and the line to the hub; keeps the board."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from dispatch.desk.views import QueueRow, Strip
from dispatch.domain.calendar import MINUTE
from dispatch.domain.codes import Light, Priority, State
from ui import times
from ui.alarms.life import MUTE_MS, REPEAT_MS, SYSTEM_PRIORITY, Alarm, AlarmBoard, AlarmState
from ui.alarms.sound import AlarmSound
from ui.alarms.tones import Tone
from ui.live import Live, RowsChanged
from ui.tick import Tick
from ui.tongue import tr

HUB: Final = "hub"
UNSENT_PATIENCE_MS: Final = 5 * MINUTE
_WAITING: Final = frozenset({State.REPORTED, State.VERIFY, State.FILED, State.SENT})
"""States in which a P1 still has nobody who works on it."""


class AlarmWatch(QObject):
    """changed() after every change of `board`. Feeds the sound until somebody acknowledges."""

    changed = Signal()

    def __init__(
        self, live: Live, sound: AlarmSound, tick: Tick, parent: QObject | None = None
    ) -> None:
        """Watch what the bridge brings; sound through `sound`."""
        super().__init__(parent)
        self.board = AlarmBoard()
        self.sound = sound
        self.who = ""
        self._tick = tick
        self._rows: dict[str, QueueRow] = {}
        self._again = QTimer(self, interval=REPEAT_MS // 4)
        self._again.timeout.connect(self._on_again)
        live.rows_reset.connect(self._on_reset)
        live.rows_changed.connect(self._on_rows)
        live.strip_changed.connect(self._on_strip)
        tick.second.connect(self._on_second)

    def row(self, key: str) -> QueueRow | None:
        """Return the incident of an alarm; None for a fault of the system."""
        return self._rows.get(key)

    def audible(self) -> bool:
        """Tell whether the seat can be heard as far as is known."""
        return bool(self.sound.can_play())

    def muted_for(self) -> int:
        """Return for how many milliseconds sounds are still off."""
        return max(0, self.board.mute.until - self._tick.now())

    def acknowledge(self, key: str) -> None:
        """Take note of one alarm."""
        self._set(self.board.acknowledge(key, self.who))

    @Slot()
    def acknowledge_first(self) -> str:
        """Take note of the first alarm that nobody has; return its key, empty without one."""
        for alarm in self.board.ordered():
            if alarm.state is AlarmState.UNACKNOWLEDGED:
                self.acknowledge(alarm.key)
                return alarm.key
        return ""

    @Slot()
    def mute(self) -> None:
        """Turn the sound off for two minutes; lanes and lamps stay."""
        self._set(self.board.silence(self._tick.now(), MUTE_MS))

    def _set(self, board: AlarmBoard) -> None:
        if board != self.board:
            self.board = board
            self._sound()
            self.changed.emit()

    def _sound(self) -> None:
        self.board, tone = self.board.due(self._tick.now())
        if tone is not None:
            self.sound.play(tone)
        running = self.board.unacknowledged() > 0
        if running != self._again.isActive():
            self._again.start() if running else self._again.stop()

    def _with(self, board: AlarmBoard, row: QueueRow) -> AlarmBoard:
        waits = row.priority is Priority.P1 and row.state in _WAITING
        if not waits:
            self._rows.pop(row.id, None)
            return board.clear(row.id)
        self._rows[row.id] = row
        over = row.light(self._tick.now()) is Light.RED
        alarm = Alarm(
            key=row.id,
            priority=1,
            text=row.item_name,
            tone=Tone.INCIDENT,
            raised_at=row.reported_at,
            trigger="over" if over else "new",
        )
        return board.raise_alarm(alarm)

    @Slot(object)
    def _on_reset(self, rows: tuple[QueueRow, ...]) -> None:
        board = self.board
        for key in set(self._rows) - {row.id for row in rows}:
            self._rows.pop(key)
            board = board.clear(key)
        for row in rows:
            board = self._with(board, row)
        self._set(board)

    @Slot(object)
    def _on_rows(self, changed: RowsChanged) -> None:
        board = self.board
        for key in changed.gone:
            self._rows.pop(key, None)
            board = board.clear(key)
        for row in changed.rows:
            board = self._with(board, row)
        self._set(board)

    @Slot(object)
    def _on_strip(self, strip: Strip) -> None:
        now = self._tick.now()
        self.who = strip.account
        late = strip.oldest_unsent_at is not None and (
            now - strip.oldest_unsent_at > UNSENT_PATIENCE_MS
        )
        if not late:
            self._set(self.board.clear(HUB))
            return
        text = tr("{unsent} 条没有传到市平台，本机照常办理").format(unsent=strip.unsent)
        since = strip.oldest_unsent_at or now
        self._set(self.board.raise_alarm(Alarm(HUB, SYSTEM_PRIORITY, text, Tone.FAULT, since)))

    @Slot(object)
    def _on_second(self, _now: int) -> None:
        """A P1 that goes over its limit sounds again."""
        board = self.board
        for row in tuple(self._rows.values()):
            board = self._with(board, row)
        self._set(board)

    @Slot()
    def _on_again(self) -> None:
        self._sound()


def age_words(alarm: Alarm, now: int) -> str:
    """Return how long the alarm has been there."""
    return times.span(now - alarm.raised_at)
