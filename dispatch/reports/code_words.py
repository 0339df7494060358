"""Codes in the words that paper and window share, one table a kind of code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dispatch.domain.bodies_town import Post
from dispatch.domain.codes import State, SubState

STATES: Final[Mapping[str, str]] = {
    State.REPORTED: "待受理",
    State.VERIFY: "待核实",
    State.FILED: "待派遣",
    State.SENT: "待签收",
    State.WORK: "处置中",
    State.DONE: "待核查",
    State.VISIT: "待回访",
    State.EVAL: "待评价",
    State.CLOSED: "已结案",
    State.HOLD: "挂起",
    State.CITY: "已上报市级",
    State.MERGED: "已并案",
    State.VOID: "作废",
}
SUB_STATES: Final[Mapping[str, str]] = {
    SubState.SENT: "待签收",
    SubState.WORK: "处置中",
    SubState.DONE: "已反馈",
    SubState.RETURNED: "已退回",
    SubState.EXCUSED: "已免办",
}
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
POSTS: Final[Mapping[str, str]] = {
    Post.SECRETARY: "党委书记",
    Post.MAYOR: "镇长",
    Post.DEPUTY_SECRETARY: "党委副书记",
    Post.DEPUTY_MAYOR: "副镇长",
    Post.COMMITTEE: "党委委员",
    Post.HEAD: "部门负责人",
}
