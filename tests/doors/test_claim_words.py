"""`sync claims` and `sync take-over` over a real hub: a seat that fell silent, and bad words."""

from __future__ import annotations

import pytest

from console import settings, sites
from dispatch.sync.once import say_once
from dispatch.wire.protocol import Claim, Claims
from tests.e2e.conftest import town as town  # noqa: PLC0414 - the fixture
from tests.e2e.town import Town, zhiwang


def claimed(town: Town, name: str, id_: str) -> None:
    """Let a seat say that it works on an incident."""
    folder = town.site(name)
    with sites.open_site(folder) as site:
        link = sites.link_of(settings.read(folder))
        say_once(site, link, Claims((Claim(id_, "dispatcher1", "", 0),)))


@pytest.mark.long
def test_a_dead_seats_work_is_taken_over_by_command(town: Town) -> None:
    town.login("seat1", "clerk1", "dispatcher1")
    town.login("seat2", "dispatcher2")
    id_ = town.report("seat1", "clerk1", "0605", "通道堵塞")["id"]
    claimed(town, "seat1", id_)
    at = ("--site", town.site("seat2"))
    take = ("sync", "take-over", id_, *at, "--as", "dispatcher2", "--json")
    (claim,) = zhiwang("sync", "claims", *at, "--json").lines()
    assert (id_, "dispatcher1", False) == (claim["incident"], claim["account"], claim["gone"])
    early = zhiwang(*take)
    assert (2, 1, "") == (early.code, len(early.err.strip().splitlines()), early.out)
    assert "nothing_to_take" in early.err

    town.pass_time(2 * 60_000)
    assert [True] == [each["gone"] for each in zhiwang("sync", "claims", *at, "--json").lines()]
    assert id_ == zhiwang(*take).json()["incident"]
    assert [] == zhiwang("sync", "claims", *at, "--json").lines()
    town.sync("seat1")
    assert "noted" == town.show("seat1", id_)["events"][-1]["type"]

    for words in (
        ("sync", "take-over", "nobody", *at, "--as", "dispatcher2"),
        ("sync", "take-over", id_, *at, "--as", "nobody"),
        ("sync", "take-over", id_, *at),
        ("sync", "claims"),
    ):
        ran = zhiwang(*words)
        assert (2, 1) == (ran.code, len(ran.err.strip().splitlines())), (words, ran.err)
