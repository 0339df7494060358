"""What events say in the open about those who reported: told what came of it, rewarded or not."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch.domain.bodies import Body
from dispatch.domain.codes import Channel, Reward


@dataclass(frozen=True, slots=True, kw_only=True)
class ReporterTold(Body):
    """The reporter of this very report was told; what was said is sealed."""

    channel: Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardDecided(Body):
    """One decision for all who reported it; `yuan` None: nothing was said of money."""

    reward: Reward
    yuan: int | None = None
