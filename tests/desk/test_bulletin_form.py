"""An information report on A4: what it says, which one it is, and what there is none of."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch.acts.perform import new_id
from dispatch.desk.bulletin_form import BulletinAsked
from dispatch.desk.desk import Desk
from dispatch.desk.reporting import Reporting
from dispatch.domain.calendar import MINUTE
from dispatch.domain.codes import BulletinPart, Channel
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput
from dispatch.reports.bulletin_form import headed
from tests.desk.offices import PASSWORD, Hand, open_desk
from tests.unit.towns import hengli


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def desk(tmp_path: Path, clock: Hand) -> Iterator[Desk]:
    made = open_desk(tmp_path / "seat", clock)
    made.login("clerk1", PASSWORD).result()
    yield made
    made.site.close()


def reported(desk: Desk) -> str:
    grid = hengli().grids[0]
    command = Command(
        verb=Verb.REPORT, incident=new_id(), item="0801", text="宿舍三楼冒烟", place="工业二路18号"
    )
    return desk.report_at(command, grid.lon, grid.lat).result().incident


def inform(desk: Desk, id_: str, part: BulletinPart, text: str, way: Channel | None = None) -> str:
    command = Command(verb=Verb.INFORM, incident=id_, part=part, text=text, channel=way)
    return desk.act(command).result().events[0]


def printed(desk: Desk, id_: str, out: Path, event: str = "") -> tuple[str, str]:
    made = Reporting(desk).issue_bulletin(BulletinAsked(id_, out, event)).result()
    done = subprocess.run(["pdftotext", "-raw", made, "-"], check=True, capture_output=True)
    return made.name, done.stdout.decode().replace("\n", "")


def test_the_draft_becomes_the_first_report_on_paper(
    desk: Desk, clock: Hand, tmp_path: Path
) -> None:
    id_ = reported(desk)
    pane = desk.pane(id_).result()
    assert [Channel.PHONE, Channel.MESSAGE] == [each.way for each in pane.bulletins.owed]
    assert BulletinPart.FIRST is pane.bulletins.part
    clock.forward(41 * MINUTE)
    desk.login("clerk1", PASSWORD).result()
    inform(desk, id_, BulletinPart.FIRST, pane.bulletins.draft)

    name, told = printed(desk, id_, tmp_path / "out")

    assert name.endswith("-首报.pdf")
    for text in (
        *("突发事件信息报告", "首报", "演示数据", "P1 紧急", "火情", "2026-11-21 11:20"),
        *("宿舍三楼冒烟", "工业二路18号", "（迟报）", "11-21 12:00", "书面", "第 1 页 / 共 1 页"),
        *("影响范围和伤亡损失", "到场领导"),
    ):
        assert text in told, text


def test_follow_ups_are_numbered_and_each_can_be_printed(desk: Desk, tmp_path: Path) -> None:
    id_ = reported(desk)
    first = inform(desk, id_, BulletinPart.FIRST, "电话已报", Channel.PHONE)
    inform(desk, id_, BulletinPart.FOLLOW, "火势已控制")
    inform(desk, id_, BulletinPart.FOLLOW, "明火已扑灭")
    name, told = printed(desk, id_, tmp_path)
    assert name.endswith("-续报二.pdf")
    assert "明火已扑灭" in told
    assert "火势已控制" not in told  # a follow-up does not repeat the former ones
    assert "电话已报" in printed(desk, id_, tmp_path, first)[1]


def test_what_there_is_none_of_is_said_in_one_line(desk: Desk, tmp_path: Path) -> None:
    id_ = reported(desk)
    for event, said in (("", "还没有信息报告"), ("zz", "还没有信息报告")):
        with pytest.raises(BadInput, match=said):
            printed(desk, id_, tmp_path, event)
    inform(desk, id_, BulletinPart.FIRST, "已报")
    with pytest.raises(BadInput, match="没有这份信息报告"):
        printed(desk, id_, tmp_path, "zz")
    assert [] == [each for each in tmp_path.iterdir() if each.suffix == ".pdf"]


def test_hostile_texts_stay_texts(desk: Desk, tmp_path: Path) -> None:
    id_ = reported(desk)
    inform(desk, id_, BulletinPart.FIRST, '#panic("x")：$a^2$ [*粗*]\n= 标题\n：无头')
    told = printed(desk, id_, tmp_path)[1]
    assert '#panic("x")' in told
    assert "= 标题" in told


@pytest.mark.parametrize(
    ("line", "parts"),
    [("损失：无", ("损失", "无")), ("没有冒号", ("", "没有冒号")), ("损失：", ("损失", "")),
     ("这一句话很长很长很长很长很长很长：后面", ("", "这一句话很长很长很长很长很长很长：后面"))],
)  # fmt: skip
def test_a_short_beginning_is_a_heading(line: str, parts: tuple[str, str]) -> None:
    assert parts == headed(line)
