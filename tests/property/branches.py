"""Two seats that act apart: every branch of one or two acts from a given beginning."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dispatch.acts.perform import perform
from dispatch.domain.calendar import DAY, HOUR, MINUTE
from dispatch.domain.codes import (
    BulletinPart,
    Channel,
    Finding,
    ReturnReason,
    Reward,
    Role,
    Source,
    Supervision,
)
from dispatch.domain.command import Command, Verb
from dispatch.domain.decide_extension import ENGINEERING
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Event
from dispatch.domain.incident import Incident
from dispatch.domain.may import FOR_THE_CITY
from dispatch.domain.rules import Actor
from tests import byways
from tests import given as b

PHOTO = hashlib.sha256(b"photo").hexdigest()


@dataclass(frozen=True, slots=True)
class Side:
    """One seat's people and the values that it chooses otherwise than the other seat does."""

    name: str
    unit: str
    other_unit: str
    hours: int

    def person(self, role: Role, verb: Verb | None = None) -> Actor:
        """Of each role somebody else; a clerk of the units sits in the town hall."""
        if verb in FOR_THE_CITY:
            return b.person(f"{self.name}-city", role, node=b.CITY)
        account = "W001" if role is Role.WORKER else f"{self.name}-{role}"
        return b.person(account, role, node=b.GRID if role is Role.WORKER else b.TOWN)


SIDES = (
    Side("a", b.FIRE, b.VILLAGE, 5),
    Side("b", b.POLICE, b.NEXT_VILLAGE, 7),
)
THIRD = Side("c", b.SQUAD, b.VILLAGE, 9)
"""A third seat, for what three do apart."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What both seats know: incident x, and y and z that it may be merged with."""

    log: b.MemoryLog
    x: Incident
    y: Incident
    z: Incident


@dataclass(frozen=True, slots=True)
class Branch:
    """What one seat did, by incident; `verbs` in order."""

    verbs: tuple[str, ...]
    events: dict[str, tuple[Event, ...]]


def beginnings() -> Iterator[tuple[str, Beginning]]:
    """Every state that the acts reach, and the states with a request, child or dispute open."""
    for name, given in GIVEN.items():
        log = b.MemoryLog("S")
        y, z = b.given_filed(log), b.given_filed(log)
        x = given(log, y)
        yield name, Beginning(log, x, log.folded[y.id], log.folded[z.id])


def _asked(given: Callable[[b.MemoryLog], Incident], verb: Verb, **options: b.Option) -> _Given:
    def make(log: b.MemoryLog, _: Incident) -> Incident:
        return b.act(log, given(log).id, verb, reason="asked", **options)

    return make


def _plain(given: Callable[..., Incident], **options: b.Option) -> _Given:
    return lambda log, _: given(log, **options)


def _master(log: b.MemoryLog, _: Incident) -> Incident:
    x = b.given_work(log)
    byways.given_merged(log, x)
    return log.folded[x.id]


def _yellow_card(log: b.MemoryLog, _: Incident) -> Incident:
    x = b.given_reported(log)
    return b.act(log, x.id, Verb.SUPERVISE, level=Supervision.YELLOW, due=log.now + DAY)


def _engineering(log: b.MemoryLog, _: Incident) -> Incident:
    """The chief's consent and then the leader's are needed: two acts of one branch."""
    said = {"reason": ENGINEERING, "days": 3}
    return b.act(log, b.given_work(log).id, Verb.ASK_EXTENSION, **said)


