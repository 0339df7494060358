"""Every word of the command line, each of its options and arguments at its worst: code 0 or 2."""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from console.cli import Parser
from console.clock import VARIABLE
from console.tree import build
from tests.doors.garbage import ODD
from tests.doors.hostile import kept
from tests.doors.seat import events, log_in, make_seat, set_clock
from tests.e2e.town import zhiwang

NOT_HERE: Final = {
    "run": "opens a window; its options are the window's",
    "demo": "makes a town for minutes; its options are in test_every_option",
    "bench": "measures for minutes",
    "doctor": "tells a line for each thing it looks at, whatever its code",
    "hub serve": "serves until it is ended",
    "hub init": "makes a database wherever --db says; in test_every_option and test_imports",
}
"""Words that are not tried here, and why."""
RIGHT: Final = {"--as": "clerk1", "--format": "csv", "--json": None, "--dry-run": None}
FEW = 20


def leaves(parser: argparse.ArgumentParser, before: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every whole word with its options and arguments."""
    if isinstance(parser, Parser):
        parser.fill()
    groups = [
        each
        for each in parser._actions  # noqa: SLF001 - argparse tells its tree no other way
        if isinstance(each, argparse._SubParsersAction)  # noqa: SLF001
    ]
    for group in groups:
        for name, below in group.choices.items():
            yield from leaves(below, f"{before} {name}".strip())
    if not groups:
        taking = [each for each in parser._actions if each.nargs != 0]  # noqa: SLF001
        yield before, [each.option_strings[0] if each.option_strings else "" for each in taking]


LEAVES: Final = dict(leaves(build(Parser(prog="zhiwang"))))
TRIES: Final = [
    (word, option) for word, options in LEAVES.items() if word not in NOT_HERE for option in options
]


@pytest.fixture(scope="module")
def seat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("doors")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(set_clock(folder / "clock")))
        patch.setenv("ZHIWANG_CRASHES", str(folder))
        patch.setenv("ZHIWANG_HUB_DB", f"sqlite:///{folder / 'hub.db'}")
        patch.setenv("HOME", str(folder))
        patch.chdir(folder)
        assert 0 == zhiwang("hub", "init").code
        made = make_seat(folder / "seat")
        log_in(made, "clerk1")
        yield made
        assert [] == list(folder.glob("zhiwang-crash-*"))


def line(seat: Path, word: str, option: str, odd: str) -> list[str]:
    """A line with this option at its worst, the others as they should be where they are told."""
    words = word.split()
    given = {each: RIGHT[each] for each in LEAVES[word] if each in RIGHT}
    if "--site" in LEAVES[word]:
        given["--site"] = str(seat)
    if option:
        given[option] = odd
    words += [name if value is None else f"{name}={value}" for name, value in given.items()]
    # An argument may look like an option; what stands behind `--` does not.
    return [*words, "--", odd] if "" in LEAVES[word] else words


@pytest.mark.parametrize("count", [FEW, pytest.param(None, marks=pytest.mark.long)])
def test_every_option_at_its_worst(seat: Path, count: int | None) -> None:
    """One line and code 2, or a word that took the value as the text that it is."""
    odd = [each for each in ODD if kept(each)]
    rng = random.Random()
    stored = events(seat)
    for word, option in rng.sample(TRIES, count) if count else TRIES:
        for value in rng.sample(odd, 1):
            words = line(seat, word, option, value)
            ran = zhiwang(*words)
            assert ran.code in {0, 2, 3}, (words, ran)
            assert "Traceback" not in ran.err
            assert not ran.code or 1 == len(ran.err.splitlines()), (words, ran)
            now = events(seat)
            assert not ran.code or stored == now, (words, ran)
            stored = now


def test_what_is_not_tried_is_there() -> None:
    assert set(NOT_HERE) <= set(LEAVES)
    assert len(TRIES) > 500


def test_a_path_that_is_too_long_is_one_line(seat: Path) -> None:
    long = "长" * 200
    for words in (
        ("incident", "list", "--site", long),
        ("import", "roster", long),
        ("export", "incidents", f"{long}.csv", "--site", str(seat)),
        ("backup", long, "--site", str(seat)),
        ("restore", long, "--site", str(seat)),
    ):
        ran = zhiwang(*words)
        assert (2, "", 1) == (ran.code, ran.out, len(ran.err.splitlines())), (words, ran)
