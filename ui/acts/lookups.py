"""What forms look up while somebody types; every answer comes through the one bridge."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QObject, Slot
from shiboken6 import isValid

from dispatch.advice.items import Entry, ItemSearch
from dispatch.desk.candidates import Candidate
from dispatch.desk.views import (
    DispatchAdvice,
    ItemChoice,
    PlaceChoice,
    QueueRow,
    TownGeometry,
    UnitAdvice,
    WorkerRow,
)
from dispatch.desk.views_report import ReportProposal
from dispatch.domain.codes import Priority
from dispatch.domain.errors import Refused
from ui import labels
from ui.acts import spots
from ui.acts.door import ActsDoor
from ui.acts.found import Found, Taker
from ui.live import Live
from ui.tongue import tr

_FOUND_MOST: Final = 12


class Lookups(QObject):
    """Sources for search fields. Units and workers are asked once and searched by pinyin here."""

    def __init__(self, live: Live, door: ActsDoor) -> None:
        super().__init__(live)
        self._live = live
        self._door = door
        self._units: tuple[UnitAdvice, ...] = ()
        self._workers: tuple[WorkerRow, ...] = ()
        self._town: TownGeometry | None = None
        live.workers_changed.connect(self._on_workers)
        live.tables_changed.connect(self._on_tables)

    def items(self, text: str, taker: Taker) -> None:
        """Find items by hanzi, pinyin, initials or code."""
        self._live.run(self._door.items(text), _Answer(text, taker).items)

    def units(self, text: str, taker: Taker) -> None:
        """Find units by name or pinyin."""
        wanted = _Searched(text, taker, self._take_units, self._found_units)
        if self._units:
            wanted.again()
        else:
            self._live.run(self._door.units(), wanted.take)

    def workers(self, text: str, taker: Taker) -> None:
        """Find workers by name, pinyin or number."""
        wanted = _Searched(text, taker, self._take_workers, self._found_workers)
        if self._workers:
            wanted.again()
        else:
            self._live.run(self._door.workers(), wanted.take)

    def candidates(self, incident: str, on_ok: Callable[[tuple[Candidate, ...]], None]) -> None:
        """Ask who could look at an incident's place, the likeliest first."""
        self._live.run(self._door.candidates(incident), on_ok)

    def incidents(self, text: str, taker: Taker) -> None:
        """Find incidents: digits by number, anything else by their texts."""
        if text.strip().isdigit():
            answer = _Answer(text, taker)
            by_number = _ByNumber(self._live, self._door, answer, text.strip())
            self._live.run(self._door.find(text.strip()), by_number.take, by_number.fail)
        else:
            self._live.run(self._door.search(text, _FOUND_MOST), _Answer(text, taker).rows)

    def spots(self, text: str, taker: Taker) -> None:
        """Find what has a place: digits an incident, or a code; names villages and grids."""
        wanted = _Placed(self, text, taker)
        if text.strip().isdigit():
            by_number = _ByNumber(self._live, self._door, wanted, text.strip())
            self._live.run(self._door.find(text.strip()), by_number.take, by_number.fail)
        else:
            wanted.none(None)

    def load_town(self, on_ok: Callable[[TownGeometry], None]) -> None:
        """Ask for the places of the town; they are kept until the tables change."""
        if self._town is None:
            self._live.run(self._door.geometry(), _Kept(self, on_ok).take)
        else:
            on_ok(self._town)

    def keep_town(self, town: TownGeometry) -> None:
        """Keep the places."""
        self._town = town

    def place(
        self,
        lon: float,
        lat: float,
        on_ok: Callable[[PlaceChoice], None],
        on_error: Callable[[BaseException], None],
    ) -> None:
        """Find grid and village of a point."""
        self._live.run(self._door.place(lon, lat), on_ok, on_error)

    def proposal(
        self,
        item: str,
        point: tuple[float, float] | None,
        on_ok: Callable[[ReportProposal], None],
        on_error: Callable[[BaseException], None],
    ) -> None:
        """Ask what a report of that item at that point would bring."""
        self._live.run(self._door.proposal(item, point), on_ok, on_error)

    def advice(self, incident: str, on_ok: Callable[[DispatchAdvice], None]) -> None:
        """Ask for the advice on an incident."""
        self._live.run(self._door.advice(incident), on_ok)

    def load_units(self, on_ok: Callable[[tuple[UnitAdvice, ...]], None]) -> None:
        """Ask for all units."""
        self._live.run(self._door.units(), on_ok)

    def _take_units(self, units: tuple[UnitAdvice, ...]) -> None:
        self._units = units

    def _found_units(self, text: str) -> tuple[Found, ...]:
        by_code = {each.unit: each for each in self._units}
        names = ((each.unit, each.name, each.char) for each in self._units)
        return tuple(unit_found(by_code[code]) for code in search(names, text))

    def _take_workers(self, rows: tuple[WorkerRow, ...]) -> None:
        self._workers = rows

    def _found_workers(self, text: str) -> tuple[Found, ...]:
        by_code = {each.number: each for each in self._workers}
        names = ((each.number, each.name, each.grid_name) for each in self._workers)
        return tuple(worker_found(by_code[code]) for code in search(names, text))

    @Slot(object)
    def _on_workers(self, rows: tuple[WorkerRow, ...]) -> None:
        self._workers = rows

    @Slot()
    def _on_tables(self) -> None:
        self._units = ()
        self._town = None


