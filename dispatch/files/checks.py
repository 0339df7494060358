"""A day's looks at managed objects from a table: the object, what was found, by which worker."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dispatch.domain.bodies_town import Checked
from dispatch.domain.decide_force import LONGEST_OBJECT
from dispatch.domain.decide_town import LONGEST_TEXT
from dispatch.domain.may import is_code
from dispatch.files.rows import Cells
from dispatch.files.tables import read_each

COLUMNS: Final = ("object", "result", "worker", "text")


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One look; `worker` is a number, empty where the file does not say."""

    object: str
    finding: Checked
    worker: str
    text: str = field(repr=False)


def read_checks(path: Path) -> tuple[CheckRow, ...]:
    """Read the file; BadRows names every bad row."""
    return read_each(path, COLUMNS, _look)


def _look(row: Cells, where: str) -> CheckRow:
    del where
    code, result, worker, text = (row[name] for name in COLUMNS)
    if not 0 < len(code) <= LONGEST_OBJECT:
        raise ValueError(f"对象代码须有 1 至 {LONGEST_OBJECT} 字")
    if result not in set(Checked):
        raise ValueError(f"结果“{result[:20]}”须为 {'/'.join(Checked)}")
    if worker and not is_code(worker):
        raise ValueError(f"人员编号“{worker[:20]}”有误")
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"说明超过 {LONGEST_TEXT} 字")
    return CheckRow(code, Checked(result), worker, text)
