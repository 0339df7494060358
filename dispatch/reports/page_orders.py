"""Page 7 as tables: orders, notices, the log, looks at masked data; and all measures."""

from __future__ import annotations

from dispatch.domain.bodies_oversight import Instructed
from dispatch.domain.bodies_town import ResponseSet, SignalSet
from dispatch.domain.calendar import local
from dispatch.domain.event import Event
from dispatch.reports import kpi, orders
from dispatch.reports.figures import Sheet
from dispatch.reports.page_types import Cell, Table, number, ratio, words
from dispatch.reports.town_words import content, kind
from dispatch.reports.walk import Walk
from dispatch.reports.words import fit

ROWS_SHOWN = 8
"""So many of the newest rows are printed; the counts tell all."""


def tables(walk: Walk, sheet: Sheet) -> tuple[Table, ...]:
    """Return the tables of page 7 but the measures."""
    return (_modes(walk), _instructions(walk), _counts(sheet), _looks(walk, sheet))


def _modes(walk: Walk) -> Table:
    events = orders.during(walk, (SignalSet, ResponseSet))
    return Table(
        title="预警信号与应急响应",
        note=f"本期 {len(events)} 道",
        head=("时间", "种类", "内容", "令号"),
        rows=tuple(words(_mode(each)) for each in events[-ROWS_SHOWN:]),
        words=4,
    )


def _mode(event: Event) -> tuple[str, ...]:
    body = event.body
    if not isinstance(body, SignalSet | ResponseSet):
        return ()
    at = f"{local(event.corrected_at):%m-%d %H:%M}"
    return at, fit(kind(body), 16), content(body), fit(body.order_no, 24)


def _instructions(walk: Walk) -> Table:
    names = walk.given.names
    found = orders.standing(walk, Instructed)
    rows = []
    for case, event in found[-ROWS_SHOWN:]:
        number_ = (case.known.number or case.known.temp).rpartition("-")[2][-10:]
        item = names.item(case.known) or "—"
        who = names.accounts.get(event.actor, event.actor)
        at = f"{local(event.corrected_at):%m-%d %H:%M}"
        rows.append(words((at, number_, fit(item, 30), fit(who, 16))))
    return Table(
        title="领导批示",
        note=f"本期 {len(found)} 件；内容见事件",
        head=("时间", "编号", "事项", "批示人"),
        rows=tuple(rows),
        words=4,
    )


def _counts(sheet: Sheet) -> Table:
    def row(name: str, id_: str, more: str = "") -> tuple[Cell, ...]:
        return Cell(name), number(sheet[id_]), Cell(more)

    replied, read = sheet["order.replied"], sheet["notice.read"]
    rows = (
        row("红牌督办", "order.supervised.red"),
        row("黄牌督办", "order.supervised.yellow"),
        row("普通督办", "order.supervised.normal"),
        (Cell("督办已回复"), ratio(replied), number(replied)),
        row("通知", "notice.issued"),
        (Cell("通知已有人读"), ratio(read), number(read)),
        row("阅读回执", "notice.receipts"),
        row("上级来令（值班日志）", "log.order"),
        row("电话记录（值班日志）", "log.call", "不分 110、119、120"),
        row("对来电人的承诺", "log.promise"),
        row("来访（值班日志）", "log.visitor"),
        row("信息报告：首报", "order.informed.first", _late(sheet)),
        row("信息报告：续报", "order.informed.follow"),
        row("信息报告：终报", "order.informed.final"),
    )
    return Table(title="督办、通知与值班记录", head=("项目", "件数", "说明"), rows=rows)


def _late(sheet: Sheet) -> str:
    late = sheet["order.informed.late"]
    return f"迟报 {late.text} 份" if late.value else ""


def _looks(walk: Walk, sheet: Sheet) -> Table:
    names = walk.given.names.accounts
    rows = [
        (Cell(fit(names.get(account, account), 20)), number(sheet[f"reveal.of.{account}"]))
        for account in orders.looked(walk)
    ]
    rows.append((Cell("合计"), number(sheet["reveal.all"])))
    return Table(
        title="查看明文",
        note="查看被遮蔽的电话、姓名，逐次留痕",
        head=("人员", "次数"),
        rows=tuple(rows),
    )


def measures(walk: Walk, sheet: Sheet) -> Table:
    """Return every measure of the table that is told of the whole, with its two sides."""
    rows = []
    for each in walk.given.measures:
        if kpi.of_units(each) or each.id.startswith("time."):
            continue
        told = sheet[each.id]
        sides = told.ratio if told.form in {"percent", "ratio"} else "—"
        rows.append((Cell(each.name), Cell(sides, each.id), number(told)))
    versions = sorted({each.version for each in walk.given.measures})
    return Table(
        title="指标一览",
        note=f"定义第 {'、'.join(map(str, versions))} 版，逐项文字见 figures.json",
        head=("指标", "分子 / 分母", "数值"),
        rows=tuple(rows),
    )
