"""Who else has an incident open, as the pane shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClaimView:
    """Another seat fills in a form of this incident. `heard_at` UTC milliseconds.

    `gone`: the seat does not answer any more, and somebody may take it over.
    """

    person: str
    heard_at: int
    gone: bool
