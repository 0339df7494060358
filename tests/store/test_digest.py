"""The digest sees every field of an incident and every number of its facts."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from dispatch.domain.codes import Channel, Finding, Priority, Source, Stage, State, SubState
from dispatch.domain.incident import Incident, Pair, Request
from dispatch.domain.sla import Limit
from dispatch.domain.subs import Sub
from dispatch.store.site import SiteStore
from dispatch.wire.digest import digest, incident_hash
from tests.builders import given_dispatched

OTHERS: dict[str, Any] = {  # Any: a value of each field's own type
    "state": State.CLOSED,
    "source": Source.POLICE,
    "priority": Priority.P1,
    "channel": Channel.VISIT,
    "finding": Finding.ABSENT,
    "sla": None,
    "facts": (),
    "limits": (Limit(Stage.CHECK, 1, 2, 3),),
    "requests": (Request("hold", "ab", "li", 1, answered=False),),
    "subs": (Sub("公安", "J1", SubState.SENT, ()),),
    "contested": (Pair("a", "b", "state"),),
    "sealed": (("text", "00"),),
    "confirmed": True,
    "on_time": False,
    "lon": 1.5,
    "lat": 1.5,
}
TUPLES = {
    "heads", "children", "marked", "live", "concerned", "suspect", "told_off", "assists",
}  # fmt: skip
WHOLE = {
    "entered_at", "found_at", "reported_at", "photos_missing", "arrived_at", "left_ms", "grade",
    "score", "closed_at", "returns", "rework", "redo", "tries",
}  # fmt: skip


def another(name: str) -> Any:  # Any: a value of that field's type
    """Return a value that the field does not have."""
    if name in OTHERS:
        return OTHERS[name]
    if name in TUPLES:
        return ("another",)
    return 987654321 if name in WHOLE else "another"


@pytest.fixture
def incident(store: SiteStore) -> Incident:
    id_ = given_dispatched(store)
    found = store.read(lambda reader: reader.incident(id_)).result()
    assert found is not None
    return found


def test_every_field_changes_the_digest(incident: Incident) -> None:
    whole = incident_hash(incident)
    unseen = []
    for field in dataclasses.fields(Incident):
        given: dict[str, Any] = {field.name: another(field.name)}
        changed = dataclasses.replace(incident, **given)
        assert changed != incident, f"{field.name}: the test changed nothing"
        if incident_hash(changed) == whole:
            unseen.append(field.name)
    assert [] == unseen


def test_every_field_of_every_fact_changes_the_digest(incident: Incident) -> None:
    whole = incident_hash(incident)
    unseen = []
    for at, fact in enumerate(incident.facts):
        for field in dataclasses.fields(fact):
            value = getattr(fact, field.name)
            if field.name in {"subject", "body", "unit"}:
                continue
            other: Any = {tuple: ("another",), int: 987654321}.get(type(value), "another")
            if value is None:
                other = 987654321
            given: dict[str, Any] = {field.name: other}
            facts = list(incident.facts)
            facts[at] = dataclasses.replace(fact, **given)
            if incident_hash(dataclasses.replace(incident, facts=tuple(facts))) == whole:
                unseen.append(field.name)
    assert [] == unseen


def test_order_of_subjects_changes_nothing_and_any_state_does() -> None:
    pairs = [("incident:a", "00"), ("incident:b", "11")]
    assert digest(pairs) == digest(reversed(pairs))
    assert 5 == len(
        {
            digest(pairs),
            digest(pairs[:1]),
            digest([("incident:a", "01"), pairs[1]]),
            digest([("incident:c", "00"), pairs[1]]),
            digest([("incident:a", "11"), ("incident:b", "00")]),
        }
    )
