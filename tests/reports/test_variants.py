"""Day, week, month and special reports: their periods, their comparison, their files."""

from __future__ import annotations

import functools
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from dispatch.domain.calendar import DAY, HOUR, local
from dispatch.domain.errors import BadInput
from dispatch.reports.compare import change
from dispatch.reports.figure import Figure, Form
from dispatch.reports.issue import load_issue, make_report, preview
from dispatch.reports.periods import compared, period
from dispatch.reports.shift_input import Compared, ShiftInput, ShiftSpan, Variant
from dispatch.reports.words import report_no
from tests.recount.recount import Recount
from tests.reports.busy_day import busy_day
from tests.reports.histories import FROM, TO
from tests.reports.inputs import report_of
from tests.reports.seats import Seat
from tests.reports.test_issue import words


@functools.cache
def seat() -> Seat:
    return busy_day(24)


def day(**more: object) -> ShiftInput:
    """The day's report, beside the twelve hours before it; last year is not known."""
    given = report_of(seat())
    spans = (
        Compared(
            key="before",
            span=ShiftSpan("日报", FROM - 12 * HOUR, FROM, Variant.DAY),
            incidents=given.incidents,
            known=True,
        ),
        Compared(
            key="year",
            span=ShiftSpan("日报", FROM - 365 * DAY, TO - 365 * DAY, Variant.DAY),
            incidents=(),
            known=False,
        ),
    )
    span = replace(given.shift, name="日报", variant=Variant.DAY)
    return replace(given, shift=span, compared=spans, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("variant", "on", "first", "last", "before", "year"),
    [
        (Variant.DAY, "2024-02-29", "2024-02-29", "2024-02-29", "2024-02-28", "2023-02-28"),
        (Variant.WEEK, "2026-01-01", "2025-12-29", "2026-01-04", "2025-12-22", "2024-12-30"),
        (Variant.MONTH, "2026-01-31", "2026-01-01", "2026-01-31", "2025-12-01", "2025-01-01"),
        (Variant.MONTH, "2026-02-10", "2026-02-01", "2026-02-28", "2026-01-01", "2025-02-01"),
    ],
)
def test_a_period_and_those_beside_it(
    variant: Variant, on: str, first: str, last: str, before: str, year: str
) -> None:
    span = period(variant, date.fromisoformat(on))

    others = dict(compared(span))
    assert first == str(local(span.from_at).date())
    assert last == str(local(span.to_at - 1).date())
    assert before == str(local(others["before"].from_at).date())
    assert span.from_at == others["before"].to_at
    assert year == str(local(others["year"].from_at).date())


def test_a_shift_is_compared_with_none() -> None:
    assert () == compared(ShiftSpan("白班", FROM, TO))
    with pytest.raises(BadInput):
        period(Variant.SHIFT, date(2026, 1, 1))


def test_the_period_before_is_counted_as_the_recount_counts_it() -> None:
    sheet = preview(day())

    whole = Recount(seat().rows(), (FROM - 12 * HOUR, FROM, FROM))
    whole.flow()
    whole.rates()
    for id_, told in whole.told.items():
        if f"before.{id_}" in sheet.figures:
            assert told["text"] == sheet.text(f"before.{id_}"), id_
    assert "—" == sheet.text("year.flow.new.all") == sheet.text("year.change.flow.new.all")
    assert sheet["before.flow.new.all"].value


@pytest.mark.parametrize(
    ("form", "now", "was", "text"),
    [
        ("count", (12, None), (8, None), "+50.0%"),
        ("count", (7, None), (8, None), "−12.5%"),
        ("count", (8, None), (8, None), "0.0%"),
        ("count", (8, None), (0, None), "—"),
        ("percent", (2, 3), (1, 3), "+33.3 点"),
        ("percent", (1, 3), (2, 3), "−33.3 点"),
        ("percent", (1, 3), (0, 0), "—"),
        ("minutes", (90, 10), (60, 10), "+50.0%"),
        ("minutes", (30, 20), (30, 10), "−50.0%"),
        ("minutes", (30, 20), (0, 10), "—"),
    ],
)
def test_a_change_is_told_with_its_sign(
    form: Form, now: tuple[int, int | None], was: tuple[int, int | None], text: str
) -> None:
    def figure(told: tuple[int, int | None]) -> Figure:
        if told[1] is None:
            return Figure(id="x", name="x", form=form, value=told[0])
        return Figure(id="x", name="x", form=form, num=told[0], den=told[1])

    assert text == change("y", figure(now), figure(was)).text


