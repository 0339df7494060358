"""Calls to workers and looks at objects, from command to stored event, over the same log."""

from __future__ import annotations

from collections.abc import Iterable

from dispatch.acts.log import Log
from dispatch.acts.perform import Author, record
from dispatch.domain.campaign import fold_campaign, fold_task, task_id
from dispatch.domain.codes import Kind
from dispatch.domain.decide_campaign import ReportFound, decide_found
from dispatch.domain.decide_force import CheckObject, CheckRadio, decide_object, decide_radio
from dispatch.domain.event import Event, Subject
from dispatch.domain.rules import Actor


def check_radio(log: Log, command: CheckRadio, actor: Actor, now: int) -> Event:
    """Record that a worker was called, and what came back."""
    role, drafts = decide_radio(command, actor, log.rules(), now)
    return record(log, drafts, Author(actor.account, role.value, actor.session), now)[0]


def check_objects(
    log: Log, commands: Iterable[CheckObject], actor: Actor, now: int
) -> tuple[Event, ...]:
    """Record looks at objects, each an event of its own; one that is refused refuses them all."""
    rules = log.rules()
    decided = [decide_object(each, actor, rules, now) for each in commands]
    found: list[Event] = []
    for role, drafts in decided:
        found += record(log, drafts, Author(actor.account, role.value, actor.session), now)
    return tuple(found)


def report_found(log: Log, command: ReportFound, actor: Actor, now: int) -> tuple[Event, ...]:
    """Record something that was found on a round, beyond its places."""
    subject = Subject(Kind.CAMPAIGN, task_id(command.campaign, command.grid))
    campaign = fold_campaign(log.facts_of(Subject(Kind.CAMPAIGN, command.campaign)))
    known = campaign, fold_task(log.facts_of(subject))
    role, drafts = decide_found(command, actor, log.rules(), known)
    return record(log, drafts, Author(actor.account, role.value, actor.session), now)
