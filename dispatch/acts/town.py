"""Acts on the town itself from command to stored event, over the same log as incidents' acts."""

from __future__ import annotations

from dispatch.acts.log import Log
from dispatch.acts.perform import Author, record
from dispatch.domain.campaign import fold_campaign, fold_task, task_id
from dispatch.domain.codes import Kind
from dispatch.domain.decide_campaign import (
    AnswerTask,
    IssueCampaign,
    decide_answer,
    decide_end,
    decide_issue,
    name_of,
)
from dispatch.domain.decide_town import SetResponse, SetSignal, decide_mode
from dispatch.domain.event import Event, Subject
from dispatch.domain.notice import IssueNotice, decide_notice, decide_read, fold_notice
from dispatch.domain.rules import Actor


def set_mode(log: Log, command: SetSignal | SetResponse, actor: Actor, now: int) -> Event:
    """Decide and store one order about signals or responses. `now`: the seat's clock, UTC ms."""
    place = log.town, log.modes()
    role, drafts = decide_mode(command, actor, log.rules(), place, now)
    return record(log, drafts, Author(actor.account, role.value, actor.session), now)[0]


def issue_campaign(
    log: Log, command: IssueCampaign, actor: Actor, now: int
) -> tuple[str, tuple[Event, ...]]:
    """Send checks to all their grids as one unit; the same order again makes no event.

    Return the round's id beside the events.
    """
    name = name_of(command, now)
    place = log.town, fold_campaign(log.facts_of(Subject(Kind.CAMPAIGN, name)))
    role, drafts = decide_issue(command, actor, log.rules(), place, now)
    return name, record(log, drafts, Author(actor.account, role.value, actor.session), now)


def end_campaign(log: Log, campaign: str, actor: Actor, now: int) -> tuple[Event, ...]:
    """End a round of checks."""
    place = log.town, fold_campaign(log.facts_of(Subject(Kind.CAMPAIGN, campaign)))
    role, drafts = decide_end(campaign, actor, log.rules(), place)
    return record(log, drafts, Author(actor.account, role.value, actor.session), now)


def answer_task(log: Log, command: AnswerTask, actor: Actor, now: int) -> tuple[Event, ...]:
    """Record what was found at one place of a task."""
    subject = Subject(Kind.CAMPAIGN, task_id(command.campaign, command.grid))
    campaign = fold_campaign(log.facts_of(Subject(Kind.CAMPAIGN, command.campaign)))
    known = campaign, fold_task(log.facts_of(subject))
    role, drafts = decide_answer(command, actor, log.rules(), known)
    return record(log, drafts, Author(actor.account, role.value, actor.session), now)


def issue_notice(log: Log, command: IssueNotice, actor: Actor, now: int) -> tuple[Event, ...]:
    """Send a notice; one of that id that is there already stays as it is."""
    if fold_notice(log.facts_of(Subject(Kind.NOTICE, command.id))).order is not None:
        return ()
    role, drafts = decide_notice(command, actor, log.rules(), log.town, now)
    return record(log, drafts, Author(actor.account, role.value, actor.session), now)


def read_notice(log: Log, notice: str, actor: Actor, now: int) -> tuple[Event, ...]:
    """Record that somebody has read a notice, once."""
    known = fold_notice(log.facts_of(Subject(Kind.NOTICE, notice)))
    role, drafts = decide_read(notice, actor, known)
    return record(log, drafts, Author(actor.account, role.value, actor.session), now)
