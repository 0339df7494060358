"""Signals and responses at two seats and a village over a real hub: the same for all of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dispatch.acts.town import set_mode
from dispatch.domain.bodies_town import ResponseSet
from dispatch.domain.codes import Kind, Priority, Role
from dispatch.domain.decide_town import SetResponse, SetSignal
from dispatch.domain.errors import Refused
from dispatch.domain.event import Event, Subject
from dispatch.domain.modes import Modes
from dispatch.domain.rules import Actor
from dispatch.domain.warning import Colour, ResponseLevel
from dispatch.hub.hub import Hub
from dispatch.hub.verify import check_town
from dispatch.store.site_log import SiteLog
from dispatch.store.subjects import told_of
from dispatch.wire.protocol import Frame
from tests.given import CHIEF, TOWN, VILLAGE, person
from tests.hub.office import given_seat
from tests.sync.conftest import Making
from tests.sync.stations import Station

SUBJECT = Subject(Kind.TOWN, TOWN)


def order(
    station: Station, command: SetSignal | SetResponse, by: Actor = CHIEF, after: int = 60_000
) -> Event:
    station.now += after
    now = station.now
    return station.store.write(lambda log: set_mode(log, command, by, now)).result()


def modes(station: Station) -> Modes:
    def without_numbers(log: SiteLog) -> Modes:
        found = log.modes()
        facts = tuple(replace(each, seq=None, received_at=None) for each in found.facts)
        return replace(found, facts=facts)

    return station.store.write(without_numbers).result()


def response(level: ResponseLevel | None, text: str = "") -> SetResponse:
    return SetResponse(kind="wind", level=level, order_no="演示令 12 号", text=text)


def test_all_sites_of_the_town_get_the_step_and_what_was_said(hub: Hub, station: Making) -> None:
    """Ⅱ to Ⅰ: the seats and the village fold the same; the words come with their key."""
    one, two, village = station("a"), station("b"), station("v", VILLAGE)
    order(one, SetSignal(kind="typhoon", colour=Colour.RED))
    order(one, response(ResponseLevel.II))
    order(one, response(ResponseLevel.I, text="全员到岗"))
    for each in (one, two, village):
        each.sync()

    for each in (two, village):
        found = modes(each)
        assert [s.fact.hash for s in modes(one).responses] == [s.fact.hash for s in found.responses]
        body = found.responses[0].fact.body
        assert isinstance(body, ResponseSet)
        assert ResponseLevel.I is body.level
        assert modes(one).frozen == found.frozen
        assert 1 == len(found.spans(Priority.P3))
        told = each.store.read(lambda reader: told_of(reader.connection, SUBJECT)).result()
        assert "全员到岗" in {plain.get("text") for _, plain in told}
        assert each.status().digest == each.status().hub_digest
    assert 3 == check_town(hub, TOWN).seq


def test_two_seats_apart_are_contested_at_both_until_one_orders_anew(station: Making) -> None:
    one, two = station("a"), station("b")
    order(one, response(ResponseLevel.II))
    order(two, response(ResponseLevel.I))
    for each in (one, two, one):
        each.sync()

    assert (1, 1) == (modes(one).contested, modes(two).contested)
    assert modes(one) == modes(two)

    order(two, response(ResponseLevel.I))
    two.sync()
    one.sync()
    assert (0, 0) == (modes(one).contested, modes(two).contested)
    assert modes(one) == modes(two)


def test_a_change_of_the_modes_is_told_to_whoever_listens(station: Making) -> None:
    """Every row is read by the modes, so the window asks for all of them again."""
    one, two = station("a"), station("b")
    heard: list[bool] = []
    two.store.subscribe(lambda changes: heard.append(changes.town))
    order(one, response(ResponseLevel.I))
    one.sync()
    two.sync()
    assert any(heard)


def test_the_writers_memory_follows_what_is_pulled(station: Making) -> None:
    """A seat that has folded its modes folds them anew after a page with another order."""
    one, two = station("a"), station("b")
    order(two, response(ResponseLevel.III))
    assert () == modes(two).frozen
    two.sync()
    one.sync()
    order(one, response(ResponseLevel.I))
    one.sync()
    two.sync()
    assert 1 == len(modes(two).spans(Priority.P3))


def test_a_village_writes_no_order_whatever_its_program_says(hub: Hub) -> None:
    """Quarantined by the certificate's level, where the rules were passed by."""
    seat = given_seat(hub, "V", VILLAGE)
    chief = person("chief", Role.CHIEF)
    command = SetSignal(kind="typhoon", colour=Colour.RED)
    set_mode(seat.log, command, chief, seat.log.now)

    answer = seat.push()

    assert ["quarantined"] == [each.status for each in answer.verdicts]
    town = given_seat(hub, "T")
    page = town.pull()
    assert [True] == [isinstance(each, Frame) and bool(each.quarantined) for each in page.entries]


def test_a_stations_chief_is_refused_at_the_seat(station: Making) -> None:
    village = station("v", VILLAGE)
    who = person("chief-v", Role.CHIEF, node=VILLAGE)
    with pytest.raises(Refused, match="village_may_not"):
        order(village, response(ResponseLevel.I), who)
    assert 0 == village.status().made_here
