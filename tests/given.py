"""Sentences for tests: a small town, its people, and incidents brought to where a test begins.

log = MemoryLog()
incident = given_filed(log)
after = act(log, incident.id, Verb.DISPATCH, unit="消防")
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import count
from typing import Any

from dispatch.acts.log import Pen
from dispatch.acts.perform import new_id, perform
from dispatch.domain import modes
from dispatch.domain.calendar import DAY, MINUTE, ZONE, instant
from dispatch.domain.codes import (
    BulletinPart,
    Channel,
    Finding,
    Kind,
    Level,
    ReturnReason,
    Reward,
    Role,
    Source,
    Supervision,
)
from dispatch.domain.command import Command, Verb
from dispatch.domain.event import Event, Subject
from dispatch.domain.fold import evolve, fold
from dispatch.domain.graph import Graph
from dispatch.domain.incident import Incident
from dispatch.domain.modes import Modes
from dispatch.domain.organisation import Node, Organisation
from dispatch.domain.rules import Actor, Rules
from dispatch.files.tables import read_calendar, read_catalogue, read_profiles
from dispatch.wire.envelope import Signed
from dispatch.wire.keys import Signer
from resources import path

CITY = "441900"
TOWN = "441900106"
VILLAGE = "441900106201"
NEXT_VILLAGE = "441900106202"
GRID = "441900106201001"
NEXT_GRID = "441900106202001"
FIRE, POLICE, SQUAD = "消防", "公安", "441900106K1"
START = instant(datetime(2026, 3, 4, 9, 0, tzinfo=ZONE))
"""A Wednesday morning inside working time."""
LON, LAT = 113.9876, 23.0123
FIRE_ITEM = "0601"
"""A P2 of the fire brigade with limits in natural time (M1)."""
P1_ITEM, WORKING_ITEM = "0201", "0603"
"""A P1 (U1, natural time) and a P2 with limits in working time (M2)."""


def town_nodes() -> list[Node]:
    """A town with two villages of one grid each, two departments and a squad."""
    departments = [Node(f"{TOWN}/{name}", name, Level.DEPARTMENT, TOWN) for name in (FIRE, POLICE)]
    return [
        Node(CITY, "东莞市", Level.CITY, None),
        Node(TOWN, "横沥镇", Level.TOWN, CITY),
        Node(VILLAGE, "一村", Level.VILLAGE, TOWN),
        Node(NEXT_VILLAGE, "二村", Level.VILLAGE, TOWN),
        Node(GRID, "一村 01", Level.GRID, VILLAGE),
        Node(NEXT_GRID, "二村 01", Level.GRID, NEXT_VILLAGE),
        Node(SQUAD, "快反1点", Level.SQUAD, TOWN),
        *departments,
    ]


@cache
def town_rules() -> Rules:
    """The small town under the catalogue, limits and calendar that ship with the product."""
    return Rules(
        organisation=Organisation(town_nodes(), "org-1"),
        catalogue=read_catalogue(path("catalogue/catalogue_v1.csv"), "v1"),
        profiles=read_profiles(path("catalogue/sla_profiles_v1.csv")),
        calendar=read_calendar(path("calendar"), "cal-1"),
    )


def person(account: str, *roles: Role, node: str = TOWN) -> Actor:
    """A logged-in person, in a session of the own."""
    return Actor(account, roles, node, hashlib.sha256(account.encode()).hexdigest())


CLERK = person("clerk", Role.CLERK)
DISPATCHER = person("dispatcher", Role.DISPATCHER)
CHIEF = person("chief", Role.CHIEF)
LEADER = person("leader", Role.LEADER)
INSPECTOR = person("inspector", Role.INSPECTOR)
SUPERVISOR = person("supervisor", Role.SUPERVISOR)
STATION = person("station", Role.STATION, node=VILLAGE)
FIREMAN = person("fireman", Role.UNIT, node=f"{TOWN}/{FIRE}")
POLICEMAN = person("policeman", Role.UNIT, node=f"{TOWN}/{POLICE}")
WORKER = person("W001", Role.WORKER, node=GRID)
PATROL = person("patrol", Role.PATROL, node=SQUAD)
CITY_CHIEF = person("city", Role.CHIEF, node=CITY)
AUDITOR = person("auditor", Role.AUDITOR)

WHO: dict[Verb, Actor] = {
    Verb.REPORT: CLERK,
    Verb.SELF_HANDLED: WORKER,
    Verb.ASK_VERIFY: CLERK,
    Verb.VERIFY: WORKER,
    Verb.FILE: CLERK,
    Verb.CONFIRM: CHIEF,
    Verb.UNFILE: CLERK,
    Verb.ASK_REFUSE: CLERK,
    Verb.GRANT_REFUSE: CHIEF,
    Verb.DENY_REFUSE: CHIEF,
    Verb.RESTORE: CHIEF,
    Verb.RECORD_ONLY: CHIEF,
    Verb.DISPATCH: DISPATCHER,
    Verb.STAND_DOWN: DISPATCHER,
    Verb.SIGN: FIREMAN,
    Verb.UNSIGN: FIREMAN,
    Verb.RETURN: FIREMAN,
    Verb.REASSIGN: DISPATCHER,
    Verb.ASK_EXTENSION: FIREMAN,
    Verb.GRANT_EXTENSION: CHIEF,
    Verb.DENY_EXTENSION: CHIEF,
    Verb.ASK_HOLD: FIREMAN,
    Verb.GRANT_HOLD: LEADER,
    Verb.DENY_HOLD: LEADER,
    Verb.RESUME: DISPATCHER,
    Verb.FEEDBACK: FIREMAN,
    Verb.WITHDRAW: FIREMAN,
    Verb.INSPECT: WORKER,
    Verb.INSPECT_PASS: INSPECTOR,
    Verb.INSPECT_FAIL: INSPECTOR,
    Verb.RECHECK: INSPECTOR,
    Verb.CALL_TRIED: SUPERVISOR,
    Verb.CALL_BACK: SUPERVISOR,
    Verb.ACCEPT: CHIEF,
    Verb.REDO: CHIEF,
    Verb.CLOSE: CHIEF,
    Verb.REOPEN: CHIEF,
    Verb.MERGE: CLERK,
    Verb.SPLIT: CLERK,
    Verb.ASK_VOID: CLERK,
    Verb.GRANT_VOID: CHIEF,
    Verb.DENY_VOID: CHIEF,
    Verb.SUPERVISE: CHIEF,
    Verb.REPLY_SUPERVISION: FIREMAN,
    Verb.CANCEL_SUPERVISION: CHIEF,
    Verb.INSTRUCT: LEADER,
    Verb.INFORM: CLERK,
    Verb.TELL: CLERK,
    Verb.REWARD: CHIEF,
    Verb.JOINT: CHIEF,
    Verb.SUB_SIGN: POLICEMAN,
    Verb.SUB_ARRIVE: POLICEMAN,
    Verb.SUB_FEEDBACK: POLICEMAN,
    Verb.SUB_RETURN: POLICEMAN,
    Verb.SUB_EXCUSE: CHIEF,
    Verb.ASK_ESCALATION: CHIEF,
    Verb.GRANT_ESCALATION: LEADER,
    Verb.DENY_ESCALATION: LEADER,
    Verb.CITY_ASSIGN: CITY_CHIEF,
    Verb.CITY_RETURN: CITY_CHIEF,
    Verb.CITY_DONE: CITY_CHIEF,
    Verb.CORRECT: CHIEF,
    Verb.ARRIVE: FIREMAN,
    Verb.NOTE: CLERK,
    Verb.RESOLVE: CHIEF,
    Verb.ANSWER_STAND_DOWN: FIREMAN,
}
"""Who does an act when a test does not say."""


Option = Any  # Any: an option of a command has the type of its field
Given = Callable[..., Incident]

SAID: dict[Verb, dict[str, Option]] = {
    Verb.ASK_VERIFY: {"worker": "W001"},
    Verb.VERIFY: {"finding": Finding.TRUE},
    Verb.ASK_REFUSE: {"reason": "asked"},
    Verb.DISPATCH: {"unit": FIRE},
    Verb.SIGN: {"person": "某人"},
    Verb.RETURN: {"why": ReturnReason.NOT_OURS},
    Verb.REASSIGN: {"unit": POLICE},
    Verb.ASK_EXTENSION: {"reason": "weather", "days": 2},
    Verb.SUPERVISE: {"level": Supervision.NORMAL, "due": START + 2 * DAY},
    Verb.REPLY_SUPERVISION: {"text": "正在办理"},
    Verb.INSTRUCT: {"text": "请抓紧"},
    Verb.INFORM: {"part": BulletinPart.FIRST, "text": "19 时接报"},
    Verb.TELL: {"channel": Channel.PHONE},
    Verb.REWARD: {"reward": Reward.CITIZEN},
    Verb.ASK_HOLD: {"reason": "season", "review_at": START + 20 * DAY},
    Verb.FEEDBACK: {"text": "已办"},
    Verb.INSPECT: {"finding": Finding.TRUE},
    Verb.INSPECT_FAIL: {"reason": "unfinished"},
    Verb.CALL_TRIED: {"channel": Channel.PHONE},
    Verb.CALL_BACK: {"channel": Channel.PHONE, "grade": 1},
    Verb.ACCEPT: {"reason": "unfounded"},
    Verb.REDO: {"reason": "again"},
    Verb.REOPEN: {"reason": "back"},
    Verb.MERGE: {"into": "other"},
    Verb.ASK_VOID: {"reason": "slip"},
    Verb.JOINT: {"unit": FIRE, "assists": (POLICE,)},
    Verb.SUB_FEEDBACK: {"text": "已疏散"},
    Verb.SUB_RETURN: {"why": ReturnReason.NOT_OURS},
    Verb.SUB_EXCUSE: {"unit": POLICE, "reason": "enough"},
    Verb.ASK_ESCALATION: {"reason": "beyond_power"},
    Verb.CITY_RETURN: {"order": "CITY-1"},
    Verb.CITY_DONE: {"order": "CITY-1"},
    Verb.CORRECT: {"phone": "138****0000"},
    Verb.NOTE: {"text": "知悉"},
    Verb.RESOLVE: {"reason": "why"},
    Verb.ANSWER_STAND_DOWN: {"unit": FIRE},
}
"""What an act says when a test does not care."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored event with what the log was given beside it."""

    event: Event
    signed: Signed
    plain: dict[str, str]


