"""Every act that there is, ready to be done: who does it on what, and how each door says it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from console.values import iso
from dispatch.domain.calendar import DAY, HOUR, MINUTE
from dispatch.domain.codes import (
    BulletinPart,
    Channel,
    Finding,
    Priority,
    ReturnReason,
    Reward,
    Source,
    Supervision,
)
from dispatch.domain.command import Verb
from tests.e2e.hands import FIRE, OTHER, SAFETY, WORKER, Hands, Ready
from tests.e2e.town import NOW

Form = dict[str, Any]  # Any: JSON values


@dataclass(frozen=True, slots=True)
class Case:
    """An act by every door: as a command, as words of a shell, as a form of the field.

    `form` is None where the field has no such door. `photo`: with one, by each door's own way.
    """

    verb: Verb
    by: str
    ready: Callable[[Hands], str | Ready]
    said: dict[str, Any] = field(default_factory=dict)  # Any: a field's own type
    words: tuple[str, ...] = ()
    form: Form | None = None
    photo: bool = False

    @property
    def name(self) -> str:
        """What the test is called by."""
        return f"{self.verb}-{self.by}"


def nothing(_: Hands) -> str:
    """A report needs nothing before it."""
    return ""


H = Hands
V = Verb
PHOTO: Final = b"\xff\xd8\xff\xe0 a made-up picture"
_REVIEW: Final = NOW + 10 * DAY + 6 * HOUR + 10 * MINUTE
"""The end of the working day ten days later."""
_HOUR_AGO, _IN_NINE = str(iso(NOW - HOUR)), str(iso(NOW + 9 * HOUR))

CASES: Final = (
    Case(
        V.REPORT, WORKER, nothing,
        {"item": "0605", "text": "楼道堆物", "place": "一号楼", "reporter": "某女士",
         "phone": "138****0001", "found_at": NOW - HOUR},
        ("--item", "0605", "--text", "楼道堆物", "--place", "一号楼", "--reporter", "某女士",
         "--phone", "138****0001", "--found-at", _HOUR_AGO),
        {"item": "0605", "text": "楼道堆物", "place": "一号楼", "reporter": "某女士",
         "phone": "138****0001", "found_at": _HOUR_AGO},
        photo=True,
    ),
    Case(
        V.REPORT, "clerk1", nothing,
        {"priority": Priority.P1, "source": Source.POLICE, "on_behalf": FIRE,
         "told_by": Channel.PHONE, "reason": "told"},
        ("--priority", "P1", "--source", "police", "--on-behalf", FIRE, "--told-by", "phone",
         "--reason", "told"),
    ),
    Case(
        V.SELF_HANDLED, WORKER, nothing,
        {"item": "0605", "text": "楼道堆物", "place": "一号楼", "phone": "138****0001",
         "found_at": NOW - HOUR, "result": "已搬走"},
        ("--item", "0605", "--text", "楼道堆物", "--place", "一号楼", "--phone", "138****0001",
         "--found-at", _HOUR_AGO, "--result", "已搬走"),
        {"item": "0605", "text": "楼道堆物", "place": "一号楼", "phone": "138****0001",
         "found_at": _HOUR_AGO, "result": "已搬走"},
        photo=True,
    ),
    Case(
        V.SELF_HANDLED, WORKER, nothing,
        {"priority": Priority.P2, "source": Source.STATION, "reporter": "某女士",
         "on_behalf": FIRE, "told_by": Channel.PHONE},
        ("--priority", "P2", "--source", "station", "--reporter", "某女士", "--on-behalf", FIRE,
         "--told-by", "phone"),
    ),
    Case(V.RECORD_ONLY, "chief1", H.reported, {"text": "知悉"}, ("--text", "知悉")),
    Case(
        V.ASK_EXTENSION, "fire1", H.work,
        {"reason": "weather", "days": 2, "natural": True, "text": "连日有雨"},
        ("--reason", "weather", "--days", "2", "--natural", "--text", "连日有雨"),
    ),
    Case(V.GRANT_EXTENSION, "chief1", H.extension_asked),
    Case(V.DENY_EXTENSION, "chief1", H.extension_asked, {"reason": "no"}, ("--reason", "no")),
    Case(
        V.SUPERVISE, "leader1", H.work,
        {"level": Supervision.RED, "due": NOW + 2 * HOUR, "text": "立即处置"},
        ("--level", "red", "--due", "2h", "--text", "立即处置"),
    ),
    Case(
        V.REPLY_SUPERVISION, "fire1", H.supervised, {"text": "已到场"}, ("--text", "已到场"),
        photo=True,
    ),
    Case(
        V.REPLY_SUPERVISION, "dispatcher1", H.supervised,
        {"text": "已到场", "on_behalf": FIRE, "told_by": Channel.PHONE},
        ("--text", "已到场", "--on-behalf", FIRE, "--told-by", "phone"),
    ),
    Case(V.CANCEL_SUPERVISION, "chief1", H.supervised, {"reason": "slip"}, ("--reason", "slip")),
    Case(
        V.INSTRUCT, "leader1", H.work, {"text": "请抓紧", "person": "演示丁"},
        ("--text", "请抓紧", "--person", "演示丁"),
    ),
    Case(
        V.INFORM, "clerk1", H.work,
        {"part": BulletinPart.FIRST, "channel": Channel.PHONE, "text": "电话首报"},
        ("--part", "first", "--channel", "phone", "--text", "电话首报"), photo=True,
    ),
    Case(
        V.INFORM, "chief1", H.informed, {"part": BulletinPart.FOLLOW, "text": "续报一"},
        ("--part", "follow", "--text", "续报一"),
    ),
    Case(
        V.TELL, "clerk1", H.reported, {"channel": Channel.MESSAGE, "text": "已受理"},
        ("--channel", "message", "--text", "已受理"),
    ),
    Case(
        V.TELL, "supervisor1", H.grown, {"channel": Channel.PHONE, "group": True},
        ("--channel", "phone", "--group"),
    ),
    Case(
        V.REWARD, "chief1", H.closed, {"reward": Reward.CITIZEN, "yuan": 200, "text": "照章"},
        ("--reward", "citizen", "--yuan", "200", "--text", "照章"),
    ),
    Case(
        V.ASK_VERIFY, "clerk1", H.reported, {"worker": WORKER, "due": NOW + 30 * MINUTE},
        ("--worker", WORKER, "--limit", "30m"),
    ),
    Case(
        V.VERIFY, WORKER, H.to_verify, {"finding": Finding.TRUE, "text": "属实"},
        ("--result", "true", "--text", "属实"), {"finding": "true", "text": "属实"}, photo=True,
    ),
    Case(
        V.VERIFY, "dispatcher1", H.to_verify,
        {"finding": Finding.ABSENT, "on_behalf": WORKER, "told_by": Channel.PHONE},
        ("--result", "absent", "--on-behalf", WORKER, "--told-by", "phone"),
    ),
    Case(
        V.FILE, "clerk1", H.reported, {"item": "0601", "priority": Priority.P2},
        ("--item", "0601", "--priority", "P2"),
    ),
    Case(V.CONFIRM, "chief1", H.filed),
    Case(V.UNFILE, "clerk1", H.filed, {"reason": "slip"}, ("--reason", "slip")),
    Case(V.ASK_REFUSE, "clerk1", H.reported, {"reason": "not_true"}, ("--reason", "not_true")),
    Case(V.GRANT_REFUSE, "chief1", H.refusal_asked),
    Case(V.DENY_REFUSE, "chief1", H.refusal_asked, {"text": "再查"}, ("--text", "再查")),
    Case(V.RESTORE, "chief1", H.void),
    Case(
        V.DISPATCH, "dispatcher1", H.filed,
        {"unit": FIRE, "assists": (SAFETY, "公安"), "due": NOW + 4 * HOUR},
        ("--unit", FIRE, "--assist", SAFETY, "--assist", "公安", "--due", "4h"),
    ),
    Case(V.STAND_DOWN, "dispatcher1", H.sent),
    Case(
        V.SIGN, "fire1", H.sent, {"person": "队员甲", "phone": "138****0002"},
        ("--person", "队员甲", "--phone", "138****0002"),
        {"person": "队员甲", "phone": "138****0002"},
    ),
    Case(
        V.SIGN, "dispatcher1", H.sent,
        {"person": "队员乙", "on_behalf": FIRE, "told_by": Channel.PHONE},
        ("--person", "队员乙", "--on-behalf", FIRE, "--told-by", "phone"),
    ),
    Case(V.UNSIGN, "fire1", H.work),
    Case(
        V.RETURN, "fire1", H.sent,
        {"why": ReturnReason.NOT_OURS, "propose": SAFETY, "text": "不属本单位"},
        ("--reason", "not-ours", "--propose", SAFETY, "--text", "不属本单位"),
        {"why": "not-ours", "propose": SAFETY, "text": "不属本单位"},
    ),
    Case(V.REASSIGN, "dispatcher1", H.work, {"unit": SAFETY}, ("--unit", SAFETY)),
    Case(
        V.ASK_HOLD, "fire1", H.work, {"reason": "season", "review_at": _REVIEW},
        ("--reason", "season", "--review", "2026-12-01"),
    ),
    Case(V.GRANT_HOLD, "leader1", H.hold_asked),
    Case(V.DENY_HOLD, "leader1", H.hold_asked, {"reason": "no"}, ("--reason", "no")),
    Case(V.RESUME, "dispatcher1", H.held),
    Case(
        V.JOINT, "chief1", H.work,
        {"unit": FIRE, "assists": (SAFETY, "公安"), "due": NOW + 4 * HOUR,
         "dues": (("公安", NOW + HOUR),)},
        ("--lead", FIRE, "--assist", SAFETY, "--assist", "公安", "--due", "4h",
         "--limit", "公安=1h"),
    ),
    Case(
        V.JOINT, "chief1", H.work, {"unit": FIRE, "assists": (SAFETY,), "answer_by": NOW + HOUR},
        ("--lead", FIRE, "--assist", SAFETY, "--answer-by", "1h"),
    ),
    Case(
        V.SUB_SIGN, "safety1", H.whistled,
        {"at": NOW, "talked": "村书记", "text": "清走货物", "due": NOW + 9 * HOUR},
        ("--at", str(iso(NOW)), "--talked", "村书记", "--measure", "清走货物", "--due", _IN_NINE),
        {"at": str(iso(NOW)), "talked": "村书记", "text": "清走货物", "due": _IN_NINE},
    ),
    Case(
        V.SUB_SIGN, "safety1", H.joint, {"person": "队员丙", "phone": "138****0004"},
        ("--person", "队员丙", "--phone", "138****0004"),
        {"person": "队员丙", "phone": "138****0004"},
    ),
    Case(
        V.SUB_SIGN, "dispatcher1", H.joint, {"on_behalf": SAFETY, "told_by": Channel.PHONE},
        ("--on-behalf", SAFETY, "--told-by", "phone"),
    ),
    Case(
        V.SUB_ARRIVE, "safety1", H.joint, {"unit": SAFETY, "at": NOW},
        ("--unit", SAFETY, "--at", "2026-11-21T11:20:00+08:00"),
        {"unit": SAFETY, "at": "2026-11-21T03:20:00Z"},
    ),
    Case(
        V.SUB_FEEDBACK, "safety1", H.part_signed,
        {"unit": SAFETY, "text": "已断电", "result": "安全"},
        ("--unit", SAFETY, "--measure", "已断电", "--result", "安全"),
        {"unit": SAFETY, "text": "已断电", "result": "安全"}, photo=True,
    ),
    Case(
        V.SUB_RETURN, "safety1", H.joint,
        {"unit": SAFETY, "why": ReturnReason.NOT_OURS, "propose": "公安"},
        ("--unit", SAFETY, "--reason", "not-ours", "--propose", "公安"),
        {"unit": SAFETY, "why": "not-ours", "propose": "公安"},
    ),
    Case(
        V.SUB_EXCUSE, "chief1", H.joint, {"unit": SAFETY, "reason": "enough"},
        ("--unit", SAFETY, "--reason", "enough"),
    ),
    Case(
        V.ASK_ESCALATION, "chief1", H.work, {"reason": "cross_town", "text": "涉及邻镇"},
        ("--reason", "cross_town", "--text", "涉及邻镇"),
    ),
    Case(V.GRANT_ESCALATION, "leader1", H.escalation_asked, {"reason": "ok"}, ("--reason", "ok")),
    Case(V.DENY_ESCALATION, "leader1", H.escalation_asked, {"reason": "no"}, ("--reason", "no")),
    Case(
        V.CITY_ASSIGN, "city1", nothing, {"order": "SD-2026-16", "item": "0605", "text": "督办件"},
        ("--order", "SD-2026-16", "--item", "0605", "--text", "督办件"),
        {"order": "SD-2026-16", "item": "0605", "text": "督办件"}, photo=True,
    ),
    Case(
        V.CITY_RETURN, "city1", H.at_the_city, {"order": "SD-2026-17", "text": "由镇街办理"},
        ("--order", "SD-2026-17", "--text", "由镇街办理"),
        {"order": "SD-2026-17", "text": "由镇街办理"},
    ),
    Case(
        V.CITY_DONE, "city1", H.at_the_city, {"order": "SD-2026-18", "text": "已协调处理"},
        ("--order", "SD-2026-18", "--text", "已协调处理"),
        {"order": "SD-2026-18", "text": "已协调处理"}, photo=True,
    ),
    Case(
        V.FEEDBACK, "fire1", H.work, {"text": "已清理", "result": "畅通", "closing_met": True},
        ("--measure", "已清理", "--result", "畅通", "--closing", "met"),
        {"text": "已清理", "result": "畅通", "closing_met": True}, photo=True,
    ),
    Case(V.WITHDRAW, "fire1", H.done),
    Case(
        V.INSPECT, WORKER, H.done, {"finding": Finding.TRUE, "distance_m": 12},
        ("--result", "true", "--distance", "12"), {"finding": "true", "distance_m": 12},
        photo=True,
    ),
    Case(
        V.INSPECT_PASS, "inspector1", H.done, {"distance_m": 30}, ("--distance", "30"), photo=True
    ),
    Case(
        V.INSPECT_FAIL, "inspector1", H.done, {"reason": "unfinished"}, ("--reason", "unfinished")
    ),
    Case(V.RECHECK, "inspector1", H.visit),
    Case(
        V.CALL_TRIED, "supervisor1", H.visit, {"channel": Channel.PHONE}, ("--channel", "phone")
    ),
    Case(
        V.CALL_BACK, "supervisor1", H.visit,
        {"channel": Channel.VISIT, "grade": 2, "text": "反映人满意"},
        ("--channel", "visit", "--grade", "2", "--text", "反映人满意"),
    ),
    Case(V.ACCEPT, "chief1", H.dissatisfied, {"reason": "unfounded"}, ("--reason", "unfounded")),
    Case(V.REDO, "chief1", H.dissatisfied, {"reason": "again"}, ("--reason", "again")),
    Case(V.CLOSE, "chief1", H.to_evaluate, {"score": 85}, ("--score", "85")),
    Case(V.REOPEN, "chief1", H.closed, {"reason": "back"}, ("--reason", "back")),
    Case(V.MERGE, "clerk1", H.two, {"into": OTHER}, ("--into", OTHER)),
    Case(V.SPLIT, "clerk1", H.merged),
    Case(V.ASK_VOID, "clerk1", H.filed, {"reason": "mistake"}, ("--reason", "mistake")),
    Case(V.GRANT_VOID, "chief1", H.void_asked),
    Case(V.DENY_VOID, "chief1", H.void_asked),
    Case(
        V.CORRECT, "chief1", H.filed,
        {"item": "0601", "priority": Priority.P3, "lon": 113.97, "lat": 23.04, "place": "二号楼",
         "phone": "138****0003", "text": "更正", "reporter": "某先生", "due": NOW + 9 * HOUR},
        ("--set", "item=0601", "--set", "priority=P3", "--set", "lonlat=113.97,23.04",
         "--set", "place=二号楼", "--set", "phone=138****0003", "--set", "text=更正",
         "--set", "reporter=某先生", "--set", f"due={_IN_NINE}"),
    ),
    Case(
        V.ARRIVE, "fire1", H.work, {"at": NOW}, ("--at", "2026-11-21T11:20:00+08:00"),
        {"at": "2026-11-21T03:20:00Z"},
    ),
    Case(V.NOTE, "clerk1", H.reported, {"text": "知悉"}, ("--text", "知悉"), photo=True),
    Case(
        V.RESOLVE, "chief1", H.sent_twice, {"keep": (OTHER,), "reason": "fire_first"},
        ("--keep", OTHER, "--reason", "fire_first"),
    ),
    Case(V.ANSWER_STAND_DOWN, "safety1", H.told_off, {"unit": SAFETY}, ("--unit", SAFETY)),
)  # fmt: skip


def photo_file(folder: Path) -> Path:
    """Write the photo that goes with an act."""
    file = folder / "photo.jpg"
    file.write_bytes(PHOTO)
    return file
