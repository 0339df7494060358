"""Which acts a person may do on an incident now, the proposed next one first."""

from __future__ import annotations

from typing import Final

from dispatch.desk.views import ActOffer
from dispatch.domain.bulletin import made
from dispatch.domain.codes import PUBLIC, BulletinPart, Role, State
from dispatch.domain.command import Command, Verb
from dispatch.domain.decide_extension import EXTENSIONS_ALLOWED
from dispatch.domain.four_eyes import ANSWERS, same_eyes
from dispatch.domain.incident import Incident
from dispatch.domain.may import FOR_THE_CITY, NEW, PARTS, RIGHTS, allowed
from dispatch.domain.reporters import closed_with, decided
from dispatch.domain.rules import Actor, Rules

NEXT: Final = {
    State.REPORTED: Verb.FILE,
    State.VERIFY: Verb.VERIFY,
    State.FILED: Verb.DISPATCH,
    State.SENT: Verb.SIGN,
    State.WORK: Verb.FEEDBACK,
    State.DONE: Verb.INSPECT_PASS,
    State.VISIT: Verb.CALL_BACK,
    State.EVAL: Verb.CLOSE,
    State.HOLD: Verb.RESUME,
    State.CITY: Verb.CITY_DONE,
    State.MERGED: Verb.SPLIT,
    State.CLOSED: Verb.REOPEN,
    State.VOID: Verb.RESTORE,
}
"""The act that carries an incident on from a state."""

_BLOCKED_WHEN_CONTESTED: Final = frozenset(
    {Verb.CLOSE, Verb.GRANT_VOID, Verb.GRANT_REFUSE, Verb.MERGE, Verb.RECORD_ONLY}
)


def offers(incident: Incident, actor: Actor | None, rules: Rules) -> tuple[ActOffer, ...]:
    """Return the acts in the order of the life cycle; at most one is `primary`; nobody has none.

    What somebody else has to do (four eyes) is told beforehand; what is offered may still be
    refused: the rules look closer (returns, days).
    """
    if actor is None:
        return ()
    primary = _primary(incident)
    not_theirs = frozenset() if rules.at_city(actor.node) else FOR_THE_CITY
    found = [
        verb for verb in Verb if verb not in not_theirs and _offered(verb, incident, actor.roles)
    ]
    found.sort(key=lambda verb: verb is not primary)
    return tuple(
        ActOffer(
            verb.value,
            verb is primary,
            "four_eyes" if same_eyes(verb, incident, actor, rules) else "",
        )
        for verb in found
    )


def _primary(incident: Incident) -> Verb | None:
    if incident.contested:
        return Verb.RESOLVE
    waiting = [each.kind for each in incident.requests if not each.answered]
    for verb, kind in ANSWERS.items():
        if kind in waiting and verb.value.startswith("grant"):
            return verb
    if incident.state is State.WORK and not incident.unit:
        return Verb.REASSIGN  # back from the city before the town had given it to anybody
    return NEXT.get(incident.state) if incident.state else None


def _offered(verb: Verb, incident: Incident, roles: tuple[Role, ...]) -> bool:
    right = RIGHTS[verb]
    state = incident.state
    if verb in NEW or state is None or state not in right.states:
        return False
    may = allowed(Command(verb=verb, incident=incident.id), incident, roles)
    if not any(role in may for role in roles):
        return False
    if incident.contested and verb in _BLOCKED_WHEN_CONTESTED:
        return False
    return _fits(verb, incident)


_ON_A_CARD: Final = frozenset({Verb.SUPERVISE, Verb.REPLY_SUPERVISION, Verb.CANCEL_SUPERVISION})


def _fits_card(verb: Verb, incident: Incident) -> bool:
    """A red card that waits for its answer is neither given again nor taken back."""
    card = incident.card
    if verb is Verb.SUPERVISE:
        return card is None or not card.red_open
    if card is None:
        return False
    return not card.replied if verb is Verb.REPLY_SUPERVISION else not card.red_open


def _fits(verb: Verb, incident: Incident) -> bool:
    """Whether an act that hangs on something more than the state has it."""
    right = RIGHTS[verb]
    if verb is Verb.RESOLVE:
        return bool(incident.contested)
    if verb is Verb.ANSWER_STAND_DOWN:
        return bool(incident.told_off)
    if verb in ANSWERS:
        kind = ANSWERS[verb]
        return any(each.kind == kind and not each.answered for each in incident.requests)
    if verb in _ON_A_CARD:
        return _fits_card(verb, incident)
    if verb is Verb.ASK_EXTENSION:
        waits = any(each.kind == "extension" and not each.answered for each in incident.requests)
        return not waits and incident.extensions < EXTENSIONS_ALLOWED
    if verb in PARTS:
        return any(each.open and each.state in PARTS[verb] for each in incident.subs)
    if verb in {Verb.ACCEPT, Verb.REDO}:
        return incident.grade is not None and incident.grade > 3
    if verb is Verb.INFORM:
        return not any(each.part is BulletinPart.FINAL for each in made(incident))
    if verb is Verb.TELL:
        return incident.source in PUBLIC or bool(incident.children)
    if verb is Verb.REWARD:
        return decided(incident) is None and closed_with(incident) is None
    if verb is Verb.CONFIRM:
        return not incident.confirmed and incident.priority != "P3" and incident.state != "reported"
    if right.undo_of:
        return incident.latest(*right.undo_of) is not None
    return True
