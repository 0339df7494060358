"""Four eyes: nobody judges the own work (T6, 12, 17, 21-23, 28), for rules and offers alike."""

from __future__ import annotations

from typing import Final

from dispatch.domain.command import Verb
from dispatch.domain.incident import Incident
from dispatch.domain.oversight import endorsement
from dispatch.domain.rules import Actor, Rules

ANSWERS: Final = {
    Verb.GRANT_REFUSE: "refusal",
    Verb.DENY_REFUSE: "refusal",
    Verb.GRANT_EXTENSION: "extension",
    Verb.DENY_EXTENSION: "extension",
    Verb.GRANT_HOLD: "hold",
    Verb.DENY_HOLD: "hold",
    Verb.GRANT_VOID: "void",
    Verb.DENY_VOID: "void",
    Verb.GRANT_ESCALATION: "escalation",
    Verb.DENY_ESCALATION: "escalation",
}
"""Acts that answer a request, with its kind."""
_CALLS: Final = frozenset({Verb.CALL_TRIED, Verb.CALL_BACK})
_BY_HANDLERS: Final = frozenset(
    {"signed", "fed_back", "self_handled", "city_done", "sub_signed", "sub_fed_back"}
)
_CHECKS: Final = frozenset({Verb.INSPECT_PASS, Verb.INSPECT_FAIL})


def handlers(incident: Incident) -> frozenset[str]:
    """Return who counts as handler: recorders and units of signing, feedback, self-handling."""
    found: set[str] = set()
    for event in incident.facts:
        if event.type in _BY_HANDLERS and incident.lives(event):
            found.add(event.actor)
            if event.body.on_behalf:
                found.add(event.body.on_behalf)
    return frozenset(found)


def dispatchers(incident: Incident) -> frozenset[str]:
    """Return the accounts that sent the incident out."""
    return frozenset(
        event.actor
        for event in incident.facts
        if event.type in {"dispatched", "reassigned"} and incident.lives(event)
    )


def handled_by(incident: Incident, actor: Actor, rules: Rules) -> bool:
    """Return whether it is the own work, or that of the own unit."""
    handled = handlers(incident)
    parts = [each.unit for each in incident.subs]
    names = (incident.unit, *parts, *handled)
    units = {rules.unit_node(incident.town, each) for each in names if each}
    own = any(rules.organisation.within(actor.node, each) for each in units)
    return own or actor.account in handled


def same_eyes(verb: Verb, incident: Incident, actor: Actor, rules: Rules) -> bool:
    """Return whether somebody else has to do this: the person had a hand in what is judged."""
    if verb in ANSWERS:
        kind = ANSWERS[verb]
        asked = [each for each in incident.requests if each.kind == kind and not each.answered]
        agreed = endorsement(incident) if verb is Verb.GRANT_EXTENSION else None
        hands = {asked[-1].asked_by if asked else "", agreed.actor if agreed else ""}
        return actor.account in hands
    if verb is Verb.REPLY_SUPERVISION:
        return incident.card is not None and incident.card.by == actor.account
    if verb is Verb.INSPECT:
        return actor.account in handlers(incident)
    if verb in _CALLS and actor.account in dispatchers(incident):
        return True
    return verb in _CALLS | _CHECKS and handled_by(incident, actor, rules)
