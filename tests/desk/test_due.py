"""What is due and silent stands in the exceptions tray; an owed information report in the row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch.acts.perform import new_id
from dispatch.desk.desk import Desk
from dispatch.desk.handover import HandoverDesk
from dispatch.desk.town import TownDesk
from dispatch.desk.views_tray import Exceptional
from dispatch.domain.bodies_town import Checked
from dispatch.domain.calendar import DAY, HOUR, MINUTE, local
from dispatch.domain.codes import BulletinPart, Channel, LineKind, Supervision
from dispatch.domain.command import Command, Verb
from dispatch.domain.decide_campaign import IssueCampaign, PlaceToCheck
from dispatch.domain.decide_force import CheckObject
from dispatch.domain.decide_shift import ShiftCommand, ShiftVerb
from dispatch.domain.notice import IssueNotice
from dispatch.domain.shift import shift_of
from dispatch.drill.people import made_roster
from dispatch.wire.objects import Delta, ManagedObject
from tests.desk.offices import FIRE, PASSWORD, SAFETY, Hand, open_desk
from tests.unit.towns import HENGLI, hengli

WORKER = made_roster(hengli()).workers[0].login
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
    due = start + 20 * MINUTE
    told = Exceptional("inform", f"{number} phone", due, "chief", id_, due)
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


def test_a_part_that_nobody_signs_for_or_does_is_told(desk: Desk, clock: Hand) -> None:
    id_ = given_at_work(desk)
    start = clock.now
    by(desk, "chief1", Verb.JOINT, id_, unit=FIRE, assists=(SAFETY,), answer_by=start + HOUR)
    clock.forward(HOUR)
    assert [] == tray(desk, "whistle")
    clock.forward(1)
    number = desk.rows(frozenset({id_})).result()[0].number
    (told,) = tray(desk, "whistle")
    name = desk.pane(id_).result().subs[0].name
    assert (f"{number} sent {name}", start + HOUR, id_) == (told.what, told.due, told.incident)
    said = {"at": clock.now, "talked": "某人", "text": "清障", "due": clock.now + HOUR}
    by(desk, "safety1", Verb.SUB_SIGN, id_, **said)
    assert [] == tray(desk, "whistle") + tray(desk, "part")

    disposal = desk.incident(id_).result().subs[0].clock()
    assert disposal is not None
    clock.now = disposal.due + 1
    assert [f"{number} work {name}"] == [each.what for each in tray(desk, "part")]
    by(desk, "fire1", Verb.ASK_HOLD, id_, reason="season", review_at=clock.now + 9 * DAY)
    by(desk, "leader1", Verb.GRANT_HOLD, id_)
    assert [] == tray(desk, "part")


def test_a_notice_is_told_to_whom_it_asks_until_it_is_read(desk: Desk, clock: Hand) -> None:
    desk.login("chief1", PASSWORD).result()
    town = TownDesk(desk)
    due = clock.now + HOUR
    order = IssueNotice(id="", to=("@clerk1",), title="演示通知", due=due)
    id_ = town.issue_notice(order).result()
    assert [] == tray(desk, "notice")  # it is not for the chief
    desk.login("clerk1", PASSWORD).result()
    assert [("演示通知", due)] == [(each.what, each.due) for each in tray(desk, "notice")]
    town.read_notice(id_).result()
    assert [] == tray(desk, "notice")


def test_a_check_that_has_run_out_unanswered_is_told(desk: Desk, clock: Hand) -> None:
    desk.login("chief1", PASSWORD).result()
    town = TownDesk(desk)
    grid = hengli().grids[0].code
    places = (PlaceToCheck(grid=grid),)
    id_, _ = town.issue_campaign(
        IssueCampaign(id=new_id(), title="演示检查", due=clock.now + HOUR, places=places)
    ).result()
    assert [] == tray(desk, "round")
    clock.forward(HOUR + MINUTE)
    assert ["1 演示检查"] == [each.what for each in tray(desk, "round")]
    desk.login("chief1", PASSWORD).result()
    town.end_campaign(id_).result()
    assert [] == tray(desk, "round")


def test_objects_that_were_due_and_not_looked_at_are_told_after_hours(
    desk: Desk, clock: Hand
) -> None:
    grid = hengli().grids[0].code
    rows = tuple(
        ManagedObject(f"O{nth}", "三小场所", f"演示店 {nth}", grid, due_on="2026-11-21")
        for nth in range(3)
    )
    desk.site.objects.apply(Delta(version="1", town=HENGLI, since=0, next=1, more=False, rows=rows))
    assert [] == tray(desk, "objects")
    clock.forward(8 * HOUR)  # 18:00
    desk.login("dispatcher1", PASSWORD).result()
    assert ["3"] == [each.what for each in tray(desk, "objects")]
    looks = (CheckObject(object="O1", grid=grid, finding=Checked.CLEAR, on_behalf=WORKER),)
    TownDesk(desk).check_objects(looks).result()
    (told,) = tray(desk, "objects")
    assert ("2", "17:30") == (told.what, f"{local(told.due or 0):%H:%M}")
