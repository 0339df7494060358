"""Page 6 as tables: people and grids, checks, how the stations' records came in."""

from __future__ import annotations

from dispatch.reports import force
from dispatch.reports.code_words import POSTS
from dispatch.reports.figure import NOTHING
from dispatch.reports.figures import Sheet
from dispatch.reports.page_types import Cell, Table, number, ratio
from dispatch.reports.walk import Walk
from dispatch.reports.words import fit

ABSENT_SHOWN = 30
"""So many numbers of absent workers are printed; all stand in figures.json."""


def tables(walk: Walk, sheet: Sheet) -> tuple[Table, ...]:
    """Return the tables of page 6."""
    return (
        _posts(walk, sheet),
        _patrol(sheet),
        _led(sheet),
        _links(walk, sheet),
        _devices(sheet),
    )


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


def absent(sheet: Sheet) -> tuple[Cell, ...]:
    """Return the sentence about who is absent, by number; its count is a cell of its own."""
    told = sheet.figures.get("force.absent")
    if told is None:
        return ()
    shown = "、".join(told.ids[:ABSENT_SHOWN])
    more = f" 等，另 {len(told.ids) - ABSENT_SHOWN} 人" if len(told.ids) > ABSENT_SHOWN else ""
    who = f" 人（编号 {shown}{more}）。" if told.ids else " 人。"
    return (Cell("缺勤 "), number(told), Cell(who))


def _patrol(sheet: Sheet) -> Table:
    coverage, squads, calls = sheet["force.coverage"], sheet["squad.tasks"], sheet["radio.answered"]
    # A hub whose definitions are older has none of these two.
    optional = (("force.tracked", "有轨迹的网格"), ("force.objects", "管理对象检查"))
    shares = ((name, sheet.figures[id_]) for id_, name in optional if id_ in sheet.figures)
    rows = (
        *((Cell(name), ratio(each), number(each)) for name, each in shares),
        (Cell("检查任务（巡查覆盖率）"), ratio(coverage), number(coverage)),
        (Cell("其中发现问题"), number(sheet["patrol.problem"]), Cell("")),
        (Cell("其中无法检查"), number(sheet["patrol.absent"]), Cell("")),
        (Cell("机动队上报"), number(sheet["source.new.patrol"]), Cell("")),
        (Cell("机动队任务（办结 / 下发）"), ratio(squads), number(squads)),
        (Cell("点名（应答 / 次数）"), ratio(calls), number(calls)),
        (Cell("其中失联点名"), number(sheet["radio.silent"]), Cell("")),
    )
    return Table(
        title="巡查",
        note="管理对象按对象表的应查日与周期；检查任务为下发的专项检查；轨迹为当日有效定位",
        head=("项目", "件数", "比率"),
        rows=rows,
    )


def _led(sheet: Sheet) -> Table:
    """A row a post, and all of them; none where no leader led a patrol."""
    begin = "led.patrols."
    posts = sorted(id_.removeprefix(begin) for id_ in sheet.figures if id_.startswith(begin))
    rows = [
        (
            Cell(POSTS.get(post, post)),
            *(number(sheet[f"led.{what}.{post}"]) for what in ("patrols", "grids", "found")),
        )
        for post in posts
    ]
    if posts:
        whole = (number(sheet[f"led.{what}"]) for what in ("patrols", "grids", "found"))
        rows.append((Cell("合计"), *whole))
    return Table(
        title="领导带队巡查",
        note="按带队领导的职务；发现逐处计",
        head=("带队领导", "次数", "网格", "发现"),
        rows=tuple(rows),
        missing="本期没有领导带队巡查。",
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
