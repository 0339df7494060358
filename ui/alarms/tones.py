"""The two alarm sounds as samples: one for an incident, another for a fault of the system."""

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RATE: Final = 22_050  # samples a second, 16 bit, one channel
_LOUD: Final = 0.6
_EDGE_S: Final = 0.008  # a tone fades in and out that long: no click


class Tone(StrEnum):
    """Which sound is played."""

    INCIDENT = "incident"
    FAULT = "fault"


# (Hz, seconds) in order; 0 Hz is a pause. Incident: two rising triplets, high and urgent.
# Fault: two long low falling tones. They differ in pitch, rhythm and direction at once.
_SCORES: Final[dict[Tone, tuple[tuple[float, float], ...]]] = {
    Tone.INCIDENT: ((880, 0.12), (1109, 0.12), (1319, 0.18), (0, 0.12)) * 2,
    Tone.FAULT: ((440, 0.35), (330, 0.45), (0, 0.2)),
}


@cache
def samples(tone: Tone) -> bytes:
    """Return the sound as 16-bit little-endian samples at RATE, one channel."""
    import numpy as np  # noqa: PLC0415 - nothing sounds before the first window

    parts = [_note(pitch, seconds) for pitch, seconds in _SCORES[tone]]
    wave = np.concatenate(parts) * _LOUD
    return (wave * 32767).astype("<i2").tobytes()


def seconds(tone: Tone) -> float:
    """Return how long the sound lasts."""
    return sum(length for _, length in _SCORES[tone])


def _note(pitch: float, length: float) -> "NDArray[np.float64]":
    import numpy as np  # noqa: PLC0415 - as above

    time = np.arange(round(length * RATE)) / RATE
    # An overtone makes the tone carry on small loudspeakers.
    wave = 0.8 * np.sin(2 * np.pi * pitch * time) + 0.2 * np.sin(4 * np.pi * pitch * time)
    fade = np.minimum(1.0, np.minimum(time, length - time) / _EDGE_S)
    return wave * np.clip(fade, 0.0, 1.0) if pitch else np.zeros_like(time)
