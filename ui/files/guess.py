"""Which column of a stranger's file is likely which: by the names that such files use."""

from typing import Final

_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "text": ("内容", "说明", "描述", "问题描述", "标题", "事件描述", "text", "title", "desc"),
    "lon": ("经度", "经", "lon", "lng", "longitude", "@lon", "x"),
    "lat": ("纬度", "纬", "lat", "latitude", "@lat", "y"),
    "time": ("时间", "受理时间", "发生时间", "上报时间", "timestamp", "time"),
    "key": ("编号", "工单号", "工单编号", "案件编号", "号", "id", "@id"),
    "item": ("事项", "事项编码", "类别", "item"),
    "place": ("地点", "地址", "位置", "addr", "address"),
    "phone": ("电话", "联系电话", "手机", "phone"),
    "grid": ("网格", "网格编码", "grid"),
}


def guessed(header: tuple[str, ...]) -> dict[str, str]:
    """Return a column for each field that one is likely for; each column is given once."""
    there = {name.strip().lower(): name for name in reversed(header)}
    found: dict[str, str] = {}
    for field, names in _NAMES.items():
        for name in names:
            column = there.get(name)
            if column is not None and column not in found.values():
                found[field] = column
                break
    return found
