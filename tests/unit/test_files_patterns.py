"""A mapping's own regular expressions: what would try for ever is refused before it runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatch.domain.errors import BadInput
from dispatch.files.calls import batches
from dispatch.files.mapping import IncidentMapping, read_mapping
from dispatch.files.opening import open_table
from dispatch.files.patterns import LONGEST_TEXT, MOST_WAYS, compiled
from dispatch.files.rows import Meter, Reject
from dispatch.geo.crs import to_cgcs2000

MAPPING = """
[place]
lon = "x"
lat = "y"
[text]
columns = ["t"]
[item]
column = "k"
default = "0000"
[[item.rule]]
regex = '%s'
item = "0605"
"""


def mapping(folder: Path, pattern: str) -> IncidentMapping:
    file = folder / "map.toml"
    file.write_text(MAPPING % pattern, encoding="utf-8")
    return read_mapping(file, {"0000", "0605"})


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a|a)+$",
        "(a?a)+$",
        "(a*)*$",
        r"(\w+\s?)*$",
        "a*a*a*a*$",
        "(?:a{1,30}){1,30}$",
        "(a{2,3}b?)+$",
        "a?" * 25 + "a" * 25,
        "(?=(a+)+$)b",
        "(?>(a+)+)b",
        "(a)?(?(1)(a+)+|b)$",
    ],
)
def test_what_would_try_for_ever_is_one_line_and_never_runs(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(BadInput, match="会试个没完") as bad:
        mapping(tmp_path, pattern)

    assert "map.toml [item] 第 1 条规则" in str(bad.value)
    assert 1 == len(str(bad.value).splitlines())


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("井盖|窨井|路灯", "路灯不亮"),
        ("路灯.*不亮", "路灯三天不亮"),
        (r"^\s*(EMS|Fire)\s*:", " fire : smoke"),
        (r"\d{4}-\d{2}-\d{2}", "2026-11-22"),
        ("(井盖|路灯)(缺失|不亮)?$", "路灯"),
        ("(?<!不)亮.{0,20}灯", "亮着灯"),
        (r"(一)\1", "一一"),
        ("(ab){3}c*", "abababcc"),
    ],
)
def test_what_people_write_is_taken(pattern: str, fits: str) -> None:
    assert compiled(pattern).search(fits)
    # The most that a pattern of two free repeats can be made to try.
    assert not compiled("a*a*b").search("a" * LONGEST_TEXT)


def test_a_text_too_long_for_a_pattern_is_a_row_that_is_not_taken(tmp_path: Path) -> None:
    """Ten thousand letters are no category; `contains` reads them all the same."""
    file = tmp_path / "calls.csv"
    file.write_text(f"k,t,x,y\n{'a' * 7_000},演示数据,114,23\naaab,演示数据,114,23\n", "utf-8")
    plain = tmp_path / "plain.toml"
    plain.write_text((MAPPING % "a").replace("regex", "contains"), encoding="utf-8")

    def read(how: IncidentMapping) -> tuple[list[str], list[Reject]]:
        ((calls, rejects),) = batches(open_table(file).read(Meter()), how, to_cgcs2000("cgcs2000"))
        return [each.item for each in calls], rejects

    items, rejects = read(mapping(tmp_path, "a+b$"))
    assert ["0605"] == items
    assert [(2, "k 有 7000 个字符，regex 规则至多看 300 个，请改用 contains")] == [
        (each.line, each.reason) for each in rejects
    ]
    assert (["0605", "0605"], []) == read(read_mapping(plain, {"0000", "0605"}))


def test_a_number_of_ways_is_never_worked_out_beyond_the_bound() -> None:
    """Counting them must not hang either."""
    with pytest.raises(ValueError, match="会试个没完"):
        compiled("(" * 50 + "a+" + ")+" * 50)
    assert MOST_WAYS < 10**9
    with pytest.raises(ValueError, match="有误"):
        compiled("[")
    with pytest.raises(ValueError, match="超过 1000 个字符"):
        compiled("a" * 1001)
