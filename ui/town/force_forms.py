"""The small forms of the force: a call, a led patrol, a squad's task, something found."""

import re
from dataclasses import replace
from datetime import datetime, time
from typing import Any, Final

from dispatch.desk.views_town import CampaignView, ForceView
from dispatch.domain.bodies_force import RadioAnswer
from dispatch.domain.bodies_town import Post, RoundKind
from dispatch.domain.calendar import HOUR, ZONE, instant, local
from dispatch.domain.decide_campaign import IssueCampaign, PlaceToCheck, ReportFound
from dispatch.domain.errors import BadInput
from ui import town_words
from ui.acts.fields import Field, Kind
from ui.tongue import tr
from ui.town import forms

MOST: Final = 9
"""Choices have a digit each."""
EVERY: Final = ""
_CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[:\uff1a]([0-5]\d)")
_APART: Final = re.compile(r"[\s,;\uff0c\u3001\uff1b]+")

_ANSWER: Final = Field(
    "answer", Kind.CHOICE, needed=True, word=tr("结果"),
    choices=tuple((each, town_words.RADIO[each]) for each in RadioAnswer),
)  # fmt: skip
_TITLE: Final = Field("title", Kind.LINE, needed=True, word=tr("任务"))
_DUE: Final = forms.CAMPAIGN[1]
LED: Final = (
    Field(
        "leader", Kind.CHOICE, needed=True, word=tr("带队领导"),
        choices=tuple((each, town_words.POSTS[each]) for each in Post),
    ),
    replace(_TITLE, word=tr("巡查什么")),
    Field(
        "places", Kind.LINE, needed=True, word=tr("网格"),
        hint=tr("编码、编码末几位或名称，用逗号分开"),
    ),
    _DUE,
)  # fmt: skip


def radio(force: ForceView) -> tuple[Field, ...]:
    """Return the fields of a call: the silent workers to choose from, else a number."""
    silent = tuple((each.number, f"{each.name} {each.grid_name}") for each in force.silent[:MOST])
    worker = Field("worker", Kind.LINE, needed=True, word=tr("人员"), hint=tr("人员编号"))
    if silent:
        worker = replace(worker, kind=Kind.CHOICE, choices=silent)
    return (worker, _ANSWER, Field("text", Kind.LINE, word=tr("说明"), hint=tr("可空")))


def squad(force: ForceView) -> tuple[Field, ...]:
    """Return the fields of a squad's task."""
    squads = ((EVERY, tr("全部机动队")), *force.squads[: MOST - 1])
    return (
        Field("places", Kind.CHOICE, needed=True, word=tr("派给"), choices=squads),
        replace(_TITLE, hint=tr("开封前也看得见，不写机密")),
        Field("text", Kind.LINE, needed=True, word=tr("内容")),
        Field("sealed_until", Kind.LINE, word=tr("密封至"), hint=tr("今天几点，如 13:00；可空")),
        _DUE,
    )


def found(led: tuple[CampaignView, ...]) -> tuple[Field, ...]:
    """Return the fields of a finding: where, and what."""
    places = tuple(
        (f"{each.id}:{grid}", f"{each.title} · {name}") for each in led for grid, name in each.nodes
    )
    return (
        Field("places", Kind.CHOICE, needed=True, word=tr("在哪里"), choices=places[:MOST]),
        Field("text", Kind.LINE, needed=True, word=tr("发现")),
        Field("incident", Kind.LINE, word=tr("已上报为"), hint=tr("事件编号，可空")),
    )


def led_patrol(values: dict[str, Any], now: int) -> IssueCampaign:
    """Return the order that the form of a led patrol makes."""
    grids = [each for each in _APART.split(values["places"]) if each]
    if not grids:
        raise BadInput("places", tr("须写至少一个网格"))
    return IssueCampaign(
        title=values["title"],
        due=now + values["due"] * HOUR,
        places=tuple(PlaceToCheck(grid=each) for each in grids),
        kind=RoundKind.LED,
        leader=values["leader"],
    )


def squad_task(values: dict[str, Any], now: int) -> IssueCampaign:
    """Return the order that the form of a squad's task makes."""
    to = values["places"]
    return IssueCampaign(
        title=values["title"],
        text=values["text"],
        due=now + values["due"] * HOUR,
        places=(PlaceToCheck(grid=to),) if to != EVERY else (),
        kind=RoundKind.SQUAD,
        sealed_until=_today(values.get("sealed_until", ""), now),
    )


def finding(values: dict[str, Any]) -> ReportFound:
    """Return the finding that the form makes."""
    campaign, _, grid = values["places"].partition(":")
    incident = values.get("incident") or None
    return ReportFound(campaign=campaign, grid=grid, text=values["text"], incident=incident)


def _today(text: str, now: int) -> int | None:
    if not text.strip():
        return None
    clock = _CLOCK.fullmatch(text.strip())
    if clock is None:
        raise BadInput("sealed_until", tr("须写今天的时分，如 13:00"))
    return instant(datetime.combine(local(now).date(), time(int(clock[1]), int(clock[2])), ZONE))
