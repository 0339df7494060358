"""`zhiwang incident …`: report, list, show and every act, through the same desk as the window."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import Any, Final

from console.acts_cli import add_verb, by_flags, command_of
from console.opened import opened
from console.printing import out, out_all
from console.values import code, iso, point, whole
from console.words import say
from dispatch.acts.perform import new_id
from dispatch.desk.desk import Desk
from dispatch.desk.looking import SEARCH_PAGE
from dispatch.desk.views import IncidentPane, QueueRow
from dispatch.desk.views_parts import Part
from dispatch.domain.codes import STEP, State
from dispatch.domain.command import Verb
from dispatch.domain.errors import BadInput
from dispatch.domain.incident import Card, Incident
from dispatch.domain.may import NEW
from dispatch.domain.sla import Limit
from ui import labels

LIMIT: Final = 50

Words = Any  # Any: argparse gives its subparsers action no public name


def add(words: Words) -> None:
    """Add the incident group."""
    group = words.add_parser("incident", help=say("事件", "incidents"))
    verbs = group.add_subparsers(dest="verb", metavar="VERB", required=True)
    for verb in NEW:
        words_of = say(labels.verb(verb), verb.value.replace("-", " "))
        report = verbs.add_parser(verb.value, help=words_of, description=words_of)
        report.later(partial(_fill_report, verb))
    listing = verbs.add_parser("list", help=say("列表", "list"))
    _site(listing, person=False)
    listing.add_argument("--state", metavar="S")
    listing.add_argument("--search", metavar="TEXT")
    listing.add_argument("--limit", metavar="N", default=str(LIMIT))
    listing.set_defaults(run=_list)
    show = verbs.add_parser("show", help=say("一件", "one incident"))
    _site(show, person=False)
    show.add_argument("id", metavar="ID")
    show.set_defaults(run=_show)
    words_of = say("把疑似重复的各件一次并入", "merge all likely duplicates into one, at once")
    alike = verbs.add_parser("merge-alike", help=words_of, description=words_of)
    _site(alike, person=True)
    alike.add_argument("id", metavar="ID")
    alike.set_defaults(run=_merge_alike)
    for verb in Verb:
        if verb in NEW:
            continue
        words_of = say(labels.verb(verb), verb.value.replace("-", " "))
        act = verbs.add_parser(verb.value, help=words_of, description=words_of)
        act.later(partial(_fill_act, verb))


def _fill_report(verb: Verb, report: argparse.ArgumentParser) -> None:
    _site(report, person=True)
    report.add_argument("--at", required=True, metavar="LON,LAT")
    add_verb(report, verb)
    report.set_defaults(run=_report, act=verb)


def _fill_act(verb: Verb, act: argparse.ArgumentParser) -> None:
    _site(act, person=True)
    act.add_argument("id", metavar="ID")
    add_verb(act, verb)
    act.set_defaults(run=_act, act=verb)


def _site(parser: argparse.ArgumentParser, *, person: bool) -> None:
    parser.add_argument("--site", required=True, metavar="DIR", type=Path)
    parser.add_argument("--json", action="store_true")
    if person:
        parser.add_argument("--as", dest="name", required=True, metavar="NAME")


def _report(given: argparse.Namespace) -> None:
    with opened(given.site, given.name) as desk, by_flags(given.act):
        command = command_of(given.act, new_id(), given, desk.now())
        lon, lat = point(given.at, "--at")
        done = desk.report_at(command, lon, lat, _photos(desk, given)).result()
        out(shown(desk, done.incident), as_json=given.json)


def _photos(desk: Desk, given: argparse.Namespace) -> tuple[str, ...]:
    return tuple(desk.add_photo(Path(each)).result() for each in given.photo or ())


def _act(given: argparse.Namespace) -> None:
    with opened(given.site, given.name) as desk, by_flags(given.act):
        incident = desk.find(given.id).result()
        command = command_of(given.act, incident, given, desk.now())
        if command.into is not None:
            command = desk.into(command).result()
        done = desk.act(command, _photos(desk, given)).result()
        out(shown(desk, done.incident), as_json=given.json)


def _merge_alike(given: argparse.Namespace) -> None:
    with opened(given.site, given.name) as desk:
        incident = desk.find(given.id).result()
        alike = tuple(each.id for each in desk.advice(incident).result().duplicates)
        if not alike:
            raise BadInput("ID", "没有疑似重复的事件（同一事项，50 米、24 小时之内）")
        done = desk.merge_alike(incident, alike).result()
        out(shown(desk, done.incident), as_json=given.json)


def _list(given: argparse.Namespace) -> None:
    limit = whole(given.limit, "--limit")
    state = code(given.state, State, "--state") if given.state else None
    with opened(given.site) as desk:
        if given.search is not None:
            if not 0 < len(given.search) <= SEARCH_PAGE:
                raise BadInput("--search", f"须有 1 至 {SEARCH_PAGE} 个字符")
            rows = desk.search(given.search, limit, state).result()
        else:
            rows = desk.rows_in(state, limit).result()
        now = desk.now()
        out_all((listed(row, now) for row in rows[:limit]), as_json=given.json)


def _show(given: argparse.Namespace) -> None:
    with opened(given.site) as desk:
        out(shown(desk, desk.find(given.id).result()), as_json=given.json)


def listed(row: QueueRow, now: int) -> dict[str, Any]:  # Any: JSON values
    """Return a queue row as the command line prints it."""
    return {
        "id": row.id,
        "number": row.number,
        "state": row.state.value,
        "step": STEP[row.state],
        "priority": row.priority.value,
        "item": row.item,
        "item_name": row.item_name,
        "place": row.place,
        "grid": row.grid,
        "village": row.village,
        "unit": row.unit,
        "due_at": iso(row.clock.due) if row.clock else None,
        "light": row.light(now).value,
        "contested": row.contested,
        "unsent": row.unsent,
        "frozen_since": iso(row.still),
        "special": row.special,
    }


def shown(desk: Desk, id_: str) -> dict[str, Any]:  # Any: JSON values
    """Return one incident as `incident show` prints it; keys as in docs/cli.md."""
    pane = desk.pane(id_).result()
    incident = desk.incident(id_).result()
    return {
        **_facts(incident, pane),
        "shift": desk.answers(id_).result(),
        "light": pane.row.light(desk.now()).value,
        "version": incident.version,
        "contested": [
            {"one": each.one.event, "two": each.two.event, "about": each.about}
            for each in pane.contests
        ],
        "requests": [
            {"kind": each.kind, "answered": each.answered, "asked_by": each.asked_by}
            for each in incident.requests
        ],
        "events": [
            {
                "id": event.id,
                "type": event.type,
                "at": iso(event.at),
                "actor": event.actor,
                "role": event.role,
                "town_seq": event.seq,
                "hash": event.hash,
                "live": incident.lives(event),
            }
            for event in incident.facts
        ],
    }


def _facts(incident: Incident, pane: IncidentPane) -> dict[str, Any]:  # Any: JSON values
    return {**_what(incident, pane), **_handling(incident, pane), **_ending(incident, pane)}


def _what(incident: Incident, pane: IncidentPane) -> dict[str, Any]:  # Any: JSON values
    """What it is, where, since when, by whom."""
    row = pane.row
    return {
        "id": incident.id,
        "number": row.number,
        "temp": incident.temp,
        "state": incident.state,
        "step": incident.step,
        "item": incident.item,
        "item_name": row.item_name,
        "priority": incident.priority,
        "source": incident.source,
        "place": row.place,
        "text": pane.text,
        "reporter": pane.reporter,
        "phone": pane.phone,
        "lon": incident.lon,
        "lat": incident.lat,
        "grid": incident.grid,
        "village": incident.village,
        "town": incident.town,
        "found_at": iso(incident.found_at),
        "reported_at": iso(incident.reported_at),
        "photos": [photo.sha256 for photo in pane.photos],
        "photos_missing": incident.photos_missing,
        "worker": incident.worker,
        "finding": incident.finding,
    }


def _reporters(pane: IncidentPane) -> dict[str, Any]:  # Any: JSON values
    """Who reported it, who still waits for word, what was decided about a reward."""
    return {
        "reporters": [
            {
                "incident": each.incident,
                "number": each.number,
                "source": each.source,
                "owed": each.owed,
                "told_at": iso(each.told_at),
                "channel": each.channel,
                "by": each.by,
            }
            for each in pane.reporters.lines
        ],
        "untold": [each.incident for each in pane.reporters.untold],
        "rewards": [
            {"reward": each.reward, "yuan": each.yuan, "by": each.by, "at": iso(each.at)}
            for each in pane.reporters.rewards
        ],
    }


def _handling(incident: Incident, pane: IncidentPane) -> dict[str, Any]:  # Any: JSON values
    """Who has it, until when, and how often it came back."""
    return {
        "due_at": iso(pane.row.clock.due) if pane.row.clock else None,
        "frozen_since": iso(pane.row.still),
        "limits": _limits(incident.limits),
        "sla": incident.sla.code if incident.sla else None,
        "catalogue": incident.catalogue,
        "confirmed": bool(incident.confirmed),
        "unit": incident.unit,
        "assists": incident.assists or (),
        "order_no": incident.order_no,
        "subs": [
            {
                "unit": each.unit,
                "order_no": each.order_no,
                "state": each.state,
                "limits": _limits(each.limits),
                "signed_at": iso(each.signed_at),
                "arrived_at": iso(each.arrived_at),
                "ended_at": iso(each.ended_at),
                "answer": _answer(part),
            }
            for each, part in zip(incident.subs, pane.subs, strict=True)
        ],
        **_response(pane),
        "person": pane.person,
        "arrived_at": iso(incident.arrived_at),
        "returns": incident.returns,
        "rework": incident.rework,
        "redo": incident.redo,
        "extensions": incident.extensions,
        "supervision": _card(incident.card),
        **_reporters(pane),
        "instructions": incident.instructions,
        "told_off": incident.told_off,
    }


def _answer(part: Part) -> dict[str, Any] | None:  # Any: JSON values
    """The four facts of the answer to a whistle; None where none was blown."""
    answer = part.answer
    if answer is None:
        return None
    return {
        "accepted_at": iso(answer.accepted_at),
        "talked": answer.talked,
        "measure": answer.measure,
        "promised": iso(answer.promised),
    }


def _response(pane: IncidentPane) -> dict[str, Any]:  # Any: JSON values
    """Of an open P1: what is at hand, the nearest first, and who was there when."""
    return {
        "at_hand": [
            {
                "kind": each.kind,
                "code": each.code,
                "name": each.name,
                "distance_m": each.distance_m,
                "lon": each.lon,
                "lat": each.lat,
                "phone": each.phone,
            }
            for each in pane.response.at_hand
        ],
        "arrivals": [
            {
                "unit": each.unit,
                "started_at": iso(each.started_at),
                "arrived_at": iso(each.arrived_at),
                "within_min": each.minutes,
            }
            for each in pane.response.arrivals
        ],
    }


def _card(card: Card | None) -> dict[str, Any] | None:  # Any: JSON values
    """The supervision that stands."""
    if card is None:
        return None
    return {
        "level": card.level,
        "due": iso(card.answer_by),
        "by": card.by,
        "city": card.city,
        "points": card.points,
        "replied": card.replied,
    }


def _limits(limits: tuple[Limit, ...]) -> list[dict[str, Any]]:  # Any: JSON values
    return [
        {"stage": each.stage, "start": iso(each.start), "due": iso(each.due)} for each in limits
    ]


def _ending(incident: Incident, pane: IncidentPane) -> dict[str, Any]:  # Any: JSON values
    """How it ended, and what an auditor looks for."""
    return {
        "grade": incident.grade,
        "score": incident.score,
        "on_time": incident.on_time,
        "archive_no": incident.archive_no,
        "city_id": incident.city_id,
        "city_order": incident.city_order,
        "closed_at": iso(incident.closed_at),
        "master": incident.master,
        "children": incident.children,
        "marked": incident.marked,
        "suspect": incident.suspect,
        "unsent": pane.row.unsent,
    }
