"""Who sends too much, too slowly or never: is told so or cut off, and holds up nobody else."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import zstandard
from sqlalchemy import select
from sqlalchemy.exc import InternalError
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from console import hub_line
from console.hub_socket import listening
from dispatch.domain.errors import BadInput
from dispatch.hub import limits, postgres
from dispatch.hub.hub import Hub
from dispatch.hub.schema import HEAD
from dispatch.wire import protocol as wire
from dispatch.wire.protocol import Push, decode
from tests.given import TOWN, given_filed
from tests.hub.asking import code_of, headers_of, post
from tests.hub.cluster import cluster
from tests.hub.office import Seat, TestClock, given_hub, given_seat
from tests.hub.serving import Door, served

ZEROS = b" " * (limits.limit_of("/v1/events") + 1)


def line_to(door: Door) -> socket.socket:
    """A bare line to the hub."""
    host, port = urlsplit(door.url).hostname, urlsplit(door.url).port
    return socket.create_connection((str(host), int(port or 0)), timeout=60)


def head(seat: Seat, path: str, length: int) -> bytes:
    """The head of a request whose body is yet to come."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {seat.token}\r\n"
        f"Content-Length: {length}\r\n\r\n"
    ).encode()


def test_what_unpacks_to_too_much_is_refused_before_it_is_parsed(door: Door, hub: Hub) -> None:
    seat = given_seat(hub)
    bomb = zstandard.compress(ZEROS)
    assert len(bomb) < 1000
    headers = headers_of(seat) | {"Content-Encoding": "zstd"}
    for path in ("/v1/events", "/v1/pull", "/v1/session", "/v1/claims"):
        answer = door.post(path, headers=headers, content=bomb)
        assert (400, "bad_input") == (answer.status_code, code_of(answer))
        assert "解压后超过" in answer.json()["detail"]


def test_a_frame_that_wants_much_memory_is_not_unpacked() -> None:
    """Its head alone makes a reader set aside as much as it says."""
    wide = zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=True)
    raw = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    packed = raw.compress(b"{}") + raw.flush()
    with pytest.raises(BadInput, match=r"memory|window"):
        decode(packed, Push, "push", packed=True)


def test_too_much_of_all_bodies_together_is_429(
    door: Door, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = given_seat(hub)
    monkeypatch.setattr(limits, "ALL_BYTES", 50_000)
    large = b'{"frames": []' + b" " * 60_000 + b"}"
    answer = door.post("/v1/events", headers=headers_of(seat), content=large)
    assert (429, "busy", "2") == (
        answer.status_code,
        code_of(answer),
        answer.headers["Retry-After"],
    )
    assert 200 == post(door, seat, "/v1/events", Push(())).status_code


def test_what_is_being_read_counts_until_it_is_answered_and_photos_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "ALL_BYTES", 100)

    async def said(_: Message) -> None:
        raise AssertionError

    def coming(*sizes: int) -> asyncio.Queue[Message]:
        pieces: asyncio.Queue[Message] = asyncio.Queue()
        for size in sizes:
            pieces.put_nowait({"type": "http.request", "body": b" " * size, "more_body": True})
        return pieces

    end: Message = {"type": "http.request", "body": b"", "more_body": False}

    async def life() -> None:
        read = asyncio.Event()

        async def app(_: Scope, receive: Receive, __: Send) -> None:
            while (await receive()).get("more_body"):
                read.set()

        limit = limits.BodyLimit(app)

        def request(path: str, pieces: asyncio.Queue[Message]) -> asyncio.Task[None]:
            scope = {"type": "http", "path": path, "headers": []}
            return asyncio.create_task(limit(scope, pieces.get, said))

        first = coming(60)
        slow = request("/v1/events", first)
        await read.wait()
        for _ in range(2):  # one that was turned away counts no more
            with pytest.raises(HTTPException, match="429"):
                await request("/v1/pull", coming(30, 30))
        photo = coming(60)
        photo.put_nowait(end)
        await request("/v1/blobs/x", photo)
        first.put_nowait(end)
        await slow
        again = coming(60, 30)
        again.put_nowait(end)
        await request("/v1/pull", again)

    asyncio.run(life())


