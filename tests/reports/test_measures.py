"""Definitions as data: what is refused, and the defects that published systems were found with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from dispatch.domain.codes import Source
from dispatch.domain.errors import BadInput
from dispatch.domain.incident import Incident
from dispatch.domain.measure import Better, Measure, checked
from dispatch.domain.types import TYPES
from dispatch.files.measures import read_measures
from dispatch.reports.figures import count_all
from dispatch.reports.kpi import counting
from dispatch.reports.measures import Counting
from dispatch.reports.walk import Case, walk
from dispatch.wire import tables
from tests.recount.drawn_rates import drawn
from tests.reports.inputs import measures, report_of

UNITS_ALONE = {"score.A", "score.B", "score.C", "kpi.volume"}
BY_ID = {each.id: each for each in measures()}


HEAD = "id,version,name,shape,anchor,den,num,exclude,better,text"


def other(id_: str, **changes: object) -> tuple[Measure, ...]:
    """The shipped table with one row changed."""
    return tuple(
        replace(each, **changes) if each.id == id_ else each  # type: ignore[arg-type]
        for each in measures()
    )


@pytest.mark.parametrize(
    ("id_", "changes", "what"),
    [
        ("kpi.closed", {"num": "done:close wild"}, "不认识的条件“wild”"),
        ("kpi.closed", {"num": "done:closing"}, "不认识的条件"),
        ("kpi.closed", {"anchor": "ended:close |"}, "两边都要有条件"),
        ("kpi.closed", {"den": "=people"}, "不认识的给定数"),
        ("kpi.closed", {"text": ""}, "不能空"),
        ("kpi.closed", {"version": 0}, "版本从 1 起"),
        ("time.mean.accept", {"num": "span:sleep"}, "不认识的时长"),
        ("score.A", {"num": "60*kpi.closed + 30*kpi.nothing"}, "没有比率指标"),
        ("score.A", {"num": "60*kpi.own_on_time + 30*kpi.closed"}, "合计应为 100"),
        ("score.A", {"num": "own_on_time"}, "应写成"),
        ("kpi.closed", {"id": "kpi.disposed"}, "出现两次"),
        ("kpi.rework", {"id": "kpi.again"}, "缺少报告要用的指标 kpi.rework"),
    ],
)
def test_what_could_not_be_counted_is_refused(
    id_: str, changes: dict[str, object], what: str
) -> None:
    with pytest.raises(BadInput, match=what):
        checked(other(id_, **changes))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "缺少列"),
        (f"{HEAD}\n", "没有数据"),
        (f"{HEAD}\nx,1,x,pie,,,,,high,x\n", "pie"),
        (f"{HEAD}\nx,1,x,count,,,,,up,x\n", "up"),
        (
            f"{HEAD}\nx,１,x,count,,,,,-,x\n",
            "版本",
        ),
    ],
)
def test_a_bad_file_is_one_line(tmp_path: Path, content: str, what: str) -> None:
    file = tmp_path / "kpi.csv"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(BadInput, match=what) as refused:
        read_measures(file)

    assert "\n" not in str(refused.value)


def test_the_table_travels_as_it_is() -> None:
    assert measures() == tables.parse_measures(tables.write_measures(measures(), "kpi_v1"))


def test_every_number_of_the_table_is_told_with_its_text_and_version() -> None:
    sheet = count_all(walk(report_of(drawn())))

    told = {id_ for id_ in sheet.figures if id_ in BY_ID}
    assert {each.id for each in measures()} - told == UNITS_ALONE
    assert (BY_ID["kpi.closed"].text, 1) == sheet.definition("kpi.closed")


# Defects found in published systems of this kind.


def of(source: Source, filed_most: int) -> Counting:
    """Count over the drawn cases of a source, as over a unit's."""
    walked = walk(report_of(drawn()))
    cases = counting(walked, lambda case: case.known.source is source).cases
    return Counting(walked, cases, {"filed_most": (filed_most, ())})


def test_a_score_counts_what_was_filed_not_what_was_returned() -> None:
    """Defect: the returned count was passed where the filed count was expected."""
    whole = of(Source.HOTLINE, 50)
    returned = [case for case, now in whole.cases if now.latest("returned")]

    volume = whole.figure(BY_ID["kpi.volume"])

    assert len(returned) != volume.num
    assert volume.num == sum(now.latest("filed") is not None for _, now in _in_shift(whole))


