"""More time for a disposal (T11): asked by the unit, granted in one grade or in two."""

from __future__ import annotations

from typing import Final

from dispatch.domain.ask import LONGEST, Ask
from dispatch.domain.bodies_oversight import ExtensionAsked, ExtensionEndorsed, ExtensionGranted
from dispatch.domain.calendar import DAY
from dispatch.domain.codes import Role, Stage
from dispatch.domain.decide_requests import check_not_waiting, waiting
from dispatch.domain.errors import BadInput, Refused
from dispatch.domain.event import Draft
from dispatch.domain.sla import Limit, extended

EXTENSIONS_ALLOWED: Final = 2
ENGINEERING: Final = "engineering"
"""The reason code of work that needs a site: a leader has to agree to the first extension too."""
_DAYS: Final = range(1, 91)


def ask_extension(ask: Ask) -> tuple[Draft, ...]:
    """T11 asked: before the limit is over, with a reason, twice at most."""
    check_not_waiting(ask)
    ask.check_handler()
    command, incident = ask.command, ask.incident
    if incident.extensions >= EXTENSIONS_ALLOWED:
        raise Refused("no_more_extensions", extensions=incident.extensions)
    days = command.days or 0
    if days not in _DAYS:
        raise BadInput("days", f"延期须为 {_DAYS[0]} 至 {_DAYS[-1]} 天")
    clock = _clock(ask)
    if ask.now > clock.due:
        raise Refused("extension_too_late", until=clock.due)
    body = ExtensionAsked(
        reason=command.reason,
        days=days,
        natural=command.natural,
        until=_until(ask, clock, days, natural=command.natural),
        nth=incident.extensions + 1,
    )
    return (ask.draft("extension_asked", body),)


def grant_extension(ask: Ask) -> tuple[Draft, ...]:
    """T11 granted: the first by the chief; of the second, or engineering work, the leader too.

    The days are counted from the end that stands now; the end that was is kept.
    """
    request = waiting(ask)
    command, incident = ask.command, ask.incident
    asked = incident.fact(request.hash)
    assert asked is not None  # a request is made by a fact
    assert isinstance(asked.body, ExtensionAsked)
    clock = _clock(ask)
    if asked.body.until <= ask.now:
        raise Refused("request_lapsed", kind=request.kind, until=asked.body.until)
    if incident.extensions >= EXTENSIONS_ALLOWED:
        raise Refused("no_more_extensions", extensions=incident.extensions)
    second = asked.body.nth > 1 or incident.extensions > 0
    if ask.role is Role.CHIEF and (second or asked.body.reason == ENGINEERING):
        body = ExtensionEndorsed(reason=command.reason, request=request.hash)
        return (ask.draft("extension_endorsed", body),)
    due = _until(ask, clock, asked.body.days, natural=asked.body.natural)
    granted = ExtensionGranted(
        reason=command.reason,
        request=request.hash,
        was_due=clock.due,
        limits=(extended(ask.profile(), clock, due, ask.rules.calendar),),
    )
    return (ask.draft("extension_granted", granted),)


def _clock(ask: Ask) -> Limit:
    clock = ask.incident.limit(Stage.DISPOSAL)
    if clock is None:
        raise Refused("no_clock_runs", state=ask.incident.state or "")
    return clock


def _until(ask: Ask, clock: Limit, days: int, *, natural: bool) -> int:
    """The end so many days later: natural ones, or the same clock time on the nth working day."""
    until = clock.due + days * DAY
    if not natural:
        until = ask.rules.calendar.add_days(clock.due, days)
    if until > ask.now + LONGEST:
        raise BadInput("days", "延期后的时限须在一年之内")
    return until
