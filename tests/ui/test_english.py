"""The English of the window: complete, with the same places, none stale, compiled as it stands."""

from __future__ import annotations

import string
import subprocess
import sys
from pathlib import Path

import pytest

from installer import translations
from installer.source_strings import ROOT, found
from ui import tongue

TS = translations.FOLDER / "en.ts"


def places(text: str) -> set[str]:
    """Return the names of the places that are filled."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_text_of_the_window_passes_through_a_translation() -> None:
    bare = [f"{each.path}:{each.line} {each.text}" for each in found() if each.context is None]
    assert not bare


def test_every_text_has_its_english_and_none_is_stale() -> None:
    held, wanted = translations.read(TS), translations.wanted()
    assert len(wanted) > 1000
    assert not wanted.keys() - held.keys()
    assert not held.keys() - wanted.keys()
    assert not [key for key, said in held.items() if not said.strip()]


def test_places_are_the_same_on_both_sides() -> None:
    held = translations.read(TS)
    assert not [text for (_, text), said in held.items() if places(text) != places(said)]


def test_no_chinese_is_left_in_the_english() -> None:
    left = [said for said in translations.read(TS).values() if any("一" <= c <= "鿿" for c in said)]
    # What is typed at the palette in the example of its own field.
    assert left == ["Type a command, e.g. 派 1023 张伟"]


def test_the_compiled_words_are_those_of_the_text(tmp_path: Path) -> None:
    made = tmp_path / "en.qm"
    translations.compile_to(TS, made)
    assert made.read_bytes() == TS.with_suffix(".qm").read_bytes()


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"):
        tongue.choose("fr")


def test_the_views_in_english_are_neither_cut_nor_left_chinese() -> None:
    """A process of its own: words are translated while their modules are imported."""
    views = Path(__file__).with_name("english_views.py")
    plugin = "tests.ui.english_first"
    line = [sys.executable, "-m", "pytest", "-q", "-p", plugin, str(views)]
    done = subprocess.run(line, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
    assert "2 passed" in done.stdout


@pytest.mark.parametrize("word", ["run", "demo"])
def test_a_window_s_command_imports_no_words_before_their_language_is_chosen(word: str) -> None:
    code = (
        "import sys\nfrom console.cli import Parser\nfrom console.tree import build\n"
        f"build(Parser(prog='zhiwang'), {word!r})\nfrom console import language\n"
        "language.settle('en')\nfrom ui import labels\nprint(labels.state('filed'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "To dispatch"
