"""Who may do what, in which state, with which options: the life cycle as one table."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Final

from dispatch.domain.catalogue import UNCLASSIFIED
from dispatch.domain.codes import ENDED, Role, State, SubState, Supervision
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput
from dispatch.domain.incident import Incident
from dispatch.domain.oversight import endorsement, self_handled

S = State
R = Role
_OPEN: Final = frozenset(State) - ENDED
_HANDLERS: Final = frozenset({R.UNIT, R.STATION, R.PATROL})
_RADIO: Final = _HANDLERS | {R.DISPATCHER}
_OFFICE: Final = frozenset(
    {R.CLERK, R.DISPATCHER, R.CHIEF, R.LEADER, R.INSPECTOR, R.SUPERVISOR, R.STATION}
)
EVERYBODY: Final = _OFFICE | {R.UNIT, R.WORKER, R.PATROL}
_MERGEABLE: Final = frozenset({S.REPORTED, S.VERIFY, S.FILED, S.SENT, S.WORK})
_ALWAYS: Final = frozenset(
    {"verb", "incident", "seen", "reason", "text", "photos", "on_behalf", "told_by"}
)


@dataclass(frozen=True, slots=True)
class Right:
    """A row of the life cycle: transition number, states, roles, options and needed ones."""

    transition: int
    states: frozenset[State]
    roles: frozenset[Role]
    options: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()
    undo_of: tuple[str, ...] = ()


def _of(*states: State) -> frozenset[State]:
    return frozenset(states)


def _who(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


_REPORT: Final = frozenset(
    "item priority source lon lat grid village place reporter phone found_at temp".split()
)
_CHANGES: Final = frozenset("item priority lon lat grid village place reporter phone due".split())
_FED_BACK: Final = frozenset({"result", "closing_met"})
_SIGNED: Final = frozenset({"unit", "person", "phone", "at", "talked", "due"})
_INTAKE: Final = _who(R.CLERK, R.STATION)
_SENDERS: Final = _who(R.DISPATCHER, R.STATION)
_CHIEF: Final = _who(R.CHIEF)
_LEADER: Final = _who(R.LEADER)
_INTAKERS: Final = _who(R.CLERK)
_CITY: Final = _who(R.CLERK, R.DISPATCHER, R.CHIEF, R.LEADER)
_REASON: Final = ("reason",)

RIGHTS: Final[dict[Verb, Right]] = {
    Verb.REPORT: Right(1, frozenset(), EVERYBODY, _REPORT, ("lon", "lat")),
    Verb.SELF_HANDLED: Right(
        2, frozenset(), _who(R.WORKER, R.STATION), _REPORT | {"result"}, ("lon", "lat")
    ),
    Verb.ASK_VERIFY: Right(3, _of(S.REPORTED), _INTAKE, frozenset({"worker", "due"}), ("worker",)),
    Verb.VERIFY: Right(
        4,
        _of(S.VERIFY),
        _who(R.WORKER, R.DISPATCHER, R.STATION),
        frozenset({"finding"}),
        ("finding",),
    ),
    Verb.FILE: Right(5, _of(S.REPORTED), _INTAKE | _CHIEF, frozenset({"item", "priority"})),
    Verb.CONFIRM: Right(5, _OPEN, _CHIEF),
    Verb.UNFILE: Right(5, _of(S.FILED), _INTAKE, undo_of=("filed",)),
    Verb.ASK_REFUSE: Right(6, _of(S.REPORTED), _who(R.CLERK), needs=_REASON),
    Verb.GRANT_REFUSE: Right(6, _of(S.REPORTED), _CHIEF),
    Verb.DENY_REFUSE: Right(6, _of(S.REPORTED), _CHIEF),
    Verb.RESTORE: Right(
        28,
        _of(S.VOID),
        _CHIEF,
        undo_of=("refusal_granted", "void_granted", "self_handling_refused"),
    ),
    Verb.RECORD_ONLY: Right(29, _of(S.REPORTED), _CHIEF),
    Verb.DISPATCH: Right(
        7,
        _of(S.FILED),
        _SENDERS | _CHIEF,
        frozenset({"unit", "assists", "due"}),
        ("unit",),
    ),
    Verb.STAND_DOWN: Right(7, _of(S.SENT), _SENDERS | _CHIEF, undo_of=("dispatched",)),
    Verb.SIGN: Right(8, _of(S.SENT), _RADIO, frozenset({"person", "phone"}), ("person",)),
    Verb.UNSIGN: Right(8, _of(S.WORK), _RADIO, undo_of=("signed",)),
    Verb.RETURN: Right(9, _of(S.SENT, S.WORK), _RADIO, frozenset({"why", "propose"}), ("why",)),
    Verb.REASSIGN: Right(
        10, _of(S.SENT, S.WORK), _SENDERS | {R.UNIT}, frozenset({"unit"}), ("unit",)
    ),
    Verb.ASK_EXTENSION: Right(
        11,
        _of(S.WORK),
        _who(R.UNIT, R.PATROL),
        frozenset({"days", "natural"}),
        ("days", "reason"),
    ),
    Verb.GRANT_EXTENSION: Right(11, _of(S.WORK), _who(R.CHIEF, R.LEADER)),
    Verb.DENY_EXTENSION: Right(11, _of(S.WORK), _who(R.CHIEF, R.LEADER)),
    Verb.ASK_HOLD: Right(
        12,
        _of(S.WORK),
        _who(R.UNIT, R.DISPATCHER),
        frozenset({"review_at"}),
        ("reason", "review_at"),
    ),
    Verb.GRANT_HOLD: Right(12, _of(S.WORK), _who(R.LEADER)),
    Verb.DENY_HOLD: Right(12, _of(S.WORK), _who(R.LEADER)),
    Verb.RESUME: Right(13, _of(S.HOLD), _who(R.DISPATCHER)),
    Verb.FEEDBACK: Right(20, _of(S.WORK), _RADIO | {R.WORKER}, _FED_BACK, ("text",)),
    Verb.WITHDRAW: Right(20, _of(S.DONE), _RADIO, undo_of=("fed_back",)),
    Verb.INSPECT: Right(
        21,
        _of(S.DONE),
        _who(R.WORKER, R.INSPECTOR),
        frozenset({"finding", "distance_m"}),
        ("finding",),
    ),
    Verb.INSPECT_PASS: Right(
        21, _of(S.DONE), _who(R.INSPECTOR, R.CLERK), frozenset({"no_visit", "distance_m"})
    ),
    Verb.INSPECT_FAIL: Right(22, _of(S.DONE), _who(R.INSPECTOR, R.CLERK), needs=_REASON),
    Verb.RECHECK: Right(21, _of(S.VISIT, S.EVAL), _who(R.INSPECTOR), undo_of=("inspected_pass",)),
    Verb.CALL_TRIED: Right(
        23, _of(S.VISIT), _who(R.SUPERVISOR), frozenset({"channel"}), ("channel",)
    ),
    Verb.CALL_BACK: Right(
        23, _of(S.VISIT), _who(R.SUPERVISOR), frozenset({"channel", "grade"}), ("channel",)
    ),
    Verb.ACCEPT: Right(23, _of(S.VISIT), _CHIEF, needs=_REASON),
    Verb.REDO: Right(24, _of(S.VISIT), _CHIEF, needs=_REASON),
    Verb.CLOSE: Right(25, _of(S.EVAL), _CHIEF, frozenset({"score"})),
    Verb.REOPEN: Right(26, _of(S.CLOSED), _who(R.CHIEF, R.LEADER), needs=_REASON),
    Verb.MERGE: Right(27, _MERGEABLE, _who(R.CLERK, R.CHIEF), frozenset({"into"}), ("into",)),
    Verb.SPLIT: Right(27, _of(S.MERGED), _who(R.CLERK, R.CHIEF), undo_of=("merged",)),
    Verb.ASK_VOID: Right(28, _MERGEABLE, _who(R.CLERK, R.DISPATCHER), needs=_REASON),
    Verb.GRANT_VOID: Right(28, _MERGEABLE, _CHIEF),
    Verb.DENY_VOID: Right(28, _MERGEABLE, _CHIEF),
    Verb.SUPERVISE: Right(
        15, _OPEN, _who(R.CHIEF, R.LEADER), frozenset({"level", "due"}), ("level", "due")
    ),
    Verb.REPLY_SUPERVISION: Right(15, _OPEN, _RADIO | _CHIEF, needs=("text",)),
    Verb.CANCEL_SUPERVISION: Right(15, _OPEN, _who(R.CHIEF, R.LEADER)),
    Verb.INSTRUCT: Right(16, _OPEN, _who(R.LEADER), frozenset({"person"}), ("text",)),
    Verb.INFORM: Right(
        34,
        frozenset(State) - {S.MERGED, S.VOID},
        _CITY,
        frozenset({"part", "channel"}),
        ("part", "text"),
    ),
    Verb.TELL: Right(
        35,
        frozenset(State),
        _who(R.CLERK, R.DISPATCHER, R.SUPERVISOR, R.CHIEF),
        frozenset({"channel", "group"}),
        ("channel",),
    ),
    Verb.REWARD: Right(
        36,
        frozenset(State) - {S.MERGED, S.VOID},
        _who(R.CHIEF, R.LEADER),
        frozenset({"reward", "yuan"}),
        ("reward",),
    ),
    Verb.JOINT: Right(
        14,
        _of(S.WORK),
        _CHIEF,
        frozenset({"unit", "assists", "due", "dues", "answer_by"}),
        ("unit", "assists"),
    ),
    Verb.SUB_SIGN: Right(14, _of(S.WORK), _RADIO, _SIGNED),
    Verb.SUB_ARRIVE: Right(14, _of(S.WORK), _RADIO, frozenset({"unit", "at"})),
    Verb.SUB_FEEDBACK: Right(14, _of(S.WORK), _RADIO, frozenset({"unit", "result"}), ("text",)),
    Verb.SUB_RETURN: Right(
        14, _of(S.WORK), _RADIO, frozenset({"unit", "why", "propose"}), ("why",)
    ),
    Verb.SUB_EXCUSE: Right(14, _of(S.WORK), _CHIEF, frozenset({"unit"}), ("unit", "reason")),
    Verb.ASK_ESCALATION: Right(17, _of(S.FILED, S.WORK), _CHIEF, needs=_REASON),
    Verb.GRANT_ESCALATION: Right(17, _of(S.FILED, S.WORK), _who(R.LEADER)),
    Verb.DENY_ESCALATION: Right(17, _of(S.FILED, S.WORK), _who(R.LEADER)),
    Verb.CITY_ASSIGN: Right(19, frozenset(), _CITY, _REPORT | {"order"}, ("order", "lon", "lat")),
    Verb.CITY_RETURN: Right(18, _of(S.CITY), _CITY, frozenset({"order"}), ("order",)),
    Verb.CITY_DONE: Right(18, _of(S.CITY), _CITY, frozenset({"order"}), ("order",)),
    Verb.CORRECT: Right(30, _OPEN, _OFFICE | {R.UNIT}, _CHANGES),
    Verb.ARRIVE: Right(31, _of(S.WORK), _RADIO | {R.WORKER}, frozenset({"at"})),
    Verb.NOTE: Right(32, frozenset(State), EVERYBODY),
    Verb.RESOLVE: Right(33, frozenset(State), _CHIEF, frozenset({"keep"}), _REASON),
    Verb.ANSWER_STAND_DOWN: Right(33, frozenset(State), _RADIO, frozenset({"unit"}), ("unit",)),
}
"""`NOTE` is also taken on a placeholder; `REPORT` and `CITY_ASSIGN` make the incident."""

NEW: Final = (Verb.REPORT, Verb.SELF_HANDLED, Verb.CITY_ASSIGN)
"""Acts that make an incident."""
RETURNS_ALLOWED: Final = 3
"""With the third return the chief decides, and there is no further one (illustrative)."""
ON_BEHALF: Final = frozenset(
    {
        Verb.REPORT,
        Verb.SELF_HANDLED,
        Verb.VERIFY,
        Verb.SIGN,
        Verb.UNSIGN,
        Verb.RETURN,
        Verb.FEEDBACK,
        Verb.WITHDRAW,
        Verb.ARRIVE,
        Verb.REPLY_SUPERVISION,
        Verb.ANSWER_STAND_DOWN,
        Verb.SUB_SIGN,
        Verb.SUB_ARRIVE,
        Verb.SUB_FEEDBACK,
        Verb.SUB_RETURN,
    }
)
"""Acts that one person may record for another."""
PARTS: Final = {
    Verb.SUB_SIGN: frozenset({SubState.SENT}),
    Verb.SUB_ARRIVE: frozenset({SubState.SENT, SubState.WORK}),
    Verb.SUB_FEEDBACK: frozenset({SubState.WORK}),
    Verb.SUB_RETURN: frozenset({SubState.SENT, SubState.WORK}),
    Verb.SUB_EXCUSE: frozenset({SubState.SENT, SubState.WORK, SubState.RETURNED}),
}
"""Acts on an assisting unit's part of a joint order, with where that may stand."""
FOR_THE_CITY: Final = frozenset({Verb.CITY_ASSIGN, Verb.CITY_RETURN, Verb.CITY_DONE})
"""What only a person at the city's node does."""
NOT_IN_A_VILLAGE: Final = frozenset(
    {Verb.CLOSE, Verb.ACCEPT, Verb.GRANT_REFUSE, Verb.GRANT_VOID, Verb.RECORD_ONLY, Verb.INFORM}
    | {Verb.REWARD}
)
"""A village never closes, voids or evaluates, and informs nobody but its town."""

