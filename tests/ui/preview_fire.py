"""Who and what is at hand about a place, made up for a picture (演示数据)."""

from __future__ import annotations

from functools import partial

from dispatch.acts.perform import Author, record_one
from dispatch.desk.desk import Desk
from dispatch.domain.bodies import SignedOn
from dispatch.domain.codes import Kind
from dispatch.drill.people import made_roster
from dispatch.store.site_log import SiteLog
from dispatch.store.telemetry import Position
from dispatch.wire.objects import Delta, ManagedObject
from tests.desk.offices import Hand
from tests.unit.towns import HENGLI, hengli


def around(desk: Desk, hand: Hand, at: tuple[float, float]) -> None:
    """Duty points, cameras, hydrants and workers on duty about a place."""
    lon, lat = at
    kinds = {"警民联防点": "值守点", "视频摄像头": "路口枪机", "市政消火栓": "消火栓"}
    grid = hengli().grids[0].code
    rows = [
        ManagedObject(
            f"{place}{nth:02}", kind, f"演示{name} {nth + 1}", grid,
            lon=lon + (nth + 1) * 0.0016 * (-1) ** nth, lat=lat + (place - 1.2) * 0.0021,
        )
        for place, (kind, name) in enumerate(kinds.items())
        for nth in range(6)
    ]  # fmt: skip
    delta = Delta(version="1", town=HENGLI, since=0, next=1, more=False, rows=tuple(rows))
    desk.site.objects.apply(delta)
    for nth, each in enumerate(made_roster(hengli()).workers[:4]):
        author = Author(each.login, "worker", "")
        body = SignedOn(worker=each.login, grid=each.node)
        subject = (Kind.DUTY, f"{each.login}:today")
        job = partial(signed_on, subject, body, author, hand.now)
        desk.site.write(job).result()
        place = (lon - 0.002 * nth, lat + 0.0012 * nth + 0.0008)
        desk.site.telemetry.add([Position(each.login, *place, hand.now, 5.0, 90.0)])


def signed_on(
    subject: tuple[Kind, str], body: SignedOn, author: Author, at: int, log: SiteLog
) -> None:
    record_one(log, subject, "signed_on", body, author, at)
