"""Hostile strings through the command line: in by the options, out as the same text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.clock import VARIABLE
from tests.doors.hostile import hostile, kept
from tests.doors.seat import events, log_in, make_seat, reported, set_clock
from tests.e2e.town import zhiwang

EVERY = 6
"""Each opening of a site costs a tenth of a second, so every sixth string goes this way."""


@pytest.fixture(scope="module")
def seat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("doors")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(set_clock(folder / "clock")))
        patch.setenv("ZHIWANG_CRASHES", str(folder))
        made = make_seat(folder / "seat")
        log_in(made, "clerk1")
        yield made
        assert [] == list(folder.glob("zhiwang-crash-*"))


def test_what_goes_in_comes_out(seat: Path) -> None:
    texts = [text for text in hostile() if kept(text)][::EVERY]
    for text in texts:
        made = reported(seat, *(f"--{name}={text}" for name in ("text", "place", "phone")))
        assert (0, "") == (made.code, made.err), text
        assert 1 == made.out.count("\n")
        shown = zhiwang("incident", "show", made.json()["id"], "--site", seat, "--json").json()
        assert [text] * 2 == [shown["text"], shown["place"]]
        noted = zhiwang(
            *("incident", "note", shown["id"], "--site", seat, "--as", "clerk1", "--json"),
            f"--text={text}",
        )
        assert 0 == noted.code, noted.err
        rows = zhiwang("export", "events", "--site", seat, "--subject", shown["id"])
        assert 0 == rows.code
        assert all(json.loads(line) for line in rows.out.splitlines())


def test_a_listing_for_people_steers_no_terminal(seat: Path) -> None:
    for text in ("红\x1b[31m字", "行\n二", "倒\u202e序", "铃\x07"):
        assert 0 == reported(seat, f"--place={text}").code
    listed = zhiwang("incident", "list", "--site", seat, "--limit", "500")
    assert 0 == listed.code
    assert all(letter.isprintable() or letter in "\t\n\u3000" for letter in listed.out)


@pytest.mark.parametrize("text", ["半\ud800个", "有\0无"])
def test_what_nothing_can_keep_is_one_line(seat: Path, text: str) -> None:
    before = events(seat)
    for option in ("--text", "--place", "--phone", "--reporter", "--photo", "--item", "--seen"):
        for words in ((option, text), (f"{option}={text}",)):
            refused = reported(seat, *words)
            assert 2 == refused.code
            assert 1 == len(refused.err.splitlines())
            assert refused.err.startswith(f"{option}: ")
    assert before == events(seat)
