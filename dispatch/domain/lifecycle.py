"""The life cycle as it is built: from which states an act leads where, who may, what it writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dispatch.domain.codes import Role, State
from dispatch.domain.command import Verb
from dispatch.domain.may import CORRECTORS, RIGHTS
from dispatch.domain.types import TYPES

WRITES: Final[dict[Verb, tuple[str, ...]]] = {
    Verb.REPORT: ("reported",),
    Verb.SELF_HANDLED: ("reported", "self_handled"),
    Verb.ASK_VERIFY: ("verify_asked",),
    Verb.VERIFY: ("verified",),
    Verb.FILE: ("filed",),
    Verb.CONFIRM: ("filing_confirmed",),
    Verb.UNFILE: ("unfiled",),
    Verb.ASK_REFUSE: ("refusal_asked",),
    Verb.GRANT_REFUSE: ("refusal_granted",),
    Verb.DENY_REFUSE: ("refusal_denied",),
    Verb.RESTORE: ("restored",),
    Verb.RECORD_ONLY: ("recorded_only",),
    Verb.DISPATCH: ("dispatched",),
    Verb.STAND_DOWN: ("stood_down",),
    Verb.SIGN: ("signed",),
    Verb.UNSIGN: ("unsigned",),
    Verb.RETURN: ("returned",),
    Verb.REASSIGN: ("reassigned",),
    Verb.ASK_EXTENSION: ("extension_asked",),
    Verb.GRANT_EXTENSION: ("extension_granted", "extension_endorsed"),
    Verb.DENY_EXTENSION: ("extension_denied",),
    Verb.ASK_HOLD: ("hold_asked",),
    Verb.GRANT_HOLD: ("hold_granted",),
    Verb.DENY_HOLD: ("hold_denied",),
    Verb.RESUME: ("resumed",),
    Verb.FEEDBACK: ("fed_back",),
    Verb.WITHDRAW: ("withdrawn",),
    Verb.INSPECT: ("inspected",),
    Verb.INSPECT_PASS: ("inspected_pass",),
    Verb.INSPECT_FAIL: ("inspected_fail", "self_handling_refused"),
    Verb.RECHECK: ("rechecked",),
    Verb.CALL_TRIED: ("call_tried",),
    Verb.CALL_BACK: ("called_back",),
    Verb.ACCEPT: ("dissatisfaction_accepted",),
    Verb.REDO: ("redone",),
    Verb.CLOSE: ("closed",),
    Verb.REOPEN: ("reopened",),
    Verb.MERGE: ("merged", "absorbed"),
    Verb.SPLIT: ("split", "released"),
    Verb.ASK_VOID: ("void_asked",),
    Verb.GRANT_VOID: ("void_granted",),
    Verb.DENY_VOID: ("void_denied",),
    Verb.SUPERVISE: ("supervised",),
    Verb.REPLY_SUPERVISION: ("supervision_replied",),
    Verb.CANCEL_SUPERVISION: ("supervision_cancelled",),
    Verb.INSTRUCT: ("instructed",),
    Verb.INFORM: ("informed",),
    Verb.TELL: ("reporter_told",),
    Verb.REWARD: ("reward_decided",),
    Verb.JOINT: ("joint_ordered",),
    Verb.SUB_SIGN: ("sub_signed",),
    Verb.SUB_ARRIVE: ("sub_arrived",),
    Verb.SUB_FEEDBACK: ("sub_fed_back",),
    Verb.SUB_RETURN: ("sub_returned",),
    Verb.SUB_EXCUSE: ("sub_excused",),
    Verb.ASK_ESCALATION: ("escalation_asked",),
    Verb.GRANT_ESCALATION: ("escalation_granted",),
    Verb.DENY_ESCALATION: ("escalation_denied",),
    Verb.CITY_ASSIGN: ("city_assigned",),
    Verb.CITY_RETURN: ("city_returned",),
    Verb.CITY_DONE: ("city_done",),
    Verb.CORRECT: ("corrected",),
    Verb.ARRIVE: ("arrived",),
    Verb.NOTE: ("noted",),
    Verb.RESOLVE: ("resolved", "unit_told_off", "split", "released"),
    Verb.ANSWER_STAND_DOWN: ("told_off_answered",),
}
"""The types of events that an act may write, its own first. Held equal to the rules by a test."""


@dataclass(frozen=True, slots=True)
class Act:
    """A row of the life cycle. `froms` is empty for an act that makes the incident.

    `tos` is empty where the state stays; `undoes` names the types it takes back.
    """

    transition: int
    verb: Verb
    froms: tuple[State, ...]
    tos: tuple[State, ...]
    roles: tuple[Role, ...]
    needs: tuple[str, ...]
    writes: tuple[str, ...]
    undoes: tuple[str, ...]


def acts() -> tuple[Act, ...]:
    """Return every act, by transition and then in the order of the command line."""
    found = [_act(verb) for verb in Verb]
    return tuple(sorted(found, key=lambda act: act.transition))


def _act(verb: Verb) -> Act:
    right = RIGHTS[verb]
    roles = right.roles
    if verb is Verb.CORRECT:
        roles = frozenset().union(*CORRECTORS.values())
    return Act(
        transition=right.transition,
        verb=verb,
        froms=tuple(state for state in State if state in right.states),
        tos=_tos(verb),
        roles=tuple(role for role in Role if role in roles),
        needs=right.needs,
        writes=WRITES[verb],
        undoes=right.undo_of,
    )


def _tos(verb: Verb) -> tuple[State, ...]:
    """Where the act leads: an undo and a decision to whatever stood before, told as no state."""
    if RIGHTS[verb].undo_of or verb is Verb.RESOLVE:
        return ()
    led: set[State] = set()
    for name in WRITES[verb]:
        kind = TYPES[name]
        led |= {kind.to} if kind.to is not None else kind.to_of_body
    # One that reports and does it in one leads to where the last of its events leads.
    if verb is Verb.SELF_HANDLED:
        led -= {State.REPORTED}
    return tuple(state for state in State if state in led)
