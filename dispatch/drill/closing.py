"""The end of a script: checked, called back, evaluated and closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dispatch.domain.codes import Channel, Finding, Role, State
from dispatch.domain.command import Command, Verb
from dispatch.drill.scene import Scene, said
from dispatch.drill.step import FIELD, Player
from dispatch.drill.turns import Turn

_DONE: Final = frozenset({State.DONE})
_VISIT: Final = frozenset({State.VISIT})
_EVAL: Final = frozenset({State.EVAL})
SATISFIED: Final = (1, 1, 2, 2, 3)
DISSATISFIED: Final = (4, 5)
_COMPLAINT: Final = frozenset({Turn.REDONE, Turn.ACCEPTED})
_AGAIN_S: Final = (3600, 24 * 3600)
"""After so many seconds a number that nobody answers is called again: three calls on two days."""
SCORES: Final = (80, 85, 90, 95, 100)


class Closing:
    """Writes steps 4 and 5; `again` writes what the unit does when it has to go once more."""

    def __init__(self, scene: Scene, again: Callable[[], None]) -> None:
        self._scene = scene
        self._again = again

    def write(self) -> None:
        """Write check, call-back and closing."""
        scene, plan = self._scene, self._scene.report.service
        looked_s = self._look()
        if scene.happens(scene.chances.rework, Turn.REWORKED):
            fail = Command(
                verb=Verb.INSPECT_FAIL,
                incident="",
                reason=said("fail_reasons", scene.rng),
                text=said("fail_texts", scene.rng),
            )
            scene.add(self._seated(Role.INSPECTOR), fail, plan.check_s - looked_s, _DONE)
            self._again()
            looked_s = 0
        self._pass(plan.check_s - looked_s)
        self._visit()
        chief = self._seated(Role.CHIEF)
        close = Command(verb=Verb.CLOSE, incident="", score=scene.rng.choice(SCORES))
        scene.add(chief, close, plan.close_s, _EVAL)

    def _seated(self, role: Role) -> Player:
        return self._scene.cast.seated(role, self._scene.rng)

    def _look(self) -> int:
        """A grid worker who did not handle it looks at the place: evidence for the inspector.

        Returns how many seconds of the check that takes.
        """
        scene = self._scene
        if not scene.happens(scene.chances.inspect):
            return 0
        handled = {step.by.login for step in scene.steps}
        people = scene.cast.everybody(scene.report.grid)
        others = [each for each in people if each.login not in handled]
        if not others:
            return 0
        look = Command(
            verb=Verb.INSPECT,
            incident="",
            finding=Finding.TRUE,
            distance_m=scene.rng.randrange(2, 90),
        )
        wait = scene.report.service.check_s // 2
        scene.add(scene.rng.choice(others).at(FIELD), look, wait, _DONE, photos=1)
        return wait

    def _pass(self, wait: int) -> None:
        passed = Command(
            verb=Verb.INSPECT_PASS, incident="", distance_m=self._scene.rng.randrange(2, 90)
        )
        inspector = self._seated(Role.INSPECTOR)
        self._scene.add(inspector, passed, wait, _DONE)
        if self._scene.turn is Turn.RECHECKED:
            recheck = Command(verb=Verb.RECHECK, incident="", reason="slip")
            self._scene.add(inspector, recheck, 30, _VISIT | _EVAL)
            self._scene.add(inspector, passed, 120, _DONE)

    def _visit(self) -> None:
        """T23 and T24, for whom they apply; a call that nobody takes is tried again."""
        scene, plan = self._scene, self._scene.report.service
        supervisor = self._seated(Role.SUPERVISOR)
        tried = Command(verb=Verb.CALL_TRIED, incident="", channel=Channel.PHONE)
        if scene.turn is Turn.UNREACHABLE:
            for wait in (plan.visit_s // 2, *_AGAIN_S):
                scene.add(supervisor, tried, wait, _VISIT)
            self._call(supervisor, None, 60)
            return
        if scene.happens(scene.chances.tried):
            scene.add(supervisor, tried, plan.visit_s // 2, _VISIT)
        if scene.turn not in _COMPLAINT and not scene.happens(scene.chances.dissatisfied):
            self._call(supervisor, scene.rng.choice(SATISFIED), plan.visit_s)
            return
        self._call(supervisor, scene.rng.choice(DISSATISFIED), plan.visit_s)
        chief = self._seated(Role.CHIEF)
        wait = scene.rng.randrange(300, 3600)
        if scene.turn is Turn.ACCEPTED or not scene.happens(scene.chances.redo, Turn.REDONE):
            accept = Command(verb=Verb.ACCEPT, incident="", reason="beyond_power")
            scene.add(chief, accept, wait, _VISIT)
            return
        redo = Command(verb=Verb.REDO, incident="", reason="dissatisfied")
        scene.add(chief, redo, wait, _VISIT)
        self._again()
        self._pass(plan.check_s)
        self._call(supervisor, scene.rng.choice(SATISFIED), plan.visit_s)

    def _call(self, supervisor: Player, grade: int | None, wait: int) -> None:
        """T23 with a grade; None: 无法联系."""
        words = "unreachable" if grade is None else "called"
        call = Command(
            verb=Verb.CALL_BACK,
            incident="",
            channel=Channel.PHONE,
            grade=grade,
            text=said("complained" if grade in DISSATISFIED else words, self._scene.rng),
        )
        self._scene.add(supervisor, call, wait, _VISIT)
