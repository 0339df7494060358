"""A window that stands before its desk: what is asked waits, what fails is told."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from console.opening import LateDesk, Opening
from dispatch.desk.desk import Desk
from dispatch.domain.errors import Refused, StoreError
from tests.builders import given_site

WAIT_MS = 15_000
LATE = {"sqlalchemy", "numpy", "shapely", "pyqtgraph", "typst", "pypinyin", "requests", "argon2"}


class Small:
    """As much of a desk as is asked for here."""

    person = "演示甲"

    def __init__(self) -> None:
        self.told: list[object] = []

    def subscribe(self, callback: object) -> None:
        self.told.append(callback)

    def still_here(self) -> None:
        self.told.append("here")

    def find(self, text: str) -> Future[str]:
        found: Future[str] = Future()
        found.set_result(f"id of {text}")
        return found

    def act(self, command: object) -> Future[object]:
        raise Refused("not_logged_in", name=str(command))


# Any: a small desk stands for the real one.
def late(made: Any) -> tuple[LateDesk, Opening]:
    def make() -> Desk:
        if isinstance(made, Exception):
            raise made
        return cast("Desk", made)

    desk = LateDesk(lambda: 1)
    return desk, Opening(make, desk)


def test_what_is_asked_before_the_opening_is_answered_after_it(qtbot: QtBot) -> None:
    small = Small()
    desk, opening = late(small)
    found, refused = desk.find("1023"), desk.act("派")
    desk.subscribe(print)
    desk.still_here()
    assert (None, False, []) == (desk.person, found.done(), small.told)

    with qtbot.waitSignal(opening.ended, timeout=WAIT_MS):
        opening.begin()

    assert "id of 1023" == found.result(0)
    assert isinstance(refused.exception(0), Refused)
    desk.still_here()
    assert ["演示甲", print, "here"] == [desk.person, *small.told]
    assert "id of 7" == desk.find("7").result(0)
    with pytest.raises(Refused):
        desk.act("派")


def test_a_desk_that_does_not_open_fails_what_was_asked(qtbot: QtBot) -> None:
    desk, opening = late(StoreError("site.db: 打不开"))
    found = desk.find("1023")
    with qtbot.waitSignal(opening.ended, timeout=WAIT_MS):
        opening.begin()
    assert "site.db: 打不开" == str(found.exception(0)) == str(desk.find("7").exception(0))
    assert desk.person is None
    assert opening.wait() is None


def test_an_opening_that_was_not_begun_is_not_waited_for() -> None:
    _, opening = late(Small())
    assert opening.wait() is None


def test_it_opens_in_a_thread_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    seen = []

    def make() -> Desk:
        seen.append(threading.current_thread())
        return Desk(given_site(tmp_path), lambda: 1)

    desk = LateDesk(lambda: 1)
    opening = Opening(make, desk)
    rows = desk.rows()
    with qtbot.waitSignal(opening.ended, timeout=WAIT_MS):
        opening.begin()
    made = opening.wait()
    assert made is not None
    rows.exception(WAIT_MS / 1000)
    made.site.close()
    assert [True] == [thread is not threading.main_thread() for thread in seen]


@pytest.mark.parametrize(
    "code",
    [
        "import console.app",
        "from console.cli import Parser; from console.tree import build; build(Parser(), 'run')",
    ],
)
def test_what_the_first_window_does_not_need_comes_after_it(code: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", f"{code}; import sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert set() == LATE & set(told.stdout.split())
