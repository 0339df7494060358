"""What events say in the open that are about people in the field and what they look after."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dispatch.domain.bodies import Body
from dispatch.domain.bodies_town import Checked


class RadioAnswer(StrEnum):
    """What came back when a worker was called: an answer, somebody else's for them, nothing."""

    ANSWERED = "answered"
    RELAYED = "relayed"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class RadioChecked(Body):
    """A worker was called (点名). What was said is sealed.

    `silent_since`: the last that was heard of them before, UTC milliseconds; None: not silent.
    """

    worker: str
    answer: RadioAnswer
    silent_since: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectChecked(Body):
    """Somebody looked at a managed object. Words are sealed, photos beside it."""

    object: str
    finding: Checked
