"""The workers of the field from a table: number, name, grid, phone, post."""

from __future__ import annotations

from pathlib import Path

from dispatch.domain.codes import Level
from dispatch.domain.errors import BadInput
from dispatch.domain.organisation import Organisation
from dispatch.files.rows import Cells
from dispatch.files.tables import PLAIN, Layout, read_each
from dispatch.wire.tables import RosterEntry

COLUMNS = ("number", "name", "grid", "phone", "post")


def read_roster(
    path: Path, organisation: Organisation, layout: Layout = PLAIN
) -> tuple[RosterEntry, ...]:
    """Read the file; a number twice, an empty name and an unknown grid are bad rows."""
    seen: set[str] = set()

    def make(row: Cells, where: str) -> RosterEntry:
        number, name, code = row["number"], row["name"], row["grid"]
        node = organisation.get(code)
        if not number or number in seen:
            raise BadInput(where, f"编号“{number}”为空或重复")
        if not name:
            raise BadInput(where, "姓名为空")
        if node is None or node.level is not Level.GRID:
            raise BadInput(where, f"组织表中没有网格 {code}")
        seen.add(number)
        return RosterEntry(number, name, node.code, row["phone"], row["post"])

    return read_each(path, COLUMNS, make, layout)
