"""What the template prints: texts and chart values by place, nothing left to decide there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from dispatch.domain.calendar import local
from dispatch.domain.codes import Light, SignPart, State
from dispatch.reports import flow, matters
from dispatch.reports.figure import NOTHING
from dispatch.reports.figures import Difference, Sheet
from dispatch.reports.matters import Matter
from dispatch.reports.shift_input import Plain, SignedFor
from dispatch.reports.walk import Walk
from dispatch.reports.words import (
    PRIORITIES,
    REQUESTS,
    SOURCES,
    STATES,
    clean,
    day_line,
    fit,
    next_step,
    owner,
    report_no,
    where,
)
from dispatch.reports.words import unit as unit_name

Json = dict[str, Any]  # Any: JSON for the template
TOP: Final = 6
"""So many rows on the first page."""
ALWAYS: Final = ("new", "reopened", "closed", "voided", "merged")
"""Movements that are shown even when there were none."""
_LIGHTS: Final = (("red", "红"), ("yellow", "黄"), ("green", "绿"), ("hold", "挂起"))


class Page:
    """One report's texts, from its figures and cases."""

    def __init__(self, walk: Walk, sheet: Sheet) -> None:
        self.walk = walk
        self.given = walk.given
        self.sheet = sheet
        self.rows = [
            row for row in flow.ROWS if row in ALWAYS or (sheet[f"flow.{row}.all"].value or 0)
        ]

    def data(self, revision: int, provisional: bool, differences: Iterable[Difference]) -> Json:  # noqa: FBT001 - two facts of the issue
        """Return everything the template asks for."""
        return {
            "head": self._head(revision, provisional),
            "facts": self._facts(revision, provisional),
            "sentences": self._sentences(),
            "headline": self._headline(),
            "top": self._top(),
            "sign": self._sign(),
            "flow": self._flow(),
            "hours": self._hours(),
            "priority": self._by_priority(),
            "source": self._by_source(),
            "times": self._times(),
            "important": self._important(),
            "handover": self._handover(),
            "differences": [
                [self._named(each.id, each.name), each.before or NOTHING, each.after or NOTHING]
                for each in differences
            ],
        }

    def _head(self, revision: int, provisional: bool) -> Json:  # noqa: FBT001 - see data
        given, text = self.given, self.sheet.text
        marks = [f"修订 {revision}"] if revision else []
        marks += ["暂定"] if provisional else []
        marks += ["演示数据"] if given.synthetic else []
        printed = local(given.printed_at)
        account = given.names.accounts.get(given.people.account, given.people.account)
        behind = given.basis.behind
        return {
            "centre": fit(given.scope.centre, 60),
            "no": report_no(given.scope, given.shift),
            "title": "值班交接班报告",
            "day": day_line(given.shift),
            "marks": marks,
            "watermark": fit(f"{account} {printed:%Y-%m-%d %H:%M}", 40)
            + (" 演示数据" if given.synthetic else ""),
            "basis": f"数据截至 {local(given.cut):%Y-%m-%d %H:%M:%S}"
            f" · 镇街序号 {text('basis.town')} · 本站记录 {text('basis.own')}"
            f" · {text('basis.behind')} 条尚未到市平台" + ("（暂定）" if behind else ""),
            "note": "比率均由所列分子分母算出，四舍五入到一位小数；分母为零记“—”。"
            "每个数字的定义与清单见 figures.json。",
        }

    def _facts(self, revision: int, provisional: bool) -> list[list[str]]:  # noqa: FBT001 - see data
        people, told = self.given.people, self.given.conditions
        force = self.sheet["force.workers"]
        seats = (
            f"{clean(seat)} {self.sheet.text(f'force.seat.{seat}')}" for seat, _ in people.seats
        )
        present = NOTHING if force.num is None else f"{force.den:,} / {force.num:,}"
        version = f"修订 {revision}，差异见末页" if revision else "首次打印，无更正"
        pairs = [
            ("值班领导", people.leader),
            ("值班长", people.chief),
            ("接班", people.relief),
            ("席位", " · ".join(seats)),
            ("应到 / 实到", present),
            ("天气", told.weather),
            ("预警信号", told.signal),
            ("应急响应", told.response),
            ("版本", f"{version}（暂定）" if provisional else version),
        ]
        return [[name, fit(value or NOTHING, 44)] for name, value in pairs]

    def _sentences(self) -> list[str]:
        text, sheet = self.sheet.text, self.sheet
        names = {row: flow.ROWS[row] for row in self.rows}
        into = "，".join(
            f"{what.name} {text(f'flow.{row}.all')} 件"
            for row, what in names.items()
            if what.sign > 0
        )
        out = "，".join(
            f"{what.name} {text(f'flow.{row}.all')} 件"
            for row, what in names.items()
            if what.sign < 0
        )
        urgent = sheet["urgent.accepted"]
        flow_words = (
            f"本班接存量 {text('flow.opening.all')} 件，{into}；{out}；"
            f"交存量 {text('flow.closing.all')} 件。"
        )
        urgent_words = (
            f"新上报 P1 事件 {text('flow.new.P1')} 件；P1 首次立案 {urgent.den} 件，"
            f"{urgent.num} 件在受理时限内。截止时超时 {text('light.closing.red')} 件，"
            f"挂起 {text('light.closing.hold')} 件，争议 {text('list.contested')} 件。"
        )
        facts_words = (
            f"本班记录 {text('facts.all')} 条，其中 {text('facts.late')} 条晚于 10 分钟才到市平台，"
            f"{text('facts.pending')} 条尚未到，均按发生时间计入。"
        )
        return [flow_words, urgent_words, facts_words]

    def _stock(self, end: str) -> str:
        shown = list(_LIGHTS)
        if self.sheet[f"light.{end}.none"].value:
            shown.append(("none", "无时限"))
        return " · ".join(f"{name} {self.sheet.text(f'light.{end}.{key}')}" for key, name in shown)

    def _others(self, sign: int, first: str) -> str:
        return " · ".join(
            f"{flow.ROWS[row].name} {self.sheet.text(f'flow.{row}.all')}"
            for row in self.rows
            if flow.ROWS[row].sign == sign and row != first
        )

    def _headline(self) -> list[list[str]]:
        """Name, number, unit and the small line of the twelve."""
        text, sheet = self.sheet.text, self.sheet

        def minutes(key: str) -> tuple[str, str, str]:
            unit = "" if text(f"time.mean.{key}") == NOTHING else "分"
            return text(f"time.mean.{key}"), unit, f"P90 {text(f'time.p90.{key}')} 分"

        def rate(id_: str, after: str = "") -> tuple[str, str, str]:
            return text(id_), "", sheet[id_].ratio + after

        missed = f"，另 {text('kpi.unreached')} 件未联系上"
        cells = [
            ("接班存量", text("flow.opening.all"), "件", self._stock("opening")),
            ("新上报", text("flow.new.all"), "件", f"另{self._others(1, 'new')}"),
            ("结案", text("flow.closed.all"), "件", self._others(-1, "closed")),
            ("交班存量", text("flow.closing.all"), "件", self._stock("closing")),
            ("处置率", *rate("kpi.disposed")),
            ("按期处置率", *rate("kpi.on_time")),
            ("返工率", *rate("kpi.rework")),
            ("满意率", *rate("kpi.satisfied", missed)),
            ("平均受理", *minutes("accept")),
            ("平均派遣", *minutes("dispatch")),
            ("巡查覆盖率", *rate("force.coverage")),
            ("网格到岗率", *rate("force.grids", " 网格")),
        ]
        return [list(each) for each in cells]

    def _sign(self) -> list[list[str]]:
        """The three boxes: what stands in each, and who signed these very numbers when."""
        people, shift = self.given.people, self.given.shift.name
        content = self.sheet.content()
        signed = {each.part: each for each in people.signed if each.content == content}
        boxes = (
            (SignPart.OUT, "交班", f"{shift} 值班长 {people.chief or NOTHING}"),
            (SignPart.IN, "接班", people.relief or NOTHING),
            (SignPart.REVIEW, "审核", f"值班领导 {people.leader or NOTHING}"),
        )
        return [[name, fit(said, 26), *_signature(signed.get(part))] for part, name, said in boxes]

    def _flow(self) -> Json:
        text, value = self.sheet.text, self.sheet
        bars: list[Json] = []
        level = value["flow.opening.all"].value or 0
        bars.append(_bar("接班存量", 0, level, "stock", text("flow.opening.all")))
        for row in self.rows:
            what = flow.ROWS[row]
            after = level + what.sign * (value[f"flow.{row}.all"].value or 0)
            sign = "" if after == level else "+" if what.sign > 0 else "−"
            kind = "in" if what.sign > 0 else "out"
            bars.append(_bar(what.name, level, after, kind, sign + text(f"flow.{row}.all")))
            level = after
        closing = value["flow.closing.all"].value or 0
        bars.append(_bar("交班存量", 0, closing, "stock", text("flow.closing.all")))
        terms = "".join(
            f" {'+' if flow.ROWS[row].sign > 0 else '−'} {flow.ROWS[row].name}"
            f" {text(f'flow.{row}.all')}"
            for row in self.rows
        )
        verdict = "已平衡" if self.sheet.balanced() else "不平衡"
        also = value["flow.closed_with_master"].value
        return {
            "bars": bars,
            "ticks": ticks(max(max(each["from"], each["to"]) for each in bars)),
            "equation": f"接存量 {text('flow.opening.all')}{terms}"
            f" = 交存量 {text('flow.closing.all')}，{verdict}",
            "also": f"另有 {also} 件子案随主案结案，不动存量。" if also else "",
        }

    def _hours(self) -> Json:
        def numbers(what: str) -> list[int | None]:
            ids = (f"hour.{what}.{index:02d}" for index in range(len(spans)))
            return [self.sheet[id_].value for id_ in ids]

        spans = flow.spans(self.walk)
        new, closed, stocks = numbers("new"), numbers("closed"), numbers("stock")
        bars = max(each or 0 for each in (*new, *closed))
        stock = max(each or 0 for each in stocks)
        return {
            "spans": [
                {"label": f"{local(span[0]):%H}", "new": one, "closed": two, "stock": three}
                for span, one, two, three in zip(spans, new, closed, stocks, strict=True)
            ],
            "bar_ticks": ticks(bars, 3),
            "stock_ticks": ticks(stock, 3),
            "ticks": ticks(max(bars, stock)),
            "split": stock > 5 * bars,
        }

    def _by_priority(self) -> Json:
        text = self.sheet.text
        columns = ["opening", *self.rows, "closing"]
        groups = [*((each.value, name) for each, name in PRIORITIES.items())]
        if any(self.sheet[f"flow.{each}.none"].value for each in columns):
            groups.append(("none", "未定级"))
        groups.append(("all", "合计"))
        return {
            "head": ["级别", "接存量", *(flow.ROWS[each].name for each in self.rows), "交存量"],
            "rows": [
                [name, *(text(f"flow.{each}.{group}") for each in columns)]
                for group, name in groups
            ],
        }

    def _by_source(self) -> list[list[str]]:
        groups = [*((each.value, name) for each, name in SOURCES.items())]
        if self.sheet["source.new.none"].value or self.sheet["source.closed.none"].value:
            groups.append(("none", "未知"))
        rows = [self._source_row(group, name) for group, name in groups]
        text, on_time = self.sheet.text, self.sheet["kpi.on_time"]
        whole = "100.0%" if self.sheet["flow.new.all"].value else NOTHING
        total = [text("flow.new.all"), whole, text("flow.closed.all"), on_time.ratio, on_time.text]
        return [*rows, ["合计", *total]]

    def _source_row(self, group: str, name: str) -> list[str]:
        text, on_time = self.sheet.text, self.sheet[f"source.on_time.{group}"]
        return [
            name,
            text(f"source.new.{group}"),
            text(f"source.share.{group}"),
            text(f"source.closed.{group}"),
            on_time.ratio,
            on_time.text,
        ]

    def _times(self) -> list[list[str]]:
        return [
            [name, *(self.sheet.text(f"time.{each}.{key}") for each in ("count", "mean", "p90"))]
            for key, name in (("accept", "受理"), ("dispatch", "派遣"), ("dispose", "处置"))
        ]

    def _row(self, matter: Matter) -> Json:
        """The texts of one incident's row; the number is never elided."""
        now, names = matter.now, self.given.names
        plain = self.given.plain.get(matter.case.id, Plain())
        left = self.sheet.figures.get(f"row.left.{matter.case.id}")
        held = now.state is State.HOLD
        return {
            "light": "hold" if held else matter.light.value,
            "late": matter.light is Light.RED,
            "contested": bool(now.contested),
            "number": _number(now.number or now.temp, matter.case.id),
            "priority": now.priority or NOTHING,
            "item": fit(names.items.get(now.item or "", now.item or NOTHING), 26),
            "place": fit(where(now, plain.place, names), 30),
            "state": STATES[now.state] if now.state else NOTHING,
            "left": "挂起" if held else (left.text if left else NOTHING),
            "next": fit(next_step(now, names), 26),
            "owner": fit(owner(now, names), 14),
        }

    def _top(self) -> list[Json]:
        urgent = [
            each
            for each in (*matters.still_open(self.walk), *matters.on_hold(self.walk))
            if each.now.priority == "P1" or each.now.contested or each.light is not Light.GREEN
        ]
        return [self._row(each) for each in urgent[:TOP]]

    def _important(self) -> list[Json]:
        text = self.sheet.text
        return [
            {
                **self._row(each),
                "why": "、".join(each.why),
                "line": [
                    [name, text(f"row.{mark}.{each.case.id}")]
                    for mark, name in matters.MARK_NAMES.items()
                ],
            }
            for each in matters.important(self.walk)
        ]

    def _handover(self) -> Json:
        walk, text, names = self.walk, self.sheet.text, self.given.names
        return {
            "open": [self._row(each) for each in matters.still_open(walk)],
            "hold": [
                {**self._row(each), "tell": text(f"row.review.{each.case.id}")}
                for each in matters.on_hold(walk)
            ],
            "requests": [
                {
                    **self._row(each),
                    "tell": f"申请{REQUESTS[request.kind]}，已等候"
                    f" {text(f'row.waiting.{request.hash}')}",
                }
                for each, request in matters.waiting(walk)
            ],
            "contested": [
                {**self._row(each), "tell": f"{text(f'row.pairs.{each.case.id}')} 处矛盾"}
                for each in matters.contested(walk)
            ],
            "told_off": [
                {**self._row(each), "tell": fit(f"{unit_name(code, names)} 未确认撤出", 30)}
                for each, code in matters.told_off(walk)
            ],
            "suspects": [
                {**self._row(each), "tell": f"{text(f'row.suspects.{each.case.id}')} 条时钟可疑"}
                for each, _ in matters.suspects(walk)
            ],
        }

    def _named(self, id_: str, name: str) -> str:
        """A number's name with its group in words."""
        group = id_.rpartition(".")[2]
        words = {
            **{k.value: v for k, v in SOURCES.items()},
            **{p.value: p.value for p in PRIORITIES},
            "none": "未知",
        }
        if id_.startswith("hour."):
            spans = flow.spans(self.walk)
            index = int(group)
            return f"{name}（{local(spans[index][0]):%H} 时）" if index < len(spans) else name
        if id_.startswith("light."):
            return f"{name}灯（{'接班' if '.opening.' in id_ else '交班'}）"
        return f"{name}（{words[group]}）" if group in words else name


def _number(number: str, id_: str) -> str:
    return clean(number).rpartition("-")[2][-10:] or id_[:8]


def _bar(name: str, start: int, end: int, kind: str, label: str) -> Json:
    return {"name": name, "from": start, "to": end, "kind": kind, "label": label}


def ticks(most: int, lines: int = 4) -> list[int]:
    """Return round axis values from 0 to at least `most`, about so many steps."""
    scale = 1
    while True:
        for step in (scale, 2 * scale, 5 * scale):
            if step * lines >= most:
                return list(range(0, step * max(1, -(-most // step)) + 1, step))
        scale *= 10


def _signature(signed: SignedFor | None) -> list[str]:
    """Who signed and when, as two texts; empty ones leave the box to a pen."""
    if signed is None:
        return ["", ""]
    return [fit(signed.name, 18), f"{local(signed.at):%Y-%m-%d %H:%M}"]
