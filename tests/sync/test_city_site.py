"""A city's site over a real hub: all towns in one poll, bound; what it does is in the town."""

from __future__ import annotations

from dataclasses import replace

import pytest
import requests

from dispatch.desk.town import TownDesk
from dispatch.desk.views_sites import Trouble as Wrong
from dispatch.domain.calendar import DAY, HOUR
from dispatch.domain.codes import Kind, State, Supervision
from dispatch.domain.command import Command, Verb
from dispatch.domain.decide_campaign import IssueCampaign
from dispatch.domain.errors import BadInput, Refused
from dispatch.hub.hub import Hub
from dispatch.store.floor import floor_of
from dispatch.store.reader import Reader
from dispatch.store.verify import verify
from dispatch.sync.citywide import fetch_older
from dispatch.sync.driver import Line
from dispatch.sync.hands import Hands
from dispatch.sync.ops import Trouble
from tests.given import CHIEF, CITY, CLERK, FIRE, TOWN
from tests.hub.office import TestClock
from tests.sync.cities import NAMES, TOWNS, City, given_city, grid, middle
from tests.sync.conftest import Making
from tests.sync.stations import Station


@pytest.fixture
def city(hub: Hub, station: Making) -> City:
    """Three towns and the city's site, nothing reported yet."""
    clock = hub.office.clock
    assert isinstance(clock, TestClock)
    return given_city(hub, clock, station)


def floor_here(site: Station, town: str) -> int:
    """Return the number at which the site began to read a town."""

    def job(reader: Reader) -> int:
        return floor_of(reader.connection, town).seq

    return site.store.read(job).result()


def digests(site: Station, hub: Hub, town: str) -> tuple[str, str]:
    """Return the site's digest of a town and the hub's for the site's floor."""
    row = hub.sites.of_token(site.link.token)
    assert row is not None

    here = site.store.read(lambda reader: reader.digest(town)).result()
    floor = floor_here(site, town)
    at = replace(row, town=town)
    there = hub.office.database.read(lambda c: hub.pulling.digest(c, at, floor))
    return here, there


def test_all_towns_come_in_one_exchange_and_the_digests_are_equal(city: City) -> None:
    """The city's site sees what each town has, under the towns' own numbers."""
    made = {town: [city.report(town), city.report(town)] for town in TOWNS}

    done = city.site.sync()

    assert not done.differs
    for town, ids in made.items():
        for id_ in ids:
            assert (town, State.REPORTED) == (city.site.seen(id_).town, city.site.seen(id_).state)
            assert (city.site.seen(id_).number or "").startswith(town)
        here, there = digests(city.site, city.hub, town)
        assert here == there
    verify(city.site.store.folder, city.site.link.hub_key)


def test_what_the_city_does_is_seen_in_the_town_only(city: City) -> None:
    """A red card of the city goes into its town's log, from an incarnation for that town."""
    first, second = city.report(TOWNS[0]), city.report(TOWNS[1])
    city.site.sync()
    city.clock.now += HOUR
    desk = city.desk(city.site, "shi")

    for id_ in (first, second):
        card = Command(
            verb=Verb.SUPERVISE,
            incident=id_,
            level=Supervision.RED,
            due=city.clock.now + 2 * HOUR,
            text="请速办",
        )
        desk.act(card).result()
    sent = city.site.sync()
    for there in city.towns.values():
        assert not there.sync().differs

    assert (0, 0) == (sent.refused, sent.quarantined)
    assert not city.site.sync().differs
    for town, id_ in ((TOWNS[0], first), (TOWNS[1], second)):
        stands = city.towns[town].seen(id_).card
        assert stands is not None
        assert (Supervision.RED, True) == (stands.level, stands.city)
    assert city.towns[TOWNS[2]].incident(first) is None
    marks = city.site.store.read(lambda reader: reader.writers()).result()
    assert {CITY, TOWNS[0], TOWNS[1]} == {mark.town for mark in marks}
    for there in (*city.towns.values(), city.site):
        verify(there.store.folder, there.link.hub_key)


