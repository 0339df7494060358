"""What a pane shows of information reports: what is owed, what was made, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dispatch.domain.bulletin import Owed
from dispatch.domain.codes import BulletinPart, Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinLine:
    """One that was made: by whom (a name), when and until when it was owed (UTC milliseconds).

    `nth` numbers follow-ups from 1, else 0. `due` is None where no clock ran.
    """

    event: str
    part: BulletinPart
    nth: int
    way: Channel
    at: int
    person: str
    due: int | None
    text: str

    @property
    def late(self) -> bool:
        """Whether it came after its clock's end."""
        return self.due is not None and self.at > self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletins:
    """The oldest first. `part` is the next one, None after the final; `draft` its proposed text."""

    owed: tuple[Owed, ...] = ()
    made: tuple[BulletinLine, ...] = ()
    part: BulletinPart | None = None
    draft: str = ""


NO_BULLETINS: Final = Bulletins()
"""None is owed, none was made."""
