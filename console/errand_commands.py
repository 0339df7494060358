"""`zhiwang campaign …` and `zhiwang notice …`: checks to all grids in one act, and notices."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from console.opened import opened
from console.printing import note, out, out_all
from console.town_commands import by_option, site
from console.values import code, iso, until
from console.words import say
from dispatch.desk.town import TownDesk
from dispatch.desk.views_town import CampaignView, NoticeView, TaskView
from dispatch.domain.bodies_town import Checked, Post, RoundKind
from dispatch.domain.decide_campaign import (
    AnswerTask,
    IssueCampaign,
    PlaceToCheck,
    ReportFound,
)
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.notice import IssueNotice
from dispatch.files.places import read_places
from dispatch.files.rows import BadRows

View = TypeVar("View", CampaignView, NoticeView)
Words = Any  # Any: argparse gives its subparsers action no public name
_FLAGS: Final[Mapping[str, str]] = {
    "id": "--id",
    "title": "--title",
    "text": "--text",
    "due": "--due",
    "places": "--places",
    "target": "--target",
    "on_behalf": "--on-behalf",
    "photos": "--photo",
    "to": "--to",
    "leader": "--leader",
    "sealed_until": "--sealed-until",
    "incident": "--incident",
}


def add(words: Words) -> None:
    """Add the campaign and notice groups."""
    _add_campaign(words.add_parser("campaign", help=say("专项检查", "rounds of checks")))
    _add_notice(words.add_parser("notice", help=say("通知", "notices with read receipt")))


def _add_campaign(group: argparse.ArgumentParser) -> None:
    verbs = group.add_subparsers(dest="verb", metavar="VERB", required=True)
    issue = verbs.add_parser("issue", help=say("下发到网格", "send checks to grids"))
    site(issue, person=True)
    _words(issue, due=True)
    issue.add_argument("--grid", action="append", metavar="CODE")
    issue.add_argument("--places", metavar="FILE", type=Path)
    issue.add_argument("--kind", metavar="check/led/squad", default=RoundKind.CHECK.value)
    issue.add_argument("--leader", metavar="POST")
    issue.add_argument("--squad", action="append", metavar="CODE")
    issue.add_argument("--sealed-until", metavar="T")
    issue.set_defaults(run=_issue)
    listing = verbs.add_parser("list", help=say("进度", "progress"))
    site(listing, person=False)
    listing.set_defaults(run=_list)
    show = verbs.add_parser("show", help=say("逐处结果", "every place"))
    site(show, person=False)
    show.add_argument("id", metavar="ID")
    show.set_defaults(run=_show)
    end = verbs.add_parser("end", help=say("结束", "end a round"))
    site(end, person=True)
    end.add_argument("id", metavar="ID")
    end.set_defaults(run=_end)
    _add_answers(verbs)


def _add_answers(verbs: Words) -> None:
    """Add what is told back: answers for places, and findings beyond them."""
    answer = verbs.add_parser("answer", help=say("代记回报", "record an answer"))
    site(answer, person=True)
    answer.add_argument("id", metavar="ID")
    answer.add_argument("--grid", required=True, metavar="CODE")
    answer.add_argument("--target", metavar="NO", default="1")
    answer.add_argument("--result", required=True, metavar="clear/problem/absent")
    answer.add_argument("--text", metavar="T", default="")
    answer.add_argument("--photo", action="append", metavar="FILE")
    answer.add_argument("--on-behalf", metavar="NO")
    answer.set_defaults(run=_answer)
    found = verbs.add_parser("found", help=say("记一处发现", "record a finding"))
    site(found, person=True)
    found.add_argument("id", metavar="ID")
    found.add_argument("--grid", required=True, metavar="CODE")
    found.add_argument("--text", metavar="T", default="")
    found.add_argument("--incident", metavar="NO")
    found.add_argument("--photo", action="append", metavar="FILE")
    found.add_argument("--on-behalf", metavar="NO")
    found.set_defaults(run=_found_on_it)


def _add_notice(group: argparse.ArgumentParser) -> None:
    verbs = group.add_subparsers(dest="verb", metavar="VERB", required=True)
    issue = verbs.add_parser("issue", help=say("发通知", "send a notice"))
    site(issue, person=True)
    _words(issue, due=False)
    issue.add_argument(
        "--to",
        action="append",
        required=True,
        metavar="WHO",
        help=say(
            "给谁：all/stations/units/seats、单位编码或 @账号，可重复",
            "all/stations/units/seats, a unit's code or @account, repeatable",
        ),
    )
    issue.set_defaults(run=_notify)
    listing = verbs.add_parser("list", help=say("通知和已读数", "notices"))
    site(listing, person=False)
    listing.set_defaults(run=_notices)
    show = verbs.add_parser("show", help=say("谁已读、谁未读", "who has read it, who has not"))
    site(show, person=False)
    show.add_argument("id", metavar="ID")
    show.set_defaults(run=_notice)
    read = verbs.add_parser("read", help=say("已读回执", "the receipt"))
    site(read, person=True)
    read.add_argument("id", metavar="ID")
    read.set_defaults(run=_read)


def _words(parser: argparse.ArgumentParser, *, due: bool) -> None:
    parser.add_argument("--title", required=True, metavar="T")
    parser.add_argument("--text", metavar="T", default="")
    parser.add_argument("--due", required=due, metavar="T")
    parser.add_argument("--id", metavar="ID", default="")


def _issue(given: argparse.Namespace) -> int | None:
    if given.places and (given.grid or given.squad):
        raise BadInput("--places", "不能与 --grid、--squad 同用")
    kind = code(given.kind, RoundKind, "--kind")
    leader = code(given.leader, Post, "--leader") if given.leader else None
    if given.squad and kind is not RoundKind.SQUAD:
        raise BadInput("--squad", "只有 --kind squad 派给机动队")
    try:
        places = read_places(given.places) if given.places else ()
    except BadRows as bad:
        for each in bad.rejects:
            note(say(f"第 {each.line} 行：{each.reason}", f"line {each.line}: {each.reason}"))
        raise BadInput("--places", f"{len(bad.rejects)} 行有误，什么都没有下发") from None
    named = (*(given.grid or ()), *(given.squad or ()))
    places = places or tuple(PlaceToCheck(grid=each) for each in named)
    with opened(given.site, given.name) as desk, by_option(_FLAGS):
        due = until(given.due, "--due", desk.now())
        sealed = given.sealed_until
        asked = IssueCampaign(
            id=given.id,
            title=given.title,
            text=given.text,
            due=due,
            places=places,
            kind=kind,
            leader=leader,
            sealed_until=until(sealed, "--sealed-until", desk.now()) if sealed else None,
        )
        town = TownDesk(desk)
        id_, events = town.issue_campaign(asked).result()
        out({**_round(town, id_), "events": events}, as_json=given.json)
    return None


def _list(given: argparse.Namespace) -> None:
    with opened(given.site) as desk:
        rows = TownDesk(desk).campaigns().result()
        out_all((_campaign(each) for each in rows), as_json=given.json)


def _show(given: argparse.Namespace) -> None:
    with opened(given.site) as desk:
        town = TownDesk(desk)
        tasks = town.tasks(given.id).result()
        found = _round(town, given.id)
        out({**found, "grids": [_task(each) for each in tasks]}, as_json=given.json)


def _end(given: argparse.Namespace) -> None:
    with opened(given.site, given.name) as desk, by_option(_FLAGS):
        town = TownDesk(desk)
        town.end_campaign(given.id).result()
        out(_round(town, given.id), as_json=given.json)


def _answer(given: argparse.Namespace) -> None:
    finding = code(given.result, Checked, "--result")
    with opened(given.site, given.name) as desk, by_option(_FLAGS):
        photos = tuple(desk.add_photo(Path(each)).result() for each in given.photo or ())
        asked = AnswerTask(
            campaign=given.id,
            grid=given.grid,
            target=given.target,
            finding=finding,
            text=given.text,
            on_behalf=given.on_behalf,
        )
        town = TownDesk(desk)
        town.answer_task(asked, photos).result()
        out(_round(town, given.id), as_json=given.json)


def _found_on_it(given: argparse.Namespace) -> None:
    with opened(given.site, given.name) as desk, by_option(_FLAGS):
        photos = tuple(desk.add_photo(Path(each)).result() for each in given.photo or ())
        asked = ReportFound(
            campaign=given.id,
            grid=given.grid,
            incident=given.incident,
            text=given.text,
            on_behalf=given.on_behalf,
        )
        town = TownDesk(desk)
        town.report_found(asked, photos).result()
        out(_round(town, given.id), as_json=given.json)


def _round(town: TownDesk, id_: str) -> dict[str, Any]:  # Any: JSON values
    rows = town.campaigns().result()
    return _campaign(_found(rows, id_, Refused("unknown_campaign", campaign=id_)))


def _found(rows: tuple[View, ...], id_: str, otherwise: Refused) -> View:
    found = next((each for each in rows if each.id == id_), None)
    if found is None:
        raise otherwise
    return found


def _campaign(view: CampaignView) -> dict[str, Any]:  # Any: JSON values
    return {
        "id": view.id,
        "title": view.title,
        "text": view.text,
        "issued_at": iso(view.issued_at),
        "by": view.by,
        "due_at": iso(view.due),
        "ended": view.ended,
        "tasks": view.tasks,
        "tasks_here": view.here,
        "tasks_done": view.tasks_done,
        "targets": view.targets,
        "targets_done": view.targets_done,
        "problems": view.problems,
        "absent": view.absent,
        "kind": view.kind,
        "leader": view.leader,
        "sealed_until": iso(view.sealed_until),
        "found": view.found,
    }


def _task(task: TaskView) -> dict[str, Any]:  # Any: JSON values
    return {
        "grid": task.grid,
        "grid_name": task.grid_name,
        "done": task.done,
        "targets": [
            {
                "no": each.no,
                "place": each.place,
                "lon": each.lon,
                "lat": each.lat,
                "finding": each.finding,
                "at": iso(each.at),
                "by": each.by,
                "text": each.text,
                "photos": each.photos,
                "apart": each.apart,
            }
            for each in task.targets
        ],
        "found": [
            {
                "event": each.event,
                "at": iso(each.at),
                "by": each.by,
                "text": each.text,
                "incident": each.incident,
                "photos": each.photos,
            }
            for each in task.found
        ],
    }


def _notify(given: argparse.Namespace) -> None:
    with opened(given.site, given.name) as desk, by_option(_FLAGS):
        due = until(given.due, "--due", desk.now()) if given.due else None
        asked = IssueNotice(
            id=given.id, to=tuple(given.to), title=given.title, text=given.text, due=due
        )
        town = TownDesk(desk)
        id_ = town.issue_notice(asked).result()
        out(_receipts(town, id_), as_json=given.json)


def _notices(given: argparse.Namespace) -> None:
    with opened(given.site) as desk:
        rows = TownDesk(desk).notices().result()
        out_all((_line(each) for each in rows), as_json=given.json)


def _notice(given: argparse.Namespace) -> None:
    with opened(given.site) as desk:
        out(_receipts(TownDesk(desk), given.id), as_json=given.json)


def _read(given: argparse.Namespace) -> None:
    with opened(given.site, given.name) as desk, by_option(_FLAGS):
        town = TownDesk(desk)
        town.read_notice(given.id).result()
        out(_receipts(town, given.id), as_json=given.json)


def _line(view: NoticeView) -> dict[str, Any]:  # Any: JSON values
    return {
        "id": view.id,
        "title": view.title,
        "text": view.text,
        "issued_at": iso(view.issued_at),
        "by": view.by,
        "due_at": iso(view.due),
        "to": len(view.readers),
        "read": view.read_by,
    }


def _receipts(town: TownDesk, id_: str) -> dict[str, Any]:  # Any: JSON values
    rows = town.notices().result()
    view = _found(rows, id_, Refused("unknown_notice", notice=id_))
    return {
        **_line(view),
        "unread": [{"to": each.to, "name": each.name} for each in view.readers if each.at is None],
        "receipts": [
            {"to": each.to, "name": each.name, "at": iso(each.at), "by": each.by}
            for each in view.readers
            if each.at is not None
        ],
    }