@pytest.mark.parametrize("limit", ["SILENT_S", "SMALL_S"])
def test_a_body_that_does_not_come_is_408_and_the_line_is_closed(
    door: Door, hub: Hub, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    seat = given_seat(hub)
    monkeypatch.setattr(limits, limit, 0.3)
    with line_to(door) as slow:
        slow.sendall(head(seat, "/v1/events", 100) + b'{"frames"')
        got = b""
        while piece := slow.recv(4096):
            got += piece
    assert got.startswith(b"HTTP/1.1 408")
    assert b"\xe8\xaf\xb7\xe6\xb1\x82\xe6\x9c\xaa\xe5\x8f\x91\xe5\xae\x8c" in got
    assert 200 == post(door, seat, "/v1/events", Push(())).status_code


@pytest.mark.parametrize("before", [b"", b"GET /v1/health HTTP/1.1\r\nHost: hub\r\n\r\n"])
def test_a_line_on_which_no_head_comes_is_closed(
    door: Door, monkeypatch: pytest.MonkeyPatch, before: bytes
) -> None:
    monkeypatch.setattr(hub_line, "HEAD_S", 0.3)
    with line_to(door) as slow:
        if before:
            slow.sendall(before)
            assert slow.recv(4096).startswith(b"HTTP/1.1 204")
        slow.sendall(b"GET /v1/health HT")
        assert b"" == slow.recv(4096)


def test_many_that_dawdle_hold_up_nobody(door: Door, hub: Hub) -> None:
    """They outnumber the threads of the database by far; none of them has one."""
    seat, other = given_seat(hub), given_seat(hub)
    given_filed(other.log)
    with ExitStack() as lines:
        for number in range(60):
            line = lines.enter_context(line_to(door))
            path = ("/v1/events", "/v1/pull", "/v1/enrol", "/v1/claims")[number % 4]
            line.sendall(head(seat, path, 1000)[: 400 if number % 5 else 30])
        assert 204 == door.get("/v1/health").status_code
        assert 200 == post(door, other, "/v1/events", Push(other.frames())).status_code


def test_a_dead_line_is_given_up_by_the_system() -> None:
    with (
        closing(listening("127.0.0.1:0")) as bound,
        socket.create_connection(bound.getsockname(), timeout=60),
    ):
        taken, _ = bound.accept()
        with taken:
            limit = taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)
            assert 30_000 == limit
            assert taken.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)


@pytest.fixture
def impatient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A hub on PostgreSQL whose limits are those of the product in the small."""
    for what in ("lock_timeout=10s", "idle_in_transaction_session_timeout=15s"):
        name, _, seconds = what.partition("=")
        assert what in postgres._OPTIONS  # noqa: SLF001
        short = postgres._OPTIONS.replace(what, f"{name}={seconds[:-1]}00ms")  # noqa: SLF001
        monkeypatch.setattr(postgres, "_OPTIONS", short)
    with closing(given_hub(cluster().fresh(), tmp_path / "hub.d", TestClock())) as made:
        yield made


def test_a_process_that_hangs_in_a_transaction_holds_a_town_for_a_while_only(
    impatient: Hub,
) -> None:
    hub = impatient
    seat = given_seat(hub)
    given_filed(seat.log)
    database = hub.office.database
    held = select(HEAD).where(HEAD.c.town == TOWN).with_for_update()
    with served(hub) as url, database.engine.connect() as hung:
        hung.execute(held)
        answer = post(Door(url), seat, "/v1/events", Push(seat.frames()))
        assert (503, "database") == (answer.status_code, code_of(answer))
        assert "5" == answer.headers["Retry-After"]
        status = 0
        for _ in range(100):
            status = post(Door(url), seat, "/v1/events", Push(seat.frames())).status_code
            if status == 200:
                break
        assert 200 == status, "the town goes on without the one that hangs"
        with pytest.raises(InternalError, match="idle-in-transaction"):
            hung.execute(held)
        hung.invalidate()
    page = seat.pull()
    assert isinstance(page, wire.TownPage)
    assert 2 == seat.cursor
