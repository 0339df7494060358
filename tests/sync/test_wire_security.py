"""The wire over real TLS: what was said once is nothing new, and nobody is talked into less."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests
from sqlalchemy import update

from console.hub import Tls
from dispatch.domain.errors import BadInput, Offline
from dispatch.hub.folding import head_of
from dispatch.hub.hub import Hub
from dispatch.hub.schema import SITE
from dispatch.sync.enrol import enrol
from dispatch.sync.link import checked_url
from dispatch.sync.ops import Trouble
from dispatch.wire import protocol as wire
from dispatch.wire.keys import Signer
from dispatch.wire.protocol import encode
from tests.given import TOWN
from tests.hub.office import TestClock, given_hub, given_seat
from tests.hub.serving import served
from tests.sync.own_ca import own_ca
from tests.sync.stations import Station, given_station


class Room:
    """A hub behind TLS and an enrolled site."""

    def __init__(self, hub: Hub, folder: Path, url: str, ca: Path, tls: Tls) -> None:
        self.hub = hub
        self.folder = folder
        self.url = url
        self.ca = ca
        self.tls = tls
        self.site: Station = given_station(hub, url, folder / "a", TOWN, ca)

    def post(self, path: str, body: bytes, token: str = "") -> requests.Response:
        """Send bytes as they were sent before."""
        headers = {"Authorization": f"Bearer {token or self.site.link.token}"}
        return requests.post(
            self.url + path, data=body, headers=headers, timeout=30, verify=str(self.ca)
        )

    def head(self) -> int:
        """Return the town's last number."""
        return self.hub.office.database.read(lambda connection: head_of(connection, TOWN))


@pytest.fixture
def room(hub: Hub, tmp_path: Path) -> Iterator[Room]:
    """A room whose site has exchanged."""
    ca, tls = own_ca(tmp_path)
    with served(hub, tls) as url:
        made = Room(hub, tmp_path, url, ca, tls)
        with closing(made.site.store):
            made.site.sync()
            yield made


def test_a_push_that_was_recorded_is_nothing_new_whoever_sends_it(room: Room) -> None:
    room.site.filed()
    frames = room.site.store.read(lambda reader: reader.pending(10, 1 << 20)).result()
    recorded = encode(wire.Push(frames), packed=False)
    room.site.sync()
    before = room.head()
    thief = given_seat(room.hub, "T")

    for token in ("", thief.token):
        answer = room.post("/v1/events", recorded, token)
        done = msgspec.json.decode(answer.content, type=wire.PushAnswer)
        assert ["duplicate", "duplicate"] == [each.status for each in done.verdicts]
    assert before == room.head()


def test_an_enrolment_that_was_recorded_enrols_nobody(room: Room) -> None:
    key = Signer.new().public
    code = room.hub.sites.code(TOWN, "")
    recorded = encode(wire.Enrol(code, key, "i-1", key), packed=False)
    assert [200, 403, 403] == [room.post("/v1/enrol", recorded).status_code for _ in range(3)]


def test_guessing_codes_is_slow(room: Room) -> None:
    key = Signer.new().public
    guess = encode(wire.Enrol("AAAA-AAAA", key, "i-1", key), packed=False)
    answers = [room.post("/v1/enrol", guess) for _ in range(12)]
    assert [429, 429] == [each.status_code for each in answers[-2:]]
    assert "60" == answers[-1].headers["Retry-After"]


def test_a_site_that_was_revoked_gets_nothing_and_keeps_what_it_made(room: Room) -> None:
    room.site.filed()
    gone = update(SITE).where(SITE.c.id == room.site.store.identity.site).values(revoked=True)
    room.hub.office.database.write(lambda connection: connection.execute(gone))
    with pytest.raises(Trouble, match="site_revoked"):
        room.site.sync()
    assert 2 == room.site.status().unsent


def test_another_hub_at_the_same_address_gets_no_event(room: Room, tmp_path: Path) -> None:
    """The same certificate, another hub: it knows no token, and what it would sign is not ours."""
    room.site.filed()
    folder = tmp_path / "other"
    folder.mkdir()
    other = given_hub(f"sqlite:///{folder / 'hub.db'}", folder / "hub.d", TestClock())
    with closing(other), served(other, room.tls) as url:
        there = replace(room.site.link, url=url)
        with pytest.raises(Trouble, match="unauthorized"):
            Station(room.site.store, there).sync()
        token = given_seat(other).token
        with pytest.raises(Trouble, match="hub_key"):
            Station(room.site.store, replace(there, token=token)).sync()
        assert 0 == other.office.database.read(lambda connection: head_of(connection, TOWN))
    assert 2 == room.site.status().unsent


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_no_old_tls_is_spoken(room: Room) -> None:

    old = ssl.create_default_context(cafile=str(room.ca))
    old.minimum_version = ssl.TLSVersion.TLSv1
    old.maximum_version = ssl.TLSVersion.TLSv1_1
    host, _, port = room.url.removeprefix("https://").partition(":")
    with (
        socket.create_connection((host, int(port)), timeout=30) as line,
        pytest.raises((ssl.SSLError, ConnectionError)),
    ):
        old.wrap_socket(line, server_hostname=host)


@contextmanager
def _turning_away(tls: Tls, target: str) -> Iterator[tuple[str, list[str]]]:
    """A server behind TLS that sends whoever comes to an address without it."""
    asked: list[str] = []

    class Away(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            self.send_response(307)
            self.send_header("Location", target + self.path)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Away)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tls.cert, tls.key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_nobody_is_sent_on_to_a_line_without_tls(room: Room) -> None:
    with served(room.hub) as plain, _turning_away(room.tls, plain) as (url, asked):
        room.site.filed()
        before = room.head()
        with pytest.raises(Trouble, match="http_307"):
            Station(room.site.store, replace(room.site.link, url=url)).sync()
        assert ["/v1/session"] == asked
        assert before == room.head()
    assert 2 == room.site.status().unsent


def test_a_line_without_tls_is_not_spoken_to_a_hub_with_it(room: Room) -> None:
    bare = room.url.replace("https://", "http://")
    with pytest.raises((Offline, Trouble)):
        Station(room.site.store, replace(room.site.link, url=bare)).sync()


@pytest.mark.parametrize(
    "bare", ["http://10.0.0.5:8765", "http://hub.town", "http://[::2]:1", "http://127.0.0.1.town"]
)
def test_a_hub_elsewhere_is_not_spoken_to_without_tls(bare: str) -> None:
    with pytest.raises(BadInput, match="https://"):
        enrol(bare, "AAAA-BBBB")
    assert bare.replace("http", "https") == checked_url(bare.replace("http", "https"))


@pytest.mark.parametrize("bare", ["http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1/"])
def test_this_machine_is(bare: str) -> None:
    assert bare.rstrip("/") == checked_url(bare)