def test_a_day_has_a_page_of_comparison(tmp_path: Path) -> None:
    made = make_report(day(), tmp_path)

    page = words(made.paths[0])
    assert "HL-RB-20251121.pdf" == made.paths[0].name
    for text in (
        "值班日报",
        "环比与同比",
        "去年同期无记录",
        "本期流转",
        "制表",
        "期初存量",
        "期末存量",
    ):
        assert text in page
    assert "接班存量" not in page
    assert "交班存量" not in page


def of(variant: Variant) -> ShiftInput:
    """A report of this kind of the same day, compared where such a report is."""
    given = day()
    span = replace(given.shift, name="专报" if variant is Variant.SPECIAL else variant.value)
    compared_with = given.compared if compared(replace(span, variant=variant)) else ()
    return replace(given, shift=replace(span, variant=variant), compared=compared_with)


@pytest.mark.parametrize("variant", list(Variant))
def test_a_second_print_after_late_facts_lists_its_differences(
    variant: Variant, tmp_path: Path
) -> None:
    whole = of(variant)
    last = max(whole.incidents, key=lambda each: each.reported_at or 0)
    first = max(
        (each for each in whole.incidents if (each.reported_at or 0) < FROM),
        key=lambda each: each.reported_at or 0,
    )
    late = {last.id, first.id}
    fewer = tuple(each for each in whole.incidents if each.id not in late)
    others = tuple(replace(each, incidents=fewer) for each in whole.compared)
    make_report(replace(whole, incidents=fewer, compared=others), tmp_path)

    given = replace(whole, previous=load_issue(tmp_path, whole))
    again = make_report(given, tmp_path, ("pdf", "xlsx"))

    assert 1 == again.revision
    assert again.paths[0].name.endswith("-R1.pdf")
    assert "修订说明" in words(again.paths[0])
    sheet = openpyxl.load_workbook(again.paths[1]).worksheets[-2]
    assert sheet.title.endswith("修订说明")
    names = [row[0].value for row in sheet.iter_rows(min_row=6)]
    listed = {row[0].value: (row[1].value, row[2].value) for row in sheet.iter_rows(min_row=6)}
    assert ("23", "24") == listed["新上报"]
    assert {"新上报（恒泉村）", "派至（安监）", "新上报（恒泉村 网格 2）"} <= set(names)
    assert ("上期 新上报" in names) == bool(whole.compared)
    assert len(names) == len(set(names))
    third = make_report(replace(whole, previous=load_issue(tmp_path, whole)), tmp_path, ("csv",))
    assert 1 == third.revision
    assert [] == json.loads((tmp_path / "figures.json").read_bytes())["differences"]


def test_a_special_report_counts_its_items_alone(tmp_path: Path) -> None:
    given = report_of(seat())
    item = next(each.item for each in given.incidents if each.item)
    span = replace(given.shift, name="消防专报", variant=Variant.SPECIAL)

    made = make_report(replace(given, shift=span, items=frozenset({item})), tmp_path)

    told = json.loads(made.paths[-1].read_bytes())
    by_id = {each["id"]: each for each in told["figures"]}
    mine = {each.id for each in given.incidents if each.item == item}
    assert set(by_id["flow.closing.all"]["ids"]) <= mine
    assert ["special", [item]] == [told["variant"], told["items"]]
    page = words(made.paths[0])
    assert "消防专报" in page
    assert "力量与设备" not in page


def test_a_folder_with_another_kind_of_report_is_refused(tmp_path: Path) -> None:
    make_report(day(), tmp_path, ())

    with pytest.raises(BadInput, match="另一班次"):
        load_issue(tmp_path, report_of(seat()))


@pytest.mark.parametrize(
    ("variant", "number"),
    [
        (Variant.WEEK, "HL-ZB-2025W47"),
        (Variant.MONTH, "HL-YB-202511"),
        (Variant.SPECIAL, "HL-ZT-20251121-0800"),
    ],
)
def test_the_number_names_the_period(variant: Variant, number: str) -> None:
    given = report_of(seat())

    assert number == report_no(given.scope, replace(given.shift, variant=variant))
