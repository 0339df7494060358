"""Item guides from a table: what an order asks, its checks, when a matter is done, its photos."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from dispatch.domain.catalogue import Catalogue
from dispatch.domain.errors import BadInput
from dispatch.domain.guide import ALL, Guide, Guides
from dispatch.files.rows import Cells
from dispatch.files.tables import PLAIN, Layout, read_each

COLUMNS: Final = ("for", "request", "checks", "closing", "photos", "after")
PHOTOS_MOST: Final = 9
"""More than an act can carry would keep a matter open for ever."""


def read_guides(path: Path, catalogue: Catalogue, version: str, layout: Layout = PLAIN) -> Guides:
    """Read the file; a guide for nothing in the catalogue, or one twice, is a bad row."""
    known = {ALL}
    for item in catalogue:
        known |= {item.code, item.code[:2], item.department}
    seen: set[str] = set()

    def make(row: Cells, where: str) -> Guide:
        about = row["for"]
        if about not in known:
            raise BadInput(where, f"目录 {catalogue.version} 中没有事项、大类或部门 {about}")
        if about in seen:
            raise BadInput(where, f"{about} 的指引重复")
        seen.add(about)
        checks = tuple(each.strip() for each in row["checks"].split("|") if each.strip())
        return Guide(
            about,
            row["request"],
            checks,
            row["closing"],
            _count(row, "photos", where),
            _count(row, "after", where),
        )

    return Guides(version, read_each(path, COLUMNS, make, layout))


def _count(row: Cells, name: str, where: str) -> int:
    text = row[name]
    if not text:
        return 0
    if not (text.isascii() and text.isdigit()) or int(text) > PHOTOS_MOST:
        raise BadInput(where, f"列 {name}“{text}”须为 0 至 {PHOTOS_MOST}")
    return int(text)
