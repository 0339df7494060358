"""The agreed table of the life cycle, copied by hand: transition, action, from, to, who may.

Nothing here is read from the code. States and roles are written with the codes of the command
line; an empty `to` leaves the state alone, an empty `froms` makes the incident. Rows 34 to 36
are not of that table: docs/decisions/0031 and 0033.
"""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """One row of the table."""

    transition: int
    action: str
    froms: str
    to: str
    who: str


OPEN = "reported verify filed sent work done visit eval hold city"
ANY = f"{OPEN} closed merged void"
TO_WORK = "reported verify filed sent work"
"""REPORTED..WORK."""
ANYONE = "clerk dispatcher chief leader inspector supervisor station unit worker patrol"

CITY = "clerk dispatcher chief leader"
"""The city's office: these roles, where they sit at the city."""

TABLE = (
    Row(1, "上报", "", "reported", ANYONE),
    Row(2, "自办结上报", "", "done", "worker"),
    Row(3, "要求核实", "reported", "verify", "clerk"),
    Row(4, "核实反馈", "verify", "reported", "worker"),
    Row(5, "立案", "reported", "filed", "clerk station"),
    Row(6, "不予受理", "reported", "void", "clerk chief"),
    Row(7, "派遣", "filed", "sent", "dispatcher station"),
    Row(8, "签收", "sent", "work", "unit"),
    Row(9, "退回", "sent work", "filed", "unit"),
    Row(10, "转派", "sent work", "sent", "dispatcher unit"),
    Row(11, "延期申请/审批", "work", "", "unit chief leader"),
    Row(12, "挂起", "work", "hold", "unit dispatcher leader"),
    Row(13, "恢复", "hold", "work", "dispatcher"),
    Row(14, "联合处置", "work", "work", "chief"),
    Row(15, "督办 / 取消督办", OPEN, "", "chief leader"),
    Row(16, "领导批示", OPEN, "", "leader"),
    Row(17, "上报市级", "filed work", "city", "chief leader"),
    Row(18, "市级退回/办结", "city", "work done", CITY),
    Row(19, "市级下派", "", "filed", CITY),
    Row(20, "处置反馈", "work", "done", "unit"),
    Row(21, "核查通过", "done", "visit eval", "inspector"),
    Row(22, "核查不通过", "done", "work", "inspector"),
    Row(23, "回访", "visit", "visit eval", "supervisor"),
    Row(24, "不满意重办", "visit", "work", "chief"),
    Row(25, "评价结案", "eval", "closed", "chief"),
    Row(26, "重开", "closed", "filed", "chief leader"),
    Row(27, "并案 / 拆分", TO_WORK, "merged", "clerk chief"),
    Row(28, "作废", TO_WORK, "void", "chief"),
    Row(29, "备案", "reported", "closed", "chief"),
    Row(30, "更正", OPEN, "", "clerk dispatcher chief inspector supervisor station unit"),
    Row(31, "到达", "work", "", "unit dispatcher"),
    Row(32, "补记", ANY, "", ANYONE),
    Row(33, "解决冲突", ANY, "", "chief"),
    Row(34, "信息报告", f"{OPEN} closed", "", CITY),
    Row(35, "告知上报人", ANY, "", "clerk dispatcher supervisor chief"),
    Row(36, "奖励决定", f"{OPEN} closed", "", "chief leader"),
)

VILLAGE = {1, 2, 3, 4, 7, 8, 9, 10, 20, 30, 31, 32}
"""What a station may do for its own village."""
ON_BEHALF = {4, 8, 9, 20, 31}
"""What a dispatcher or a station may record for a unit or worker."""

BESIDE = {
    2: ("", "", "", "reviewed under 21 and 22, by the intake"),
    5: (OPEN, "", "chief", "the chief confirms afterwards, and alone files what is unclassified"),
    7: ("", "", "chief", "after the third return the chief decides (T9)"),
    14: ("", "", "unit station patrol dispatcher", "each assisting unit has its own part"),
    15: ("", "", "unit station patrol dispatcher", "the reply is the unit's, or told for it"),
    20: ("", "", "worker", "a worker feeds back at the field door"),
    21: ("", "", "clerk worker", "the intake reviews self-handling; a worker's look is evidence"),
    22: ("", "void", "clerk", "self-handling that is not accepted is void (T2)"),
    23: ("", "", "chief", "grades 4 and 5 are the chief's: accept"),
    28: ("", "", "clerk dispatcher", "approval has somebody who asks"),
    31: ("", "", "worker", "the handler at the field door"),
    33: ("", "", "unit station patrol dispatcher", "the unit not kept answers its stand-down"),
}
"""Further states, ends and roles by transition, each with the words they come from."""

UNDO = {
    "unfile": "5",
    "restore": "6 28 22",
    "stand-down": "7",
    "unsign": "8",
    "withdraw": "20",
    "recheck": "21",
    "split": "27",
}
"""The undo of which transitions; 25 is taken back by a reopening (26). 22 is that of T2."""
