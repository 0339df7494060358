"""Made-up incidents, advice, workers and charts (演示数据) to look at and to test on."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from dispatch.desk.offers import NEXT
from dispatch.desk.views import (
    ActOffer,
    Contest,
    ContestedFact,
    DispatchAdvice,
    IncidentPane,
    ItemChoice,
    Near,
    Photo,
    PlaceChoice,
    QueueRow,
    Spans,
    StepMark,
    TimelineEntry,
    UnitAdvice,
    WorkerRow,
    WorkerStatus,
)
from dispatch.desk.views_report import ReportProposal, ShiftCharts
from dispatch.domain.calendar import HOUR, MINUTE
from dispatch.domain.codes import STAGE_OF, STEP, Priority, Source, Stage, State
from dispatch.domain.command import Verb
from dispatch.domain.guide import Guide
from dispatch.domain.may import RIGHTS
from dispatch.domain.sla import Limit, Span

NOW = 1_763_706_728_000  # 2025-11-21 14:32:08 in China
SECOND = 1000
TOWN = "441900106"


def row(
    state: State = State.FILED, *, left_ms: int = 11 * MINUTE, number: str = "1023"
) -> QueueRow:
    """Return a queue row whose running limit has so much left (negative: over)."""
    stage = STAGE_OF.get(state)
    start = NOW - 40 * MINUTE
    due = NOW + left_ms
    amber = start + (due - start) * 4 // 5
    return QueueRow(
        id=f"01931d00-0000-7000-8000-00000000{number}",
        number=number,
        state=state,
        priority=Priority.P1,
        item="0801",
        item_name="火情、冒烟(先报119)",
        place="隔坑村 工业二路 18 号 3 楼",
        grid=f"{TOWN}201003",
        grid_name="隔坑 03",
        village=f"{TOWN}201",
        unit="消防" if state not in {State.REPORTED, State.VERIFY, State.FILED} else "",
        unit_name="消防大队" if state not in {State.REPORTED, State.VERIFY, State.FILED} else "",
        lon=113.9635,
        lat=23.0380,
        reported_at=NOW - 11 * MINUTE,
        clock=Limit(stage, start, amber, due) if stage else None,
        contested=False,
        unsent=0,
        photos=3,
        merged=0,
        rework=0,
        waiting=(),
        version="v1",
    )


def offers(state: State, *verbs: Verb) -> tuple[ActOffer, ...]:
    """Return these acts, or all that the state allows, with the next one as the primary."""
    given = verbs or tuple(v for v in Verb if state in RIGHTS[v].states and v is not Verb.RESOLVE)
    primary = NEXT.get(state)
    found = sorted(given, key=lambda verb: verb is not primary)
    return tuple(ActOffer(verb.value, verb is primary) for verb in found)


def steps(state: State) -> tuple[StepMark, ...]:
    """Return the five steps as they stand in a state."""
    here = STEP[state]
    began = NOW - 11 * MINUTE - 2 * SECOND
    marks = []
    for step in range(1, 6):
        entered = began + (step - 1) * 3 * MINUTE if step <= here else None
        left = began + step * 3 * MINUTE if step < here else None
        marks.append(StepMark(step, entered, left))
    return tuple(marks)


def timeline() -> tuple[TimelineEntry, ...]:
    """Return four facts, the newest not yet at the hub."""
    told = (
        ("filed", 457, "chief1", "chief", "建议派遣消防大队", None, ()),
        ("noted", 498, "clerk1", "clerk", "已经回电核对门牌，楼内约 6 人，二楼通道有杂物", 4, ()),
        ("verified", 590, "clerk1", "clerk", "属实，119 已出警", 3, ()),
        ("reported", 662, "w0017", "worker", "", 2, ("a" * 64, "b" * 64, "c" * 64)),
    )
    return tuple(
        TimelineEntry(
            event=f"e{at}",
            hash=f"h{at}",
            type=type_,
            at=NOW - at * SECOND,
            actor=actor,
            person=actor,
            role=role,
            on_behalf="",
            reason="",
            text=text,
            seq=seq,
            received_at=NOW - at * SECOND + 300 if seq else None,
            live=True,
            photos=photos,
        )
        for type_, at, actor, role, text, seq, photos in told
    )


GUIDE = Guide(
    "0801",
    "立即出动，先救人后灭火。",
    ("已核实 119 已接报", "已问清有无人员被困", "已通知村工作站疏散"),
    "明火已扑灭，现场已检查无复燃，人数已清点",
    photos=3,
    after=1,
)


def pane(state: State = State.FILED, *, left_ms: int = -192 * SECOND) -> IncidentPane:
    """Return a whole incident; over its limit unless told otherwise."""
    return IncidentPane(
        row=row(state, left_ms=left_ms),
        klass="公共消防",
        catalogue="v1",
        sla="U1",
        working_clock=False,
        source=Source.WORKER,
        text="三楼宿舍阳台冒烟，已报 119，楼内约 6 人",
        reporter="演示员甲",
        phone="138 **** 6021",
        person="",
        department="消防",
        steps=steps(state),
        limits=(),
        timeline=timeline(),
        photos=(),
        photos_missing=0,
        contests=(),
        acts=offers(state),
        children=(),
        master="",
        told_off=(),
        closed_at=None,
        archive_no="",
        grade=None,
        returns=0,
        redo=0,
        guide=GUIDE,
    )


def with_photos(given: IncidentPane, folder: Path) -> IncidentPane:
    """Return the pane with three painted pictures, one of them still on its way."""
    photos = []
    for number, colour in enumerate(("#3A4A5A", "#5A4A3A")):
        path = folder / f"{number}.png"
        picture = QImage(800, 600, QImage.Format.Format_RGB32)
        picture.fill(QColor(colour))
        painter = QPainter(picture)
        painter.fillRect(200, 150, 400, 300, QColor("#6B7B8B"))
        painter.fillRect(330, 200, 140, 250, QColor(Qt.GlobalColor.black))
        painter.end()
        picture.save(str(path))
        photos.append(Photo(str(number) * 64, str(path), NOW - 660 * SECOND, "reported"))
    photos.append(Photo("c" * 64, None, NOW - 640 * SECOND, "reported"))
    return replace(given, photos=tuple(photos))


def fact(type_: str, at: int, leads_to: State | None, **values: str) -> ContestedFact:
    """Return one side of a collision."""
    return ContestedFact(
        event=f"event-{type_}",
        hash=f"hash-{type_}",
        type=type_,
        leads_to=leads_to,
        actor=values.get("actor", "station1"),
        person=values.get("actor", "station1"),
        role=values.get("role", "station"),
        unit=values.get("unit", "村头工作站"),
        at=NOW - at * SECOND,
        received_at=NOW - int(values.get("received", "48")) * SECOND,
        seq=7,
        site=values.get("site", "村头站"),
        text=values.get("text", ""),
        photos=(),
    )


def contested(*, may: bool = True) -> IncidentPane:
    """Return an incident that two sides handled without knowing of each other."""
    given = pane(State.WORK, left_ms=520 * SECOND)
    done = fact(
        "fed_back",
        1531,
        State.DONE,
        role="unit",
        actor="unit1",
        text="通道已清空，货架移走",
        received="1530",
        site="field-door",
    )
    back = fact("returned", 1733, State.FILED, text="属 9 号厂房，位置不符")
    acts = (Verb.RESOLVE, Verb.NOTE, Verb.CORRECT) if may else (Verb.NOTE,)
    return replace(
        given,
        row=replace(
            given.row,
            contested=True,
            number="1002",
            priority=Priority.P2,
            item="0605",
            item_name="逃生通道、安全出口堵塞",
            place="村头村 兴村路 7 号厂房",
        ),
        contests=(Contest(back, done, "state"),),
        acts=tuple(ActOffer(v.value, v is Verb.RESOLVE) for v in acts),
    )


def longest() -> IncidentPane:
    """Return the incident with the longest names there are, and a day-long limit."""
    given = pane(State.WORK, left_ms=23 * HOUR + 59 * MINUTE)
    return replace(
        given,
        row=replace(
            given.row,
            item_name="肇事肇祸精神障碍患者异常",
            place="田饶步村 田饶步工业大道中路 1288 号科技园 12 栋 1 单元 1603 房",
            grid_name="田饶步村 12",
            number="20251121-1023",
            unit_name="田饶步村(社区)工作站",
            rework=2,
        ),
        klass="重点人员与反诈禁毒",
        working_clock=True,
        text="群众来电称楼上住户三天未出门，门口有异味，家属联系不上；已联系物业和村医到场，"
        "请派人带开锁工具，注意有一只大型犬。",
        returns=2,
        person="演示负责人",
    )


def other() -> IncidentPane:
    """Return the incident that the first duplicate of `advice` is."""
    given = pane(State.REPORTED)
    return replace(
        given,
        row=replace(
            given.row,
            id=advice().duplicates[0].id,
            number="1025",
            place="隔坑村 工业二路 20 号对面",
            reported_at=given.row.reported_at + 4 * MINUTE,
            photos=0,
        ),
        source=Source.CITIZEN,
        reporter="演示员乙",
        phone="137 **** 1180",
        text="路过看见三楼冒烟，楼下有人在喊",
    )


def unit_advice() -> tuple[UnitAdvice, ...]:
    """Return five units, best first."""
    made = (
        ("消防", "消防大队 1 中队", "消", 92, 1300, "responsible/near/busy", "lead", 1),
        (f"{TOWN}201", "隔坑工作站", "站", 81, 430, "own_village/near", "assist", 2),
        ("D1", "机动巡查 2 队", "队", 74, 900, "near/busy", "assist", 1),
        ("安监", "应急管理分局", "安", 58, 2800, "busy", "assist", 6),
        (f"{TOWN}205", "田饶步村(社区)工作站", "站", 41, None, "", "assist", 0),
    )
    return tuple(UnitAdvice(*each) for each in made)


def advice() -> DispatchAdvice:
    """Return what the dispatch dialog opens with."""
    near = Near("n1", "1025", "火情、冒烟(先报119)", State.REPORTED, 40, 240)
    before = tuple(
        Near(f"b{n}", f"09{n:02d}", name, State.CLOSED, 12, 86_400 * n)
        for n, name in enumerate(("私拉乱接", "私拉乱接", "通道堵塞"), start=1)
    )
    return DispatchAdvice(
        units=unit_advice(),
        duplicates=(near,),
        earlier=before,
        order_no="HL-20251121-1023-1",
        sign_in_due=NOW + 5 * MINUTE,
        disposal_due=NOW + 2 * HOUR,
        spans=spans(),
        request="立即出动，先救人后灭火；到场即报情况，注意疏散通道和水源。",
        checks=("已核实 119 已接报", "已问清有无人员被困", "已通知村工作站疏散"),
    )


def spans() -> Spans:
    """Return the limits of the profile of the scene's incident."""
    told = {Stage.ACCEPT: "5m", Stage.SIGN_IN: "5m", Stage.FIRST_ANSWER: "15m"}
    return tuple(
        (stage, Span.parse(text, "")) for stage, text in (*told.items(), (Stage.DISPOSAL, "2h"))
    )


