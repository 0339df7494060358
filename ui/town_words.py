"""Words for the town's modes, its rounds of checks and notices; codes come from `dispatch`."""

from collections.abc import Mapping
from typing import Final

from dispatch.domain.bodies_force import RadioAnswer
from dispatch.reports import code_words
from ui.tongue import tr, tr_table

SIGNALS: Final[Mapping[str, str]] = tr_table("town_signals", code_words.SIGNALS)
RESPONSES: Final[Mapping[str, str]] = tr_table("town_responses", code_words.RESPONSES)
COLOURS: Final[Mapping[str, str]] = tr_table("town_colours", code_words.COLOURS)
LEVELS: Final[Mapping[str, str]] = tr_table("town_levels", code_words.LEVELS)
POSTS: Final[Mapping[str, str]] = tr_table("town_posts", code_words.POSTS)
RADIO: Final[Mapping[str, str]] = tr_table(
    "town_radio",
    {
        RadioAnswer.ANSWERED: "已应答",
        RadioAnswer.RELAYED: "他人转达",
        RadioAnswer.NONE: "未应答",
    },
)
VERBS: Final[Mapping[str, str]] = tr_table(
    "town_verbs",
    {
        "set_mode": "发布预警和响应",
        "issue_campaign": "下发检查",
        "end_campaign": "结束检查",
        "answer_task": "回报检查",
        "report_found": "记录发现",
        "check_radio": "点名",
        "check_object": "记录对象检查",
        "issue_notice": "发通知",
        "read_notice": "阅读通知",
    },
)


def signal(kind: str, colour_: str | None) -> str:
    """Return 台风红色, the kind alone without a colour."""
    name = SIGNALS.get(kind, kind)
    return tr("{kind}{colour}").format(kind=name, colour=colour(colour_)) if colour_ else name


def colour(code: str) -> str:
    """Return 红色."""
    return COLOURS.get(code, code)


def response(kind: str, level_: str | None) -> str:
    """Return 防风 Ⅰ级, the kind alone without a level."""
    name = RESPONSES.get(kind, kind)
    return f"{name} {level(level_)}" if level_ else name


def level(code: str | None) -> str:
    """Return Ⅰ级; without a level 解除."""
    return LEVELS.get(code, code) if code else tr("解除")


def mode(kind: str) -> str:
    """Return the name of a kind of signal or response."""
    return SIGNALS.get(kind) or RESPONSES.get(kind, kind)