_Given = Callable[[b.MemoryLog, Incident], Incident]
GIVEN: dict[str, _Given] = {
    "reported": _plain(b.given_reported),
    "reported, refusal asked": _asked(b.given_reported, Verb.ASK_REFUSE),
    "verify": _plain(b.given_verify),
    "filed": _plain(b.given_filed),
    "filed, void asked": _asked(b.given_filed, Verb.ASK_VOID),
    "sent": _plain(b.given_sent),
    "work": _plain(b.given_work),
    "work, hold asked": _asked(b.given_work, Verb.ASK_HOLD, review_at=b.START + 20 * DAY),
    "work, with a child": _master,
    "work, extension asked": _engineering,
    "reported, yellow card": _yellow_card,
    "eval, red card": lambda log, _: byways.given_red_card(log, b.given_eval),
    "self-handled": _plain(b.given_self_handled),
    "hold": _plain(byways.given_hold),
    "work, joint": _plain(byways.given_joint),
    "work, escalation asked": _asked(b.given_work, Verb.ASK_ESCALATION),
    "city": _plain(byways.given_city),
    "done, to be visited": _plain(b.given_done),
    "done, no visit": _plain(b.given_done, source=Source.STATION),
    "visit": _plain(b.given_visit),
    "visit, dissatisfied": _plain(b.given_dissatisfied),
    "eval": _plain(b.given_eval),
    "closed": _plain(b.given_closed),
    "void": _plain(byways.given_void),
    "merged": byways.given_merged,
    "sent twice": _plain(byways.given_double_dispatch),
}


def branches(given: Beginning, side: Side) -> list[Branch]:
    """Every branch of one act and of two that the rules let this seat do."""
    found: list[Branch] = []
    for verb, log in tries(given, side):
        found.append(Branch((verb,), events_made(log)))
        found.extend(
            Branch((verb, then), events_made(log) | _joined(log, after))
            for then, after in _tries(log, given, side, at=2)
        )
    return found


def tries(given: Beginning, side: Side) -> Iterator[tuple[str, b.MemoryLog]]:
    """Try every act there; yield those that are allowed, each with the log after it."""
    return _tries(given.log.fork(side.name), given, side, at=1)


def events_made(log: b.MemoryLog) -> dict[str, tuple[Event, ...]]:
    made: dict[str, tuple[Event, ...]] = {}
    for kept in log.kept:
        made[kept.event.subject.id] = (*made.get(kept.event.subject.id, ()), kept.event)
    return made


def _joined(log: b.MemoryLog, after: b.MemoryLog) -> dict[str, tuple[Event, ...]]:
    there, more = events_made(log), events_made(after)
    return {id_: (*there.get(id_, ()), *more.get(id_, ())) for id_ in there | more}


def _tries(
    log: b.MemoryLog, given: Beginning, side: Side, at: int
) -> Iterator[tuple[str, b.MemoryLog]]:
    now = given.log.now + at * MINUTE
    for role, command in commands(log, given, side, now):
        if at > 1 and _alike(command):
            continue
        after = log.fork(side.name)
        try:
            perform(after, command, side.person(role, command.verb), now)
        except (Refused, BadInput):
            continue
        yield f"{command.verb} {_mark(given, command)}".strip(), after


def _alike(command: Command) -> bool:
    """Acts that another act stands for where they would come second.

    To the fold an instruction, an information report and what concerns reporters are notes. A
    card contradicts nothing but an ending that had not seen it, which is tried with the card as
    the first act, and its answer as the second.
    """
    alike = {Verb.SUPERVISE, Verb.INSTRUCT, Verb.INFORM, Verb.TELL, Verb.REWARD}
    return command.verb in alike


def _mark(given: Beginning, command: Command) -> str:
    names = {given.x.id: "x", given.y.id: "y", given.z.id: "z", None: ""}
    about = names[command.incident] + names[command.into]
    return "" if about == "x" else about


def commands(
    log: b.MemoryLog, given: Beginning, side: Side, now: int
) -> Iterator[tuple[Role, Command]]:
    x = log.folded[given.x.id]
    for verb, (role, variants) in (_options(side, now, x) | _with_others(side)).items():
        for options in variants:
            yield role, Command(verb=verb, incident=x.id, **options)
    yield from _of_others(x, side, now)
    for child, master in ((given.x, given.y), (given.y, given.x), (given.y, given.z)):
        yield Role.CHIEF, Command(verb=Verb.MERGE, incident=child.id, into=master.id)
    y = given.y.id
    yield Role.CHIEF, Command(verb=Verb.SPLIT, incident=y)
    yield Role.CLERK, Command(verb=Verb.ASK_VOID, incident=y, reason="slip")
    yield Role.CHIEF, Command(verb=Verb.GRANT_VOID, incident=y)


