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
from dispatch.drill.turns import Turn

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
        if alone and scene.turn is None and scene.happens(scene.chances.void):
            self._void()
        elif scene.turn in {Turn.RESTORED, Turn.VOID_DENIED}:
            self._not_void(denied=scene.turn is Turn.VOID_DENIED)
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

    def _void(self) -> Player:
        """T28: asked by the dispatcher, granted by the chief; what follows falls away."""
        self._ask_void()
        rng = self._scene.rng
        chief = self._scene.cast.seated(Role.CHIEF, rng)
        grant = Command(verb=Verb.GRANT_VOID, incident="", reason="agreed")
        self._scene.add(chief, grant, rng.randrange(60, 600), _FILED)
        return chief

    def _ask_void(self) -> None:
        rng = self._scene.rng
        ask = Command(
            verb=Verb.ASK_VOID, incident="", reason="mistake", text=said("void_texts", rng)
        )
        by = self._scene.cast.seated(Role.DISPATCHER, rng)
        self._scene.add(by, ask, rng.randrange(20, 90), _FILED)

    def _not_void(self, *, denied: bool) -> None:
        """T28 denied, or granted and taken back: either way it goes on."""
        scene, rng = self._scene, self._scene.rng
        if denied:
            self._ask_void()
            deny = Command(verb=Verb.DENY_VOID, incident="", reason="no_duplicate")
            scene.add(scene.cast.seated(Role.CHIEF, rng), deny, rng.randrange(60, 300), _FILED)
            return
        chief = self._void()
        restore = Command(verb=Verb.RESTORE, incident="", reason="slip")
        scene.add(chief, restore, rng.randrange(120, 600), frozenset({State.VOID}))

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
        """T7, at times first to a wrong department that gives it back (T9), or by a slip."""
        scene, rng, plan = self._scene, self._scene.rng, self._scene.report.service
        departments = [each for each in scene.cast.departments if each != unit]
        if scene.turn is Turn.STOOD_DOWN:
            self._dispatch(unit, plan.dispatch_s)
            stand_down = Command(verb=Verb.STAND_DOWN, incident="", reason="slip")
            scene.add(scene.cast.seated(Role.DISPATCHER, rng), stand_down, 20, _SENT)
        elif scene.turn is Turn.REASSIGNED:
            self._dispatch(rng.choice(departments), plan.dispatch_s)
            reassign = Command(verb=Verb.REASSIGN, incident="", unit=unit, reason="nearer")
            scene.add(scene.cast.seated(Role.DISPATCHER, rng), reassign, 45, _SENT)
            return
        elif scene.happens(self._wrong(unit), Turn.RETURNED):
            wrong = rng.choice(departments)
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

    def _wrong(self, unit: str) -> float:
        """How often it first goes to a department that it does not belong to."""
        chances = self._scene.chances
        return chances.wrong_department if unit in self._scene.cast.departments else 0.0

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
        if first and scene.turn is Turn.UNSIGNED:
            self._by_radio(Verb.UNSIGN, unit, State.WORK)
            scene.add(clerk, sign, 60, _SENT)
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
        if first and scene.turn is Turn.WITHDRAWN:
            self._by_radio(Verb.WITHDRAW, unit, State.DONE)
            self._feedback(hand, behalf, "measures", 300)

    def _by_radio(self, verb: Verb, unit: str, state: State) -> None:
        """What a unit takes back: the field has no door for it, so the dispatcher records it."""
        scene = self._scene
        command = Command(
            verb=verb, incident="", on_behalf=unit, told_by=Channel.PHONE, reason="slip"
        )
        by = scene.cast.seated(Role.DISPATCHER, scene.rng)
        scene.add(by, command, 60, frozenset({state}))

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
            closing_met=True,
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