class MemoryLog:
    """A `dispatch.acts.log.Log` that keeps everything in memory; `now` goes on with each act."""

    def __init__(self, letter: str = "A", rules: Rules | None = None) -> None:
        self.letter = letter
        self.now = START
        self.kept: list[Kept] = []
        self.facts: dict[Subject, tuple[Event, ...]] = {}
        self.folded: dict[str, Incident] = {}
        self._rules = rules or town_rules()
        self._signer = Signer.new()
        self._inc = hashlib.sha256(f"{letter}{new_id()}".encode()).hexdigest()[:32]
        self._own = (0, "")
        self._temps = count(1)

    def fork(self, letter: str, rules: Rules | None = None) -> MemoryLog:
        """Another seat that knows all that this one knows now."""
        other = MemoryLog(letter, rules or self._rules)
        other.now = self.now
        other.facts = dict(self.facts)
        other.folded = dict(self.folded)
        return other

    def take(self, events: Iterable[Event]) -> None:
        """Fold what came from elsewhere, in the order in which it came."""
        for event in events:
            self._add(event)

    def _add(self, event: Event) -> None:
        subject = event.subject
        self.facts[subject] = (*self.facts.get(subject, ()), event)
        if subject.kind is Kind.INCIDENT:
            self.folded[subject.id] = evolve(self.folded.get(subject.id), event)

    def number(self, id_: str, order: Iterable[Event], start: int = 1) -> Incident:
        """Fold an incident anew with town numbers given in this order."""
        numbered = [
            replace(event, seq=seq, received_at=event.at) for seq, event in enumerate(order, start)
        ]
        self.folded[id_] = fold(numbered)
        return self.folded[id_]

    @property
    def town(self) -> str:
        return TOWN

    def rules(self) -> Rules:
        return self._rules

    def incident(self, id_: str) -> Incident | None:
        return self.folded.get(id_)

    def facts_of(self, subject: Subject) -> tuple[Event, ...]:
        return self.facts.get(subject, ())

    def modes(self) -> Modes:
        return modes.fold(self.facts_of(Subject(Kind.TOWN, TOWN)))

    def heads(self, subject: Subject) -> tuple[str, ...]:
        if subject.kind is Kind.INCIDENT and subject.id in self.folded:
            return self.folded[subject.id].heads
        facts = self.facts.get(subject, ())
        return Graph(facts).heads() if facts else ()

    def secret(self, subject: str) -> bytes:
        return hashlib.sha256(f"key of {subject}".encode()).digest()

    def log_in(self, hash_: str) -> str:
        return hash_

    def pen(self) -> Pen:
        sseq, last = self._own
        return Pen(self._inc, sseq, last, self._signer)

    def temp_number(self) -> str:
        return f"{self.letter}{next(self._temps)}"

    def store(self, event: Event, signed: Signed, plain: dict[str, str]) -> None:
        self._own = (event.sseq, event.hash)
        self.kept.append(Kept(event, signed, plain))
        self._add(event)


