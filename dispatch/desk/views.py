"""What a person sees: frozen rows and panes, made by readers, shown by window and command line.

All times are UTC milliseconds, coordinates CGCS2000 degrees. Texts are plaintext read beside
the fold; phones come masked (`138 **** 6021`) unless revealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dispatch.desk.views_at_hand import NO_RESPONSE, Response
from dispatch.desk.views_bulletin import NO_BULLETINS, Bulletins
from dispatch.desk.views_claims import ClaimView
from dispatch.desk.views_oversight import NOTHING, Oversight
from dispatch.desk.views_parts import Part
from dispatch.desk.views_reporter import NO_REPORTERS, Reporters
from dispatch.domain.bodies_force import RadioAnswer
from dispatch.domain.bulletin import Owed
from dispatch.domain.codes import Finding, Light, Priority, Source, Stage, State, Supervision
from dispatch.domain.guide import NO_GUIDE, Guide
from dispatch.domain.sla import Limit, Span
from dispatch.store.changes import Changes as Changes  # noqa: PLC0414 - ours to the window

Spans = tuple[tuple[Stage, Span], ...]
"""How long each stage may take."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue; `light` is derived by the reader of the row from `clock` and now.

    `clock` is None when no limit runs; `still` is since when it stands still by a response, None
    while it runs. `special`: its item comes first while a response lasts. `unsent` counts events
    the hub does not have yet. `grid_name` and `item_name` are names, the others codes.
    `supervision` is the card that stands, to be answered by `answer_by`. `inform` is the
    information report that is owed next, None when none is.
    """

    id: str
    number: str
    state: State
    priority: Priority
    item: str
    item_name: str
    place: str
    grid: str
    grid_name: str
    village: str
    unit: str
    unit_name: str
    lon: float
    lat: float
    reported_at: int
    clock: Limit | None
    contested: bool
    unsent: int
    photos: int
    merged: int
    rework: int
    waiting: tuple[str, ...]
    version: str
    still: int | None = None
    special: bool = False
    supervision: Supervision | None = None
    answer_by: int | None = None
    replied: bool = False
    inform: Owed | None = None
    town: str = ""
    town_name: str = ""

    @property
    def red_card(self) -> bool:
        """Whether it is pinned on top of the queue, whatever is filtered."""
        return self.supervision is Supervision.RED

    def light(self, now: int) -> Light:
        """Return the light at `now`; a clock that stands still shows none."""
        if self.clock is None or self.state is State.HOLD or self.still is not None:
            return Light.NONE
        if now > self.clock.due:
            return Light.RED
        return Light.YELLOW if now >= self.clock.amber else Light.GREEN


@dataclass(frozen=True, slots=True)
class StepMark:
    """One of the five steps: when it was entered and left; None when not reached or not left."""

    step: int
    entered_at: int | None
    left_at: int | None


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One fact of an incident: `text` is what its sealed fields say, joined.

    `actor` is the account, `person` what people call them; `points` what it came to, in codes
    (`dispatch.desk.outcome`).
    """

    event: str
    hash: str
    type: str
    at: int
    actor: str
    person: str
    role: str
    on_behalf: str
    reason: str
    text: str
    seq: int | None
    received_at: int | None
    live: bool
    photos: tuple[str, ...]
    points: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ContestedFact:
    """One side of a collision with all that is compared, in words or codes; `site`: its seat."""

    event: str
    hash: str
    type: str
    leads_to: State | None
    actor: str
    person: str
    role: str
    unit: str
    at: int
    received_at: int | None
    seq: int | None
    site: str
    text: str
    photos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contest:
    """Two facts that collided; `about` as in `domain.incident.Pair`."""

    one: ContestedFact
    two: ContestedFact
    about: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo by SHA-256; `path` is None on its way, `small` is what came ahead of it then."""

    sha256: str
    path: str | None
    at: int
    caption: str
    small: str | None = None


@dataclass(frozen=True, slots=True)
class ActOffer:
    """An act this person may do now; `primary` is the proposed next one.

    `barred`: why it is somebody else's (the code of the refusal); empty when it can be done.
    """

    verb: str
    primary: bool
    barred: str = ""


@dataclass(frozen=True, slots=True)
class Verifying:
    """Who was asked to look whether it is true, until when, and what was found."""

    worker: str
    name: str
    grid_name: str
    due: int | None
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class IncidentPane:
    """Everything the incident pane shows of one incident."""

    row: QueueRow
    klass: str
    catalogue: str
    sla: str
    working_clock: bool
    source: Source | None
    text: str
    reporter: str
    phone: str
    person: str
    department: str
    steps: tuple[StepMark, ...]
    limits: tuple[Limit, ...]
    timeline: tuple[TimelineEntry, ...]
    photos: tuple[Photo, ...]
    photos_missing: int
    contests: tuple[Contest, ...]
    acts: tuple[ActOffer, ...]
    children: tuple[str, ...]
    master: str
    told_off: tuple[str, ...]
    closed_at: int | None
    archive_no: str
    grade: int | None
    returns: int
    redo: int
    verifying: Verifying | None = None
    oversight: Oversight = NOTHING
    subs: tuple[Part, ...] = ()
    guide: Guide = NO_GUIDE
    claims: tuple[ClaimView, ...] = ()
    bulletins: Bulletins = NO_BULLETINS
    reporters: Reporters = NO_REPORTERS
    response: Response = NO_RESPONSE


@dataclass(frozen=True, slots=True)
class UnitAdvice:
    """A proposed unit with its reason; `score` 0-100; distance in metres or None."""

    unit: str
    name: str
    char: str
    score: int
    distance_m: int | None
    reason: str
    role: str
    open_orders: int


@dataclass(frozen=True, slots=True)
class Near:
    """Another incident close by: a likely duplicate, or what happened here before."""

    id: str
    number: str
    item_name: str
    state: State
    distance_m: int
    apart_s: int


@dataclass(frozen=True, slots=True)
class DispatchAdvice:
    """What the dispatch dialog opens with.

    `spans` are the limits of the profile by stage; `request` is what the order asks of its unit
    and `checks` what to make sure of before it goes, both to begin with.
    """

    units: tuple[UnitAdvice, ...]
    duplicates: tuple[Near, ...]
    earlier: tuple[Near, ...]
    order_no: str
    sign_in_due: int | None
    disposal_due: int | None
    spans: Spans = ()
    request: str = ""
    checks: tuple[str, ...] = ()


class WorkerStatus(StrEnum):
    """What a worker is doing, from duty, orders and the age of the last fix."""

    OFF = "off"
    ON_DUTY = "on_duty"
    PATROL = "patrol"
    ASSIGNED = "assigned"
    EN_ROUTE = "en_route"
    ON_SCENE = "on_scene"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """One worker of the roster with the last position and the last call (`radio`), None: none."""

    number: str
    name: str
    grid: str
    grid_name: str
    status: WorkerStatus
    since: int | None
    phone: str
    lon: float | None
    lat: float | None
    fix_at: int | None
    heading: float | None
    task: str
    done_today: int
    due_today: int
    radio_at: int | None = None
    radio: RadioAnswer | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """The top strip: where, who, whether the hub has everything.

    `chief` and `person` are names; `account` is how the person logs in. `disk`: ok, low (no
    photos), scarce (no pulling), full. `signals` are (kind, colour) and `responses` (kind, level)
    as they stand, the gravest first; `modes_contested` counts kinds whose orders contradict.
    """

    town: str
    town_name: str
    level: str
    shift: str
    chief: str
    account: str
    person: str
    role: str
    synthetic: bool
    unsent: int
    oldest_unsent_at: int | None
    last_contact_at: int | None
    hub_word: str
    disk: str = "ok"
    backup_at: int | None = None
    signals: tuple[tuple[str, str], ...] = ()
    responses: tuple[tuple[str, str], ...] = ()
    modes_contested: int = 0


@dataclass(frozen=True, slots=True)
class ItemChoice:
    """An item found in the catalogue, with what it brings."""

    code: str
    name: str
    klass: str
    department: str
    priority: Priority
    sla: str


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """What lies at a point: grid and village, and whether the point had to be moved."""

    grid: str
    grid_name: str
    village: str
    village_name: str
    distance_m: int
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A node on the map: a point in it, and its polygons (exterior ring, then holes) if any."""

    code: str
    name: str
    level: str
    lon: float
    lat: float
    rings: tuple[tuple[tuple[tuple[float, float], ...], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class TownGeometry:
    """Everything the map draws that does not move. `synthetic`: made up (演示数据).

    `towns`: the outlines of all towns, at a city's console.
    """

    town: str
    name: str
    synthetic: bool
    outline: Shape | None
    villages: tuple[Shape, ...]
    grids: tuple[Shape, ...]
    units: tuple[Shape, ...]
    neighbours: tuple[Shape, ...]
    towns: tuple[Shape, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """An act that is stored here: the incident, its version now, ids of the new events."""

    incident: str
    version: str
    events: tuple[str, ...]
