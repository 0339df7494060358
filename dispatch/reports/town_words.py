"""Words for warning signals and responses on paper."""

from __future__ import annotations

from dispatch.domain.bodies_town import ResponseSet, SignalSet
from dispatch.reports.code_words import COLOURS, LEVELS, RESPONSES, SIGNALS


def kind(body: SignalSet | ResponseSet) -> str:
    """Return what a signal or a response is of."""
    if isinstance(body, SignalSet):
        return SIGNALS.get(body.kind, body.kind)
    return RESPONSES.get(body.kind, body.kind)


def content(body: SignalSet | ResponseSet) -> str:
    """Return what was set."""
    if isinstance(body, SignalSet):
        return "解除" if body.colour is None else f"{COLOURS[body.colour]}预警"
    return "结束响应" if body.level is None else f"{LEVELS[body.level]}响应"
