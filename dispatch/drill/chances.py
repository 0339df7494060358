"""How often things go another way than straight through; all figures are illustrative."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """Shares of the incidents that could go this way."""

    verify: float = 0.5
    """A public report is looked at by the grid's worker before it is filed."""
    untrue: float = 0.06
    """The worker finds nothing, and the report is refused."""
    station: float = 0.15
    """A P2 or P3 goes to the station of its village."""
    own_station: float = 0.7
    """In the village with a console: to its own station."""
    squad: float = 0.08
    wrong_department: float = 0.05
    radio: float = 0.04
    """The dispatcher records arrival and feedback on the unit's behalf."""
    joint: float = 0.4
    """A P1 goes to an assisting department too."""
    late_bulletin: float = 0.05
    """The first information reports on a P1 come after their time."""
    hold: float = 0.1
    """Of the long profiles (working time)."""
    void: float = 0.015
    correct: float = 0.12
    note: float = 0.2
    inspect: float = 0.25
    """A grid worker looks at the place before the inspector decides."""
    rework: float = 0.05
    tried: float = 0.25
    """The first call reaches nobody."""
    dissatisfied: float = 0.08
    redo: float = 0.6
    """Of the dissatisfied; the rest is accepted with a reason."""
    reopen: float = 0.01
