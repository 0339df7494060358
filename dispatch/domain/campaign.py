"""Rounds of checks (专项检查): one order, a task a grid, an answer a place.

The order is a subject of its own that the whole town sees; each grid's task is another, which
only those who see the grid get. An answer never overwrites: the facts of a place that no other
answer to it has seen count; where they differ the gravest finding is shown and both are told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dispatch.domain.bodies_town import (
    CampaignEnded,
    CampaignIssued,
    Checked,
    Found,
    Target,
    TaskAnswered,
    TaskIssued,
)
from dispatch.domain.event import Event
from dispatch.domain.graph import Graph

_WORSE: Final = {Checked.PROBLEM: 2, Checked.ABSENT: 1, Checked.CLEAR: 0}


@dataclass(frozen=True, slots=True)
class Campaign:
    """A round of checks; `issued` is None while only its end is known here."""

    issued: Event | None
    ended: Event | None

    @property
    def order(self) -> CampaignIssued | None:
        """What was asked."""
        body = self.issued.body if self.issued else None
        return body if isinstance(body, CampaignIssued) else None


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a task and the answer that counts; `apart`: another one differs from it."""

    target: Target
    answer: Event | None
    apart: bool = False

    @property
    def finding(self) -> Checked | None:
        """What was found, None without an answer."""
        body = self.answer.body if self.answer else None
        return body.finding if isinstance(body, TaskAnswered) else None


@dataclass(frozen=True, slots=True)
class Task:
    """The places of one grid; empty while only answers are known here.

    `found`: what was found beyond the places, in the order of the hashes.
    """

    issued: Event | None
    places: tuple[Place, ...]
    found: tuple[Event, ...] = ()

    @property
    def order(self) -> TaskIssued | None:
        """What was asked of the grid."""
        body = self.issued.body if self.issued else None
        return body if isinstance(body, TaskIssued) else None

    @property
    def done(self) -> bool:
        """Whether every place has an answer."""
        return bool(self.places) and all(each.answer is not None for each in self.places)


def task_id(campaign: str, grid: str) -> str:
    """Return the name of a grid's task."""
    return f"{campaign}:{grid}"


def fold_campaign(facts: Iterable[Event]) -> Campaign:
    """Return what a set of facts makes of a round, in any order of arrival.

    Of two orders under one name the least hash counts: both say the same (`content`), or one of
    them was written by a program that passed the rules by.
    """
    every = sorted(facts, key=lambda event: event.hash)
    issued = [each for each in every if isinstance(each.body, CampaignIssued)]
    ended = [each for each in every if isinstance(each.body, CampaignEnded)]
    return Campaign(issued[0] if issued else None, ended[0] if ended else None)


def fold_task(facts: Iterable[Event]) -> Task:
    """Return what a set of facts makes of a grid's task, in any order of arrival."""
    graph = Graph(facts)
    orders = [each for each in graph.facts if isinstance(each.body, TaskIssued)]
    answers: dict[str, list[int]] = {}
    for at, event in enumerate(graph.facts):
        if isinstance(event.body, TaskAnswered):
            answers.setdefault(event.body.target, []).append(at)
    issued = min(orders, key=lambda event: event.hash) if orders else None
    targets = issued.body.targets if issued and isinstance(issued.body, TaskIssued) else ()
    places = tuple(_place(graph, each, answers.get(each.no, [])) for each in targets)
    found = (each for each in graph.facts if isinstance(each.body, Found))
    return Task(issued, places, tuple(sorted(found, key=lambda event: event.hash)))


def _place(graph: Graph, target: Target, places: list[int]) -> Place:
    if not places:
        return Place(target, None)
    heads = [graph.facts[at] for at in graph.last(places)]
    found = {_finding(each) for each in heads}
    first = max(heads, key=lambda event: (_WORSE[_finding(event)], event.hash))
    return Place(target, first, apart=len(found) > 1)


def _finding(event: Event) -> Checked:
    body = event.body
    return body.finding if isinstance(body, TaskAnswered) else Checked.ABSENT
