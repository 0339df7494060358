"""Which supervision stands, and how many extensions an incident has had: read from its facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dispatch.domain.bodies_oversight import (
    ExtensionGranted,
    Supervised,
    SupervisionCancelled,
    SupervisionReplied,
)
from dispatch.domain.codes import Supervision
from dispatch.domain.errors import Refused
from dispatch.domain.event import Event
from dispatch.domain.graph import Graph
from dispatch.domain.incident import Card, Incident

_WEIGHT = {level: weight for weight, level in enumerate(Supervision)}


def card_of(event: Event, body: Supervised) -> Card:
    """Return the card that a supervision makes, not answered."""
    return Card(
        hash=event.hash,
        level=body.level,
        by=event.actor,
        city=body.city,
        at=event.at,
        answer_by=body.answer_by,
        points=body.points,
        replied=False,
    )


def standing_card(graph: Graph, alive: Iterable[tuple[int, Event]]) -> Card | None:
    """Return the card that stands, None without one.

    A later card takes the place of those it has seen. Of several made apart the weightiest
    stands, of these one not answered, of these the one to be answered first.
    """
    given: dict[int, Card] = {}
    replied: set[str] = set()
    cancelled: set[str] = set()
    for at, event in alive:
        match event.body:
            case Supervised() as body:
                given[at] = card_of(event, body)
            case SupervisionReplied(card=hash_):
                replied.add(hash_)
            case SupervisionCancelled(card=hash_):
                cancelled.add(hash_)
    last = [given[at] for at in graph.last(given)]
    cards = [
        replace(each, replied=each.hash in replied) for each in last if each.hash not in cancelled
    ]
    return max(cards, key=_weight, default=None)


def _weight(card: Card) -> tuple[int, bool, int, str]:
    return _WEIGHT[card.level], not card.replied, -card.answer_by, card.hash


def check_no_red_card(incident: Incident) -> None:
    """Refuse to end an incident whose red card nobody has answered."""
    card = incident.card
    if card is not None and card.red_open:
        raise Refused("red_card_open", until=card.answer_by)


def self_handled(incident: Incident) -> bool:
    """Return whether what is to be checked was done by who reported it (T2)."""
    done = incident.latest("fed_back", "self_handled")
    return done is not None and done.type == "self_handled"


def endorsement(incident: Incident) -> Event | None:
    """Return the chief's consent to the extension that waits for the leader, None without."""
    waiting = {
        each.hash for each in incident.requests if each.kind == "extension" and not each.answered
    }
    found = incident.latest("extension_endorsed")
    if found is None or getattr(found.body, "request", "") not in waiting:
        return None
    return found


def extensions(alive: Iterable[Event]) -> int:
    """Return how many extensions were granted; two grants of one request are one."""
    return len({each.body.request for each in alive if isinstance(each.body, ExtensionGranted)})
