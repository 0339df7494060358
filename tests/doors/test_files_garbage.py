"""Every parser of others' files on garbage: one line that says where, or what a site can read."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from openpyxl import Workbook

from console import hub_tables
from dispatch.domain.codes import Level
from dispatch.domain.errors import BadInput
from dispatch.domain.organisation import Node, Organisation
from dispatch.files import tables as files
from dispatch.files.bulletins import COLUMNS as BULLETINS
from dispatch.files.calls import batches
from dispatch.files.checks import COLUMNS as CHECKS
from dispatch.files.checks import read_checks
from dispatch.files.duty import COLUMNS as DUTY
from dispatch.files.duty import read_duty
from dispatch.files.grids import Reading, read_grids
from dispatch.files.guides import COLUMNS as GUIDES
from dispatch.files.mapping import read_mapping
from dispatch.files.measures import COLUMNS as MEASURES
from dispatch.files.objects import COLUMNS as OBJECTS
from dispatch.files.objects import ObjectFile
from dispatch.files.opening import open_table
from dispatch.files.places import COLUMNS as PLACES
from dispatch.files.places import read_places
from dispatch.files.reject_file import RejectFile
from dispatch.files.roster import COLUMNS as ROSTER
from dispatch.files.roster import read_roster
from dispatch.files.rows import BadRows, Meter, Reject
from dispatch.geo.crs import to_cgcs2000
from dispatch.wire import tables as wire
from dispatch.wire.objects import parse_row, write_row
from resources import path
from tests.desk.test_import_incidents import MAPPING
from tests.doors.garbage import EXAMPLES, documents, json_values, odd_texts, put_in, search, tables

TOWN, VILLAGE, GRID = "441900106", "441900106201", "441900106201001"
TREE = Organisation(
    (
        Node("441900", "市", Level.CITY, None),
        Node(TOWN, "镇", Level.TOWN, "441900"),
        Node(VILLAGE, "村", Level.VILLAGE, TOWN),
        Node(GRID, "格", Level.GRID, VILLAGE),
    )
)
CATALOGUE = files.read_catalogue(path("catalogue/catalogue_v1.csv"), "v1")
SQUARE = [[113.97, 23.02], [113.98, 23.02], [113.98, 23.03], [113.97, 23.03], [113.97, 23.02]]


def told(bad: BadInput) -> None:
    """The one clear line; a table's rejected rows can be written down as they are."""
    assert bad.where
    assert "\n" not in str(bad)
    if isinstance(bad, BadRows):
        with io.BytesIO() as nowhere:
            for each in bad.rejects:
                nowhere.write(f"{each.reason}{each.cells}".encode(errors="backslashreplace"))


def objects(file: Path) -> None:
    """Every object can be sent to a site, every reject written into the reject file."""
    found = ObjectFile(file, TREE, lambda *_: GRID)
    with RejectFile(file.with_suffix(".rejects"), found.table.header) as rejects:
        for each in found.read("cgcs2000"):
            if isinstance(each, Reject):
                rejects.add(each)
            else:
                assert each == parse_row(write_row(each))


def calls(file: Path) -> None:
    """Every call is a text that an event can hold."""
    mapping = read_mapping(file.with_name("map.toml"), {each.code for each in CATALOGUE})
    table = open_table(file, mapping.form)
    table.demand(mapping.columns)
    for some, _ in batches(table.read(Meter()), mapping, to_cgcs2000("cgcs2000")):
        for each in some:
            each.text.encode()


def grids(file: Path) -> None:
    """Every area can be published."""
    names = {TOWN: "镇", VILLAGE: "村"}
    found = read_grids(file, Reading("cgcs2000", names, repair=True))
    features = [
        wire.Feature(each.code, "grid", 0, 0, each.outline, each.name) for each in found.areas
    ]
    wire.check("geometry", wire.write_geometry(features, "1"))


def published(name: str, body: str) -> None:
    """A site can read what the hub would publish."""
    wire.check(name, body)


@dataclass(frozen=True, slots=True)
class Parser:
    """A reader of a table with what a good row looks like; `read` goes on to what is stored."""

    columns: tuple[str, ...]
    good: tuple[str, ...]
    read: Callable[[Path], Any]


