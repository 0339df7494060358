"""Four digits that several incidents bear: all of them are listed, and a refusal names them."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot

from dispatch.desk.views import QueueRow
from dispatch.domain.errors import Refused
from tests.ui import panel_scene as scene
from tests.ui.panel_desk import PanelDesk, failed, given
from ui.acts.found import Found
from ui.acts.lookups import Lookups
from ui.live import Live
from ui.refusals import words

NUMBERS = ("202611211025", "202611221025")
ERROR = Refused("ambiguous", incident="1025", numbers="、".join(NUMBERS))


@dataclass
class TwiceDesk(PanelDesk):
    """Two incidents of different days bear the same four digits."""

    def find(self, text: str) -> Future[str]:
        return failed(ERROR if text == "1025" else Refused("unknown_incident", incident=text))

    def search(self, text: str, limit: int = 50) -> Future[tuple[QueueRow, ...]]:
        rows = (scene.row(number=each) for each in (*NUMBERS, "202610250001"))
        return given(tuple(row for row in rows if text in row.number)[:limit])


@pytest.mark.parametrize("kind", ["spots", "incidents"])
@pytest.mark.parametrize(("text", "ends"), [("1025", NUMBERS), ("9999", ())])
def test_all_who_bear_a_number_are_listed(
    qtbot: QtBot, kind: str, text: str, ends: tuple[str, ...]
) -> None:
    live = Live(TwiceDesk())
    lookups = Lookups(live, TwiceDesk())
    answers: list[tuple[str, tuple[Found, ...]]] = []
    getattr(lookups, kind)(text, lambda *given: answers.append(given))
    qtbot.waitUntil(lambda: bool(answers))

    [(asked, lines)] = answers
    assert text == asked
    assert [scene.row(number=each).id for each in ends] == [line.code for line in lines]
    live.close()


def test_the_refusal_names_them() -> None:
    assert f"“1025”对应多件事件：{NUMBERS[0]}、{NUMBERS[1]}，请输入完整编号" == words(ERROR)
