"""What `--help` and a refused command line say: argparse's own words, and a line an option."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Final

from console.words import say

_OWN: Final[Mapping[str, str]] = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示本说明并退出",
    "the following arguments are required: %s": "缺少 %s",
    "unrecognized arguments: %s": "不认识 %s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r，可用的有 %(choices)s",
    "expected one argument": "须跟一个值",
    "not allowed with argument %s": "不能与 %s 同用",
    "one of the arguments %s is required": "须写 %s 之一",
    "ignored explicit argument %r": "不带值，却写了 %r",
}
"""Argparse's sentences in Chinese; one that is not here stays English."""

_OPTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "--answer": ("点名结果 answered/relayed/none", "what came back: answered/relayed/none"),
    "--as": ("以谁的名义", "who acts"),
    "--assist": ("协办单位，可重复", "an assisting unit, repeatable"),
    "--at": ("坐标 经度,纬度（CGCS2000 度）或时间", "LON,LAT in CGCS2000 degrees, or a time"),
    "--channel": ("联系方式 phone/visit/message", "phone/visit/message"),
    "--closing": (
        "办结条件 met（已满足）或 unmet（退回）；不写则记为未确认",
        "the closing condition: met, or unmet (refused); kept as unconfirmed when not said",
    ),
    "--code": ("一次性登记码", "the one-time code"),
    "--colour": ("颜色 white/blue/yellow/orange/red，off 为解除", "a colour, or off"),
    "--crs": ("坐标系", "coordinate system"),
    "--days": ("天数", "days"),
    "--date": ("哪一天 YYYY-MM-DD", "the day, YYYY-MM-DD"),
    "--db": ("市平台数据库地址", "the hub's database"),
    "--distance": ("距事发地多少米", "metres from the place"),
    "--dry-run": ("只检查，不写入", "check everything, store nothing"),
    "--due": ("时限：时间，或 30m、4h、3d", "a time, or a span like 30m, 4h, 3d"),
    "--feed": ("真实事件流", "a stream of real incidents"),
    "--format": ("格式", "formats"),
    "--found-at": ("发现时间", "when it was found"),
    "--freeze": ("时限冻结的优先级，可重复", "a priority whose limits stand still, repeatable"),
    "--freeze-from": ("从哪一级起冻结，none 为不冻结", "from which level on, or none"),
    "--from": ("从（ISO 8601，带时区）", "from (ISO 8601 with a zone)"),
    "--grade": ("满意度 1 至 5，none 为无法联系", "1..5, or none: nobody was reached"),
    "--grid": ("网格编码", "the grid's code"),
    "--group": ("并案各件未告知的上报人", "all reporters of the merged group not yet told"),
    "--reward": ("奖励决定 citizen/whistle/none", "the decision: citizen/whistle/none"),
    "--yuan": ("金额（整数元）", "the amount, whole yuan"),
    "--headless": ("不开窗口", "without a screen"),
    "--hub": ("市平台地址", "the hub's address"),
    "--figures": ("报告的 figures.json 或它的 SHA-256", "the report's figures.json or its SHA-256"),
    "--incident": ("关于哪一件", "which incident it is about"),
    "--into": ("并入哪一件", "the incident it goes into"),
    "--id": ("自定编号，同一编号只下发一次", "an id of your own: it is sent once"),
    "--checks": ("检查清单 object,result,worker,text（CSV、XLSX）", "object,result,worker,text"),
    "--leader": (
        "带队领导的职务：secretary/mayor/deputy-secretary/deputy-mayor/committee/head",
        "the leader's post: secretary/mayor/deputy-secretary/deputy-mayor/committee/head",
    ),
    "--item": ("事项编码", "the item's code"),
    "--json": ("以 JSON 输出", "print JSON"),
    "--keep": ("留下哪条记录，可重复", "the event that stands, repeatable"),
    "--kind": ("种类", "which kind"),
    "--lead": ("主办单位", "the lead unit"),
    "--level": (
        "督办 normal/yellow/red；响应 I 至 IV、off",
        "normal/yellow/red; I to IV, off",
    ),
    "--answer-by": (
        "吹哨：协助单位最迟何时按四要素答复",
        "a whistle: until when the units answer with four facts",
    ),
    "--talked": ("吹哨的答复：与谁沟通", "answer to a whistle: with whom it was talked over"),
    "--limit": ("时限，或最多多少条", "a limit: a time or span, or how many rows"),
    "--listen": ("监听的 主机:端口", "HOST:PORT to listen on"),
    "--mapping": ("列对照文件（TOML）", "which column is which, TOML"),
    "--measure": ("采取的措施", "the measure taken"),
    "--minutes": ("演示多少分钟", "how many minutes"),
    "--name": ("名称", "a name"),
    "--natural": ("按自然日计，不写为工作日", "natural days; working days if not given"),
    "--no-visit": ("免回访的理由", "why no call-back"),
    "--on-behalf": ("代谁记录：单位或人员编号", "for which unit or worker"),
    "--once": ("交换一次", "exchange once"),
    "--order": ("令号", "the order's number"),
    "--out": ("输出目录", "where the files go"),
    "--part": ("交班 out、接班 in、审核 review", "out, in or review"),
    "--person": ("负责人；批示由谁转达", "who is in charge; who passes the words on"),
    "--phone": ("电话", "a phone number"),
    "--photo": ("照片文件，可重复", "a photo's file, repeatable"),
    "--place": ("地点", "the place in words"),
    "--places": ("地点表 grid,name,lon,lat（CSV、XLSX）", "places: grid,name,lon,lat (CSV, XLSX)"),
    "--priority": ("P1/P2/P3", "P1/P2/P3"),
    "--propose": ("建议的单位", "the unit it should go to"),
    "--reason": ("理由代码", "a reason's code"),
    "--rejects": ("未收入的行另存为 CSV", "write the rows that are not taken to a CSV"),
    "--repair": ("修补坏的环，逐条说明", "put broken rings right, each is told"),
    "--replace": ("文件里没有的对象停用", "objects that the file does not name are no more"),
    "--reporter": ("反映人", "who reported it"),
    "--result": ("结果", "the result"),
    "--review": ("复查日期", "the review date"),
    "--role": ("角色，可重复", "a role, repeatable"),
    "--scope": ("组织编码", "a code of the organisation"),
    "--score": ("评分", "a score"),
    "--sealed-until": ("密封到何时：时间，或 30m、4h、3d", "sealed until: a time or span"),
    "--search": ("全文检索", "a piece of text"),
    "--seat": ("席位", "the seat"),
    "--seed": ("种子", "the seed"),
    "--seed-town": ("附带一个演示镇", "with a made-up town"),
    "--seen": ("所见版本，已变则拒绝", "the version seen; refused when it has changed"),
    "--set": ("更正 字段=值，可重复", "FIELD=VALUE, repeatable"),
    "--shift": ("班次编号", "the shift's id"),
    "--since": ("何时起（ISO 8601，带时区）", "from when on (ISO 8601 with a zone)"),
    "--lang": ("窗口的语言：zh 或 en", "the window's language: zh or en"),
    "--site": ("站点目录", "the site's folder"),
    "--source": ("来源", "the source"),
    "--speed": ("时间的倍数", "how many times faster"),
    "--squad": ("机动队编码，可重复", "a squad's code, repeatable"),
    "--state": ("状态代码", "a state's code"),
    "--subject": ("只要这一件", "of this incident only"),
    "--target": ("任务中的第几处", "which place of the task"),
    "--text": ("文字", "free text"),
    "--title": ("标题", "the title"),
    "--tls-cert": ("证书文件（PEM）", "the certificate's file, PEM"),
    "--tls-key": ("私钥文件（PEM）", "the key's file, PEM"),
    "--to": ("到（ISO 8601，带时区）", "to (ISO 8601 with a zone)"),
    "--told-by": ("由何得知 phone/visit/message", "phone/visit/message"),
    "--town": ("镇街编码", "the town's code"),
    "--unit": ("单位", "the unit"),
    "--version": ("显示版本并退出", "show the version and exit"),
    "--url": ("地址", "the address"),
    "--off": ("不用", "none"),
    "--village": ("村（社区）编码", "the village's code"),
    "--watch": ("一直交换", "keep exchanging"),
    "--worker": ("网格员编号", "the worker's number"),
    "--list": ("有哪些测速", "what there is to measure"),
    "--write": ("结果另存为", "write the figures to a file"),
    "code": ("管理对象编号", "the managed object's code"),
    "names": ("测速名称", "what to measure"),
    "file": ("文件", "the file"),
    "folder": ("站点目录", "the site's folder"),
    "items": ("交接事项的键，或事件编号", "a line's key, or an incident's number"),
    "promise": ("承诺的编号", "the promise's hash"),
    "id": ("编号、末四位或临时编号", "an id, a number, its last four digits"),
}
"""A line for each option and place, by its name, in Chinese and English."""


def speak() -> None:
    """Let argparse say its own words in the locale's language."""
    # WORKAROUND: argparse looks its words up by gettext, whose catalogue would have to be found
    # by the locale alone; here the source language is Chinese whatever the locale is. 3.11-3.14
    argparse._ = lambda text: say(_OWN.get(text, text), text)  # type: ignore[attr-defined]


def line_of(name: str) -> str | None:
    """Return what an option is for, None for one that has no line here."""
    words = _OPTIONS.get(name)
    return say(*words) if words else None
