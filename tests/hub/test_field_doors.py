"""The field's doors: right, scope, once per key, and every bad input one clear line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select

from dispatch.domain.bodies import Audited
from dispatch.domain.calendar import DAY
from dispatch.domain.codes import Role
from dispatch.domain.command import Verb
from dispatch.domain.fold import fold
from dispatch.domain.incident import Incident
from dispatch.hub.folding import events_of
from dispatch.hub.hub import Hub
from dispatch.hub.photos import Photos
from dispatch.hub.schema import EVENT
from dispatch.hub.verify import check_town
from dispatch.wire.envelope import plaintext, read
from dispatch.wire.protocol import BLOB_BYTES
from tests.given import (
    FIRE,
    GRID,
    LAT,
    LON,
    NEXT_GRID,
    NEXT_VILLAGE,
    START,
    TOWN,
    VILLAGE,
    act,
    given_filed,
    given_sent,
    given_verify,
)
from tests.hub.office import Seat, TestClock, given_person, given_seat
from tests.hub.serving import Door, served

JPEG = b"\xff\xd8\xff\xe0 a made-up picture"
REPORT = {"item": "0601", "lon": LON, "lat": LAT, "grid": GRID, "text": "堆放杂物"}


@pytest.fixture
def door(hub: Hub) -> Iterator[Door]:
    """The hub's doors on loopback."""
    with served(hub) as url:
        yield Door(url)


def _as(token: str, key: str = "") -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})


def _events(hub: Hub, type_: str) -> list[Any]:
    query = select(EVENT).where(EVENT.c.type == type_).order_by(EVENT.c.seq)
    return list(hub.office.database.read(lambda connection: connection.execute(query).all()))


def _incident(hub: Hub, id_: str) -> Incident:
    return fold(hub.office.database.read(lambda connection: events_of(connection, TOWN, id_)))


def _problem(answer: Any, status: int, code: str) -> str:
    """Check a refusal's one shape; return its words."""
    assert status == answer.status_code, answer.text
    assert "application/problem+json" == answer.headers["content-type"]
    told = answer.json()
    assert code == told["code"]
    assert "\n" not in told.get("detail", "")
    assert "Traceback" not in answer.text
    return str(told.get("detail", ""))


def test_a_worker_reports_with_a_photo_and_every_seat_pulls_it(hub: Hub, door: Door) -> None:
    token = given_person(hub, "W001", Role.WORKER)
    seat = given_seat(hub)

    answer = door.post(
        "/v1/field/incidents",
        headers=_as(token),
        data={"report": json.dumps(REPORT)},
        files=[("photo", ("a.jpg", JPEG, "image/jpeg"))],
    )
    page = seat.pull(with_digest=True)

    assert 200 == answer.status_code, answer.text
    told = answer.json()
    assert (f"{TOWN}-2026-000001", "reported") == (told["number"], told["state"])
    event = read(seat.got[0].event.encode())
    assert ("W001", "worker", "reported") == (event.actor, event.role, event.type)
    assert hub.photos.get(TOWN, event.blobs[0]) == JPEG
    clear = plaintext(seat.got[0].event.encode(), page.keys[0].key)
    assert {"text": "堆放杂物"} == clear
    assert 1 == check_town(hub, TOWN).seq


def test_a_photo_goes_first_and_its_name_into_the_report(hub: Hub, door: Door) -> None:
    token = given_person(hub, "W001", Role.WORKER)

    name = door.put("/v1/field/photos", headers=_as(token), content=JPEG).json()["sha256"]
    answer = door.post("/v1/field/incidents", headers=_as(token), json={**REPORT, "photos": [name]})

    assert (name,) == _incident(hub, answer.json()["incident"]).facts[0].blobs


def test_duty_begins_in_a_grid_and_ends(hub: Hub, door: Door) -> None:
    token = given_person(hub, "W001", Role.WORKER)

    on = door.post("/v1/field/duty/on", headers=_as(token), json={"grid": GRID})
    off = door.post("/v1/field/duty/off", headers=_as(token))

    assert [200, 200] == [on.status_code, off.status_code]
    (first,), (last,) = _events(hub, "signed_on"), _events(hub, "signed_off")
    assert ("duty", "W001:2026-03-04") == (first.kind, first.subject)
    assert (read(first.bytes).hash,) == read(last.bytes).base