CORRECTORS: Final = {
    S.REPORTED: _who(R.CLERK, R.STATION, R.CHIEF),
    S.VERIFY: _who(R.CLERK, R.STATION, R.CHIEF),
    S.FILED: _who(R.CLERK, R.DISPATCHER, R.STATION, R.CHIEF),
    S.SENT: _who(R.DISPATCHER, R.STATION, R.UNIT, R.CHIEF),
    S.WORK: _who(R.DISPATCHER, R.STATION, R.UNIT, R.CHIEF),
    S.HOLD: _who(R.DISPATCHER, R.CHIEF),
    S.CITY: _who(R.DISPATCHER, R.CHIEF),
    S.DONE: _who(R.INSPECTOR, R.STATION, R.UNIT, R.CHIEF),
    S.VISIT: _who(R.SUPERVISOR, R.CHIEF),
    S.EVAL: _who(R.CHIEF),
}
"""T30: who may hold the incident in a state may correct it there."""


def allowed(command: Command, incident: Incident | None, has: tuple[Role, ...]) -> frozenset[Role]:
    """Return the roles that may do it to this incident.

    A self-handled one is reviewed by the intake, any other by the inspector. What is the chief's
    alone (an unclassified filing, the order after the third return) is done
    as the chief by who is one; else filing and dispatching are not the chief's work.
    """
    roles = RIGHTS[command.verb].roles
    if incident is None or incident.state is None:
        return roles
    if command.verb is Verb.CORRECT:
        return CORRECTORS.get(incident.state, frozenset())
    if command.verb in {Verb.INSPECT_PASS, Verb.INSPECT_FAIL}:
        return _INTAKERS if self_handled(incident) else roles - _INTAKERS
    if command.verb is Verb.GRANT_EXTENSION:
        return _LEADER if endorsement(incident) else _CHIEF
    if command.verb is Verb.SUPERVISE and command.level is Supervision.RED:
        # A chief of the city may; the decision looks at where the person sits.
        return _LEADER if R.LEADER in has else roles
    if command.verb is Verb.DISPATCH:
        chief = incident.returns >= RETURNS_ALLOWED
    elif command.verb is Verb.FILE:
        chief = (command.item or incident.item or UNCLASSIFIED) == UNCLASSIFIED
    else:
        return roles
    if not chief:
        return roles - _CHIEF
    return _CHIEF if R.CHIEF in has else roles


