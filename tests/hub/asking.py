"""What a site asks at the hub's doors, and how it is answered."""

from __future__ import annotations

from typing import Any  # Any: answers of the HTTP client

from dispatch.wire import protocol as wire
from dispatch.wire.protocol import decode, encode
from tests.hub.office import Seat
from tests.hub.serving import Door

PNG = b"\x89PNG\r\n\x1a\n a made-up picture"


def headers_of(seat: Seat) -> dict[str, str]:
    """Who asks."""
    return {"Authorization": f"Bearer {seat.token}"}


def post(door: Door, seat: Seat, path: str, message: wire.Message) -> Any:
    """Send a message of the protocol to a door."""
    return door.post(path, headers=headers_of(seat), content=encode(message, packed=False))


def pull(door: Door, seat: Seat, wait: int = 0, **more: Any) -> wire.PullAnswer:
    """Ask for what is new since the seat's cursor."""
    ask = wire.Pull({seat.site.town: seat.cursor}, wait, **more)
    answer = post(door, seat, "/v1/pull", ask)
    assert 200 == answer.status_code, answer.text
    return decode(answer.content, wire.PullAnswer, "pull")


def code_of(answer: Any) -> str:
    """The code of a refusal."""
    assert "application/problem+json" == answer.headers["content-type"]
    return str(answer.json()["code"])