def _of_others(x: Incident, side: Side, now: int) -> Iterator[tuple[Role, Command]]:
    """What another role does than the one that mostly does it."""
    red: dict[str, b.Option] = {"level": Supervision.RED, "due": now + side.hours * DAY}
    yield Role.LEADER, Command(verb=Verb.SUPERVISE, incident=x.id, **red)
    if x.card is not None and x.card.level is Supervision.RED:
        yield Role.LEADER, Command(verb=Verb.CANCEL_SUPERVISION, incident=x.id)
    yield Role.LEADER, Command(verb=Verb.GRANT_EXTENSION, incident=x.id)
    yield Role.CLERK, Command(verb=Verb.INSPECT_PASS, incident=x.id)
    yield Role.CLERK, Command(verb=Verb.INSPECT_FAIL, incident=x.id, reason="untrue")


def _options(
    side: Side, now: int, x: Incident
) -> dict[Verb, tuple[Role, list[dict[str, b.Option]]]]:
    """Per verb who does it and the options that it is tried with."""
    rivals = [pair.one for pair in x.contested][:1]
    usual: dict[Verb, tuple[Role, list[dict[str, b.Option]]]] = {
        Verb.ASK_VERIFY: (Role.CLERK, [{"worker": "W001"}]),
        Verb.VERIFY: (Role.WORKER, [{"finding": Finding.TRUE}]),
        Verb.FILE: (Role.CLERK, [{}]),
        Verb.CONFIRM: (Role.CHIEF, [{}]),
        Verb.UNFILE: (Role.CLERK, [{}]),
        Verb.ASK_REFUSE: (Role.CLERK, [{"reason": "private"}]),
        Verb.GRANT_REFUSE: (Role.CHIEF, [{}]),
        Verb.DENY_REFUSE: (Role.CHIEF, [{}]),
        Verb.RESTORE: (Role.CHIEF, [{}]),
        Verb.DISPATCH: (Role.DISPATCHER, [{"unit": side.unit}]),
        Verb.STAND_DOWN: (Role.DISPATCHER, [{}]),
        Verb.SIGN: (Role.UNIT, [{"person": "某人"}]),
        Verb.UNSIGN: (Role.UNIT, [{}]),
        Verb.RETURN: (Role.UNIT, [{"why": ReturnReason.NOT_OURS}]),
        Verb.REASSIGN: (Role.DISPATCHER, [{"unit": side.other_unit}]),
        Verb.ASK_HOLD: (Role.UNIT, [{"reason": "season", "review_at": now + 9 * DAY}]),
        Verb.GRANT_HOLD: (Role.LEADER, [{}]),
        Verb.DENY_HOLD: (Role.LEADER, [{}]),
        Verb.RESUME: (Role.DISPATCHER, [{}]),
        Verb.FEEDBACK: (Role.UNIT, [{"text": "已办"}]),
        Verb.WITHDRAW: (Role.UNIT, [{}]),
        Verb.INSPECT: (Role.WORKER, [{"finding": Finding.TRUE}]),
        Verb.INSPECT_PASS: (Role.INSPECTOR, [{"no_visit": "seen"}, {}]),
        Verb.INSPECT_FAIL: (Role.INSPECTOR, [{"reason": "unfinished"}]),
        Verb.RECHECK: (Role.INSPECTOR, [{}]),
        Verb.CALL_TRIED: (Role.SUPERVISOR, [{"channel": Channel.PHONE}]),
        Verb.CALL_BACK: (
            Role.SUPERVISOR,
            [{"channel": Channel.PHONE, "grade": 2}, {"channel": Channel.PHONE, "grade": 5}],
        ),
        Verb.ACCEPT: (Role.CHIEF, [{"reason": "unfounded"}]),
        Verb.REDO: (Role.CHIEF, [{"reason": "again"}]),
        Verb.CLOSE: (Role.CHIEF, [{}]),
        Verb.REOPEN: (Role.CHIEF, [{"reason": "back"}]),
        Verb.SPLIT: (Role.CHIEF, [{}]),
        Verb.ASK_VOID: (Role.CLERK, [{"reason": "slip"}]),
        Verb.GRANT_VOID: (Role.CHIEF, [{}]),
        Verb.DENY_VOID: (Role.CHIEF, [{}]),
        Verb.CORRECT: (
            Role.CHIEF,
            [
                {"due": now + side.hours * HOUR},
                {"lon": b.LON + side.hours / 1000, "lat": b.LAT},
                {"phone": "139****0000"},
            ],
        ),
        Verb.ARRIVE: (Role.UNIT, [{}]),
        Verb.NOTE: (Role.CLERK, [{"text": "已知"}]),
        Verb.RESOLVE: (
            Role.CHIEF,
            [{"reason": "first", "keep": tuple(rivals)}, {"reason": "none"}],
        ),
        Verb.ANSWER_STAND_DOWN: (Role.UNIT, [{"unit": each} for each in x.told_off[:1]]),
    }
    return usual | _above(side, now)


