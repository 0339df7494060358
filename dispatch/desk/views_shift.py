"""What a desk tells of a shift: its hand-over list, its signatures, its log, who is on duty."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from dispatch.domain.codes import Light, LineKind, SignPart

KINDS: Final = (*(each.value for each in LineKind), "act", "shift")
"""What a line can be: one of those a person writes, an act on an incident, the shift's own."""


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line of the hand-over list, ticked or not.

    `list`: open, hold, request, contested, card, told_off, suspect, promise. `due` UTC ms, None
    without.
    `what` belongs to the list: kind of request, unit, count. `owner` holds it now; `shift` answers
    for it; `ticked_by` is a person's name, empty while it is not ticked, `ticked_at` UTC ms.
    """

    key: str
    list: str
    incident: str
    number: str
    item: str
    item_name: str
    place: str = field(repr=False)
    priority: str
    state: str
    light: Light
    contested: bool
    due: int | None
    owner: str
    what: str
    shift: str = ""
    ticked_by: str = ""
    ticked_at: int | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature under the report: the account, the person's name, when (UTC ms)."""

    part: SignPart
    account: str
    person: str
    at: int


@dataclass(frozen=True, slots=True)
class Handover:
    """The hand-over of one shift. Times UTC ms.

    `figures` is the SHA-256 of the report that is to be signed, empty while none was issued;
    `stale`: signatures that were given under an earlier report with other numbers.
    """

    shift: str
    from_at: int
    to_at: int
    to_shift: str
    lines: tuple[ListLine, ...]
    figures: str
    provisional: bool
    issued_at: int | None
    signed: tuple[Signed, ...]
    stale: tuple[Signed, ...]
    handed_over: bool

    @property
    def ticked(self) -> int:
        """How many lines were gone through."""
        return sum(1 for each in self.lines if each.ticked_by)


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the log of a shift: `kind` is one of `KINDS`, `type` that of its event.

    `text` is what was written; of an act `number` and `item_name` say which incident it was.
    """

    id: str
    hash: str
    at: int
    account: str
    person: str
    role: str
    kind: str
    type: str
    incident: str = ""
    number: str = ""
    item_name: str = ""
    text: str = field(default="", repr=False)
    due: int | None = None
    kept_by: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines: of a shift, of one account and one kind when given (`LogLine.kind`)."""

    shift: str
    account: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class DutyLine:
    """Who is planned on a shift at a seat, and whether the person has logged on to it.

    `role` is the code of the person's first role. `planned` False: on, but not on the roster.
    """

    seat: str
    account: str
    person: str
    role: str
    phone: str = field(repr=False)
    on: bool
    planned: bool
