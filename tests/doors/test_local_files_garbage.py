"""Files that the program itself keeps, gone bad: settings, clock, notes, sessions, figures."""

from __future__ import annotations

import json
import shutil
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from console import settings
from console.clock import LAST_MS, drill
from dispatch.desk.people import Sessions
from dispatch.domain.errors import BadInput, Refused
from dispatch.store.sentinel import NAME as SENTINEL
from dispatch.store.sentinel import Sentinel
from tests.doors.garbage import EXAMPLES, deep, documents, odd_texts, put_in, refusal, search
from tests.doors.seat import make_seat

Body = Callable[[bytes], None]


@pytest.fixture(scope="module")
def seat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_seat(tmp_path_factory.mktemp("kept") / "seat")


@pytest.fixture
def folder(seat: Path, tmp_path: Path) -> Path:
    made = tmp_path / "seat"
    shutil.copytree(seat, made)
    return made


def refusing(read: Callable[[], Any], file: Path) -> Body:
    """Return what writes bytes into the file and reads it: fine, or one line about it."""

    def body(raw: bytes) -> None:
        file.write_bytes(raw)
        bad = refusal(read, BadInput)
        assert bad is None or file.name in str(bad)
        assert "\n" not in str(bad)

    return body


@pytest.mark.parametrize("examples", EXAMPLES)
def test_settings(folder: Path, examples: int) -> None:
    file = folder / settings.FILE
    good = file.read_bytes()
    odd = st.one_of(
        st.just("9" * 5_000),
        st.just("[" * 5_000),
        st.just("a." * 300 + "b = 1"),
        odd_texts().map(lambda text: json.dumps(text, ensure_ascii=False)),
    )
    lines = odd.map(lambda value: good + f"\nx = {value}\n".encode("utf-8", "surrogatepass"))
    instead = odd.map(lambda value: f"site = {value}\n".encode("utf-8", "surrogatepass"))
    garbage = st.one_of(put_in(good), lines, instead, st.binary(max_size=80))
    search(refusing(lambda: settings.read(folder), file), garbage, examples)


@pytest.mark.parametrize("name", [settings.KEY, settings.TOKEN])
def test_a_key_and_a_token(folder: Path, name: str) -> None:
    garbage = st.one_of(st.binary(max_size=40), st.just(b"x" * 100_000))
    search(refusing(lambda: settings.read(folder), folder / name), garbage, 60)


def test_a_drills_clock(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    with pytest.raises(BadInput, match="读不了演练时钟"):
        drill(file)()
    times = st.one_of(st.integers(-(1 << 63), (1 << 63) - 1), st.integers(0, LAST_MS))
    garbage = st.one_of(st.binary(max_size=9), times.map(lambda now: struct.pack(">q", now)))

    def body(raw: bytes) -> None:
        file.write_bytes(raw)
        told: list[int] = []
        bad = refusal(lambda: told.append(drill(file)()), BadInput)
        assert str(file) in str(bad) if bad else 0 <= told[0] < LAST_MS

    search(body, garbage, 100)


@pytest.mark.expects_log("sentinel cannot be read")
@pytest.mark.parametrize("examples", EXAMPLES)
def test_the_note_beside_the_database(tmp_path: Path, examples: int) -> None:
    """What cannot be read is no note: the store wakes as for the first time."""
    good = json.dumps({"inc": "i", "sseq": 7, "machine": "m"}).encode()

    def body(raw: bytes) -> None:
        (tmp_path / SENTINEL).write_bytes(raw)
        Sentinel(tmp_path).waking("i", 7)

    infinite = st.just(b'{"inc": "i", "sseq": Infinity, "machine": "m"}')
    search(body, st.one_of(put_in(good), documents(), infinite), examples)
    (tmp_path / SENTINEL).write_bytes(deep(100_000).encode())
    assert "first" == Sentinel(tmp_path).waking("i", 7)


@pytest.mark.parametrize("examples", EXAMPLES)
def test_a_session(tmp_path: Path, examples: int) -> None:
    """A session's file that is damaged is no session; a note of failures is none."""
    sessions = Sessions(tmp_path)

    def body(raw: bytes) -> None:
        (tmp_path / "clerk1.json").write_bytes(raw)
        (tmp_path / "clerk1.failed").write_bytes(raw)
        assert "\n" not in str(refusal(lambda: sessions.load("clerk1", 0), BadInput, Refused))
        sessions.check_not_locked("clerk1", 1 << 62)

    unknown = f'{{"x": {deep(100_000)}}}'.encode()
    search(body, st.one_of(documents(), st.just(unknown)), examples)


def test_a_session_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "clerk1.json").mkdir()
    with pytest.raises(BadInput, match="重新登录"):
        Sessions(tmp_path).load("clerk1", 0)
