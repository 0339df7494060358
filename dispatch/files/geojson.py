"""Strict reading of RFC 7946 files: what is wrong is named feature by feature, ring by ring."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

import numpy as np
from shapely.geometry import LinearRing, MultiPolygon, Polygon
from shapely.validation import explain_validity, make_valid

from dispatch.domain.errors import BadInput
from dispatch.files.text_file import read_at_most
from dispatch.geo.area import Outline, polygons, to_outline
from dispatch.geo.crs import Convert

LARGEST: Final = 64 * 1024 * 1024
"""Bytes; a city's 3,201 grids take about 10 MB. JSON takes up to 20 times its size in memory."""
MOST_BRACKETS: Final = 4_000_000
"""Objects and arrays; each takes 60 to 230 bytes in memory, however short its text."""

_LON, _LAT = 180.0, 90.0
_CORNERS: Final = 3


@dataclass(frozen=True, slots=True)
class Drawn:
    """One geometry as read: the outline in CGCS2000, and what was put right on the way."""

    outline: Outline
    notes: tuple[str, ...]


def features(path: Path) -> list[Any]:
    """Return the raw features of a FeatureCollection file (or its one Feature).

    Elements are unchecked JSON values. Raises BadInput naming line and column.
    """
    document = _document(path)
    where = path.name
    if not isinstance(document, dict):
        raise BadInput(where, "最外层不是 GeoJSON 对象")
    match document.get("type"):
        case "FeatureCollection":
            found = document.get("features")
        case "Feature":
            found = [document]
        case other:
            raise BadInput(where, f"类型是 {_short(other)}，应为 FeatureCollection")
    if not isinstance(found, list):
        raise BadInput(where, "features 不是数组")
    if not found:
        raise BadInput(where, "文件里没有任何要素")
    return found


def _document(path: Path) -> Any:  # a JSON value may be anything
    try:
        raw = read_at_most(path, LARGEST)
        if raw.count(b"[") + raw.count(b"{") > MOST_BRACKETS:
            raise BadInput(path.name, f"对象和数组超过 {MOST_BRACKETS} 个")
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(path.name, f"第 {error.start + 1} 个字节起不是 UTF-8 文本") from error
    except OSError as error:
        raise BadInput(str(path), f"读不了文件：{error.strerror}") from error
    try:
        return json.loads(text, parse_constant=no_constant)
    except json.JSONDecodeError as error:
        where = f"{path.name} 第 {error.lineno} 行第 {error.colno} 列"
        raise BadInput(where, f"不是 JSON：{error.msg}") from error
    except RecursionError as error:
        raise BadInput(path.name, "JSON 嵌套过深") from error
    except ValueError as error:  # NaN and numbers of more than 4,300 digits
        raise BadInput(path.name, str(error)[:80]) from error


def no_constant(name: str) -> NoReturn:
    """Refuse NaN and its like, which Python's JSON has and JSON has not."""
    raise ValueError(f"JSON 里有 {name}，坐标必须是数字")


def outline(geometry: object, convert: Convert, *, degrees: bool, repair: bool = False) -> Drawn:
    """Read one Polygon or MultiPolygon into CGCS2000.

    `degrees` says that the file's own coordinates are degrees and not metres. Raises BadInput with
    the ring as its place; nothing of a geometry with a fault is returned, unless `repair` asks for
    what can be put right to be put right: each repair is a note.
    """
    if not isinstance(geometry, dict):
        raise BadInput("geometry", "没有几何")
    coordinates = geometry.get("coordinates")
    match geometry.get("type"):
        case "Polygon":
            listed = [coordinates]
        case "MultiPolygon":
            listed = _list(coordinates, "coordinates")
        case other:
            raise BadInput("geometry", f"类型是 {_short(other)}，应为 Polygon 或 MultiPolygon")
    reader = _Rings(convert, degrees=degrees, repair=repair)
    parts = []
    for number, part in enumerate(listed, 1):
        where = f"第 {number} 面" if len(listed) > 1 else ""
        rings = reader.part(part, where)
        if rings:
            reader.notes.extend(_winding(rings, where))
            parts.append(Polygon(rings[0], rings[1:]))
    if not parts:
        raise BadInput("geometry", "没有一环可用")
    shape = MultiPolygon(parts)
    if not shape.is_valid:
        if not repair:
            raise BadInput("geometry", _fault(shape))
        reader.notes.append(f"{_fault(shape)}，已修复")
        shape = make_valid(shape)
        if not polygons(shape):
            raise BadInput("geometry", "修复后没有面积")
    return Drawn(to_outline(shape), tuple(reader.notes))


