"""What an operator does next: one of the acts that make sense where an incident stands."""

from __future__ import annotations

from typing import Any, Final

from dispatch.domain.codes import Channel, Finding, ReturnReason, Role, Source, State
from dispatch.domain.command import Command, Verb
from dispatch.domain.incident import Incident
from dispatch.domain.rules import Actor
from dispatch.drill.faults.places import ITEMS, UNITS, Place

_LON, _LAT = 113.9876, 23.0123
_S: Final = State
_Said = dict[str, Any]  # Any: an option of a command has the type of its field

_NOTE: Final[tuple[Verb, _Said]] = (Verb.NOTE, {"text": "知悉"})
_MERGE: Final[tuple[Verb, _Said]] = (Verb.MERGE, {})
_ASK_VOID: Final[tuple[Verb, _Said]] = (Verb.ASK_VOID, {"reason": "slip"})
_GRANT_VOID: Final[tuple[Verb, _Said]] = (Verb.GRANT_VOID, {})
_MOVE: Final[tuple[Verb, _Said]] = (Verb.CORRECT, {"grid": ""})
"""The place was wrong: it lies in the town's other village."""
_SEND: Final = tuple((Verb.DISPATCH, {"unit": unit}) for unit in UNITS)

MOVES: Final[dict[State, tuple[tuple[Verb, _Said], ...]]] = {
    _S.REPORTED: (
        (Verb.FILE, {}),
        (Verb.FILE, {}),
        (Verb.ASK_VERIFY, {"worker": "W001"}),
        (Verb.CORRECT, {"phone": "138****0000"}),
        _MOVE,
        _NOTE,
        _MERGE,
        _ASK_VOID,
    ),
    _S.VERIFY: ((Verb.VERIFY, {"finding": Finding.TRUE}), _NOTE),
    _S.FILED: (
        *_SEND,
        *_SEND,
        _MOVE,
        (Verb.UNFILE, {}),
        (Verb.CORRECT, {"item": ITEMS[2]}),
        _MERGE,
    ),
    _S.SENT: (
        (Verb.SIGN, {"person": "某队长"}),
        (Verb.SIGN, {"person": "某队长"}),
        (Verb.REASSIGN, {"unit": UNITS[1]}),
        (Verb.RETURN, {"why": ReturnReason.NOT_OURS}),
        (Verb.STAND_DOWN, {}),
        _ASK_VOID,
    ),
    _S.WORK: (
        (Verb.FEEDBACK, {"text": "已办"}),
        (Verb.ASK_EXTENSION, {"reason": "weather", "days": 2}),
        (Verb.JOINT, {"unit": UNITS[0], "assists": (UNITS[1],)}),
        (Verb.UNSIGN, {}),
        _NOTE,
        _GRANT_VOID,
        _MERGE,
    ),
    _S.DONE: (
        (Verb.INSPECT_PASS, {}),
        (Verb.INSPECT_FAIL, {"reason": "unfinished"}),
        (Verb.WITHDRAW, {}),
    ),
    _S.VISIT: ((Verb.CALL_BACK, {"channel": Channel.PHONE, "grade": 1}), _NOTE),
    _S.EVAL: ((Verb.CLOSE, {"score": 90}), _NOTE),
    _S.CLOSED: ((Verb.REOPEN, {"reason": "back"}), _NOTE),
    _S.VOID: ((Verb.RESTORE, {}), _NOTE),
    _S.MERGED: ((Verb.SPLIT, {}), _NOTE),
    _S.HOLD: (_NOTE,),
    _S.CITY: (_NOTE,),
}


def somebody(place: Place) -> Actor:
    """Return a person who may do all that is done at such a site."""
    if place.whole:
        return Actor("wang", tuple(Role), place.scope, "")
    if place.scope.isdigit():
        return Actor("station", (Role.STATION, Role.WORKER), place.scope, "")
    return Actor("unit", (Role.UNIT,), place.scope, "")


def report(id_: str, place: Place, pick: int) -> Command:
    """Return a report of something in one of the town's two villages, or of what is done already.

    The latter makes two events at once, which are numbered together or not at all.
    """
    village = f"{place.town}20{1 + pick % 2}"
    if place.scope.startswith(f"{place.town}20"):
        village = place.scope
    done = pick % 3 == 0 and (place.whole or place.scope.isdigit())
    return Command(
        verb=Verb.SELF_HANDLED if done else Verb.REPORT,
        incident=id_,
        item=ITEMS[pick % len(ITEMS)],
        source=Source.HOTLINE,
        lon=_LON,
        lat=_LAT,
        grid=f"{village}001",
        text="档口阁楼有人住宿（演示数据）",
        place="工业路",
        reporter="演示甲",
        phone="138****0000",
    )


def next_act(incident: Incident, pick: int, others: tuple[str, ...]) -> Command:
    """Return one of the acts that an incident can take; `others` may be merged into."""
    if incident.contested and pick % 3 == 0:
        return Command(verb=Verb.RESOLVE, incident=incident.id, reason="以先派为准")
    moves = MOVES[incident.state] if incident.state else (_NOTE,)
    verb, said = moves[pick % len(moves)]
    if verb is Verb.MERGE:
        if not others:
            verb, said = _NOTE
        else:
            said = {"into": others[pick % len(others)]}
    elif (verb, said) == _MOVE:
        other = 2 if (incident.village or "").endswith("1") else 1
        said = {"grid": f"{incident.town}20{other}001"}
    return Command(verb=verb, incident=incident.id, **said)
