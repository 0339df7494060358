"""What a station sees: its own, all of it, nothing else, and the whole town's chain."""

from __future__ import annotations

from dataclasses import replace

from dispatch.acts.perform import Author, record
from dispatch.domain.bodies import SignedOn
from dispatch.domain.bodies_shift import ShiftOn
from dispatch.domain.codes import Kind, Role
from dispatch.domain.command import Verb
from dispatch.domain.event import Draft, Event, Subject
from dispatch.domain.fold import fold
from dispatch.hub.hub import Hub
from dispatch.hub.verify import check_town
from dispatch.wire.digest import digest, facts_hash, incident_hash, key
from dispatch.wire.envelope import read
from dispatch.wire.protocol import Frame, Gap, event_hash
from tests.given import (
    GRID,
    NEXT_GRID,
    NEXT_VILLAGE,
    START,
    TOWN,
    VILLAGE,
    act,
    given_filed,
    given_reported,
)
from tests.hub.office import Seat, given_person, given_seat


def _correct_to(seat: Seat, incident: str, grid: str) -> None:
    act(seat.log, incident, Verb.CORRECT, grid=grid)


def _digest_of(frames: list[Frame]) -> str:
    """Fold frames from scratch and return their digest: the site's side, done slowly."""
    by: dict[Subject, list[Event]] = {}
    for frame in frames:
        event = replace(
            read(frame.event.encode()),
            seq=frame.seq,
            received_at=frame.received_at,
            number=frame.number,
        )
        if not frame.quarantined:
            by.setdefault(event.subject, []).append(event)
    states = []
    for subject, events in by.items():
        if subject.kind is Kind.INCIDENT:
            states.append((key(subject), incident_hash(fold(events))))
        else:
            numbered = {each.hash: each.seq or 0 for each in events}
            states.append((key(subject), facts_hash(numbered)))
    return digest(states)


def test_a_station_gets_its_own_and_gaps_for_the_rest(hub: Hub) -> None:
    town, station = given_seat(hub, "A"), given_seat(hub, "V", VILLAGE)
    own = given_filed(town.log)
    given_filed(town.log, grid=NEXT_GRID)
    town.push()

    page = station.pull(with_digest=True)

    kinds = [type(entry) for entry in page.entries]
    assert [Frame, Frame, Gap, Gap] == kinds
    assert {own.id} == {secret.subject for secret in page.keys}
    assert town.log.secret(own.id) == page.keys[0].key
    assert check_town(hub, TOWN).chain == station.chain
    assert _digest_of(station.got) == page.digest


def test_a_subject_that_comes_into_scope_brings_its_past(hub: Hub) -> None:
    town, station = given_seat(hub, "A"), given_seat(hub, "V", VILLAGE)
    incident = given_filed(town.log, grid=NEXT_GRID)
    town.push()
    station.pull()
    _correct_to(town, incident.id, GRID)
    town.push()

    page = station.pull(with_digest=True)

    (past,) = page.backfill
    assert incident.id == past.subject
    assert [1, 2] == [frame.seq for frame in past.frames]
    assert [3] == [entry.seq for entry in page.entries]
    assert [incident.id] == [secret.subject for secret in page.keys]
    assert _digest_of([*past.frames, *station.got]) == page.digest


def test_a_subject_that_leaves_is_named_and_comes_back_whole(hub: Hub) -> None:
    town, station = given_seat(hub, "A"), given_seat(hub, "V", VILLAGE)
    incident = given_filed(town.log)
    town.push()
    station.pull()
    _correct_to(town, incident.id, NEXT_GRID)
    town.push()

    gone = station.pull(with_digest=True)
    _correct_to(town, incident.id, GRID)
    town.push()
    back = station.pull(with_digest=True)

    assert (incident.id,) == gone.left
    assert [Gap] == [type(entry) for entry in gone.entries]
    assert () == gone.keys
    assert _digest_of([]) == gone.digest
    assert [1, 2, 3] == [frame.seq for frame in back.backfill[0].frames]
    assert _digest_of([*back.backfill[0].frames, station.got[-1]]) == back.digest


