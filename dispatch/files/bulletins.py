"""Which incidents owe an information report, and how soon, from a table."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from dispatch.domain.bulletin import CITY, Duties, Duty
from dispatch.domain.calendar import MINUTE
from dispatch.domain.catalogue import Catalogue
from dispatch.domain.codes import Priority
from dispatch.domain.errors import BadInput
from dispatch.files.rows import Cells
from dispatch.files.tables import PLAIN, Layout, read_each

COLUMNS: Final = ("for", "phone", "written")
MOST: Final = 7 * 24 * 60
"""A report that may wait longer than a week is none that hurries, minutes."""


def read_bulletins(
    path: Path, catalogue: Catalogue, version: str, layout: Layout = PLAIN
) -> Duties:
    """Read the file, minutes; a duty for nothing in the catalogue, or one twice, is a bad row."""
    known = {CITY, *Priority}
    for item in catalogue:
        known |= {item.code, item.code[:2]}
    seen: set[str] = set()

    def make(row: Cells, where: str) -> Duty:
        about = row["for"]
        if about not in known:
            raise BadInput(where, f"没有优先级、事项、大类 {about}；上报市级的写 {CITY}")
        if about in seen:
            raise BadInput(where, f"{about} 重复")
        seen.add(about)
        return Duty(about, _minutes(row, "phone", where), _minutes(row, "written", where))

    return Duties(version, read_each(path, COLUMNS, make, layout))


def _minutes(row: Cells, name: str, where: str) -> int:
    text = row[name] or "0"
    if not (text.isascii() and text.isdigit()) or int(text) > MOST:
        raise BadInput(where, f"列 {name}“{text}”须为 0 至 {MOST} 分钟")
    return int(text) * MINUTE
