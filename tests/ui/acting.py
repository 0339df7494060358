"""What every act through pane and forms begins with, and an act by somebody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot

from dispatch.acts.perform import new_id
from dispatch.domain.calendar import MINUTE
from dispatch.domain.codes import (
    Source,
)
from dispatch.domain.command import Command, Verb
from dispatch.domain.event import Event
from tests.desk.offices import FIRE, PASSWORD, Hand, open_desk
from tests.ui.workplace import Workplace
from tests.unit.towns import hengli


@contextmanager
def acting(qtbot: QtBot, folder: Path, way: str) -> Iterator[Workplace]:
    """A workplace over a seat made in the folder; worked by `way`: keys or mouse."""
    hand = Hand()
    made = Workplace(qtbot, open_desk(folder / "seat", hand), hand, way == "mouse")
    yield made
    made.leave()


def at() -> tuple[float, float]:
    grid = hengli().grids[0]
    return grid.lon, grid.lat


def given_reported(place: Workplace, *, item: str = "0605", source: Source = Source.HOTLINE) -> str:
    """An incident that another seat reported; shown in the pane to the clerk."""
    place.desk.login("clerk1", PASSWORD).result()
    id_ = new_id()
    lon, lat = at()
    command = Command(verb=Verb.REPORT, incident=id_, item=item, source=source, text="通道堵塞")
    place.desk.report_at(command, lon, lat).result()
    place.show(id_)
    return id_


def did(place: Workplace, who: str, verb: Verb, id_: str, /, **given: str) -> Event:
    """Act as somebody; the event is the one of the person in this act."""
    place.clock.forward(MINUTE)
    place.become(who)
    event = place.do(verb, id_, **given)
    assert (who, place.desk.person.roles[0] if place.desk.person else "") == (
        event.actor,
        event.role,
    )
    return event


def given_in_work(place: Workplace) -> str:
    """An incident that the fire brigade works on."""
    id_ = given_reported(place)
    for who, verb, options in (
        ("clerk1", Verb.FILE, {}),
        ("dispatcher1", Verb.DISPATCH, {"unit": FIRE}),
        ("fire1", Verb.SIGN, {"person": "演示丙"}),
    ):
        place.clock.forward(MINUTE)
        place.desk.login(who, PASSWORD).result()
        place.desk.act(Command(verb=verb, incident=id_, **options)).result()  # type: ignore[arg-type]
    place.show(id_)
    return id_