def act(
    log: MemoryLog, id_: str, verb: Verb, by: Actor | None = None, /, **options: Option
) -> Incident:
    """Do one act a minute after the last one, and return the incident as it stands then."""
    log.now += MINUTE
    perform(log, Command(verb=verb, incident=id_, **options), by or WHO[verb], log.now)
    return log.folded[id_]


def given_reported(log: MemoryLog, by: Actor = CLERK, /, **options: Option) -> Incident:
    """A hotline report of people living in a shop in the first village, if not told otherwise."""
    said: dict[str, Option] = {
        "item": FIRE_ITEM,
        "source": Source.HOTLINE,
        "lon": LON,
        "lat": LAT,
        "grid": GRID,
        "text": "档口阁楼有人住宿",
        "place": "工业路",
        "reporter": "某先生",
        "phone": "138****0000",
    }
    return act(log, new_id(), Verb.REPORT, by, **(said | options))


def given_self_handled(log: MemoryLog, **options: Option) -> Incident:
    """Found and dealt with by a worker; the intake is to review it."""
    said: dict[str, Option] = {"item": FIRE_ITEM, "lon": LON, "lat": LAT, "grid": GRID}
    return act(log, new_id(), Verb.SELF_HANDLED, **(said | options))


def given_verify(log: MemoryLog, **options: Option) -> Incident:
    """Reported, and worker W001 asked to look."""
    return act(log, given_reported(log, **options).id, Verb.ASK_VERIFY, worker="W001")


