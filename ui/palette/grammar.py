"""The acts that a line can name, from the tables of verbs, words and fields: none is listed here.

An act that is new in those tables is typed like every other one.
"""

from collections.abc import Mapping
from typing import Final

from dispatch.advice.line import Act, Grammar, Holds, Slot
from dispatch.domain.codes import Role
from dispatch.domain.command import Verb
from dispatch.domain.may import RIGHTS
from ui import labels
from ui.acts.fields import FIELDS, Field, Kind, fields_of

SHORT: Final[Mapping[str, Verb]] = {
    "报": Verb.REPORT,
    "核": Verb.ASK_VERIFY,
    "立": Verb.FILE,
    "派": Verb.DISPATCH,
    "签": Verb.SIGN,
    "退": Verb.RETURN,
    "回退": Verb.RETURN,
    "转": Verb.REASSIGN,
    "反馈": Verb.FEEDBACK,
    "查": Verb.INSPECT_PASS,
    "访": Verb.CALL_BACK,
    "结": Verb.CLOSE,
    "并": Verb.MERGE,
    "挂": Verb.ASK_HOLD,
    "延": Verb.ASK_EXTENSION,
    "督": Verb.SUPERVISE,
    "批": Verb.INSTRUCT,
    "信息": Verb.INFORM,
    "告": Verb.TELL,
    "奖": Verb.REWARD,
    "备": Verb.RECORD_ONLY,
    "更正": Verb.CORRECT,
    "到": Verb.ARRIVE,
    "记": Verb.NOTE,
}
"""What people type for an act; its own word, the beginning and the sound of that always do."""

_BY_KIND: Final = {
    Kind.TEXT: Holds.WORDS,
    Kind.LINE: Holds.WORDS,
    Kind.CHOICE: Holds.CHOICE,
    Kind.ITEM: Holds.ITEM,
    Kind.UNIT: Holds.UNIT,
    Kind.WORKER: Holds.WORKER,
    Kind.INCIDENT: Holds.INCIDENT,
    Kind.TIME: Holds.TIME,
    Kind.WHOLE: Holds.WHOLE,
}
_BY_OPTION: Final = {
    "unit": Holds.UNIT,
    "assists": Holds.UNITS,
    "due": Holds.TIME,
    "item": Holds.ITEM,
    "lon": Holds.PLACE,
    "text": Holds.WORDS,
}
"""What the options of an act with a form of its own hold, in the order in which they are typed."""
_ONE_WORD: Final = frozenset({"person", "phone", "reporter"})
_PROPOSED: Final = frozenset({"on_behalf", "told_by"})
"""For whom something is recorded is proposed as in the form, and changed there."""


def grammar(roles: tuple[Role, ...]) -> Grammar:
    """Return every act as people of these roles fill it in."""
    return Grammar(Act(verb, _words(verb), slots(verb, roles)) for verb in Verb)


def short(verb: Verb) -> str:
    """Return the shortest word for an act, for an example."""
    return next((word for word, each in SHORT.items() if each is verb), labels.verb(verb))


def slots(verb: Verb, roles: tuple[Role, ...]) -> tuple[Slot, ...]:
    """Return what a line may give an act, from its form's fields or else from its options."""
    if verb in FIELDS:
        return tuple(_of_field(each) for each in fields_of(verb, roles))
    right = RIGHTS[verb]
    options = {*right.options, "text"} if right.options else right.options
    return tuple(
        Slot(name, holds, labels.field("lonlat" if name == "lon" else name), name in right.needs)
        for name, holds in _BY_OPTION.items()
        if name in options
    )


def _words(verb: Verb) -> tuple[str, ...]:
    return labels.verb(verb), *(word for word, each in SHORT.items() if each is verb)


def _of_field(field: Field) -> Slot:
    holds = _BY_KIND.get(field.kind, Holds.NOTHING)
    if field.name in _PROPOSED:
        holds = Holds.NOTHING
    elif field.name in _ONE_WORD:
        holds = Holds.WORD
    return Slot(field.name, holds, field.label, field.needed, field.choices)
