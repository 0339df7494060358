"""Which units to send, best first, each with its reason. Pure: proposals, never choices."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final

NEAR_M: Final = 5_000
"""Distance at which nearness counts nothing any more, metres."""
BUSY: Final = 10
"""Open orders at which a unit counts as fully busy."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that could be sent. `distance_m` is a straight line, None when it has no place."""

    unit: str
    name: str
    responsible: bool
    own_village: bool
    distance_m: int | None
    open_orders: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate with its score 0-100 and the parts the score is made of, as codes."""

    candidate: Candidate
    score: int
    reasons: tuple[str, ...]


def rank(candidates: tuple[Candidate, ...]) -> tuple[Proposal, ...]:
    """Return the candidates, best first; ties by unit's code.

    60 points for the department the catalogue names, 20 for the village's own station, up to
    20 for nearness, less up to 20 for open orders (illustrative weights).
    """
    proposals = [_proposal(each) for each in candidates]
    return tuple(sorted(proposals, key=lambda each: (-each.score, each.candidate.unit)))


def _proposal(candidate: Candidate) -> Proposal:
    reasons: list[str] = []
    score = 20.0
    if candidate.responsible:
        score += 60
        reasons.append("responsible")
    if candidate.own_village:
        score += 20
        reasons.append("own_village")
    if candidate.distance_m is not None:
        nearness = max(0.0, 1 - candidate.distance_m / NEAR_M)
        score += 20 * nearness
        if nearness > 0:
            reasons.append("near")
    score -= 20 * min(1.0, candidate.open_orders / BUSY)
    if candidate.open_orders:
        reasons.append("busy")
    return Proposal(candidate, max(0, min(100, round(score))), tuple(reasons))


def minutes_on_the_way(distance_m: int) -> int:
    """Return whole minutes for a straight line at 20 km/h, at least one (illustrative)."""
    return max(1, ceil(distance_m / (20_000 / 60)))
