"""The table of measures (指标) from its CSV file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from dispatch.domain.errors import BadInput
from dispatch.domain.measure import Better, Measure, Shape, checked
from dispatch.files.rows import Cells
from dispatch.files.tables import PLAIN, Layout, read_each

COLUMNS: Final = (
    *("id", "version", "name", "shape", "anchor"),
    *("den", "num", "exclude", "better", "text"),
)


def read_measures(path: Path, layout: Layout = PLAIN) -> tuple[Measure, ...]:
    """Read every definition; one that cannot be counted is a BadInput with its place."""
    return checked(read_each(path, COLUMNS, _measure, layout), path.name)


def _measure(row: Cells, where: str) -> Measure:
    if row["shape"] not in set(Shape):
        raise BadInput(where, f"形式“{row['shape']}”不是 {'、'.join(Shape)}")
    if row["better"] not in set(Better):
        raise BadInput(where, f"好坏“{row['better']}”不是 {'、'.join(Better)}")
    if not (row["version"].isascii() and row["version"].isdigit()):
        raise BadInput(where, f"版本“{row['version']}”不是整数")
    return Measure(
        id=row["id"],
        version=int(row["version"]),
        name=row["name"],
        shape=Shape(row["shape"]),
        anchor=row["anchor"],
        den=row["den"],
        num=row["num"],
        exclude=row["exclude"],
        better=Better(row["better"]),
        text=row["text"],
    )
