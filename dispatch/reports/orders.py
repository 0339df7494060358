"""Page 7: instructions, supervisions, notices, the shift's log, who looked at what is masked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dispatch.domain.bodies import Audited
from dispatch.domain.bodies_oversight import Informed, Instructed, Supervised, SupervisionReplied
from dispatch.domain.bodies_town import NoticeIssued, NoticeRead, ResponseSet, SignalSet
from dispatch.domain.codes import BulletinPart, LineKind, Supervision
from dispatch.domain.event import Event
from dispatch.reports.figure import Figure, count, rate
from dispatch.reports.force import lines
from dispatch.reports.walk import Case, Walk

LINES: Final = {
    LineKind.ORDER: "上级来令",
    LineKind.CALL: "电话记录",
    LineKind.VISITOR: "来访",
    LineKind.PROMISE: "对来电人的承诺",
}
"""The kinds of lines of the shift's log that are counted here; faults stand on page 6."""


def standing(walk: Walk, kind: type) -> list[tuple[Case, Event]]:
    """Return the facts of the shift with such a body that still count, by time."""
    found = [
        (case, event)
        for case, now in walk.present()
        for event in now.facts
        if isinstance(event.body, kind) and now.lives(event) and walk.during(event)
    ]
    return sorted(found, key=lambda each: (each[1].corrected_at, each[1].hash))


def during(walk: Walk, kind: type | tuple[type, ...]) -> list[Event]:
    """Return the shift's other records with such a body, by time."""
    found = [e for e in walk.given.records if isinstance(e.body, kind) and walk.during(e)]
    return sorted(found, key=lambda each: (each.corrected_at, each.hash))


def instructions(walk: Walk) -> Iterator[Figure]:
    """What leaders instructed in the shift."""
    told = (event.hash for _, event in standing(walk, Instructed))
    yield count("order.instructed", "领导批示", told)


PARTS: Final = {
    BulletinPart.FIRST: "首报",
    BulletinPart.FOLLOW: "续报",
    BulletinPart.FINAL: "终报",
}


def bulletins(walk: Walk) -> Iterator[Figure]:
    """Information reports of the shift by part, and those that came after their clock's end."""
    told = [(e, e.body) for _, e in standing(walk, Informed) if isinstance(e.body, Informed)]
    for part, name in PARTS.items():
        mine = (event.hash for event, body in told if body.part is part)
        yield count(f"order.informed.{part}", name, mine)
    late = (e.hash for e, body in told if body.due is not None and e.corrected_at > body.due)
    yield count("order.informed.late", "迟报", late)


def supervisions(walk: Walk) -> Iterator[Figure]:
    """Supervisions of the shift by level, and how many of them are replied to at the cut."""
    cards = standing(walk, Supervised)
    for level, name in (
        (Supervision.NORMAL, "普通督办"),
        (Supervision.YELLOW, "黄牌督办"),
        (Supervision.RED, "红牌督办"),
    ):
        mine = (e.hash for _, e in cards if getattr(e.body, "level", None) is level)
        yield count(f"order.supervised.{level}", name, mine)
    replied = {
        event.body.card
        for _, now in walk.present()
        for event in now.facts
        if isinstance(event.body, SupervisionReplied) and now.lives(event)
    }
    hashes = [event.hash for _, event in cards]
    answered = (each for each in hashes if each in replied)
    yield rate("order.replied", "督办回复率", answered, hashes)


def notices(walk: Walk) -> Iterator[Figure]:
    """Notices of the shift, and those of them that somebody has read by the cut."""
    issued = [event.subject.id for event in during(walk, NoticeIssued)]
    read = {
        event.subject.id
        for event in walk.given.records
        if isinstance(event.body, NoticeRead) and event.corrected_at < walk.cut
    }
    yield count("notice.issued", "通知", issued)
    yield rate("notice.read", "已有人读的通知", (each for each in issued if each in read), issued)
    times = (e.hash for e in during(walk, NoticeRead))
    yield count("notice.receipts", "阅读回执", times)


def town(walk: Walk) -> Iterator[Figure]:
    """Signals and responses that were set or lifted in the shift."""
    told = (event.hash for event in during(walk, (SignalSet, ResponseSet)))
    yield count("order.modes", "预警信号与应急响应令", told)


def log(walk: Walk) -> Iterator[Figure]:
    """Lines of the shift's log by kind."""
    for kind, name in LINES.items():
        yield count(f"log.{kind}", name, (event.hash for event in lines(walk, kind)))


def looked(walk: Walk) -> dict[str, list[Event]]:
    """Return by account what was shown in clear in the shift."""
    found: dict[str, list[Event]] = {}
    for event in during(walk, Audited):
        if isinstance(event.body, Audited) and event.body.what == "revealed":
            found.setdefault(event.actor, []).append(event)
    return dict(sorted(found.items()))


def reveals(walk: Walk) -> Iterator[Figure]:
    """How often masked data was shown in clear, in all and per person."""
    found = looked(walk)
    every = [event.hash for events in found.values() for event in events]
    yield count("reveal.all", "查看明文", every)
    for account, events in found.items():
        yield count(f"reveal.of.{account}", "查看明文", (event.hash for event in events))