PROFILE_ROW = ("U1", "natural", *("5m",) * len(files.STAGES))
PARSERS = {
    "divisions": Parser(
        files.DIVISION,
        ("village", VILLAGE, "村", "村", TOWN),
        lambda file: published("organisation", hub_tables.organisation_table(file)),
    ),
    "centres": Parser(
        ("code", "name", "lon", "lat", "area_km2"),
        (TOWN, "镇", "113.9", "23.0", "50"),
        files.read_centres,
    ),
    "catalogue": Parser(
        files.CATALOGUE,
        ("0101", "类", "公安", "事", "P1", "U1"),
        lambda file: published("catalogue", hub_tables.catalogue_table(file)),
    ),
    "sla": Parser(
        files.PROFILE,
        PROFILE_ROW,
        lambda file: published("sla", hub_tables.sla_table(file)),
    ),
    "calendar": Parser(
        files.DAYS,
        ("2026-10-01", "holiday", "国庆"),
        lambda file: published(
            "calendar", wire.write_calendar(files.read_days(file), (2026,), "1")
        ),
    ),
    "guides": Parser(
        GUIDES,
        ("08", "做", "查|看", "完", "1", "1"),
        lambda file: published("guides", hub_tables.guides_table(file, CATALOGUE)),
    ),
    "bulletins": Parser(
        BULLETINS,
        ("P1", "5", "30"),
        lambda file: published("bulletins", hub_tables.bulletins_table(file, CATALOGUE)),
    ),
    "roster": Parser(
        ROSTER,
        ("W1", "演示甲", GRID, "138****0000", ""),
        lambda file: published("roster", wire.write_roster(read_roster(file, TREE), "1")),
    ),
    "duty": Parser(
        DUTY,
        (TOWN, "2026-11-21", "白班", "一号席", "clerk1", ""),
        lambda file: published("duty", wire.write_duty(read_duty(file, TREE, {"clerk1"}), "1")),
    ),
    "kpi": Parser(
        MEASURES,
        ("kpi.x", "1", "名", "rate", "had:closed", "", "", "", "more", "文"),
        lambda file: published("kpi", hub_tables.kpi_table(file)),
    ),
    "checks": Parser(CHECKS, ("O1", "clear", "W1", "一切正常"), read_checks),
    "places": Parser(PLACES, (GRID, "某处", "113.97", "23.02"), read_places),
    "objects": Parser(
        OBJECTS,
        ("O1", "house", "某屋", GRID, "演示路1号", "", "", "113.97", "23.02", "30", "2026-11-21"),
        objects,
    ),
    "incidents": Parser(
        ("号", "时间", "经", "纬", "说明", "事项", "电话", "级"),
        ("1", "2026-11-21 08:00", "113.97", "23.02", "井盖", "消防", "", "P1"),
        calls,
    ),
}


def held(read: Callable[[Path], Any], file: Path, raw: bytes) -> None:
    """Read the bytes as that file: fine, or one BadInput; nothing else comes out."""
    file.write_bytes(raw)
    try:
        read(file)
    except BadInput as bad:
        told(bad)


@pytest.mark.parametrize("examples", EXAMPLES)
@pytest.mark.parametrize("name", PARSERS)
def test_a_table(tmp_path: Path, name: str, examples: int) -> None:
    parser = PARSERS[name]
    (tmp_path / "map.toml").write_text(MAPPING, encoding="utf-8")
    good = (",".join(parser.columns) + "\n" + ",".join(parser.good) + "\n").encode()
    garbage = st.one_of(tables(parser.columns, parser.good), put_in(good), st.binary(max_size=200))
    search(lambda raw: held(parser.read, tmp_path / "2026.csv", raw), garbage, examples)


@pytest.mark.parametrize("examples", EXAMPLES)
def test_a_packed_table(tmp_path: Path, examples: int) -> None:
    parser = PARSERS["roster"]
    good = gzip.compress((",".join(ROSTER) + "\n" + ",".join(parser.good) + "\n").encode())
    search(lambda raw: held(parser.read, tmp_path / "a.csv.gz", raw), put_in(good), examples)


def points(*properties: Any) -> Any:
    """A file of points with these properties."""
    features = [
        {
            "type": "Feature",
            "properties": each,
            "geometry": {"type": "Point", "coordinates": [113.97, 23.02]},
        }
        for each in properties
    ]
    return {"type": "FeatureCollection", "features": features}


@pytest.mark.parametrize("examples", EXAMPLES)
@pytest.mark.parametrize("name", PARSERS)
def test_a_table_of_geojson(tmp_path: Path, name: str, examples: int) -> None:
    parser = PARSERS[name]
    (tmp_path / "map.toml").write_text(MAPPING, encoding="utf-8")
    row = dict(zip(parser.columns, parser.good, strict=True))
    key = st.sampled_from(parser.columns)
    changed = st.dictionaries(key, json_values(), min_size=1, max_size=3)
    garbage = st.one_of(
        changed.map(lambda odd: json.dumps(points(row | odd)).encode()),
        json_values().map(lambda odd: json.dumps(points(odd)).encode()),
        documents(),
    )
    search(lambda raw: held(parser.read, tmp_path / "2026.geojson", raw), garbage, examples)


