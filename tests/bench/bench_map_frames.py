"""Frames of a widget under a gesture, timed one by one."""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

Move = Callable[[], object]
_A_SECOND = 60  # frames


@dataclass(frozen=True, slots=True)
class Row:
    """A gesture's frames in milliseconds; CPU time tells what a busy machine adds to the wall."""

    name: str
    p50: float
    p95: float
    worst: float
    cpu: float

    def line(self) -> str:
        """Return the row of the table."""
        figures = (self.p50, self.p95, self.worst, self.cpu)
        return f"{self.name:40}" + "".join(f"{figure:9.1f}" for figure in figures)


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds of each frame, by the clock on the wall and on the processor."""

    wall: list[float]
    cpu: list[float]


def frames(widget: QWidget, name: str, moves: Sequence[Move]) -> Row:
    """Time each move with one whole repaint of the widget."""
    return pooled(name, [spent(widget, moves)])


def pooled(name: str, parts: Sequence[Spent]) -> Row:
    """Return the figures over all frames of a gesture that was made several times."""
    wall = [each for part in parts for each in part.wall]
    cpu = [each for part in parts for each in part.cpu]
    return Row(name, statistics.median(wall), _p95(wall), max(wall), _p95(cpu))


def spent(widget: QWidget, moves: Sequence[Move]) -> Spent:
    """Time each move with one whole repaint of the widget.

    The collector goes over the young objects once a second, as it does in the console.
    """
    rest()
    gc.collect()
    gc.freeze()
    gc.disable()
    wall, cpu = [], []
    for turn, move in enumerate(moves, start=1):
        begun, worked = time.perf_counter(), time.thread_time()
        move()
        widget.repaint()
        if turn % _A_SECOND == 0:
            gc.collect(1)
        wall.append((time.perf_counter() - begun) * 1000)
        cpu.append((time.thread_time() - worked) * 1000)
    gc.enable()
    gc.unfreeze()
    return Spent(wall, cpu)


def settle(widget: QWidget, count: int = 60) -> None:
    """Paint until nothing is missing."""
    widget.window().show()
    rest()
    for _ in range(count):
        widget.repaint()
    rest()


def rest() -> None:
    """Let the event loop run as it does while the hand rests."""
    QTest.qWait(200)


def _p95(spent: list[float]) -> float:
    return statistics.quantiles(spent, n=20, method="inclusive")[18]
