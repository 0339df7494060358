"""Who reported a matter as the pane shows them: who was told, who waits, what the reward is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dispatch.domain.codes import Channel, Reward, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ReporterLine:
    """One report of the group; `told_at` (UTC milliseconds) is None while its reporter waits.

    `owed`: somebody of the public, who is to be told. `by` is a name.
    """

    incident: str
    number: str
    source: Source | None
    owed: bool
    told_at: int | None = None
    channel: Channel | None = None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardLine:
    """The decision about a reward, by whom (a name) and when; `yuan` None: no amount."""

    reward: Reward
    yuan: int | None
    by: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporters:
    """The reports of one matter, the own one first, and the decisions there are."""

    lines: tuple[ReporterLine, ...] = ()
    rewards: tuple[RewardLine, ...] = ()

    @property
    def untold(self) -> tuple[ReporterLine, ...]:
        """Those who wait for word."""
        return tuple(each for each in self.lines if each.owed)


NO_REPORTERS: Final = Reporters()
"""Nothing is known."""
