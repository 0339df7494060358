"""A mapping file: which column of a foreign file is which, and how its text becomes an item."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from dispatch.domain.codes import Source
from dispatch.domain.errors import BadInput
from dispatch.files.rows import Form
from dispatch.files.toml_table import Choice, TomlTable, read_document, tables_of
from dispatch.geo.affine import Fit

FIELDS: Final = ("place", "reporter", "phone", "grid", "village", "priority")
"""Fields of an incident that a column gives as it stands."""

_TABLES: Final = {
    "file": {"encoding", "separator", "sheet"},
    "key": {"columns", "system"},
    "time": {"column", "format", "zone", "day"},
    "place": {"lon", "lat", "crs", "low", "high", "shrink"},
    "text": {"columns"},
    "source": {"default", "column", "rule"},
    "item": {"column", "default", "rule"},
    "fields": set(FIELDS),
}
TEMPLATE: Final = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True, slots=True)
class Key:
    """The columns by which a row is known again; none: its whole content.

    `system` names where the file is from: keys of two systems are never taken for each other.
    """

    columns: tuple[str, ...] = ()
    system: str = ""


@dataclass(frozen=True, slots=True)
class Times:
    """The column of the time: strptime's `format`, or iso. A time without a zone is in `zone`."""

    column: str
    format: str
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Spots:
    """The columns of the place and their coordinate system, as `geo.crs` names it.

    Empty columns: the place is that of the row's grid or village. `fit`: the points are another
    region's and are laid on the town.
    """

    lon: str = ""
    lat: str = ""
    crs: str = "cgcs2000"
    fit: Fit | None = None


@dataclass(frozen=True, slots=True)
class IncidentMapping:
    """A whole mapping. `day`: the foreign day that a drill begins with."""

    name: str
    spots: Spots
    text: tuple[str, ...]
    source: Choice
    item: Choice
    times: Times | None = None
    key: Key = field(default_factory=Key)
    form: Form = field(default_factory=Form)
    fields: Mapping[str, str] = field(default_factory=dict)
    day: str = ""

    @property
    def columns(self) -> set[str]:
        """Every column that the foreign file must have."""
        named = {*self.text, *self.key.columns, *self.fields.values()}
        named |= {self.spots.lon, self.spots.lat, self.item.column, self.source.column}
        if self.times is not None:
            named.add(self.times.column)
        return named - {""}


def read_mapping(path: Path, items: Collection[str]) -> IncidentMapping:
    """Read a mapping file against the codes of the catalogue in use.

    Raises BadInput for whatever is missing, unknown or misspelt, with table and key.
    """
    tables = tables_of(read_document(path), path.name, _TABLES)
    time, key, fields = tables["time"], tables["key"], tables["fields"]
    found = IncidentMapping(
        name=path.stem,
        spots=_spots(tables["place"]),
        text=tuple(tables["text"].texts("columns")),
        source=tables["source"].choice("source", set(Source), Source.HOTLINE),
        item=tables["item"].choice("item", items, None),
        times=_times(time) if time.values else None,
        key=Key(
            tuple(key.texts("columns")) if "columns" in key.values else (), key.text("system", "")
        ),
        form=tables["file"].form(),
        fields={name: fields.text(name) for name in fields.values},
        day=time.text("day", ""),
    )
    if not found.spots.lon and not {"grid", "village"} & set(found.fields):
        raise BadInput(tables["place"].where, "要有 lon 与 lat，或在 [fields] 中有 grid 或 village")
    return found


def _times(table: TomlTable) -> Times:
    return Times(table.text("column"), table.text("format", TEMPLATE), table.zone())


def _spots(table: TomlTable) -> Spots:
    fitted = {"low", "high", "shrink"} & set(table.values)
    given = Fit()
    fit = Fit(
        table.share("low", given.low),
        table.share("high", given.high),
        table.share("shrink", given.shrink),
    )
    lon, lat = table.text("lon", ""), table.text("lat", "")
    if bool(lon) != bool(lat):
        raise BadInput(table.where, "lon 与 lat 要一起写")
    return Spots(lon, lat, table.text("crs", "cgcs2000"), fit if fitted else None)
