"""The two alarm sounds: what they are, and that a machine without a player says so."""

import io
import sys
import threading
import wave
from pathlib import Path

import numpy as np
import pytest

from ui.alarms.sound import AlarmSound, ChildSink, RecordingSink, SilentSink, find_sink, wav
from ui.alarms.tones import RATE, Tone, samples, seconds


def pitch(pcm: bytes) -> float:
    """Return the strongest frequency."""
    wave_form = np.frombuffer(pcm, "<i2").astype(np.float64)
    power = np.abs(np.fft.rfft(wave_form))
    return float(np.fft.rfftfreq(wave_form.size, 1 / RATE)[power.argmax()])


def test_incident_and_fault_differ_in_pitch_by_more_than_an_octave() -> None:
    assert pitch(samples(Tone.INCIDENT)) > 2 * pitch(samples(Tone.FAULT))


@pytest.mark.parametrize("tone", Tone)
def test_samples_are_loud_but_never_clipped_and_begin_without_a_click(tone: Tone) -> None:
    wave_form = np.frombuffer(samples(tone), "<i2")
    assert abs(seconds(tone) - wave_form.size / RATE) < 0.001
    assert 12_000 < np.abs(wave_form).max() < 32_767
    assert abs(int(wave_form[0])) < 100


def test_a_recording_sink_gets_the_samples() -> None:
    sink = RecordingSink()
    AlarmSound(sink).play(Tone.FAULT)
    assert [samples(Tone.FAULT)] == sink.played


def test_without_a_player_the_seat_says_that_it_cannot_be_heard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shutil.which", _nowhere)
    monkeypatch.setattr("sys.platform", "linux")
    sink = find_sink()
    assert isinstance(sink, SilentSink)
    said = AlarmSound(sink).can_play()
    assert not said
    assert "no_player" == said.reason


def test_the_first_player_found_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("shutil.which", {"aplay": "/usr/bin/aplay"}.get)
    assert isinstance(find_sink(), ChildSink)


def test_a_player_gets_every_sample_on_its_standard_input(tmp_path: Path) -> None:
    target = tmp_path / "heard"
    code = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_bytes(sys.stdin.buffer.read())"
    sink = ChildSink((sys.executable, "-c", code, str(target)))
    sink.play(samples(Tone.INCIDENT))
    _join()
    assert samples(Tone.INCIDENT) == target.read_bytes()
    assert sink.can_play()


@pytest.mark.expects_log("the alarm player .* (ended|did not run)")
@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ((sys.executable, "-c", "raise SystemExit(1)"), "no_device"),
        (("/nonexistent/player",), "player_failed"),
    ],
)
def test_a_player_that_fails_is_reported(command: tuple[str, ...], reason: str) -> None:
    sink = ChildSink(command)
    sink.play(b"\0\0")
    _join()
    said = sink.can_play()
    assert (False, reason) == (said.possible, said.reason)


@pytest.mark.expects_log("no player for the alarm sound")
def test_a_missing_player_is_logged_once_a_start(caplog: pytest.LogCaptureFixture) -> None:
    """The log of a night is not filled with one sentence; the strip goes on saying it."""
    sound = AlarmSound(SilentSink())
    for _ in range(3):
        sound.play(Tone.INCIDENT)
    assert ["no player for the alarm sound"] == [each.message for each in caplog.records]
    assert "no_player" == sound.can_play().reason


@pytest.mark.expects_log("the alarm player .* ended with 1")
def test_a_failing_player_is_logged_when_it_begins_to_fail(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Once, until it has played again."""
    sink = ChildSink((sys.executable, "-c", "raise SystemExit(1)"))
    for _ in range(2):
        sink.play(b"\0\0")
        _join()
    assert 1 == len(caplog.records)
    assert not sink.can_play()


def test_wav_for_windows_holds_the_same_samples() -> None:
    with wave.open(io.BytesIO(wav(samples(Tone.FAULT)))) as file:
        assert (1, 2, RATE) == (file.getnchannels(), file.getsampwidth(), file.getframerate())
        assert samples(Tone.FAULT) == file.readframes(file.getnframes())


def _join() -> None:
    for thread in threading.enumerate():
        if thread.name == "alarm sound":
            thread.join(10)
            assert not thread.is_alive()


def _nowhere(name: str) -> None:
    """Stand for a search that finds no program."""
    assert name
