"""docs/events.md tells a stranger what the code takes."""

from __future__ import annotations

from pathlib import Path

from console.event_types import page

PAGE = Path(__file__).parents[2] / "docs" / "events.md"


def test_the_page_is_what_the_code_says() -> None:
    assert page() == PAGE.read_text(encoding="utf-8")
