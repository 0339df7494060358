"""The queue under load: 10,000 open rows, 1,000 updates and 30 new a second.

Measures how soon each change is painted and how long the GUI is held, beside a
QSortFilterProxyModel over the same rows. Run: python -m tests.bench.bench_queue [seconds]
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from dataclasses import replace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QListView

from dispatch.desk.views import QueueRow
from tests.ui.queue_rows import NOW, row
from ui.live import GATHER_MS
from ui.look.theme import Theme
from ui.queue.listing import QueueList
from ui.queue.model import QueueModel
from ui.queue.order import urgency

OPEN, UPDATES, NEW = 10_000, 1000, 30
DUE_ROLE = 300


def percentile(values: list[float], share: float) -> float:
    """Return the value that this share of the values does not pass."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else 0.0


class Load:
    """Feeds batches as the bridge does and measures what the view makes of them."""

    def __init__(self, app: QApplication, seed: int = 7) -> None:
        self.app = app
        self.random = random.Random(seed)
        self.now = NOW
        self.model = QueueModel(lambda: self.now)
        self.view = QueueList(self.model, Theme())
        self.view.resize(504, 880)
        self.rows = [row(n, self.random.randint(-3600, 200_000)) for n in range(OPEN)]
        self.cpu: list[float] = []
        self.model.reset_rows(self.rows)
        self.view.show()
        self.view.setCurrentIndex(self.model.index(3))
        app.processEvents()

    def batch(self, size: int, new: int) -> tuple[QueueRow, ...]:
        """Return changed rows and new ones."""
        changed = []
        for place in self.random.sample(range(len(self.rows)), size):
            old = self.rows[place]
            self.rows[place] = replace(
                old,
                version=f"v{self.random.random()}",
                clock=row(1, self.random.randint(-3600, 200_000)).clock,
            )
            changed.append(self.rows[place])
        first = len(self.rows)
        fresh = [row(first + n, self.random.randint(60, 200_000)) for n in range(new)]
        self.rows += fresh
        return (*changed, *fresh)

    def run(self, seconds: float) -> tuple[list[float], list[float], int]:
        """Return ms from change to paint of every update, ms each batch held, updates done."""
        shown: list[float] = []
        held: list[float] = []
        done = 0
        share = GATHER_MS / 1000
        begin = time.perf_counter()
        batches = int(seconds / share)
        for number in range(batches):
            due = begin + number * share
            while time.perf_counter() < due:
                self.app.processEvents()
                time.sleep(0.001)
            # The oldest change of a batch has waited for the whole gathering.
            size = round(UPDATES * share)
            new = round(NEW * (number + 1) * share) - round(NEW * number * share)
            born = [due - share * (i + 1) / size for i in range(size)]
            rows = self.batch(size, new)
            start, cpu = time.perf_counter(), time.thread_time()
            self.model.change_rows(rows, frozenset(), frozenset())
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
            now = time.perf_counter()
            self.cpu.append((time.thread_time() - cpu) * 1000)
            held.append((now - start) * 1000)
            shown += [(now - b) * 1000 for b in born]
            done += size + new
        return shown, held, done


def sort_ms(load: Load) -> float:
    """Return the median of sorting all rows from a shuffled order."""
    times = []
    for _ in range(5):
        load.random.shuffle(load.model.rows.order)
        start = time.perf_counter()
        load.model.rows.sort()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


class PeerSort(QSortFilterProxyModel):
    """The usual way: a proxy whose lessThan is asked for every pair."""

    def lessThan(self, left: QModelIndex, right: QModelIndex) -> bool:  # type: ignore[override]  # noqa: N802
        return bool(left.data(DUE_ROLE) < right.data(DUE_ROLE))


def peer(app: QApplication, rows: list[QueueRow]) -> tuple[float, list[float]]:
    """Return the proxy's sort and how long it holds the GUI for one batch of updates."""
    source = QStandardItemModel()
    for each in rows:
        item = QStandardItem(each.item_name)
        item.setData(urgency(each, each.light(NOW)), DUE_ROLE)
        source.appendRow(item)
    proxy = PeerSort()
    proxy.setSourceModel(source)
    view = QListView()
    view.setUniformItemSizes(True)
    view.setModel(proxy)
    view.resize(504, 880)
    view.show()
    start = time.perf_counter()
    proxy.sort(0, Qt.SortOrder.AscendingOrder)
    sorting = (time.perf_counter() - start) * 1000
    proxy.setDynamicSortFilter(True)
    chance = random.Random(7)
    held = []
    for _ in range(5):
        start = time.perf_counter()
        for place in chance.sample(range(len(rows)), round(UPDATES * GATHER_MS / 1000)):
            key = urgency(row(1, chance.randint(-3600, 200_000)), rows[0].light(NOW))
            source.item(place).setData(key, DUE_ROLE)
        app.processEvents()
        held.append((time.perf_counter() - start) * 1000)
    return sorting, held


def main() -> None:
    """Print the table."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    made = QApplication.instance() or QApplication([])
    assert isinstance(made, QApplication)
    load = Load(made)
    paint = []
    for _ in range(20):
        start = time.perf_counter()
        load.view.viewport().repaint()
        paint.append((time.perf_counter() - start) * 1000)
    sorting = sort_ms(load)
    load.model.reset_rows(load.rows)
    shown, held, done = load.run(seconds)
    peer_sort, peer_held = peer(made, load.rows[:OPEN])
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the run")
    print(f"open rows {len(load.rows)}, {seconds:.0f} s, updates done {done / seconds:.0f}/s")
    print(f"{'':34}{'ours':>10}{'proxy':>10}{'bar':>8}")
    print(f"{'sort of all rows, ms':34}{sorting:10.1f}{peer_sort:10.1f}{50:8}")
    print(f"{'GUI held by one batch, p50 ms':34}", end="")
    print(f"{percentile(held, 0.5):10.1f}{statistics.median(peer_held):10.1f}")
    print(f"{'GUI held by one batch, worst ms':34}{max(held):10.1f}{max(peer_held):10.1f}{50:8}")
    # On a machine that is shared the clock on the wall also counts the others' work.
    print(f"{'of that on the processor, worst ms':34}{max(load.cpu):10.1f}")
    print(f"{'change to painted, p99 ms':34}{percentile(shown, 0.99):10.1f}")
    print(f"{'change to painted, worst ms':34}{max(shown):10.1f}{'':10}{200:8}")
    print(f"{'paint of the visible rows, ms':34}{statistics.median(paint):10.1f}")


if __name__ == "__main__":
    main()