def _in_shift(whole: Counting) -> Iterable[tuple[Case, Incident]]:
    return [
        (case, now)
        for case, now in whole.cases
        if any(e.type == "filed" and whole.walk.during(e) for e in now.facts)
    ]


def test_no_rate_is_counted_twice() -> None:
    """Defect: one rate was counted twice, so that another never counted."""
    twice = "60*kpi.own_on_time + 30*kpi.own_on_time + 10*(1-kpi.rework_closing)"

    with pytest.raises(BadInput, match=r"“kpi\.own_on_time”计了两次"):
        checked(other("score.A", num=twice))


def test_more_misses_never_give_more_points() -> None:
    """Defect: 漏报率 was added with a plus sign."""
    wrong = "90*kpi.own_on_time + 10*kpi.missed"
    right = "90*kpi.own_on_time + 10*(1-kpi.missed)"

    with pytest.raises(BadInput, match="越低越好"):
        checked(other("score.A", num=wrong))
    with pytest.raises(BadInput, match="不能写 1-"):
        checked(other("score.A", num="90*(1-kpi.closed) + 10*(1-kpi.missed)"))
    table = {each.id: each for each in checked(other("score.A", num=right))}
    whole = of(Source.HOTLINE, 50)
    private = replace(whole, cases=of(Source.WORKER, 50).cases)
    rate = [each.figure(table["kpi.missed"]) for each in (whole, private)]
    assert [100, 0] == [100 * (each.num or 0) // (each.den or 1) for each in rate]
    for counted, bonus in ((whole, 0), (private, 10)):
        on_time = counted.figure(table["kpi.own_on_time"])
        points = counted.score(table["score.A"], table, "x")
        assert Fraction(points.num or 0, points.den or 1) == bonus + 90 * Fraction(
            on_time.num or 0, on_time.den or 1
        )


def test_every_lower_is_better_rate_is_marked_so() -> None:
    low = {each.id for each in measures() if each.better is Better.LOW}

    assert {"kpi.missed", "kpi.rework", "kpi.overdue", "kpi.hotline_redone"} <= low
    assert not low & {"kpi.closed", "kpi.on_time", "kpi.valid", "kpi.satisfied"}


def test_a_score_is_counted_from_integers_not_from_printed_rates() -> None:
    """Defect: "%" was stripped from strings to compute with what had been rounded."""
    whole = of(Source.HOTLINE, 50)
    score = whole.score(BY_ID["score.A"], BY_ID, "x")
    rates = {id_: whole.figure(BY_ID[id_]) for id_ in _TERMS}

    exact = sum(
        weight * (Fraction(rates[id_].num or 0, rates[id_].den or 1) * sign + (sign < 0))
        for id_, (weight, sign) in _TERMS.items()
    )
    rounded = sum(
        weight * (Fraction(rates[id_].text.rstrip("%")) / 100 * sign + (sign < 0))
        for id_, (weight, sign) in _TERMS.items()
    )
    assert exact == Fraction(score.num or 0, score.den or 1)
    assert exact != rounded


_TERMS = {
    "kpi.own_on_time": (60, 1),
    "kpi.closed": (30, 1),
    "kpi.rework_closing": (10, -1),
}


def test_granted_and_denied_are_not_swapped() -> None:
    """Defect: the constants for 同意 and 不同意 were swapped."""
    for type_, what in TYPES.items():
        if type_.endswith("_denied"):
            assert what.denies
            assert what.to is None
        if type_.endswith("_granted"):
            assert not what.denies
    used = {part for each in measures() for side in (each.anchor, each.den, each.num, each.exclude)
            for part in side.replace("|", " ").split()}  # fmt: skip
    assert not [each for each in used if "denied" in each]
    sheet = count_all(walk(report_of(drawn())))
    granted = {
        case.id
        for case in walk(report_of(drawn())).cases
        if case.now and case.now.latest("void_granted")
    }
    assert granted <= set(sheet["flow.voided.all"].ids)


def test_a_score_without_a_denominator_is_a_dash() -> None:
    empty = replace(of(Source.HOTLINE, 0), cases=())

    assert "—" == empty.score(BY_ID["score.A"], BY_ID, "x").text
    assert "—" == empty.figure(BY_ID["kpi.closed"]).text
