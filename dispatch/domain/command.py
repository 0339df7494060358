"""What a person asks for: one shape for seat, command line and field door."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from dispatch.domain.codes import (
    BulletinPart,
    Channel,
    Finding,
    Priority,
    ReturnReason,
    Reward,
    Source,
    Supervision,
)


class Verb(StrEnum):
    """Every act on an incident, by its word on the command line."""

    REPORT = "report"
    SELF_HANDLED = "self-handled"
    ASK_VERIFY = "ask-verify"
    VERIFY = "verify"
    FILE = "file"
    CONFIRM = "confirm"
    UNFILE = "unfile"
    ASK_REFUSE = "ask-refuse"
    GRANT_REFUSE = "grant-refuse"
    DENY_REFUSE = "deny-refuse"
    RESTORE = "restore"
    RECORD_ONLY = "record-only"
    DISPATCH = "dispatch"
    STAND_DOWN = "stand-down"
    SIGN = "sign"
    UNSIGN = "unsign"
    RETURN = "return"
    REASSIGN = "reassign"
    ASK_EXTENSION = "ask-extension"
    GRANT_EXTENSION = "grant-extension"
    DENY_EXTENSION = "deny-extension"
    ASK_HOLD = "ask-hold"
    GRANT_HOLD = "grant-hold"
    DENY_HOLD = "deny-hold"
    RESUME = "resume"
    FEEDBACK = "feedback"
    WITHDRAW = "withdraw"
    INSPECT = "inspect"
    INSPECT_PASS = "inspect-pass"  # noqa: S105 - an inspection, not a password
    INSPECT_FAIL = "inspect-fail"
    RECHECK = "recheck"
    CALL_TRIED = "call-tried"
    CALL_BACK = "call-back"
    ACCEPT = "accept"
    REDO = "redo"
    CLOSE = "close"
    REOPEN = "reopen"
    MERGE = "merge"
    SPLIT = "split"
    ASK_VOID = "ask-void"
    GRANT_VOID = "grant-void"
    DENY_VOID = "deny-void"
    SUPERVISE = "supervise"
    REPLY_SUPERVISION = "reply-supervision"
    CANCEL_SUPERVISION = "cancel-supervision"
    INSTRUCT = "instruct"
    INFORM = "inform"
    TELL = "tell"
    REWARD = "reward"
    JOINT = "joint"
    SUB_SIGN = "sub-sign"
    SUB_ARRIVE = "sub-arrive"
    SUB_FEEDBACK = "sub-feedback"
    SUB_RETURN = "sub-return"
    SUB_EXCUSE = "sub-excuse"
    ASK_ESCALATION = "ask-escalation"
    GRANT_ESCALATION = "grant-escalation"
    DENY_ESCALATION = "deny-escalation"
    CITY_ASSIGN = "city-assign"
    CITY_RETURN = "city-return"
    CITY_DONE = "city-done"
    CORRECT = "correct"
    ARRIVE = "arrive"
    NOTE = "note"
    RESOLVE = "resolve"
    ANSWER_STAND_DOWN = "answer-stand-down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One act with its options; what a verb does not know must be left empty.

    `seen` is the version the operator looked at (None: whatever stands now). `photos` are
    SHA-256 names of stored files. Times UTC milliseconds, coordinates CGCS2000 degrees.
    `dues` are ends of limits by unit. `group`: all reporters of a merged group; `yuan` are whole.
    `answer_by` makes a joint order a whistle; `talked`: with whom it was talked over.
    Free text (`text`, `person`, `phone`, `place`, `reporter`, `talked`) is sealed when stored.
    """

    verb: Verb
    incident: str
    seen: str | None = None
    reason: str = ""
    text: str = field(default="", repr=False)
    photos: tuple[str, ...] = ()
    on_behalf: str | None = None
    told_by: Channel | None = None
    item: str | None = None
    priority: Priority | None = None
    source: Source | None = None
    lon: float | None = None
    lat: float | None = None
    grid: str | None = None
    village: str | None = None
    place: str = field(default="", repr=False)
    reporter: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    person: str = field(default="", repr=False)
    found_at: int | None = None
    temp: str = ""
    worker: str | None = None
    finding: Finding | None = None
    distance_m: int | None = None
    unit: str | None = None
    assists: tuple[str, ...] = ()
    due: int | None = None
    why: ReturnReason | None = None
    propose: str | None = None
    review_at: int | None = None
    result: str = field(default="", repr=False)
    no_visit: str = ""
    channel: Channel | None = None
    grade: int | None = None
    score: int | None = None
    into: str | None = None
    at: int | None = None
    closing_met: bool | None = None
    keep: tuple[str, ...] = ()
    days: int | None = None
    natural: bool = False
    level: Supervision | None = None
    order: str | None = None
    part: BulletinPart | None = None
    dues: tuple[tuple[str, int], ...] = ()
    group: bool = False
    reward: Reward | None = None
    yuan: int | None = None
    answer_by: int | None = None
    talked: str = field(default="", repr=False)