def search(names: Iterable[tuple[str, str, str]], text: str) -> list[str]:
    """Return the codes of the (code, name, other word) that a text leads to, best first."""
    return [match.entry.code for match in _index(tuple(names)).find(text, _FOUND_MOST)]


@lru_cache(maxsize=8)
def _index(names: tuple[tuple[str, str, str], ...]) -> ItemSearch:
    """The same names are searched at every key: their index is made once."""
    return ItemSearch(Entry(code, name, (also,)) for code, name, also in names)


def item_found(item: ItemChoice) -> Found:
    """Return an item as a line."""
    right = f"{item.department} · {item.priority} · {item.sla}"
    return Found(item.code, item.name, f"{item.code}　{item.klass}", right)


def priority_of(item: Found) -> Priority | None:
    """Return the priority that an item found brings with it."""
    return next((each for each in Priority if each in item.right.split(" · ")), None)


def unit_found(unit: UnitAdvice) -> Found:
    """Return a unit as a line."""
    return Found(
        unit.unit,
        unit.name,
        labels.advice_reason(unit.reason),
        tr("在办 {open_orders}").format(open_orders=unit.open_orders),
    )


def worker_found(row: WorkerRow) -> Found:
    """Return a worker as a line."""
    return Found(row.number, row.name, row.grid_name, labels.worker(row.status))


def row_found(row: QueueRow) -> Found:
    """Return an incident as a line."""
    return Found(row.id, f"{row.number} {row.item_name}", row.place, labels.state(row.state))


class _Answer:
    """Hands an answer to its taker, with the text that was asked for; the field may be gone."""

    def __init__(self, text: str, taker: Taker) -> None:
        self._text = text
        self._taker = taker

    def items(self, items: tuple[ItemChoice, ...]) -> None:
        self.give(tuple(item_found(each) for each in items))

    def rows(self, rows: tuple[QueueRow, ...]) -> None:
        self.give(tuple(row_found(each) for each in rows))

    # object: as _Placed takes it.
    def none(self, _error: object) -> None:
        self.give(())

    def give(self, lines: tuple[Found, ...]) -> None:
        owner = getattr(self._taker, "__self__", None)
        if not isinstance(owner, QObject) or isValid(owner):
            self._taker(self._text, lines)


class _Searched:
    """A search over a list that has to be fetched first."""

    def __init__(
        self,
        text: str,
        taker: Taker,
        keep: Callable[[tuple[UnitAdvice, ...]], None] | Callable[[tuple[WorkerRow, ...]], None],
        search: Callable[[str], tuple[Found, ...]],
    ) -> None:
        self._text = text
        self._answer = _Answer(text, taker)
        self._keep = keep
        self._search = search

    # object: units or workers, as `keep` takes them.
    def take(self, rows: object) -> None:
        self._keep(rows)  # type: ignore[arg-type]
        self.again()

    def again(self) -> None:
        self._answer.give(self._search(self._text))


class _Kept:
    """The places of the town, kept before they are handed on."""

    def __init__(self, lookups: Lookups, on_ok: Callable[[TownGeometry], None]) -> None:
        self._lookups = lookups
        self._on_ok = on_ok

    def take(self, town: TownGeometry) -> None:
        self._lookups.keep_town(town)
        self._on_ok(town)


class _Placed:
    """A text that may name an incident by its number, else a village or a grid."""

    def __init__(self, lookups: Lookups, text: str, taker: Taker) -> None:
        self._lookups = lookups
        self._text = text
        self._answer = _Answer(text, taker)

    def rows(self, rows: tuple[QueueRow, ...]) -> None:
        self._answer.give(tuple(spots.of_incident(each) for each in rows))

    # object: the error that there is no such number, or None when it is no number.
    def none(self, _error: object) -> None:
        self._lookups.load_town(self.town)

    def town(self, town: TownGeometry) -> None:
        self._answer.give(spots.of_town(town, self._text, search))


class _ByNumber:
    """An incident by its number: the id first, then its row; several bear the same four digits."""

    def __init__(self, live: Live, door: ActsDoor, answer: _Answer | _Placed, number: str) -> None:
        self._live = live
        self._door = door
        self._answer = answer
        self._number = number

    def take(self, found: str) -> None:
        self._live.run(self._door.rows(frozenset({found})), self._answer.rows)

    def fail(self, error: BaseException) -> None:
        if isinstance(error, Refused) and error.code == "ambiguous":
            self._live.run(self._door.search(self._number, _FOUND_MOST), self.several)
        else:
            self._answer.none(error)

    def several(self, rows: tuple[QueueRow, ...]) -> None:
        self._answer.rows(tuple(row for row in rows if row.number.endswith(self._number)))