def given_filed(log: MemoryLog, **options: Option) -> Incident:
    """Filed under the item it was reported with."""
    return act(log, given_reported(log, **options).id, Verb.FILE)


def given_sent(log: MemoryLog, unit: str = FIRE, **options: Option) -> Incident:
    """Sent to a unit, not yet signed for."""
    return act(log, given_filed(log, **options).id, Verb.DISPATCH, unit=unit)


def given_work(log: MemoryLog, **options: Option) -> Incident:
    """Signed for by the fire brigade."""
    return act(log, given_sent(log, **options).id, Verb.SIGN, person="某队长")


def given_done(log: MemoryLog, **options: Option) -> Incident:
    """Fed back by the fire brigade."""
    return act(log, given_work(log, **options).id, Verb.FEEDBACK, text="已清理")


def given_visit(log: MemoryLog, **options: Option) -> Incident:
    """Passed, and the reporter to be called back."""
    return act(log, given_done(log, **options).id, Verb.INSPECT_PASS)


def given_dissatisfied(log: MemoryLog, **options: Option) -> Incident:
    """Called back, grade 5: the chief's task."""
    given = given_visit(log, **options)
    return act(log, given.id, Verb.CALL_BACK, channel=Channel.PHONE, grade=5)


def given_eval(log: MemoryLog, **options: Option) -> Incident:
    """Called back, grade 1: to be closed."""
    given = given_visit(log, **options)
    return act(log, given.id, Verb.CALL_BACK, channel=Channel.PHONE, grade=1)


def given_closed(log: MemoryLog, **options: Option) -> Incident:
    """Closed after a whole life."""
    return act(log, given_eval(log, **options).id, Verb.CLOSE, score=90)
