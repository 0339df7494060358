"""The console's map under every gesture of hand and keyboard."""

from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.bench.bench_map_city import SIZE, city
from tests.bench.bench_map_frames import Move, Row, frames, pooled, settle, spent
from ui.look.theme import Theme
from ui.map.hand import Mode
from ui.map.scene import MapWorkers
from ui.map.view import MapView

ZOOMS = 12  # steps of a quarter doubling: 8 times closer
_NONE, _LEFT = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton


def run() -> list[Row]:
    """Return the rows: clusters as the console shows them, then 2,000 marks one by one."""
    theme = Theme("night")
    rows = []
    for sort, grouped in (("clusters", True), ("every mark", False)):
        view = _view(theme, grouped=grouped)
        told = f"own, {sort}, "
        rows += [*_pans(view, told), *_zooms(view, told), _moving_dots(view, told)]
        rows += _hand(view, told) if grouped else []
        rows += [_resize(view, told), _themes(view, theme, told)] if grouped else []
        view.close()
    return rows


def _view(theme: Theme, *, grouped: bool) -> MapView:
    ground, incidents, workers = city()
    view = MapView(theme)
    view.resize(*SIZE)
    view.set_ground(ground)
    view.set_incidents(incidents)
    view.set_workers(workers)
    view.set_grouped(grouped)
    settle(view)
    return view


def _pans(view: MapView, told: str) -> list[Row]:
    rows = []
    for label, steps in (("fitted", 0), ("zoomed in 4x", 8)):
        view.camera.zoom(steps, 960, 540)
        settle(view)
        pans = [partial(view.camera.pan, dx, 7) for dx in [24] * 60 + [-24] * 60]
        rows.append(frames(view, f"{told}pan {label}", pans))
    view.camera.refit()
    settle(view)
    return rows


def _zooms(view: MapView, told: str) -> list[Row]:
    steps, rest = [], []
    for angle in (60, -60) * 4:
        steps.append(spent(view, [partial(_wheel, view, angle)] * ZOOMS))
        rest.append(spent(view, [_nothing] * 40))
    return [pooled(f"{told}wheel zoom", steps), pooled(f"{told}until sharp after it", rest)]


def _moving_dots(view: MapView, told: str) -> Row:
    _, _, workers = city()
    draw = np.random.default_rng(2)

    def move() -> None:
        rows = workers.rows.copy()
        rows["lon"] += draw.normal(0, 1e-4, rows.size)
        view.set_workers(MapWorkers(rows, workers.names))

    return frames(view, f"{told}all dots move", [move] * 60)


def _hand(view: MapView, told: str) -> list[Row]:
    rows = []
    for label, mode in (("drag", Mode.LOOK), ("box select", Mode.BOX)):
        view.hand.enter(mode)
        _mouse(view, QEvent.Type.MouseButtonPress, (300, 300))
        spots = [(300 + 9 * n, 300 + 5 * n) for n in range(100)]
        moves = [partial(_mouse, view, QEvent.Type.MouseMove, spot) for spot in spots]
        rows.append(frames(view, told + label, moves))
        _mouse(view, QEvent.Type.MouseButtonRelease, spots[-1])
        view.hand.enter(Mode.LOOK)
    keys = [Qt.Key.Key_Left, Qt.Key.Key_Up] * 15 + [Qt.Key.Key_Right, Qt.Key.Key_Down] * 15
    rows.append(
        frames(view, told + "keyboard pan", [partial(QTest.keyClick, view, k) for k in keys])
    )
    zooms = [Qt.Key.Key_Plus] * 6 + [Qt.Key.Key_Minus] * 6
    moves = [partial(QTest.keyClick, view, key) for key in zooms]
    rows.append(frames(view, told + "keyboard zoom", moves * 4))
    view.camera.refit()
    settle(view)
    return rows


def _resize(view: MapView, told: str) -> Row:
    width, height = SIZE
    sizes = [*range(width, width - 400, -10), *range(width - 400, width, 10)]
    moves: list[Move] = [partial(view.resize, size, height) for size in sizes]
    row = frames(view, told + "resize", moves)
    settle(view)
    return row


def _themes(view: MapView, theme: Theme, told: str) -> Row:
    rest: list[Move] = [_nothing] * 59
    moves: list[Move] = []
    for name in ("day", "night") * 3:
        moves += [partial(theme.choose, name), *rest]
    return frames(view, told + "theme change", moves)


def _wheel(view: MapView, angle: int) -> None:
    spot = QPointF(900, 500)
    none, begun = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(spot, spot, QPoint(), QPoint(0, angle), _NONE, none, begun, False)
    QApplication.sendEvent(view, event)


def _mouse(view: MapView, kind: QEvent.Type, spot: tuple[int, int]) -> None:
    at = QPointF(*spot)
    button = _NONE if kind is QEvent.Type.MouseMove else _LEFT
    held = _NONE if kind is QEvent.Type.MouseButtonRelease else _LEFT
    event = QMouseEvent(kind, at, at, button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view, event)


def _nothing() -> None:
    """A frame in which the hand rests."""
