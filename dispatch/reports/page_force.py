"""Page 6 as tables: people and grids, checks, how the stations' records came in."""

from __future__ import annotations

from dispatch.reports import force
from dispatch.reports.figure import NOTHING
from dispatch.reports.figures import Sheet
from dispatch.reports.page_types import Cell, Table, number, ratio
from dispatch.reports.walk import Walk
from dispatch.reports.words import fit

ABSENT_SHOWN = 30
"""So many numbers of absent workers are printed; all stand in figures.json."""


def tables(walk: Walk, sheet: Sheet) -> tuple[Table, ...]:
    """Return the tables of page 6."""
    return (_posts(walk, sheet), _patrol(sheet), _links(walk, sheet), _devices(sheet))


def _posts(walk: Walk, sheet: Sheet) -> Table:
    names = walk.given.names.villages
    codes = sorted(
        id_.removeprefix("post.workers.")
        for id_ in sheet.figures
        if id_.startswith("post.workers.")
    )

    def row(name: str, workers: str, grids: str) -> tuple[Cell, ...]:
        return (
            Cell(fit(name, 24)),
            ratio(sheet[workers]),
            number(sheet[workers]),
            ratio(sheet[grids]),
            number(sheet[grids]),
        )

    rows = [
        row(names.get(code, "") or code, f"post.workers.{code}", f"post.grids.{code}")
        for code in codes
    ]
    if codes:
        rows.append(row("合计", "force.workers", "force.grids"))
    return Table(
        title="在岗与缺勤",
        note="应到为名册，实到为有在岗时间，来自签到签退",
        head=("村（社区）", "实到 / 应到", "到岗率", "有人 / 网格", "网格到岗率"),
        rows=tuple(rows),
        missing="本站没有名册或没有签到记录，在岗与缺勤无法统计。",
    )


def absent(sheet: Sheet) -> str:
    """Return the sentence about who is absent, by number."""
    told = sheet.figures.get("force.absent")
    if told is None:
        return ""
    shown = "、".join(told.ids[:ABSENT_SHOWN])
    more = f" 等，另 {len(told.ids) - ABSENT_SHOWN} 人" if len(told.ids) > ABSENT_SHOWN else ""
    return f"缺勤 {told.text} 人" + (f"（编号 {shown}{more}）。" if told.ids else "。")


def _patrol(sheet: Sheet) -> Table:
    coverage = sheet["force.coverage"]
    rows = (
        (Cell("检查任务（巡查覆盖率）"), ratio(coverage), number(coverage)),
        (Cell("其中发现问题"), number(sheet["patrol.problem"]), Cell("")),
        (Cell("其中无法检查"), number(sheet["patrol.absent"]), Cell("")),
        (Cell("机动队上报"), number(sheet["source.new.patrol"]), Cell("")),
        (Cell("带班巡查"), Cell("未记录"), Cell("")),
        (Cell("机动队任务"), Cell("未记录"), Cell("")),
    )
    return Table(
        title="巡查",
        note="应查为下发的检查任务；带班巡查、机动队任务本系统尚无记录，不计为零",
        head=("项目", "件数", "比率"),
        rows=rows,
    )


def _links(walk: Walk, sheet: Sheet) -> Table:
    names = walk.given.names.villages
    rows = [
        (
            Cell(fit(names.get(code, "") or code, 24)),
            *(
                number(sheet[f"link.{what}.{code}"])
                for what in ("facts", "late", "pending", "longest")
            ),
        )
        for code in force.stations(walk)
    ]
    return Table(
        title="站点通联",
        note="站点在线分钟本系统尚未记录，此处为各村站记录到达市平台的迟早",
        head=("村（社区）", "记录", "迟到", "未到", "最久"),
        rows=tuple(rows),
        missing="本期没有村站写下的事件记录。",
    )


def _devices(sheet: Sheet) -> Table:
    rows = (
        (Cell("值班日志中的故障记录"), number(sheet["log.fault"])),
        (Cell("电台、大屏、定位终端的在线情况"), Cell("未记录")),
    )
    return Table(title="设备", head=("项目", "件数"), rows=rows, missing=NOTHING)
