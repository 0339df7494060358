"""A GeoJSON file of points as rows: a column for each property, and `@lon`, `@lat`, `@id`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

from dispatch.domain.errors import BadInput
from dispatch.files import geojson
from dispatch.files.geojson_stream import read_features
from dispatch.files.rows import MOST_COLUMNS, Meter, Reject, Row, RowFile, joined

PLACE: Final = ("@lon", "@lat", "@id")
"""Names of the columns that are no properties: the point, and the feature's own id."""


def open_points(path: Path) -> RowFile:
    """Read the file once, feature by feature, and name its columns; each reading does so anew.

    Whatever makes it no GeoJSON is found here: BadInput.
    """
    names: dict[str, None] = {}
    for each in read_features(path, Meter()):
        if isinstance(each, dict):
            for name in _properties(each):
                if name not in names:
                    names[whole(name, path.name)] = None
        if len(names) > MOST_COLUMNS:
            raise BadInput(path.name, f"有超过 {MOST_COLUMNS} 种属性")
    header = (*(name for name in names if name not in PLACE), *PLACE)
    return RowFile(path.name, header, partial(_rows, path, header), "utf-8", "", "个要素")


# Any: elements are unchecked JSON values.
def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    found = feature.get("properties")
    return found if isinstance(found, dict) else {}


def _rows(path: Path, header: tuple[str, ...], meter: Meter) -> Iterator[Row | Reject]:
    for number, each in enumerate(read_features(path, meter), 1):
        try:
            texts = _texts(each)
        except BadInput as error:
            yield Reject(number, f"{error.where}：{error.what}")
            continue
        yield joined(number, header, [texts.get(name, "") for name in header])


def _texts(feature: object) -> dict[str, str]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise BadInput("type", "不是 Feature")
    texts = {name: _text(value, name) for name, value in _properties(feature).items()}
    texts |= dict.fromkeys(PLACE, "")
    texts["@id"] = _text(feature.get("id"), "id")
    shape = feature.get("geometry")
    if shape is not None:
        lon, lat = geojson.point(shape)
        texts["@lon"], texts["@lat"] = repr(lon), repr(lat)
    return texts


def _text(value: object, where: str) -> str:
    if value is None:
        return ""
    try:
        text = value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    except RecursionError:
        raise BadInput(where, "嵌套过深") from None
    return whole(text, where)


def whole(text: str, where: str) -> str:
    """Return a text of JSON; one with half a surrogate pair, which nothing can keep, is refused."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadInput(where, "文字里有半个代理对，不是有效的 Unicode") from None
    return text
