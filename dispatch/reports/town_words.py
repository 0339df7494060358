"""Words for warning signals and responses on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dispatch.domain.bodies_town import ResponseSet, SignalSet

SIGNALS: Final[Mapping[str, str]] = {
    "typhoon": "台风",
    "rainstorm": "暴雨",
    "thunder_gale": "雷雨大风",
    "cold": "寒冷",
    "heat": "高温",
    "fog": "大雾",
    "haze": "灰霾",
    "hail": "冰雹",
    "icing": "道路结冰",
    "forest_fire": "森林火险",
}
RESPONSES: Final[Mapping[str, str]] = {
    "wind": "防风",
    "flood": "防汛",
    "cold": "防冻",
    "drought": "防旱",
    "geology": "地质灾害",
}
COLOURS: Final[Mapping[str, str]] = {
    "white": "白色",
    "blue": "蓝色",
    "yellow": "黄色",
    "orange": "橙色",
    "red": "红色",
}
LEVELS: Final[Mapping[str, str]] = {"I": "Ⅰ级", "II": "Ⅱ级", "III": "Ⅲ级", "IV": "Ⅳ级"}


def kind(body: SignalSet | ResponseSet) -> str:
    """Return what a signal or a response is of."""
    if isinstance(body, SignalSet):
        return SIGNALS.get(body.kind, body.kind)
    return RESPONSES.get(body.kind, body.kind)


def content(body: SignalSet | ResponseSet) -> str:
    """Return what was set."""
    if isinstance(body, SignalSet):
        return "解除" if body.colour is None else f"{COLOURS[body.colour]}预警"
    return "结束响应" if body.level is None else f"{LEVELS[body.level]}响应"
