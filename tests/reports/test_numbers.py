"""The numbers that open a list: the incidents behind each, as many as are printed."""

from __future__ import annotations

import pytest

from dispatch.desk.numbering import numbers
from dispatch.desk.views_report import Number
from tests.reports.busy_day import busy_day
from tests.reports.inputs import report_of


@pytest.fixture(scope="module")
def told() -> dict[str, Number]:
    """The numbers of a day with thirty reports."""
    return {each.id: each for each in numbers(report_of(busy_day(30))).numbers}


def test_counts_rates_and_records_have_the_incidents_that_they_count(
    told: dict[str, Number],
) -> None:
    assert len(told["flow.new.all"].incidents) == int(told["flow.new.all"].text) == 30
    rate = told["source.share.worker"]
    assert rate.ratio == f"{len(rate.incidents)} / {len(rate.whole)}"
    # 195 records are of at most 32 incidents; each stands in the list once.
    records = told["facts.all"].incidents
    assert set(told["flow.new.all"].incidents) <= set(records)
    assert len(records) == len(set(records)) < int(told["facts.all"].text)


def test_groups_are_named_as_the_report_names_them(told: dict[str, Number]) -> None:
    assert "恒泉村" == told["village.new.441900106001"].group
    assert "P1" == told["flow.new.P1"].group
    assert "" == told["flow.new.all"].group
    assert told["hour.new.01"].group.endswith(":00")


def test_what_counts_no_incidents_opens_nothing(told: dict[str, Number]) -> None:
    """Workers, places of a round of checks, notices, lines of the log; single rows neither."""
    families = {each.family for each in told.values()}
    assert not families & {"row", "patrol", "post", "notice", "log", "reveal", "basis"}
    assert not {"force.workers", "force.coverage"} & told.keys()
