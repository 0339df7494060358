"""Who else works on an incident: told in the pane and in the form, taken over with one key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from dispatch.domain.command import Verb
from dispatch.wire.protocol import CLAIM_GONE_MS, Claim
from tests.ui.test_seat_window import WAIT_MS, Seat, report
from ui.acts.keys import KEYS, TAKE


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[Seat]:
    """A seat with nothing in the queue."""
    made = Seat(qtbot, tmp_path)
    yield made
    made.whole.window.close()
    made.desk.site.close()


def shown(seat: Seat) -> str:
    """A filed incident that the pane shows; its id."""
    seat.open("dispatcher1")
    id_ = report(seat, "0602", 1)
    seat.whole.window.show_incident(id_)
    seat.wait_shown(id_)
    return id_


def hear(seat: Seat, id_: str, silent_ms: int) -> None:
    """Let the hub tell that clerk1's seat has the incident open."""
    now = seat.clock()
    seat.desk.claims.hear((Claim(id_, "clerk1", "s2", now - silent_ms),), now)


def test_a_dead_seats_work_is_taken_over_with_one_key(seat: Seat) -> None:
    id_ = shown(seat)
    lines = seat.whole.pane.claims
    assert () == lines.lines()
    hear(seat, id_, 0)
    seat.qtbot.waitUntil(lambda: lines.lines() == ("演示受正在办这件事",), timeout=WAIT_MS)
    assert not lines.gone()

    hear(seat, id_, CLAIM_GONE_MS + 60_000)
    seat.qtbot.waitUntil(lines.gone, timeout=WAIT_MS)
    assert "演示受的席位 2 分没有应答" in lines.lines()[0]
    tray = seat.whole.window.tray
    seat.qtbot.waitUntil(lambda: "seat_gone" in tray.kinds(), timeout=WAIT_MS)

    seat.whole.pane.setFocus()
    seat.key(Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    seat.qtbot.waitUntil(lambda: lines.lines() == (), timeout=WAIT_MS)
    texts = [each.text for each in seat.desk.pane(id_).result().timeline]
    assert any("接手：演示受的席位自 11:17 起没有应答" in each for each in texts), texts
    assert "已接手" in seat.whole.window.bottom.note()
    seat.wait_shown(id_)


def test_the_form_warns_of_a_living_seat_and_claims_for_this_one(seat: Seat) -> None:
    said: list[tuple[str, ...]] = []
    seat.desk.claims.tell(lambda mine, _over: said.append(tuple(each.incident for each in mine)))
    id_ = shown(seat)
    hear(seat, id_, 0)
    lines = seat.whole.pane.claims
    seat.qtbot.waitUntil(lambda: bool(lines.lines()), timeout=WAIT_MS)
    pane = seat.whole.pane.shown()
    assert pane is not None

    seat.whole.acts.want(Verb.NOTE, pane)
    form = seat.whole.acts.form
    assert form is not None
    assert "演示受也正在办这件事" == form.note.text()
    assert (id_,) == said[-1]

    seat.key(Qt.Key.Key_Escape)
    seat.qtbot.waitUntil(lambda: said[-1] == (), timeout=WAIT_MS)


def test_the_key_of_taking_over_is_no_acts_key() -> None:
    assert TAKE not in set(KEYS.values())
