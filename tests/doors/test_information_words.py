"""`zhiwang incident inform` and `report information`: a file, or a refusal in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.doors.seat import log_in, make_seat, reported
from tests.e2e.town import Ran, zhiwang


@pytest.fixture(scope="module")
def seat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A1 has a first report by phone and a follow-up, A2 has none; nobody changes them."""
    folder = make_seat(tmp_path_factory.mktemp("seat") / "seat")
    log_in(folder, "clerk1", "fire1")
    for text in ("一", "二"):
        assert 0 == reported(folder, "--text", text).code
    for words in (("first", "--channel", "phone"), ("follow",)):
        done = inform(folder, "A1", "--part", *words, "--text", "处置中")
        assert 0 == done.code, done.err
    return folder


def inform(seat: Path, id_: str, *words: str, name: str = "clerk1") -> Ran:
    return zhiwang("incident", "inform", id_, "--site", seat, "--as", name, *words)


def test_the_last_one_is_written_where_it_was_asked(seat: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = zhiwang("report", "information", "A1", "--site", seat, "--out", out, "--json")
    assert {"file": str(out / "A1-续报一.pdf")} == done.json()
    assert (out / "A1-续报一.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "said"),
    [(("A2",), "还没有信息报告"), (("A9",), "A9"), (("A1", "--event", "zz"), "没有这份信息报告")],
)
def test_what_there_is_none_of_is_one_line(
    seat: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    out = tmp_path / "out"
    done = zhiwang("report", "information", *words, "--site", seat, "--out", out)
    assert 2 == done.code
    assert said in done.err, done.err
    assert 1 == len(done.err.strip().splitlines())
    assert not out.exists()


@pytest.mark.parametrize(
    ("id_", "words", "said"),
    [
        ("A2", ("--part", "final", "--text", "完"), "还没有首报"),
        ("A1", ("--part", "first", "--channel", "phone", "--text", "再报"), "首报"),
        ("A2", ("--part", "first", "--channel", "visit", "--text", "报"), "--channel"),
        ("A2", ("--part", "first"), "--text"),
        ("A2", ("--part", "second", "--text", "报"), "--part"),
    ],
)
def test_what_may_not_be_reported_is_one_line(
    seat: Path, id_: str, words: tuple[str, ...], said: str
) -> None:
    done = inform(seat, id_, *words)
    assert 2 == done.code
    assert said in done.err, done.err
    assert 1 == len(done.err.strip().splitlines())


def test_a_unit_does_not_inform(seat: Path) -> None:
    done = inform(seat, "A2", "--part", "first", "--text", "报", name="fire1")
    assert 2 == done.code
    assert "信息报告须由" in done.err
