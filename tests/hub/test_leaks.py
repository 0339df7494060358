"""What must not get through the hub's doors, and what must not stop at them."""

from __future__ import annotations

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from dispatch.acts.perform import Author, record
from dispatch.domain.codes import Kind, Role
from dispatch.domain.event import Draft, Subject
from dispatch.hub.hub import Hub
from dispatch.hub.limits import limit_of
from dispatch.hub.schema import SECRET
from dispatch.wire import tables
from dispatch.wire.keys import new_secret
from dispatch.wire.protocol import BLOB_BYTES, Claim, Claims, Fix, Frame, Push, Secret
from tests.given import GRID, NEXT_GRID, START, TOWN, VILLAGE, given_filed
from tests.hub.office import given_person, given_seat
from tests.hub.serving import Door, served


def test_a_refused_frame_brings_no_key(hub: Hub) -> None:
    """Else whoever has a token could give any subject a key that only they know."""
    town, station = given_seat(hub, "A"), given_seat(hub, "V", VILLAGE)
    incident = given_filed(town.log)
    town.push()
    forged = Frame(town.frames()[0].event, b"0" * 64)

    done = hub.ingest.push(Push((forged,), (Secret(incident.id, new_secret()),)))

    assert ["refused"] == [each.status for each in done.verdicts]
    assert [town.log.secret(incident.id)] == [each.key for each in station.pull().keys]


def test_a_monstrous_code_does_not_stop_the_town(hub: Hub) -> None:
    """A fact is never refused; the fold must pass over what no column holds."""
    town, station = given_seat(hub, "A"), given_seat(hub, "V", VILLAGE)
    incident = given_filed(town.log)
    draft = Draft(
        subject=Subject(Kind.INCIDENT, incident.id),
        type="noted",
        body=town.log.facts[Subject(Kind.INCIDENT, incident.id)][0].body,
        see_add=("长" * 200, "a\0b"),
    )
    record(town.log, (draft,), Author("wang", "dispatcher", ""), START)
    given_filed(town.log)

    town.push()
    hub.folding.catch_up(TOWN)

    assert station.pull(with_digest=True).digest is not None
    assert 5 == station.cursor


def test_a_photo_of_the_field_may_be_as_large_as_any(hub: Hub) -> None:
    token = given_person(hub, "W001", Role.WORKER)
    picture = b"\xff\xd8\xff\xe0" + bytes(3_000_000)
    with served(hub) as url:
        door = Door(url)
        headers = {"Authorization": f"Bearer {token}"}
        kept = door.put("/v1/field/photos", headers=headers, content=picture)

    assert 200 == kept.status_code, kept.text
    assert picture == hub.photos.get(TOWN, kept.json()["sha256"])
    assert BLOB_BYTES == limit_of("/v1/field/photos")
    assert limit_of("/v1/field/incidents/x/verify") < BLOB_BYTES < limit_of("/v1/field/incidents")


def test_an_error_of_the_database_does_not_quote_keys(hub: Hub) -> None:
    key = new_secret()
    row = {"town": TOWN, "subject": "演示甲", "key_id": "k", "key": key}

    with pytest.raises(IntegrityError) as caught:
        hub.office.database.write(lambda connection: connection.execute(insert(SECRET), [row, row]))

    assert "演示甲" not in str(caught.value).partition("DETAIL")[0]
    assert repr(key) not in str(caught.value)


def test_a_station_hears_of_claims_on_what_it_sees_alone(hub: Hub) -> None:
    town, station = given_seat(hub, "A"), given_seat(hub, "V", VILLAGE)
    other = given_seat(hub, "B")
    own, far = given_filed(town.log), given_filed(town.log, grid=NEXT_GRID)
    town.push()
    hub.folding.catch_up(TOWN)

    claims = (Claim(own.id, "wang", "", 0), Claim(far.id, "wang", "", 0))
    hub.claims.put(town.site, Claims(claims))

    assert {own.id} == {each.incident for each in hub.beside(station.site)[0]}
    assert {own.id, far.id} == {each.incident for each in hub.beside(other.site)[0]}


def test_an_older_table_is_not_held_for_ever(hub: Hub) -> None:
    station = given_seat(hub, "V", VILLAGE)
    for version in range(5):
        body = tables.write_geometry((), f"map-{version}")
        hub.office.database.write(
            lambda connection, body=body: hub.reference.publish(connection, "geometry", body)  # type: ignore[misc]
        )
        hub.beside(station.site)

    assert ["geometry"] == [each[0] for each in hub.reference._signed if each[0] == "geometry"]  # noqa: SLF001 - what is held is not to be seen otherwise


def test_a_station_hears_of_its_own_workers_only(hub: Hub) -> None:
    """Where the others of the town are is not its business."""
    town, station = given_seat(hub, "A"), given_seat(hub, "V", VILLAGE)
    roster = [
        tables.RosterEntry("W1", "甲", GRID),
        tables.RosterEntry("W2", "乙", NEXT_GRID),
    ]
    hub.office.database.write(
        lambda c: hub.reference.publish(c, "roster", tables.write_roster(roster, "2"))
    )
    fixes = tuple(Fix(number, 113.96, 23.04, START) for number in ("W1", "W2"))
    hub.telemetry.put(TOWN, fixes)

    heard = [
        {fix.worker for fix in hub.telemetry.since(each.site, 0).fixes} for each in (town, station)
    ]

    assert [{"W1", "W2"}, {"W1"}] == heard
