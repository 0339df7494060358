"""Strings that break careless code: the shared files', where they are at hand."""

from __future__ import annotations

import base64
import csv
import json
import random
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
NAUGHTY = 40
"""Sample of the Big List of Naughty Strings."""


def column(file: str, name: str) -> list[str]:
    """Return a column of a shared CSV file; a missing file skips the test, visibly."""
    path = SHARED / file
    if not path.is_file():
        pytest.skip(f"../shared/data/{file} is not at hand")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [row[name] for row in csv.DictReader(lines)]


def hostile() -> list[str]:
    """Return the Chinese hostile strings and a fixed sample of the naughty ones, none empty."""
    found = column("zh_hostile_strings.csv", "text")
    naughty = json.loads((SHARED / "blns.base64.json").read_text(encoding="utf-8"))
    texts = [base64.b64decode(each).decode("utf-8", "replace") for each in naughty]
    found += random.Random(3).sample([text for text in texts if text], NAUGHTY)
    return [text for text in dict.fromkeys(found) if text]


def kept(text: str) -> bool:
    """Return whether a door may take the text: no NUL, no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def subjects() -> list[str]:
    """Return real subject lines of complaints."""
    return [text for text in column("zh_complaint_subjects.csv", "subject") if text]
