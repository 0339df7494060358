"""The same act by seat, command line and field door is the same bytes but for who wrote it when."""

from __future__ import annotations

import json
from typing import Any

import requests

from console import sites
from console.clock import clock
from dispatch.desk.desk import Desk
from dispatch.domain.command import Command, Verb
from tests.e2e.town import Town, zhiwang

OWN = frozenset({"id", "inc", "sseq", "prev", "at", "offset_ms", "offset_age_s", "session"})
"""Name, writer, time and session. Each act is on an incident of its own, so subject and base
differ too, and with the incident's key the ciphertext."""


def bare(event: dict[str, Any]) -> str:
    """An event's bytes without what is its own, fields in the order they were written."""
    kept = {name: value for name, value in event.items() if name not in OWN}
    kept |= {"subject": event["subject"]["kind"], "base": len(event["base"])}
    if "sealed" in kept:
        kept["sealed"] = "…"
    for added in ("hash", "seq"):
        kept.pop(added, None)
    return json.dumps(kept, ensure_ascii=False)


def ready(town: Town, number: int) -> str:
    """An incident at work with the fire brigade, the same up to its text's number."""
    id_ = str(town.report("seat1", "clerk1", "0605", f"通道堵塞 {number}")["id"])
    town.act("seat1", "clerk1", "file", id_)
    town.act("seat1", "dispatcher1", "dispatch", id_, "--unit", "消防")
    town.act("seat1", "fire1", "sign", id_, "--person", "队员甲")
    return id_


def test_an_arrival_is_the_same_bytes_by_every_door(town: Town) -> None:
    """One handler stamps three arrivals: at the desk, in a shell, with a telephone."""
    town.login("seat1", "clerk1", "dispatcher1", "fire1")
    by_desk, by_shell, by_door = (ready(town, number) for number in range(3))
    town.sync("seat1")
    with sites.open_site(town.site("seat1")) as site:
        desk = Desk(site, clock())
        desk.resume("fire1")
        desk.act(Command(verb=Verb.ARRIVE, incident=by_desk)).result()
    town.act("seat1", "fire1", "arrive", by_shell)
    token = zhiwang("hub", "token", "--db", town.db, "--as", "fire1", "--days", "1").out.strip()
    answer = requests.post(
        f"{town.url}/v1/field/incidents/{by_door}/arrive",
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": "k1"},
        json={},
        timeout=20,
    )
    assert 200 == answer.status_code, answer.text
    town.sync("seat1")

    arrivals = [bare(town.event("seat1", id_, "arrived")) for id_ in (by_desk, by_shell, by_door)]

    assert 1 == len(set(arrivals)), arrivals
