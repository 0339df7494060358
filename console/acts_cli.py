"""`zhiwang incident VERB`: the options of every act and how they become a command."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from console import values
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
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput

Reader = Callable[[str, str, int], Any]  # Any: the command's field has its own type


@dataclass(frozen=True, slots=True)
class Option:
    """An option: its flag, the command's field, how its text is read, whether it repeats.

    `bare`: it stands without a value.
    """

    flag: str
    field: str
    read: Reader
    many: bool = False
    needed: bool = False
    bare: bool = False

    @property
    def dest(self) -> str:
        """Where the parser puts it: by the flag, for two flags may fill one field."""
        return self.flag[2:].replace("-", "_")


def _text(text: str, flag: str, _now: int) -> str:
    return values.words(text, flag)


def _code(kind: Any) -> Reader:  # Any: a StrEnum class
    return lambda text, flag, _now: values.code(text, kind, flag)


def _whole(text: str, flag: str, _now: int) -> int:
    return values.whole(text, flag)


def _due(text: str, flag: str, now: int) -> int:
    return values.until(text, flag, now)


def _day(text: str, flag: str, _now: int) -> int:
    return values.day(text, flag)


def _time(text: str, flag: str, _now: int) -> int:
    return values.time(text, flag)


def _flag(given: str, _flag: str, _now: int) -> bool:
    return bool(given)


ALWAYS: Final = (
    Option("--text", "text", _text),
    Option("--photo", "photos", _text, many=True),
    Option("--on-behalf", "on_behalf", _text),
    Option("--told-by", "told_by", _code(Channel)),
    Option("--seen", "seen", _text),
)
_REASON: Final = Option("--reason", "reason", _text)
_ITEM: Final = Option("--item", "item", _text)
_PRIORITY: Final = Option("--priority", "priority", _code(Priority))
_UNIT: Final = Option("--unit", "unit", _text, needed=True)
_FINDING: Final = Option("--result", "finding", _code(Finding), needed=True)


def _share(text: str, flag: str, now: int) -> tuple[str, int]:
    """A unit and its end of limit, written UNIT=4h or UNIT=TIME."""
    unit, equals, due = values.words(text, flag).partition("=")
    if not equals:
        raise BadInput(flag, "须写成 UNIT=4h 或 UNIT=TIME")
    return unit, values.until(due, flag, now)


_SUB: Final = Option("--unit", "unit", _text)
_ORDER: Final = Option("--order", "order", _text, needed=True)
_CHANNEL: Final = Option("--channel", "channel", _code(Channel), needed=True)

_REPORT: Final = (
    _ITEM,
    _PRIORITY,
    Option("--source", "source", _code(Source)),
    Option("--place", "place", _text),
    Option("--reporter", "reporter", _text),
    Option("--phone", "phone", _text),
    Option("--grid", "grid", _text),
    Option("--village", "village", _text),
    Option("--found-at", "found_at", _time),
)

OPTIONS: Final[dict[Verb, tuple[Option, ...]]] = {
    Verb.REPORT: _REPORT,
    Verb.SELF_HANDLED: (*_REPORT, Option("--result", "result", _text)),
    Verb.CITY_ASSIGN: (_ORDER, *_REPORT),
    Verb.ASK_VERIFY: (
        Option("--worker", "worker", _text, needed=True),
        Option("--limit", "due", _due),
    ),
    Verb.VERIFY: (_FINDING,),
    Verb.FILE: (_ITEM, _PRIORITY),
    Verb.DISPATCH: (
        _UNIT,
        Option("--assist", "assists", _text, many=True),
        Option("--due", "due", _due),
    ),
    Verb.SIGN: (Option("--person", "person", _text), Option("--phone", "phone", _text)),
    Verb.RETURN: (
        Option("--reason", "why", _code(ReturnReason), needed=True),
        Option("--propose", "propose", _text),
    ),
    Verb.REASSIGN: (_UNIT,),
    Verb.ASK_EXTENSION: (
        Option("--days", "days", _whole, needed=True),
        Option("--natural", "natural", _flag, bare=True),
    ),
    Verb.SUPERVISE: (
        Option("--level", "level", _code(Supervision), needed=True),
        Option("--due", "due", _due, needed=True),
    ),
    Verb.INSTRUCT: (Option("--person", "person", _text),),
    Verb.INFORM: (
        Option("--part", "part", _code(BulletinPart), needed=True),
        Option("--channel", "channel", _code(Channel)),
    ),
    Verb.TELL: (_CHANNEL, Option("--group", "group", _flag, bare=True)),
    Verb.REWARD: (
        Option("--reward", "reward", _code(Reward), needed=True),
        Option("--yuan", "yuan", _whole),
    ),
    Verb.ASK_HOLD: (Option("--review", "review_at", _day, needed=True),),
    Verb.FEEDBACK: (
        Option("--measure", "text", _text),
        Option("--result", "result", _text),
        Option("--closing", "closing_met", lambda text, flag, _: values.met(text, flag)),
    ),
    Verb.INSPECT: (_FINDING, Option("--distance", "distance_m", _whole)),
    Verb.INSPECT_PASS: (
        Option("--no-visit", "no_visit", _text),
        Option("--distance", "distance_m", _whole),
    ),
    Verb.CALL_TRIED: (_CHANNEL,),
    Verb.CALL_BACK: (
        _CHANNEL,
        Option("--grade", "grade", lambda text, flag, _: values.grade(text, flag), needed=True),
    ),
    Verb.CLOSE: (Option("--score", "score", _whole),),
    Verb.MERGE: (Option("--into", "into", _text, needed=True),),
    Verb.JOINT: (
        Option("--lead", "unit", _text, needed=True),
        Option("--assist", "assists", _text, many=True, needed=True),
        Option("--due", "due", _due),
        Option("--limit", "dues", _share, many=True),
        Option("--answer-by", "answer_by", _due),
    ),
    Verb.SUB_SIGN: (
        _SUB,
        Option("--at", "at", _time),
        Option("--talked", "talked", _text),
        Option("--measure", "text", _text),
        Option("--due", "due", _due),
        Option("--person", "person", _text),
        Option("--phone", "phone", _text),
    ),
    Verb.SUB_ARRIVE: (_SUB, Option("--at", "at", _time)),
    Verb.SUB_FEEDBACK: (
        _SUB,
        Option("--measure", "text", _text),
        Option("--result", "result", _text),
    ),
    Verb.SUB_RETURN: (
        _SUB,
        Option("--reason", "why", _code(ReturnReason), needed=True),
        Option("--propose", "propose", _text),
    ),
    Verb.SUB_EXCUSE: (_UNIT,),
    Verb.CITY_RETURN: (_ORDER,),
    Verb.CITY_DONE: (_ORDER,),
    Verb.CORRECT: (Option("--set", "set", _text, many=True, needed=True),),
    Verb.ARRIVE: (Option("--at", "at", _time),),
    Verb.RESOLVE: (Option("--keep", "keep", _text, many=True),),
    Verb.ANSWER_STAND_DOWN: (_UNIT,),
}


def add_verb(parser: argparse.ArgumentParser, verb: Verb) -> None:
    """Give a verb's parser its options."""
    for option in options_of(verb):
        if option.bare:
            parser.add_argument(option.flag, dest=option.dest, action="store_true", default=None)
            continue
        parser.add_argument(
            option.flag,
            dest=option.dest,
            action="append" if option.many else "store",
            required=option.needed,
            metavar=option.flag[2:].upper(),
        )


