"""Plays the alarm sounds through what the machine has, and says so when it has nothing."""

import io
import logging
import shutil
import subprocess
import sys
import threading
import wave
from dataclasses import dataclass, field
from typing import Final, Protocol

from ui.alarms.tones import RATE, Tone, samples

log = logging.getLogger(__name__)

_PLAYERS: Final = (
    ("pw-play", ("--rate", str(RATE), "--channels", "1", "--format", "s16", "-")),
    ("paplay", ("--raw", f"--rate={RATE}", "--channels=1", "--format=s16le")),
    ("aplay", ("-q", "-t", "raw", "-f", "S16_LE", "-r", str(RATE), "-c", "1", "-")),
)
_PATIENCE_S: Final = 10.0


@dataclass(frozen=True, slots=True)
class Playable:
    """Whether sounds can be heard; the reason is a code for the strip when they cannot."""

    possible: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.possible


class Sink(Protocol):
    """Where samples go."""

    def can_play(self) -> Playable:
        """Tell whether the sink can be heard, as far as it knows."""
        ...

    def play(self, pcm: bytes) -> None:
        """Begin to play 16-bit samples at RATE, one channel; return at once."""
        ...


class SilentSink:
    """No way to make a sound: says so instead of doing nothing unseen."""

    def __init__(self) -> None:
        self._told = False

    def can_play(self) -> Playable:
        return Playable(False, "no_player")

    def play(self, pcm: bytes) -> None:
        """Tell the log once; the strip tells the person all the time."""
        if not self._told:
            self._told = True
            log.warning("no player for the alarm sound")


@dataclass(slots=True)
class RecordingSink:
    """Keeps what was played; for tests and the drill."""

    played: list[bytes] = field(default_factory=list)

    def can_play(self) -> Playable:
        return Playable(True)

    def play(self, pcm: bytes) -> None:
        self.played.append(pcm)


class ChildSink:
    """Feeds a player of the desktop through its standard input, one child a sound."""

    def __init__(self, command: tuple[str, ...]) -> None:
        """Take the player and its arguments for raw samples."""
        self._command = command
        self._failed = ""

    def can_play(self) -> Playable:
        """Tell how the last sound went: a player that is there may still have no device."""
        return Playable(not self._failed, self._failed)

    def play(self, pcm: bytes) -> None:
        threading.Thread(target=self._feed, args=(pcm,), daemon=True, name="alarm sound").start()

    def _feed(self, pcm: bytes) -> None:
        try:
            done = subprocess.run(  # noqa: S603 - the command is one of _PLAYERS
                self._command, input=pcm, capture_output=True, timeout=_PATIENCE_S, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            self._keep("player_failed", "did not run")
            return
        self._keep("no_device" if done.returncode else "", f"ended with {done.returncode}")

    def _keep(self, failed: str, how: str) -> None:
        """Remember how it went; the log hears of it when it is another than the last time."""
        before, self._failed = self._failed, failed
        if failed and failed != before:
            log.warning("the alarm player %s %s", self._command[0], how)


class WindowsSink:
    """Plays through winsound from memory."""

    def can_play(self) -> Playable:
        return Playable(True)

    def play(self, pcm: bytes) -> None:
        threading.Thread(target=_winsound, args=(pcm,), daemon=True, name="alarm sound").start()


def find_sink() -> Sink:
    """Return the first sink this machine has."""
    if sys.platform == "win32":
        return WindowsSink()
    for name, arguments in _PLAYERS:
        found = shutil.which(name)
        if found is not None:
            return ChildSink((found, *arguments))
    return SilentSink()


class AlarmSound:
    """The seat's two sounds. Mute and repetition belong to the alarm's life."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def play(self, tone: Tone) -> None:
        """Begin the sound."""
        self._sink.play(samples(tone))

    def can_play(self) -> Playable:
        """Tell whether the seat can be heard; the strip shows the reason when not."""
        return self._sink.can_play()


def wav(pcm: bytes) -> bytes:
    """Return the samples as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(RATE)
        writer.writeframes(pcm)
    return file.getvalue()


def _winsound(pcm: bytes) -> None:
    if sys.platform == "win32":
        import winsound  # noqa: PLC0415 - exists on Windows only

        winsound.PlaySound(wav(pcm), winsound.SND_MEMORY)
