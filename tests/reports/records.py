"""Events about no incident for a shift: duty, checks, notices, the shift's log, looks in clear."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from dispatch.domain import bodies as b
from dispatch.domain import bodies_force as f
from dispatch.domain import bodies_shift
from dispatch.domain import bodies_town as t
from dispatch.domain.calendar import DAY, HOUR, MINUTE, local
from dispatch.domain.codes import Kind, LineKind, Priority
from dispatch.domain.cycle import DueObject
from dispatch.domain.event import Draft, Event, Subject
from dispatch.domain.warning import Colour, ResponseLevel
from dispatch.reports.shift_input import Worker
from dispatch.wire.envelope import Stamp, read, write
from dispatch.wire.keys import Signer
from tests.reports.histories import FROM, TO
from tests.reports.seats import TOWN, VILLAGES

_SIGNER: Final = Signer.of(b"r" * 32)
ROSTER: Final = tuple(
    Worker(f"{village[-3:]}{number:03d}", f"{village}{1 + number % 3:03d}", village)
    for village in VILLAGES
    for number in range(8)
)
"""Sixteen made-up workers."""
DAYS: Final = tuple(local(FROM).date() + timedelta(days=each) for each in (-1, 0, 1))
OBJECTS: Final = tuple(
    DueObject(f"M{number:02d}", ROSTER[0].grid, DAYS[number % 3], (None, 1, 2)[number // 3 % 3])
    for number in range(18)
)
"""Objects that are on a cycle: due on one day alone, every day, every other day."""
TRACKED: Final = frozenset((day, each.grid) for day in DAYS for each in ROSTER[:: 2 + day.day % 2])
POSTS: Final = {"cunzhan": VILLAGES[0], "wangge": VILLAGES[0], "shouli": TOWN}


@dataclass(slots=True)
class Book:
    """Signed events beside the incidents, with their bytes."""

    events: list[Event]
    raw: list[bytes]

    def add(
        self,
        subject: tuple[Kind, str],
        type_: str,
        body: b.Body,
        at: int,
        actor: str = "duban",
        *base: str,
    ) -> str:
        """Write one at a corrected time; clocks are 0, 7 or 14 minutes behind. Return its hash."""
        number = len(self.raw) + 1
        offset = 7 * MINUTE * (number % 3)
        stamp = Stamp(
            id=f"0191-{number:08d}",
            inc="inc-book",
            sseq=number,
            prev="",
            town=TOWN,
            base=base,
            at=at - offset,
            offset_ms=offset,
            offset_age_s=1,
            session="",
            actor=actor,
            role="chief",
        )
        signed = write(
            Draft(subject=Subject(*subject), type=type_, body=body), stamp, _SIGNER, None
        )
        self.raw.append(signed.raw)
        self.events.append(read(signed.raw))
        return self.events[-1].hash

    def behind(self, steps: int, at: int) -> None:
        """See that the next one is by a clock so many times 7 minutes behind."""
        while (len(self.raw) + 1) % 3 != steps:
            self.add((Kind.AUDIT, "x"), "audited", b.Audited(what="x", about="x"), at)


def book(seed: int) -> Book:
    """Return a made-up day's records around the shift; every fifth seed has none."""
    made = Book([], [])
    rng = random.Random(seed)
    if seed % 5 == 4:
        return made
    _duty(made, rng)
    _checks(made, rng)
    _patrols(made, random.Random(seed))
    _notices(made, rng)
    _log(made, rng)
    if seed % 5 in {1, 2}:
        _stands_still(made, seed % 5)
    return made


def _times(rng: random.Random) -> int:
    """Some instant around the shift, often at its very ends."""
    return rng.choice((FROM, TO, FROM - 1, TO - 1, FROM + rng.randrange(-DAY, DAY)))


