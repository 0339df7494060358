"""Supervision and more time of one incident, as its pane shows them."""

from __future__ import annotations

from collections.abc import Callable

from dispatch.advice.supervision import proposed
from dispatch.desk.views_oversight import CardView, ExtensionView, Oversight, Proposed
from dispatch.domain.bodies_oversight import ExtensionAsked, ExtensionGranted
from dispatch.domain.incident import Incident
from dispatch.domain.oversight import endorsement


def oversight(incident: Incident, now: int, name: Callable[[str], str]) -> Oversight:
    """Return what the pane shows; `name` gives a person's name, `now` UTC milliseconds."""
    card = incident.card
    advice = proposed(incident, now)
    return Oversight(
        card=CardView(
            card.level, name(card.by), card.city, card.answer_by, card.points, card.replied
        )
        if card
        else None,
        extension=_extension(incident, now),
        proposed=Proposed(*advice) if advice else None,
    )


def _extension(incident: Incident, now: int) -> ExtensionView | None:
    asked = [each for each in incident.facts if isinstance(each.body, ExtensionAsked)]
    if not asked:
        return None
    last = asked[-1]
    until = last.body.until if isinstance(last.body, ExtensionAsked) else None
    granted = [
        each.body
        for each in incident.facts
        if isinstance(each.body, ExtensionGranted) and incident.lives(each)
    ]
    return ExtensionView(
        granted=incident.extensions,
        state=_state(incident, last.hash, until, now),
        until=until,
        original=granted[0].was_due if granted else None,
    )


def _state(incident: Incident, request: str, until: int | None, now: int) -> str:
    answer = next(
        (
            each.type.removeprefix("extension_")
            for each in reversed(incident.facts)
            if getattr(each.body, "request", "") == request
            and each.type in {"extension_granted", "extension_denied"}
            and incident.lives(each)
        ),
        "",
    )
    if answer:
        return answer
    if until is not None and now >= until:
        return "lapsed"
    return "endorsed" if endorsement(incident) else "asked"
