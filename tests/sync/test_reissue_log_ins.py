"""A log-in that was written anew: whoever sits there works on, and the hub knows by which one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from dispatch.acts.perform import Author, new_id, perform, record_one
from dispatch.desk.desk import Desk
from dispatch.desk.people import Person
from dispatch.domain.bodies_shift import LoggedIn
from dispatch.domain.codes import Kind
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import Refused
from dispatch.domain.event import Event, Subject
from dispatch.hub.hub import Hub
from dispatch.store.rows import SessionRow
from dispatch.store.site_log import SiteLog
from dispatch.wire.envelope import read
from tests.desk.offices import PASSWORD, Hand, open_desk
from tests.given import CLERK
from tests.sync.conftest import Making
from tests.unit.towns import HENGLI


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk where two things were written before clerk1 logged in."""
    made = open_desk(tmp_path / "a", Hand())
    with closing(made.site):
        for _ in range(2):
            made.site.write(written).result()
        made.login("clerk1", PASSWORD).result()
        yield made


def written(log: SiteLog, session: str = "") -> Event:
    """Log in as clerk2."""
    author = Author("clerk2", "clerk", session)
    body = LoggedIn(node=HENGLI, roles=("clerk",), offline=True, accounts="1")
    return record_one(log, (Kind.SESSION, new_id()), "logged_in", body, author, 1)


def first_is_lost(log: SiteLog) -> int:
    """Lose the present incarnation's first event; write those after it anew."""
    here = (log.identity.inc,)
    log.connection.exec_driver_sql("DELETE FROM event WHERE inc = ? AND sseq = 1", here)
    return log.issue_again(log.identity.inc, 1)


def everything(desk: Desk) -> list[tuple[Event, str | None]]:
    """Return every event of the store with why it is held."""
    rows = desk.site.write(
        lambda log: log.connection.exec_driver_sql(
            "SELECT raw, held FROM event ORDER BY pos"
        ).fetchall()
    ).result()
    return [(read(raw), held) for raw, held in rows]


def standing(desk: Desk) -> list[Event]:
    return [event for event, held in everything(desk) if held is None]


def mine(desk: Desk) -> list[Event]:
    return [each for each in standing(desk) if each.actor == "clerk1"]


def noted(desk: Desk) -> Event:
    """Take a seat as whoever is logged in; return the event."""
    desk.shift_on("1").result()
    return standing(desk)[-1]


def test_the_person_at_the_desk_works_on_by_the_new_log_in(desk: Desk) -> None:
    before = noted(desk).session
    assert 3 == desk.site.write(first_is_lost).result()

    after = noted(desk)
    desk.logout().result()

    (log_in,) = (each for each in mine(desk) if each.type == "logged_in")
    assert before != log_in.hash
    assert log_in.hash == after.session
    assert {log_in.hash} == {each.session for each in mine(desk) if each.type != "logged_in"}
    assert (log_in.hash,) == standing(desk)[-1].base


def test_a_second_loss_is_followed_too_and_a_session_s_file_as_well(desk: Desk) -> None:
    first = session_of(desk)
    second = noted(desk).session
    for _ in range(2):
        desk.site.write(first_is_lost).result()
    again = Desk(desk.site, Hand())
    again.resume("clerk1")

    event = noted(again)

    log_ins = [each for each, _ in everything(desk) if each.actor == "clerk1"]
    (log_in,) = (each for each in mine(desk) if each.type == "logged_in")
    assert 3 == sum(each.type == "logged_in" for each in log_ins)
    assert first == second != log_in.hash == event.session


def test_kept_sessions_move_to_the_new_hash(desk: Desk) -> None:
    row = SessionRow(session_of(desk), "clerk1", ("clerk",), HENGLI, 9)

    def kept(log: SiteLog) -> None:
        log.open_session(row)

    desk.site.write(kept).result()
    desk.site.write(first_is_lost).result()

    (log_in,) = (each for each in mine(desk) if each.type == "logged_in")
    moved = desk.site.read(lambda reader: reader.sessions()).result()
    assert (replace(row, hash=log_in.hash),) == moved


def session_of(desk: Desk) -> str:
    person = desk.seat.person
    assert isinstance(person, Person)
    return person.session


def test_a_session_whose_log_in_is_lost_is_over(desk: Desk) -> None:
    """It lay in what the damage took: nobody would ever have the event that acts would name."""
    gone = (bytes.fromhex(session_of(desk)),)

    def lost(log: SiteLog) -> None:
        log.connection.exec_driver_sql("DELETE FROM event WHERE hash = ?", gone)

    desk.site.write(lost).result()
    again = Desk(desk.site, Hand())

    for code in ("session_over", "not_logged_in"):
        with pytest.raises(Refused) as refused:
            again.resume("clerk1")
        assert code == refused.value.code
    assert again.seat.person is None


def test_the_hub_has_the_log_in_that_later_acts_name(hub: Hub, station: Making) -> None:
    site = station("a")
    first = site.store.write(written).result()
    mine = site.store.write(written).result()

    def lost(log: SiteLog) -> int:
        log.connection.exec_driver_sql(
            "DELETE FROM event WHERE hash = ?", (bytes.fromhex(first.hash),)
        )
        return log.issue_again(first.writer, first.sseq)

    assert 1 == site.store.write(lost).result()
    id_ = site.report()
    note = Command(verb=Verb.NOTE, incident=id_, text="演示")
    who = replace(CLERK, session=mine.hash)
    (event,) = site.store.write(lambda log: perform(log, note, who, site.now)).result()
    site.sync()

    there = {
        hash_
        for (hash_,) in hub.office.database.read(
            lambda connection: connection.exec_driver_sql("SELECT hash FROM event").all()
        )
    }
    assert event.hash in there
    assert event.session in there
    assert mine.hash not in there
    assert site.store.write(lambda log: log.heads(Subject(Kind.SESSION, mine.subject.id))).result()
