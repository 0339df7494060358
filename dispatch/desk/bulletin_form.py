"""One information report on paper: gathered inside one read, written as A4."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dispatch.desk.bulletins import bulletins
from dispatch.desk.chaining import then
from dispatch.desk.looking import incident
from dispatch.desk.reference import Reference
from dispatch.desk.views_bulletin import BulletinLine
from dispatch.domain.calendar import local
from dispatch.domain.codes import BulletinPart, Channel
from dispatch.domain.errors import BadInput
from dispatch.domain.incident import Incident
from dispatch.reports.bulletin_form import BulletinForm, write_bulletin
from dispatch.reports.figure import NOTHING
from dispatch.reports.orders import PARTS
from dispatch.reports.words import PRIORITIES
from dispatch.store.reader import Reader

if TYPE_CHECKING:
    from dispatch.desk.desk import Desk

WAYS = {Channel.PHONE: "电话", Channel.MESSAGE: "书面"}
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class BulletinAsked:
    """Whose information report is wanted, and the folder it goes to.

    `event` is the id of the one that made it, or how that begins; empty: the last one.
    """

    incident: str
    out: Path
    event: str = ""


def issue_bulletin(desk: Desk, asked: BulletinAsked) -> Future[Path]:
    """Write one; an incident without any, or without that one, is a BadInput."""
    now = desk.now()
    who = desk.person.account if desk.person else ""
    scope = desk.site.identity.scope

    def gathered(reader: Reader, tables: Reference) -> tuple[BulletinForm, str]:
        found = incident(reader, asked.incident)
        plain = reader.plain(event.hash for event in found.facts if event.sealed)
        number = found.number or found.temp or found.id[:8]
        every = bulletins(found, plain, tables, now).made
        mine = [each for each in every if each.event.startswith(asked.event)]
        if not mine:
            raise BadInput(number, "没有这份信息报告" if every else "还没有信息报告")
        form = _form(found, mine[-1], tables, (scope, tables.person(who) if who else "未登录", now))
        return form, f"{_filed(number)}-{part_words(mine[-1])}.pdf"

    def written(made: tuple[BulletinForm, str]) -> Path:
        return write_bulletin(made[0], asked.out, made[1])

    return then(desk.asked(gathered), written)


def _form(
    found: Incident, line: BulletinLine, tables: Reference, by: tuple[str, str, int]
) -> BulletinForm:
    scope, who, now = by
    at = f"{local(now):%Y-%m-%d %H:%M}"
    made_up = ("演示数据",) if tables.geometry.synthetic else ()
    priority = PRIORITIES.get(found.priority, "") if found.priority else ""
    item = tables.names.item(found.item, found.catalogue) if found.item else NOTHING
    due = f"{local(line.due):%m-%d %H:%M}" if line.due is not None else NOTHING
    late = "（迟报）" if line.late else ""
    return BulletinForm(
        centre=f"{tables.names.node(scope)}智网工程指挥调度中心",
        number=found.number or found.temp or found.id[:8],
        part=part_words(line),
        marks=made_up,
        watermark=" ".join((who, at, *made_up)),
        basis=f"打印 {at} {who}",
        facts=(
            ("事件编号", found.number or found.temp),
            ("事项", f"{item} {priority}".strip()),
            ("报告时间", f"{local(line.at):%Y-%m-%d %H:%M}{late}"),
            ("应报时限", due),
            ("报告方式", WAYS.get(line.way, line.way.value)),
            ("报告人", line.person),
        ),
        text=line.text,
        printed_at=now,
    )


def part_words(line: BulletinLine) -> str:
    """Return 首报, 续报一, 续报二 ..., 终报."""
    name = PARTS[line.part]
    if line.part is not BulletinPart.FOLLOW:
        return name
    return name + (_DIGITS[line.nth] if line.nth < len(_DIGITS) else str(line.nth))


def _filed(number: str) -> str:
    """The number as a file's name."""
    return "".join(char if char.isalnum() or char in "-_" else "_" for char in number)[:60]
