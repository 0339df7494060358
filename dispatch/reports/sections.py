"""The report as sections of texts and tables, for every file that is no picture of a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dispatch.domain.calendar import local
from dispatch.reports import flow, page_force, page_matters
from dispatch.reports.figure import NOTHING
from dispatch.reports.figures import Difference
from dispatch.reports.page_data import Page
from dispatch.reports.page_flow import FlowPage
from dispatch.reports.page_front import Front
from dispatch.reports.page_types import Cell, Table, number, words
from dispatch.reports.shift_input import Variant

Json = dict[str, Any]  # Any: the head as the PDF's template has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A page's part of the report: `texts` are its sentences, before its tables."""

    title: str
    texts: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole report: `head` is what stands on every page, as the PDF has it."""

    head: Json
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    sign: tuple[tuple[str, ...], ...]


def paper(
    page: Page,
    revision: int,
    provisional: bool,  # noqa: FBT001 - as Page.data
    differences: Iterable[Difference],
) -> Paper:
    """Return the report that `Page.data` gives to the PDF: the same words, the same numbers."""
    front = Front(page.walk, page.sheet)
    found = page.tables()
    absent = "".join(each.text for each in page_force.absent(page.sheet))
    force = [absent] if absent else []
    parts = [
        _front(front),
        _flow(page),
        Section(title="重要事项", tables=page_matters.important(page.walk, page.sheet)),
        Section(title="交接清单", tables=page_matters.handover(page.walk, page.sheet)),
        Section(title="村（社区）与处置单位", tables=(*found["places"], *found["heat"])),
    ]
    if page.walk.given.shift.variant is not Variant.SPECIAL:
        parts += [
            Section(title="力量与设备", texts=tuple(force), tables=found["force"]),
            Section(title="指令与记录", tables=(*found["orders"], *found["measures"])),
        ]
    if found["compared"]:
        parts.append(Section(title="环比与同比", tables=found["compared"]))
    told = tuple(words(each) for each in page.told(differences))
    if told:
        table = Table(title="与上一版逐项比较", head=("数字", "上一版", "本版"), rows=told)
        parts.append(Section(title="修订说明", tables=(table,)))
    return Paper(
        head=front.head(revision, provisional),
        facts=tuple((name, text) for name, text in front.facts(revision, provisional)),
        sections=tuple(parts),
        sign=tuple(tuple(each) for each in front.sign()),
    )


def _front(front: Front) -> Section:
    rows = [
        (Cell(name), cell, Cell(unit), Cell(under)) for name, cell, unit, under in front.headline()
    ]
    table = Table(title="主要数字", head=("数字", "数值", "单位", "说明"), rows=tuple(rows))
    return Section(title="概况", texts=tuple(front.sentences()), tables=(table,))


def _flow(page: Page) -> Section:
    flow_page, sheet = FlowPage(page.walk, page.sheet), page.sheet
    shown = flow_page.flow()
    kinds = ("new", "closed", "stock")
    hours = tuple(
        (
            Cell(f"{local(first):%m-%d %H:%M}"),
            *(number(sheet[f"hour.{what}.{at:02d}"]) for what in kinds),
        )
        for at, (first, _) in enumerate(flow.spans(page.walk))
    )
    return Section(
        title=f"{front_period(page)}流转",
        texts=tuple(each for each in (shown["equation"], shown["also"]) if each),
        tables=(
            flow_page.by_priority(),
            flow_page.by_source(),
            flow_page.times(),
            Table(
                title="按时段",
                note="未结存量为时段末",
                head=("时段起", "新上报", "结案", "未结存量"),
                rows=hours,
                missing=NOTHING,
            ),
        ),
    )


def front_period(page: Page) -> str:
    """Return what the reported time is called: 本班 of a shift, 本期 of others."""
    return "本班" if page.walk.given.shift.variant is Variant.SHIFT else "本期"
