"""What a site gets beside events: tables, photos, positions; people and the key file."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import Connection

from dispatch.domain.calendar import DAY
from dispatch.domain.codes import Role
from dispatch.domain.errors import BadInput, StoreError
from dispatch.hub.hub import Hub, HubPlace, open_hub
from dispatch.hub.keyring import Keyring
from dispatch.wire import protocol as wire
from dispatch.wire import tables
from dispatch.wire.keys import signed_by
from dispatch.wire.protocol import decode
from tests.given import GRID, LAT, LON, NEXT_VILLAGE, START, TOWN, VILLAGE
from tests.hub.asking import PNG, code_of, headers_of, post, pull
from tests.hub.office import Seat, TestClock, given_person, given_seat
from tests.hub.serving import Door


class TestTables:
    def test_they_are_signed_and_have_a_mark(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        etags = pull(door, seat).tables

        answer = door.get("/v1/tables/sla", headers=headers_of(seat))
        again = door.get(
            "/v1/tables/sla",
            headers=headers_of(seat) | {"If-None-Match": answer.headers["etag"]},
        )

        table = decode(answer.content, wire.Table, "table")
        digest = wire.table_digest("sla", table.body)
        assert signed_by(hub.office.keys.signer.public, digest, table.sig)
        assert f'"{etags["sla"]}"' == answer.headers["etag"] == f'"{digest.hex()}"'
        assert (304, b"") == (again.status_code, again.content)
        assert 400 == door.get("/v1/tables/nothing", headers=headers_of(seat)).status_code

    def test_people_go_to_their_own_part_only(self, hub: Hub, door: Door) -> None:
        for name, node in (("clerk", TOWN), ("here", VILLAGE), ("there", NEXT_VILLAGE)):
            given_person(hub, name, Role.STATION, node=node)
        town, station = given_seat(hub, "A"), given_seat(hub, "V", VILLAGE)

        def names(seat: Seat) -> list[str]:
            answer = door.get("/v1/tables/accounts", headers=headers_of(seat))
            table = decode(answer.content, wire.Table, "table")
            return [each.name for each in tables.parse_accounts(table.body)]

        assert ["clerk", "here", "there"] == names(town)
        assert ["here"] == names(station)
        hub.people.disable("here")
        assert [True] == [
            each.disabled
            for each in tables.parse_accounts(
                decode(
                    door.get("/v1/tables/accounts", headers=headers_of(station)).content,
                    wire.Table,
                    "table",
                ).body
            )
        ]

    def test_workers_and_outlines_are_cut_to_the_scope(self, hub: Hub, door: Door) -> None:
        here = tables.RosterEntry("W1", "演示丁", GRID)
        there = tables.RosterEntry("W2", "演示戊", f"{NEXT_VILLAGE}001")
        outlines = (
            tables.Feature(TOWN, "town", LON, LAT),
            tables.Feature("441900003", "town", LON, LAT),
            tables.Feature("441900003001", "village", LON, LAT),
            tables.Feature(GRID, "grid", LON, LAT, synthetic=True),
        )

        def publish(connection: Connection) -> list[bool]:
            roster = tables.write_roster((here, there), "1")
            geometry = tables.write_geometry(outlines, "1")
            return [
                hub.reference.publish(connection, "roster", roster),
                hub.reference.publish(connection, "geometry", geometry),
                hub.reference.publish(connection, "roster", roster),
            ]

        assert [True, True, False] == hub.office.database.write(publish)
        station = given_seat(hub, "V", VILLAGE)

        def body(name: str) -> str:
            answer = door.get(f"/v1/tables/{name}", headers=headers_of(station))
            return decode(answer.content, wire.Table, "table").body

        assert (here,) == tables.parse_roster(body("roster"))
        features = tables.parse_geometry(body("geometry")).features
        assert [TOWN, "441900003", GRID] == [each.code for each in features]


class TestPhotosAndPositions:
    def test_a_photo_is_kept_whole_and_for_its_town(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        name = hashlib.sha256(PNG).hexdigest()
        path = f"/v1/blobs/{name}"

        statuses = [
            door.put(path, headers=headers_of(seat), content=PNG).status_code,
            door.put(path, headers=headers_of(seat), content=PNG).status_code,
            door.put(f"/v1/blobs/{'0' * 64}", headers=headers_of(seat), content=PNG).status_code,
            door.put(path, headers=headers_of(seat), content=b"GIF89a").status_code,
            door.get(f"/v1/blobs/{'0' * 64}", headers=headers_of(seat)).status_code,
            door.get("/v1/blobs/..%2Fhub.key", headers=headers_of(seat)).status_code,
        ]

        assert [204, 204, 400, 400, 404, 404] == statuses
        assert PNG == door.get(path, headers=headers_of(seat)).content
        assert 400 == door.get("/v1/blobs/short", headers=headers_of(seat)).status_code

    def test_what_goes_ahead_of_a_photo_is_small_a_picture_and_the_towns(
        self, hub: Hub, door: Door
    ) -> None:
        seat = given_seat(hub)
        path = f"/v1/blobs/{'0' * 64}/thumbnail"

        def put(content: bytes) -> int:
            return int(door.put(path, headers=headers_of(seat), content=content).status_code)

        assert 404 == door.get(path, headers=headers_of(seat)).status_code
        assert [413, 400, 204, 204] == [
            put(each) for each in (PNG + bytes(65536), b"GIF89a", PNG, PNG + b"another")
        ]
        assert PNG == door.get(path, headers=headers_of(seat)).content, "the first one stays"
        assert hub.photos.thumbnail("441900003", "0" * 64) is None
        assert 400 == door.put("/v1/blobs/x/thumbnail", headers=headers_of(seat)).status_code

    def test_fixes_come_in_their_order_and_go_after_a_month(
        self, hub: Hub, door: Door, clock: TestClock
    ) -> None:
        seat = given_seat(hub)
        fixes = tuple(wire.Fix(f"W{n}", LON, LAT, START, 5.0, 90.0) for n in range(3))

        kept = post(door, seat, "/v1/positions", wire.Fixes(fixes))
        answer = door.get("/v1/positions?since=1", headers=headers_of(seat))

        assert 3 == decode(kept.content, wire.Fixes, "fixes").next
        found = decode(answer.content, wire.Fixes, "fixes")
        assert (("W1", "W2"), 3) == (tuple(each.worker for each in found.fixes), found.next)
        bad = door.get("/v1/positions?since=x", headers=headers_of(seat))
        assert (422, "bad_input") == (bad.status_code, code_of(bad))
        clock.now += 31 * DAY
        assert (3, 0) == (hub.telemetry.purge(), hub.telemetry.purge())

    @pytest.mark.parametrize(
        "fix",
        [
            wire.Fix("", LON, LAT, START),
            wire.Fix("W", 181.0, LAT, START),
            wire.Fix("W", LON, LAT, 0),
            wire.Fix("W", LON, LAT, START + DAY),
            wire.Fix("W", LON, LAT, START, -1.0),
        ],
    )
    def test_a_fix_that_cannot_be_is_refused(self, hub: Hub, door: Door, fix: wire.Fix) -> None:
        seat = given_seat(hub)

        assert 400 == post(door, seat, "/v1/positions", wire.Fixes((fix,))).status_code
        many = wire.Fixes(tuple(wire.Fix("W", LON, LAT, START) for _ in range(501)))
        assert 400 == post(door, seat, "/v1/positions", many).status_code


class TestPeople:
    @pytest.mark.parametrize(
        ("name", "roles", "node", "password"),
        [
            ("", (Role.CLERK,), TOWN, "long enough"),
            (" a", (Role.CLERK,), TOWN, "long enough"),
            ("a", (), TOWN, "long enough"),
            ("a", (Role.CLERK,), "999", "long enough"),
            ("a", (Role.CLERK,), TOWN, "short"),
            ("taken", (Role.CLERK,), TOWN, "long enough"),
        ],
    )
    def test_an_account_that_cannot_be_is_refused(
        self, hub: Hub, name: str, roles: tuple[Role, ...], node: str, password: str
    ) -> None:
        from dispatch.hub.people import NewAccount

        given_person(hub, "taken", Role.CLERK)
        with pytest.raises(BadInput):
            hub.people.add(NewAccount(name, roles, node), password)

    @pytest.mark.parametrize("called", ["甲" * 41, "甲\n乙", "\x1b[31m"])
    def test_a_name_that_no_screen_can_show_is_refused(self, hub: Hub, called: str) -> None:
        from dispatch.hub.people import NewAccount

        with pytest.raises(BadInput, match="--person"):
            hub.people.add(NewAccount("a", (Role.CLERK,), TOWN, called), "long enough")

    def test_nobody_gets_a_token_for_nothing(self, hub: Hub) -> None:
        given_person(hub, "W001", Role.WORKER)
        for name, days, scope in (("x", 1, None), ("W001", 0, None), ("W001", 1, "999")):
            with pytest.raises(BadInput):
                hub.people.token(name, days, scope)
        with pytest.raises(BadInput):
            hub.people.disable("nobody")


class TestKeyFile:
    def test_it_is_the_owners_alone_and_says_what_is_wrong(self, tmp_path: Path) -> None:
        path = tmp_path / "hub.key"
        with pytest.raises(StoreError):
            Keyring(path)
        made = Keyring.made(path)

        assert 0o600 == path.stat().st_mode & 0o777
        assert made.signer == Keyring.made(path).signer
        assert made.writer(TOWN, "a") != made.writer(TOWN, "b")
        path.chmod(0o644)
        with pytest.raises(StoreError):
            Keyring(path)
        path.chmod(0o600)
        path.write_bytes(b"short")
        with pytest.raises(StoreError):
            Keyring(path)

    def test_a_database_that_is_none_of_ours_does_not_open(self, tmp_path: Path) -> None:
        for url in (f"sqlite:///{tmp_path / 'empty.db'}", "mysql://x/y", "no address"):
            with pytest.raises((StoreError, BadInput)):
                open_hub(HubPlace(url, tmp_path))
