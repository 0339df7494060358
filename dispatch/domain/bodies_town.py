"""What events say in the open that are about the town, an order to its grids or a notice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dispatch.domain.bodies import Body
from dispatch.domain.codes import Priority
from dispatch.domain.warning import Colour, ResponseLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalSet(Body):
    """The signal of a kind stands at a colour from `since` on; None: it is lifted."""

    kind: str
    colour: Colour | None
    since: int
    order_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseSet(Body):
    """The response of a kind is at a level from `since` on; None: it is over.

    While it is at `freeze_from` or graver, the limits of incidents of the priorities `freeze`
    stand still; `items` come first in the queue as long as there is a level at all.
    """

    kind: str
    level: ResponseLevel | None
    since: int
    order_no: str = ""
    freeze: tuple[Priority, ...] = ()
    freeze_from: ResponseLevel | None = None
    items: tuple[str, ...] = ()


class Checked(StrEnum):
    """What a check found: all in order, something wrong, or nobody could look."""

    CLEAR = "clear"
    PROBLEM = "problem"
    ABSENT = "absent"


class RoundKind(StrEnum):
    """What an order is: 专项检查, 领导带队巡查 (a leader leads), 机动队任务 (a squad's own)."""

    CHECK = "check"
    LED = "led"
    SQUAD = "squad"


class Post(StrEnum):
    """The post of who leads a patrol; a post, never a name."""

    SECRETARY = "secretary"
    MAYOR = "mayor"
    DEPUTY_SECRETARY = "deputy-secretary"
    DEPUTY_MAYOR = "deputy-mayor"
    COMMITTEE = "committee"
    HEAD = "head"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One place of a task; its name is sealed under `place:NO`. CGCS2000 degrees or none."""

    no: str
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignIssued(Body):
    """A round of checks: so many tasks, one a grid, with so many places in all.

    `content` is the SHA-256 of what was asked, so that the same order sent twice is known.
    `leader`: who leads a patrol. `sealed_until`: before this instant (UTC milliseconds) nobody is
    shown the text; None: it was never sealed.
    """

    due: int
    tasks: int
    targets: int
    content: str
    kind: RoundKind = RoundKind.CHECK
    leader: Post | None = None
    sealed_until: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignEnded(Body):
    """No more answers are waited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskIssued(Body):
    """The places of one grid in a round of checks."""

    campaign: str
    grid: str
    due: int
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAnswered(Body):
    """What was found at one place of a task. Words are sealed, photos beside it."""

    target: str
    finding: Checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Body):
    """Something that was found on the way, beyond the places that were to be looked at.

    `incident`: the report it became, where it did. Words are sealed, photos beside it.
    """

    incident: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeIssued(Body):
    """A notice to nodes of the organisation and, with an @ before the name, to accounts.

    Title and text are sealed. `due`: until when it is to be read, None: no limit.
    """

    to: tuple[str, ...]
    due: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRead(Body):
    """The author has read it, at this node of the organisation."""

    node: str
