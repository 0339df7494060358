"""Rare turns: what happens in every shift once or twice, so that a drill has it for certain.

Chance alone leaves a shift of a hundred reports without most of them. So each turn is given to a
report of the feed, chosen from a seed among those that get there soonest.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dispatch.domain.catalogue import UNCLASSIFIED
from dispatch.domain.codes import PUBLIC, Priority
from dispatch.drill.feed import FeedIncident


class Turn(StrEnum):
    """Something that does not go straight on."""

    SPLIT = "split"
    """Merged by mistake, and split off again."""
    UNFILED = "unfiled"
    """Filed too quickly; filed again."""
    RESTORED = "restored"
    """Voided, and the chief takes that back."""
    VOID_DENIED = "void_denied"
    STOOD_DOWN = "stood_down"
    """Sent out by a slip; sent out again."""
    RETURNED = "returned"
    REASSIGNED = "reassigned"
    UNSIGNED = "unsigned"
    """The unit signed for another order; by radio."""
    WITHDRAWN = "withdrawn"
    """The feedback was another order's; by radio."""
    REWORKED = "reworked"
    RECHECKED = "rechecked"
    """The inspector passed the wrong one."""
    UNREACHABLE = "unreachable"
    """Three calls on two days reach nobody: 无法联系."""
    REDONE = "redone"
    ACCEPTED = "accepted"


BLOCK: Final = 100
"""So many reports have each turn once: half a day of an average town."""
SHARE: Final = 5
"""In a short feed at most one report of so many takes a turn."""
_QUICKEST: Final = 4
"""Chance chooses among so many that get there soonest."""
_CALLED: Final = frozenset({Turn.UNREACHABLE, Turn.REDONE, Turn.ACCEPTED})
"""Turns of a call-back: only who is called back by rule is sure to come to one."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A report as a place for a turn; `alone`: nobody reports the same again."""

    report: FeedIncident
    alone: bool

    def fits(self, turn: Turn) -> bool:
        """Return whether the turn can be taken here; clocks of working time are too slow."""
        report = self.report
        if turn is Turn.SPLIT:
            return report.repeats is not None
        if report.repeats is not None or report.item == UNCLASSIFIED or report.service.working:
            return False
        if turn in {Turn.RESTORED, Turn.VOID_DENIED}:
            return self.alone
        called = report.source in PUBLIC or report.priority_hint is Priority.P1
        return turn not in _CALLED or called

    def reached(self) -> int:
        """Return when it would come to its call-back, UTC milliseconds."""
        plan = self.report.service
        seconds = (
            plan.accept_s + plan.dispatch_s + plan.sign_s + plan.arrive_s + plan.dispose_s
        ) + (plan.check_s + plan.visit_s)
        return self.report.at_ms + seconds * 1000


def turns(feed: Sequence[FeedIncident], seed: int) -> dict[int, Turn]:
    """Return which report, by its number in the feed, takes which turn."""
    repeated = {each.repeats for each in feed if each.repeats is not None}
    places = [_Place(each, each.number not in repeated) for each in feed]
    found: dict[int, Turn] = {}
    for start in range(0, len(places), BLOCK):
        rng = random.Random(f"turns:{seed}:{start}")
        _share_out(places[start : start + BLOCK], rng, found)
    return found


def _share_out(block: Sequence[_Place], rng: random.Random, found: dict[int, Turn]) -> None:
    """Give each turn a place of its own; the calls first, for fewest reports come to one."""
    most = max(1, len(block) // SHARE)
    order = rng.sample(tuple(Turn), len(Turn))
    for turn in sorted(order, key=lambda each: each not in _CALLED)[:most]:
        fitting = [each for each in block if each.report.number not in found and each.fits(turn)]
        soonest = sorted(fitting, key=_Place.reached)[:_QUICKEST]
        if soonest:
            found[rng.choice(soonest).report.number] = turn
