"""What a fact of the timeline came to, in words: 属实, 满意, 14:05, 转待回访."""

from collections.abc import Callable, Mapping
from typing import Final

from dispatch.desk.views import TimelineEntry
from ui import labels, times
from ui.tongue import tr

_WORDS: Final[Mapping[str, Callable[[str], str]]] = {
    "source": labels.source,
    "finding": labels.finding,
    "why": labels.return_reason,
    "channel": labels.channel,
    "grade": lambda value: labels.grade(int(value)) if value.isdigit() else tr("无法联系"),
    "on_time": lambda value: tr("按时") if value == "yes" else tr("超时"),
    "score": lambda value: tr("评分 {value}").format(value=value),
    "city_order": lambda value: tr("市级单号 {value}").format(value=value),
    "archive_no": lambda value: tr("归档号 {value}").format(value=value),
    "distance_m": lambda value: tr("距事发地 {value} 米").format(value=value),
    "apart_m": lambda value: tr("相距 {value} 米").format(value=value),
    "to": lambda value: tr("转{state}").format(state=labels.state(value)),
    "propose": lambda value: tr("建议{value}").format(value=value),
    "assists": lambda value: tr("协助 {value}").format(value=value),
    "whistle": lambda _: tr("吹哨，须按四要素答复"),
    "level": labels.supervision,
    "reward": labels.reward,
    "yuan": lambda value: tr("{value} 元").format(value=value),
    "unconfirmed": lambda value: tr("未确认办结条件：{value}").format(value=value),
    "photos_short": lambda value: tr("缺处置后照片 {value} 张").format(value=value),
    "points": lambda value: tr("扣 {value} 分").format(value=value),
    "working_days": lambda value: tr("{value} 个工作日").format(value=value),
    "natural_days": lambda value: tr("{value} 天").format(value=value),
}
_TIMES: Final = {
    "arrived_at": "",
    "sub_arrived_at": "",
    "review_at": tr(" 复查"),
    "until": tr(" 为限"),
    "was_due": tr(" 为原时限"),
    "answer_by": tr(" 前答复"),
    "accepted_at": tr(" 受理"),
    "promised": tr(" 前办完"),
}
_CHANGED: Final = "changed:"


def outcome(entry: TimelineEntry) -> str:
    """Return the points of a fact in words, "" when it has none."""
    return " · ".join(_point(name, value, entry.at) for name, value in entry.points)


def _point(name: str, value: str, at: int) -> str:
    if name in _TIMES:
        return f"{times.minute(int(value), at)}{_TIMES[name]}"
    if name.startswith(_CHANGED):
        field = labels.field(name.removeprefix(_CHANGED))
        return f"{field} {value}" if value else tr("{field}有改动").format(field=field)
    word = _WORDS.get(name)
    return word(value) if word else value
