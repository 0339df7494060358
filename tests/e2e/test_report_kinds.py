"""Day and special reports at the command line; what is no date or item is one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.town import Town, zhiwang

MINUTE = 60_000
BOTH = {"before", "year"}
SPAN = ("--from", "2026-11-21T08:00:00+08:00", "--to", "2026-11-21T20:00:00+08:00")


def test_a_day_and_a_special_report_are_made(town: Town, tmp_path: Path) -> None:
    town.login("seat1", "clerk1")
    for item in ("0605", "0602"):
        town.report("seat1", "clerk1", item, "演示")
    town.pass_time(MINUTE)
    site = ("--site", town.site("seat1"))

    made = zhiwang(
        "report", "day", *site, "--date", "2026-11-21", "--out", tmp_path / "day", "--json"
    ).json()
    special = zhiwang(
        "report", "special", *site, *SPAN, "--item", "0605", "--out", tmp_path / "s", "--json"
    ).json()

    assert made["balanced"]
    assert special["balanced"]
    for name, new in (("day", 2), ("s", 1)):
        told = json.loads((tmp_path / name / "figures.json").read_text(encoding="utf-8"))
        by_id = {each["id"]: each for each in told["figures"]}
        assert new == by_id["flow.new.all"]["value"]
        assert (name == "day") == ("year.flow.new.all" in by_id)


def test_a_month_stands_beside_what_was_asked(town: Town, tmp_path: Path) -> None:
    site = ("--site", town.site("seat1"), "--format", "csv", "--json")
    for named, families in (("year", {"year"}), ("none", set()), ("year,before", BOTH)):
        folder = tmp_path / named
        words = ("report", "month", *site, "--date", "2026-11-21", "--compare", named)
        assert 0 == zhiwang(*words, "--out", folder).code
        told = json.loads((folder / "figures.json").read_text(encoding="utf-8"))["figures"]
        assert families == {each["id"].partition(".")[0] for each in told} & BOTH


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("day", "--date", "2026-13-01"), "--date"),
        (("month", "--date", "0001-01-01"), "--date"),
        (("month", "--date", "2026-11-01", "--compare", "before,none"), "--compare"),
        (("week", "--date", "2026-11-01", "--compare", ""), "--compare"),
        (("special", *SPAN, "--compare", "before"), "--compare"),
        (("special", *SPAN, "--item", "9999"), "--item"),
        (("special", SPAN[0], SPAN[3], SPAN[2], SPAN[1]), "--to"),
    ],
)
def test_a_bad_word_is_one_line(
    town: Town, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    done = zhiwang("report", *words, "--site", town.site("seat1"), "--out", tmp_path / "o")

    assert 2 == done.code
    assert said in done.err
    assert 1 == len(done.err.strip().splitlines())
    assert not (tmp_path / "o").exists()
