"""What the queue is sorted and parted by: lights, urgency, tabs and filters."""

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final

from dispatch.desk.views import QueueRow
from dispatch.domain.codes import ENDED, Light, Priority, State
from ui.tongue import tr

_DUE_SPAN: Final = 10**14  # milliseconds; wider than any limit
_SPECIAL: Final = 100
"""More than any band: special items lie before all others, in the same order among themselves."""
_RANK: Final = {Priority.P1: 0, Priority.P2: 1, Priority.P3: 2}


class Sorting(Enum):
    """How the queue is sorted."""

    URGENCY = tr("按紧急度")
    NEWEST = tr("按上报时间")


class Chip(StrEnum):
    """The filters that stand in the head of the queue and in its menu."""

    RED = "red"
    YELLOW = "yellow"
    P1 = "p1"
    CONTESTED = "contested"
    UNSENT = "unsent"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Tab:
    """One entry of the stage rail; `step` is the caption it stands under, 0 for none.

    `part` tells whether it is one of the parts that add up to 全部, or a look across them.
    """

    key: str
    name: str
    step: int
    states: frozenset[State]
    part: bool = True
    hidden_when_empty: bool = False


ALL: Final = Tab("all", tr("全部"), 0, frozenset(State), part=False)
HELD: Final = Tab("held", tr("挂起"), 0, frozenset({State.HOLD}))
SUPERVISED: Final = Tab("supervised", tr("督办"), 0, frozenset(), part=False)
ENDED_CONTESTED: Final = Tab("ended", tr("结案争议"), 0, ENDED, hidden_when_empty=True)
CITY: Final = Tab("city", tr("市级办理"), 0, frozenset({State.CITY}), hidden_when_empty=True)
TABS: Final = (
    ALL,
    Tab("reported", tr("待受理"), 1, frozenset({State.REPORTED})),
    Tab("verify", tr("待核实"), 1, frozenset({State.VERIFY})),
    Tab("filed", tr("待派遣"), 2, frozenset({State.FILED})),
    Tab("sent", tr("待签收"), 2, frozenset({State.SENT})),
    Tab("work", tr("处置中"), 3, frozenset({State.WORK})),
    Tab("done", tr("待核查"), 3, frozenset({State.DONE})),
    Tab("visit", tr("待回访"), 4, frozenset({State.VISIT})),
    Tab("eval", tr("待评价"), 5, frozenset({State.EVAL})),
    SUPERVISED,
    HELD,
    CITY,
    ENDED_CONTESTED,
)
"""The rail from top to bottom. Every state is in exactly one part, so the parts add up to all."""

TAB_OF: Final = {state: tab for tab in TABS if tab.part for state in tab.states}


def holds(tab: Tab, row: QueueRow) -> bool:
    """Whether a row belongs into a tab, whatever is filtered."""
    if tab is SUPERVISED:
        return row.supervision is not None
    return tab is ALL or row.state in tab.states


def urgency(row: QueueRow, light: Light) -> int:
    """Return the sort key: over the limit by priority, then by what is left, then held.

    Red cards stand before all, the one to be answered first on top. Among those over their limit
    the one that is over longest comes first. While a response lasts its special items come before
    all that; a clock that stands still comes after those that run, by what will be left.
    """
    if row.red_card:
        return _pinned(row)
    if row.clock is None:
        return 2 * 10 * _DUE_SPAN + row.reported_at
    if row.state is State.HOLD:
        return 3 * 10 * _DUE_SPAN + row.clock.due
    first = _SPECIAL * _DUE_SPAN * row.special
    if row.still is not None:
        return 15 * _DUE_SPAN + row.clock.due - row.still - first
    band = _RANK[row.priority] if light is Light.RED else 10
    return band * _DUE_SPAN + row.clock.due - first


def _pinned(row: QueueRow) -> int:
    return (row.answer_by or 0) - 10 * _SPECIAL * _DUE_SPAN


def newest(row: QueueRow) -> int:
    """Return the sort key of the newest report first; red cards stay on top."""
    return _pinned(row) if row.red_card else -row.reported_at


def passes(row: QueueRow, light: Light, chips: frozenset[Chip]) -> bool:
    """Whether the row stays when these filters are on: any light that is asked, and all others."""
    lights = chips & {Chip.RED, Chip.YELLOW}
    if lights and light.value not in lights:
        return False
    return not (
        (Chip.P1 in chips and row.priority is not Priority.P1)
        or (Chip.CONTESTED in chips and not row.contested)
        or (Chip.UNSENT in chips and not row.unsent)
        or (Chip.PHOTO in chips and not row.photos)
    )


def mentions(row: QueueRow, text: str) -> bool:
    """Whether number, item, place, grid, unit or town hold the text, upper and lower case alike."""
    folded = text.casefold()
    fields = (
        *(row.number, row.item_name, row.place, row.grid_name, row.unit_name, row.item),
        row.town_name,
    )
    return any(folded in field.casefold() for field in fields)
