"""The workers of the field from a CSV file: number, name, grid, phone, post."""

from __future__ import annotations

from pathlib import Path

from dispatch.domain.codes import Level
from dispatch.domain.errors import BadInput
from dispatch.domain.organisation import Organisation
from dispatch.files.tables import read_rows
from dispatch.wire.tables import RosterEntry

COLUMNS = ("number", "name", "grid", "phone", "post")


def read_roster(path: Path, organisation: Organisation) -> tuple[RosterEntry, ...]:
    """Read the file; a number twice, an empty name and an unknown grid are a BadInput."""
    found: dict[str, RosterEntry] = {}
    for where, row in read_rows(path, COLUMNS):
        number = row["number"].strip()
        node = organisation.get(row["grid"])
        if not number or number in found:
            raise BadInput(where, f"编号“{number}”为空或重复")
        if not row["name"].strip():
            raise BadInput(where, "姓名为空")
        if node is None or node.level is not Level.GRID:
            raise BadInput(where, f"组织表中没有网格 {row['grid']}")
        found[number] = RosterEntry(
            number, row["name"].strip(), node.code, row["phone"].strip(), row["post"].strip()
        )
    if not found:
        raise BadInput(path.name, "只有表头，没有数据")
    return tuple(found.values())
