"""The types of events: the shape of each, and what it does to an incident's state.

What a shipped type does is frozen: a change is a new version of the event, never an edit here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dispatch.domain import bodies as b
from dispatch.domain import bodies_city as city
from dispatch.domain import bodies_force as f
from dispatch.domain import bodies_joint as j
from dispatch.domain import bodies_oversight as o
from dispatch.domain import bodies_reporter as r
from dispatch.domain import bodies_shift as s
from dispatch.domain import bodies_town as t
from dispatch.domain.codes import State

HANDLING = ("unit", "assists", "order_no")
"""Fields that are empty again when no unit has the incident."""


@dataclass(frozen=True, slots=True)
class EventType:
    """How the fold reads a type.

    `to`: the state it leads to; None leaves the state, BY_BODY reads the body's `to`.
    `clears`: incident fields it empties. `answers`: grants or denies a request. `guards`: must
    not be lost to an ending that had not seen it (an absorbed child, a red card). `moves`: whether
    it changes the state.
    """

    body: type[b.Body]
    to: State | None = None
    to_of_body: frozenset[State] = frozenset()
    clears: tuple[str, ...] = ()
    denies: bool = False
    guards: bool = False

    moves: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "moves", self.to is not None or bool(self.to_of_body))


ANY = frozenset(State)
OPEN = ANY - {State.CLOSED, State.VOID, State.MERGED}

TYPES: dict[str, EventType] = {
    "reported": EventType(b.Reported, State.REPORTED),
    "verify_asked": EventType(b.VerifyAsked, State.VERIFY),
    "verified": EventType(b.Verified, State.REPORTED),
    "filed": EventType(b.Filed, State.FILED, clears=("confirmed",)),
    "filing_confirmed": EventType(b.Confirmed),
    "unfiled": EventType(b.Undone, to_of_body=OPEN),
    "refusal_asked": EventType(b.Asked),
    "refusal_granted": EventType(b.Answered, State.VOID),
    "refusal_denied": EventType(b.Answered, denies=True),
    "restored": EventType(b.Undone, to_of_body=OPEN),
    "dispatched": EventType(b.Dispatched, State.SENT),
    "stood_down": EventType(b.Undone, to_of_body=OPEN),
    "signed": EventType(b.Signed, State.WORK),
    "unsigned": EventType(b.Undone, to_of_body=OPEN),
    "returned": EventType(b.Returned, State.FILED, clears=HANDLING),
    "reassigned": EventType(b.Reassigned, State.SENT, clears=("assists",)),
    "hold_asked": EventType(b.HoldAsked),
    "hold_granted": EventType(b.HoldGranted, State.HOLD),
    "hold_denied": EventType(b.Answered, denies=True),
    "resumed": EventType(b.Resumed, State.WORK),
    "fed_back": EventType(b.FedBack, State.DONE),
    "withdrawn": EventType(b.Undone, to_of_body=OPEN),
    "inspected_pass": EventType(b.Passed, to_of_body=frozenset({State.VISIT, State.EVAL})),
    "inspected_fail": EventType(b.Failed, State.WORK),
    "inspected": EventType(b.Inspected),
    "rechecked": EventType(b.Undone, to_of_body=OPEN),
    "call_tried": EventType(b.CallTried),
    "called_back": EventType(b.CalledBack, to_of_body=frozenset({State.VISIT, State.EVAL})),
    "dissatisfaction_accepted": EventType(b.Accepted, State.EVAL),
    "redone": EventType(b.Redone, State.WORK),
    "closed": EventType(b.Closed, State.CLOSED),
    "reopened": EventType(b.Reopened, State.FILED, clears=HANDLING),
    "merged": EventType(b.Merged, State.MERGED),
    "absorbed": EventType(b.Absorbed, guards=True),
    "split": EventType(b.Undone, to_of_body=OPEN),
    "released": EventType(b.Released),
    "void_asked": EventType(b.Asked),
    "void_granted": EventType(b.Answered, State.VOID),
    "void_denied": EventType(b.Answered, denies=True),
    "joint_ordered": EventType(j.JointOrdered, State.WORK),
    "sub_signed": EventType(j.SubSigned),
    "sub_arrived": EventType(j.SubArrived),
    "sub_fed_back": EventType(j.SubFedBack),
    "sub_returned": EventType(j.SubReturned),
    "sub_excused": EventType(j.SubExcused),
    "escalation_asked": EventType(b.Asked),
    "escalation_granted": EventType(city.EscalationGranted, State.CITY),
    "escalation_denied": EventType(b.Answered, denies=True),
    "city_assigned": EventType(city.CityAssigned, State.FILED),
    "city_returned": EventType(city.CityReturned, State.WORK),
    "city_done": EventType(city.CityDone, State.DONE),
    "corrected": EventType(b.Corrected),
    "arrived": EventType(b.Arrived),
    "noted": EventType(b.Noted),
    "resolved": EventType(b.Resolved, to_of_body=ANY),
    "unit_told_off": EventType(b.UnitToldOff),
    "told_off_answered": EventType(b.UnitToldOff),
    "self_handled": EventType(o.SelfHandled, State.DONE),
    "self_handling_refused": EventType(o.SelfHandlingRefused, State.VOID),
    "extension_asked": EventType(o.ExtensionAsked),
    "extension_endorsed": EventType(o.ExtensionEndorsed),
    "extension_granted": EventType(o.ExtensionGranted),
    "extension_denied": EventType(b.Answered, denies=True),
    "supervised": EventType(o.Supervised, guards=True),
    "supervision_replied": EventType(o.SupervisionReplied),
    "supervision_cancelled": EventType(o.SupervisionCancelled),
    "instructed": EventType(o.Instructed),
    "informed": EventType(o.Informed),
    "reporter_told": EventType(r.ReporterTold),
    "reward_decided": EventType(r.RewardDecided),
    "recorded_only": EventType(o.RecordedOnly, State.CLOSED),
    "logged_in": EventType(s.LoggedIn),
    "logged_out": EventType(s.LoggedOut),
    "shift_on": EventType(s.ShiftOn),
    "shift_off": EventType(s.ShiftOff),
    "report_issued": EventType(s.ReportIssued),
    "items_ticked": EventType(s.ItemsTicked),
    "ticks_withdrawn": EventType(s.TicksWithdrawn),
    "handover_signed": EventType(s.HandoverSigned),
    "line_written": EventType(s.LineWritten),
    "promise_kept": EventType(s.PromiseKept),
    "signed_on": EventType(b.SignedOn),
    "signed_off": EventType(b.SignedOff),
    "audited": EventType(b.Audited),
    "signal_set": EventType(t.SignalSet),
    "response_set": EventType(t.ResponseSet),
    "campaign_issued": EventType(t.CampaignIssued),
    "campaign_ended": EventType(t.CampaignEnded),
    "task_issued": EventType(t.TaskIssued),
    "task_answered": EventType(t.TaskAnswered),
    "task_found": EventType(t.Found),
    "radio_checked": EventType(f.RadioChecked),
    "object_checked": EventType(f.ObjectChecked),
    "notice_issued": EventType(t.NoticeIssued),
    "notice_read": EventType(t.NoticeRead),
}

NUMBERED = frozenset({"reported", "city_assigned"})
"""Types that make an incident: their event gets a human number from the hub."""

UNKNOWN = EventType(b.Unknown)
