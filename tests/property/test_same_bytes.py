"""The same act gives the same bytes, and the same bytes give the same state, wherever they are."""

from __future__ import annotations

import hashlib
import json
import locale
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from dispatch.acts.perform import perform
from dispatch.domain.calendar import WorkingCalendar
from dispatch.domain.catalogue import Catalogue
from dispatch.domain.command import Command, Verb
from dispatch.domain.decide_city import city_incident
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.fold import fold
from dispatch.domain.may import NEW
from dispatch.domain.rules import Rules
from dispatch.wire.envelope import plaintext, read
from tests import given as g
from tests.property.branches import GIVEN, SIDES, beginnings, commands

OWN = ("id", "inc", "sseq", "prev", "at", "session", "sealed")
"""Of the envelope: name, place in the writer's chain, time, session; sealed is read in clear."""


def parts(kept: g.Kept, key: bytes) -> tuple[dict[str, object], dict[str, str]]:
    """An event's bytes without what belongs to the seat, and its sealed text in clear."""
    shown = {name: v for name, v in json.loads(kept.signed.raw).items() if name not in OWN}
    if "unit" in shown:
        shown["unit"].pop("id")
    if kept.event.type == "reported":
        shown["open"].pop("temp")
    assert list(shown) == [n for n in json.loads(kept.signed.raw) if n not in OWN]
    return shown, plaintext(kept.signed.raw, key)


def unit_parts(seat: g.MemoryLog) -> list[tuple[dict[str, object], dict[str, str]]]:
    """All events of one command; where one has seen another of them, its place stands for it."""
    own = {kept.event.hash: f"event {at}" for at, kept in enumerate(seat.kept)}
    made = [parts(kept, seat.secret(kept.event.subject.id)) for kept in seat.kept]
    for (shown, _), kept in zip(made, seat.kept, strict=True):
        shown["base"] = [own.get(hash_, hash_) for hash_ in kept.event.base]
    return made


def test_the_same_act_at_two_seats_gives_the_same_bytes() -> None:
    """Every act from every state: but for id, time, writer and session."""
    compared: set[Verb] = set()
    events = 0
    for _, given in beginnings():
        side, now = SIDES[0], given.log.now + 60_000
        for role, command in commands(given.log, given, side, now):
            seats = [given.log.fork("A"), given.log.fork("B")]
            try:
                for at, seat in enumerate(seats):
                    who = replace(side.person(role, command.verb), session=f"{at}" * 64)
                    perform(seat, command, who, now)
            except (Refused, BadInput):
                continue
            one, two = (unit_parts(seat) for seat in seats)
            assert one == two
            raw = [[json.dumps(shown) for shown, _ in each] for each in (one, two)]
            assert raw[0] == raw[1]
            events += len(one)
            compared.add(command.verb)
    # These two follow another act than a beginning ends with.
    assert set(Verb) - {*NEW, Verb.ANSWER_STAND_DOWN, Verb.SUB_FEEDBACK} == compared
    assert events > 200


@pytest.mark.parametrize("verb", NEW)
def test_a_report_at_two_seats_gives_the_same_bytes(verb: Verb) -> None:
    seats = [g.MemoryLog("A"), g.MemoryLog("B")]
    order = "CITY-1" if verb is Verb.CITY_ASSIGN else None
    id_ = city_incident(g.TOWN, order) if order else "i-1"
    place = {"lon": g.LON, "lat": g.LAT, "grid": g.GRID}
    command = Command(verb=verb, incident=id_, text="同一件事", order=order, **place)  # type: ignore[arg-type]
    for seat in seats:
        perform(seat, command, g.WHO[verb], g.START)
    one, two = (unit_parts(seat) for seat in seats)
    for shown, _ in (*one, *two):
        shown["open"].pop("temp", None)  # type: ignore[attr-defined]
    assert one == two
    assert seats[0].kept[0].signed.raw != seats[1].kept[0].signed.raw


@pytest.fixture(scope="module")
def histories() -> dict[str, list[bytes]]:
    """Raw bytes of whole lives, by name."""
    made: dict[str, list[bytes]] = {}
    for name in GIVEN:
        log = g.MemoryLog()
        GIVEN[name](log, g.given_filed(log))
        made[name] = [kept.signed.raw for kept in log.kept]
    return made


def folded(histories: dict[str, list[bytes]]) -> str:
    """One hash over the folded states of all incidents in all histories."""
    total = hashlib.sha256()
    for _, raws in sorted(histories.items()):
        subjects: dict[str, list[bytes]] = {}
        for raw in raws:
            subjects.setdefault(read(raw).subject.id, []).append(raw)
        for _, each in sorted(subjects.items()):
            total.update(msgspec.json.encode(fold(read(raw) for raw in each)))
    return total.hexdigest()


@pytest.fixture
def world() -> Iterator[None]:
    """Put time zone and locale back."""
    zone, was = os.environ.get("TZ"), locale.setlocale(locale.LC_ALL)
    yield
    if zone is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = zone
    time.tzset()
    locale.setlocale(locale.LC_ALL, was)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Apia", "Asia/Shanghai"])
def test_the_state_does_not_know_time_zone_or_locale(
    histories: dict[str, list[bytes]], zone: str
) -> None:
    expected = folded(histories)
    os.environ["TZ"] = zone
    time.tzset()
    for name in ("C", "C.UTF-8", "POSIX"):
        locale.setlocale(locale.LC_ALL, name)
        assert expected == folded(histories)


def test_the_state_does_not_know_calendar_or_catalogue(
    histories: dict[str, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever tables are loaded; and the fold works where reading any of them fails."""
    expected = folded(histories)
    rules = g.town_rules()
    other = Rules(rules.organisation, Catalogue("v9", []), {}, WorkingCalendar([], [], "none"))
    assert other.catalogue.get(g.FIRE_ITEM) is None
    assert expected == folded(histories)

    def fail(*_: object) -> None:
        raise AssertionError("the fold read a table")

    for table, name in (
        (WorkingCalendar, "works"),
        (WorkingCalendar, "opening"),
        (Catalogue, "get"),
        (Rules, "unit"),
        (Rules, "profile"),
    ):
        monkeypatch.setattr(table, name, fail)
    monkeypatch.setattr(time, "time", fail)
    assert expected == folded(histories)


CHILD = """
import json, sys
from tests.property.test_same_bytes import folded
raws = json.load(sys.stdin)
print(folded({name: [each.encode() for each in of] for name, of in raws.items()}))
"""


@pytest.mark.parametrize(
    "world",
    [
        {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4242"},
    ],
)
def test_another_process_in_another_world_folds_to_the_same_bytes(
    histories: dict[str, list[bytes]], world: dict[str, str]
) -> None:
    raws = {name: [raw.decode() for raw in each] for name, each in histories.items()}
    found = subprocess.run(
        [sys.executable, "-c", CHILD],
        input=json.dumps(raws).encode(),
        env=os.environ | world,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
    )
    assert folded(histories) == found.stdout.decode().strip()
