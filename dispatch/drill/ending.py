"""How a play ended: counts of acts and refusals, what is open and why, as plain values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from dispatch.domain.codes import ENDED, State
from dispatch.drill.play import Line, Play
from dispatch.drill.players import SeatHand


@dataclass(frozen=True, slots=True)
class Open:
    """An incident that has not ended: its feed number, state and why nobody went on."""

    number: int
    id: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ending:
    """What a play came to. `refused` counts by verb and the rule's code."""

    incidents: int
    states: dict[str, int]
    acts: dict[str, int]
    refused: dict[str, int]
    troubles: dict[str, int]
    exchanges: int
    resolved: int
    open: tuple[Open, ...]

    def plain(self) -> dict[str, Any]:  # Any: JSON values
        """Return it for `summary.json`."""
        return {
            "incidents": self.incidents,
            "acts": sum(self.acts.values()),
            "states": self.states,
            "acts_by_verb": self.acts,
            "refused_by_rule": self.refused,
            "troubles": self.troubles,
            "exchanges": self.exchanges,
            "collisions_resolved": self.resolved,
            "open": [
                {"feed": each.number, "id": each.id, "state": each.state, "reason": each.reason}
                for each in self.open
            ],
        }


def ending(play: Play, seat: SeatHand) -> Ending:
    """Look at every incident as a seat knows it after the last exchange."""
    states: Counter[str] = Counter()
    left: list[Open] = []
    for line in play.lines.values():
        state = _state(line, seat)
        states[state or "unreported"] += 1
        if state not in ENDED:
            left.append(Open(line.script.number, line.id, state or "", _reason(line)))
    told = play.told
    refused = Counter(f"{each.verb}:{each.code}" for each in told.refused)
    return Ending(
        incidents=len(play.lines),
        states=dict(sorted(states.items())),
        acts=dict(sorted(told.acts.items())),
        refused=dict(sorted(refused.items())),
        troubles=dict(told.troubles),
        exchanges=told.exchanges,
        resolved=told.resolved,
        open=tuple(left),
    )


def _state(line: Line, seat: SeatHand) -> State | None:
    incident = seat.incident(line.id) if line.id else None
    return incident.state if incident else None


def _reason(line: Line) -> str:
    if line.refused:
        return f"refused:{line.refused}"
    if line.step is None:
        return "left"
    return f"time_over_before:{line.step.command.verb}"
