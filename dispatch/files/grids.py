"""The `import grids` door: outlines of towns, villages and grids from a GeoJSON file."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shapely.geometry import box
from shapely.strtree import STRtree

from dispatch.domain.errors import BadInput
from dispatch.files import geojson
from dispatch.geo.area import Area, square_metres, to_shape
from dispatch.geo.crs import ALIAS, KNOWN, Convert, to_cgcs2000

LEVELS: Final = {6: "市", 9: "镇街", 12: "村(社区)", 15: "网格"}
"""Digits of a code and the level they stand for."""

Box = tuple[float, float, float, float]
"""West, south, east, north in CGCS2000 degrees."""

_VILLAGE: Final = 12
_LONGEST_NAME: Final = 60
_OVERLAP_M2: Final = 1000.0
"""Smaller overlaps are the drawing's own noise along a shared border."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One line about one feature: its place in the file, its code where known, and what is up.

    `number` of the feature in the file, 0 where the line is about no single one.
    """

    place: str
    code: str
    what: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class GridImport:
    """What a file gave: a feature is taken whole or not at all.

    `notes` are harmless things put right or worth knowing (winding, a name that is not the
    official one, an overlap). `digest` is the SHA-256 of the file: the same file twice is known.
    """

    areas: tuple[Area, ...]
    rejects: tuple[Remark, ...]
    notes: tuple[Remark, ...]
    crs: str
    digest: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read: its system, the codes that exist, where the city is.

    `known` maps official codes of 6 to 12 digits to names; a grid (15 digits) must lie in a
    known village. Outlines wholly outside `city` are refused; `None` lets them in. `repair`: rings
    that are not closed, too short or cross themselves are put right and told, not refused.
    """

    crs: str
    known: Mapping[str, str]
    city: Box | None = None
    repair: bool = False


def read_grids(path: Path, reading: Reading) -> GridImport:
    """Read the file. Raises BadInput only where it is no GeoJSON at all or the CRS is unknown."""
    convert = to_cgcs2000(reading.crs)
    raw = geojson.features(path)
    areas: dict[str, Area] = {}
    rejects: list[Remark] = []
    notes: list[Remark] = []
    for number, feature in enumerate(raw, 1):
        place = f"{path.name} 第 {number} 个要素"
        try:
            area, told = _area(feature, reading, convert)
            _first(area.code, areas)
        except BadInput as error:
            what = f"{error.where}：{error.what}"
            rejects.append(Remark(place, _code(feature), what, number))
            continue
        areas[area.code] = area
        notes.extend(Remark(place, area.code, each) for each in told)
    taken = tuple(areas.values())
    notes.extend(_overlaps(taken))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return GridImport(taken, tuple(rejects), tuple(notes), reading.crs, digest)


def _first(code: str, areas: Mapping[str, Area]) -> None:
    if code in areas:
        raise BadInput("code", f"代码 {code} 在前面已出现")


def _code(feature: object) -> str:
    """Return the code for the reject list, as far as there is one."""
    if isinstance(feature, dict) and isinstance(feature.get("properties"), dict):
        code = feature["properties"].get("code")
        if isinstance(code, str):
            return code[:15]
    return ""


def _area(feature: object, reading: Reading, convert: Convert) -> tuple[Area, list[str]]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise BadInput("type", "不是 Feature")
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        raise BadInput("properties", "没有属性")
    code = _checked_code(properties.get("code"), reading.known)
    name, notes = _checked_name(properties.get("name"), code, reading.known)
    _same_system(properties.get("crs"), reading.crs)
    degrees = reading.crs.lower() in KNOWN
    geometry, repair = feature.get("geometry"), reading.repair
    drawn = geojson.outline(geometry, convert, degrees=degrees, repair=repair)
    area = Area(code, name, drawn.outline)
    if reading.city is not None:
        _inside(area, reading.city)
    return area, [*notes, *drawn.notes]


def _checked_code(code: object, known: Mapping[str, str]) -> str:
    if not isinstance(code, str):
        raise BadInput("code", "没有代码，或代码不是文本")
    if not (code.isascii() and code.isdigit() and len(code) in LEVELS):
        raise BadInput("code", f"代码“{code[:20]}”不是 6、9、12 或 15 位数字")
    official = code[:_VILLAGE]
    if official not in known:
        raise BadInput("code", f"区划代码 {official} 不在官方代码表中")
    return code


def _checked_name(name: object, code: str, known: Mapping[str, str]) -> tuple[str, list[str]]:
    official = known.get(code)
    if name is None:
        return official or code, []
    if not isinstance(name, str) or not 0 < len(name.strip()) <= _LONGEST_NAME:
        raise BadInput("name", f"名称应为 1 至 {_LONGEST_NAME} 个字的文本")
    name = name.strip()
    if any(unicodedata.category(each)[0] == "C" for each in name):
        raise BadInput("name", "名称里有控制字符")
    if official is not None and official != name:
        return official, [f"名称“{name}”与官方名称“{official}”不同，用官方名称"]
    return name, []


def _same_system(stated: object, crs: str) -> None:
    """Refuse a feature that names another coordinate system than the one on the command line."""
    if not isinstance(stated, str) or crs.lower() not in KNOWN:
        return
    plain = stated.lower()
    marks = (("bd", "bd09"), ("gcj", "gcj02"), ("wgs", "cgcs2000"), ("cgcs", "cgcs2000"))
    for mark, system in marks:
        if mark in plain:
            if system != ALIAS.get(crs.lower(), crs.lower()):
                raise BadInput("crs", f"要素写明 {stated[:30]}，与 --crs {crs} 不符")
            return


def _inside(area: Area, city: Box) -> None:
    if not to_shape(area.outline).intersects(box(*city)):
        lon, lat = area.outline[0][0][0]
        raise BadInput("geometry", f"在本市范围之外（{lon:.4f},{lat:.4f}），坐标系或轴序可能有误")


def _overlaps(areas: tuple[Area, ...]) -> list[Remark]:
    """Tell where two areas of one level overlap: a point there belongs to the smaller code."""
    shapes = [to_shape(area.outline) for area in areas]
    tree = STRtree(shapes)
    found = []
    for i, shape in enumerate(shapes):
        for j in sorted(int(each) for each in tree.query(shape, predicate="overlaps")):
            one, other = areas[i], areas[j]
            if j <= i or len(one.code) != len(other.code):
                continue
            size = square_metres(shape.intersection(shapes[j]))
            if size >= _OVERLAP_M2:
                what = f"与 {other.code} {other.name} 重叠 {size / 1e6:.3f} 平方公里"
                found.append(Remark(one.name, one.code, what))
    return found
