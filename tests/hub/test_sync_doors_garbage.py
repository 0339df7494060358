"""The doors of sites on garbage, behind a right token: a refusal in its one shape, nothing kept.

But what an auditor must see: that a site asked for what is another's.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pytest
import zstandard
from fastapi.routing import APIRoute
from hypothesis import strategies as st

from dispatch.domain.bodies import Audited
from dispatch.hub import blob_doors, sync_doors
from dispatch.hub.hub import Hub
from dispatch.wire import protocol as wire
from dispatch.wire.envelope import read
from dispatch.wire.protocol import encode
from dispatch.wire.receipt import Made, ReceiptAsk
from tests.doors.garbage import ODD, Search, documents, json_values, put_in, search
from tests.hub.field import auth, events
from tests.hub.office import Seat, TestClock, given_hub, given_seat
from tests.hub.serving import Door, served

ROUTES: Final = [
    (method, each.path)
    for router in (sync_doors.router, blob_doors.router)
    for each in router.routes
    if isinstance(each, APIRoute)
    for method in sorted(each.methods or ())
]
EXAMPLES: Final = [8, pytest.param(150, marks=pytest.mark.long)]
MESSAGES: Final[dict[str, wire.Message]] = {
    "/v1/enrol": wire.Enrol("AAAA-0000", bytes(32), "i1", bytes(32)),
    "/v1/session": wire.SessionAsk(1, (), {}, 0, "0.1.0"),
    "/v1/events": wire.Push((wire.Frame("{}", bytes(64)),)),
    "/v1/pull": wire.Pull({"441900106": 0}, 0),
    "/v1/positions": wire.Fixes((wire.Fix("W1", 113.9, 23.0, 1),)),
    "/v1/receipt": ReceiptAsk("441900106", (Made("i1", 1, "0" * 64),), 1, "0" * 64, ""),
    "/v1/claims": wire.Claims((wire.Claim("i1", "a", "s", 0),)),
}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[Hub, Seat, Door]]:
    folder = tmp_path
    hub = given_hub(f"sqlite:///{folder / 'hub.db'}", folder / "hub.d", TestClock())
    seat = given_seat(hub)
    with served(hub) as url:
        yield hub, seat, Door(url)
    hub.close()


def bodies(path: str) -> Search[bytes]:
    """A good message with garbage in it, any document, packed or not."""
    good = encode(MESSAGES[path], packed=False) if path in MESSAGES else b"x" * 40
    names = good.split(b'"')[1::2] if path in MESSAGES else []
    keys = [b'"' + name + b'":' for name in names]
    changed = st.builds(
        lambda key, value: good.replace(key, key + value + b',"_":'),
        st.sampled_from(keys or [b"x"]),
        documents(),
    )
    plain = st.one_of(put_in(good), changed, documents(), json_values().map(repr).map(str.encode))
    return st.one_of(plain, plain.map(zstandard.ZstdCompressor().compress))


def answered(
    door: Door, seat: Seat, route: tuple[str, str], given: tuple[bytes, str, bool]
) -> None:
    """The answer is one that a site understands: fine, or a problem below 500 in one line."""
    (method, path), (body, name, packed) = route, given
    whole = path.replace("{name}", name).replace("{sha256}", name)
    query = f"?since={name}" if method == "GET" and "{" not in path else ""
    headers = auth(seat.token) | ({"Content-Encoding": "zstd"} if packed else {})
    answer: Any = door.ask(method, whole + query, headers=headers, content=body)

    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400 and method != "HEAD":
        assert {"code", "detail"} >= set(answer.json())
        assert "\n" not in answer.json().get("detail", "")


@pytest.mark.parametrize("examples", EXAMPLES)
def test_every_door_of_sites(place: tuple[Hub, Seat, Door], examples: int) -> None:
    hub, seat, door = place
    names = st.sampled_from([quote(each.encode(), safe="") for each in ODD if len(each) < 500])
    before = files(hub)

    for route in ROUTES:
        garbage = st.tuples(bodies(route[1]), names, st.booleans())
        search(partial(answered, door, seat, route), garbage, examples)

    assert len(ROUTES) >= 10
    head = hub.folding.catch_up(seat.site.town)
    audited = [read(row.bytes).body for row in events(hub, "audited")]
    found = [each.what for each in audited if isinstance(each, Audited)]
    assert ["site_out_of_scope"] * head == found
    assert before == files(hub)


def files(hub: Hub) -> list[Path]:
    """The photos and whatever else lies beside the database."""
    return sorted(each for each in hub.office.photos.rglob("*") if each.is_file())


@pytest.mark.expects_log("Invalid HTTP request received")
def test_a_length_that_is_no_number_is_refused(place: tuple[Hub, Seat, Door]) -> None:
    _, seat, door = place
    for length in ("9" * 5_000, "-1", "٣", "1e3"):
        headers = auth(seat.token) | {"Content-Length": length}
        answer = door.ask("POST", "/v1/pull", headers={k: v.encode() for k, v in headers.items()})
        assert 400 <= answer.status_code < 500
