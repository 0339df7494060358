"""What goes wrong by itself when a line is cut: the same incident handled at both ends of it."""

from __future__ import annotations

import random
from typing import Final

from dispatch.domain.calendar import MINUTE
from dispatch.domain.codes import Channel, Role, Source, State
from dispatch.domain.command import Command, Verb
from dispatch.drill.cast import VILLAGE, Cast
from dispatch.drill.play import Cut
from dispatch.drill.step import FIELD, Player, Script, Step

_BEFORE_MS: Final = 40 * MINUTE
_ITEM: Final = "0602"
_DEPARTMENT: Final = "消防"
_S: Final = State


def clashes(first: int, cut: Cut, cast: Cast, seed: int) -> tuple[Script, ...]:
    """Write two incidents of the cut village, numbered from `first`, that both ends act on.

    One is sent out by the town and by the station; of the other the station's people feed back
    while the town voids it. The chief lets the town's fact stand.
    """
    rng = random.Random(f"clash:{seed}:{cut.from_ms}")
    at = cut.from_ms - _BEFORE_MS
    return (
        Script(first, at, False, tuple(_sent_twice(cast, rng))),  # noqa: FBT003 - natural time
        Script(first + 1, at, False, tuple(_voided_after_all(cast, rng))),  # noqa: FBT003 - as above
    )


def _step(by: Player, wait_min: int, only: set[State], command: Command, **how: bool) -> Step:
    photos = 1 if by.where == FIELD and command.verb is Verb.FEEDBACK else 0
    return Step(
        by=by,
        command=command,
        wait_s=wait_min * 60,
        only=frozenset(only),
        photos=photos,
        apart=how.get("apart", False),
    )


def _do(verb: Verb, text: str = "", reason: str = "") -> Command:
    return Command(verb=verb, incident="", text=text, reason=reason)


def _send(unit: str) -> Command:
    return Command(verb=Verb.DISPATCH, incident="", unit=unit)


def _sign(by: Player) -> Command:
    return Command(verb=Verb.SIGN, incident="", person=by.person.name)


def _fed_back() -> Command:
    return Command(
        verb=Verb.FEEDBACK,
        incident="",
        text="已更换灭火器",
        result="隐患已消除",
        closing_met=True,
    )


def _opening(cast: Cast, text: str, rng: random.Random) -> list[Step]:
    """Report and filing at the centre, seen by the station before its line is cut."""
    grid = next(each for each in cast.town.grids if each.parent == cast.station)
    clerk = cast.seated(Role.CLERK, rng)
    report = Command(
        verb=Verb.REPORT,
        incident="",
        item=_ITEM,
        source=Source.POLICE,
        lon=grid.lon,
        lat=grid.lat,
        grid=grid.code,
        place=f"{grid.name}消防通道",
        text=text,
    )
    return [
        _step(clerk, 0, set(), report),
        _step(clerk, 5, {_S.REPORTED}, _do(Verb.FILE)),
        _step(_station(cast, rng), 2, {_S.FILED}, _do(Verb.NOTE, "村里已知悉")),
    ]


def _station(cast: Cast, rng: random.Random) -> Player:
    return cast.posted(cast.station, rng).at(VILLAGE)


def _look(cast: Cast) -> Step:
    """Somebody at the centre opens it after the line is back; then the chief decides."""
    note = _do(Verb.NOTE, "线路恢复后核对双方记录")
    return _step(cast.first(Role.DISPATCHER), 1, set(State), note)


def _sent_twice(cast: Cast, rng: random.Random) -> list[Step]:
    unit, dispatcher = cast.posted(_DEPARTMENT, rng), cast.first(Role.DISPATCHER)
    supervisor, chief = cast.first(Role.SUPERVISOR), cast.first(Role.CHIEF)
    call = Command(verb=Verb.CALL_BACK, incident="", channel=Channel.PHONE, grade=2)
    return [
        *_opening(cast, "断线演练：灭火器过期，两边都派了单。", rng),
        _step(dispatcher, 60, {_S.FILED}, _send(_DEPARTMENT)),
        _step(_station(cast, rng), 2, {_S.FILED}, _send(cast.station), apart=True),
        _look(cast),
        _step(unit, 5, {_S.SENT}, _sign(unit)),
        _step(unit, 20, {_S.WORK}, _fed_back()),
        _step(cast.first(Role.INSPECTOR), 30, {_S.DONE}, _do(Verb.INSPECT_PASS)),
        _step(supervisor, 30, {_S.VISIT}, call),
        _step(chief, 30, {_S.EVAL}, _do(Verb.CLOSE)),
    ]


def _voided_after_all(cast: Cast, rng: random.Random) -> list[Step]:
    station, dispatcher = _station(cast, rng), cast.first(Role.DISPATCHER)
    ask, grant = _do(Verb.ASK_VOID, reason="duplicate"), _do(Verb.GRANT_VOID, reason="agreed")
    return [
        *_opening(cast, "断线演练：村里已反馈，镇里同时作废。", rng),
        _step(station, 2, {_S.FILED}, _send(cast.station)),
        _step(station, 2, {_S.SENT}, _sign(station)),
        _step(dispatcher, 2, {_S.WORK}, _do(Verb.NOTE, "镇里已知悉签收")),
        _step(station, 60, {_S.WORK}, _fed_back()),
        _step(dispatcher, 2, {_S.WORK}, ask, apart=True),
        _step(cast.first(Role.CHIEF), 5, {_S.WORK}, grant, apart=True),
        _look(cast),
    ]