def point(geometry: object) -> tuple[float, float]:
    """Read a Point as it stands in its file's own system; anything else is a BadInput."""
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        kind = geometry.get("type") if isinstance(geometry, dict) else geometry
        raise BadInput("geometry", f"类型是 {_short(kind)}，应为 Point")
    return _position(geometry.get("coordinates"), "geometry", degrees=False)


def _list(value: object, where: str) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise BadInput(where, "不是非空数组")
    return value


class _Rings:
    """Reads rings; `notes` tells what was put right on request."""

    def __init__(self, convert: Convert, *, degrees: bool, repair: bool) -> None:
        self._convert = convert
        self._degrees = degrees
        self._repair = repair
        self.notes: list[str] = []

    def part(self, value: object, where: str) -> list[LinearRing]:
        """Return a polygon's rings; none when its exterior had to be left out."""
        found: list[LinearRing] = []
        for index, each in enumerate(_list(value, f"{where}coordinates"), 1):
            ring = self._ring(each, f"{where}第 {index} 环")
            if ring is None and index == 1:
                return []
            if ring is not None:
                found.append(ring)
        return found

    def _ring(self, value: object, where: str) -> LinearRing | None:
        points = [
            _position(each, f"{where}第 {index} 点", degrees=self._degrees)
            for index, each in enumerate(_list(value, where), 1)
        ]
        if len(set(points)) < _CORNERS:
            told = f"只有 {len(set(points))} 个不同的点，至少要 3 个"
            if not self._repair:
                raise BadInput(where, told)
            self.notes.append(f"{where}{told}，已舍去")
            return None
        if points[0] != points[-1]:
            if not self._repair:
                raise BadInput(where, "没有闭合：末点与首点不同")
            self.notes.append(f"{where}没有闭合，已补上首点")
            points.append(points[0])
        xy = np.array(points, dtype=np.float64)
        lon, lat = self._convert(xy[:, 0], xy[:, 1])
        outside = ~(np.isfinite(lon) & np.isfinite(lat) & (abs(lon) <= _LON) & (abs(lat) <= _LAT))
        if outside.any():
            raise BadInput(
                f"{where}第 {int(outside.argmax()) + 1} 点", "换算后不在地球上，坐标系可能有误"
            )
        return LinearRing(np.column_stack((lon, lat)))


def _position(value: object, where: str, *, degrees: bool) -> tuple[float, float]:
    if not isinstance(value, list) or not 2 <= len(value) <= 4:
        raise BadInput(where, f"不是坐标：{_short(value)}")
    for each in value:
        if isinstance(each, bool) or not isinstance(each, int | float):
            raise BadInput(where, f"坐标不是数字：{_short(each)}")
    try:
        x, y = float(value[0]), float(value[1])
    except OverflowError as error:
        raise BadInput(where, "坐标超出范围") from error
    if not (math.isfinite(x) and math.isfinite(y)):
        raise BadInput(where, "坐标超出范围")
    if degrees and not (abs(x) <= _LON and abs(y) <= _LAT):
        swapped = "，经纬度可能写反" if abs(y) <= _LON and abs(x) <= _LAT else ""
        raise BadInput(where, f"经纬度 {x:g},{y:g} 超出范围{swapped}")
    return x, y


def _winding(rings: list[LinearRing], where: str) -> list[str]:
    """Return a note for each ring that is wound against the right-hand rule.

    RFC 7946 section 3.1.6 asks readers to take such rings, so turning them is harmless.
    """
    return [
        f"{where}第 {index} 环绕向与 RFC 7946 相反，已反转"
        for index, ring in enumerate(rings, 1)
        if ring.is_ccw != (index == 1)
    ]


_FAULTS: Final = {
    "Self-intersection": "自相交",
    "Ring Self-intersection": "环自相交",
    "Hole lies outside shell": "洞在外环之外",
    "Holes are nested": "洞互相嵌套",
    "Nested shells": "面互相嵌套",
    "Interior is disconnected": "内部不连通",
    "Too few points in geometry component": "点太少",
    "Duplicate Rings": "环重复",
}


def _fault(shape: MultiPolygon) -> str:
    kind, _, at = str(explain_validity(shape)).partition("[")
    spot = ",".join(f"{float(each):.6f}" for each in at.rstrip("]").split())
    place = f"，在 {spot} 附近" if spot else ""
    return f"{_FAULTS.get(kind, kind)}{place}"


def _short(value: object) -> str:
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except RecursionError:
        text = "嵌套过深"
    return text if len(text) <= 40 else text[:39] + "…"
