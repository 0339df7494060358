"""Seeded days of a town: two seats, one of them mostly cut off, acts drawn at random."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from unittest.mock import patch

from dispatch.acts.perform import perform
from dispatch.domain.calendar import DAY, HOUR
from dispatch.domain.codes import Channel, Finding, Priority, ReturnReason, Role, Source, State
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.incident import Incident
from dispatch.domain.rules import Actor
from tests.reports.seats import TOWN, VILLAGES, Hub, Seat

V = Verb
FROM: Final = 1_763_683_200_000
"""2025-11-21 08:00 +08:00, UTC milliseconds."""
TO: Final = FROM + 12 * HOUR
ROUND: Final = HOUR // 6

_ACTORS: Final = {
    Role.CLERK: ("shouli", TOWN),
    Role.DISPATCHER: ("paiqian", TOWN),
    Role.CHIEF: ("zhibanzhang", TOWN),
    Role.LEADER: ("lingdao", TOWN),
    Role.INSPECTOR: ("hecha", TOWN),
    Role.SUPERVISOR: ("duban", TOWN),
    Role.UNIT: ("xiaofang", f"{TOWN}/消防"),
    Role.STATION: ("cunzhan", VILLAGES[0]),
    Role.WORKER: ("wangge", VILLAGES[0]),
}
_TYPICAL: Final = {
    State.REPORTED: (V.FILE, V.FILE, V.FILE, V.ASK_VERIFY, V.ASK_REFUSE, V.GRANT_REFUSE, V.MERGE),
    State.VERIFY: (V.VERIFY, V.VERIFY, V.MERGE),
    State.FILED: (V.DISPATCH, V.DISPATCH, V.DISPATCH, V.UNFILE, V.MERGE, V.ASK_VOID, V.GRANT_VOID),
    State.SENT: (V.SIGN, V.SIGN, V.SIGN, V.RETURN, V.REASSIGN, V.STAND_DOWN, V.GRANT_VOID, V.MERGE),
    State.WORK: (
        *(V.FEEDBACK, V.FEEDBACK, V.ASK_HOLD, V.GRANT_HOLD, V.GRANT_HOLD, V.ARRIVE, V.UNSIGN),
        *(V.REASSIGN, V.RETURN, V.ASK_VOID, V.GRANT_VOID, V.DENY_VOID, V.DENY_HOLD, V.MERGE),
    ),
    State.HOLD: (V.RESUME, V.RESUME),
    State.DONE: (V.INSPECT_PASS, V.INSPECT_PASS, V.INSPECT_PASS, V.INSPECT_FAIL, V.WITHDRAW),
    State.VISIT: (V.CALL_BACK, V.CALL_BACK, V.CALL_TRIED, V.REDO, V.ACCEPT, V.RECHECK),
    State.EVAL: (V.CLOSE, V.CLOSE, V.CLOSE, V.RECHECK),
    State.CLOSED: (V.REOPEN,),
    State.VOID: (V.RESTORE, V.NOTE),
    State.MERGED: (V.SPLIT, V.NOTE, V.NOTE),
}
_ITEMS: Final = ("0201", "0101", "0103", "0301", "0401", "0501")


@dataclass(slots=True)
class Town:
    """A town in the making: `now` is the true time; `near` are the seats at the same desk."""

    rng: random.Random
    hub: Hub
    seats: tuple[Seat, Seat]
    now: int

    def act(self, seat: Seat, command: Command, role: Role) -> bool:
        """Try one act at a seat's own clock; return whether it was allowed."""
        name, node = _ACTORS[role]
        roles = (role, Role.CHIEF) if role is Role.LEADER else (role,)
        actor = Actor(name, roles, node, "session")
        clock = self.now - seat.offset_ms
        if self.rng.random() < 0.01:
            clock += self.rng.choice((-2, 2)) * HOUR
        try:
            perform(seat, command, actor, clock)
        except (Refused, BadInput):
            return False
        return True

    def report(self, seat: Seat, n: int) -> None:
        """Report something new, often near something old."""
        rng = self.rng
        village = VILLAGES[0] if seat is self.seats[1] else rng.choice(VILLAGES)
        command = Command(
            verb=V.REPORT,
            incident=f"i{n:05d}",
            item=rng.choice(_ITEMS),
            priority=rng.choice((None, None, Priority.P1, Priority.P2)),
            source=rng.choice(tuple(Source)),
            lon=113.9 + rng.randrange(3) / 100,
            lat=23.0,
            grid=f"{village}{rng.randrange(1, 4):03d}",
            place=f"某路 {n} 号",
            text="演示数据",
        )
        self.act(seat, command, Role.STATION if seat is self.seats[1] else Role.CLERK)

    def move(self, seat: Seat, incident: Incident) -> None:
        """Do something that people do in this state."""
        rng, state = self.rng, incident.state
        if incident.contested and rng.random() < 0.4:
            pair = rng.choice(incident.contested)
            verb, keep = V.RESOLVE, rng.choice(((pair.one,), (pair.two,), ()))
            self.act(
                seat, Command(verb=verb, incident=incident.id, reason="r", keep=keep), Role.CHIEF
            )
            return
        if state is None:
            return
        verb = rng.choice((*_TYPICAL[state], *_TYPICAL[state], V.NOTE, V.CORRECT, V.CONFIRM))
        command = self._command(verb, incident, seat)
        for role in rng.sample(sorted(_ACTORS), len(_ACTORS)):
            if self.act(seat, command, role):
                return

    def _command(self, verb: Verb, incident: Incident, seat: Seat) -> Command:
        rng = self.rng
        options: dict[Verb, dict[str, object]] = {
            V.ASK_VERIFY: {"worker": "wangge"},
            V.VERIFY: {"finding": rng.choice(tuple(Finding)), "on_behalf": incident.worker},
            V.DISPATCH: {"unit": rng.choice(("消防", "公安", VILLAGES[0]))},
            V.REASSIGN: {"unit": rng.choice(("消防", "安监"))},
            V.RETURN: {"why": ReturnReason.NOT_OURS, "on_behalf": incident.unit},
            V.SIGN: {"on_behalf": incident.unit, "person": "林晓东"},
            V.UNSIGN: {"on_behalf": incident.unit},
            V.WITHDRAW: {"on_behalf": incident.unit},
            V.FEEDBACK: {"on_behalf": incident.unit, "text": "已处理"},
            V.ARRIVE: {"on_behalf": incident.unit},
            V.ASK_HOLD: {"review_at": self.now + rng.randrange(1, 9) * DAY},
            V.CALL_BACK: {"channel": Channel.PHONE, "grade": rng.choice((1, 1, 2, 3, 4, 5, None))},
            V.CALL_TRIED: {"channel": Channel.PHONE},
            V.MERGE: {"into": rng.choice(sorted(seat.incidents))},
            V.CORRECT: {"priority": rng.choice(tuple(Priority))},
            V.NOTE: {"text": "批注"},
        }
        given = options.get(verb, {})
        if verb is V.CORRECT and rng.random() < 0.3:
            given = {"grid": f"{rng.choice(VILLAGES)}001"}
        if verb is V.CORRECT and rng.random() < 0.2:
            given = {"due": self.now + rng.randrange(1, 30) * HOUR}
        return Command(verb=verb, incident=incident.id, reason="r", **given)  # type: ignore[arg-type]


