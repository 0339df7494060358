"""Where a printed number stands, as the typesetter says, holds that number, as poppler reads it."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from dispatch.reports.issue import ReportFiles, make_report, preview
from dispatch.reports.page_types import Spot
from tests.reports.test_issue import quiet_day

_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_LETTER = re.compile(r"[\u4e00-\u9fff]")
_AT = r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"'
_WORD = re.compile(f"<word {_AT}>([^<]*)<")


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page; the middle of its line and its ends, in parts of the page."""

    text: str
    left: float
    right: float
    middle: float


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> ReportFiles:
    return make_report(quiet_day(), tmp_path_factory.mktemp("spots"), ("pdf", "csv"))


@cache
def pages(pdf: Path) -> list[list[Word]]:
    """Every page's words, by poppler."""
    told = subprocess.run(
        ["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True
    ).stdout
    found = []
    for wide, high, body in _PAGE.findall(told):
        words = []
        for left, top, right, bottom, text in _WORD.findall(body):
            middle = (float(top) + float(bottom)) / 2 / float(high)
            words.append(Word(text, float(left) / float(wide), float(right) / float(wide), middle))
        found.append(words)
    return found


def under(spot: Spot, words: list[Word]) -> str:
    """What is printed at a spot, without the letters of the watermark that lies across it."""
    line = [each for each in words if spot.y - 0.004 < each.middle < spot.y + spot.high + 0.004]
    here = [e for e in line if e.left < spot.x + spot.wide - 0.001 and e.right > spot.x + 0.001]
    printed = "".join(each.text for each in sorted(here, key=lambda each: each.left))
    return _LETTER.sub("", printed)


def test_every_spot_holds_the_number_it_names(made: ReportFiles) -> None:
    sheet, found = preview(quiet_day()), pages(made.paths[0])
    for spot in made.spots:
        figure = sheet[spot.figure]
        printed = under(spot, found[spot.page - 1])
        wanted = {each.replace(" ", "") for each in (figure.text, figure.ratio) if each}
        assert any(each in printed for each in wanted), (spot, printed, wanted)


def test_the_front_page_the_flow_and_the_tables_have_their_spots(made: ReportFiles) -> None:
    """In the order of reading; the twelve, the waterfall and the table of levels among them."""
    order = [(each.page, each.y, each.x) for each in made.spots]
    assert sorted(order) == order
    first = [each.figure for each in made.spots if each.page == 1]
    twelve = first[-12:]
    assert twelve[:4] == ["flow.opening.all", "flow.new.all", "flow.closed.all", "flow.closing.all"]
    assert first[:-12] == [
        *("flow.opening.all", "flow.new.all", "flow.reopened.all", "flow.closed.all"),
        *("flow.voided.all", "flow.merged.all", "flow.closing.all"),
        *("flow.new.P1", "light.closing.red", "light.closing.hold", "list.contested"),
        *("facts.all", "facts.late", "facts.pending"),
    ]
    second = [each.figure for each in made.spots if each.page == 2]
    assert 3 == second.count("flow.new.all")  # the waterfall, the sums by level and by source
    assert "flow.closed.P2" in second
    assert {5, 6, 7} <= {each.page for each in made.spots}


def test_without_a_pdf_nothing_is_printed_anywhere(tmp_path: Path) -> None:
    assert () == make_report(quiet_day(), tmp_path, ("csv",)).spots
