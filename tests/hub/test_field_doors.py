"""The field's doors: what they record, once per key, and that seats hear of it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from dispatch.domain.bodies import FedBack
from dispatch.domain.codes import Role
from dispatch.domain.guide import Guide, Guides
from dispatch.hub.hub import Hub
from dispatch.hub.photos import Photos
from dispatch.hub.verify import check_town
from dispatch.wire.envelope import plaintext, read
from dispatch.wire.tables import write_guides
from tests.given import (
    FIRE,
    GRID,
    START,
    TOWN,
    given_sent,
    given_verify,
)
from tests.hub.field import JPEG, REPORT, auth, events, incident_of, problem
from tests.hub.office import Seat, TestClock, given_person, given_seat
from tests.hub.serving import Door


def test_a_worker_reports_with_a_photo_and_every_seat_pulls_it(hub: Hub, door: Door) -> None:
    token = given_person(hub, "W001", Role.WORKER)
    seat = given_seat(hub)

    answer = door.post(
        "/v1/field/incidents",
        headers=auth(token),
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

    name = door.put("/v1/field/photos", headers=auth(token), content=JPEG).json()["sha256"]
    answer = door.post(
        "/v1/field/incidents", headers=auth(token), json={**REPORT, "photos": [name]}
    )

    assert (name,) == incident_of(hub, answer.json()["incident"]).facts[0].blobs


def test_duty_begins_in_a_grid_and_ends(hub: Hub, door: Door) -> None:
    token = given_person(hub, "W001", Role.WORKER)

    on = door.post("/v1/field/duty/on", headers=auth(token), json={"grid": GRID})
    off = door.post("/v1/field/duty/off", headers=auth(token))

    assert [200, 200] == [on.status_code, off.status_code]
    (first,), (last,) = events(hub, "signed_on"), events(hub, "signed_off")
    assert ("duty", "W001:2026-03-04") == (first.kind, first.subject)
    assert (read(first.bytes).hash,) == read(last.bytes).base


class TestActs:
    """Verify, sign, return, arrive, feedback, inspect: the same acts as at a seat."""

    def _do(self, door: Door, token: str, id_: str, act_: str, **form: Any) -> Any:
        return door.post(f"/v1/field/incidents/{id_}/{act_}", headers=auth(token), json=form)

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
        number = incident_of(hub, incident.id).number or ""

        states = [
            self._do(door, unit, number, "sign", person="演示乙", phone="138****0002"),
            self._do(door, unit, incident.id, "arrive", at="2026-03-04T09:05:00+08:00"),
            self._do(door, unit, incident.id, "feedback", text="已清理", result="已清"),
            self._do(door, worker, incident.id, "inspect", finding="true", distance_m=12),
        ]

        assert ["work", "work", "done", "done"] == [each.json()["state"] for each in states]
        folded = incident_of(hub, incident.id)
        assert ("work", ()) != (folded.state, folded.contested)
        assert () == folded.contested
        assert START + 5 * 60_000 == folded.arrived_at

    def test_silence_confirms_no_closing_condition(self, hub: Hub, door: Door) -> None:
        """Where the item has a condition, the log says who confirmed it and who did not."""
        body = write_guides(Guides("1", [Guide("*", closing="通道已清空")]))
        hub.office.database.write(lambda c: hub.reference.publish(c, "guides", body))
        seat = given_seat(hub)
        incident = given_sent(seat.log)
        seat.push()
        unit = given_person(hub, "fireman", Role.UNIT, node=f"{TOWN}/{FIRE}")
        assert 200 == self._do(door, unit, incident.id, "sign", person="演示乙").status_code

        refused = self._do(door, unit, incident.id, "feedback", text="已清理", closing_met=False)
        assert 400 == refused.status_code
        assert "通道已清空" in refused.text
        done = self._do(door, unit, incident.id, "feedback", text="已清理")
        assert "done" == done.json()["state"]
        said = incident_of(hub, incident.id).facts[-1].body
        assert isinstance(said, FedBack)
        assert ("", "通道已清空") == (said.closing, said.unconfirmed)

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
        assert () == incident_of(hub, incident.id).contested

    def test_an_old_version_is_refused_with_what_came_since(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        incident = given_sent(seat.log)
        seat.push()
        unit = given_person(hub, "fireman", Role.UNIT, node=f"{TOWN}/{FIRE}")

        answer = self._do(door, unit, incident.id, "sign", seen="0" * 16, person="演示乙")

        assert "dispatched" in problem(answer, 409, "changed_since")


class TestOnce:
    """An Idempotency-Key makes one event however often it is sent."""

    def test_the_second_post_gets_the_first_answer(self, hub: Hub, door: Door) -> None:
        token = given_person(hub, "W001", Role.WORKER)

        first = door.post("/v1/field/incidents", headers=auth(token, "k1"), json=REPORT)
        second = door.post("/v1/field/incidents", headers=auth(token, "k1"), json=REPORT)
        third = door.post("/v1/field/incidents", headers=auth(token, "k2"), json=REPORT)

        assert first.json() == second.json() != third.json()
        assert 2 == len(events(hub, "reported"))

    def test_at_the_same_moment_too(self, hub: Hub, door: Door) -> None:
        token = given_person(hub, "W001", Role.WORKER)

        def post(_: int) -> Any:
            return door.post("/v1/field/duty/on", headers=auth(token, "k"), json={"grid": GRID})

        with ThreadPoolExecutor(6) as threads:
            answers = [each.json() for each in threads.map(post, range(6))]

        assert 1 == len(events(hub, "signed_on"))
        assert all(answers[0] == each for each in answers)

    def test_another_request_under_the_same_key_is_refused(self, hub: Hub, door: Door) -> None:
        token = given_person(hub, "W001", Role.WORKER)
        door.post("/v1/field/incidents", headers=auth(token, "k1"), json=REPORT)

        other = {**REPORT, "text": "别的事"}
        answer = door.post("/v1/field/incidents", headers=auth(token, "k1"), json=other)

        problem(answer, 409, "key_reused")
        problem(door.post("/v1/field/duty/off", headers=auth(token, "k" * 200)), 400, "bad_input")


def test_the_doors_are_written_down_in_openapi(door: Door) -> None:
    told = door.get("/openapi.json").json()

    ours = {path for path in told["paths"] if path.startswith("/v1/field/")}
    city = {path for path in told["paths"] if path.startswith("/v1/city/{town}/")}
    assert ours | city == set(told["paths"])
    assert {"incidents", "photos", "city-return", "city-done"} == {
        path.rpartition("/")[2] for path in city
    }
    assert {
        "/v1/field/duty/on",
        "/v1/field/duty/off",
        "/v1/field/positions",
        "/v1/field/photos",
        "/v1/field/incidents",
        "/v1/field/self-handled",
        "/v1/field/tasks",
        "/v1/field/tasks/{campaign}/{grid}",
        "/v1/field/tasks/{campaign}/{grid}/found",
        "/v1/field/checks",
        *(
            f"/v1/field/incidents/{{incident}}/{verb}"
            for verb in ("verify", "sign", "return", "arrive", "feedback", "inspect")
        ),
        *(
            f"/v1/field/incidents/{{incident}}/sub-{verb}"
            for verb in ("sign", "arrive", "feedback", "return")
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

    door.post("/v1/field/incidents", headers=auth(token), json=REPORT)

    assert (0, 1) == (len(before.entries), len(seat.pull().entries))