def proposal(item: str, point: tuple[float, float] | None) -> ReportProposal:
    """Return what a report would bring; near a point there is one like it."""
    chosen = next(each for each in items() if each.code == item)
    unit, station = unit_advice()[:2]
    return ReportProposal(
        item=item,
        unit=unit if point else replace(unit, distance_m=None),
        station=station if point else None,
        priority=chosen.priority,
        sla=chosen.sla,
        working=False,
        spans=spans(),
        limits=tuple(Limit(stage, NOW, NOW, NOW + span.millis) for stage, span in spans()),
        duplicates=advice().duplicates if point else (),
        calendar_missing=(),
        guide=GUIDE,
    )


def items() -> tuple[ItemChoice, ...]:
    """Return four items."""
    return (
        ItemChoice("0801", "火情、冒烟(先报119)", "公共消防", "消防", Priority.P1, "U1"),
        ItemChoice("0605", "逃生通道、安全出口堵塞", "三小场所消防", "消防", Priority.P2, "M1"),
        ItemChoice(
            "0401", "肇事肇祸精神障碍患者异常", "重点人员与反诈禁毒", "公安", Priority.P1, "U1"
        ),
        ItemChoice("0101", "新增/未备案出租屋", "出租屋与实有人口", "公安", Priority.P3, "G2"),
    )


