"""Telling reporters what came of it (T35), and the one decision about a reward (T36)."""

from __future__ import annotations

from typing import Final

from dispatch.domain.ask import Ask
from dispatch.domain.bodies_reporter import ReporterTold, RewardDecided
from dispatch.domain.codes import Reward
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Draft
from dispatch.domain.reporters import closed_with, decided, group, owed

MOST_YUAN: Final = 1_000_000
"""More is a slip of the pen's (illustrative)."""


def tell(ask: Ask) -> tuple[Draft, ...]:
    """T35: one reporter; with `group` all of a merged group who wait for word, as one unit."""
    command = ask.command
    assert command.channel is not None  # the options were checked
    body = ReporterTold(reason=command.reason, channel=command.channel)
    if not command.group:
        return (ask.draft("reporter_told", body),)
    waiting = [each.id for each in group(ask.incident, ask.incidents) if owed(each)]
    if not waiting:
        raise Refused("nobody_to_tell", incident=ask.incident.id)
    return tuple(ask.draft("reporter_told", body, of=id_) for id_ in waiting)


def reward(ask: Ask) -> tuple[Draft, ...]:
    """T36: once for a group, on its master."""
    command, incident = ask.command, ask.incident
    assert command.reward is not None  # the options were checked
    master = closed_with(incident)
    if master is not None:
        raise Refused("reward_the_master", master=master)
    for each in group(incident, ask.incidents):
        before = decided(each)
        if before is not None:
            raise Refused("already_rewarded", by=before.actor, at=before.at)
    if command.yuan is not None:
        if command.reward is Reward.NONE:
            raise BadInput("yuan", "不予奖励不写金额")
        if not 0 < command.yuan <= MOST_YUAN:
            raise BadInput("yuan", f"金额须为 1 至 {MOST_YUAN} 的整数元")
    body = RewardDecided(reason=command.reason, reward=command.reward, yuan=command.yuan)
    return (ask.draft("reward_decided", body),)
