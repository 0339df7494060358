"""The field's doors: a token holds for one person, one part of the town, some days."""

from __future__ import annotations

from dispatch.domain.bodies import Audited
from dispatch.domain.calendar import DAY
from dispatch.domain.codes import Role
from dispatch.domain.command import Verb
from dispatch.hub.hub import Hub
from dispatch.wire.envelope import read
from tests.given import (
    GRID,
    NEXT_GRID,
    NEXT_VILLAGE,
    TOWN,
    VILLAGE,
    act,
    given_filed,
    given_sent,
    given_verify,
)
from tests.hub.field import REPORT, auth, events, problem
from tests.hub.office import TestClock, given_person, given_seat
from tests.hub.serving import Door


class TestRight:
    """A token holds for one person, one part of the town, some days."""

    def test_of_village_a_on_b_is_403_and_audited(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        incident = given_verify(seat.log, grid=NEXT_GRID)
        seat.push()
        token = given_person(hub, "W001", Role.WORKER, node=GRID)

        answer = door.post(
            f"/v1/field/incidents/{incident.id}/verify",
            headers=auth(token),
            json={"finding": "true"},
        )

        problem(answer, 403, "out_of_scope")
        (row,) = events(hub, "audited")
        event = read(row.bytes)
        assert Audited(what="field_out_of_scope", about=incident.id) == event.body
        assert "W001" == event.actor
        assert [] == events(hub, "verified")

    def test_a_report_elsewhere_is_403_and_audited(self, hub: Hub, door: Door) -> None:
        token = given_person(hub, "W001", Role.WORKER, node=GRID)

        answer = door.post(
            "/v1/field/incidents", headers=auth(token), json={**REPORT, "grid": NEXT_GRID}
        )
        other = door.post("/v1/field/duty/on", headers=auth(token), json={"grid": NEXT_GRID})

        problem(answer, 403, "out_of_scope")
        problem(other, 403, "out_of_scope")
        assert 2 == len(events(hub, "audited"))

    def test_a_token_may_hold_for_less_than_the_person(self, hub: Hub, door: Door) -> None:
        given_person(hub, "patrol", Role.PATROL, node=TOWN)
        token = hub.people.token("patrol", 1, NEXT_VILLAGE)
        seat = given_seat(hub)
        incident = given_filed(seat.log)
        act(seat.log, incident.id, Verb.DISPATCH, unit=VILLAGE)
        seat.push()

        answer = door.post(
            f"/v1/field/incidents/{incident.id}/sign",
            headers=auth(token),
            json={"person": "演示丙"},
        )
        report = door.post("/v1/field/incidents", headers=auth(token), json=REPORT)

        problem(answer, 403, "out_of_scope")
        problem(report, 403, "out_of_scope")

    def test_an_expired_unknown_or_disabled_one_is_401(
        self, hub: Hub, door: Door, clock: TestClock
    ) -> None:
        token = given_person(hub, "W001", Role.WORKER)
        gone = given_person(hub, "W002", Role.WORKER)
        hub.people.disable("W002")
        site = given_seat(hub).token

        for bad in ("", "zp_unknown", gone, site, "x" * 5000):
            answer = door.post("/v1/field/duty/off", headers=auth(bad))
            problem(answer, 401, "unauthorized")
        assert 200 == door.post("/v1/field/duty/off", headers=auth(token)).status_code
        clock.now += 2 * DAY
        problem(door.post("/v1/field/duty/off", headers=auth(token)), 401, "unauthorized")

    def test_a_role_that_may_not_is_403(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        incident = given_sent(seat.log)
        seat.push()
        token = given_person(hub, "W001", Role.WORKER)

        answer = door.post(f"/v1/field/incidents/{incident.id}/sign", headers=auth(token), json={})

        assert answer.status_code in {400, 403}
        assert answer.json()["code"] in {"bad_input", "role_missing"}
