"""A plain day of any size: incidents that take their course, some of them sideways."""

from __future__ import annotations

import heapq
import random
from dataclasses import dataclass
from typing import Final

from dispatch.acts.perform import perform
from dispatch.domain.calendar import DAY, HOUR, MINUTE
from dispatch.domain.codes import Channel, ReturnReason, Role, Source, State
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import Refused
from dispatch.domain.incident import Incident
from dispatch.domain.rules import Actor
from tests.reports.histories import FROM, TO, named_in_order
from tests.reports.seats import TOWN, VILLAGES, Hub, Seat

V = Verb
_WHO: Final = {
    V.FILE: (Role.CLERK, "王静"),
    V.DISPATCH: (Role.DISPATCHER, "赵敏"),
    V.SIGN: (Role.DISPATCHER, "赵敏"),
    V.RETURN: (Role.DISPATCHER, "赵敏"),
    V.FEEDBACK: (Role.DISPATCHER, "赵敏"),
    V.ASK_HOLD: (Role.DISPATCHER, "赵敏"),
    V.GRANT_HOLD: (Role.LEADER, "何志辉"),
    V.INSPECT_PASS: (Role.INSPECTOR, "苏晓雯"),
    V.INSPECT_FAIL: (Role.INSPECTOR, "苏晓雯"),
    V.CALL_BACK: (Role.SUPERVISOR, "罗美玲"),
    V.REDO: (Role.CHIEF, "陈国强"),
    V.CLOSE: (Role.CHIEF, "陈国强"),
    V.REOPEN: (Role.CHIEF, "陈国强"),
    V.ASK_VOID: (Role.CLERK, "王静"),
    V.GRANT_VOID: (Role.CHIEF, "陈国强"),
    V.MERGE: (Role.CHIEF, "陈国强"),
}
_WAIT: Final = {
    State.REPORTED: 4 * MINUTE,
    State.FILED: 7 * MINUTE,
    State.SENT: 9 * MINUTE,
    State.WORK: 150 * MINUTE,
    State.DONE: 30 * MINUTE,
    State.VISIT: 45 * MINUTE,
    State.EVAL: 20 * MINUTE,
}
BATCH: Final = 20
_STREAM: Final = (Source.WORKER,) * 13 + (Source.CITIZEN,) * 3 + (Source.HOTLINE,) * 2
_OTHERS: Final = (Source.PATROL, Source.POLICE, Source.STATION, Source.DEPARTMENT, Source.CITY)


@dataclass(slots=True)
class Day:
    """The day's course; `seat` holds it all."""

    rng: random.Random
    seat: Seat
    count: int = 0

    def report(self, at: int) -> str:
        """Report the next incident."""
        self.count += 1
        rng = self.rng
        items = sorted(item.code for item in self.seat.rules().catalogue if item.code != "0000")
        id_ = f"0190{self.count:08d}"
        command = Command(
            verb=V.REPORT,
            incident=id_,
            item=rng.choice(items),
            source=rng.choice((*_STREAM, *_OTHERS)),
            lon=113.95,
            lat=23.02,
            grid=f"{rng.choice(VILLAGES)}{rng.randrange(1, 4):03d}",
            place=f"沿江南路 {rng.randrange(1, 300)} 号",
        )
        self._do(command, Role.CLERK, "王静", at)
        return id_

    def step(self, incident: Incident, at: int) -> bool:
        """Take the incident's next step; return whether another will follow."""
        rng, state = self.rng, incident.state
        unit = rng.choice(("消防", "公安", "安监", *VILLAGES))
        chance = rng.random()
        if state is State.REPORTED and chance < 0.04:
            self._act(V.ASK_VOID, incident, at, reason="r")
            return self._act(V.GRANT_VOID, incident, at + MINUTE)
        if state is State.FILED and chance < 0.07:
            return self._merge(incident, at)
        if state is State.WORK and chance < 0.02:
            self._act(V.ASK_HOLD, incident, at, reason="r", review_at=at + 3 * DAY)
            return self._act(V.GRANT_HOLD, incident, at + MINUTE)
        typical: dict[State, tuple[Verb, dict[str, object]]] = {
            State.REPORTED: (V.FILE, {}),
            State.FILED: (V.DISPATCH, {"unit": unit}),
            State.SENT: (V.SIGN, {"on_behalf": incident.unit, "person": "林晓东"}),
            State.WORK: (V.FEEDBACK, {"on_behalf": incident.unit, "text": "已处理"}),
            State.DONE: (V.INSPECT_PASS, {}),
            State.VISIT: (
                V.CALL_BACK,
                {"channel": Channel.PHONE, "grade": rng.choice((1, 2, 2, 3))},
            ),
            State.EVAL: (V.CLOSE, {}),
        }
        if state is State.SENT and chance < 0.05:
            options = {"on_behalf": incident.unit, "why": ReturnReason.NOT_OURS}
            return self._act(V.RETURN, incident, at, **options)
        if state is State.DONE and chance < 0.05:
            return self._act(V.INSPECT_FAIL, incident, at, reason="r")
        if state is State.CLOSED:
            return chance < 0.01 and self._act(V.REOPEN, incident, at, reason="r")
        if state not in typical:
            return False
        verb, given = typical[state]
        return self._act(verb, incident, at, **given)

    def _merge(self, incident: Incident, at: int) -> bool:
        into = next(
            (
                each.id
                for each in reversed(self.seat.incidents.values())
                if each.id != incident.id and each.state in {State.FILED, State.SENT, State.WORK}
            ),
            None,
        )
        return into is None or not self._act(V.MERGE, incident, at, into=into)

    def _act(self, verb: Verb, incident: Incident, at: int, **options: object) -> bool:
        role, name = _WHO[verb]
        command = Command(verb=verb, incident=incident.id, **options)  # type: ignore[arg-type]
        return self._do(command, role, name, at)

    def _do(self, command: Command, role: Role, name: str, at: int) -> bool:
        node = TOWN
        try:
            perform(self.seat, command, Actor(name, (role,), node, "s"), at)
        except Refused:
            return False
        return True


@named_in_order()
def busy_day(incidents: int, seed: int = 7) -> Seat:
    """Return a seat that holds a day of so many new incidents and what lay there before."""
    rng = random.Random(seed)
    day = Day(rng, Seat(Hub(), "A"))
    before = incidents // 3
    times = [rng.randrange(FROM - 12 * HOUR, FROM) for _ in range(before)]
    times += [rng.randrange(FROM, TO) for _ in range(incidents)]
    queue: list[tuple[int, str]] = [(at, "") for at in times]
    heapq.heapify(queue)
    while queue and queue[0][0] < TO + 5 * MINUTE:
        at, id_ = heapq.heappop(queue)
        if day.seat.unsent >= BATCH:
            day.seat.exchange(at)
        if not id_:
            id_, goes_on = day.report(at), True
        else:
            goes_on = day.step(day.seat.incidents[id_], at)
        state = day.seat.incidents[id_].state
        if goes_on and state is not None:
            wait = _WAIT.get(state, 60 * MINUTE)
            heapq.heappush(queue, (at + round(rng.expovariate(1 / wait)) + 1000, id_))
    day.seat.exchange(TO + 5 * MINUTE)
    return day.seat