def test_an_order_of_the_city_goes_to_the_town_of_its_place(city: City) -> None:
    """T19 at the city's own console: the grid says which town it is for."""
    city.site.sync()
    desk = city.desk(city.site, "shi")
    town = TOWNS[2]
    order = Command(verb=Verb.CITY_ASSIGN, incident="", order="市办7号", item="0601", text="x")

    done = desk.report_at(order, *middle(town)).result()
    city.site.sync()
    city.towns[town].sync()

    seen = city.towns[town].seen(done.incident)
    assert (town, grid(town), State.FILED) == (seen.town, seen.grid, seen.state)
    assert not city.site.sync().differs


def voided(city: City, town: str) -> str:
    """Report something in a town and let it end: refused by its own chief."""
    id_ = city.report(town)
    there = city.towns[town]
    there.act(Verb.ASK_REFUSE, id_, replace(CLERK, node=town), reason="not_ours")
    there.act(Verb.GRANT_REFUSE, id_, replace(CHIEF, node=town))
    there.sync()
    assert State.VOID is there.seen(id_).state
    return id_


def days_later(city: City, days: int) -> None:
    """Let time go by for the hub and every town's site."""
    city.clock.now += days * DAY
    for there in city.towns.values():
        there.now = city.clock.now


def test_a_new_city_site_gets_what_is_open_and_the_last_90_days(hub: Hub, station: Making) -> None:
    """What ended before is not there; what has stood open since is, whole."""
    clock = hub.office.clock
    assert isinstance(clock, TestClock)
    city = given_city(hub, clock, station, also=False)
    over = {town: voided(city, town) for town in TOWNS}
    standing = {town: city.report(town) for town in TOWNS}
    days_later(city, 100)
    recent = {town: voided(city, town) for town in TOWNS}

    city = replace(city, site=station("city", CITY))

    for town in TOWNS:
        assert city.site.incident(over[town]) is None
        assert State.REPORTED is city.site.seen(standing[town]).state
        assert city.towns[town].seen(standing[town]).heads == city.site.seen(standing[town]).heads
        assert State.VOID is city.site.seen(recent[town]).state
        here, there = digests(city.site, city.hub, town)
        assert here == there
        assert floor_here(city.site, town) > 0
    assert not city.site.sync().differs
    verify(city.site.store.folder, city.site.link.hub_key)


def test_the_bound_moves_on_and_what_comes_back_is_whole(city: City) -> None:
    """After 90 days what has ended goes; reopened by a note in its town it is here again."""
    town = TOWNS[1]
    over, standing = voided(city, town), city.report(town)
    assert not city.site.sync().differs
    assert State.VOID is city.site.seen(over).state
    days_later(city, 100)

    assert not city.site.sync().differs

    assert city.site.incident(over) is None
    assert State.REPORTED is city.site.seen(standing).state
    city.towns[town].act(Verb.NOTE, over, replace(CLERK, node=town), text="补记一句")
    city.towns[town].sync()
    assert not city.site.sync().differs
    assert city.towns[town].seen(over).heads == city.site.seen(over).heads
    verify(city.site.store.folder, city.site.link.hub_key)


def test_an_older_one_is_fetched_by_its_number(city: City) -> None:
    """On demand, whole, and the digest stays the hub's; an unknown number is told as such."""
    town = TOWNS[0]
    over = voided(city, town)
    number = city.towns[town].seen(over).number or ""
    days_later(city, 100)
    city.site.sync()
    assert city.site.incident(over) is None
    line = Line(city.site.link)

    Hands(city.site.store, line).run(fetch_older(town, number))
    with pytest.raises(Trouble) as unknown:
        Hands(city.site.store, line).run(fetch_older(town, f"{town}-2026-999999"))
    with pytest.raises(Trouble) as bad:
        Hands(city.site.store, line).run(fetch_older(town, "消防"))
    line.close()

    assert State.VOID is city.site.seen(over).state
    assert "unknown_incident" == unknown.value.code
    assert "bad_input" == bad.value.code
    assert not city.site.sync().differs
    verify(city.site.store.folder, city.site.link.hub_key)


