"""The table of the twenty-five faults names tests that are there."""

from __future__ import annotations

import re

from dispatch.drill.faults.program import FAULTS
from tests.house.source import ROOT
from tests.sync.seeded_bugs import BUGS

PAGE = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| (\d+) \|(.*)$", PAGE, re.MULTILINE))


def test_every_fault_has_a_row() -> None:
    assert [str(number) for number in range(1, 26)] == list(ROWS)


def test_every_row_names_tests_that_are_there() -> None:
    missing = []
    for number, row in ROWS.items():
        named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", row)
        if not named:
            missing.append(f"{number}: none named")
        for file, name in named:
            path = ROOT / file
            text = path.read_text(encoding="utf-8") if path.is_file() else ""
            if not re.search(rf"^ *(async )?def {name}\(", text, re.MULTILINE):
                missing.append(f"{number}: {file}::{name}")
    assert [] == missing


def test_every_seeded_fault_is_told() -> None:
    """Those of the runs are in the page's first table; what a row calls seeded is one of them."""
    told = set(re.findall(r"`([a-z ]+)`", PAGE.partition("## What must hold")[0]))
    assert set(FAULTS) <= told
    last = {word for row in ROWS.values() for word in re.findall(r"`([a-z ]+)`", row)}
    assert last <= set(FAULTS)


def test_the_page_counts_the_bugs_put_in() -> None:
    assert f"puts {len(BUGS)} bugs" in PAGE
