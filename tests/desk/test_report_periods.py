"""Reports of periods as the window asks for them: preview, comparison, giving up in time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from dispatch.acts.perform import new_id
from dispatch.desk.desk import Desk
from dispatch.desk.reporting import Reporting
from dispatch.desk.views_report import Period
from dispatch.domain.calendar import HOUR, MINUTE
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput, Refused
from dispatch.reports.shift_input import Variant
from tests.desk.offices import PASSWORD, Hand, open_desk
from tests.unit.towns import hengli
from ui.report import period as periods


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A town with one report, an hour ago."""
    clock = Hand()
    made = open_desk(tmp_path / "seat", clock)
    made.login("clerk1", PASSWORD).result()
    grid = hengli().grids[0]
    command = Command(verb=Verb.REPORT, incident=new_id(), item="0801", text="演示")
    made.report_at(command, grid.lon, grid.lat).result()
    clock.forward(MINUTE)
    yield made
    made.site.close()


def events(desk: Desk) -> int:
    return sum(mark.sseq for mark in desk.site.read(lambda reader: reader.writers()).result())


def month(desk: Desk, beside: frozenset[str]) -> Period:
    found = periods.running(Variant.MONTH, desk.now())
    return Period(variant=found.variant, from_at=found.from_at, to_at=found.to_at, beside=beside)


def test_a_preview_records_nothing(desk: Desk, tmp_path: Path) -> None:
    before = events(desk)
    made = Reporting(desk).preview(month(desk, frozenset()), tmp_path / "out", Event()).result()
    assert [".json", ".pdf"] == sorted(path.suffix for path in made.paths)
    assert before == events(desk)


def test_only_what_is_asked_for_is_compared(desk: Desk, tmp_path: Path) -> None:
    for beside, families in (
        (frozenset({"before"}), {"before"}),
        (frozenset[str](), set()),
        (frozenset({"before", "year"}), {"before", "year"}),
    ):
        folder = tmp_path / "out" / "-".join(sorted(beside) or ["alone"])
        asked = month(desk, beside)
        Reporting(desk).issue(asked, folder, ("pdf",), Event()).result()
        told = json.loads((folder / "figures.json").read_bytes())["figures"]
        found = {each["id"].partition(".")[0] for each in told}
        assert families == found & {"before", "year"}


def test_who_gives_up_in_time_leaves_no_file_and_no_trace(desk: Desk, tmp_path: Path) -> None:
    before, stop = events(desk), Event()
    stop.set()
    out = tmp_path / "out"
    for promise in (
        Reporting(desk).issue(month(desk, frozenset()), out, ("pdf",), stop),
        Reporting(desk).preview(month(desk, frozenset()), out, stop),
    ):
        with pytest.raises(Refused, match="report_stopped"):
            promise.result()
    assert not out.exists()
    assert before == events(desk)


def test_an_item_that_no_catalogue_has_is_named(desk: Desk, tmp_path: Path) -> None:
    asked = Period(
        variant=Variant.SPECIAL,
        from_at=desk.now() - HOUR,
        to_at=desk.now(),
        name="专报",
        items=frozenset({"9999"}),
    )
    with pytest.raises(BadInput, match="9999"):
        Reporting(desk).issue(asked, tmp_path / "out", ("pdf",), Event()).result()
