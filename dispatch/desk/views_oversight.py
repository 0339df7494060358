"""What a pane shows of supervision and of more time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dispatch.domain.codes import Supervision


@dataclass(frozen=True, slots=True)
class CardView:
    """The card that stands: by whom (a name), until when to be answered (UTC ms), answered."""

    level: Supervision
    person: str
    city: bool
    answer_by: int
    points: int
    replied: bool


@dataclass(frozen=True, slots=True)
class ExtensionView:
    """How often the disposal was given more time, and how the last request stands.

    `state`: none, asked, endorsed (the leader has yet to agree), granted, denied, lapsed.
    `until` is the end that was asked for, `original` the end before the first extension; UTC
    milliseconds, None without one.
    """

    granted: int
    state: str
    until: int | None = None
    original: int | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """A card that is proposed, and why in a code; nobody has to follow it."""

    level: Supervision
    why: str


@dataclass(frozen=True, slots=True)
class Oversight:
    """What those above say of an incident; `proposed` is advice while no card stands."""

    card: CardView | None = None
    extension: ExtensionView | None = None
    proposed: Proposed | None = None


NOTHING: Final = Oversight()
"""Nobody says anything of it."""
