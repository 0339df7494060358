"""The play's own parts: clocks, pictures, walks, and what happens when a rule says no."""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from shapely.geometry import Point

from console.clock import drill
from console.drill_time import Jumping, Running
from dispatch.domain.calendar import MINUTE, ZONE, WorkingCalendar, instant
from dispatch.domain.codes import Role, State
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import Offline, Refused
from dispatch.drill.people import MadePerson, made_roster
from dispatch.drill.picture import HEIGHT, WIDTH, made_picture
from dispatch.drill.play import Company, Frame, NoByRule, Play
from dispatch.drill.players import Fix, Played
from dispatch.drill.step import FIELD, Player, Script, Step
from dispatch.drill.walkers import PACE, Walkers
from dispatch.geo.area import to_shape
from dispatch.geo.distance import metres
from tests.unit.towns import hengli

START = instant(datetime(2026, 3, 17, 8, 0, tzinfo=ZONE))
SOMEBODY = Player(MadePerson("somebody", "某某", Role.UNIT, "消防", "138****0001"), FIELD)


class Door:
    """A field door that takes everything but one verb."""

    def __init__(self, refused: Verb) -> None:
        self.refused = refused
        self.done: list[tuple[Verb, int]] = []

    def act(self, login: str, command: Command, pictures: Sequence[bytes]) -> Played:
        assert SOMEBODY.login == login
        if command.verb is self.refused:
            raise Refused("not_your_order", unit="公安")
        self.done.append((command.verb, len(pictures)))
        state = {Verb.REPORT: State.SENT, Verb.FEEDBACK: State.DONE}
        return Played("id", state.get(command.verb, State.WORK), (f"e{len(self.done)}",))


class DeadLine:
    """A contact that never reaches the hub."""

    def exchange(self, *, whole: bool) -> None:
        raise Offline(f"nobody there, {whole=}")


def a_step(verb: Verb, wait_s: int, *states: State, photos: int = 0) -> Step:
    command = Command(verb=verb, incident="")
    return Step(by=SOMEBODY, command=command, wait_s=wait_s, only=frozenset(states), photos=photos)


def played(tmp_path: Path, door: Door) -> Play:
    steps = (
        a_step(Verb.REPORT, 0, photos=2),
        a_step(Verb.SIGN, 60, State.SENT),
        a_step(Verb.RETURN, 60, State.SENT),
        a_step(Verb.FEEDBACK, 60, State.WORK, photos=1),
    )
    line: Any = DeadLine()
    hands = Company(door, {}, {"seat1": line}, SOMEBODY)  # type: ignore[arg-type] # acts as one
    frame = Frame(WorkingCalendar((), ()), START + 60 * MINUTE)
    clock = Jumping(tmp_path / "clock", START, threading.Event())
    play = Play([Script(1, START, False, steps)], hands, clock, frame)
    assert play.run()
    return play


def test_steps_come_in_order_and_what_does_not_fit_the_state_falls_away(tmp_path: Path) -> None:
    door = Door(Verb.NOTE)
    play = played(tmp_path, door)

    assert [(Verb.REPORT, 2), (Verb.SIGN, 0), (Verb.FEEDBACK, 1)] == door.done
    assert [] == play.told.refused
    assert {"Offline": 2} == dict(play.told.troubles)


def test_a_no_is_told_and_the_play_goes_on(tmp_path: Path) -> None:
    """Without the signature the next step that fits the state comes: the order goes back."""
    door = Door(Verb.SIGN)
    play = played(tmp_path, door)

    assert [NoByRule(1, "sign", "not_your_order", "sent")] == play.told.refused
    assert [Verb.REPORT, Verb.RETURN, Verb.FEEDBACK] == [verb for verb, _ in door.done]
    assert "not_your_order" == play.lines[1].refused


def test_a_jumping_clock_is_read_by_others_and_can_be_stopped(tmp_path: Path) -> None:
    stop = threading.Event()
    clock = Jumping(tmp_path / "clock", START, stop)
    others = drill(tmp_path / "clock")

    assert clock.reach(START + 5)
    assert (START + 5, START + 5) == (clock.now(), others())
    assert clock.reach(START), "it never goes back"
    assert START + 5 == others()
    stop.set()
    assert not clock.reach(START + 6)


def test_a_running_clock_jumps_until_warm_and_then_takes_its_time(tmp_path: Path) -> None:
    stop = threading.Event()
    clock = Running(tmp_path / "clock", START + 1000, 10.0, stop)

    assert clock.reach(START + 500)
    assert not clock.warm.is_set()
    assert clock.reach(START + 2000)
    assert clock.warm.is_set()
    assert drill(tmp_path / "clock")() >= START + 2000
    stop.set()
    assert not clock.reach(START + 1_000_000)


def test_a_made_up_photo_is_a_png_that_says_so() -> None:
    one, again, other = made_picture("1"), made_picture("1"), made_picture("2")
    assert one == again
    assert one != other
    assert one.startswith(b"\x89PNG\r\n\x1a\n")
    assert "演示数据".encode() in one
    assert (WIDTH, HEIGHT) == struct.unpack(">II", one[16:24])
    start = one.index(b"IDAT") + 4
    length = int.from_bytes(one[start - 8 : start - 4])
    assert HEIGHT * (1 + 3 * WIDTH) == len(zlib.decompress(one[start : start + length]))


class Track:
    """Takes what walkers tell."""

    def __init__(self) -> None:
        self.on: dict[str, str] = {}
        self.fixes: dict[str, list[Fix]] = {}

    def sign_on(self, login: str, grid: str) -> None:
        self.on[login] = grid

    def locate(self, login: str, fixes: Sequence[Fix]) -> None:
        self.fixes.setdefault(login, []).extend(fixes)


def test_workers_walk_in_their_own_grid_no_faster_than_people_do() -> None:
    town = hengli()
    walkers = Walkers(town, made_roster(town).workers[::10], 1)
    hand: Any = Track()
    walkers.sign_on(hand, START)
    for number in range(1, 7):
        walkers.walk(hand, START + number * 10 * MINUTE, 2 * MINUTE)

    assert set(walkers.logins) == set(hand.on) == set(hand.fixes)
    shapes = {grid.code: to_shape(grid.area.outline) for grid in town.grids}
    for login, fixes in hand.fixes.items():
        assert [START + n * 2 * MINUTE for n in range(1, 31)] == [each.at for each in fixes]
        for one, two in pairwise(fixes):
            assert metres(one.lon, one.lat, two.lon, two.lat) <= PACE * 120 + 1
        assert all(shapes[hand.on[login]].covers(Point(each.lon, each.lat)) for each in fixes)
