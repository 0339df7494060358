"""What the command palette gets: a typed line read, what it may mean, what would happen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dispatch.advice.line import Line
from dispatch.advice.slots import Filled
from dispatch.desk.views import QueueRow
from dispatch.domain.codes import State
from dispatch.domain.command import Verb
from dispatch.domain.sla import Limit

ON_DUTY: Final = "duty:"
"""How the code of a contact begins who is planned on a shift: its id follows, and the account."""


@dataclass(frozen=True, slots=True)
class Typing:
    """A line as it stands in the palette.

    `here` is the incident that is shown (empty: none), for a verb without a number. `offered` are
    its acts, the likeliest first: they decide what a word means that several verbs share.
    `picked` is the code that was chosen for the last word, empty for the first.
    """

    text: str
    here: str = ""
    offered: tuple[Verb, ...] = ()
    picked: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Something that a word leads to: item, unit, worker, village, grid, incident or contact.

    A contact is somebody of the duty roster, or a unit, with a phone.

    `sound` is its pinyin, `beside` where it belongs, `phone` masked,
    an office's own number in clear. `start` and `end` bound the
    characters of the name that were matched.
    """

    kind: str
    code: str
    name: str
    sound: str = ""
    beside: str = ""
    phone: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Typed:
    """What a line means here.

    `incidents`: which ones the number may mean; more than one has to be asked about. `filled` is
    None without a verb. `asked` are the names the last word of an act may mean; `found` what a
    line without a verb leads to, best first within each kind. `reports` is what such a line would
    give a report: an item, a village. `worker_unit`: the unit of the worker who was named in a
    unit's place.
    """

    typing: Typing
    line: Line
    incidents: tuple[QueueRow, ...] = ()
    filled: Filled | None = None
    asked: tuple[Named, ...] = ()
    found: tuple[Named, ...] = ()
    reports: Filled | None = None
    worker_unit: str = ""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a command would do if it were done now: the events, the state after, new limits."""

    types: tuple[str, ...]
    before: State | None
    after: State | None
    limits: tuple[Limit, ...]
