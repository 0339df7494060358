"""What a fact of the timeline came to, in words: 属实, 满意, 14:05, 转待回访."""

from collections.abc import Callable, Mapping
from typing import Final

from dispatch.desk.views import TimelineEntry
from ui import labels, times

_WORDS: Final[Mapping[str, Callable[[str], str]]] = {
    "source": labels.source,
    "finding": labels.finding,
    "why": labels.return_reason,
    "channel": labels.channel,
    "grade": lambda value: labels.grade(int(value)) if value.isdigit() else "无法联系",
    "on_time": lambda value: "按时" if value == "yes" else "超时",
    "score": lambda value: f"评分 {value}",
    "city_order": lambda value: f"市级单号 {value}",
    "archive_no": lambda value: f"归档号 {value}",
    "distance_m": lambda value: f"距事发地 {value} 米",
    "apart_m": lambda value: f"相距 {value} 米",
    "to": lambda value: f"转{labels.state(value)}",
    "propose": lambda value: f"建议{value}",
    "assists": lambda value: f"协助 {value}",
    "level": labels.supervision,
    "points": lambda value: f"扣 {value} 分",
    "working_days": lambda value: f"{value} 个工作日",
    "natural_days": lambda value: f"{value} 天",
}
_TIMES: Final = {
    "arrived_at": "",
    "sub_arrived_at": "",
    "review_at": " 复查",
    "until": " 为限",
    "was_due": " 为原时限",
    "answer_by": " 前答复",
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
        return f"{field} {value}" if value else f"{field}有改动"
    word = _WORDS.get(name)
    return word(value) if word else value
