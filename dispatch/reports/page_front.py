"""Page 1: head, facts, sentences, the twelve numbers and who signs."""

from __future__ import annotations

from typing import Any, Final

from dispatch.domain.bodies_town import ResponseSet, SignalSet
from dispatch.domain.calendar import local
from dispatch.domain.codes import SignPart
from dispatch.domain.modes import Stand
from dispatch.reports import flow
from dispatch.reports.figure import NOTHING
from dispatch.reports.figures import Sheet
from dispatch.reports.page_flow import shown
from dispatch.reports.page_types import Cell, number
from dispatch.reports.periods import NAMES
from dispatch.reports.shift_input import SignedFor, Variant
from dispatch.reports.town_words import content, kind
from dispatch.reports.walk import Walk, ordered
from dispatch.reports.words import clean, day_line, fit, report_no

Json = dict[str, Any]  # Any: JSON for the template
_LIGHTS: Final = (("red", "红"), ("yellow", "黄"), ("green", "绿"), ("hold", "挂起"))


TITLES: Final = {
    Variant.SHIFT: "值班交接班报告",
    Variant.DAY: "值班日报",
    Variant.WEEK: "值班周报",
    Variant.MONTH: "值班月报",
}
"""A special report is called as it is named."""


class Front:
    """The first page's texts."""

    def __init__(self, walk: Walk, sheet: Sheet) -> None:
        self.walk = walk
        self.given = walk.given
        self.sheet = sheet
        self.rows = shown(sheet)
        self.of_shift = walk.given.shift.variant is Variant.SHIFT

    def head(self, revision: int, provisional: bool) -> Json:  # noqa: FBT001 - see data
        """Return what stands on every page, watermark and basis included."""
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
            "title": TITLES.get(given.shift.variant) or fit(given.shift.name, 40),
            "kind": "交接班报告" if self.of_shift else NAMES[given.shift.variant],
            "period": "本班" if self.of_shift else "本期",
            "pages": 5 if given.shift.variant is Variant.SPECIAL else 7,
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

    def facts(self, revision: int, provisional: bool) -> list[list[str]]:  # noqa: FBT001 - see data
        """Return the pairs under the title."""
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
            ("预警信号", told.signal or self._standing()[0]),
            ("应急响应", told.response or self._standing()[1]),
            ("版本", f"{version}（暂定）" if provisional else version),
        ]
        return [[name, fit(value or NOTHING, 44)] for name, value in pairs]

    def told(self) -> list[tuple[Cell, ...]]:
        """Return the summary sentence by sentence, its numbers as cells of their own."""
        flows = [(row, flow.ROWS[row]) for row in self.rows]
        into = [(what.name, f"flow.{row}.all") for row, what in flows if what.sign > 0]
        out = [(what.name, f"flow.{row}.all") for row, what in flows if what.sign < 0]
        urgent = self.sheet["urgent.accepted"]
        shift, opening, closing = (
            ("本班", "本班接存量", "交存量")
            if self.of_shift
            else ("本期", "本期期初存量", "期末存量")
        )
        return [
            self._sentence(
                *(opening, "flow.opening.all", " 件，"),
                *self._counted(into),
                "；",
                *self._counted(out),
                *(f"；{closing}", "flow.closing.all", " 件。"),
            ),
            self._sentence(
                *("新上报 P1 事件", "flow.new.P1", " 件；"),
                f"P1 首次立案 {urgent.den} 件，{urgent.num} 件在受理时限内。",
                *("截止时超时", "light.closing.red", " 件，挂起", "light.closing.hold"),
                *(" 件，争议", "list.contested", " 件。"),
            ),
            self._sentence(
                *(f"{shift}记录", "facts.all", " 条，其中", "facts.late"),
                *(" 条晚于 10 分钟才到市平台，", "facts.pending", " 条尚未到，均按发生时间计入。"),
            ),
        ]

    def sentences(self) -> list[str]:
        """Return the summary as it is read."""
        return ["".join(each.text for each in cells) for cells in self.told()]

    def _counted(self, rows: list[tuple[str, str]]) -> list[str]:
        found: list[str] = []
        for name, id_ in rows:
            found += ["，" if found else "", name, id_, " 件"]
        return found

    def _sentence(self, *parts: str) -> tuple[Cell, ...]:
        """Return words and numbers; a part that is a number's id is that number."""
        cells: list[Cell] = []
        for each in parts:
            if each in self.sheet.figures:
                # After words a space, as between hanzi and digits everywhere.
                before = cells[-1].text if cells else ""
                if before and before[-1] not in "，；。 ":
                    cells.append(Cell(" "))
                cells.append(number(self.sheet[each]))
            elif each:
                cells.append(Cell(each))
        return tuple(cells)

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

    def headline(self) -> list[tuple[str, Cell, str, str]]:
        """Name, number, unit and the small line of the twelve."""
        sheet = self.sheet

        def many(row: str, under: str) -> tuple[Cell, str, str]:
            return number(sheet[f"flow.{row}.all"]), "件", under

        def minutes(key: str) -> tuple[Cell, str, str]:
            mean = number(sheet[f"time.mean.{key}"])
            unit = "" if mean.text == NOTHING else "分"
            return mean, unit, f"P90 {sheet.text(f'time.p90.{key}')} 分"

        def rate(id_: str, after: str = "") -> tuple[Cell, str, str]:
            return number(sheet[id_]), "", sheet[id_].ratio + after

        missed = f"，另 {sheet.text('kpi.unreached')} 件未联系上"
        first, last = ("接班存量", "交班存量") if self.of_shift else ("期初存量", "期末存量")
        return [
            (first, *many("opening", self._stock("opening"))),
            ("新上报", *many("new", f"另{self._others(1, 'new')}")),
            ("结案", *many("closed", self._others(-1, "closed"))),
            (last, *many("closing", self._stock("closing"))),
            ("处置率", *rate("kpi.disposed")),
            ("按期处置率", *rate("kpi.on_time")),
            ("返工率", *rate("kpi.rework")),
            ("满意率", *rate("kpi.satisfied", missed)),
            ("平均受理", *minutes("accept")),
            ("平均派遣", *minutes("dispatch")),
            ("巡查覆盖率", *rate("force.coverage")),
            ("网格到岗率", *rate("force.grids", " 网格")),
        ]

    def sign(self) -> list[list[str]]:
        """The three boxes: what stands in each, and who signed these very numbers when."""
        people, shift = self.given.people, self.given.shift.name
        content = self.sheet.content()
        signed = {each.part: each for each in people.signed if each.content == content}
        if not self.of_shift:
            return [[each, "", "", ""] for each in ("制表", "审核", "签发")]
        boxes = (
            (SignPart.OUT, "交班", f"{shift} 值班长 {people.chief or NOTHING}"),
            (SignPart.IN, "接班", people.relief or NOTHING),
            (SignPart.REVIEW, "审核", f"值班领导 {people.leader or NOTHING}"),
        )
        return [[name, fit(said, 26), *_signature(signed.get(part))] for part, name, said in boxes]

    def _standing(self) -> tuple[str, str]:
        """Signals and responses that stand at the cut, as far as they are known here."""
        modes = ordered(self.given, self.walk.cut)
        return _stands(modes.signals) or "无", _stands(modes.responses) or "无"


def _stands(found: tuple[Stand, ...]) -> str:
    told = [
        f"{kind(each.fact.body)}{content(each.fact.body)}"
        for each in found
        if isinstance(each.fact.body, SignalSet | ResponseSet)
    ]
    return "、".join(told)


def _signature(signed: SignedFor | None) -> list[str]:
    """Who signed and when, as two texts; empty ones leave the box to a pen."""
    if signed is None:
        return ["", ""]
    return [fit(signed.name, 18), f"{local(signed.at):%Y-%m-%d %H:%M}"]