def outline(geometry: Any, code: Any = VILLAGE, name: Any = "村") -> bytes:
    """One area as a file."""
    feature = {"type": "Feature", "properties": {"code": code, "name": name}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


@pytest.mark.parametrize("examples", EXAMPLES)
def test_a_map(tmp_path: Path, examples: int) -> None:
    number = st.one_of(st.floats(), st.integers(-400, 400), json_values())
    ring = st.lists(st.lists(number, max_size=3), max_size=6)
    shapes = st.one_of(st.lists(ring, max_size=3), st.just([SQUARE]), json_values())
    kinds = st.sampled_from(["Polygon", "MultiPolygon", "Point", None, 7])
    drawn = st.builds(lambda kind, at: {"type": kind, "coordinates": at}, kinds, shapes)
    garbage = st.one_of(
        drawn.map(outline),
        json_values().map(outline),
        json_values().map(lambda odd: outline({"type": "Polygon", "coordinates": [SQUARE]}, odd)),
        json_values().map(
            lambda odd: outline({"type": "Polygon", "coordinates": [SQUARE]}, VILLAGE, odd)
        ),
        documents(),
    )
    search(lambda raw: held(grids, tmp_path / "map.geojson", raw), garbage, examples)


def workbook() -> bytes:
    """A small good workbook."""
    book = Workbook()
    book.active.append(ROSTER)
    book.active.append(PARSERS["roster"].good)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def unpacked(raw: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """A package of these parts."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return raw.getvalue()


@pytest.mark.parametrize("examples", EXAMPLES)
def test_a_workbook(tmp_path: Path, examples: int) -> None:
    good = workbook()
    parts = unpacked(good)
    changed = st.sampled_from(sorted(parts)).flatmap(
        lambda name: put_in(parts[name]).map(lambda raw: packed(parts | {name: raw}))
    )
    missing = st.sampled_from(sorted(parts)).map(
        lambda gone: packed({name: raw for name, raw in parts.items() if name != gone})
    )
    garbage = st.one_of(changed, missing, put_in(good))
    read = PARSERS["roster"].read
    search(lambda raw: held(read, tmp_path / "a.xlsx", raw), garbage, examples)


def mapping(file: Path) -> None:
    """A mapping that is taken can be used."""
    found = read_mapping(file, {each.code for each in CATALOGUE})
    found.item.of("x")


TOML = (
    *('a = "x"', "[file]", "[[item.rule]]", "[item.rule]", "rule = 7", 'regex = "("'),
    *(f"low = {'9' * 5_000}", "x = " + "[" * 2_000, "a." * 300 + "b = 1", 'zone = "../x"'),
    *('regex = "a{1,99999999}"', "low = nan", "low = inf", "low = 2026-01-01", "low = true"),
    *('encoding = "utf-16"', 'separator = "\\""', 'zone = ""', 'zone = "/etc/passwd"'),
    *('crs = "EPSG:0"', 'crs = "\\u0000"', "sheet = 7", "columns = []", 'columns = [["x"]]'),
)


@pytest.mark.parametrize("examples", EXAMPLES)
def test_a_mapping(tmp_path: Path, examples: int) -> None:
    good = MAPPING.splitlines()

    def with_line(at: int, line: str) -> bytes:
        return "\n".join([*good[:at], line, *good[at:]]).encode("utf-8", "surrogatepass")

    lines = st.one_of(st.sampled_from(TOML), odd_texts().map(lambda text: f"x = {text}"))
    garbage = st.one_of(
        st.builds(with_line, st.integers(0, len(good)), lines),
        put_in(MAPPING.encode()),
        st.binary(max_size=60),
    )
    layout = lambda file: files.read_layout(file, ROSTER)
    for read in (mapping, layout):
        search(partial(held, read, tmp_path / "m.toml"), garbage, examples)


@pytest.mark.parametrize("line", TOML, ids=range(len(TOML)))
def test_a_line_that_no_mapping_has(tmp_path: Path, line: str) -> None:
    """A number of 5,000 digits, a key of 300 parts, an array 2,000 deep and other strange lines."""
    held(mapping, tmp_path / "m.toml", f"{line}\n{MAPPING}".encode())
    held(mapping, tmp_path / "m.toml", f"{MAPPING}\n{line}\n".encode())


@pytest.mark.parametrize("place", ["number", "grid", "post", "@id"])
def test_half_a_surrogate_pair_is_a_rejected_feature(tmp_path: Path, place: str) -> None:
    """JSON can spell it, and nothing that is written as UTF-8 can keep it."""
    file = tmp_path / "a.geojson"
    found = points(dict(zip(ROSTER, PARSERS["roster"].good, strict=True)) | {place: "\ud800"})
    if place == "@id":
        found["features"][0] |= {"id": "\ud800"}
    file.write_text(json.dumps(found))

    with pytest.raises(BadInput, match="不是有效的 Unicode"):
        read_roster(file, TREE)
    file.write_text(json.dumps(points({"\ud800": 1})))
    with pytest.raises(BadInput, match="不是有效的 Unicode"):
        open_table(file)


def test_a_property_as_deep_as_can_be_read_is_one_line(tmp_path: Path) -> None:
    """What json reads just so, it could not write in an error's words: somewhere below 1,000."""
    file = tmp_path / "a.geojson"
    for levels in range(850, 1_000, 3):
        nested = f"{'[' * levels}{']' * levels}"
        for inside in ('"properties":{"number":%s}', '"geometry":{"type":%s}'):
            feature = '{"type":"Feature",' + inside % nested + "}"
            raw = f'{{"type":"FeatureCollection","features":[{feature}]}}'.encode()
            held(lambda found: list(open_table(found).read(Meter())), file, raw)


def test_a_row_that_runs_over_all_lines_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"number,name,grid,phone,post\n" + b'"\n",' * 300_000)

    with pytest.raises(BadInput, match="引号里的换行使一行过长"):
        read_roster(file, TREE)
