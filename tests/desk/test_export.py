"""Lists out of the desk: masked or revealed with a trace, whole or not at all."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from dispatch.acts.perform import new_id
from dispatch.desk import export_incidents, export_town
from dispatch.desk.desk import Desk
from dispatch.desk.views_export import Cut, ExportOrder, ExportProgress, ExportResult, Format, What
from dispatch.domain.bodies import Audited
from dispatch.domain.codes import Kind, Source, State
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Event
from dispatch.reports.csv_out import as_was
from dispatch.wire.objects import Delta, ManagedObject
from tests.desk.offices import PASSWORD, Hand, open_desk
from tests.doors.hostile import hostile, kept
from tests.store.small_disk import mounted
from tests.unit.towns import hengli
from ui.files.words import word

PHONE, REPORTER = "13800000021", "某先生"
REASON = "上级调阅"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_desk(tmp_path / "seat", Hand())
    made.login("chief1", PASSWORD).result()
    yield made
    made.site.close()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def reported(desk: Desk, text: str = "档口阁楼有人住宿") -> str:
    grid = hengli().grids[0]
    command = Command(
        verb=Verb.REPORT,
        incident=new_id(),
        item="0605",
        source=Source.HOTLINE,
        text=text,
        place="演示路1号",
        reporter=REPORTER,
        phone=PHONE,
    )
    return desk.report_at(command, grid.lon, grid.lat).result().incident


def order(path: Path, what: What = What.INCIDENTS, **more: object) -> ExportOrder:
    format_ = Format(path.suffix.removeprefix("."))
    return ExportOrder(what, path, format_, word, **more)  # type: ignore[arg-type] # each its own


def exported(desk: Desk, path: Path, what: What = What.INCIDENTS, **more: object) -> ExportResult:
    return desk.export(order(path, what, **more)).result()


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as found:
        return list(csv.DictReader(found))


def looks(desk: Desk) -> list[Event]:
    """What was revealed, as the log has it."""

    def job(reader: object) -> list[Event]:
        found = reader.subjects(Kind.AUDIT)  # type: ignore[attr-defined] # a store's reader
        return [
            stored.event
            for subject in found
            for stored in reader.events(subject)  # type: ignore[attr-defined] # as above
        ]

    events = desk.site.read(job).result()
    return [e for e in events if isinstance(e.body, Audited) and e.body.what == "revealed"]


@pytest.mark.parametrize("what", What)
@pytest.mark.parametrize("format_", Format)
def test_every_list_goes_out_as_every_format(
    desk: Desk, out: Path, what: What, format_: Format
) -> None:
    reported(desk)
    desk.seat.shift_on("一号席").result()

    done = exported(desk, out / f"a.{format_}", what)

    empty = {What.HANDOVER, What.EXCEPTIONS, What.OBJECTS}
    assert (what not in empty) == bool(done.rows)
    assert [f"a.{format_}"] == [each.name for each in out.iterdir()]
    assert 0o600 == done.path.stat().st_mode & 0o777
    match format_:
        case Format.CSV:
            found = rows(done.path)
            assert all(row["水印"].startswith("演示数据 演示长（chief1） 横沥") for row in found)
        case Format.XLSX:
            book = openpyxl.load_workbook(done.path)
            found = list(book["清单"].iter_rows(min_row=2))
            assert ("导出人", "演示长（chief1）") in list(book["说明"].values)
        case Format.GEOJSON:
            document = json.loads(done.path.read_text(encoding="utf-8"))
            assert "演示数据" == document["data"]
            found = document["features"]
    assert done.rows == len(found)


def test_personal_data_is_masked(desk: Desk, out: Path) -> None:
    reported(desk)

    done = exported(desk, out / "a.csv")

    (row,) = rows(done.path)
    assert ("某**", "138 **** 0021") == (row["反映人"], row["电话"])
    assert row["水印"].endswith("个人信息已遮蔽")
    assert done.masked
    assert PHONE not in done.path.read_text(encoding="utf-8-sig")
    assert [] == looks(desk)


def test_in_clear_it_leaves_a_trace_before_it_is_written(desk: Desk, out: Path) -> None:
    reported(desk)
    seen: list[int] = []

    done = exported(
        desk, out / "a.csv", reveal=REASON, on_progress=lambda _: seen.append(len(looks(desk)))
    )

    (row,) = rows(done.path)
    assert (REPORTER, PHONE) == (row["反映人"], row["电话"])
    assert row["水印"].endswith("含明文个人信息")
    assert {1} == set(seen)
    (event,) = looks(desk)
    assert ("chief1", Audited(what="revealed", about="export:incidents:csv", reason=REASON)) == (
        event.actor,
        event.body,
    )


def test_workers_phones_are_masked_and_revealed(desk: Desk, out: Path) -> None:
    masked = rows(exported(desk, out / "a.csv", What.WORKERS).path)
    clear = rows(exported(desk, out / "b.csv", What.WORKERS, reveal=REASON).path)

    roster = desk.asked(lambda _, tables: tables.roster).result()
    assert {each.number: each.phone for each in roster} == {r["工号"]: r["电话"] for r in clear}
    assert len(masked) == len(clear)
    assert all("****" in row["电话"] for row in masked)


def test_objects_go_out_page_by_page(
    desk: Desk, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_town, "BATCH", 2)
    grid = hengli().grids[0]
    things = tuple(
        ManagedObject(
            *(f"00{nth}", "三小场所", f"演示小店{nth}", grid.code, "某路"),
            person="演示甲",
            phone=PHONE,
            lon=grid.lon if nth else None,
            lat=grid.lat if nth else None,
        )
        for nth in range(5)
    )
    town = desk.site.identity.town
    desk.site.objects.apply(Delta(version="1", town=town, since=0, next=5, more=False, rows=things))

    masked = rows(exported(desk, out / "a.csv", What.OBJECTS).path)
    clear = rows(exported(desk, out / "b.csv", What.OBJECTS, reveal=REASON).path)
    exported(desk, out / "a.geojson", What.OBJECTS)

    assert [each.code for each in things] == [row["编码"] for row in masked]
    assert {("演**", "138 **** 0021")} == {(row["联系人"], row["电话"]) for row in masked}
    assert {("演示甲", PHONE)} == {(row["联系人"], row["电话"]) for row in clear}
    found = json.loads((out / "a.geojson").read_text(encoding="utf-8"))["features"]
    assert [None, *([[grid.lon, grid.lat]] * 4)] == [
        each["geometry"] and each["geometry"]["coordinates"] for each in found
    ]


def test_who_may_not_sees_nothing_in_clear(desk: Desk, out: Path) -> None:
    reported(desk)
    desk.login("clerk1", PASSWORD).result()

    with pytest.raises(Refused, match="role_missing"):
        exported(desk, out / "a.csv", reveal=REASON)
    desk.logout().result()
    with pytest.raises(Refused, match="not_logged_in"):
        exported(desk, out / "a.csv", reveal=REASON)

    assert [] == looks(desk)
    assert [] == list(out.iterdir())


@pytest.mark.parametrize(
    ("what", "more", "where"),
    [
        (What.INCIDENTS, {"reveal": "  "}, "--reveal"),
        (What.GRIDS, {"reveal": REASON}, "--reveal"),
        (What.WORKERS, {"cut": Cut(state=State.WORK)}, "--state"),
        (What.HANDOVER, {"cut": Cut(from_at=1)}, "--from"),
        (What.INCIDENTS, {"cut": Cut(shift="441900106-20261121-D")}, "--shift"),
        (What.INCIDENTS, {"cut": Cut(from_at=2, to_at=2)}, "--to"),
        (What.JOURNAL, {"cut": Cut(to_at=2)}, "--from"),
        (What.JOURNAL, {"cut": Cut(from_at=0)}, "--from"),
        (What.JOURNAL, {"cut": Cut(shift="441900107-20261121-D")}, "--shift"),
        (What.JOURNAL, {"cut": Cut(shift="上一班")}, "shift"),
        (What.HANDOVER, {"cut": Cut(shift="441900106-20301121-D")}, "shift"),
    ],
)
def test_what_cannot_be_is_told_and_leaves_nothing(
    desk: Desk, out: Path, what: What, more: dict[str, object], where: str
) -> None:
    with pytest.raises(BadInput) as bad:
        exported(desk, out / "a.csv", what, **more)

    assert where == bad.value.where
    assert [] == list(out.iterdir())


def test_a_file_that_is_there_stays_unless_forced(desk: Desk, out: Path) -> None:
    file = out / "a.csv"
    file.write_text("旧", encoding="utf-8")

    with pytest.raises(BadInput, match="--force"):
        exported(desk, file)
    assert "旧" == file.read_text(encoding="utf-8")
    exported(desk, file, force=True)
    assert file.read_text(encoding="utf-8-sig").startswith("编号")


def test_places_that_take_no_file_are_one_line(desk: Desk, out: Path) -> None:
    (out / "file").touch()
    (out / "folder.csv").mkdir()
    for path, why in (
        (out / "nowhere" / "a.csv", "没有这个目录"),
        (out / "file" / "a.csv", "没有这个目录"),
        (out / "folder.csv", "是一个目录"),
        (Path("/proc/a.csv"), "写不了文件"),
    ):
        with pytest.raises(BadInput, match=why) as bad:
            exported(desk, path, force=True)
        assert str(path) == bad.value.where
    assert {"file", "folder.csv"} == {each.name for each in out.iterdir()}


@pytest.mark.parametrize("format_", Format)
def test_a_full_disk_is_one_line_and_leaves_nothing(
    desk: Desk, tmp_path: Path, format_: Format
) -> None:
    with mounted(tmp_path / "small", 1) as disk:
        ballast = disk / "ballast"
        ballast.write_bytes(b"\0" * (1024**2 - 4096))

        with pytest.raises(BadInput, match="磁盘满了"):
            exported(desk, disk / f"a.{format_}", What.WORKERS)
        assert ["ballast"] == [each.name for each in disk.iterdir()]


@pytest.mark.parametrize("format_", Format)
def test_a_stopped_one_leaves_nothing(
    desk: Desk, out: Path, format_: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_incidents, "BATCH", 2)
    for nth in range(6):
        reported(desk, f"第{nth}件")
    told: list[ExportProgress] = []
    asked = order(out / f"a.{format_}")

    def stop(progress: ExportProgress) -> None:
        told.append(progress)
        asked.stop.wished.set()

    asked = order(out / f"a.{format_}", on_progress=stop, stop=asked.stop)
    done = desk.export(asked).result()

    assert done.cancelled
    assert 2 == told[0].rows
    assert [] == list(out.iterdir())


def test_incidents_by_state_by_time_and_in_the_order_named(
    desk: Desk, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_incidents, "BATCH", 2)
    hand = desk.now
    assert isinstance(hand, Hand)
    ids, times = [], []
    for _ in range(5):
        ids.append(reported(desk))
        times.append(hand.now)
        hand.forward(60_000)
    desk.login("clerk1", PASSWORD).result()
    desk.act(Command(verb=Verb.FILE, incident=ids[1])).result()
    names = iter("abcdefgh")

    def of(cut: Cut) -> list[str]:
        file = exported(desk, out / f"{next(names)}.csv", cut=cut).path
        return [row["标识"] for row in rows(file)]

    assert ids[::-1] == of(Cut())
    assert [ids[1]] == of(Cut(state=State.FILED))
    assert ids[1:3] == of(Cut(from_at=times[1], to_at=times[3]))
    assert ids[2:] == of(Cut(from_at=times[1], state=State.REPORTED))
    assert [ids[3], ids[0], ids[4]] == of(Cut(only=(ids[3], ids[0], ids[4], "unknown")))
    assert [] == of(Cut(only=()))


def test_the_journal_of_a_span_has_the_lines_of_its_shifts(desk: Desk, out: Path) -> None:
    hand = desk.now
    assert isinstance(hand, Hand)
    start = hand.now
    reported(desk)
    hand.forward(13 * 3_600_000)
    desk.login("chief1", PASSWORD).result()
    reported(desk)
    now_only = rows(exported(desk, out / "a.csv", What.JOURNAL).path)
    both = exported(desk, out / "b.csv", What.JOURNAL, cut=Cut(from_at=start, to_at=hand.now + 1))

    assert ["A2"] == [row["事件编号"] for row in now_only]
    assert ["A1", "A2"] == [row["事件编号"] for row in rows(both.path)]
    assert ["-D", "-N"] == [row["班次"][-2:] for row in rows(both.path)]


def test_exceptions_go_out_in_words(desk: Desk, out: Path) -> None:
    hand = desk.now
    assert isinstance(hand, Hand)
    reported(desk)
    hand.forward(6 * 3_600_000)

    found = {
        row["类别码"]: row for row in rows(exported(desk, out / "a.csv", What.EXCEPTIONS).path)
    }

    unsent = len(desk.site.read(lambda reader: reader.pending(99, 1 << 30)).result())
    assert f"{unsent} 条还没有传到市平台" == found["unsent"]["说明"]
    assert found["unsent"]["自何时"].endswith("+08:00")


def test_hostile_texts_come_back_from_every_text_column(desk: Desk, out: Path) -> None:
    texts = [text for text in hostile() if kept(text)]
    grid = hengli().grids[0]
    ids, taken = [], []
    for text in texts:
        command = Command(
            verb=Verb.REPORT,
            incident=new_id(),
            item="0605",
            source=Source.HOTLINE,
            text=text,
            place=text,
            reporter=text,
        )
        try:
            ids.append(desk.report_at(command, grid.lon, grid.lat).result().incident)
        except BadInput:  # too long for a place or a name
            continue
        taken.append(text)
    assert len(taken) > len(texts) * 0.9
    cut = Cut(only=tuple(ids))
    for format_ in Format:
        exported(desk, out / f"a.{format_}", reveal=REASON, cut=cut)

    for row, text in zip(rows(out / "a.csv"), taken, strict=True):
        assert {text} == {as_was(row[name]) for name in ("内容", "地点", "反映人")}
    table = openpyxl.load_workbook(out / "a.xlsx")["清单"].iter_rows(values_only=True)
    head = next(table)
    places = [head.index(name) for name in ("内容", "地点", "反映人")]
    for cells, text in zip(table, taken, strict=True):
        told = text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
        assert {told} == {unescape(str(cells[place])) for place in places}
    document = json.loads((out / "a.geojson").read_text(encoding="utf-8"))
    for feature, text in zip(document["features"], taken, strict=True):
        said = feature["properties"]
        assert {text} == {said[name] for name in ("text", "place", "reporter")}
