"""Others' GPX, GeoJSON, XML and hostile strings at every importer: one line or a thing to keep."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.desk.test_import_incidents import MAPPING
from tests.doors.hostile import SHARED, hostile
from tests.doors.test_files_garbage import PARSERS, Parser, grids, held, mapping

FOLDERS = ("gpx", "protocol")
ENDINGS = ("csv", "geojson", "xlsx", "csv.gz")
SMALL = 512 * 1024


def fixtures() -> list[Path]:
    """The shared files of others that are no tables; a missing folder skips the test, visibly."""
    found = [
        each
        for folder in FOLDERS
        for each in (SHARED / folder).rglob("*")
        if each.is_file() and each.stat().st_size < SMALL
    ]
    if not found:
        pytest.skip("../shared/data/gpx and ../shared/data/protocol are not at hand")
    return sorted(found)


def test_no_fixture_is_a_surprise(tmp_path: Path) -> None:
    """Each as every kind of table (one importer a kind and more by turns), as map, as mapping."""
    (tmp_path / "map.toml").write_text(MAPPING, encoding="utf-8")
    readers = [each.read for each in PARSERS.values()]
    for place, fixture in enumerate(fixtures()):
        raw = fixture.read_bytes()
        for number, ending in enumerate(ENDINGS):
            held(readers[(place + number) % len(readers)], tmp_path / f"2026.{ending}", raw)
        held(grids, tmp_path / "2026.geojson", raw)
        held(mapping, tmp_path / "2026.toml", raw)


def row(parser: Parser, column: int, text: str) -> bytes:
    """A table with one row that has the text in one column."""
    cells = list(parser.good)
    cells[column] = text
    out = io.StringIO()
    csv.writer(out).writerows([parser.columns, cells])
    return out.getvalue().encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("name", PARSERS)
def test_a_hostile_string_in_any_column(tmp_path: Path, name: str) -> None:
    """Every string goes through every importer, each in another column."""
    (tmp_path / "map.toml").write_text(MAPPING, encoding="utf-8")
    parser = PARSERS[name]
    for place, text in enumerate(hostile()):
        raw = row(parser, place % len(parser.columns), text)
        held(parser.read, tmp_path / "2026.csv", raw)
