"""`zhiwang report order`: a file, a refusal in one line, the reason that is recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.doors.seat import log_in, make_seat, reported
from tests.e2e.town import Ran, zhiwang


@pytest.fixture(scope="module")
def seat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One incident that is sent and one that is not; nobody changes them."""
    folder = make_seat(tmp_path_factory.mktemp("seat") / "seat")
    log_in(folder, "clerk1", "dispatcher1", "chief1", "fire1")
    for text in ("一", "二"):
        assert 0 == reported(folder, "--text", text, "--phone", "13800006021").code
    at = ("--site", folder, "--as")
    assert 0 == zhiwang("incident", "file", "A1", *at, "clerk1").code
    done = zhiwang("incident", "dispatch", "A1", *at, "dispatcher1", "--unit", "消防")
    assert 0 == done.code, done.err
    return folder


def order(seat: Path, out: Path, *words: str) -> Ran:
    return zhiwang("report", "order", *words, "--site", seat, "--out", out)


def test_it_is_written_where_it_was_asked(seat: Path, tmp_path: Path) -> None:
    told = order(seat, tmp_path / "out", "A1", "--json").json()

    assert {"file": str(tmp_path / "out" / "A1-order.pdf"), "masked": True} == told
    assert (tmp_path / "out" / "A1-order.pdf").read_bytes().startswith(b"%PDF")
    clear = order(seat, tmp_path, "A1", "--as", "chief1", "--reveal", "联系", "--json")
    assert not clear.json()["masked"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("A2",), "还没有派遣"),
        (("A9",), "A9"),
        (("A1", "--reveal", "联系"), "--as"),
        (("A1", "--as", "chief1", "--reveal", " "), "--reveal"),
        (("A1", "--as", "fire1", "--reveal", "联系"), "查看明文须由"),
    ],
)
def test_what_cannot_be_is_one_line(
    seat: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    done = order(seat, tmp_path / "out", *words)

    assert 2 == done.code
    assert said in done.err, done.err
    assert 1 == len(done.err.strip().splitlines())
    assert not (tmp_path / "out").exists()
