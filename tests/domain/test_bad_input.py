"""Every option: what is unusable is named with its option, and nothing is stored."""

from __future__ import annotations

import pytest

from dispatch.acts.perform import perform
from dispatch.domain.calendar import DAY, HOUR
from dispatch.domain.codes import Channel, Finding, Level, Priority, ReturnReason
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput
from dispatch.domain.may import RIGHTS, check_options
from dispatch.domain.organisation import Node, Organisation
from dispatch.domain.rules import Rules
from tests import given as g
from tests.given import MemoryLog, act


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog()


INPUT: list[tuple[str, g.Given, Verb, dict[str, g.Option]]] = [
    ("item", g.given_reported, Verb.FILE, {"item": "9999"}),
    ("village", g.given_reported, Verb.FILE, {"village": g.VILLAGE}),
    ("worker", g.given_reported, Verb.ASK_VERIFY, {}),
    ("due", g.given_reported, Verb.ASK_VERIFY, {"worker": "W001", "due": 1}),
    ("due", g.given_filed, Verb.DISPATCH, {"unit": g.FIRE, "due": g.START + 400 * DAY}),
    ("unit", g.given_filed, Verb.DISPATCH, {}),
    ("unit", g.given_filed, Verb.DISPATCH, {"unit": "环保"}),
    ("unit", g.given_filed, Verb.DISPATCH, {"unit": g.GRID}),
    ("assist", g.given_filed, Verb.DISPATCH, {"unit": g.FIRE, "assists": ("环保",)}),
    ("finding", g.given_verify, Verb.VERIFY, {}),
    ("why", g.given_sent, Verb.RETURN, {}),
    ("propose", g.given_sent, Verb.RETURN, {"why": ReturnReason.NOT_OURS, "propose": "环保"}),
    ("finding", g.given_done, Verb.INSPECT, {}),
    ("distance_m", g.given_done, Verb.INSPECT, {"finding": Finding.TRUE, "distance_m": -1}),
    ("distance_m", g.given_done, Verb.INSPECT_PASS, {"distance_m": 10**7}),
    ("reason", g.given_done, Verb.INSPECT_FAIL, {}),
    ("channel", g.given_visit, Verb.CALL_BACK, {"grade": 1}),
    ("grade", g.given_visit, Verb.CALL_BACK, {"channel": Channel.PHONE, "grade": 6}),
    ("score", g.given_eval, Verb.CLOSE, {"score": 101}),
    ("into", g.given_filed, Verb.MERGE, {}),
    ("lonlat", g.given_filed, Verb.CORRECT, {"lon": 114.0}),
    ("lonlat", g.given_filed, Verb.CORRECT, {"lon": 114.0, "lat": 91.0}),
    ("grid", g.given_filed, Verb.CORRECT, {"grid": g.VILLAGE}),
    ("item", g.given_filed, Verb.CORRECT, {"item": "9999"}),
    ("photos", g.given_filed, Verb.NOTE, {"photos": ("../../etc/passwd",)}),
    ("text", g.given_filed, Verb.NOTE, {"text": "\ud800"}),
    ("reason", g.given_filed, Verb.NOTE, {"text": "x", "reason": "换\n行"}),
    ("reason", g.given_filed, Verb.NOTE, {"text": "x", "reason": "长" * 65}),
]


@pytest.mark.parametrize(("option", "given", "verb", "said"), INPUT)
def test_bad_input_names_the_option(
    log: MemoryLog, option: str, given: g.Given, verb: Verb, said: dict[str, g.Option]
) -> None:
    incident = given(log)
    kept = len(log.kept)
    with pytest.raises(BadInput) as bad:
        act(log, incident.id, verb, **said)
    assert option == bad.value.where
    assert bad.value.what
    assert kept == len(log.kept)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("lonlat", {"lon": float("nan")}),
        ("lonlat", {"lat": float("inf")}),
        ("lat", {"lat": None}),
        ("found_at", {"found_at": g.START + DAY}),
        ("found_at", {"found_at": -1}),
        ("grid", {"grid": "441900106201999"}),
        ("grid", {"grid": g.GRID, "village": g.NEXT_VILLAGE}),
        ("village", {"grid": None, "village": "441900999001"}),
        ("item", {"item": "9999"}),
        ("unit", {"unit": g.FIRE}),
    ],
)
def test_bad_input_in_a_report(log: MemoryLog, option: str, said: dict[str, g.Option]) -> None:
    with pytest.raises(BadInput) as bad:
        g.given_reported(log, **said)
    assert option == bad.value.where
    assert not log.kept


@pytest.mark.parametrize("id_", ["", "a b", "x" * 65, "事件"])
def test_an_incidents_id_is_letters_digits_hyphens(log: MemoryLog, id_: str) -> None:
    command = Command(verb=Verb.REPORT, incident=id_, lon=g.LON, lat=g.LAT, grid=g.GRID)
    with pytest.raises(BadInput, match="incident"):
        perform(log, command, g.CLERK, log.now)


def test_an_item_whose_profile_is_missing_is_bad_input() -> None:
    rules = g.town_rules()
    log = MemoryLog(rules=Rules(rules.organisation, rules.catalogue, {}, rules.calendar))
    with pytest.raises(BadInput, match="sla"):
        g.given_reported(log)


def test_a_unit_of_another_town_is_bad_input(log: MemoryLog) -> None:
    away = Node("441900999", "另镇", Level.TOWN, g.CITY)
    squad = Node("441900999K1", "外队", Level.SQUAD, away.code)
    rules = g.town_rules()
    tree = Organisation([*g.town_nodes(), away, squad])
    log = MemoryLog(rules=Rules(tree, rules.catalogue, rules.profiles, rules.calendar))
    with pytest.raises(BadInput, match="不属于"):
        act(log, g.given_filed(log).id, Verb.DISPATCH, unit=squad.code)


def test_the_options_of_every_act_are_those_it_uses() -> None:
    """What an act does not use is refused by name, for every act and every option."""
    values: dict[str, g.Option] = {
        "item": "0601", "priority": Priority.P1, "lon": 1.0, "worker": "W001", "unit": g.FIRE,
        "due": g.START, "why": ReturnReason.NOT_OURS, "review_at": g.START, "grade": 1,
        "score": 1, "into": "x", "at": g.START, "keep": ("x",), "found_at": g.START + HOUR,
        "finding": Finding.TRUE, "channel": Channel.PHONE, "no_visit": "x", "propose": g.FIRE,
        "assists": (g.FIRE,), "distance_m": 1, "person": "x", "phone": "x", "result": "x",
        "place": "x", "reporter": "x", "temp": "x", "village": g.VILLAGE, "grid": g.GRID,
        "order": "x", "dues": (("x", g.START),),
    }  # fmt: skip
    refused = 0
    for verb, right in RIGHTS.items():
        for name in values.keys() - right.options - set(right.needs):
            with pytest.raises(BadInput) as bad:
                check_options(Command(verb=verb, incident="i", **{name: values[name]}))
            assert name == bad.value.where
            refused += 1
    assert refused > 800
