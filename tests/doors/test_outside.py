"""What an outsider meets in a shell: help in both languages, output nobody reads, no room."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from console import sites
from console.cli import Parser
from console.tree import build
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput
from tests.doors.seat import NOBODY, log_in, make_seat, reported
from tests.e2e.town import zhiwang


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield a parser and all below it, each with all its options."""
    assert isinstance(parser, Parser)
    parser.fill()
    yield parser
    for action in parser._actions:  # noqa: SLF001 - argparse gives no other way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - as above
            for below in action.choices.values():
                yield from parsers(below)


@pytest.mark.parametrize(("locale", "heading"), [("C.UTF-8", "选项"), ("en_US.UTF-8", "options")])
def test_every_level_has_help_in_the_locales_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], locale: str, heading: str
) -> None:
    """Each word and each option has its line; in Chinese argparse's own words are Chinese too."""
    monkeypatch.setenv("LC_ALL", locale)
    with pytest.raises(SystemExit):
        zhiwang_in_sight("incident", "dispatch", "--help")
    shown = capsys.readouterr().out
    assert heading in shown
    assert ("单位" in shown) == (heading == "选项")
    for parser in parsers(build(Parser(prog="zhiwang"))):
        for action in parser._actions:  # noqa: SLF001 - argparse gives no other way
            if not isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - as above
                assert action.help, (parser.prog, action.option_strings or action.dest)


def test_a_line_with_a_word_brings_that_words_group() -> None:
    """Alone, each word's group has what it has in the whole tree."""
    (whole,) = _words_of(build(Parser(prog="zhiwang")))
    assert {"incident", "account", "notice", "restore", "run"} < set(whole)
    for word in whole:
        (alone,) = _words_of(build(Parser(prog="zhiwang"), word))
        assert len(alone) < len(whole)
        told = [parser.format_help() for parser in parsers(alone[word])]
        assert [parser.format_help() for parser in parsers(whole[word])] == told


def _words_of(parser: argparse.ArgumentParser) -> Iterator[dict[str, argparse.ArgumentParser]]:
    for action in parser._actions:  # noqa: SLF001 - argparse gives no other way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - as above
            yield dict(action.choices)


def zhiwang_in_sight(*words: str) -> None:
    """Run a command with its output left where it goes."""
    from console.cli import main

    main(words)


def test_every_act_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    shown = zhiwang("incident", "--help").out
    assert set(Verb) <= set(shown.split())
    assert "核查不通过" in shown


HUB = ("hub", "serve", "--listen", "127.0.0.1:0", "--db", "sqlite:///HUB")
LIST = ("incident", "list", "--site", "SEAT", "--json")


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (("--help",), "closed"),
        (("--help",), "full"),
        (("incident", "dispatch", "--help"), "full"),
        (("doctor",), "full"),
        (("doctor", "--json"), "closed"),
        (HUB, "full"),
        (LIST, "closed"),
        (LIST, "full"),
    ],
)
def test_output_that_cannot_be_written_is_no_defect(
    tmp_path: Path, words: tuple[str, ...], where: str
) -> None:
    seat = make_seat(tmp_path / "seat")
    log_in(seat, "clerk1")
    assert 0 == reported(seat, "--text", "货物堵住通道").code
    named = (w.replace("SEAT", str(seat)).replace("HUB", str(tmp_path / "hub.db")) for w in words)
    command = [sys.executable, "-m", "console", *named]
    if where == "full":
        with Path("/dev/full").open("wb") as out:
            ran = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, check=False)
        assert (2, 1) == (ran.returncode, len(ran.stderr.splitlines())), ran.stderr
    else:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()
        process.stderr.close()
        assert (0, b"") == (process.wait(), told)


@pytest.mark.parametrize("where", ["file", "file/below", "x" * 300])
def test_no_code_is_used_up_for_a_folder_that_cannot_be_one(tmp_path: Path, where: str) -> None:
    """The hub is not asked: where none answers, the folder is what is wrong."""
    (tmp_path / "file").touch()

    with pytest.raises(BadInput, match="DIR"):
        sites.init(tmp_path / where, NOBODY, "code")


def test_a_failed_enrolment_leaves_no_folder(tmp_path: Path) -> None:
    ran = zhiwang("site", "init", tmp_path / "deep" / "er", "--hub", NOBODY, "--code", "x")

    assert 3 == ran.code
    assert [] == list(tmp_path.iterdir())


def test_events_of_everything_can_be_exported(tmp_path: Path) -> None:
    seat = make_seat(tmp_path / "seat")
    log_in(seat, "clerk1")
    reported(seat, "--text", "一")
    reported(seat, "--text", "二")

    types = [each["type"] for each in zhiwang("export", "events", "--site", seat).lines()]

    assert ["reported", "reported", "logged_in"] == types
