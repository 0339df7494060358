"""The field's and the city's doors by their own description: schemathesis makes up the requests.

No answer is a 5xx, every answer is one that the description has, and what was taken makes sense.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
import schemathesis
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from dispatch.domain.codes import Role
from dispatch.hub.hub import Hub
from dispatch.hub.verify import check_town
from tests.doors.garbage import Search, search
from tests.given import CITY, FIRE, FIRE_ITEM, GRID, LAT, LON, TOWN, given_sent, given_verify
from tests.hub.cluster import cluster
from tests.hub.field import auth
from tests.hub.office import Seat, TestClock, given_hub, given_person, given_seat
from tests.hub.serving import served

CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
FEW, MANY = 2, 12
PLACES: Final = {"grid": GRID, "item": FIRE_ITEM, "lon": LON, "lat": LAT, "village": None}
DOORS: Final = 22
"""How many there are at least: a description without doors would try nothing."""


@dataclass
class Town:
    """A hub on loopback with incidents in several states, and who may ask it."""

    hub: Hub
    url: str
    seat: Seat
    incidents: tuple[str, ...]
    tokens: tuple[str, ...]
    answered: Counter[int] = field(default_factory=Counter)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    here = f"sqlite:///{tmp_path / 'hub.db'}"
    url = here if request.param == "sqlite" else cluster().fresh()
    hub = given_hub(url, tmp_path / "hub.d", TestClock())
    seat = given_seat(hub)
    incidents = (given_sent(seat.log).id, given_verify(seat.log).id)
    seat.push()
    tokens = (
        given_person(hub, "W001", Role.WORKER),
        given_person(hub, "fire", Role.UNIT, node=f"{TOWN}/{FIRE}"),
        given_person(hub, "city", Role.CHIEF, node=CITY),
    )
    with served(hub) as where:
        yield Town(hub, where, seat, incidents, tokens)
    hub.close()


def likely(town: Town, case: Any, choice: int) -> Any:  # Any: schemathesis' case, a generic
    """Put what this town has where the description says no more than text, as chance has it."""
    paths = case.path_parameters
    if choice & 1 and "incident" in paths:
        paths["incident"] = town.incidents[choice >> 1 & 1]
    if choice & 4 and "town" in paths:
        paths["town"] = TOWN
    if choice & 8 and "grid" in paths:
        paths["grid"] = GRID
    if choice & 16 and isinstance(case.body, dict):
        case.body |= {name: value for name, value in PLACES.items() if name in case.body}
        case.body.pop("seen", None)
        case.body |= {"photos": []} if "photos" in case.body else {}
    return case


def requests(town: Town, operation: Any, mode: GenerationMode) -> Search[tuple[Any, str]]:
    """Cases of one door, each with the token that it is asked with; most with none are alike."""
    cases = st.builds(likely, st.just(town), operation.as_strategy(mode), st.integers(0, 31))
    return st.tuples(cases, st.sampled_from((*town.tokens * 3, "", "x" * 300)))


@pytest.mark.parametrize("examples", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
def test_every_door_answers_as_it_is_described(town: Town, examples: int) -> None:
    def asked(request: tuple[Any, str]) -> None:
        case, token = request
        answer = case.call(headers=auth(token) if token else None)
        town.answered[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    described = schemathesis.openapi.from_url(f"{town.url}/openapi.json")
    found: list[Any] = list(described.get_all_operations())  # Any: ok or an error
    doors = [each.ok() for each in found]
    for door in doors:
        search(asked, requests(town, door, GenerationMode.POSITIVE), examples)
        if door.body:
            search(asked, requests(town, door, GenerationMode.NEGATIVE), examples)

    assert len(doors) >= DOORS
    assert {400, 401} <= set(town.answered)
    assert check_town(town.hub, TOWN).seq >= 2
    while town.seat.pull(with_digest=True).more:
        continue
