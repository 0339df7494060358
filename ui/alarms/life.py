"""The life of an alarm: unacknowledged, acknowledged, cleared; and the mute that ends by itself."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from ui.alarms.tones import Tone

MUTE_MS: Final = 120_000
REPEAT_MS: Final = 4_000  # an unacknowledged alarm sounds again that often
LANES: Final = 3
FLASH_MS: Final = 500
SYSTEM_PRIORITY: Final = 9  # a fault of the system stands below every incident


class AlarmState(StrEnum):
    """Where an alarm is in its life; a cleared one is gone from the board."""

    UNACKNOWLEDGED = "unacknowledged"
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm; times are UTC milliseconds."""

    key: str  # the incident's id, or the code of the fault
    priority: int  # 1 is the highest
    text: str
    tone: Tone
    raised_at: int
    state: AlarmState = AlarmState.UNACKNOWLEDGED
    acknowledged_by: str = ""
    trigger: str = ""  # what set it off; a new trigger sets it off again


@dataclass(frozen=True, slots=True)
class Mute:
    """Silence until a moment; 0 = none. The lamps and lanes stay."""

    until: int = 0

    def holds(self, now: int) -> bool:
        """Tell whether sounds are off at the moment."""
        return now < self.until


@dataclass(frozen=True, slots=True)
class AlarmBoard:
    """All alarms that are not cleared, the mute, and when each tone sounded last."""

    alarms: tuple[Alarm, ...] = ()
    mute: Mute = Mute()
    sounded: tuple[tuple[str, int], ...] = ()

    def raise_alarm(self, alarm: Alarm) -> "AlarmBoard":
        """Take an alarm.

        The same key again changes nothing, unless its trigger is new or its priority higher:
        then it is unacknowledged again and sounds at once, unless a mute holds.
        """
        old = self.get(alarm.key)
        if old is None:
            return replace(self, alarms=(*self.alarms, _fresh(alarm)))
        again = alarm.trigger != old.trigger or alarm.priority < old.priority
        if again:
            return replace(self._with(_fresh(alarm)), sounded=self._without(alarm.key))
        return self._with(replace(old, text=alarm.text, priority=alarm.priority))

    def acknowledge(self, key: str, who: str) -> "AlarmBoard":
        """Make an alarm steady and silent; who did it stands in its lane."""
        old = self.get(key)
        if old is None or old.state is AlarmState.ACKNOWLEDGED:
            return self
        return self._with(replace(old, state=AlarmState.ACKNOWLEDGED, acknowledged_by=who))

    def clear(self, key: str) -> "AlarmBoard":
        """Take an alarm off the board because its cause is gone."""
        kept = tuple(alarm for alarm in self.alarms if alarm.key != key)
        return replace(self, alarms=kept, sounded=self._without(key))

    def silence(self, now: int, length: int = MUTE_MS) -> "AlarmBoard":
        """Turn sounds off for a while; it ends by itself."""
        return replace(self, mute=Mute(now + length))

    def get(self, key: str) -> Alarm | None:
        """Return the alarm of that key."""
        return next((alarm for alarm in self.alarms if alarm.key == key), None)

    def ordered(self) -> tuple[Alarm, ...]:
        """Return the alarms as the lanes show them: unacknowledged, urgent, oldest first."""
        return tuple(
            sorted(
                self.alarms,
                key=lambda a: (a.state is AlarmState.ACKNOWLEDGED, a.priority, a.raised_at, a.key),
            )
        )

    def unacknowledged(self) -> int:
        """Return how many nobody has taken note of."""
        return sum(alarm.state is AlarmState.UNACKNOWLEDGED for alarm in self.alarms)

    def due(self, now: int) -> tuple["AlarmBoard", Tone | None]:
        """Return the board after sounding and the tone to sound now, or None.

        The incident's tone goes before the fault's; each alarm sounds again after REPEAT_MS
        until it is acknowledged.
        """
        if self.mute.holds(now):
            return self, None
        last = dict(self.sounded)
        waiting = [
            alarm
            for alarm in self.ordered()
            if alarm.state is AlarmState.UNACKNOWLEDGED
            and now - last.get(alarm.key, now - REPEAT_MS) >= REPEAT_MS
        ]
        if not waiting:
            return self, None
        tone = waiting[0].tone
        last.update({alarm.key: now for alarm in waiting if alarm.tone is tone})
        return replace(self, sounded=tuple(last.items())), tone

    def _with(self, alarm: Alarm) -> "AlarmBoard":
        changed = tuple(alarm if each.key == alarm.key else each for each in self.alarms)
        return replace(self, alarms=changed)

    def _without(self, key: str) -> tuple[tuple[str, int], ...]:
        """Return the times of sounding without that alarm's: it sounds at once the next time."""
        return tuple(pair for pair in self.sounded if pair[0] != key)


def _fresh(alarm: Alarm) -> Alarm:
    return replace(alarm, state=AlarmState.UNACKNOWLEDGED, acknowledged_by="")


def flash_on(now: int) -> bool:
    """Tell whether an unacknowledged alarm shows its red fill: 500 ms on, 500 ms wash."""
    return now // FLASH_MS % 2 == 0
