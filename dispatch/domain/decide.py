"""Deciding an act: allowed with facts, or refused with facts. Runs once, where the person is.

Every value taken from a rule or a clock is written into the event, so that no other machine
needs them to read it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from dispatch.domain.ask import Ask
from dispatch.domain.codes import Level, Role, State
from dispatch.domain.command import Command, Verb
from dispatch.domain.decide_bulletin import inform
from dispatch.domain.decide_check import fail, inspect, pass_
from dispatch.domain.decide_city import city_assign, city_done, city_return, grant_escalation
from dispatch.domain.decide_closing import (
    accept,
    call_back,
    call_tried,
    close,
    record_only,
    redo,
    reopen,
)
from dispatch.domain.decide_extension import ask_extension, grant_extension
from dispatch.domain.decide_handling import arrive, dispatch, feed_back, give_back, reassign, sign
from dispatch.domain.decide_intake import (
    ask_verify,
    confirm,
    correct,
    file,
    note,
    report,
    self_handled,
    verify,
)
from dispatch.domain.decide_joint import (
    joint,
    sub_arrive,
    sub_excuse,
    sub_feed_back,
    sub_return,
    sub_sign,
)
from dispatch.domain.decide_merge import merge, split
from dispatch.domain.decide_oversight import cancel, instruct, reply, supervise
from dispatch.domain.decide_reporter import reward, tell
from dispatch.domain.decide_requests import answer, ask_hold, grant_hold, resume
from dispatch.domain.decide_requests import ask as ask_for
from dispatch.domain.decide_resolve import answer_stand_down, resolve
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Draft
from dispatch.domain.incident import Incident
from dispatch.domain.may import (
    FOR_THE_CITY,
    NEW,
    NOT_IN_A_VILLAGE,
    RIGHTS,
    allowed,
    check_options,
    is_code,
)
from dispatch.domain.rules import Actor, Rules
from dispatch.domain.undo import undo

Handler = Callable[[Ask], tuple[Draft, ...]]

_HANDLERS: Final[dict[Verb, Handler]] = {
    Verb.REPORT: report,
    Verb.SELF_HANDLED: self_handled,
    Verb.ASK_VERIFY: ask_verify,
    Verb.VERIFY: verify,
    Verb.FILE: file,
    Verb.CONFIRM: confirm,
    Verb.CORRECT: correct,
    Verb.NOTE: note,
    Verb.ASK_REFUSE: ask_for,
    Verb.GRANT_REFUSE: answer,
    Verb.DENY_REFUSE: answer,
    Verb.ASK_VOID: ask_for,
    Verb.GRANT_VOID: answer,
    Verb.DENY_VOID: answer,
    Verb.RECORD_ONLY: record_only,
    Verb.ASK_EXTENSION: ask_extension,
    Verb.GRANT_EXTENSION: grant_extension,
    Verb.DENY_EXTENSION: answer,
    Verb.SUPERVISE: supervise,
    Verb.REPLY_SUPERVISION: reply,
    Verb.CANCEL_SUPERVISION: cancel,
    Verb.INSTRUCT: instruct,
    Verb.INFORM: inform,
    Verb.TELL: tell,
    Verb.REWARD: reward,
    Verb.ASK_HOLD: ask_hold,
    Verb.GRANT_HOLD: grant_hold,
    Verb.DENY_HOLD: answer,
    Verb.RESUME: resume,
    Verb.DISPATCH: dispatch,
    Verb.SIGN: sign,
    Verb.RETURN: give_back,
    Verb.REASSIGN: reassign,
    Verb.FEEDBACK: feed_back,
    Verb.ARRIVE: arrive,
    Verb.INSPECT: inspect,
    Verb.INSPECT_PASS: pass_,
    Verb.INSPECT_FAIL: fail,
    Verb.CALL_TRIED: call_tried,
    Verb.CALL_BACK: call_back,
    Verb.ACCEPT: accept,
    Verb.REDO: redo,
    Verb.CLOSE: close,
    Verb.REOPEN: reopen,
    Verb.MERGE: merge,
    Verb.SPLIT: split,
    Verb.JOINT: joint,
    Verb.SUB_SIGN: sub_sign,
    Verb.SUB_ARRIVE: sub_arrive,
    Verb.SUB_FEEDBACK: sub_feed_back,
    Verb.SUB_RETURN: sub_return,
    Verb.SUB_EXCUSE: sub_excuse,
    Verb.ASK_ESCALATION: ask_for,
    Verb.GRANT_ESCALATION: grant_escalation,
    Verb.DENY_ESCALATION: answer,
    Verb.CITY_ASSIGN: city_assign,
    Verb.CITY_RETURN: city_return,
    Verb.CITY_DONE: city_done,
    Verb.RESOLVE: resolve,
    Verb.ANSWER_STAND_DOWN: answer_stand_down,
    Verb.UNFILE: undo,
    Verb.RESTORE: undo,
    Verb.STAND_DOWN: undo,
    Verb.UNSIGN: undo,
    Verb.WITHDRAW: undo,
    Verb.RECHECK: undo,
}

_SAFE_WHEN_CONTESTED: Final = frozenset(Verb) - {
    Verb.CLOSE,
    Verb.GRANT_VOID,
    Verb.GRANT_REFUSE,
    Verb.MERGE,
    Verb.RECORD_ONLY,
}


def decide(
    command: Command,
    actor: Actor,
    rules: Rules,
    incidents: Mapping[str, Incident],
    now: int,
) -> tuple[Role, tuple[Draft, ...]]:
    """Return the role it was done in and the events to record, or raise Refused or BadInput.

    `incidents` holds the one concerned and, for a merge, split, closing or resolve, its kin.
    `now` is the seat's clock in UTC milliseconds. Pure.
    """
    check_options(command)
    incident = incidents.get(command.incident)
    _check_state(command, incident)
    role = actor.role(allowed(command, incident, actor.roles), command.verb)
    village = rules.organisation.ancestor(actor.node, Level.VILLAGE)
    if village is not None and command.verb in NOT_IN_A_VILLAGE:
        raise Refused("village_may_not", verb=command.verb, node=village)
    if command.verb in FOR_THE_CITY and not rules.at_city(actor.node):
        raise Refused("city_only", verb=command.verb, node=actor.node)
    ask = Ask(command, actor, role, rules, incidents, now)
    if incident is not None:
        ask.check_scope()
    return role, _HANDLERS[command.verb](ask)


def _check_state(command: Command, incident: Incident | None) -> None:
    verb, right = command.verb, RIGHTS[command.verb]
    if verb in NEW:
        if incident is not None and verb is Verb.CITY_ASSIGN:
            number = incident.number or incident.temp
            raise Refused("already_assigned", order=command.order or "", incident=number)
        if incident is not None:
            raise Refused("already_reported", incident=command.incident)
        if not is_code(command.incident):
            raise BadInput("incident", "编号须为 1 至 64 位字母、数字或连字符")
        return
    if incident is None or (incident.state is None and verb is not Verb.NOTE):
        raise Refused("unknown_incident", incident=command.incident)
    if incident.state is not None and incident.state not in right.states:
        raise _wrong_state(verb, incident)
    if incident.contested and verb not in _SAFE_WHEN_CONTESTED:
        raise Refused("contested", pairs=len(incident.contested), verb=verb)
    if command.seen is not None and command.seen != incident.version:
        last = incident.facts[-1]
        if verb is not Verb.NOTE:
            raise Refused("changed_since", type=last.type, by=last.actor, at=last.at)


def _wrong_state(verb: Verb, incident: Incident) -> Refused:
    state = incident.state or ""
    if verb is Verb.DISPATCH and incident.unit:
        return Refused("already_dispatched", unit=incident.unit, state=state)
    if verb is Verb.MERGE and incident.state is State.MERGED:
        return Refused("already_merged", into=incident.master or "")
    return Refused("wrong_state", verb=verb, state=state)
