"""Rounds of checks and notices as the desk shows them: progress, places, who has not read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from dispatch.desk.people import Person
from dispatch.desk.reference import Reference
from dispatch.desk.views_town import (
    Addressee,
    CampaignView,
    FindingView,
    NoticeView,
    TargetView,
    TaskView,
)
from dispatch.domain.bodies_town import Checked, Found, RoundKind
from dispatch.domain.campaign import Place, Task, fold_campaign, fold_task
from dispatch.domain.codes import Kind
from dispatch.domain.errors import Refused
from dispatch.domain.event import Event
from dispatch.domain.notice import PERSON, concerns, fold_notice
from dispatch.store.reader import Reader
from dispatch.store.subjects import Told, told_under

LAST: Final = "\U0010ffff"
_BEYOND: Final = ";"
"""The character after the colon that parts a round's id from a grid's code."""
Words = Mapping[str, Mapping[str, str]]


def _by_subject(told: Iterable[Told]) -> tuple[dict[str, list[Event]], Words]:
    facts: dict[str, list[Event]] = {}
    words: dict[str, Mapping[str, str]] = {}
    for event, plain in told:
        facts.setdefault(event.subject.id, []).append(event)
        words[event.hash] = plain
    return facts, words


def campaigns(reader: Reader, tables: Reference, now: int) -> tuple[CampaignView, ...]:
    """Return every round with its progress, the newest first. `now`: what is still sealed."""
    told = told_under(reader.connection, Kind.CAMPAIGN, "", LAST)
    facts, words = _by_subject(told)
    tasks: dict[str, list[Task]] = {}
    for name in facts:
        if ":" in name:
            tasks.setdefault(name.partition(":")[0], []).append(fold_task(facts[name]))
    found = [
        view
        for name in facts
        if ":" not in name
        and (view := _campaign(name, facts[name], words, tasks.get(name, []), tables)) is not None
    ]
    found = [replace(each, text="") if is_sealed(each, now) else each for each in found]
    return tuple(sorted(found, key=lambda each: (-each.issued_at, each.id)))


def is_sealed(view: CampaignView, now: int) -> bool:
    """Return whether a squad's task may not be read yet."""
    return view.sealed_until is not None and now < view.sealed_until


def _campaign(
    name: str, facts: list[Event], words: Words, tasks: list[Task], tables: Reference
) -> CampaignView | None:
    known = fold_campaign(facts)
    order, issued = known.order, known.issued
    if order is None or issued is None:
        return None
    here = [each for each in tasks if each.order is not None]
    findings = [place.finding for task in here for place in task.places]
    said = words.get(issued.hash, {})
    return CampaignView(
        id=name,
        title=said.get("title", ""),
        text=said.get("text", ""),
        issued_at=issued.at,
        by=tables.person(issued.actor),
        due=order.due,
        ended=known.ended is not None,
        tasks=order.tasks,
        targets=order.targets,
        here=len(here),
        tasks_done=sum(each.done for each in here),
        targets_done=sum(each is not None for each in findings),
        problems=findings.count(Checked.PROBLEM),
        absent=findings.count(Checked.ABSENT),
        kind=order.kind,
        leader=order.leader,
        sealed_until=order.sealed_until,
        found=sum(len(each.found) for each in here),
        nodes=()
        if order.kind is RoundKind.CHECK
        else tuple(
            sorted(
                (each.order.grid, tables.names.node(each.order.grid)) for each in here if each.order
            )
        ),
    )


def tasks(reader: Reader, tables: Reference, campaign: str) -> tuple[TaskView, ...]:
    """Return the tasks of a round that are here, by grid; an unknown round is Refused."""
    told = told_under(reader.connection, Kind.CAMPAIGN, campaign, f"{campaign}{_BEYOND}")
    facts, words = _by_subject(told)
    if campaign not in facts or fold_campaign(facts[campaign]).order is None:
        raise Refused("unknown_campaign", campaign=campaign)
    found: list[TaskView] = []
    for name in sorted(each for each in facts if ":" in each):
        task = fold_task(facts[name])
        if task.order is None or task.issued is None:
            continue
        names = words.get(task.issued.hash, {})
        found.append(
            TaskView(
                campaign=campaign,
                grid=task.order.grid,
                grid_name=tables.names.node(task.order.grid),
                due=task.order.due,
                targets=tuple(_target(each, names, words, tables) for each in task.places),
                found=tuple(
                    _finding(each, words, tables)
                    for each in sorted(task.found, key=lambda event: (event.at, event.hash))
                ),
            )
        )
    return tuple(found)


def _target(place: Place, names: Mapping[str, str], words: Words, tables: Reference) -> TargetView:
    answer = place.answer
    return TargetView(
        no=place.target.no,
        place=names.get(f"place:{place.target.no}", ""),
        lon=place.target.lon,
        lat=place.target.lat,
        finding=place.finding,
        at=answer.at if answer else None,
        by=tables.person(answer.body.on_behalf or answer.actor) if answer else "",
        text=words.get(answer.hash, {}).get("text", "") if answer else "",
        photos=answer.blobs if answer else (),
        apart=place.apart,
    )


def _finding(event: Event, words: Words, tables: Reference) -> FindingView:
    body = event.body
    return FindingView(
        event=event.id,
        at=event.at,
        by=tables.person(body.on_behalf or event.actor),
        text=words.get(event.hash, {}).get("text", ""),
        incident=body.incident if isinstance(body, Found) else None,
        photos=event.blobs,
    )


def notices(reader: Reader, tables: Reference, person: Person | None) -> tuple[NoticeView, ...]:
    """Return every notice with its receipts, the newest first."""
    facts, words = _by_subject(told_under(reader.connection, Kind.NOTICE, "", LAST))
    found = [
        view
        for name in facts
        if (view := _notice(name, facts[name], words, (tables, person))) is not None
    ]
    return tuple(sorted(found, key=lambda each: (-each.issued_at, each.id)))


def _notice(
    name: str, facts: list[Event], words: Words, here: tuple[Reference, Person | None]
) -> NoticeView | None:
    tables, person = here
    known = fold_notice(facts)
    order, issued = known.order, known.issued
    if order is None or issued is None:
        return None
    read = dict(known.read)
    mine = concerns(order.to, person.actor()) if person else ()
    said = words.get(issued.hash, {})
    return NoticeView(
        id=name,
        title=said.get("title", ""),
        text=said.get("text", ""),
        issued_at=issued.at,
        by=tables.person(issued.actor),
        due=order.due,
        readers=tuple(_addressee(to, read.get(to), tables) for to in order.to),
        mine=bool(mine),
        read=bool(mine) and not set(mine) & set(known.unread),
    )


def _addressee(to: str, receipt: Event | None, tables: Reference) -> Addressee:
    person = to.startswith(PERSON)
    return Addressee(
        to=to,
        name=tables.person(to.removeprefix(PERSON)) if person else tables.names.node(to),
        at=receipt.at if receipt else None,
        by=tables.person(receipt.actor) if receipt else "",
    )
