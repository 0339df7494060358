"""One incident from report to close through the desk over a real store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch.acts.perform import new_id
from dispatch.desk.desk import Desk
from dispatch.desk.reporting import Reporting
from dispatch.domain.codes import Channel, State
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import Refused
from tests.desk.offices import FIRE, PASSWORD, SAFETY, Hand, open_desk
from tests.unit.towns import hengli

MINUTE = 60_000


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def desk(tmp_path: Path, hand: Hand) -> Iterator[Desk]:
    made = open_desk(tmp_path / "seat", hand)
    yield made
    made.site.close()


def do(desk: Desk, name: str, verb: Verb, id_: str, **options: object) -> State | None:
    """Act as somebody, logged in as needed; return the state afterwards."""
    if desk.person is None or desk.person.account != name:
        desk.login(name, PASSWORD).result()
    command = Command(verb=verb, incident=id_, **options)  # type: ignore[arg-type]
    desk.act(command).result()
    return desk.incident(id_).result().state


def given_reported(desk: Desk, item: str = "0605") -> str:
    """A report by the clerk in the middle of the first grid."""
    desk.login("clerk1", PASSWORD).result()
    grid = hengli().grids[0]
    id_ = new_id()
    command = Command(
        verb=Verb.REPORT, incident=id_, item=item, text="三楼通道堆满货物", place="工业二路18号"
    )
    desk.report_at(command, grid.lon, grid.lat).result()
    return id_


def test_from_report_to_close(desk: Desk, hand: Hand) -> None:
    """Every step by its own person; each state as the life cycle has it."""
    id_ = given_reported(desk)
    walked = [desk.incident(id_).result().state]
    for name, verb, options in (
        ("clerk1", Verb.FILE, {}),
        ("dispatcher1", Verb.DISPATCH, {"unit": FIRE}),
        ("fire1", Verb.SIGN, {"person": "队员甲"}),
        ("fire1", Verb.ARRIVE, {}),
        ("fire1", Verb.FEEDBACK, {"text": "通道已清空", "closing_met": True}),
        ("inspector1", Verb.INSPECT_PASS, {}),
        ("supervisor1", Verb.CALL_BACK, {"channel": Channel.PHONE, "grade": 1}),
        ("chief1", Verb.CLOSE, {"score": 95}),
    ):
        hand.forward(MINUTE)
        if verb is Verb.CALL_BACK and walked[-1] is not State.VISIT:
            continue
        walked.append(do(desk, name, verb, id_, **options))

    incident = desk.incident(id_).result()
    assert State.CLOSED is incident.state
    assert incident.on_time
    assert [State.REPORTED, State.FILED, State.SENT, State.WORK, State.WORK, State.DONE] == walked[
        :6
    ]
    pane = desk.pane(id_).result()
    assert ("三楼通道堆满货物", "工业二路18号") == (pane.text, pane.row.place)
    assert "closed" == pane.timeline[0].type


def test_a_second_dispatch_is_refused_with_the_first_unit(desk: Desk) -> None:
    """Two operators press dispatch: the later one learns who has it."""
    id_ = given_reported(desk)
    do(desk, "clerk1", Verb.FILE, id_)
    do(desk, "dispatcher1", Verb.DISPATCH, id_, unit=FIRE)

    with pytest.raises(Refused) as refused:
        do(desk, "dispatcher1", Verb.DISPATCH, id_, unit=SAFETY)

    assert "already_dispatched" == refused.value.code
    assert FIRE == refused.value.facts["unit"]


def test_a_search_finds_text_place_and_number(desk: Desk) -> None:
    """One character, two, and the temporary number lead to the incident."""
    id_ = given_reported(desk)
    temp = desk.incident(id_).result().temp

    for text in ("货", "通道", "工业二路", temp):
        assert [id_] == [row.id for row in desk.search(text).result()]


def test_five_wrong_passwords_lock_for_a_quarter_of_an_hour(desk: Desk, hand: Hand) -> None:
    """The right password does not help until the time is over."""
    for _ in range(5):
        with pytest.raises(Refused) as refused:
            desk.login("clerk1", "wrong-password").result()
        assert "login_failed" == refused.value.code

    with pytest.raises(Refused) as refused:
        desk.login("clerk1", PASSWORD).result()
    assert "locked_out" == refused.value.code
    hand.forward(15 * MINUTE)
    assert "clerk1" == desk.login("clerk1", PASSWORD).result().account


def test_the_handler_does_not_inspect_the_own_work(desk: Desk) -> None:
    """Nobody of the unit passes what the unit did."""
    id_ = given_reported(desk)
    do(desk, "clerk1", Verb.FILE, id_)
    do(desk, "dispatcher1", Verb.DISPATCH, id_, unit=FIRE)
    do(desk, "fire1", Verb.SIGN, id_, person="队员甲")
    do(desk, "fire1", Verb.FEEDBACK, id_, text="已清", closing_met=True)

    with pytest.raises(Refused) as refused:
        do(desk, "fire1", Verb.INSPECT_PASS, id_)
    assert "role_missing" == refused.value.code


def test_workers_strip_and_advice_are_there(desk: Desk) -> None:
    """The other answers of the desk over the same store."""
    id_ = given_reported(desk)
    advice = desk.advice(id_).result()
    assert FIRE == advice.units[0].unit
    assert 1 == desk.strip().result().unsent - 1
    assert len(desk.workers().result()) > 200
    assert desk.geometry().result().synthetic
    assert id_ in {row.id for row in desk.rows().result()}


def test_people_are_called_by_name_where_the_hub_knows_one(desk: Desk) -> None:
    """On the strip and in the timeline; the account stays beside it."""
    id_ = given_reported(desk)
    do(desk, "clerk1", Verb.FILE, id_)
    desk.login("chief1", PASSWORD).result()
    desk.shift_on("1").result()
    strip = desk.strip().result()
    assert ("演示长", "chief1", "演示长") == (strip.person, strip.account, strip.chief)

    filed, reported = desk.pane(id_).result().timeline
    for entry in (filed, reported):
        assert ("clerk1", "演示受") == (entry.actor, entry.person)

    desk.login("dispatcher1", PASSWORD).result()
    assert "dispatcher1" == desk.strip().result().person


def test_a_shift_report_is_made_from_what_is_known_here(
    desk: Desk, hand: Hand, tmp_path: Path
) -> None:
    """Balanced, provisional while nothing is at the hub, its hash in the log."""
    given_reported(desk)
    hand.forward(MINUTE)
    now = desk.now()

    span = (now - 120 * MINUTE, now + 60 * MINUTE)
    made = Reporting(desk).issue_report(*span, tmp_path / "out").result()

    assert (True, True) == (made.balanced, made.provisional)
    assert any(path.suffix == ".pdf" for path in made.paths)
    charts = Reporting(desk).charts(*span).result()
    assert (1, 1) == (sum(charts.new), charts.backlog[-1])
    assert 2 == len(charts.hours)