class TestActs:
    """Verify, sign, return, arrive, feedback, inspect: the same acts as at a seat."""

    def _do(self, door: Door, token: str, id_: str, act_: str, **form: Any) -> Any:
        return door.post(f"/v1/field/incidents/{id_}/{act_}", headers=_as(token), json=form)

    def test_the_worker_named_verifies(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        incident = given_verify(seat.log)
        seat.push()
        token = given_person(hub, "W001", Role.WORKER)

        done = self._do(door, token, incident.id, "verify", finding="true").json()

        assert ("reported", incident.id) == (done["state"], done["incident"])

    def test_a_unit_signs_arrives_and_feeds_back(
        self, hub: Hub, door: Door, clock: TestClock
    ) -> None:
        seat = given_seat(hub)
        clock.now += 10 * 60_000
        incident = given_sent(seat.log)
        seat.push()
        unit = given_person(hub, "fireman", Role.UNIT, node=f"{TOWN}/{FIRE}")
        worker = given_person(hub, "W009", Role.WORKER)
        number = _incident(hub, incident.id).number or ""

        states = [
            self._do(door, unit, number, "sign", person="演示乙", phone="138****0002"),
            self._do(door, unit, incident.id, "arrive", at="2026-03-04T09:05:00+08:00"),
            self._do(door, unit, incident.id, "feedback", text="已清理", result="已清"),
            self._do(door, worker, incident.id, "inspect", finding="true", distance_m=12),
        ]

        assert ["work", "work", "done", "done"] == [each.json()["state"] for each in states]
        folded = _incident(hub, incident.id)
        assert ("work", ()) != (folded.state, folded.contested)
        assert () == folded.contested
        assert START + 5 * 60_000 == folded.arrived_at

    def test_a_unit_gives_back_what_is_not_its_own(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        incident = given_sent(seat.log)
        seat.push()
        unit = given_person(hub, "fireman", Role.UNIT, node=f"{TOWN}/{FIRE}")

        done = self._do(door, unit, incident.id, "return", why="not-ours", propose="公安")

        assert "filed" == done.json()["state"]

    def test_two_quick_calls_are_never_taken_for_concurrent(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        incident = given_sent(seat.log)
        seat.push()
        unit = given_person(hub, "fireman", Role.UNIT, node=f"{TOWN}/{FIRE}")

        with ThreadPoolExecutor(8) as threads:
            asked = [
                threads.submit(self._do, door, unit, incident.id, "sign", person="演示乙")
                for _ in range(2)
            ]
            answers = sorted(each.result().status_code for each in asked)

        assert [200, 409] == answers
        assert () == _incident(hub, incident.id).contested

    def test_an_old_version_is_refused_with_what_came_since(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        incident = given_sent(seat.log)
        seat.push()
        unit = given_person(hub, "fireman", Role.UNIT, node=f"{TOWN}/{FIRE}")

        answer = self._do(door, unit, incident.id, "sign", seen="0" * 16, person="演示乙")

        assert "dispatched" in _problem(answer, 409, "changed_since")


class TestOnce:
    """An Idempotency-Key makes one event however often it is sent."""

    def test_the_second_post_gets_the_first_answer(self, hub: Hub, door: Door) -> None:
        token = given_person(hub, "W001", Role.WORKER)

        first = door.post("/v1/field/incidents", headers=_as(token, "k1"), json=REPORT)
        second = door.post("/v1/field/incidents", headers=_as(token, "k1"), json=REPORT)
        third = door.post("/v1/field/incidents", headers=_as(token, "k2"), json=REPORT)

        assert first.json() == second.json() != third.json()
        assert 2 == len(_events(hub, "reported"))

    def test_at_the_same_moment_too(self, hub: Hub, door: Door) -> None:
        token = given_person(hub, "W001", Role.WORKER)

        def post(_: int) -> Any:
            return door.post("/v1/field/duty/on", headers=_as(token, "k"), json={"grid": GRID})

        with ThreadPoolExecutor(6) as threads:
            answers = [each.json() for each in threads.map(post, range(6))]

        assert 1 == len(_events(hub, "signed_on"))
        assert all(answers[0] == each for each in answers)

    def test_another_request_under_the_same_key_is_refused(self, hub: Hub, door: Door) -> None:
        token = given_person(hub, "W001", Role.WORKER)
        door.post("/v1/field/incidents", headers=_as(token, "k1"), json=REPORT)

        other = {**REPORT, "text": "别的事"}
        answer = door.post("/v1/field/incidents", headers=_as(token, "k1"), json=other)

        _problem(answer, 409, "key_reused")
        _problem(door.post("/v1/field/duty/off", headers=_as(token, "k" * 200)), 400, "bad_input")


class TestRight:
    """A token holds for one person, one part of the town, some days."""

    def test_of_village_a_on_b_is_403_and_audited(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        incident = given_verify(seat.log, grid=NEXT_GRID)
        seat.push()
        token = given_person(hub, "W001", Role.WORKER, node=GRID)

        answer = door.post(
            f"/v1/field/incidents/{incident.id}/verify",
            headers=_as(token),
            json={"finding": "true"},
        )

        _problem(answer, 403, "out_of_scope")
        (row,) = _events(hub, "audited")
        event = read(row.bytes)
        assert Audited(what="field_out_of_scope", about=incident.id) == event.body
        assert "W001" == event.actor
        assert [] == _events(hub, "verified")

    def test_a_report_elsewhere_is_403_and_audited(self, hub: Hub, door: Door) -> None:
        token = given_person(hub, "W001", Role.WORKER, node=GRID)

        answer = door.post(
            "/v1/field/incidents", headers=_as(token), json={**REPORT, "grid": NEXT_GRID}
        )
        other = door.post("/v1/field/duty/on", headers=_as(token), json={"grid": NEXT_GRID})

        _problem(answer, 403, "out_of_scope")
        _problem(other, 403, "out_of_scope")
        assert 2 == len(_events(hub, "audited"))

    def test_a_token_may_hold_for_less_than_the_person(self, hub: Hub, door: Door) -> None:
        given_person(hub, "patrol", Role.PATROL, node=TOWN)
        token = hub.people.token("patrol", 1, NEXT_VILLAGE)
        seat = given_seat(hub)
        incident = given_filed(seat.log)
        act(seat.log, incident.id, Verb.DISPATCH, unit=VILLAGE)
        seat.push()

        answer = door.post(
            f"/v1/field/incidents/{incident.id}/sign", headers=_as(token), json={"person": "演示丙"}
        )
        report = door.post("/v1/field/incidents", headers=_as(token), json=REPORT)

        _problem(answer, 403, "out_of_scope")
        _problem(report, 403, "out_of_scope")

    def test_an_expired_unknown_or_disabled_one_is_401(
        self, hub: Hub, door: Door, clock: TestClock
    ) -> None:
        token = given_person(hub, "W001", Role.WORKER)
        gone = given_person(hub, "W002", Role.WORKER)
        hub.people.disable("W002")
        site = given_seat(hub).token

        for bad in ("", "zp_unknown", gone, site, "x" * 5000):
            answer = door.post("/v1/field/duty/off", headers=_as(bad))
            _problem(answer, 401, "unauthorized")
        assert 200 == door.post("/v1/field/duty/off", headers=_as(token)).status_code
        clock.now += 2 * DAY
        _problem(door.post("/v1/field/duty/off", headers=_as(token)), 401, "unauthorized")

    def test_a_role_that_may_not_is_403(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        incident = given_sent(seat.log)
        seat.push()
        token = given_person(hub, "W001", Role.WORKER)

        answer = door.post(f"/v1/field/incidents/{incident.id}/sign", headers=_as(token), json={})

        assert answer.status_code in {400, 403}
        assert answer.json()["code"] in {"bad_input", "role_missing"}


_BAD_REPORTS: list[tuple[dict[str, Any], str]] = [
    ({"lon": 200.0}, "lon"),
    ({"lat": "north"}, "lat"),
    ({"lon": None}, "lon"),
    ({"item": "9999"}, "item"),
    ({"grid": "441900106299001"}, "grid"),
    ({"grid": None}, "village"),
    ({"priority": "P9"}, "priority"),
    ({"colour": "red"}, "colour"),
    ({"photos": ["nope"]}, "photos"),
    ({"found_at": "2026-03-04T09:00:00"}, "found_at"),
    ({"found_at": "2036-03-04T09:00:00+08:00"}, "found_at"),
    ({"text": "x" * 3000}, "text"),
    ({"source": 7}, "source"),
]


class TestBadInput:
    """One clear line, nothing written."""

    @pytest.mark.parametrize(("changes", "where"), _BAD_REPORTS)
    def test_in_a_report(self, hub: Hub, door: Door, changes: dict[str, Any], where: str) -> None:
        token = given_person(hub, "W001", Role.WORKER)

        answer = door.post("/v1/field/incidents", headers=_as(token), json=REPORT | changes)

        assert where in _problem(answer, 400, "bad_input")
        assert [] == _events(hub, "reported")

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"lon":1e999}'])
    def test_in_its_bytes(self, hub: Hub, door: Door, body: bytes) -> None:
        token = given_person(hub, "W001", Role.WORKER)
        headers = _as(token) | {"Content-Type": "application/json"}

        report = door.post("/v1/field/incidents", headers=headers, content=body)
        duty = door.post("/v1/field/duty/on", headers=headers, content=body)

        _problem(report, 400, "bad_input")
        assert duty.status_code in {400, 422}
        assert {"code", "detail"} == set(duty.json())

    def test_in_a_form(self, hub: Hub, door: Door) -> None:
        token = given_person(hub, "W001", Role.WORKER)
        form = {"report": json.dumps(REPORT)}
        many = [("photo", (f"{n}.jpg", JPEG)) for n in range(12)]

        for data, files in (
            ({}, [("photo", ("a.jpg", JPEG))]),
            (form, [("photo", ("a.exe", b"MZ a program"))]),
            (form, many),
        ):
            answer = door.post("/v1/field/incidents", headers=_as(token), data=data, files=files)
            assert answer.status_code == 400, answer.text
            assert answer.json()["code"] in {"bad_input", "refused"}
        headers = _as(token) | {"Content-Type": "multipart/form-data"}
        broken = door.post("/v1/field/incidents", headers=headers, content=b"no boundary")
        assert 400 == broken.status_code
        assert [] == _events(hub, "reported")

    def test_in_a_photo(self, hub: Hub, door: Door) -> None:
        token = given_person(hub, "W001", Role.WORKER)

        wrong = door.put("/v1/field/photos", headers=_as(token), content=b"GIF89a")
        large = door.put("/v1/field/photos", headers=_as(token), content=b"x" * (BLOB_BYTES + 1))

        _problem(wrong, 400, "bad_input")
        _problem(large, 413, "too_large")

    def test_in_a_name(self, hub: Hub, door: Door) -> None:
        token = given_person(hub, "W001", Role.WORKER)
        for name, status in (("no-such-incident", 404), ("x" * 100, 400), ("%00", 400)):
            answer = door.post(
                f"/v1/field/incidents/{name}/inspect",
                headers=_as(token),
                json={"finding": "true"},
            )
            assert status == answer.status_code, answer.text
            assert "code" in answer.json()

    def test_in_positions(self, hub: Hub, door: Door) -> None:
        token = given_person(hub, "W001", Role.WORKER)
        good = {"lon": LON, "lat": LAT, "at": "2026-03-04T09:00:00+08:00", "accuracy": 5}

        for change in ({"lon": 181}, {"at": "2036-01-01T00:00:00Z"}, {"accuracy": -1}):
            answer = door.post(
                "/v1/field/positions", headers=_as(token), json={"fixes": [good | change]}
            )
            assert answer.status_code in {400, 422}, answer.text
        kept = door.post("/v1/field/positions", headers=_as(token), json={"fixes": [good]})
        seat = given_seat(hub)

        assert {"kept": 1} == kept.json()
        assert ["W001"] == [fix.worker for fix in hub.telemetry.since(seat.site, 0).fixes]


def test_the_doors_are_written_down_in_openapi(door: Door) -> None:
    told = door.get("/openapi.json").json()

    ours = {path for path in told["paths"] if path.startswith("/v1/field/")}
    assert ours == set(told["paths"])
    assert {
        "/v1/field/duty/on",
        "/v1/field/duty/off",
        "/v1/field/positions",
        "/v1/field/photos",
        "/v1/field/incidents",
        *(
            f"/v1/field/incidents/{{incident}}/{verb}"
            for verb in ("verify", "sign", "return", "arrive", "feedback", "inspect")
        ),
    } == ours


def test_a_photo_that_was_cut_off_leaves_no_half_file(hub: Hub) -> None:
    photos = Photos(hub.office)
    name = photos.put(TOWN, JPEG)

    assert [name] == [each.name for each in hub.office.photos.rglob("*") if each.is_file()]
    assert name == photos.put(TOWN, JPEG)
    assert photos.get("441900003", name) is None


def test_a_seat_learns_of_it_by_pull(hub: Hub, door: Door) -> None:
    seat: Seat = given_seat(hub)
    token = given_person(hub, "W001", Role.WORKER)
    before = seat.pull()

    door.post("/v1/field/incidents", headers=_as(token), json=REPORT)

    assert (0, 1) == (len(before.entries), len(seat.pull().entries))
