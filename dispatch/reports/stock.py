"""The stock at both ends by light, late facts, and what was known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from dispatch.domain.calendar import MINUTE
from dispatch.domain.codes import Light, State
from dispatch.domain.incident import Incident, light
from dispatch.reports.figure import Figure, count
from dispatch.reports.walk import Standing, Walk

LATE: Final = 10 * MINUTE
"""A fact that came to the hub later than this after it happened came late."""


def lights(walk: Walk) -> Iterator[Figure]:
    """The stock at both ends by light; what is on hold shows none."""
    began = [(c.id, c.before) for c in walk.cases if c.began is Standing.OPEN and c.before]
    ends = [(case.id, now) for case, now in walk.open()]
    for key, stock, now in (("opening", began, walk.from_at), ("closing", ends, walk.cut)):
        for each in Light:
            if each is not Light.NONE:
                ids = (id_ for id_, incident in stock if light(incident, now) is each)
                yield count(f"light.{key}.{each}", _LIGHTS[each], ids)
        yield count(f"light.{key}.hold", "挂起", _hold(stock))
        bare = (
            id_
            for id_, incident in stock
            if light(incident, now) is Light.NONE and incident.state is not State.HOLD
        )
        yield count(f"light.{key}.none", "无时限", bare)


_LIGHTS: Final = {Light.RED: "红", Light.YELLOW: "黄", Light.GREEN: "绿"}


def _hold(stock: Iterable[tuple[str, Incident]]) -> Iterator[str]:
    return (id_ for id_, incident in stock if incident.state is State.HOLD)


def late(walk: Walk) -> Iterator[Figure]:
    """Facts of the shift that came to the hub late or have not come there yet."""
    facts = [event for case in walk.cases for event in case.known.facts if walk.during(event)]
    late = (
        event.hash
        for event in facts
        if event.received_at is not None and event.received_at - event.corrected_at > LATE
    )
    yield count("facts.late", "迟到记录", late)
    yield count("facts.pending", "未到市平台", (e.hash for e in facts if e.received_at is None))
    yield count("facts.all", "本班记录", (event.hash for event in facts))


def basis(walk: Walk) -> Iterator[Figure]:
    """What was known when the report was made."""
    told = walk.given.basis
    for key, name, value in (
        ("town", "镇街序号", told.town_seq),
        ("own", "本站记录", told.own),
        ("behind", "未到市平台", told.behind),
    ):
        yield Figure(id=f"basis.{key}", name=name, form="count", value=value)
