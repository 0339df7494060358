"""The field's doors: every bad input is one clear line, and nothing is written."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dispatch.domain.codes import Role
from dispatch.hub.hub import Hub
from dispatch.wire.protocol import BLOB_BYTES
from tests.given import (
    LAT,
    LON,
)
from tests.hub.field import JPEG, REPORT, auth, events, problem
from tests.hub.office import given_person, given_seat
from tests.hub.serving import Door

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

        answer = door.post("/v1/field/incidents", headers=auth(token), json=REPORT | changes)

        assert where in problem(answer, 400, "bad_input")
        assert [] == events(hub, "reported")

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"lon":1e999}'])
    def test_in_its_bytes(self, hub: Hub, door: Door, body: bytes) -> None:
        token = given_person(hub, "W001", Role.WORKER)
        headers = auth(token) | {"Content-Type": "application/json"}

        report = door.post("/v1/field/incidents", headers=headers, content=body)
        duty = door.post("/v1/field/duty/on", headers=headers, content=body)

        problem(report, 400, "bad_input")
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
            answer = door.post("/v1/field/incidents", headers=auth(token), data=data, files=files)
            assert answer.status_code == 400, answer.text
            assert answer.json()["code"] in {"bad_input", "refused"}
        headers = auth(token) | {"Content-Type": "multipart/form-data"}
        broken = door.post("/v1/field/incidents", headers=headers, content=b"no boundary")
        assert 400 == broken.status_code
        assert [] == events(hub, "reported")

    def test_in_a_photo(self, hub: Hub, door: Door) -> None:
        token = given_person(hub, "W001", Role.WORKER)

        wrong = door.put("/v1/field/photos", headers=auth(token), content=b"GIF89a")
        large = door.put("/v1/field/photos", headers=auth(token), content=b"x" * (BLOB_BYTES + 1))

        problem(wrong, 400, "bad_input")
        problem(large, 413, "too_large")

    def test_in_a_name(self, hub: Hub, door: Door) -> None:
        token = given_person(hub, "W001", Role.WORKER)
        for name, status in (("no-such-incident", 404), ("x" * 100, 400), ("%00", 400)):
            answer = door.post(
                f"/v1/field/incidents/{name}/inspect",
                headers=auth(token),
                json={"finding": "true"},
            )
            assert status == answer.status_code, answer.text
            assert "code" in answer.json()

    def test_in_positions(self, hub: Hub, door: Door) -> None:
        token = given_person(hub, "W001", Role.WORKER)
        good = {"lon": LON, "lat": LAT, "at": "2026-03-04T09:00:00+08:00", "accuracy": 5}

        for change in ({"lon": 181}, {"at": "2036-01-01T00:00:00Z"}, {"accuracy": -1}):
            answer = door.post(
                "/v1/field/positions", headers=auth(token), json={"fixes": [good | change]}
            )
            assert answer.status_code in {400, 422}, answer.text
        kept = door.post("/v1/field/positions", headers=auth(token), json={"fixes": [good]})
        seat = given_seat(hub)

        assert {"kept": 1} == kept.json()
        assert ["W001"] == [fix.worker for fix in hub.telemetry.since(seat.site, 0).fixes]
