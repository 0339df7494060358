"""Fault 18: a village is moved in the tree: purge and backfill; another town is never served."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput
from dispatch.domain.organisation import Node
from dispatch.hub import pulling, sight
from dispatch.hub.hub import Hub
from dispatch.hub.places import Site
from dispatch.hub.schema import EVENT
from dispatch.store.reader import Reader
from dispatch.store.schema import EVENT as HERE
from dispatch.store.schema import SECRET
from dispatch.store.verify import verify
from dispatch.sync.answers import ask
from dispatch.sync.driver import Line
from dispatch.wire import protocol as wire
from dispatch.wire import tables
from dispatch.wire.chain import START
from tests.given import CITY, NEXT_GRID, NEXT_VILLAGE, STATION, VILLAGE, town_nodes
from tests.sync.conftest import Making
from tests.sync.stations import Station


def _move(hub: Hub, version: str, change: Callable[[Node], Node]) -> None:
    body = tables.write_organisation([change(each) for each in town_nodes()], version)
    hub.office.database.write(lambda c: hub.reference.publish(c, "organisation", body))


def _under(code: str, parent: str) -> Callable[[Node], Node]:
    return lambda node: replace(node, parent=parent) if node.code == code else node


def _others(station: Station, subject: str) -> tuple[int, int]:
    """How many events of a subject, and keys of it, are in the site's file."""

    def job(reader: Reader) -> tuple[int, int]:
        connection = reader.connection
        rows = connection.execute(select(HERE.c.pos).where(HERE.c.subject == subject)).all()
        keys = connection.execute(select(SECRET.c.key).where(SECRET.c.subject == subject)).all()
        return len(rows), len(keys)

    return station.store.read(job).result()


def _equal(station: Station) -> None:
    told = station.status()
    assert (told.digest, 0) == (told.hub_digest, told.unsent)
    verify(station.store.folder)


def test_fault_18_a_village_that_gets_another_one_gets_its_past_and_loses_it_again(
    hub: Hub, station: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In pages of two subjects, and with an act in between."""
    monkeypatch.setattr(pulling, "PAGE_EVENTS", 4)
    town, village = station("a"), station("v", VILLAGE)
    there = [town.filed() if at % 2 else _filed_there(town) for at in range(10)]
    elsewhere = there[::2]
    town.sync()
    village.sync()
    assert [None] * 5 == [village.incident(each) for each in elsewhere]

    _move(hub, "org-2", _under(NEXT_VILLAGE, VILLAGE))
    village.sync()

    assert [town.seen(each) for each in there] == [village.seen(each) for each in there]
    row = village.store.read(lambda reader: reader.row(elsewhere[0])).result()
    assert row is not None
    assert "档口阁楼有人住宿" == row.text
    _equal(village)

    more = _filed_there(town)
    town.sync()
    _move(hub, "org-3", lambda node: node)
    village.sync()

    for each in (*elsewhere, more):
        assert village.incident(each) is None
        assert (0, 0) == _others(village, each)
    assert all(village.incident(each) is not None for each in there[1::2])
    _equal(village)


def _filed_there(town: Station) -> str:
    id_ = town.report(grid=NEXT_GRID)
    town.act(Verb.FILE, id_)
    return id_


def test_fault_18_a_village_under_another_town_sees_nothing_of_the_old_one_but_its_own(
    hub: Hub, station: Making
) -> None:
    town, village = station("a"), station("v", VILLAGE)
    theirs = town.filed()
    town.sync()
    village.sync()
    mine = village.report(STATION)
    village.sync()
    assert village.incident(theirs) is not None

    other = "441900107"
    body = tables.write_organisation(
        [
            *(replace(n, parent=other) if n.code == VILLAGE else n for n in town_nodes()),
            replace(town_nodes()[1], code=other, name="演示镇", parent=CITY),
        ],
        "org-2",
    )
    hub.office.database.write(lambda c: hub.reference.publish(c, "organisation", body))
    village.sync()

    assert village.incident(theirs) is None
    assert (0, 0) == _others(village, theirs)
    assert village.incident(mine) is None
    assert 1 == _others(village, mine)[0]
    _equal(village)


def test_fault_18_another_town_is_403_and_leaves_an_audit_event(hub: Hub, station: Making) -> None:
    village = station("v", VILLAGE)
    line = Line(village.link)
    strangers = (
        ask("/v1/pull", wire.Pull({"441900003": 0}, 0)),
        ask(
            "/v1/session",
            wire.SessionAsk(1, (), {"441900003": wire.CursorMark(0, START)}, 0, "0.1"),
        ),
        ask(
            "/v1/session",
            wire.SessionAsk(1, (), {}, 0, "0.1", None, {"441900003": ()}),
        ),
    )

    answers = [line.ask(each) for each in strangers]
    line.close()

    assert [403] * 3 == [each.status for each in answers]
    found = select(EVENT.c.type, EVENT.c.kind)
    rows = hub.office.database.read(lambda c: c.execute(found).all())
    assert 3 == sum(row.kind == "audit" for row in rows)


def test_a_sight_that_the_hub_did_not_give_is_refused(hub: Hub, station: Making) -> None:
    village, other = station("v", VILLAGE), station("w", NEXT_VILLAGE)

    def site(of: Station) -> Site:
        found = hub.sites.of_token(of.link.token)
        assert found is not None
        return found

    mine = sight.write(hub.office, site(village), sight.Sight(frozenset({VILLAGE})))
    assert sight.Sight(frozenset({VILLAGE})) == sight.read(hub.office, site(village), mine)
    for bad in (mine[:-20], mine.replace(VILLAGE, NEXT_VILLAGE), "[]", "x", "\ud800"):
        with pytest.raises(BadInput):
            sight.read(hub.office, site(village), bad)
    with pytest.raises(BadInput, match="另一个站点"):
        sight.read(hub.office, site(other), mine)
