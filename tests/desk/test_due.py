"""What is due and silent stands in the exceptions tray; an owed information report in the row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch.acts.perform import new_id
from dispatch.desk.desk import Desk
from dispatch.desk.handover import HandoverDesk
from dispatch.desk.views import Exceptional
from dispatch.domain.calendar import DAY, HOUR, MINUTE
from dispatch.domain.codes import BulletinPart, Channel, LineKind, Supervision
from dispatch.domain.command import Command, Verb
from dispatch.domain.decide_shift import ShiftCommand, ShiftVerb
from dispatch.domain.shift import shift_of
from tests.desk.offices import FIRE, PASSWORD, Hand, open_desk
from tests.unit.towns import HENGLI, hengli

FIRE_ITEM, MINOR = "0801", "0605"
"""A P1 item, which owes an information report, and one that owes none."""


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def desk(tmp_path: Path, clock: Hand) -> Iterator[Desk]:
    made = open_desk(tmp_path / "seat", clock)
    yield made
    made.site.close()


def given_reported(desk: Desk, item: str = FIRE_ITEM) -> str:
    desk.login("clerk1", PASSWORD).result()
    grid = hengli().grids[0]
    command = Command(verb=Verb.REPORT, incident=new_id(), item=item, text="演示")
    return desk.report_at(command, grid.lon, grid.lat).result().incident


def given_at_work(desk: Desk) -> str:
    id_ = given_reported(desk, MINOR)
    desk.act(Command(verb=Verb.FILE, incident=id_)).result()
    by(desk, "dispatcher1", Verb.DISPATCH, id_, unit=FIRE)
    by(desk, "fire1", Verb.SIGN, id_, person="演示甲")
    return id_


def by(desk: Desk, name: str, verb: Verb, id_: str, **options: object) -> None:
    desk.login(name, PASSWORD).result()
    desk.act(Command(verb=verb, incident=id_, **options)).result()  # type: ignore[arg-type]


def tray(desk: Desk, kind: str) -> list[Exceptional]:
    return [each for each in desk.exceptions().result() if each.kind == kind]


def owed(desk: Desk, id_: str) -> Channel | None:
    found = desk.rows(frozenset({id_})).result()[0].inform
    return found.way if found else None


def test_an_information_report_that_is_overdue_is_told_until_it_is_made(
    desk: Desk, clock: Hand
) -> None:
    start = clock.now
    id_ = given_reported(desk)
    other = given_reported(desk, MINOR)
    assert (Channel.PHONE, None) == (owed(desk, id_), owed(desk, other))
    clock.forward(20 * MINUTE)
    assert [] == tray(desk, "inform")
    clock.forward(1)
    number = desk.rows(frozenset({id_})).result()[0].number
    told = Exceptional("inform", f"{number} phone", start + 20 * MINUTE, "chief", id_)
    assert [told] == tray(desk, "inform")

    by(desk, "clerk1", Verb.INFORM, id_, part=BulletinPart.FIRST, text="甲", channel=Channel.PHONE)
    assert [] == tray(desk, "inform")
    assert Channel.MESSAGE is owed(desk, id_)
    clock.forward(21 * MINUTE)
    assert [f"{number} message"] == [each.what for each in tray(desk, "inform")]
    by(desk, "clerk1", Verb.INFORM, id_, part=BulletinPart.FIRST, text="乙")
    assert ([], None) == (tray(desk, "inform"), owed(desk, id_))


def test_the_row_owes_what_the_pane_shows(desk: Desk) -> None:
    id_ = given_reported(desk)
    pane = desk.pane(id_).result()
    assert desk.rows(frozenset({id_})).result()[0].inform == pane.bulletins.owed[0]


def test_a_closed_incident_owes_nothing_in_the_tray(desk: Desk, clock: Hand) -> None:
    id_ = given_reported(desk)
    by(desk, "chief1", Verb.RECORD_ONLY, id_)
    clock.forward(HOUR)
    assert [] == tray(desk, "inform")


def test_a_supervision_that_is_not_answered_in_time(desk: Desk, clock: Hand) -> None:
    id_ = given_at_work(desk)
    due = clock.now + HOUR
    by(desk, "chief1", Verb.SUPERVISE, id_, level=Supervision.NORMAL, due=due)
    assert [] == tray(desk, "card")
    clock.forward(HOUR + 1)
    [line] = tray(desk, "card")
    assert (due, id_) == (line.since, line.incident)
    assert line.what.endswith(" normal")
    by(desk, "fire1", Verb.REPLY_SUPERVISION, id_, text="已办")
    assert [] == tray(desk, "card")


def test_a_hold_whose_review_date_has_passed(desk: Desk, clock: Hand) -> None:
    id_ = given_at_work(desk)
    review = clock.now + 2 * DAY
    by(desk, "dispatcher1", Verb.ASK_HOLD, id_, reason="season", review_at=review)
    by(desk, "leader1", Verb.GRANT_HOLD, id_)
    assert [] == tray(desk, "review")
    clock.forward(2 * DAY + 1)
    assert [id_] == [each.incident for each in tray(desk, "review")]


def test_a_promise_that_was_not_kept_in_time(desk: Desk, clock: Hand) -> None:
    id_ = given_reported(desk, MINOR)
    desk.login("chief1", PASSWORD).result()
    shift, due = shift_of(HENGLI, clock.now), clock.now + HOUR
    line = ShiftCommand(
        verb=ShiftVerb.WRITE, shift=shift, text="回电", kind=LineKind.PROMISE, incident=id_, due=due
    )
    HandoverDesk(desk).act(line).result()
    assert [] == tray(desk, "promise")
    clock.forward(14 * HOUR)
    [told] = tray(desk, "promise")
    assert (due, id_) == (told.since, told.incident)
