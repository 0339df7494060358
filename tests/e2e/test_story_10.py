"""Story 10: of 38 to be called back 31 are reached and 27 are satisfied: 27/31 = 87.1 %."""

from __future__ import annotations

from pathlib import Path

import pytest

from console import sites
from console.clock import clock
from dispatch.desk.desk import Desk
from dispatch.domain.calendar import DAY
from dispatch.domain.codes import Channel
from dispatch.domain.command import Verb
from tests.e2e.hands import Hands
from tests.e2e.test_story_12 import FROM, TO, figures
from tests.e2e.town import Town, zhiwang

MINUTE = 60_000
YESTERDAY = 1_795_231_200_000 - DAY
SATISFIED, NOT, UNREACHED = 27, 4, 7


@pytest.mark.long
def test_the_rate_of_the_satisfied_is_exact(town: Town, tmp_path: Path) -> None:
    """Hotline reports, every one of them to be called back; three tries on two days for some."""
    town.now = YESTERDAY
    town.pass_time(0)
    names = ("clerk1", "dispatcher1", "fire1", "inspector1", "supervisor1", "chief1")
    town.login("seat1", *names)
    with sites.open_site(town.site("seat1")) as site:
        hands = Hands(Desk(site, clock()))
        made = [hands.visit() for _ in range(SATISFIED + NOT + UNREACHED)]
        unreached = made[SATISFIED + NOT :]
        for id_ in unreached * 2:
            hands.do("supervisor1", Verb.CALL_TRIED, id_, channel=Channel.PHONE)
    early = town.tried(
        "seat1", "supervisor1", "call-back", unreached[0], "--channel", "phone", "--grade", "none"
    )
    assert (2, True) == (early.code, "tries_missing" in early.err)

    town.pass_time(DAY)
    town.login("seat1", *names)
    for at, id_ in enumerate(made):
        if id_ in unreached:
            town.act("seat1", "supervisor1", "call-tried", id_, "--channel", "phone")
        grade = "none" if id_ in unreached else str(1 + at % 2) if at < SATISFIED else "4"
        called = town.act(
            "seat1", "supervisor1", "call-back", id_, "--channel", "phone", "--grade", grade
        )
        assert ("visit" if grade == "4" else "eval") == called["state"]
    # Told under the rule's own time, so that the redo does not change what was counted.
    town.pass_time(MINUTE)
    zhiwang(
        "report", "shift", "--site", town.site("seat1"), "--from", FROM, "--to", TO,
        "--out", tmp_path, "--json",
    ).json()  # fmt: skip
    told = figures(tmp_path)

    rate = told["kpi.satisfied"]
    assert (SATISFIED, SATISFIED + NOT) == (rate["num"], rate["den"])
    assert set(made[:SATISFIED]) == set(rate["ids"])
    assert set(made[: SATISFIED + NOT]) == set(rate["of"])
    assert 87.1 == round(100 * rate["num"] / rate["den"], 1)
    assert UNREACHED == told["kpi.unreached"]["value"]
    assert set(unreached) == set(told["kpi.unreached"]["ids"])

    for id_ in made[SATISFIED : SATISFIED + NOT]:
        redone = town.act("seat1", "chief1", "redo", id_, "--reason", "dissatisfied")
        assert ("work", 1) == (redone["state"], redone["redo"])
    assert all(ran.code == 0 for ran in town.verify())
