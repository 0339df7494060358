"""The small forms of the town's view: their fields, and the orders that their values make."""

from typing import Any, Final

from dispatch.domain.calendar import HOUR
from dispatch.domain.decide_campaign import IssueCampaign
from dispatch.domain.decide_town import FREEZE, SetResponse, SetSignal
from dispatch.domain.notice import IssueNotice
from dispatch.domain.warning import RESPONSES, SIGNALS, Colour, ResponseLevel
from ui import town_words
from ui.acts.fields import Field, Kind
from ui.tongue import tr

OFF: Final = "off"
Values = dict[str, Any]  # Any: each field's own type

SIGNAL: Final = (
    Field(
        "kind", Kind.CHOICE, needed=True, word=tr("种类"),
        choices=tuple((each, town_words.SIGNALS.get(each, each)) for each in SIGNALS),
    ),
    Field(
        "colour", Kind.CHOICE, needed=True,
        choices=(*((each, town_words.colour(each)) for each in Colour), (OFF, tr("解除"))),
    ),
    Field("order_no", Kind.LINE, hint=tr("可空")),
)  # fmt: skip
RESPONSE: Final = (
    Field(
        "kind", Kind.CHOICE, needed=True, word=tr("种类"),
        choices=tuple((each, town_words.RESPONSES.get(each, each)) for each in RESPONSES),
    ),
    Field(
        "level", Kind.CHOICE, needed=True,
        choices=(
            *((each, town_words.level(each)) for each in reversed(ResponseLevel)),
            (OFF, tr("解除")),
        ),
    ),
    Field("order_no", Kind.LINE, hint=tr("启动、调整时必填")),
    Field(
        "freeze_from", Kind.CHOICE, needed=True, word=tr("P3 冻结"),
        choices=(
            (ResponseLevel.II, tr("Ⅱ级起")), (ResponseLevel.I, tr("Ⅰ级起")), (OFF, tr("不冻结")),
        ),
    ),
    Field("text", Kind.LINE, word=tr("要求"), hint=tr("可空")),
)  # fmt: skip
_HOURS: Final = (1, 2, 4, 8, 24)
CAMPAIGN: Final = (
    Field("title", Kind.LINE, needed=True, word=tr("检查什么")),
    Field(
        "due", Kind.CHOICE, needed=True,
        choices=tuple((hours, tr("{hours} 小时内").format(hours=hours)) for hours in _HOURS),
    ),
    Field("text", Kind.LINE, word=tr("要求"), hint=tr("可空")),
)  # fmt: skip
NOTICE: Final = (
    Field(
        "to", Kind.CHOICE, needed=True, word=tr("发给"),
        choices=(
            ("all", tr("全部")), ("stations", tr("工作站")),
            ("units", tr("处置单位")), ("seats", tr("镇街席位")),
        ),
    ),
    Field("title", Kind.LINE, needed=True, word=tr("标题")),
    Field("text", Kind.LINE, word=tr("内容"), hint=tr("可空")),
)  # fmt: skip


def signal(values: Values, seen: str | None) -> SetSignal:
    """Return the order that the signal's form makes."""
    colour = values["colour"]
    return SetSignal(
        kind=values["kind"],
        colour=None if colour == OFF else colour,
        order_no=values.get("order_no", ""),
        seen=seen,
    )


def response(values: Values, seen: str | None) -> SetResponse:
    """Return the order that the response's form makes; what is frozen is P3, by rule."""
    level, frozen = values["level"], values["freeze_from"]
    return SetResponse(
        kind=values["kind"],
        level=None if level == OFF else level,
        order_no=values.get("order_no", ""),
        freeze=FREEZE,
        freeze_from=None if frozen == OFF else frozen,
        text=values.get("text", ""),
        seen=seen,
    )


def campaign(values: Values, now: int) -> IssueCampaign:
    """Return the round of checks for every grid of the town."""
    return IssueCampaign(
        title=values["title"],
        text=values.get("text", ""),
        due=now + values["due"] * HOUR,
        places=(),
    )


def notice(values: Values) -> IssueNotice:
    """Return the notice; the desk gives it a name."""
    return IssueNotice(
        id="", to=(values["to"],), title=values["title"], text=values.get("text", "")
    )
