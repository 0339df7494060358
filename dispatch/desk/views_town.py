"""What a person sees of the town's modes, rounds of checks and notices. Times are UTC ms."""

from __future__ import annotations

from dataclasses import dataclass, field

from dispatch.desk.views import WorkerRow
from dispatch.domain.bodies_force import RadioAnswer
from dispatch.domain.bodies_town import Checked, Post, RoundKind
from dispatch.domain.codes import Priority
from dispatch.domain.warning import Colour, ResponseLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order about a signal (`colour`) or a response (`level`); both None: lifted, ended.

    `since` is when it took effect, `at` when it was recorded, `by` what people call its author.
    `text` is plaintext, empty without the key. `stands`: it is what counts for its kind now.
    """

    event: str
    type: str
    kind: str
    colour: Colour | None = None
    level: ResponseLevel | None = None
    order_no: str = ""
    since: int
    at: int
    by: str
    text: str = ""
    stands: bool = False
    seq: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands for one kind, and the orders that say otherwise and were not seen by it."""

    order: Order
    rivals: tuple[Order, ...] = ()
    freeze: tuple[Priority, ...] = ()
    freeze_from: ResponseLevel | None = None
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ModesView:
    """The town's modes now: the gravest first; `history` newest first.

    `frozen` are the priorities whose limits stand still now, with since when; `still_ids` are the
    open incidents that this concerns.
    """

    version: str
    signals: tuple[Standing, ...]
    responses: tuple[Standing, ...]
    history: tuple[Order, ...]
    frozen: tuple[tuple[Priority, int], ...]
    still_ids: tuple[str, ...]
    items: tuple[str, ...]
    contested: int

    @property
    def still(self) -> int:
        """How many open incidents stand still."""
        return len(self.still_ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetView:
    """One place of a task; `finding` is None while nobody answered.

    `apart`: several answered without knowing of each other and found different things.
    """

    no: str
    place: str
    lon: float | None
    lat: float | None
    finding: Checked | None
    at: int | None = None
    by: str = ""
    text: str = ""
    photos: tuple[str, ...] = ()
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """What was found on a round beyond its places; `incident`: the report it became."""

    event: str
    at: int
    by: str
    text: str = field(repr=False)
    incident: str | None
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """The places of one grid, or one squad, in a round."""

    campaign: str
    grid: str
    grid_name: str
    due: int
    targets: tuple[TargetView, ...]
    found: tuple[FindingView, ...] = ()

    @property
    def done(self) -> int:
        """How many places have an answer."""
        return sum(each.finding is not None for each in self.targets)


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignView:
    """A round of checks with its progress: places and tasks that are done, of how many.

    `here` is how many of the tasks this site holds: a village sees its own grids'.
    `leader`: who leads a patrol. Before `sealed_until` (UTC ms) `text` is empty. `found`: what was
    found beyond the places. `nodes`: the grids or squads of a patrol's or squad's tasks here, code
    and name; empty for a check.
    """

    id: str
    title: str
    text: str
    issued_at: int
    by: str
    due: int
    ended: bool
    tasks: int
    targets: int
    here: int
    tasks_done: int
    targets_done: int
    problems: int
    absent: int
    kind: RoundKind = RoundKind.CHECK
    leader: Post | None = None
    sealed_until: int | None = None
    found: int = 0
    nodes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallView:
    """A call to a worker (点名): who was called, by whom, what came back and was said."""

    worker: str
    name: str
    at: int
    by: str
    answer: RadioAnswer
    silent_since: int | None
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceView:
    """The force on a day, as of now: grids covered, objects due and looked at, who is silent.

    A grid is covered by a valid fix of a worker in it. `objects_due` is None where no object here
    is on a cycle. `problems`: objects of those looked at where something was wrong.
    `squads`: code and name of each.
    """

    day: str
    grids: int
    covered: int
    bare: tuple[tuple[str, str], ...]
    objects_due: int | None
    objects_checked: int
    problems: int
    silent: tuple[WorkerRow, ...]
    calls: tuple[CallView, ...]
    squads: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Somebody a notice is for; `at` is None while it is unread."""

    to: str
    name: str
    at: int | None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """A notice with who has read it; `mine`: it is for this person, `read`: and was read."""

    id: str
    title: str
    text: str
    issued_at: int
    by: str
    due: int | None
    readers: tuple[Addressee, ...]
    mine: bool
    read: bool

    @property
    def read_by(self) -> int:
        """How many of those it is for have read it."""
        return sum(each.at is not None for each in self.readers)
