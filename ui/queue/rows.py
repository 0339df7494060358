"""The open rows in memory: order, lights that turn with time, and counts that add up."""

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from dispatch.desk.views import QueueRow
from dispatch.domain.codes import Light, Priority
from ui.queue.order import ALL, SUPERVISED, TAB_OF, TABS, Chip, Sorting, newest, urgency

_WORST: Final = (Light.RED, Light.YELLOW, Light.GREEN, Light.NONE)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows a tab holds, by light; P1 and contested are looks across the lights."""

    red: int = 0
    yellow: int = 0
    green: int = 0
    none: int = 0
    p1: int = 0

    @property
    def all(self) -> int:
        """Return the number of rows: the lights add up to it."""
        return self.red + self.yellow + self.green + self.none

    @property
    def worst(self) -> Light:
        """Return the worst light inside."""
        counts = (self.red, self.yellow, self.green, self.none)
        return next((w for w, n in zip(_WORST, counts, strict=True) if n), Light.NONE)


class Rows:
    """Every open row by id, sorted. Times UTC milliseconds."""

    def __init__(self) -> None:
        """Start empty."""
        self._rows: dict[str, QueueRow] = {}
        self._lights: dict[str, Light] = {}
        self._keys: dict[str, int] = {}
        self._order: list[str] = []
        self._turns: list[tuple[int, str]] = []
        self._turn_at: dict[str, int] = {}
        self._counts: dict[str, Counter[str]] = {tab.key: Counter() for tab in TABS}
        self._sorting = Sorting.URGENCY

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, row_id: object) -> bool:
        return row_id in self._rows

    @property
    def order(self) -> list[str]:
        """Return the ids as sorted; not to be changed by the caller."""
        return self._order

    @property
    def by_id(self) -> Mapping[str, QueueRow]:
        """Return the rows by id."""
        return self._rows

    def light(self, row_id: str) -> Light:
        """Return the light as of the last `turn`."""
        return self._lights[row_id]

    def tally(self, key: str) -> Tally:
        """Return the counts of a tab."""
        counts = self._counts[key]
        return Tally(*(counts[name] for name in ("red", "yellow", "green", "none", "p1")))

    def reset(self, rows: Iterable[QueueRow], now: int) -> None:
        """Take these rows for all there is."""
        self._rows.clear()
        self._lights.clear()
        self._keys.clear()
        self._turns.clear()
        self._turn_at.clear()
        for counts in self._counts.values():
            counts.clear()
        for row in {row.id: row for row in rows}.values():
            self._put(row, now)
        self._order = list(self._rows)
        self.sort()

    def change(self, rows: Iterable[QueueRow], gone: Iterable[str], now: int) -> None:
        """Take new rows, changed rows and the ids of those that are gone; sort once."""
        dropped = {each for each in gone if each in self._rows}
        for each in dropped:
            self._count(each, -1)
            del self._rows[each], self._lights[each], self._keys[each]
            self._turn_at.pop(each, None)
        if dropped:
            self._order = [each for each in self._order if each not in dropped]
        for row in rows:
            if row.id in self._rows:
                self._count(row.id, -1)
            else:
                self._order.append(row.id)
            self._put(row, now)
        self.sort()

    def turn(self, now: int) -> frozenset[str]:
        """Return the rows whose light has turned by now, sorted anew if there are any."""
        turned = set()
        while self._turns and self._turns[0][0] <= now:
            _, row_id = heapq.heappop(self._turns)
            self._turn_at.pop(row_id, None)
            row = self._rows.get(row_id)
            if row is not None and row.light(now) is not self._lights[row_id]:
                self._count(row_id, -1)
                self._put(row, now)
                turned.add(row_id)
        if turned:
            self.sort()
        return frozenset(turned)

    def sort(self, sorting: Sorting | None = None) -> None:
        """Sort by the keys that stand, or by another sorting from now on."""
        if sorting is not None and sorting is not self._sorting:
            self._sorting = sorting
            self._keys = {row.id: self._key(row) for row in self._rows.values()}
        self._order.sort(key=self._keys.__getitem__)

    @property
    def sorting(self) -> Sorting:
        """Return how the rows are sorted."""
        return self._sorting

    def _put(self, row: QueueRow, now: int) -> None:
        light = row.light(now)
        self._rows[row.id] = row
        self._lights[row.id] = light
        self._keys[row.id] = self._key(row)
        self._count(row.id, 1)
        if row.clock is not None and light in {Light.GREEN, Light.YELLOW}:
            at = row.clock.amber if light is Light.GREEN else row.clock.due + 1
            if self._turn_at.get(row.id) != at:
                self._turn_at[row.id] = at
                heapq.heappush(self._turns, (at, row.id))

    def _key(self, row: QueueRow) -> int:
        if self._sorting is Sorting.NEWEST:
            return newest(row)
        return urgency(row, self._lights[row.id])

    def _count(self, row_id: str, by: int) -> None:
        row = self._rows[row_id]
        names = [self._lights[row_id].value]
        if row.priority is Priority.P1:
            names.append(Chip.P1.value)
        keys = [ALL.key, TAB_OF[row.state].key]
        if row.supervision is not None:
            keys.append(SUPERVISED.key)
        for key in keys:
            for name in names:
                self._counts[key][name] += by
