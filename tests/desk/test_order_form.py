"""The order of one incident on paper: what is on it, what is masked, what leaves a trace."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from dispatch.acts.perform import new_id
from dispatch.desk.desk import Desk
from dispatch.desk.order_form import OrderAsked
from dispatch.desk.reporting import Reporting
from dispatch.domain.bodies import Audited
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput, Refused
from tests.desk.offices import FIRE, PASSWORD, SAFETY, Hand, open_desk
from tests.desk.test_one_incident import do
from tests.unit.towns import hengli

PHONE = "13800006021"
EVIL = '#set text(red) $x$ *粗* <label> "引" \\n'


def picture() -> bytes:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(held, "PNG")  # type: ignore[call-overload] # the stub wants bytes, Qt text
    return bytes(held.data().data())


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def desk(tmp_path: Path, hand: Hand) -> Iterator[Desk]:
    made = open_desk(tmp_path / "seat", hand)
    yield made
    made.site.close()


def reported(desk: Desk, text: str = "三楼通道堆满货物") -> str:
    desk.login("clerk1", PASSWORD).result()
    grid, id_ = hengli().grids[0], new_id()
    command = Command(
        verb=Verb.REPORT,
        incident=id_,
        item="0605",
        text=text,
        place="工业二路18号",
        reporter="张三丰",
        phone=PHONE,
    )
    desk.report_at(command, grid.lon, grid.lat).result()
    return id_


def sent(desk: Desk, text: str = "三楼通道堆满货物") -> str:
    id_ = reported(desk, text)
    do(desk, "clerk1", Verb.FILE, id_)
    asked = "先断电，再清通道"
    do(desk, "dispatcher1", Verb.DISPATCH, id_, unit=FIRE, assists=(SAFETY,), text=asked)
    return id_


def page(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True)
    return done.stdout.decode().replace("\n", "")


def printed(desk: Desk, id_: str, out: Path, reveal: str = "") -> Path:
    return Reporting(desk).issue_order(OrderAsked(id_, out, reveal)).result()


def revealed(desk: Desk) -> list[Audited]:
    records = desk.site.read(lambda reader: reader.records(0, 1 << 52)).result()
    return [e.body for e in records if isinstance(e.body, Audited) and e.body.what == "revealed"]


def test_it_says_what_is_asked_of_whom_by_when(desk: Desk, tmp_path: Path) -> None:
    id_ = sent(desk)
    do(desk, "leader1", Verb.INSTRUCT, id_, text="今晚务必清完")
    incident = desk.incident(id_).result()

    made = printed(desk, id_, tmp_path / "out")

    told = page(made)
    assert f"{incident.number or incident.temp}-order.pdf" == made.name
    for text in (
        *("事件交办单", "演示数据", "逃生通道、安全出口堵塞（0605）", "工业二路18号"),
        *("恒泉 01", "113.9", "P2 重要", "三楼通道堆满货物", "消防大队", "安全生产监督管理分局"),
        *("2026-11-21 11:50", "2026-11-22 11:20", "先断电，再清通道", "办结条件"),
        *("已核对楼栋和楼层", "领导批示（leader1）：今晚务必清完", str(incident.order_no)),
        *("交办人", "签收人", "经办人", "第 1 页 / 共 1 页", "个人信息已遮蔽"),
    ):
        assert text in told, text


def test_personal_data_is_masked_unless_revealed_with_a_trace(desk: Desk, tmp_path: Path) -> None:
    id_ = sent(desk)
    desk.login("chief1", PASSWORD).result()

    masked = page(printed(desk, id_, tmp_path))
    before = revealed(desk)
    clear = page(printed(desk, id_, tmp_path, "现场要联系反映人"))

    assert "138 **** 6021" in masked
    assert "张**" in masked
    assert PHONE not in masked
    assert [] == before
    assert PHONE in clear
    assert "张三丰" in clear
    assert "含明文个人信息" in clear
    (trace,) = revealed(desk)
    assert (f"order:{id_}", "现场要联系反映人") == (trace.about, trace.reason)


@pytest.mark.parametrize(("name", "reason", "code"), [("fire1", "看", "role_missing")])
def test_who_may_not_look_gets_no_file(
    desk: Desk, tmp_path: Path, name: str, reason: str, code: str
) -> None:
    id_ = sent(desk)
    desk.login(name, PASSWORD).result()

    with pytest.raises(Refused) as refused:
        printed(desk, id_, tmp_path / "out", reason)

    assert code == refused.value.code
    assert not (tmp_path / "out").exists()
    assert [] == revealed(desk)


def test_what_was_sent_to_nobody_has_no_order(desk: Desk, tmp_path: Path) -> None:
    id_ = reported(desk)

    with pytest.raises(BadInput, match="还没有派遣"):
        printed(desk, id_, tmp_path / "out")
    with pytest.raises(Refused):
        printed(desk, new_id(), tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_photos_are_on_it_and_a_broken_one_is_counted(desk: Desk, tmp_path: Path) -> None:
    whole, broken = tmp_path / "a.png", tmp_path / "b.png"
    whole.write_bytes(picture())
    broken.write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    id_ = sent(desk)
    for photo in (whole, broken):
        sha = desk.add_photo(photo).result()
        desk.act(Command(verb=Verb.NOTE, incident=id_, text="照片"), (sha,)).result()

    made = printed(desk, id_, tmp_path / "out")

    assert "另有 1 张没有印在这里" in page(made)
    images = subprocess.run(["pdfimages", "-list", made], check=True, capture_output=True)
    assert 1 == len([line for line in images.stdout.splitlines() if b" image " in line])


def test_a_hostile_text_is_only_a_text(desk: Desk, tmp_path: Path) -> None:
    id_ = sent(desk, f"{EVIL}\u202e\x07" + "长" * 900)

    told = page(printed(desk, id_, tmp_path))

    assert EVIL in told
    assert 900 == told.count("长")


def test_the_same_moment_gives_the_same_bytes(desk: Desk, tmp_path: Path) -> None:
    id_ = sent(desk)

    one, two = (printed(desk, id_, tmp_path / each).read_bytes() for each in ("one", "two"))

    assert one == two


def test_a_place_that_takes_no_file_is_named(desk: Desk, tmp_path: Path) -> None:
    id_ = sent(desk)
    (tmp_path / "out").write_text("a file")

    with pytest.raises(BadInput, match="out"):
        printed(desk, id_, tmp_path / "out")