def place() -> PlaceChoice:
    """Return what lies at the point of the scene."""
    return PlaceChoice(f"{TOWN}201003", "隔坑 03", f"{TOWN}201", "隔坑村", 0, ())


def workers() -> tuple[WorkerRow, ...]:
    """Return workers of every status."""
    made = (
        ("张伟甲", "隔坑 03", WorkerStatus.PATROL, 12, 18, "", 14, 23),
        ("李嘉甲", "隔坑 02", WorkerStatus.EN_ROUTE, 2, 6, "1041 内涝、险情", 11, 19),
        ("陈志甲", "田饶步村 03", WorkerStatus.ON_SCENE, 9, 22, "1026 有限空间无审批作业", 9, 21),
        ("梁国甲", "半仙山 04", WorkerStatus.ASSIGNED, 1, 40, "1041 内涝、险情", 16, 20),
        ("黄丽甲", "石涌 01", WorkerStatus.SILENT, 34, 34 * 60, "", 7, 22),
        ("何俊甲", "恒泉 02", WorkerStatus.ON_SCENE, 31, 55, "0931 消防车通道占用", 12, 18),
        ("周敏甲", "裕宁 01", WorkerStatus.ON_DUTY, 95, 300, "", 0, 0),
        ("苏晓甲", "长巷 01", WorkerStatus.OFF, None, None, "", 0, 0),
    )
    return tuple(
        WorkerRow(
            number=f"w{at:04d}",
            name=name,
            grid=f"{TOWN}2{at:02d}001",
            grid_name=grid,
            status=status,
            since=None if since is None else NOW - since * MINUTE,
            phone=f"138 **** {6000 + at}",
            lon=113.96 if fix else None,
            lat=23.03 if fix else None,
            fix_at=None if fix is None else NOW - fix * SECOND,
            heading=None,
            task=task,
            done_today=done,
            due_today=due,
        )
        for at, (name, grid, status, since, fix, task, done, due) in enumerate(made, start=1)
    )


def charts() -> ShiftCharts:
    """Return the first seven hours of a day shift."""
    new = (9, 16, 22, 19, 12, 14, 7)
    closed = (6, 12, 15, 20, 16, 11, 5)
    backlog = tuple(46 + sum(new[: n + 1]) - sum(closed[: n + 1]) for n in range(len(new)))
    return ShiftCharts(
        hours=tuple(range(8, 8 + len(new))),
        new=new,
        closed=closed,
        backlog=backlog,
        on_time=(5, 11, 14, 18, 15, 11, 4),
        disposed=(6, 12, 15, 20, 16, 11, 5),
    )