def _above(side: Side, now: int) -> dict[Verb, tuple[Role, list[dict[str, b.Option]]]]:
    """More time, supervision, instruction, and what is recorded only."""
    return {
        Verb.RECORD_ONLY: (Role.CHIEF, [{}]),
        Verb.ASK_EXTENSION: (Role.UNIT, [{"reason": "weather", "days": side.hours}]),
        Verb.GRANT_EXTENSION: (Role.CHIEF, [{}]),
        Verb.DENY_EXTENSION: (Role.CHIEF, [{}]),
        Verb.SUPERVISE: (
            Role.CHIEF,
            [{"level": Supervision.YELLOW, "due": now + side.hours * HOUR}],
        ),
        Verb.REPLY_SUPERVISION: (Role.UNIT, [{"text": "在办"}]),
        Verb.CANCEL_SUPERVISION: (Role.CHIEF, [{}]),
        Verb.INSTRUCT: (Role.LEADER, [{"text": "请抓紧"}]),
        Verb.INFORM: (Role.CLERK, [{"part": BulletinPart.FIRST, "text": "接报"}]),
        Verb.TELL: (Role.CLERK, [{"channel": Channel.PHONE}]),
        Verb.REWARD: (Role.CHIEF, [{"reward": Reward.CITIZEN}]),
    }


def _with_others(side: Side) -> dict[Verb, tuple[Role, list[dict[str, b.Option]]]]:
    """Joint handling, and what goes between town and city."""
    return {
        Verb.JOINT: (Role.CHIEF, [{"unit": b.FIRE, "assists": (side.other_unit,)}]),
        Verb.SUB_SIGN: (Role.UNIT, [{"unit": b.POLICE}]),
        Verb.SUB_ARRIVE: (Role.UNIT, [{"unit": b.POLICE}]),
        Verb.SUB_FEEDBACK: (Role.UNIT, [{"unit": b.POLICE, "text": "已疏散"}]),
        Verb.SUB_RETURN: (Role.UNIT, [{"unit": b.POLICE, "why": ReturnReason.NOT_OURS}]),
        Verb.SUB_EXCUSE: (Role.CHIEF, [{"unit": b.POLICE, "reason": "enough"}]),
        Verb.ASK_ESCALATION: (Role.CHIEF, [{"reason": "beyond_power"}]),
        Verb.GRANT_ESCALATION: (Role.LEADER, [{}]),
        Verb.DENY_ESCALATION: (Role.LEADER, [{}]),
        Verb.CITY_RETURN: (Role.CHIEF, [{"order": f"CITY-{side.name}"}]),
        Verb.CITY_DONE: (Role.CHIEF, [{"order": f"CITY-{side.name}"}]),
    }
