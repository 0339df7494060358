"""What each printed number means, word for word as figures.json and the last page tell it."""

from __future__ import annotations

from typing import Final

VERSION: Final = 1
"""Raised whenever a definition changes; figures of different versions are not compared."""

_TEXTS: Final = {
    "flow.opening": "接班时刻之前的记录所成的状态为在办（非结案、作废、并案）的事件数。",
    "flow.closing": "数据截止时刻之前的记录所成的状态为在办的事件数。",
    "flow.new": "本班内首次出现记录的事件数，按记录的校正时间（记录时间加时钟差）计。",
    "flow.reopened": "本班内由结案回到在办的次数。",
    "flow.restored": "本班内由作废回到在办的次数。",
    "flow.split": "本班内由并案回到在办的次数。",
    "flow.moved_in": "本班内由他村转入而在办的次数；镇街报告恒为 0。",
    "flow.closed": "本班内由在办转为结案的次数；子案随主案结案不动存量，另计。",
    "flow.voided": "本班内由在办转为作废（含不予受理）的次数。",
    "flow.merged": "本班内由在办转为并案的次数。",
    "flow.moved_out": "本班内由在办转往他村的次数；镇街报告恒为 0。",
    "flow.closed_with_master": "本班内由并案直接转为结案的子案数，不动存量。",
    "source.new": "本班新上报中来源为该类的事件数。",
    "source.share": "该来源的新上报数 / 新上报总数。",
    "source.closed": "本班结案次数中来源为该类的次数。",
    "source.on_time": "该来源的按期处置数 / 应处置数，定义同按期处置率。",
    "hour.new": "该时段内新上报的事件数。",
    "hour.closed": "该时段内结案的次数。",
    "hour.stock": "该时段末（截止时刻所在时段为截止时刻）的在办事件数。",
    "light.opening": "接班时刻在办事件按当时灯色计数；挂起另列，无运行时限者列无时限。",
    "light.closing": "数据截止时刻在办事件按当时灯色计数；挂起另列，无运行时限者列无时限。",
    "facts.late": "本班发生、晚于 10 分钟才到市平台的记录数；已按发生时间计入。",
    "facts.pending": "本班发生、尚未到市平台的记录数；已按发生时间计入。",
    "facts.all": "本班发生的事件记录数。",
    "force.seat": "登录本班该席位的人数。",
    "basis.town": "成表时已知的镇街最大序号。",
    "basis.own": "本站自己写下的记录数。",
    "basis.behind": "本站写下而尚未到市平台的记录数；大于 0 时报告为暂定。",
    "list.important": "本班内在办过的 P1 与市级下派事件，以及截止时有争议的事件数。",
    "list.open": "截止时在办而未挂起的事件数。",
    "list.hold": "截止时挂起的事件数。",
    "list.requests": "在办事件上尚未答复的申请数。",
    "list.contested": "截止时记录相互矛盾、尚未裁定的事件数。",
    "list.told_off": "已通知撤出而单位尚未确认的单位数。",
    "list.suspects": "本班发生或收到的记录中，时钟明显不对的事件数。",
    "row.left": "运行中环节的时限减数据截止时刻。",
    "row.review": "挂起的复查日期。",
    "row.waiting": "申请至数据截止时刻的时长。",
    "row.pairs": "相互矛盾的记录对数。",
    "row.suspects": "时钟明显不对的记录数。",
    "row.reported": "上报的校正时间。",
    "row.filed": "最后一次有效立案的校正时间。",
    "row.dispatched": "最后一次有效派遣或转派的校正时间。",
    "row.signed": "最后一次有效签收的校正时间。",
    "row.fed_back": "最后一次有效反馈的校正时间。",
    "row.closed": "最后一次有效结案的校正时间。",
}


def definition(id_: str) -> str:
    """Return the definition of a figure's id; ids of one kind share it."""
    return _TEXTS.get(id_) or _TEXTS[".".join(id_.split(".")[:2])]
