"""`zhiwang import …`: incidents into a site, reference tables into the hub."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.hub_address import add_db
from console.opened import opened
from console.printing import note, out
from console.waiting import waited
from console.words import say
from dispatch.domain.errors import BadInput

if TYPE_CHECKING:
    from console.hub_orders import Imported
    from dispatch.desk.desk import Desk
    from dispatch.desk.views_import import ImportProgress, ImportResult, RejectedRow

Words = Any  # Any: argparse gives its subparsers action no public name

TABLES = {
    "grids": ("网格界线", "outlines of grids"),
    "divisions": ("行政区划", "the organisation"),
    "roster": ("网格员名册", "the workers"),
    "duty": ("值班表", "who is planned on which shift"),
    "catalogue": ("事项目录", "the catalogue of items"),
    "sla": ("时限标准", "the limits"),
    "guides": ("办理指引", "the item guides"),
    "bulletins": ("信息报告的时限", "how soon information reports are owed"),
    "calendar": ("工作日历", "the working calendar"),
    "kpi": ("考核指标定义", "what the report's rates count"),
    "objects": ("管理对象", "managed objects"),
}
"""Reference tables by their word, with what each is in Chinese and English."""


def add(words: Words) -> None:
    """Add the import group."""
    importing = words.add_parser("import", help=say("导入", "others' files in"))
    which = importing.add_subparsers(dest="table", metavar="TABLE", required=True)
    incidents = which.add_parser("incidents", help=say("事件", "incidents"))
    incidents.add_argument("file", metavar="FILE", type=Path)
    incidents.add_argument("--site", required=True, metavar="DIR", type=Path)
    incidents.add_argument("--as", dest="name", required=True, metavar="NAME")
    incidents.add_argument("--mapping", required=True, metavar="MAP.toml", type=Path)
    _both(incidents)
    incidents.set_defaults(run=_incidents)
    for table, line in TABLES.items():
        parser = which.add_parser(table, help=say(*line))
        parser.add_argument("file", metavar="FILE", type=Path)
        add_db(parser)
        crs = "cgcs2000/gcj02/bd09/EPSG:n"
        if table == "grids":
            parser.add_argument("--crs", required=True, metavar=crs)
            parser.add_argument("--repair", action="store_true")
        else:
            parser.add_argument("--mapping", metavar="MAP.toml", type=Path)
        if table == "objects":
            parser.add_argument("--crs", default="cgcs2000", metavar=crs)
            parser.add_argument("--replace", action="store_true")
        _both(parser)
        parser.set_defaults(run=_table)


def _both(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rejects", metavar="FILE", type=Path)
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--json", action="store_true")


def _there(file: Path) -> None:
    if not file.exists():
        raise BadInput(str(file), "没有这个文件")


def _table(given: argparse.Namespace) -> int:
    from console import hub_imports
    from console.hub_orders import Order

    _there(given.file)
    done = hub_imports.import_table(
        given.db,
        Order(
            given.table,
            given.file,
            crs=getattr(given, "crs", "cgcs2000"),
            repair=getattr(given, "repair", False),
            mapping=getattr(given, "mapping", None),
            dry=given.dry_run,
            replace=getattr(given, "replace", False),
        ),
    )
    for line in (*done.told, *done.notes):
        note(line)
    if given.rejects is not None:
        _write(given.rejects, done)
    out(
        {"taken": done.taken, "rejected": len(done.rejects), "changed": done.changed},
        as_json=given.json,
    )
    return 2 if done.rejects else 0


def _write(path: Path, done: Imported) -> None:
    from dispatch.files.reject_file import RejectFile

    with RejectFile(path, done.header) as file:
        for each in done.rejects:
            file.add(each)


def _incidents(given: argparse.Namespace) -> int:
    _there(given.file)
    with opened(given.site, given.name) as desk:
        done = _run(given, desk)
    result = {"taken": done.taken, "known": done.known, "rejected": done.rejected}
    out({**result, "dry_run": given.dry_run}, as_json=given.json)
    if done.cancelled:
        note(say("已中断；已写入的留着，再导入一次会接着来", "interrupted; run it again to go on"))
        return 130
    return 2 if done.rejected else 0


def _run(given: argparse.Namespace, desk: Desk) -> ImportResult:
    from dispatch.desk.views_import import ImportOrder

    told = _Told(given.file.name)
    order = ImportOrder(
        given.file,
        dry=given.dry_run,
        rejects=given.rejects,
        on_reject=told.on_reject,
        on_progress=told.on_progress,
    )
    # When it is stopped the rows in hand are finished; what is stored is whole and stays.
    return waited(desk.import_incidents(given.mapping, order), order.stop.wished, told.progress)


class _Told:
    """Says on standard error how far it is, and which row is not taken and why."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._last: ImportProgress | None = None

    def on_reject(self, row: RejectedRow) -> None:
        note(f"{self._file} 第 {row.line} 行: {row.reason}")

    def on_progress(self, progress: ImportProgress) -> None:
        self._last = progress

    def progress(self) -> None:
        if (last := self._last) is None:
            return
        if last.stage == "check":
            note(say(f"检查 {last.part:.0%}", f"checking {last.part:.0%}"))
            return
        zh = f"写入 {last.part:.0%}：新 {last.taken}，已有 {last.known}，不收 {last.rejected}"
        en = f"storing {last.part:.0%}: {last.taken} new, {last.known} known, {last.rejected} not"
        note(say(zh, en))
