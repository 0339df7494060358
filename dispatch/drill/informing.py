"""Information reports (信息报告) in a drill: a P1 is told of by phone, on paper, and to its end."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from dispatch.domain.codes import BulletinPart, Channel, Priority, Role, State
from dispatch.domain.command import Command, Verb
from dispatch.drill.scene import Scene, said
from dispatch.drill.step import Step

_ANY: Final = frozenset(State) - {State.MERGED, State.VOID}
_PHONE_S: Final = (6 * 60, 18 * 60)
_WRITTEN_S: Final = (22 * 60, 38 * 60)
_LATE_S: Final = 15 * 60
"""So much later when it is forgotten: past 20 and 40 minutes."""
_FOLLOW_S: Final = 2 * 3600
"""What takes longer has a follow-up on the way."""
_FINAL_S: Final = 10 * 60


def inform(scene: Scene) -> None:
    """Write the reports between the steps, each at its own time from the report of the matter.

    The step after one of them waits so much less: nothing else is done later for it.
    """
    if scene.report.priority_hint is not Priority.P1 or scene.report.service.working:
        return
    rng = scene.rng
    late = _LATE_S if scene.happens(scene.chances.late_bulletin) else 0
    ended = scene.waited()
    _at(scene, rng.randrange(*_PHONE_S) + late, BulletinPart.FIRST, Channel.PHONE)
    _at(scene, rng.randrange(*_WRITTEN_S) + late, BulletinPart.FIRST, Channel.MESSAGE)
    if ended > _FOLLOW_S:
        _at(scene, ended // 2, BulletinPart.FOLLOW, Channel.MESSAGE)
    _at(scene, max(ended, _WRITTEN_S[1] + late) + _FINAL_S, BulletinPart.FINAL, Channel.MESSAGE)


def _at(scene: Scene, seconds: int, part: BulletinPart, way: Channel) -> None:
    """Put one in at a time, in seconds from the report."""
    clerk = scene.cast.seated(Role.CLERK, scene.rng)
    text = said(f"bulletin_{part.value}", scene.rng)
    command = Command(verb=Verb.INFORM, incident="", part=part, channel=way, text=text)
    passed = 0
    for place, step in enumerate(scene.steps):
        # A worker's look takes what it takes, and is not counted.
        wait = 0 if step.command.verb is Verb.VERIFY else step.wait_s
        if place and passed + wait > seconds:
            scene.steps[place] = replace(step, wait_s=passed + wait - seconds)
            break
        passed += wait
    else:
        place = len(scene.steps)
    made = Step(by=clerk, command=command, wait_s=seconds - passed, only=_ANY)
    scene.steps.insert(place, made)
