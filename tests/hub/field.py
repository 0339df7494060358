"""Sentences for tests of the field's doors: a report, a bearer, what was stored, a refusal."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from dispatch.domain.fold import fold
from dispatch.domain.incident import Incident
from dispatch.hub.folding import events_of
from dispatch.hub.hub import Hub
from dispatch.hub.schema import EVENT
from tests.given import (
    GRID,
    LAT,
    LON,
    TOWN,
)

JPEG = b"\xff\xd8\xff\xe0 a made-up picture"
REPORT = {"item": "0601", "lon": LON, "lat": LAT, "grid": GRID, "text": "堆放杂物"}


def auth(token: str, key: str = "") -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})


def events(hub: Hub, type_: str) -> list[Any]:
    query = select(EVENT).where(EVENT.c.type == type_).order_by(EVENT.c.seq)
    return list(hub.office.database.read(lambda connection: connection.execute(query).all()))


def incident_of(hub: Hub, id_: str) -> Incident:
    return fold(hub.office.database.read(lambda connection: events_of(connection, TOWN, id_)))


def problem(answer: Any, status: int, code: str) -> str:
    """Check a refusal's one shape; return its words."""
    assert status == answer.status_code, answer.text
    assert "application/problem+json" == answer.headers["content-type"]
    told = answer.json()
    assert code == told["code"]
    assert "\n" not in told.get("detail", "")
    assert "Traceback" not in answer.text
    return str(told.get("detail", ""))
