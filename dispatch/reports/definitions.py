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
    "kpi.disposed": "处置数 / 应处置数。应处置：本班内反馈且至截止仍为处置完毕者，"
    "以及截止时仍待处置而处置时限落在本班者；作废、并案、挂起、随主案结案者不计。",
    "kpi.on_time": "按期处置数 / 应处置数。按期：反馈的校正时间不晚于处置时限。",
    "kpi.rework": "返工件数 / 经处置件数。经处置：本班内有核查结论、重办或重开的事件；"
    "返工：其中核查不通过、重办或重开的。",
    "kpi.satisfied": "(非常满意 + 满意) / 有效回访数；每件取最后一次有效回访，未联系上的不计。",
    "kpi.unreached": "最后一次回访为无法联系的事件数。",
    "time.mean": "平均时长（分）。受理：上报至首次立案；派遣：立案、退回或重开至派遣；"
    "处置：最后一次派遣、转派、返工或重办至反馈，扣除挂起时间。",
    "time.p90": "九成件次不超过的时长（分），最近秩法。",
    "time.count": "计入时长的件次。",
    "light.opening": "接班时刻在办事件按当时灯色计数；挂起另列，无运行时限者列无时限。",
    "light.closing": "数据截止时刻在办事件按当时灯色计数；挂起另列，无运行时限者列无时限。",
    "urgent.accepted": "本班首次立案的 P1 事件中，立案不晚于受理时限的件数 / 件数。",
    "facts.late": "本班发生、晚于 10 分钟才到市平台的记录数；已按发生时间计入。",
    "facts.pending": "本班发生、尚未到市平台的记录数；已按发生时间计入。",
    "facts.all": "本班发生的事件记录数。",
    "force.seat": "登录本班该席位的人数。",
    "force.workers": "实到人数 / 应到人数，来自签到。",
    "force.coverage": "周期内已查对象数 / 应查对象数。",
    "force.grids": "有人在岗的网格数 / 网格数。",
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