def options_of(verb: Verb) -> tuple[Option, ...]:
    """Return all options of a verb; a verb's own take the place of the common ones."""
    own = OPTIONS.get(verb, ())
    taken = {option.flag for option in own}
    reason = () if "--reason" in taken else (_REASON,)
    return (*own, *reason, *(each for each in ALWAYS if each.flag not in taken))


def command_of(verb: Verb, incident: str, given: argparse.Namespace, now: int) -> Command:
    """Return the command that the parsed options make; `now` in UTC milliseconds."""
    fields: dict[str, Any] = {}  # Any: each field has its own type
    for option in options_of(verb):
        raw = getattr(given, option.dest, None)
        if raw is None or option.field in {"set", "photos"}:
            continue
        flag = option.flag
        if option.field in fields:
            raise BadInput(flag, f"与 {flag_of(verb, option.field)} 只能写一个")
        if option.many:
            fields[option.field] = tuple(option.read(each, flag, now) for each in raw)
        else:
            fields[option.field] = option.read(raw, flag, now)
    if verb is Verb.CORRECT:
        fields |= _changes(given.set, now)
    return Command(verb=verb, incident=incident, **fields)


def flag_of(verb: Verb, where: str) -> str:
    """Return the option that gives a field of the command; what is no field stays as it is."""
    if verb is Verb.CORRECT and where in {*_SETTABLE, "lonlat"}:
        return f"--set {where}"
    if where in {"lon", "lat", "lonlat"}:
        return "--at"
    for option in options_of(verb):
        if where in {option.field, option.dest}:
            return option.flag
    return where


@contextmanager
def by_flags(verb: Verb) -> Iterator[None]:
    """Let a complaint about a field of the command name the option that gave it."""
    try:
        yield
    except BadInput as bad:
        raise BadInput(flag_of(verb, bad.where), bad.what) from None


_SETTABLE: Final[dict[str, Reader]] = {
    "place": _text,
    "item": _text,
    "phone": _text,
    "text": _text,
    "grid": _text,
    "reporter": _text,
    "priority": _code(Priority),
    "village": _text,
    "due": _due,
}


def _changes(pairs: list[str], now: int) -> dict[str, Any]:  # Any: each field has its own type
    """Read FIELD=VALUE pairs of a correction."""
    fields: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        where = f"--set {name[:40]}"
        if not equals or name in fields:
            raise BadInput(where, "须写成 FIELD=VALUE，每个字段一次")
        if name == "lonlat":
            fields["lon"], fields["lat"] = values.point(value, where)
        elif name in _SETTABLE:
            fields[name] = _SETTABLE[name](value, where, now)
        else:
            raise BadInput(where, f"可更正的字段是 {'、'.join(['lonlat', *_SETTABLE])}")
    return fields
