"""What somebody else has to do is told with the offer, exactly where the rules would refuse."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dispatch.desk.offers import offers
from dispatch.domain.codes import Channel, Finding, Role
from dispatch.domain.command import Verb
from dispatch.domain.errors import Refused
from dispatch.domain.incident import Incident
from dispatch.domain.rules import Actor
from tests import given as g
from tests.given import MemoryLog, act

NEEDED = {
    Verb.INSPECT: {"finding": Finding.TRUE},
    Verb.INSPECT_FAIL: {"reason": "bad"},
    Verb.CALL_TRIED: {"channel": Channel.PHONE},
    Verb.CALL_BACK: {"channel": Channel.PHONE, "grade": 1},
    Verb.GRANT_VOID: {},
    Verb.DENY_VOID: {},
    Verb.INSPECT_PASS: {},
}


def asked_to_void(log: MemoryLog) -> Incident:
    """A voiding that an account asked for which is a chief as well."""
    incident = g.given_filed(log)
    both = g.person("both", Role.DISPATCHER, Role.CHIEF)
    return act(log, incident.id, Verb.ASK_VOID, both, reason="duplicate")


CASES: list[tuple[Callable[[MemoryLog], Incident], Actor, set[Verb]]] = [
    (g.given_done, g.person("fireman", Role.INSPECTOR), {Verb.INSPECT_PASS, Verb.INSPECT_FAIL}),
    (g.given_done, g.INSPECTOR, set()),
    (g.given_visit, g.person("dispatcher", Role.SUPERVISOR), {Verb.CALL_TRIED, Verb.CALL_BACK}),
    (g.given_visit, g.SUPERVISOR, set()),
    (asked_to_void, g.person("both", Role.CHIEF), {Verb.GRANT_VOID, Verb.DENY_VOID}),
    (asked_to_void, g.CHIEF, set()),
]


@pytest.mark.parametrize(("made", "by", "others"), CASES)
def test_an_act_is_barred_where_it_would_be_refused(
    made: Callable[[MemoryLog], Incident], by: Actor, others: set[Verb]
) -> None:
    log = MemoryLog()
    incident = made(log)
    found = {Verb(each.verb): each.barred for each in offers(incident, by, log.rules())}
    told = {verb for verb, barred in found.items() if barred}

    assert others <= told
    assert {"four_eyes"} >= {found[verb] for verb in told}
    for verb in set(NEEDED) & set(found):
        if verb in told:
            with pytest.raises(Refused, match="four_eyes"):
                act(log, incident.id, verb, by, **NEEDED[verb])  # type: ignore[arg-type]
        elif by not in {g.INSPECTOR, g.SUPERVISOR, g.CHIEF}:
            pytest.fail(f"{verb} is offered to {by.account}")


def test_nobody_is_offered_nothing() -> None:
    log = MemoryLog()

    assert () == offers(g.given_done(log), None, log.rules())