_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_CODE: Final = re.compile(r"[0-9A-Za-z-]{1,64}")
_SEALED: Final = frozenset({"text", "place", "reporter", "phone", "person", "result", "talked"})
LONGEST_CODE: Final = 64


def is_code(text: str) -> bool:
    """Return whether a text can be a number or code of ours: letters, digits, hyphens."""
    return _CODE.fullmatch(text) is not None


def writable(text: str) -> bool:
    """Return whether a text can be kept everywhere: no NUL, no half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _check_text(option: str, given: object) -> None:
    """Refuse what cannot be written down, and more than a code where a code is asked for."""
    for text in given if isinstance(given, tuple) else (given,):
        if not isinstance(text, str):
            continue
        if not writable(text):
            raise BadInput(option, "含有无法保存的字符（NUL 或半个代理对）")
        if option not in _SEALED and (len(text) > LONGEST_CODE or not text.isprintable()):
            raise BadInput(option, f"须在 {LONGEST_CODE} 字以内，不含换行等控制字符")


_OPTIONS: Final = tuple(each.name for each in fields(Command))
_GIVEN: Final = attrgetter(*_OPTIONS)


def check_options(command: Command) -> None:
    """Refuse by name an option that the verb does not know, one that it lacks, a wrong one."""
    right = RIGHTS[command.verb]
    for name in ("on_behalf", "told_by"):
        if getattr(command, name) and command.verb not in ON_BEHALF:
            raise BadInput(name, f"{command.verb} 不能代为记录")
    for name, given in zip(_OPTIONS, _GIVEN(command), strict=True):
        if given is None or given is False or given in ("", ()):
            continue
        if name not in _ALWAYS and name not in right.options:
            raise BadInput(name, f"{command.verb} 不用这一项")
        _check_text(name, given)
    for name in right.needs:
        if getattr(command, name) in (None, "", ()):
            raise BadInput(name, f"{command.verb} 必须填写")
    for photo in command.photos:
        if _SHA256.fullmatch(photo) is None:
            raise BadInput("photos", "照片须以 SHA-256（64 位十六进制）称呼")