@pytest.mark.parametrize(
    "path",
    [
        f"/v1/older/standing?town={TOWNS[1]}&floor=0",
        f"/v1/older/numbered?town={TOWNS[1]}&number=000001&upto=9",
        f"/v1/older/standing?town={TOWN}&floor=0",
    ],
)
def test_a_town_that_asks_as_the_city_is_refused_and_audited(
    city: City, url: str, path: str
) -> None:
    """403, and an event in the town's own log says that it was tried."""
    there = city.towns[TOWN]
    before = city.hub.folding.catch_up(TOWN)

    answer = requests.get(
        url + path, headers={"Authorization": f"Bearer {there.link.token}"}, timeout=20
    )

    assert (403, "out_of_scope") == (answer.status_code, answer.json()["code"])
    assert before + 1 == city.hub.folding.catch_up(TOWN)
    there.sync()
    audits = there.store.read(lambda reader: reader.subjects(Kind.AUDIT)).result()
    assert audits


def test_a_town_that_pulls_another_town_is_refused_and_audited(city: City, url: str) -> None:
    """Its certificate names one town: floors do not open another either."""
    there = city.towns[TOWN]
    for asked in (
        {"cursors": {TOWN: 0, TOWNS[1]: 0}},
        {"cursors": {TOWN: 0}, "floors": {TOWNS[1]: 0}},
        {"cursors": {CITY: 0}},
    ):
        before = city.hub.folding.catch_up(TOWN)

        answer = requests.post(
            f"{url}/v1/pull",
            json={**asked, "wait": 0},
            headers={"Authorization": f"Bearer {there.link.token}"},
            timeout=20,
        )

        assert 403 == answer.status_code
        assert before + 1 == city.hub.folding.catch_up(TOWN)


def test_the_city_sees_how_all_sites_stand_and_a_town_does_not(city: City, url: str) -> None:
    """The table is the hub's, kept at the site and shown trouble first; a town gets 403."""
    there = city.towns[TOWNS[1]]
    city.report(TOWNS[1])
    city.clock.now += HOUR
    city.site.sync()
    desk = city.desk(city.site, "shi")

    view = desk.sites().result()
    answer = requests.get(
        f"{url}/v1/sites", headers={"Authorization": f"Bearer {there.link.token}"}, timeout=20
    )
    with pytest.raises(BadInput):
        city.desk(there, "zhen1").sites().result()

    assert (403, "out_of_scope") == (answer.status_code, answer.json()["code"])
    assert city.clock.now == view.at
    assert {(town, NAMES[town]) for town in TOWNS} == set(view.towns)
    assert 4 == len(view.sites)
    assert {CITY, *TOWNS} == {each.town for each in view.sites}
    order = list(Wrong)
    places = [order.index(each.trouble) for each in view.sites]
    assert sorted(places) == places


def test_rows_of_the_city_name_their_town_and_units_are_of_it(city: City) -> None:
    """Queue, pane and advice at the city's console speak of the incident's own town."""
    id_ = city.report(TOWNS[2])
    city.site.sync()
    desk = city.desk(city.site, "shi")

    (row,) = desk.rows().result()
    advice = desk.advice(id_).result()
    shape = desk.geometry().result()

    assert (TOWNS[2], NAMES[TOWNS[2]]) == (row.town, row.town_name)
    assert [FIRE, f"{TOWNS[2]}201"] == sorted(
        {each.unit for each in advice.units}, key=lambda unit: unit.isdigit()
    )
    assert set(TOWNS) == {each.code for each in shape.towns}
    assert () == desk.workers().result()


def test_orders_of_a_town_are_refused_at_the_city(city: City) -> None:
    """A round of checks in the city's own stream would reach nobody."""
    city.site.sync()
    desk = city.desk(city.site, "shi")

    asked = IssueCampaign(title="排查", due=city.clock.now + HOUR, places=())
    with pytest.raises(Refused) as refused:
        TownDesk(desk).issue_campaign(asked).result()

    assert "town_only" == refused.value.code