@contextmanager
def named_in_order() -> Iterator[None]:
    """Let events be named by a count, so that a seed gives the same bytes every time."""
    names = itertools.count(1)
    with patch("dispatch.acts.perform.new_id", lambda: f"0190-{next(names):012d}"):
        yield


@named_in_order()
def live_through(seed: int, acts: int = 700) -> Town:
    """Make a town's 28 hours around the shift: late, merged, split, reopened, contested.

    With every other seed people act at full ten minutes only: many things at one instant, and
    exactly at the shift's ends and the limits'.
    """
    rng = random.Random(seed)
    round_times = seed % 2 == 1
    hub = Hub()
    seats = (Seat(hub, "A", rng.choice((0, 1500))), Seat(hub, "B", rng.choice((0, 420_000))))
    town = Town(rng, hub, seats, FROM - 10 * HOUR)
    pace = 28 * HOUR // acts
    reports, clock = 0, town.now
    while town.now < FROM + 18 * HOUR:
        before = town.now
        town.now += rng.randrange(1, 2 * pace)
        if round_times:
            clock += town.now - before
            town.now = clock // ROUND * ROUND
        near, far = seats
        near.exchange(town.now)
        if rng.random() < 0.06:
            far.exchange(town.now)
        seat = rng.choice((near, near, far))
        if rng.random() < 0.06 or not seat.incidents:
            reports += 1
            town.report(seat, reports)
            continue
        for _ in range(rng.choice((1, 1, 2))):
            id_ = rng.choice(sorted(seat.incidents))
            town.move(seat, seat.incidents[id_])
    if rng.random() < 0.7:
        far.exchange(town.now)
    near.exchange(town.now)
    return town
