"""Steps 4 and 5: call back, redo, close, reopen (T23-26)."""

from __future__ import annotations

from typing import Final

from dispatch.domain.ask import Ask
from dispatch.domain.bodies import Accepted, CalledBack, CallTried, Closed, Redone, Reopened
from dispatch.domain.bodies_oversight import RecordedOnly
from dispatch.domain.calendar import DAY, local
from dispatch.domain.codes import Channel, Role, Stage, State
from dispatch.domain.decide_check import check_other_eyes
from dispatch.domain.decide_city import on_time_by_city
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Draft, Event
from dispatch.domain.incident import Incident
from dispatch.domain.oversight import check_no_red_card

DISSATISFIED: Final = 4
"""Grades from this one on are 不满意."""
TRIES_NEEDED: Final = 3
TRY_DAYS_NEEDED: Final = 2
REOPEN_DAYS: Final = 30
"""So long a chief may reopen; later a leader (illustrative)."""
GRADES: Final = range(1, 6)
SCORES: Final = range(101)


def _check_caller(ask: Ask) -> Channel:
    check_other_eyes(ask)
    assert ask.command.channel is not None  # the options were checked
    return ask.command.channel


def call_tried(ask: Ask) -> tuple[Draft, ...]:
    """A call that reached nobody; it counts towards 无法联系."""
    channel = _check_caller(ask)
    return (ask.draft("call_tried", CallTried(reason=ask.command.reason, channel=channel)),)


def call_back(ask: Ask) -> tuple[Draft, ...]:
    """T23: grade 1-3 goes on, 4-5 waits for the chief, none needs 3 tries on 2 days."""
    channel = _check_caller(ask)
    if (said := _dissatisfied(ask.incident)) is not None:
        raise Refused("chief_answers", grade=said)
    grade = ask.command.grade
    if grade is not None and grade not in GRADES:
        raise BadInput("grade", "满意度必须是 1 至 5，或 none")
    if grade is None:
        _check_unreachable(ask.incident)
    stays = grade is not None and grade >= DISSATISFIED
    body = CalledBack(
        reason=ask.command.reason,
        channel=channel,
        grade=grade,
        to=State.VISIT if stays else State.EVAL,
        limits=() if stays else ask.clock(Stage.CLOSE),
    )
    return (ask.draft("called_back", body),)


def _check_unreachable(incident: Incident) -> None:
    tries: list[Event] = []
    for event in incident.facts:
        if event.type == "inspected_pass":
            tries = []
        elif event.type == "call_tried" and incident.lives(event):
            tries.append(event)
    days = {local(event.at).date() for event in tries}
    if len(tries) < TRIES_NEEDED or len(days) < TRY_DAYS_NEEDED:
        raise Refused("tries_missing", tries=len(tries), days=len(days))


def _dissatisfied(incident: Incident) -> int | None:
    """The grade that waits for the chief since the last inspection, or None."""
    called = incident.latest("called_back", "inspected_pass")
    grade: int | None = getattr(called.body, "grade", None) if called else None
    return grade if grade is not None and grade >= DISSATISFIED else None


def _check_dissatisfied(ask: Ask) -> None:
    if _dissatisfied(ask.incident) is None:
        raise Refused("not_dissatisfied", verb=ask.command.verb)


def accept(ask: Ask) -> tuple[Draft, ...]:
    """The chief lets a dissatisfied answer stand, with a reason."""
    _check_dissatisfied(ask)
    body = Accepted(reason=ask.command.reason, limits=ask.clock(Stage.CLOSE))
    return (ask.draft("dissatisfaction_accepted", body),)


def redo(ask: Ask) -> tuple[Draft, ...]:
    """T24: back to the unit, sign-in done, disposal from now."""
    _check_dissatisfied(ask)
    body = Redone(reason=ask.command.reason, limits=ask.clock(Stage.DISPOSAL))
    return (ask.draft("redone", body),)


def close(ask: Ask) -> tuple[Draft, ...]:
    """T25: the archive number, whether it was on time; its children close in the same unit."""
    incident, score = ask.incident, ask.command.score
    check_no_red_card(incident)
    if score is not None and score not in SCORES:
        raise BadInput("score", "评分必须是 0 至 100")
    number = incident.number or incident.temp
    archive = f"{number}-G"
    body = Closed(
        reason=ask.command.reason, on_time=on_time(incident), archive_no=archive, score=score
    )
    drafts = [ask.draft("closed", body)]
    for child in _family(ask, incident):
        with_master = Closed(
            on_time=body.on_time, archive_no=f"{archive}/{child[-4:]}", with_master=incident.id
        )
        drafts.append(ask.draft("closed", with_master, of=child))
    return tuple(drafts)


def record_only(ask: Ask) -> tuple[Draft, ...]:
    """T29: for information only; closed as it is, with a number to find it by."""
    incident = ask.incident
    check_no_red_card(incident)
    if incident.children:
        raise Refused("has_children", children=len(incident.children))
    number = incident.number or incident.temp
    body = RecordedOnly(reason=ask.command.reason, archive_no=f"{number}-B")
    return (ask.draft("recorded_only", body),)


def _family(ask: Ask, master: Incident) -> list[str]:
    """Ids of all that are merged into the master, and into those; one in dispute stops it."""
    found: list[str] = []
    masters = [master]
    while masters:
        parent = masters.pop()
        for id_ in parent.children:
            child = ask.incidents.get(id_)
            if child is None:
                raise Refused("child_unknown", child=id_)
            if child.contested:
                raise Refused("contested", pairs=len(child.contested), verb="close", child=id_)
            if child.state is State.MERGED and child.master == parent.id and id_ not in found:
                found.append(id_)
                masters.append(child)
    return found


def on_time(incident: Incident) -> bool:
    """Return whether the feedback that stands came before the end of its disposal limit."""
    fed = incident.latest("fed_back", "self_handled", "city_done")
    limit = incident.limit(Stage.DISPOSAL)
    if fed is not None and fed.type == "city_done":
        return on_time_by_city(incident)
    return fed is not None and (limit is None or fed.at <= limit.due)


def reopen(ask: Ask) -> tuple[Draft, ...]:
    """T26: the original closing is kept; a child cannot be reopened without its master."""
    incident = ask.incident
    closed = incident.latest("closed", "recorded_only")
    if closed is not None and getattr(closed.body, "with_master", None):
        raise Refused("reopen_the_master", master=getattr(closed.body, "with_master", ""))
    late = closed is not None and ask.now > closed.at + REOPEN_DAYS * DAY
    if late and Role.LEADER not in ask.actor.roles:
        raise Refused("reopen_needs_leader", days=REOPEN_DAYS)
    body = Reopened(reason=ask.command.reason, limits=ask.clock(Stage.DISPATCH))
    return (ask.draft("reopened", body),)