def _duty(made: Book, rng: random.Random) -> None:
    for worker, kind, at, behind in (
        (ROSTER[-3], "signed_on", TO + 5 * MINUTE, 2),
        (ROSTER[-4], "signed_on", FROM - HOUR, 2),
        (ROSTER[-4], "signed_off", FROM + 5 * MINUTE, 2),
        (ROSTER[-5], "signed_on", FROM - 5 * MINUTE, 0),
        (ROSTER[-5], "signed_off", FROM - MINUTE, 2),
    ):
        made.behind(behind, at)
        duty = (Kind.DUTY, f"edge {worker.number}")
        on = b.SignedOn(worker=worker.number, grid=worker.grid)
        off = b.SignedOff(worker=worker.number)
        made.add(duty, kind, on if kind == "signed_on" else off, at)
    gone, days = ROSTER[-1], ROSTER[-2]
    on = b.SignedOn(worker=gone.number, grid=gone.grid)
    made.add((Kind.DUTY, "gone"), "signed_on", on, FROM - HOUR)
    made.add((Kind.DUTY, "gone"), "signed_off", b.SignedOff(worker=gone.number), FROM)
    on = b.SignedOn(worker=days.number, grid=days.grid)
    made.add((Kind.DUTY, "days"), "signed_on", on, FROM - 9 * HOUR)
    made.add((Kind.DUTY, "days"), "signed_off", b.SignedOff(worker=days.number), TO + 15 * HOUR)
    for worker in ROSTER[:-5]:
        at = rng.choice((FROM, TO, FROM - 9 * HOUR)) + rng.randrange(-2, 4) * HOUR
        for _ in range(rng.randrange(3)):
            duty = (Kind.DUTY, f"{worker.number}-1")
            made.add(duty, "signed_on", b.SignedOn(worker=worker.number, grid=worker.grid), at)
            if rng.random() < 0.3:
                again = b.SignedOn(worker=worker.number, grid=worker.grid)
                made.add(duty, "signed_on", again, at + MINUTE)
            at += rng.randrange(1, 9) * HOUR
            if rng.random() < 0.7:
                made.add(duty, "signed_off", b.SignedOff(worker=worker.number), at)
                at += rng.randrange(1, 3) * HOUR


def _checks(made: Book, rng: random.Random) -> None:
    for number in range(4):
        task = (Kind.CAMPAIGN, f"c/{number}")
        due = rng.choice((FROM, FROM - 1, TO, FROM + rng.randrange(DAY)))
        places = tuple(t.Target(no=str(each)) for each in range(1, 6))
        body = t.TaskIssued(campaign="c", grid=ROSTER[0].grid, due=due, targets=places)
        made.add(task, "task_issued", body, _times(rng))
        for place in places:
            for _ in range(rng.randrange(3)):
                found = t.TaskAnswered(target=place.no, finding=rng.choice(tuple(t.Checked)))
                made.add(task, "task_answered", found, _times(rng))


def _patrols(made: Book, rng: random.Random) -> None:
    """Rounds that leaders lead and squads go on, calls to workers, looks at objects."""
    for number in range(8):
        kind = (t.RoundKind.LED, t.RoundKind.SQUAD)[number % 2]
        post = rng.choice(tuple(t.Post)[:3]) if kind is t.RoundKind.LED else None
        name, told = f"r{number}", _times(rng)
        head = t.CampaignIssued(due=TO, tasks=2, targets=4, content="", kind=kind, leader=post)
        made.add((Kind.CAMPAIGN, name), "campaign_issued", head, told)
        for grid in ROSTER[0].grid, ROSTER[-1].grid:
            task, places = (Kind.CAMPAIGN, f"{name}:{grid}"), (t.Target(no="1"), t.Target(no="2"))
            body = t.TaskIssued(campaign=name, grid=grid, due=TO, targets=places)
            made.add(task, "task_issued", body, rng.choice((told, _times(rng))))
            for place in places:
                for _ in range(rng.randrange(3)):
                    looked = t.TaskAnswered(target=place.no, finding=rng.choice(tuple(t.Checked)))
                    made.add(task, "task_answered", looked, _times(rng))
            for _ in range(rng.randrange(3)):
                made.add(task, "task_found", t.Found(), _times(rng))
    _after_the_cut(made)
    for worker in ROSTER[:6]:
        for since in (None, FROM - HOUR):
            answer = rng.choice(tuple(f.RadioAnswer))
            call = f.RadioChecked(worker=worker.number, answer=answer, silent_since=since)
            made.add((Kind.DUTY, f"{worker.number}-radio"), "radio_checked", call, _times(rng))
    for each in OBJECTS:
        for at in (FROM - DAY + HOUR, _times(rng), _times(rng))[: rng.randrange(4)]:
            look = f.ObjectChecked(object=each.code, finding=rng.choice(tuple(t.Checked)))
            made.add((Kind.OBJECT, f"{each.grid}"), "object_checked", look, at)


