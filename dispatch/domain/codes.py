"""The field's own words as codes: states, steps, roles, sources, priorities, stages."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where an incident stands. A collision is an overlay, never a state."""

    REPORTED = "reported"
    VERIFY = "verify"
    FILED = "filed"
    SENT = "sent"
    WORK = "work"
    DONE = "done"
    VISIT = "visit"
    EVAL = "eval"
    CLOSED = "closed"
    HOLD = "hold"
    CITY = "city"
    MERGED = "merged"
    VOID = "void"


PRECEDENCE: Final = (
    State.DONE,
    State.WORK,
    State.SENT,
    State.HOLD,
    State.CITY,
    State.VISIT,
    State.EVAL,
    State.FILED,
    State.VERIFY,
    State.REPORTED,
    State.MERGED,
    State.VOID,
    State.CLOSED,
)
"""Which of several facts that did not see each other gives the state: open before closed."""

RANK: Final = {state: rank for rank, state in enumerate(PRECEDENCE)}

ENDED: Final = frozenset({State.CLOSED, State.VOID, State.MERGED})
"""States in which nobody works on the incident itself."""

STEP: Final = {
    State.REPORTED: 1,
    State.VERIFY: 1,
    State.FILED: 2,
    State.SENT: 2,
    State.WORK: 3,
    State.DONE: 3,
    State.HOLD: 3,
    State.CITY: 3,
    State.VISIT: 4,
    State.EVAL: 5,
    State.CLOSED: 5,
    State.MERGED: 3,
    State.VOID: 5,
}
"""The one of the five steps (五步闭环) that a state belongs to."""


class Stage(StrEnum):
    """A clock that can run on an incident."""

    ACCEPT = "accept"
    VERIFY = "verify"
    DISPATCH = "dispatch"
    SIGN_IN = "sign_in"
    FIRST_ANSWER = "first_answer"
    DISPOSAL = "disposal"
    CHECK = "check"
    VISIT = "visit"
    CLOSE = "close"
    REVIEW = "review"
    CITY = "city"


STAGE_OF: Final = {
    State.REPORTED: Stage.ACCEPT,
    State.VERIFY: Stage.VERIFY,
    State.FILED: Stage.DISPATCH,
    State.SENT: Stage.SIGN_IN,
    State.WORK: Stage.DISPOSAL,
    State.DONE: Stage.CHECK,
    State.VISIT: Stage.VISIT,
    State.EVAL: Stage.CLOSE,
    State.HOLD: Stage.REVIEW,
    State.CITY: Stage.CITY,
}
"""The clock that is shown for a state; the others have none running here."""


class Role(StrEnum):
    """What a person may do. Codes are those of the command line."""

    CLERK = "clerk"
    DISPATCHER = "dispatcher"
    CHIEF = "chief"
    LEADER = "leader"
    INSPECTOR = "inspector"
    SUPERVISOR = "supervisor"
    STATION = "station"
    UNIT = "unit"
    WORKER = "worker"
    PATROL = "patrol"
    ADMIN = "admin"
    SECURITY = "security"
    AUDITOR = "auditor"


class Source(StrEnum):
    """For whom a report was made."""

    WORKER = "worker"
    PATROL = "patrol"
    STATION = "station"
    CITIZEN = "citizen"
    HOTLINE = "hotline"
    POLICE = "police"
    CITY = "city"
    RESIDENCY = "residency"
    DEPARTMENT = "department"


PUBLIC: Final = frozenset({Source.CITIZEN, Source.HOTLINE})
"""Sources whose reporter is a member of the public and is called back."""


class Priority(StrEnum):
    """P1 紧急, P2 重要, P3 一般."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


class SubState(StrEnum):
    """Where an assisting unit's part of a joint order stands."""

    SENT = "sent"
    WORK = "work"
    DONE = "done"
    RETURNED = "returned"
    EXCUSED = "excused"


class Light(StrEnum):
    """How much of the running limit is used: up to 80 %, up to 100 %, more."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NONE = "none"


class ReturnReason(StrEnum):
    """Why a unit gives an order back (T9)."""

    NOT_OURS = "not-ours"
    WRONG_PLACE = "wrong-place"
    EVIDENCE = "evidence"


class Finding(StrEnum):
    """What a worker found at the place (T4)."""

    TRUE = "true"
    FALSE = "false"
    ABSENT = "absent"


class Channel(StrEnum):
    """How a reporter was called back (T23)."""

    PHONE = "phone"
    VISIT = "visit"
    MESSAGE = "message"


class Reward(StrEnum):
    """What was decided about a reward: for a citizen (人人拍), for a whistle (吹哨), none."""

    CITIZEN = "citizen"
    WHISTLE = "whistle"
    NONE = "none"


class BulletinPart(StrEnum):
    """Which information report on an incident it is: 首报, 续报, 终报."""

    FIRST = "first"
    FOLLOW = "follow"
    FINAL = "final"


class Supervision(StrEnum):
    """How hard an incident is supervised (T15): 普通, 黄牌, 红牌; in order of weight."""

    NORMAL = "normal"
    YELLOW = "yellow"
    RED = "red"


class Level(StrEnum):
    """The levels of the organisation tree and what hangs beside it."""

    CITY = "city"
    TOWN = "town"
    VILLAGE = "village"
    GRID = "grid"
    DEPARTMENT = "department"
    SQUAD = "squad"


class Kind(StrEnum):
    """What an event is about."""

    INCIDENT = "incident"
    SESSION = "session"
    SHIFT = "shift"
    DUTY = "duty"
    TOWN = "town"
    CAMPAIGN = "campaign"
    NOTICE = "notice"
    OBJECT = "object"
    AUDIT = "audit"


class SignPart(StrEnum):
    """Whose signature it is under a shift's report: 交班, 接班, 审核."""

    OUT = "out"
    IN = "in"
    REVIEW = "review"


class LineKind(StrEnum):
    """What a line of the shift's log is about; a promise stays open until it is kept."""

    NOTE = "note"
    PROMISE = "promise"
    ORDER = "order"
    CALL = "call"
    FAULT = "fault"
    VISITOR = "visitor"
