"""The queue's list model: the rows of one tab and filter, told to the view in one batch."""

import time
from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from dispatch.desk.views import QueueRow
from dispatch.domain.codes import Light
from ui import labels
from ui.queue.order import ALL, Chip, Sorting, Tab, holds, mentions, passes
from ui.queue.rows import Rows

ID_ROLE: Final = 256
ROW_ROLE: Final = 257
LIGHT_ROLE: Final = 258
MARK_ROLE: Final = 259
CHANGED_S: Final = 1.5
OTHERS_S: Final = 2.0
MOST_MOVES: Final = 400
"""More comings and goings than this are one reset: another tab, another filter."""

_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_TIP: Final = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_LIGHTS: Final = tuple(Light)
Index = QModelIndex | QPersistentModelIndex


class Mark(IntEnum):
    """How a row that has just changed is marked."""

    NONE = 0
    CHANGED = 1
    OTHERS = 2


class QueueModel(QAbstractListModel):
    """The visible rows. `batch_begun` and `batch_ended(new ids)` stand round every change.

    `counted` tells that counts or lights may be new.
    """

    batch_begun = Signal()
    batch_ended = Signal(object)
    counted = Signal()

    def __init__(self, now: Callable[[], int], parent: QObject | None = None) -> None:
        """`now` gives UTC milliseconds."""
        super().__init__(parent)
        self.now = now
        self.rows = Rows()
        self.tab: Tab = ALL
        self.chips: frozenset[Chip] = frozenset()
        self.text = ""
        self._found: frozenset[str] = frozenset()
        self._items: frozenset[str] = frozenset()
        self.only: frozenset[str] | None = None
        self.town = ""
        self._sought: dict[str, QueueRow] = {}
        self._brought: dict[str, QueueRow] = {}
        self._extra: dict[str, QueueRow] = {}
        self._visible: list[str] = []
        self._places: dict[str, int] = {}
        self._members: set[str] = set()
        self._marks: dict[str, tuple[float, Mark]] = {}

    def reset_rows(self, rows: Iterable[QueueRow]) -> None:
        """Take these for all open rows."""
        self.rows.reset(rows, self.now())
        self._gather()

    def change_rows(
        self, rows: tuple[QueueRow, ...], gone: frozenset[str], by_others: frozenset[str]
    ) -> None:
        """Take new, changed and gone rows; what stays visible keeps its mark for a moment."""
        fresh = frozenset(row.id for row in rows if row.id not in self.rows)
        self.rows.change(rows, gone, self.now())
        until = time.monotonic()
        for row in rows:
            mark = Mark.OTHERS if row.id in by_others and row.id not in fresh else Mark.CHANGED
            self._marks[row.id] = (until + (OTHERS_S if mark is Mark.OTHERS else CHANGED_S), mark)
        touched = {row.id for row in rows} | gone
        for beside in (self._sought, self._brought, self._extra):
            for row_id in touched & beside.keys():
                del beside[row_id]
        self._admit(touched)
        self._show(touched, fresh)

    def turn_lights(self) -> None:
        """Let the second turn lights; called once a second."""
        turned = self.rows.turn(self.now())
        if turned:
            self._admit(set(turned))
            self._show(set(turned), frozenset())

    def visible(self) -> tuple[str, ...]:
        """Return the ids of the rows that are shown, in their order."""
        return tuple(self._visible)

    def choose_tab(self, tab: Tab) -> None:
        """Show another tab."""
        self.tab = tab
        self._gather()

    def choose_chips(self, chips: frozenset[Chip]) -> None:
        """Show only what these filters leave."""
        self.chips = chips
        self._gather()

    def choose_sorting(self, sorting: Sorting) -> None:
        """Sort in another way."""
        self.rows.sort(sorting)
        self._show(set(), frozenset())

    def search(self, text: str) -> None:
        """Filter by a text at once by what the rows hold; `found` brings what the desk finds."""
        self.text = text.strip()
        self._found, self._items, self._sought = frozenset(), frozenset(), {}
        self._gather()

    def found(self, rows: tuple[QueueRow, ...]) -> None:
        """Add what the desk found for the text, ended incidents too."""
        self._found = frozenset(row.id for row in rows)
        self._sought = {row.id: row for row in rows}
        self._gather()

    def choose_only(self, ids: frozenset[str] | None) -> None:
        """Show these incidents alone, None: all again; `brought` brings those that are ended."""
        self.only, self._brought = ids, {}
        self._gather()

    def choose_town(self, town: str) -> None:
        """Show the incidents of one town alone, by its code; nothing: of all again."""
        self.town = town
        self._gather()

    def brought(self, rows: tuple[QueueRow, ...]) -> None:
        """Add rows of the chosen incidents that are not among the open ones."""
        self._brought |= {row.id: row for row in rows}
        self._gather()

    def found_items(self, codes: frozenset[str]) -> None:
        """Add the rows of the items that pinyin or initials mean."""
        self._items = codes
        self._gather()

    def row(self, row_id: str) -> QueueRow | None:
        """Return a row by id, whether the filter shows it or not."""
        return self.rows.by_id.get(row_id) or self._extra.get(row_id)

    def place(self, row_id: str) -> int:
        """Return where the row stands now, -1 when it is not shown."""
        return self._places.get(row_id, -1)

    def id_at(self, place: int) -> str:
        """Return the id of the row at a place."""
        return self._visible[place]

    def fade(self) -> bool:
        """Forget marks whose time is over; return whether there were any."""
        now = time.monotonic()
        over = [each for each, (until, _) in self._marks.items() if until <= now]
        for each in over:
            del self._marks[each]
        return bool(over)

    def _gather(self) -> None:
        """Take beside the open rows what was sought, and of what was brought what is filtered."""
        fits = {**self._sought, **{i: row for i, row in self._brought.items() if self._fits(row)}}
        self._extra = {
            row_id: row
            for row_id, row in fits.items()
            if row_id not in self.rows and (self.only is None or row_id in self.only)
        }
        self._refilter()

    def _refilter(self) -> None:
        self._members = {row.id for row in self.rows.by_id.values() if self._passes(row)}
        self._show(None, frozenset())

    def _admit(self, touched: set[str]) -> None:
        for row_id in touched:
            row = self.rows.by_id.get(row_id)
            if row is not None and self._passes(row):
                self._members.add(row_id)
            else:
                self._members.discard(row_id)

    def _passes(self, row: QueueRow) -> bool:
        return row.red_card or self._fits(row)  # pinned: no tab, no filter and no text hides it

    def pinned_beside(self) -> int:
        """Return how many red cards stand on top that tab, filters and text would hide."""
        count = 0
        for row_id in self.rows.order:
            row = self.rows.by_id[row_id]
            if not row.red_card:
                break
            count += not self._fits(row)
        return count

    def _fits(self, row: QueueRow) -> bool:
        if not holds(self.tab, row) or (self.only is not None and row.id not in self.only):
            return False
        if self.town and row.town != self.town:
            return False
        light = self.rows.light(row.id) if row.id in self.rows else Light.NONE
        if self.chips and not passes(row, light, self.chips):
            return False
        return (
            not self.text
            or row.id in self._found
            or row.item in self._items
            or mentions(row, self.text)
        )

    def _show(self, touched: set[str] | None, fresh: frozenset[str]) -> None:
        """Bring the view from the rows it shows to those it should show; None touches all."""
        members = self._members
        wanted = (
            list(self.rows.order)
            if len(members) == len(self.rows)
            else [each for each in self.rows.order if each in members]
        )
        wanted += self._extra
        self.batch_begun.emit()
        going, coming = self._moves(touched, wanted)
        if touched is None or len(going) + len(coming) > MOST_MOVES:
            self.beginResetModel()
            self._take(wanted)
            self.endResetModel()
        else:
            self._remove(going)
            self._append(coming)
            self._reorder(wanted, touched)
        self.batch_ended.emit(frozenset(each for each in coming if each in fresh))
        self.counted.emit()

    def _moves(self, touched: set[str] | None, wanted: list[str]) -> tuple[list[str], list[str]]:
        """Return which rows leave the view, from top to bottom, and which join it."""
        places = self._places
        if touched is None:
            kept = set(wanted)
            going = [each for each in self._visible if each not in kept]
            return going, [each for each in wanted if each not in places]
        stays = self._members | self._extra.keys() if self._extra else self._members
        going = sorted(
            (i for i in touched if i in places and i not in stays), key=places.__getitem__
        )
        return going, [each for each in touched if each in stays and each not in places]

    def _remove(self, going: list[str]) -> None:
        for row_id in reversed(going):
            place = self._places[row_id]
            self.beginRemoveRows(QModelIndex(), place, place)
            del self._visible[place]
            self.endRemoveRows()
        if going:
            self._take(self._visible)

    def _append(self, coming: list[str]) -> None:
        if not coming:
            return
        first = len(self._visible)
        self.beginInsertRows(QModelIndex(), first, first + len(coming) - 1)
        self._visible += coming
        self._places.update((each, first + nth) for nth, each in enumerate(coming))
        self.endInsertRows()

    def _reorder(self, wanted: list[str], touched: set[str]) -> None:
        if wanted == self._visible:
            places = [self._places[each] for each in touched if each in self._places]
            if places:
                self.dataChanged.emit(self.index(min(places)), self.index(max(places)))
            return
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        ids = [self._visible[index.row()] for index in kept]
        self._take(wanted)
        self.changePersistentIndexList(kept, [self.index(self._places[each]) for each in ids])
        self.layoutChanged.emit()

    def _take(self, visible: list[str]) -> None:
        self._visible = visible
        self._places = {row_id: place for place, row_id in enumerate(visible)}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._visible)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        if not index.isValid():
            return None
        row_id = self._visible[index.row()]
        if role == ROW_ROLE:
            return self.row(row_id)
        if role == ID_ROLE:
            return row_id
        if role == MARK_ROLE:
            mark = self._marks.get(row_id)
            return int(mark[1]) if mark and mark[0] > time.monotonic() else 0
        if role == LIGHT_ROLE:
            known = row_id in self.rows
            return _LIGHTS.index(self.rows.light(row_id) if known else Light.NONE)
        if role in {_DISPLAY, _TIP, _SPOKEN}:
            row = self.row(row_id)
            return _words(row) if row else None
        return None


def _words(row: QueueRow) -> str:
    """Return the whole row as text, for the tooltip and for whoever reads the screen aloud."""
    parts = (
        row.priority.value,
        row.number,
        row.item_name,
        row.place,
        row.grid_name,
        labels.state(row.state),
        row.unit_name,
        labels.supervision(row.supervision) if row.supervision else "",
    )
    return " · ".join(part for part in parts if part)