def _after_the_cut(made: Book) -> None:
    """A squad is done, an object looked at, a patrol finds something: by clocks that are behind."""
    for name, kind in (("late-squad", t.RoundKind.SQUAD), ("late-led", t.RoundKind.LED)):
        head = t.CampaignIssued(due=TO, tasks=1, targets=1, content="", kind=kind)
        made.add((Kind.CAMPAIGN, name), "campaign_issued", head, FROM + HOUR)
        task = (Kind.CAMPAIGN, f"{name}:{ROSTER[0].grid}")
        places = (t.Target(no="1"),)
        body = t.TaskIssued(campaign=name, grid=ROSTER[0].grid, due=TO, targets=places)
        made.add(task, "task_issued", body, FROM + HOUR)
        made.behind(2, FROM)
        answer = t.TaskAnswered(target="1", finding=t.Checked.CLEAR)
        made.add(task, "task_answered", answer, TO + 5 * MINUTE)
        made.behind(2, FROM)
        made.add(task, "task_found", t.Found(), TO + 5 * MINUTE)
    for each in OBJECTS[-4:]:
        made.behind(2, FROM)
        look = f.ObjectChecked(object=each.code, finding=t.Checked.CLEAR)
        made.add((Kind.OBJECT, "late"), "object_checked", look, TO + 5 * MINUTE)


def _notices(made: Book, rng: random.Random) -> None:
    for number in range(6):
        notice = (Kind.NOTICE, f"n{number}")
        made.add(notice, "notice_issued", t.NoticeIssued(to=(TOWN,)), _times(rng))
        for _ in range(rng.randrange(3)):
            made.add(notice, "notice_read", t.NoticeRead(node=TOWN), _times(rng))
    signal = t.SignalSet(kind="typhoon", colour=Colour.YELLOW, since=FROM)
    made.add((Kind.TOWN, TOWN), "signal_set", signal, _times(rng))
    response = t.ResponseSet(kind="typhoon", level=None, since=FROM)
    made.add((Kind.TOWN, TOWN), "response_set", response, _times(rng))


def _log(made: Book, rng: random.Random) -> None:
    shift = (Kind.SHIFT, f"{TOWN}-20251121-D")
    for kind in LineKind:
        for _ in range(3):
            made.add(shift, "line_written", bodies_shift.LineWritten(kind=kind), _times(rng))
    for due, scope in ((FROM + HOUR, TOWN), (TO + HOUR, TOWN), (None, TOWN), (TO, VILLAGES[0])):
        for _ in range(3):
            about = (Kind.SHIFT, f"{scope}-20251120-N")
            line = bodies_shift.LineWritten(kind=LineKind.PROMISE, due=due)
            hash_ = made.add(about, "line_written", line, _times(rng))
            if rng.randrange(2):
                kept = bodies_shift.PromiseKept(promise=hash_)
                made.add(about, "promise_kept", kept, _times(rng))
    for _ in range(5):
        what = rng.choice(("revealed", "revealed", "exported"))
        seen = b.Audited(what=what, about="i00001:phone")
        made.add((Kind.AUDIT, "a"), "audited", seen, _times(rng), rng.choice(("shouli", "duban")))


def _stands_still(made: Book, kind: int) -> None:
    """Two responses by which limits stand still; what is told at the very ends comes too late."""
    town, end = (Kind.TOWN, TOWN), FROM + 7 * HOUR
    every = (Priority.P1, Priority.P2, Priority.P3)
    for name, since, over, told in (
        ("wind", FROM - 8 * HOUR, FROM - 5 * HOUR, FROM),
        ("flood", FROM + 2 * HOUR, end, TO),
    ):
        mild, grave = ResponseLevel.III, (ResponseLevel.II, ResponseLevel.I)[kind - 1]
        order = t.ResponseSet(
            kind=name, level=grave, since=since, freeze=every[-kind:], freeze_from=ResponseLevel.II
        )
        head = made.add(town, "response_set", order, since)
        if name == "flood":
            less = replace(order, level=mild, since=since + HOUR)
            head = made.add(town, "response_set", less, since + HOUR, "duban", head)
            again = replace(order, since=since + 3 * HOUR)
            head = made.add(town, "response_set", again, since + 3 * HOUR, "duban", head)
        off = t.ResponseSet(kind=name, level=None, since=over)
        made.add(town, "response_set", off, told, "duban", head)