def test_what_came_and_went_within_a_page_leaves_only_gaps(hub: Hub) -> None:
    """A station that was away sees where things stand, not where they have been."""
    town, station = given_seat(hub, "A"), given_seat(hub, "V", VILLAGE)
    incident = given_filed(town.log, grid=NEXT_GRID)
    town.push()
    hub.folding.catch_up(TOWN)
    _correct_to(town, incident.id, GRID)
    town.push()
    hub.folding.catch_up(TOWN)
    _correct_to(town, incident.id, NEXT_GRID)
    town.push()

    page = station.pull(with_digest=True)

    assert [Gap] * 4 == [type(entry) for entry in page.entries]
    assert ((), ()) == (page.left, page.backfill)


def test_pages_cut_anywhere_bring_the_same(hub: Hub) -> None:
    town = given_seat(hub, "A")
    ids = [given_filed(town.log, grid=grid).id for grid in (GRID, NEXT_GRID, GRID)]
    for number, id_ in enumerate(ids):
        _correct_to(town, id_, NEXT_GRID if number % 2 == 0 else GRID)
        town.push(0)
        hub.folding.catch_up(TOWN)
    whole, pieces = given_seat(hub, "V", VILLAGE), given_seat(hub, "W", VILLAGE)

    one = whole.pull(with_digest=True)
    seen: dict[str, list[Frame]] = {}
    while True:
        page = pieces.pull(1, with_digest=True)
        for past in page.backfill:
            seen[past.subject] = list(past.frames)
        for entry in page.entries:
            if isinstance(entry, Frame):
                seen.setdefault(read(entry.event.encode()).subject.id, []).append(entry)
        for subject in page.left:
            del seen[subject]
        if not page.more:
            break

    assert one.digest == page.digest == _digest_of([f for fs in seen.values() for f in fs])
    assert whole.chain == pieces.chain


def test_a_filter_that_passes_nothing_moves_the_cursor(hub: Hub) -> None:
    town, station = given_seat(hub, "A"), given_seat(hub, "V", VILLAGE)
    for _ in range(130):
        given_filed(town.log, grid=NEXT_GRID)
    own = given_reported(town.log)
    for start in range(0, 261, 100):
        town.push(start, start + 100)

    first = station.pull()
    second = station.pull()

    assert (200, True, 261, False) == (first.next, first.more, second.next, second.more)
    assert [own.facts[0].hash] == [event_hash(frame) for frame in station.got]


def test_a_department_sees_what_was_sent_to_it(hub: Hub) -> None:
    town, unit = given_seat(hub, "A"), given_seat(hub, "U", f"{TOWN}/消防")
    incident = given_filed(town.log)
    town.push()
    assert [Gap, Gap] == [type(entry) for entry in unit.pull().entries]
    act(town.log, incident.id, Verb.DISPATCH, unit="消防")
    town.push()

    page = unit.pull()

    assert [2, 1] == [len(page.backfill[0].frames), len(unit.got)]


def _shift(seat: Seat, account: str, subject: str) -> None:
    body = ShiftOn(seat="1")
    draft = Draft(subject=Subject(Kind.SHIFT, subject), type="shift_on", body=body)
    record(seat.log, (draft,), Author(account, "clerk", ""), START)


def test_sessions_and_duty_are_seen_where_they_were_and_whose_they_are(hub: Hub) -> None:
    given_person(hub, "station1", Role.STATION, node=VILLAGE)
    town, station = given_seat(hub, "A"), given_seat(hub, "V", VILLAGE)
    other = given_seat(hub, "W", NEXT_VILLAGE)
    _shift(station, "somebody", "at the station")
    _shift(town, "station1", "the station's person at the town")
    _shift(town, "clerk", "the town's own")
    body = SignedOn(worker="W001", grid=GRID)
    draft = Draft(subject=Subject(Kind.DUTY, "W001:2026-03-04"), type="signed_on", body=body)
    record(town.log, (draft,), Author("W001", "worker", ""), START)
    station.push()
    town.push()

    page = station.pull(with_digest=True)

    assert [1, 2, 4] == [frame.seq for frame in station.got]
    assert _digest_of(station.got) == page.digest
    assert [Gap] * 4 == [type(entry) for entry in other.pull().entries]
    assert 4 == len(given_seat(hub, "B").pull().entries)


def test_an_empty_page_of_a_site_ahead_shows_no_chain(hub: Hub) -> None:
    """A site that has read further than this hub goes: its chain can be nobody's here."""
    seat = given_seat(hub)

    page = hub.pulling.page(seat.site, 7, 100)

    assert ("", 7, ()) == (page.chain, page.next, page.entries)
