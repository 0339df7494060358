"""The fields of every act's form, in one table."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from dispatch.desk.views_parts import Part
from dispatch.domain.codes import (
    BulletinPart,
    Channel,
    Finding,
    Priority,
    ReturnReason,
    Reward,
    Role,
    Source,
    SubState,
    Supervision,
)
from dispatch.domain.command import Verb
from dispatch.domain.decide_bulletin import WAYS
from dispatch.domain.guide import Guide
from dispatch.domain.may import NEW, ON_BEHALF
from ui import labels
from ui.tongue import tr
from ui.wording import told


class Kind(Enum):
    """What kind of widget a field is."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    ITEM = "item"
    UNIT = "unit"
    UNITS = "units"
    PART = "part"
    WORKER = "worker"
    INCIDENT = "incident"
    TIME = "time"
    WHOLE = "whole"
    POINT = "point"
    PHOTOS = "photos"
    CLOSING = "closing"


Choices = tuple[tuple[object, str], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: the command's option, its widget, its word (by `labels.field` when empty)."""

    name: str
    kind: Kind
    needed: bool = False
    word: str = ""
    hint: str = ""
    choices: Choices = ()

    @property
    def label(self) -> str:
        """The word before the field."""
        return self.word or labels.field(self.name)


_FINDINGS: Final[Choices] = tuple((each, labels.finding(each)) for each in Finding)
_CHANNELS: Final[Choices] = tuple((each, labels.channel(each)) for each in Channel)
_PRIORITIES: Final[Choices] = tuple((each, f"{each} {labels.priority(each)}") for each in Priority)
_SOURCES: Final[Choices] = tuple((each, labels.source(each)) for each in Source)
_WHYS: Final[Choices] = tuple((each, labels.return_reason(each)) for each in ReturnReason)
_GRADES: Final[Choices] = (
    *((number, labels.grade(number)) for number in range(1, 6)),
    (None, tr("无法联系")),
)

_WEIGHTS: Final[Choices] = tuple((each, labels.supervision(each)) for each in Supervision)
_DELAYS: Final[Choices] = tuple(
    (each, labels.reason(each)) for each in ("engineering", "weather", "parts", "third_party")
)
_DAYS: Final[Choices] = ((False, tr("工作日")), (True, tr("自然日")))

_BULLETINS: Final[Choices] = tuple((each, labels.bulletin(each)) for each in BulletinPart)
_WAYS: Final[Choices] = tuple((each, labels.bulletin_way(each)) for each in WAYS)

_REWARDS: Final[Choices] = tuple((each, labels.reward(each)) for each in Reward)
_WHOM: Final[Choices] = ((False, tr("本件上报人")), (True, tr("并案未告知的全部")))

_NEED_REASON: Final = Field("reason", Kind.LINE, needed=True)
_REASON: Final = Field("reason", Kind.LINE)
_TEXT: Final = Field("text", Kind.TEXT, word=tr("说明"))
_PHOTOS: Final = Field("photos", Kind.PHOTOS)
_PRIORITY: Final = Field("priority", Kind.CHOICE, choices=_PRIORITIES)
_FINDING: Final = Field("finding", Kind.CHOICE, needed=True, choices=_FINDINGS)
_CHANNEL: Final = Field("channel", Kind.CHOICE, needed=True, word=tr("方式"), choices=_CHANNELS)
_OPINION: Final = Field("reason", Kind.LINE, word=tr("意见"))
_DISTANCE: Final = Field("distance_m", Kind.WHOLE, word=tr("距事发地"), hint=tr("米"))

_ESCALATION: Final = replace(
    _NEED_REASON,
    kind=Kind.CHOICE,
    choices=tuple(
        (code, labels.reason(code)) for code in ("beyond_power", "cross_town", "level_three")
    ),
)
_PART: Final = Field("unit", Kind.PART, word=tr("协办单位"))
"""Whose part: a unit's own people need not say."""
ORDER: Final = Field("order", Kind.LINE, needed=True, hint=tr("市级交办单的编号"))

ANSWER: Final = (
    Field("at", Kind.TIME, needed=True, word=tr("受理时间")),
    Field("talked", Kind.LINE, needed=True),
    Field("text", Kind.TEXT, needed=True, word=tr("措施")),
    Field("due", Kind.TIME, needed=True, word=tr("承诺时限")),
)
"""The four facts of an answer to a whistle."""
CLOSING: Final = Field("closing_met", Kind.CLOSING, needed=True)
"""Only for an item that has a closing condition."""

SOURCE: Final = Field("source", Kind.CHOICE, choices=_SOURCES)
PRIORITY: Final = _PRIORITY

FIELDS: Final[dict[Verb, tuple[Field, ...]]] = {
    Verb.ASK_VERIFY: (
        Field("worker", Kind.WORKER, needed=True, hint=tr("姓名、拼音、网格")),
        Field("due", Kind.TIME),
        _TEXT,
    ),
    Verb.VERIFY: (replace(_FINDING, word=tr("核实结果")), _TEXT, _PHOTOS),
    Verb.FILE: (
        Field("item", Kind.ITEM, needed=True, hint=tr("汉字、拼音、首字母、编码")),
        _PRIORITY,
        _TEXT,
    ),
    Verb.ASK_REFUSE: (_NEED_REASON, _TEXT),
    Verb.GRANT_REFUSE: (_OPINION,),
    Verb.DENY_REFUSE: (_OPINION,),
    Verb.SIGN: (
        Field("person", Kind.LINE, needed=True),
        Field("phone", Kind.LINE, hint=tr("负责人的电话，可不填")),
        _TEXT,
    ),
    Verb.RETURN: (
        Field("why", Kind.CHOICE, needed=True, choices=_WHYS),
        Field("propose", Kind.UNIT, hint=tr("名称、拼音")),
        _TEXT,
        _PHOTOS,
    ),
    Verb.REASSIGN: (
        Field("unit", Kind.UNIT, needed=True, word=tr("改派"), hint=tr("名称、拼音")),
        _REASON,
    ),
    Verb.RECORD_ONLY: (_REASON, _TEXT),
    Verb.ASK_EXTENSION: (
        Field("days", Kind.WHOLE, needed=True, hint=tr("1 至 90")),
        Field("natural", Kind.CHOICE, choices=_DAYS),
        Field("reason", Kind.CHOICE, needed=True, word=tr("延期原因"), choices=_DELAYS),
        _TEXT,
    ),
    Verb.GRANT_EXTENSION: (_OPINION,),
    Verb.DENY_EXTENSION: (_OPINION,),
    Verb.SUPERVISE: (
        Field("level", Kind.CHOICE, needed=True, word=tr("督办级别"), choices=_WEIGHTS),
        Field("due", Kind.TIME, needed=True, word=tr("答复时限")),
        Field("text", Kind.TEXT, word=tr("督办意见")),
    ),
    Verb.REPLY_SUPERVISION: (
        Field("text", Kind.TEXT, needed=True, word=tr("答复")),
        _PHOTOS,
    ),
    Verb.CANCEL_SUPERVISION: (_REASON,),
    Verb.INSTRUCT: (
        Field("text", Kind.TEXT, needed=True, word=tr("批示")),
        Field("person", Kind.LINE, word=tr("转达人"), hint=tr("由谁转达，可不填")),
    ),
    Verb.INFORM: (
        Field("part", Kind.CHOICE, needed=True, word=tr("报告"), choices=_BULLETINS),
        Field("channel", Kind.CHOICE, needed=True, word=tr("方式"), choices=_WAYS),
        Field("text", Kind.TEXT, needed=True, word=tr("正文")),
    ),
    Verb.TELL: (
        replace(_CHANNEL, word=tr("告知方式")),
        Field("group", Kind.CHOICE, word=tr("告知谁"), choices=_WHOM),
        _TEXT,
    ),
    Verb.REWARD: (
        Field("reward", Kind.CHOICE, needed=True, word=tr("决定"), choices=_REWARDS),
        Field("yuan", Kind.WHOLE, word=tr("金额（元）"), hint=tr("整数，可不填")),
        _TEXT,
    ),
    Verb.ASK_HOLD: (
        Field("reason", Kind.LINE, needed=True, word=tr("挂起条件")),
        Field("review_at", Kind.TIME, needed=True),
        _TEXT,
    ),
    Verb.GRANT_HOLD: (_OPINION,),
    Verb.DENY_HOLD: (_OPINION,),
    Verb.RESUME: (_REASON,),
    Verb.FEEDBACK: (
        Field("text", Kind.TEXT, needed=True, word=tr("措施")),
        Field("result", Kind.LINE),
        CLOSING,
        _PHOTOS,
    ),
    Verb.INSPECT: (_FINDING, _DISTANCE, _TEXT, _PHOTOS),
    Verb.INSPECT_PASS: (
        _DISTANCE,
        Field("no_visit", Kind.LINE, word=tr("免回访"), hint=tr("免回访的理由，可不填")),
        _TEXT,
        _PHOTOS,
    ),
    Verb.INSPECT_FAIL: (_NEED_REASON, _TEXT, _PHOTOS),
    Verb.CALL_TRIED: (_CHANNEL, _TEXT),
    Verb.CALL_BACK: (
        _CHANNEL,
        Field("grade", Kind.CHOICE, needed=True, choices=_GRADES),
        _TEXT,
    ),
    Verb.ACCEPT: (_NEED_REASON,),
    Verb.REDO: (_NEED_REASON, _TEXT),
    Verb.CLOSE: (Field("score", Kind.WHOLE, hint=tr("0 至 100，可不填")), _OPINION),
    Verb.REOPEN: (_NEED_REASON,),
    Verb.MERGE: (
        Field(
            "into", Kind.INCIDENT, needed=True, word=tr("并入"), hint=tr("编号后四位，或情况里的字")
        ),
        _REASON,
    ),
    Verb.ASK_VOID: (_NEED_REASON, _TEXT),
    Verb.GRANT_VOID: (_OPINION,),
    Verb.DENY_VOID: (_OPINION,),
    Verb.JOINT: (
        Field("unit", Kind.UNIT, needed=True, hint=tr("名称、拼音")),
        Field("assists", Kind.UNITS, needed=True, hint=tr("名称、拼音，可多个")),
        Field("due", Kind.TIME, word=tr("协办时限")),
        Field("answer_by", Kind.TIME, hint=tr("填了即为吹哨，须按四要素答复")),
        _REASON,
    ),
    Verb.SUB_SIGN: (
        _PART,
        *ANSWER,
        Field("person", Kind.LINE),
        Field("phone", Kind.LINE, hint=tr("负责人的电话，可不填")),
        _TEXT,
    ),
    Verb.SUB_ARRIVE: (_PART, Field("at", Kind.TIME, word=tr("到达时间")), _TEXT, _PHOTOS),
    Verb.SUB_FEEDBACK: (
        _PART,
        Field("text", Kind.TEXT, needed=True, word=tr("措施")),
        Field("result", Kind.LINE),
        _PHOTOS,
    ),
    Verb.SUB_RETURN: (
        _PART,
        Field("why", Kind.CHOICE, needed=True, choices=_WHYS),
        Field("propose", Kind.UNIT, hint=tr("名称、拼音")),
        _TEXT,
    ),
    Verb.SUB_EXCUSE: (replace(_PART, needed=True), _NEED_REASON),
    Verb.ASK_ESCALATION: (_ESCALATION, _TEXT, _PHOTOS),
    Verb.GRANT_ESCALATION: (_OPINION,),
    Verb.DENY_ESCALATION: (_OPINION,),
    Verb.CITY_RETURN: (ORDER, replace(_TEXT, word=tr("意见"))),
    Verb.CITY_DONE: (ORDER, Field("text", Kind.TEXT, word=tr("办理情况")), _PHOTOS),
    Verb.CORRECT: (
        Field("item", Kind.ITEM),
        _PRIORITY,
        Field("place", Kind.LINE),
        Field("lonlat", Kind.POINT, word=tr("坐标")),
        Field("text", Kind.TEXT),
        Field("reporter", Kind.LINE),
        Field("phone", Kind.LINE),
        _REASON,
    ),
    Verb.ARRIVE: (Field("at", Kind.TIME, word=tr("到达时间")), _TEXT, _PHOTOS),
    Verb.NOTE: (Field("text", Kind.TEXT, word=tr("批注")), _PHOTOS),
    Verb.ANSWER_STAND_DOWN: (
        Field("unit", Kind.CHOICE, needed=True, word=tr("撤派单位")),
        _REASON,
    ),
}
"""The acts with a plain form. Report, dispatch and resolve have one of their own; see IMMEDIATE."""

CHIEF_DUE: Final = Field("due", Kind.TIME, word=tr("改时限"))
"""In a correction, for the chief alone."""

IMMEDIATE: Final = frozenset(
    {
        Verb.CONFIRM,
        Verb.UNFILE,
        Verb.RESTORE,
        Verb.STAND_DOWN,
        Verb.UNSIGN,
        Verb.WITHDRAW,
        Verb.RECHECK,
        Verb.SPLIT,
    }
)
"""Acts that ask nothing: they are done at the key."""

OWN: Final = frozenset({*NEW, Verb.DISPATCH, Verb.RESOLVE})

DESTRUCTIVE: Final = frozenset({Verb.ASK_VOID, Verb.GRANT_VOID, Verb.ASK_REFUSE, Verb.GRANT_REFUSE})

_TOLD_BY: Final = Field("told_by", Kind.CHOICE, word=tr("告知方式"), choices=_CHANNELS)


def fields_of(verb: Verb, roles: tuple[Role, ...]) -> tuple[Field, ...]:
    """Return the fields a person of these roles fills in, in order."""
    found = FIELDS[verb]
    if verb is Verb.CORRECT and Role.CHIEF in roles:
        found = (*found[:-1], CHIEF_DUE, found[-1])
    if verb in ON_BEHALF and records_for_others(verb, roles):
        kind = Kind.WORKER if verb is Verb.VERIFY else Kind.LINE
        needed = verb is Verb.VERIFY or Role.STATION not in roles
        if found[0] is _PART:
            told = Field("on_behalf", Kind.PART, needed=needed)
            return (*(found if not needed else found[1:]), told, _TOLD_BY)
        hint = tr("姓名、拼音、网格") if kind is Kind.WORKER else ""
        return (*found, Field("on_behalf", kind, needed=needed, hint=hint), _TOLD_BY)
    return found


def asked_here(
    fields: tuple[Field, ...], guide: Guide, parts: tuple[Part, ...] = ()
) -> tuple[Field, ...]:
    """Return the fields for an item of this guide: its condition, how many photos afterwards.

    `parts` are the joint order's: signing after a whistle is the answer to it.
    """
    if set(ANSWER) <= set(fields):
        fields = _answered(fields, [each for each in parts if each.state is SubState.SENT])
    found = [each for each in fields if each is not CLOSING or guide.closing]
    if guide.after and CLOSING in fields:
        photos = replace(_PHOTOS, word=told(tr("照片须{count}张"), count=guide.after))
        found = [photos if each is _PHOTOS else each for each in found]
    return tuple(found)


def _answered(fields: tuple[Field, ...], waiting: list[Part]) -> tuple[Field, ...]:
    """With the four facts where a whistle waits; needed unless a plain part waits as well."""
    if not any(each.answered_by_sign for each in waiting):
        return tuple(each for each in fields if each not in ANSWER)
    every = all(each.answered_by_sign for each in waiting)
    return tuple(
        replace(each, needed=every) if each in ANSWER else each
        for each in fields
        if each is not _TEXT
    )


def records_for_others(verb: Verb, roles: tuple[Role, ...]) -> bool:
    """Whether these roles write down what a unit or a worker told them."""
    own = {Role.WORKER} if verb is Verb.VERIFY else {Role.UNIT, Role.PATROL, Role.WORKER}
    for role in roles:
        if role in own:
            return False
        if role in {Role.DISPATCHER, Role.STATION}:
            return True
    return False
