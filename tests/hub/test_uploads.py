"""Photos that come piece by piece: cut anywhere, by other processes, twice, with wrong bytes."""

from __future__ import annotations

import base64
import hashlib
import signal
import socket
import time
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from dispatch.domain.errors import Refused
from dispatch.hub.hub import Hub, HubPlace, open_hub
from dispatch.hub.uploads import KEPT_MS, MOST
from dispatch.wire.protocol import BLOB_BYTES
from tests.given import TOWN
from tests.hub.asking import PNG, code_of, headers_of
from tests.hub.cluster import cluster
from tests.hub.office import Seat, TestClock, given_hub, given_seat
from tests.hub.serving import Door, served
from tests.hub.test_alone import serving

TYPE = "application/offset+octet-stream"


def picture(size: int, salt: str = "") -> bytes:
    """Bytes that pass for a photo."""
    return PNG + hashlib.sha256(salt.encode()).digest() * (size // 32 + 1)


def path_of(content: bytes) -> str:
    """Where a photo is asked for."""
    return f"/v1/blobs/{hashlib.sha256(content).hexdigest()}"


def begin(door: Door, seat: Seat, content: bytes) -> Any:
    """Begin an upload."""
    length = {"Upload-Length": str(len(content))}
    return door.post(path_of(content), headers=headers_of(seat) | length)


def send(door: Door, seat: Seat, path: str, offset: int, piece: bytes) -> Any:
    """Append a piece."""
    told = {"Content-Type": TYPE, "Upload-Offset": str(offset)}
    return door.ask("PATCH", path, headers=headers_of(seat) | told, content=piece)


def offset_of(door: Door, seat: Seat, path: str) -> int | None:
    """How far the hub is, None when it knows of nothing."""
    answer = door.ask("HEAD", path, headers=headers_of(seat))
    return int(answer.headers["Upload-Offset"]) if answer.status_code == 200 else None


def halves(hub: Hub) -> list[Path]:
    """The uploads under way."""
    return sorted(hub.office.photos.with_name("uploads").glob("*/*"))


class TestWhatIsAnswered:
    def test_an_upload_in_pieces_is_the_photo(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        content = picture(1000)
        path = path_of(content)

        missing = door.ask("HEAD", path, headers=headers_of(seat))
        begun = begin(door, seat, content)
        first = send(door, seat, path, 0, content[:400])
        between = door.ask("HEAD", path, headers=headers_of(seat))
        last = send(door, seat, path, 400, content[400:])
        after = door.ask("HEAD", path, headers=headers_of(seat))

        assert (404, None) == (missing.status_code, missing.headers.get("Upload-Offset"))
        assert (201, path) == (begun.status_code, begun.headers["Location"])
        assert (204, "400") == (first.status_code, first.headers["Upload-Offset"])
        told = [between.headers[each] for each in ("Upload-Offset", "Upload-Length")]
        assert (200, ["400", str(len(content))]) == (between.status_code, told)
        assert "no-store" == between.headers["Cache-Control"]
        assert between.headers["Upload-Expires"].endswith("GMT")
        assert (204, str(len(content))) == (last.status_code, last.headers["Upload-Offset"])
        assert f'"{path[10:]}"' == after.headers["ETag"]
        assert {"1.0.0"} == {
            each.headers["Tus-Resumable"] for each in (missing, begun, first, between, last)
        }
        assert content == door.get(path, headers=headers_of(seat)).content
        assert [] == halves(hub)

    def test_another_offset_is_409_and_writes_nothing(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        content = picture(500)
        begin(door, seat, content)
        send(door, seat, path_of(content), 0, content[:100])

        for wrong in (0, 99, 101, 500):
            answer = send(door, seat, path_of(content), wrong, content[wrong:])
            assert (409, "upload_offset") == (answer.status_code, code_of(answer))

        assert 100 == offset_of(door, seat, path_of(content))

    def test_wrong_bytes_are_refused_and_nothing_is_kept(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        content = picture(500)
        begin(door, seat, content)

        answer = send(door, seat, path_of(content), 0, content[:-1] + b"?")

        assert (400, "bad_input") == (answer.status_code, code_of(answer))
        assert offset_of(door, seat, path_of(content)) is None
        assert 404 == door.get(path_of(content), headers=headers_of(seat)).status_code
        assert [] == halves(hub)
        assert [] == [each for each in hub.office.photos.rglob("*") if each.is_file()]

    def test_the_same_photo_twice_is_one(self, hub: Hub, door: Door) -> None:
        one, two = given_seat(hub, "A"), given_seat(hub, "B")
        content = picture(500)
        for seat in (one, two):
            begin(door, seat, content)
        send(door, one, path_of(content), 0, content)

        assert len(content) == offset_of(door, two, path_of(content)), "it need not send it"
        again = begin(door, two, content)
        assert (201, str(len(content))) == (again.status_code, again.headers["Upload-Offset"])
        assert 1 == len([each for each in hub.office.photos.rglob("*") if each.is_file()])

    def test_a_name_may_come_in_the_metadata_or_not_at_all(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        named = base64.b64encode(path_of(picture(300, "c"))[10:].encode()).decode()
        for salt, metadata in (("a", ""), ("b", "filename MS5qcGc="), ("c", f"x, sha256 {named}")):
            content = picture(300, salt)
            told = {"Upload-Length": str(len(content)), "Upload-Metadata": metadata}
            begun = door.post("/v1/blobs", headers=headers_of(seat) | told)
            assert 201 == begun.status_code, begun.text
            done = send(door, seat, begun.headers["Location"], 0, content)
            assert (204, path_of(content)) == (done.status_code, done.headers["Content-Location"])
            assert content == door.get(path_of(content), headers=headers_of(seat)).content

    def test_what_is_spoken_is_told_to_anybody(self, door: Door) -> None:
        answer = door.ask("OPTIONS", "/v1/blobs")

        told = [answer.headers[f"Tus-{each}"] for each in ("Version", "Extension", "Max-Size")]
        assert ["1.0.0", "creation,expiration", str(BLOB_BYTES)] == told

    @pytest.mark.parametrize(
        ("method", "headers", "status"),
        [
            ("POST", {}, 400),
            ("POST", {"Upload-Length": "-1"}, 400),
            ("POST", {"Upload-Length": "0"}, 400),
            ("POST", {"Upload-Length": "9" * 400}, 400),
            ("POST", {"Upload-Length": str(BLOB_BYTES + 1)}, 413),
            ("POST", {"Upload-Length": "9", "Upload-Defer-Length": "1"}, 400),
            ("POST", {"Upload-Length": "9", "Tus-Resumable": "0.2.2"}, 412),
            ("PATCH", {"Upload-Offset": "0"}, 415),
            ("PATCH", {"Upload-Offset": "x", "Content-Type": TYPE}, 400),
            ("PATCH", {"Upload-Offset": "0", "Content-Type": TYPE}, 404),
            ("GET", {"Range": "bytes=0-"}, 404),
        ],
    )
    def test_what_is_wrong_is_one_line(
        self, hub: Hub, door: Door, method: str, headers: dict[str, str], status: int
    ) -> None:
        seat = given_seat(hub)
        answer = door.ask(method, f"/v1/blobs/{'0' * 64}", headers=headers_of(seat) | headers)

        assert status == answer.status_code
        assert code_of(answer)
        assert [] == halves(hub)

    def test_metadata_that_cannot_be_read_and_odd_names(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        headers = headers_of(seat) | {"Upload-Length": "9"}
        for name in ("short", "A" * 64, "0" * 32, "..%2Fhub.key", "0" * 63 + "%0A"):
            assert door.post(f"/v1/blobs/{name}", headers=headers).status_code in {400, 404}
        for metadata in ("sha256 ?", "sha256 MDA=", "sha256 /w=="):
            told = {"Upload-Metadata": metadata}
            answer = door.post("/v1/blobs", headers=headers | told)
            assert (400, "bad_input") == (answer.status_code, code_of(answer)), metadata
        assert [] == halves(hub)

    def test_nobodys_token_is_401(self, door: Door) -> None:
        for method in ("HEAD", "PATCH", "POST", "GET"):
            answer = door.ask(method, f"/v1/blobs/{'0' * 64}", headers={"Upload-Length": "9"})
            assert 401 == answer.status_code, method

    def test_more_than_was_said_is_refused_and_a_longer_body_is_not_read(
        self, hub: Hub, door: Door
    ) -> None:
        seat = given_seat(hub)
        content = picture(300)
        begin(door, seat, content)

        more = send(door, seat, path_of(content), 0, content + b"x")
        large = send(door, seat, path_of(content), 0, bytes(BLOB_BYTES + 1))

        assert (400, 413) == (more.status_code, large.status_code)
        assert 0 == offset_of(door, seat, path_of(content))


class TestRanges:
    def test_a_photo_comes_in_ranges_under_its_hash(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        content = picture(1000)
        path, size = path_of(content), len(content)
        door.put(path, headers=headers_of(seat), content=content)
        mark = f'"{path[10:]}"'

        def ask(**headers: str) -> Any:
            told = {name.replace("_", "-"): value for name, value in headers.items()}
            return door.get(path, headers=headers_of(seat) | told)

        whole, some = ask(), ask(Range="bytes=10-19", If_Range=mark)
        rest, tail = ask(Range=f"bytes={size - 5}-"), ask(Range="bytes=-7")
        beyond, other = ask(Range=f"bytes={size}-"), ask(Range="bytes=5-", If_Range='"x"')

        assert (200, content, mark) == (whole.status_code, whole.content, whole.headers["ETag"])
        assert (206, content[10:20]) == (some.status_code, some.content)
        assert f"bytes 10-19/{size}" == some.headers["Content-Range"]
        assert (content[-5:], content[-7:]) == (rest.content, tail.content)
        assert (416, f"bytes */{size}") == (beyond.status_code, beyond.headers["Content-Range"])
        assert (200, content) == (other.status_code, other.content)
        assert 304 == ask(If_None_Match=mark).status_code
        for wrong in ("bytes=9-3", "bytes=", "lines=1-2", "bytes=0-1,4-5", "bytes=x-"):
            assert (400, "bad_input") == (
                (answer := ask(Range=wrong)).status_code,
                code_of(answer),
            )


class TestFault23:
    def test_cut_at_any_byte_goes_on_where_it_stood(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        size = len(picture(30))
        for cut in range(size):
            content = picture(30, f"cut {cut}")
            begin(door, seat, content)
            with _line(door.url, seat, path_of(content), 0, content) as line:
                line.sendall(content[:cut])
            resume(door, seat, content, cut)
            assert content == door.get(path_of(content), headers=headers_of(seat)).content
        assert [] == halves(hub)

    def test_what_came_before_a_cut_is_kept(self, hub: Hub, door: Door) -> None:
        seat = given_seat(hub)
        content = picture(600_000)
        begin(door, seat, content)
        with _line(door.url, seat, path_of(content), 0, content) as line:
            line.sendall(content[:400_000])
            until = time.monotonic() + 20
            while not any(each.stat().st_size for each in halves(hub)):
                assert time.monotonic() < until, "nothing was written while it came"
                time.sleep(0.01)

        assert 262_144 <= resume(door, seat, content, 400_000)
        assert content == door.get(path_of(content), headers=headers_of(seat)).content

    def test_two_processes_share_an_upload(self, tmp_path: Path) -> None:
        place = HubPlace(cluster().fresh(), tmp_path / "hub.d")
        with (
            closing(given_hub(place.url, place.folder, TestClock())) as one,
            closing(open_hub(place, TestClock())) as two,
            served(one) as here,
            served(two) as there,
        ):
            seat = given_seat(one)
            content = picture(5000)
            doors = [Door(here), Door(there)]
            begin(doors[0], seat, content)
            for turn, at in enumerate(range(0, len(content), 700)):
                door = doors[(turn + 1) % 2]
                assert at == offset_of(door, seat, path_of(content))
                piece = content[at : at + 700]
                assert 204 == send(door, seat, path_of(content), at, piece).status_code

            assert content == doors[0].get(path_of(content), headers=headers_of(seat)).content

    def test_one_that_was_whole_when_its_hub_died_is_kept_by_the_next(
        self, hub: Hub, door: Door
    ) -> None:
        seat = given_seat(hub)
        content = picture(500)
        begin(door, seat, content)
        (half,) = halves(hub)
        half.write_bytes(content)  # its last byte came, and the process died before the rest

        assert len(content) == offset_of(door, seat, path_of(content))
        assert content == door.get(path_of(content), headers=headers_of(seat)).content

    def test_a_killed_hub_goes_on_with_what_it_had(self, tmp_path: Path) -> None:
        file = tmp_path / "hub.db"
        hub = given_hub(f"sqlite:///{file}", tmp_path / "hub.db.d", TestClock(_now()))
        seat = given_seat(hub)
        hub.close()
        content = picture(3_000_000)
        path = path_of(content)
        with serving(file, signal.SIGKILL) as url:
            begin(Door(url), seat, content)
            assert 204 == send(Door(url), seat, path, 0, content[:1_000_000]).status_code
            line = _line(url, seat, path, 1_000_000, content)
            line.sendall(content[1_000_000:1_600_000])
        line.close()
        with serving(file) as url:
            here = offset_of(Door(url), seat, path)
            assert here is not None
            assert 1_000_000 <= here <= 1_600_000
            assert 204 == send(Door(url), seat, path, here, content[here:]).status_code
            assert content == Door(url).get(path, headers=headers_of(seat)).content


class TestWhatIsGivenUp:
    def test_half_an_upload_goes_after_a_day(self, hub: Hub, door: Door, clock: TestClock) -> None:
        seat = given_seat(hub)
        content = picture(500)
        begin(door, seat, content)
        send(door, seat, path_of(content), 0, content[:100])
        clock.now += KEPT_MS - 1000
        hub.uploads.purge()
        assert 100 == offset_of(door, seat, path_of(content))

        clock.now += 2000
        assert offset_of(door, seat, path_of(content)) is None
        begin(door, seat, content)
        clock.now += KEPT_MS + 1
        hub.uploads.purge()

        assert [] == halves(hub)

    def test_a_site_has_a_bounded_number_of_them(self, hub: Hub, clock: TestClock) -> None:
        seat = given_seat(hub)
        names = [hashlib.sha256(bytes([each])).hexdigest() for each in range(MOST + 3)]
        for name in names:
            clock.now += 10
            hub.uploads.begin(seat.site, name, 100)

        assert MOST == len(halves(hub))
        assert hub.uploads.at(seat.site, names[2]) is None
        assert hub.uploads.at(seat.site, names[3]) is not None

    def test_another_length_begins_anew_and_another_town_sees_nothing(self, hub: Hub) -> None:
        seat, other = given_seat(hub), given_seat(hub, "V", "441900106201")
        content = picture(200)
        name = path_of(content)[10:]
        hub.uploads.begin(seat.site, name, 300)
        hub.uploads.append(seat.site, name, 0, content[:50])
        assert hub.uploads.at(other.site, name) is None
        with pytest.raises(Refused, match="unknown_upload"):
            hub.uploads.append(other.site, name, 0, content)

        assert 0 == hub.uploads.begin(seat.site, name, len(content)).offset
        assert name == hub.uploads.append(seat.site, name, 0, content).sha256
        assert hub.photos.find(TOWN, name) is not None
        assert hub.photos.find("441900003", name) is None


def _now() -> int:
    return time.time_ns() // 1_000_000


def _line(url: str, seat: Seat, path: str, offset: int, content: bytes) -> socket.socket:
    """A PATCH that has told what it is going to send."""
    address = urlsplit(url)
    line = socket.create_connection((address.hostname or "", address.port or 0))
    line.sendall(
        f"PATCH {path} HTTP/1.1\r\nHost: hub\r\nContent-Type: {TYPE}\r\n"
        f"Authorization: Bearer {seat.token}\r\nUpload-Offset: {offset}\r\n"
        f"Content-Length: {len(content) - offset}\r\n\r\n".encode()
    )
    return line


def resume(door: Door, seat: Seat, content: bytes, most: int) -> int:
    """Do as a client does until the photo is whole: look, send the rest. Where it went on."""
    path = path_of(content)
    until = time.monotonic() + 30
    while time.monotonic() < until:
        here = offset_of(door, seat, path)
        assert here is not None
        assert here <= most
        # The cut request may still be under way: 429, or 409 when it has come in between.
        if send(door, seat, path, here, content[here:]).status_code == 204:
            return here
        time.sleep(0.005)
    raise AssertionError("it could never go on")
