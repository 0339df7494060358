"""What the exceptions tray says of a store that was damaged."""

from __future__ import annotations

import pytest

from dispatch.desk.views import Exceptional
from tests.builders import NOON
from ui.sync.tray_words import words_of


@pytest.mark.parametrize(
    ("what", "said"), [("12", "救回 12 条"), ("0", "救回 0 条"), ("", "还没救出")]
)
def test_a_damaged_store_that_is_not_saved_yet_is_told_apart(what: str, said: str) -> None:
    assert said in words_of(Exceptional("damage", what, NOON, "admin", ""))
