"""The doors of sites: who is let in, what is too much, what is no message at all."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import zstandard
from sqlalchemy import select

from dispatch.domain.bodies import Audited
from dispatch.domain.calendar import DAY
from dispatch.domain.codes import Role
from dispatch.domain.errors import BadInput
from dispatch.hub.hub import Hub
from dispatch.hub.schema import EVENT
from dispatch.wire import protocol as wire
from dispatch.wire.envelope import read
from dispatch.wire.keys import Signer, signed_by
from dispatch.wire.protocol import decode, encode
from tests.given import GRID, START, TOWN, given_filed
from tests.hub.asking import code_of, headers_of, post, pull
from tests.hub.office import Seat, TestClock, given_person, given_seat
from tests.hub.serving import Door


class TestEnrolment:
    def _ask(self, code: str, **changes: Any) -> wire.Enrol:
        given = {"pubkey": Signer.new().public, "inc": "i1", "inc_pubkey": Signer.new().public}
        return wire.Enrol(code, **(given | changes))

    def _try(self, door: Door, ask: wire.Enrol) -> Any:
        return door.post("/v1/enrol", content=encode(ask, packed=False))

    def test_a_code_serves_once(self, hub: Hub, door: Door) -> None:
        code = hub.sites.code(TOWN, "一号席")

        first = self._try(door, self._ask(code.lower()))
        second = self._try(door, self._ask(code, inc="i2"))

        done = decode(first.content, wire.Enrolled, "enrolled")
        digest = wire.certificate_digest(done.certificate)
        assert signed_by(hub.office.keys.signer.public, digest, done.sig)
        assert (403, "bad_code") == (second.status_code, code_of(second))

    def test_a_code_is_over_after_a_week(self, hub: Hub, door: Door, clock: TestClock) -> None:
        code = hub.sites.code(TOWN, "")
        clock.now += 8 * DAY

        assert 403 == self._try(door, self._ask(code)).status_code

    def test_guessing_is_slowed_down(self, door: Door) -> None:
        tried = [self._try(door, self._ask(f"AAAA-{n:04d}")).status_code for n in range(12)]
        last = self._try(door, self._ask("AAAA"))

        assert [403] * 10 + [429] * 2 == tried
        assert "60" == last.headers["retry-after"]

    @pytest.mark.parametrize("changes", [{"pubkey": b"short"}, {"inc": ""}, {"inc": "x" * 99}])
    def test_a_wrong_key_or_name_spends_no_code(
        self, hub: Hub, door: Door, changes: dict[str, Any]
    ) -> None:
        code = hub.sites.code(TOWN, "")

        assert 400 == self._try(door, self._ask(code, **changes)).status_code
        assert 200 == self._try(door, self._ask(code)).status_code

    def test_another_sites_incarnation_is_refused(self, hub: Hub, door: Door) -> None:
        first = self._ask(hub.sites.code(TOWN, ""))
        assert 200 == self._try(door, first).status_code

        again = self._try(door, self._ask(hub.sites.code(TOWN, "")))

        assert (403, "writer") == (again.status_code, code_of(again))

    def test_letters_run_on_and_leave_the_hubs_own_out(self, hub: Hub) -> None:
        letters = [given_seat(hub, "ABCDEFGIJKLMNOPQRSTUVWXYZ"[n % 25]).site for n in range(27)]

        assert "ABCDEFGIJKLMNOPQRSTUVWXYZ" == "".join(site.letter for site in letters[:25])
        assert ["AA", "AB"] == [site.letter for site in letters[25:]]

    @pytest.mark.parametrize("scope", ["", "999", GRID])
    def test_a_site_stands_at_the_city_a_town_or_below(self, hub: Hub, scope: str) -> None:
        with pytest.raises(BadInput):
            hub.sites.code(scope, "")
        with pytest.raises(BadInput):
            hub.sites.code(TOWN, "x" * 99)


class TestSession:
    def _ask(self, seat: Seat, **changes: Any) -> wire.SessionAsk:
        pen = seat.log.pen()
        mark = wire.WriterMark(pen.inc, pen.signer.public, pen.sseq, pen.last)
        cursor = wire.CursorMark(seat.cursor, seat.chain)
        given: dict[str, Any] = {
            "protocol": wire.PROTOCOL,
            "writers": (mark,),
            "cursors": {TOWN: cursor},
            "clock": 0,
            "version": "0.1.0",
        }
        return wire.SessionAsk(**(given | changes))

    def test_it_says_what_is_known_of_the_site(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        given_filed(seat.log)
        seat.push()
        seat.pull()

        answer = post(door, seat, "/v1/session", self._ask(seat))

        told = decode(answer.content, wire.SessionAnswer, "session")
        assert {seat.log.pen().inc: 2} == told.known
        assert {TOWN: "ok"} == told.cursors
        assert (hub.office.keys.signer.public, START) == (told.hub_key, told.server_time)
        assert (seat.site.id, "A", TOWN) == (told.site, told.letter, told.scope)

    def test_another_chain_differs_and_so_does_a_number_ahead(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        given_filed(seat.log)
        seat.push()
        for mark in (wire.CursorMark(1, "0" * 64), wire.CursorMark(9, "0" * 64)):
            answer = post(door, seat, "/v1/session", self._ask(seat, cursors={TOWN: mark}))
            told = decode(answer.content, wire.SessionAnswer, "session")
            assert {TOWN: "differs"} == told.cursors

    def test_a_new_incarnation_may_write_from_then_on(self, hub: Hub, door: Door) -> None:
        seat, other = given_seat(hub, "A"), given_seat(hub, "B")
        new = wire.WriterMark("new-life", Signer.new().public, 0, "")

        first = post(door, seat, "/v1/session", self._ask(seat, writers=(new,)))
        stolen = post(door, other, "/v1/session", self._ask(other, writers=(new,)))

        assert {"new-life": 0} == decode(first.content, wire.SessionAnswer, "session").known
        assert (403, "writer") == (stolen.status_code, code_of(stolen))

    def test_what_it_cannot_mean_is_refused(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        bad = wire.WriterMark("x" * 50, b"", 0, "")
        for changes, status in (
            ({"protocol": 9}, 409),
            ({"writers": (bad,)}, 400),
            ({"cursors": {TOWN: wire.CursorMark(-1, "")}}, 400),
            ({"cursors": {TOWN: wire.CursorMark(1 << 60, "")}}, 400),
            ({"cursors": {"441900003": wire.CursorMark(0, "")}}, 403),
        ):
            answer = post(door, seat, "/v1/session", self._ask(seat, **changes))
            assert status == answer.status_code, answer.text


class TestRight:
    def test_without_a_token_nothing_opens(self, hub: Hub, door: Door) -> None:
        person = given_person(hub, "W001", Role.WORKER)
        for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": f"Bearer {person}"}):
            for method, path in (
                ("POST", "/v1/session"),
                ("POST", "/v1/events"),
                ("POST", "/v1/pull"),
                ("GET", "/v1/tables/sla"),
                ("GET", "/v1/positions"),
                ("POST", "/v1/positions"),
                ("POST", "/v1/claims"),
                ("GET", f"/v1/blobs/{'0' * 64}"),
                ("PUT", f"/v1/blobs/{'0' * 64}"),
            ):
                answer = door.ask(method, path, headers=headers, content=b"{}")
                assert (401, "unauthorized") == (answer.status_code, code_of(answer)), path

    def test_another_town_is_403_and_audited(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)

        answer = post(door, seat, "/v1/pull", wire.Pull({"441900003": 0}, 0))

        assert (403, "out_of_scope") == (answer.status_code, code_of(answer))
        query = select(EVENT.c.bytes).where(EVENT.c.type == "audited")
        raw = hub.office.database.read(lambda c: c.execute(query).scalar_one())
        assert Audited(what="site_out_of_scope", about="441900003") == read(raw).body


class TestLimits:
    @pytest.mark.parametrize(
        "content", [b"", b"{", b"null", b"[]", b"\xff", b'{"frames":7}', b'{"frames":[{}]}']
    )
    def test_rubbish_is_one_line(self, hub: Hub, door: Door, content: bytes) -> None:
        seat = given_seat(hub)
        for path in ("/v1/events", "/v1/pull", "/v1/session", "/v1/positions", "/v1/claims"):
            answer = door.post(path, headers=headers_of(seat), content=content)
            assert (400, "bad_input") == (answer.status_code, code_of(answer)), path

    def test_a_cut_or_swollen_zstd_is_refused(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        given_filed(seat.log)
        packed = encode(wire.Push(seat.frames()), packed=True)
        bomb = zstandard.ZstdCompressor().compress(b" " * (wire.PAGE_BYTES + 10))
        headers = headers_of(seat) | {"Content-Encoding": "zstd"}

        answers = [
            door.post("/v1/events", headers=headers, content=content).status_code
            for content in (packed[:-5], bomb, b"no zstd", packed)
        ]

        assert [400, 400, 400, 200] == answers

    def test_too_large_is_413_before_it_is_read(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)

        def slowly() -> Iterator[bytes]:
            for _ in range(100):
                yield b"x" * 100_000

        said = door.post("/v1/session", headers=headers_of(seat), content=b"x" * 100_000)
        found = door.ask("POST", "/v1/events", headers=headers_of(seat), data=slowly())
        many = wire.Push(tuple(wire.Frame("", b"") for _ in range(501)))

        assert (413, "too_large") == (said.status_code, code_of(said))
        assert (413, "too_large") == (found.status_code, code_of(found))
        assert 413 == post(door, seat, "/v1/events", many).status_code

    def test_a_third_push_at_once_is_429(self, hub: Hub, door: Door) -> None:
        """Two that dawdle hold both places; whoever finds them taken is told to come again."""
        seat = given_seat(hub)
        seen = threading.Event()

        def dawdling() -> Iterator[bytes]:
            yield b"{"
            seen.wait(0.5)
            yield b'"frames":[]}'

        def push() -> None:
            while not seen.is_set():
                door.ask("POST", "/v1/events", headers=headers_of(seat), data=dawdling())

        threads = [threading.Thread(target=push) for _ in range(2)]
        for thread in threads:
            thread.start()
        until = time.monotonic() + 25
        third = 200
        while third != 429 and time.monotonic() < until:
            third = post(door, seat, "/v1/events", wire.Push(())).status_code
        seen.set()
        for thread in threads:
            thread.join()

        assert 429 == third
        assert 200 == post(door, seat, "/v1/events", wire.Push(())).status_code

    def test_what_is_not_there_is_told_in_the_same_shape(self, door: Door) -> None:
        for method, path, status in (("GET", "/nowhere", 404), ("DELETE", "/v1/pull", 405)):
            answer = door.ask(method, path)
            assert status == answer.status_code
            assert code_of(answer) in {"not_found", "method"}
        assert 204 == door.get("/v1/health").status_code


class TestLongPoll:
    def test_it_is_woken_by_a_push(self, hub: Hub, door: Door) -> None:
        seat, other = given_seat(hub, "A"), given_seat(hub, "B")
        given_filed(seat.log)
        got: list[wire.PullAnswer] = []
        waiting = threading.Thread(target=lambda: got.append(pull(door, other, 25)))
        waiting.start()
        time.sleep(0.3)

        post(door, seat, "/v1/events", wire.Push(seat.frames()))
        waiting.join(20)

        assert [1, 2] == [entry.seq for entry in got[0].towns[TOWN].entries]

    def test_a_newer_poll_ends_the_older_one(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        got: list[wire.PullAnswer] = []
        waiting = threading.Thread(target=lambda: got.append(pull(door, seat, 50)))
        waiting.start()
        time.sleep(0.3)

        pull(door, seat, 0)
        waiting.join(20)

        assert () == got[0].towns[TOWN].entries

    def test_it_ends_by_itself(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)

        page = pull(door, seat, 1).towns[TOWN]

        assert (0, False, None) == (page.next, page.more, page.digest)

    def test_a_claim_wakes_the_others_and_is_forgotten(
        self, hub: Hub, door: Door, clock: TestClock
    ) -> None:
        seat, other = given_seat(hub, "A"), given_seat(hub, "B")
        claim = wire.Claim("i1", "clerk", "", 0)

        answer = post(door, seat, "/v1/claims", wire.Claims((claim,)))

        assert 204 == answer.status_code
        assert [("i1", "clerk", seat.site.id)] == [
            (each.incident, each.account, each.site) for each in pull(door, other).claims
        ]
        assert () == pull(door, seat).claims
        clock.now += 200_000
        (dead,) = pull(door, other).claims
        assert clock.now - dead.at > wire.CLAIM_GONE_MS
        clock.now += 12 * 3_600_000
        assert () == pull(door, other).claims
        many = wire.Claims(tuple(wire.Claim(str(n), "a", "", 0) for n in range(60)))
        assert 400 == post(door, seat, "/v1/claims", many).status_code
        empty = wire.Claims((wire.Claim("", "a", "", 0),))
        assert 400 == post(door, seat, "/v1/claims", empty).status_code

    def test_a_dead_seats_claim_is_taken_over_and_a_living_ones_is_not(
        self, hub: Hub, door: Door, clock: TestClock
    ) -> None:
        dead, seat = given_seat(hub, "A"), given_seat(hub, "B")
        post(door, dead, "/v1/claims", wire.Claims((wire.Claim("i1", "clerk", "", 0),)))
        over = (wire.Claim("i1", "clerk", dead.site.id, 0),)
        clock.now += wire.CLAIM_GONE_MS

        assert 204 == post(door, seat, "/v1/claims", wire.Claims((), over)).status_code
        assert ["i1"] == [each.incident for each in pull(door, seat).claims]
        clock.now += 1
        post(door, seat, "/v1/claims", wire.Claims((), over))
        assert () == pull(door, seat).claims

        nameless = wire.Claims((), (wire.Claim("i1", "", "", 0),))
        assert 400 == post(door, seat, "/v1/claims", nameless).status_code

    @pytest.mark.parametrize("cursor", [-1, 1 << 60])
    def test_a_cursor_that_is_none_is_refused(self, hub: Hub, door: Door, cursor: int) -> None:
        seat = given_seat(hub)

        assert 400 == post(door, seat, "/v1/pull", wire.Pull({TOWN: cursor}, 0)).status_code
