"""The second half of a script: sent, handled, checked, called back, closed, now and then twice."""

from __future__ import annotations

from typing import Final

from dispatch.domain.codes import (
    Channel,
    Priority,
    ReturnReason,
    Role,
    State,
)
from dispatch.domain.command import Command, Verb
from dispatch.drill.cast import VILLAGE
from dispatch.drill.closing import Closing
from dispatch.drill.scene import Scene, said
from dispatch.drill.step import FIELD, Player

_FILED: Final = frozenset({State.FILED})
_SENT: Final = frozenset({State.SENT})
_WORK: Final = frozenset({State.WORK})
HELD_DAYS: Final = (1, 4)
"""How many days a matter in a drill lies on hold."""


class Handling:
    """Writes the road from 已立案 to 已结案. `department` is the one the item belongs to."""

    def __init__(self, scene: Scene, department: str) -> None:
        self._scene = scene
        rng = scene.rng
        known = department in scene.cast.departments
        self._department = department if known else rng.choice(scene.cast.departments)
        self._radio = scene.happens(scene.chances.radio)

    def write(self, *, alone: bool) -> None:
        """Write it all; `alone`: nobody reports the same again, so it may be voided."""
        scene = self._scene
        if alone and scene.happens(scene.chances.void):
            self._void()
        unit = self._unit()
        self._send(unit)
        self._work(unit, first=True)
        Closing(scene, lambda: self._work_again(unit)).write()
        if scene.happens(scene.chances.reopen):
            chief = scene.cast.seated(Role.CHIEF, scene.rng)
            reopen = Command(verb=Verb.REOPEN, incident="", reason="problem_back")
            scene.add(chief, reopen, 4 * 3600, frozenset({State.CLOSED}))
            self._dispatch(unit, scene.report.service.dispatch_s)
            self._work(unit, first=False)
            Closing(scene, lambda: self._work_again(unit)).write()

    def _void(self) -> None:
        """T28: asked by the dispatcher, granted by the chief; what follows falls away."""
        scene, rng = self._scene, self._scene.rng
        ask = Command(
            verb=Verb.ASK_VOID, incident="", reason="mistake", text=said("void_texts", rng)
        )
        scene.add(scene.cast.seated(Role.DISPATCHER, rng), ask, rng.randrange(20, 90), _FILED)
        grant = Command(verb=Verb.GRANT_VOID, incident="", reason="agreed")
        scene.add(scene.cast.seated(Role.CHIEF, rng), grant, rng.randrange(60, 600), _FILED)

    def _unit(self) -> str:
        """Choose who handles it: department, a squad, or the village's station."""
        scene, report = self._scene, self._scene.report
        own = report.spot.village == scene.cast.station
        if report.priority_hint is Priority.P1:
            return self._department
        if scene.happens(scene.chances.own_station if own else scene.chances.station):
            return report.spot.village
        if scene.happens(scene.chances.squad):
            return scene.rng.choice(scene.cast.squads)
        return self._department

    def _send(self, unit: str) -> None:
        """T7, at times first to a wrong department that gives it back (T9)."""
        scene, rng, plan = self._scene, self._scene.rng, self._scene.report.service
        if unit in scene.cast.departments and scene.happens(scene.chances.wrong_department):
            wrong = rng.choice([each for each in scene.cast.departments if each != unit])
            self._dispatch(wrong, plan.dispatch_s)
            back = Command(
                verb=Verb.RETURN,
                incident="",
                why=ReturnReason.NOT_OURS,
                propose=unit,
                text=said("back_texts", rng),
            )
            scene.add(scene.cast.posted(wrong, rng), back, plan.sign_s, _SENT)
        self._dispatch(unit, plan.dispatch_s)

    def _dispatch(self, unit: str, wait: int) -> None:
        scene, report = self._scene, self._scene.report
        others = [each for each in scene.cast.departments if each != unit]
        joint = report.priority_hint is Priority.P1 and scene.happens(scene.chances.joint)
        command = Command(
            verb=Verb.DISPATCH,
            incident="",
            unit=unit,
            assists=(scene.rng.choice(others),) if joint else (),
        )
        station = unit == scene.cast.station
        by = (
            scene.cast.posted(unit, scene.rng).at(VILLAGE)
            if station
            else scene.cast.seated(Role.DISPATCHER, scene.rng)
        )
        scene.add(by, command, wait, _FILED)

    def _work(self, unit: str, *, first: bool) -> None:
        """T8, 31, 12, 13, 20: sign, arrive, now and then wait, feed back."""
        scene, rng, plan = self._scene, self._scene.rng, self._scene.report.service
        clerk = scene.cast.posted(unit, rng)
        sign = Command(
            verb=Verb.SIGN, incident="", person=clerk.person.name, phone=clerk.person.phone
        )
        scene.add(clerk, sign, plan.sign_s, _SENT)
        hand, behalf = self._hand(unit, clerk)
        arrive = Command(verb=Verb.ARRIVE, incident="", on_behalf=behalf)
        if behalf:
            arrive = Command(verb=Verb.ARRIVE, incident="", on_behalf=behalf, told_by=Channel.PHONE)
        scene.add(hand, arrive, plan.arrive_s, _WORK)
        if scene.happens(scene.chances.note):
            note = Command(verb=Verb.NOTE, incident="", text=said("notes", rng))
            by = scene.cast.seated(Role.DISPATCHER, rng)
            scene.add(by, note, plan.dispose_s // 4, _WORK)
        if first and plan.working and scene.happens(scene.chances.hold):
            self._hold()
        self._feedback(hand, behalf, "measures", plan.dispose_s)

    def _hand(self, unit: str, clerk: Player) -> tuple[Player, str | None]:
        """Who goes there: the clerk's own people, a grid worker of the station, or by radio."""
        scene = self._scene
        if self._radio:
            return scene.cast.seated(Role.DISPATCHER, scene.rng), unit
        if unit == scene.report.spot.village and clerk.where == FIELD:
            return scene.cast.posted(scene.report.grid, scene.rng).at(FIELD), None
        return clerk, None

    def _hold(self) -> None:
        """T12 and T13: the dispatcher proposes, the leader grants, later it goes on."""
        scene, rng = self._scene, self._scene.rng
        dispatcher = scene.cast.seated(Role.DISPATCHER, rng)
        days = rng.randint(*HELD_DAYS)
        ask = Command(
            verb=Verb.ASK_HOLD,
            incident="",
            reason=said("hold_reasons", rng),
            text=said("hold_texts", rng),
        )
        scene.add(dispatcher, ask, rng.randrange(300, 1800), _WORK, review_days=days)
        leader = scene.cast.seated(Role.LEADER, rng)
        scene.do(leader, Verb.GRANT_HOLD, rng.randrange(300, 1800), State.WORK)
        scene.do(dispatcher, Verb.RESUME, days * 7 * 3600, State.HOLD)

    def _feedback(self, hand: Player, behalf: str | None, kind: str, wait: int) -> None:
        rng = self._scene.rng
        command = Command(
            verb=Verb.FEEDBACK,
            incident="",
            text=said(kind, rng),
            result=said("results", rng),
            on_behalf=behalf,
            told_by=Channel.PHONE if behalf else None,
        )
        photos = rng.choice((1, 2)) if behalf is None else 0
        self._scene.add(hand, command, wait, _WORK, photos=photos)

    def _work_again(self, unit: str) -> None:
        """A rework or redo: back to the place, told again."""
        scene = self._scene
        hand, behalf = self._hand(unit, scene.cast.posted(unit, scene.rng))
        self._feedback(hand, behalf, "rework_measures", scene.report.service.dispose_s // 3)
