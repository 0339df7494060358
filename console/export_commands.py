"""`zhiwang export LIST FILE`: a list as CSV, XLSX or GeoJSON."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from console.opened import opened
from console.printing import note, out
from console.values import code, reason, time
from console.waiting import waited
from console.words import say
from dispatch.domain.codes import State
from dispatch.domain.errors import BadInput

if TYPE_CHECKING:
    from dispatch.desk.views_export import ExportProgress, Format

Words = Any  # Any: argparse gives its subparsers action no public name

LISTS: Final = {
    "incidents": ("事件", "incidents"),
    "workers": ("网格员与状态", "the workers board"),
    "grids": ("网格界线", "the grids' outlines"),
    "units": ("处置单位", "the units"),
    "objects": ("管理对象", "managed objects"),
    "journal": ("值班日志", "the log of a shift"),
    "handover": ("交接清单", "the hand-over list"),
    "exceptions": ("例外", "the exceptions tray"),
}
"""Lists by their word, with what each is in Chinese and English."""
_SHIFTS: Final = ("journal", "handover")
_SPANS: Final = ("incidents", "journal")


def add(what: Words) -> None:
    """Add a word for each list beside `export events`."""
    for name, words in LISTS.items():
        parser = what.add_parser(name, help=say(*words))
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--site", required=True, metavar="DIR", type=Path)
        parser.add_argument("--as", dest="name", metavar="NAME")
        parser.add_argument("--format", metavar="csv/xlsx/geojson")
        if name == "incidents":
            parser.add_argument("--state", metavar="S")
        if name in _SPANS:
            parser.add_argument("--from", dest="from_at", metavar="T")
            parser.add_argument("--to", dest="to_at", metavar="T")
        if name in _SHIFTS:
            parser.add_argument("--shift", metavar="ID")
        parser.add_argument(
            "--reveal",
            metavar="REASON",
            help=say("为何要明文个人信息；留痕", "why personal data in clear; it is audited"),
        )
        parser.add_argument(
            "--force",
            action="store_true",
            help=say("覆盖已有的文件", "over a file that is there"),
        )
        parser.add_argument("--json", action="store_true")
        parser.set_defaults(run=_export)


def _export(given: argparse.Namespace) -> int:
    from dispatch.desk.views_export import Cut, ExportOrder, What
    from ui.files.words import word

    told = _Told()
    order = ExportOrder(
        what=What(given.what),
        path=given.file,
        format=_format(given),
        word=word,
        cut=Cut(
            state=code(state, State, "--state") if (state := _of(given, "state")) else None,
            from_at=time(at, "--from") if (at := _of(given, "from_at")) else None,
            to_at=time(at, "--to") if (at := _of(given, "to_at")) else None,
            shift=_of(given, "shift") or "",
        ),
        force=given.force,
        reveal=reason(given),
        on_progress=told.on_progress,
    )
    with opened(given.site, given.name) as desk:
        done = waited(desk.export(order), order.stop.wished, told.progress)
    if done.cancelled:
        note(say("已中断，没有留下文件", "interrupted; no file is left"))
        return 130
    result = {"file": str(done.path), "rows": done.rows, "masked": done.masked}
    out(result, as_json=given.json)
    return 0


def _of(given: argparse.Namespace, name: str) -> str | None:
    text: str | None = getattr(given, name, None)
    return text


def _format(given: argparse.Namespace) -> Format:
    """As the option says, or else the file's name."""
    from dispatch.desk.views_export import Format

    if given.format is not None:
        return code(given.format, Format, "--format")
    ending = given.file.suffix.lower().removeprefix(".")
    if ending not in set(Format):
        raise BadInput("--format", "要写明格式 csv、xlsx 或 geojson，文件名看不出来")
    return Format(ending)


class _Told:
    """Says on standard error how far it is."""

    def __init__(self) -> None:
        self._last: ExportProgress | None = None

    def on_progress(self, progress: ExportProgress) -> None:
        self._last = progress

    def progress(self) -> None:
        if (last := self._last) is not None:
            zh, en = f"已写 {last.rows} 行", f"{last.rows} rows written"
            note(say(f"{zh}，{last.part:.0%}", f"{en}, {last.part:.0%}"))
