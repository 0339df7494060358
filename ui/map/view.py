"""The map widget: what is given to it, what it tells, and how it paints."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from ui.look.theme import Theme
from ui.map import legend_place, overlay, walk
from ui.map.camera import Camera
from ui.map.crosshair import Crosshair
from ui.map.ground import Ground
from ui.map.hand import Hand, Mode
from ui.map.keyboard import press_key
from ui.map.layer_switch import LayerSwitch
from ui.map.layout import ROOM_FOR_UNIT_NAMES, Content
from ui.map.legend import Legend
from ui.map.legend_button import LegendButton
from ui.map.lock_note import LockNote
from ui.map.picture import Picture
from ui.map.scene import MapCandidate, MapGround, MapIncident, MapUnit, MapWorkers
from ui.map.tools import Tools

_EDGE: Final = 12  # pixels between the floating controls and the map's edge


class MapView(QWidget):
    """Shows ground, incidents, workers and units; new data never moves a view the hand moved."""

    incident_chosen = Signal(str)
    point_chosen = Signal(float, float)  # longitude, latitude
    box_chosen = Signal(list)  # ids of incidents

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ground: Ground | None = None
        self._picture: Picture | None = None
        self._coming: Picture | None = None  # of the theme that was chosen, not yet whole
        self._cursor: str | None = None
        self._legend_asked = False  # once asked for or closed it stays so at any size
        self.camera = Camera(self)
        self.hand = Hand(self.camera, self)
        self.crosshair = Crosshair(self.hand, self.camera)
        self._idle = QTimer(self, singleShot=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("地图"))
        self.layers = LayerSwitch(theme, self)
        self.tools = Tools(theme, self)
        self.legend = Legend(theme, self)
        self.legend_button = LegendButton(theme, self)
        self._covered = 0
        self.lock_note = LockNote(theme, self)
        self._content = Content(layers=self.layers.layers())
        self._join()

    def _join(self) -> None:
        self.camera.moved.connect(self.update)
        self.camera.lock_changed.connect(self.lock_note.setVisible)
        self.camera.lock_changed.connect(self._place_legend)
        self.legend_button.clicked.connect(self.toggle_legend)
        self.legend.shut.connect(self.toggle_legend)
        self.hand.changed.connect(self.update)
        self.hand.clicked.connect(self._on_clicked)
        self.hand.point_picked.connect(self._on_point_picked)
        self.hand.boxed.connect(self._on_boxed)
        self.hand.mode_changed.connect(self._on_mode_changed)
        self.layers.layers_changed.connect(self._on_layers_changed)
        self.tools.zoomed.connect(self.zoom)
        self.tools.refit_asked.connect(self.camera.refit)
        self.tools.measure_toggled.connect(self._on_measure_toggled)
        self.tools.box_toggled.connect(self._on_box_toggled)
        self._theme.changed.connect(self._on_theme_changed)
        self._idle.timeout.connect(self._on_idle)

    @property
    def content(self) -> Content:
        """What is shown on the ground."""
        return self._content

    def set_ground(self, ground: MapGround) -> None:
        """Show another ground; an unlocked view fits it."""
        self._ground = Ground(ground)
        self._picture = self._coming = None
        self.camera.set_bounds(self._ground.bounds)
        self._place_legend()
        self.update()

    def set_open_counts(self, counts: dict[str, int]) -> None:
        """Take the open incidents of every grid by its code; a grid not named has none."""
        if self._ground is None:
            return
        changed = self._ground.recount(counts)
        if changed and self._picture is not None:
            self._picture.tiles.repaint_grids(changed)
            self.update()

    def set_incidents(self, incidents: tuple[MapIncident, ...]) -> None:
        """Show these open incidents."""
        self._show(replace(self._content, incidents=incidents))

    def set_units(self, units: tuple[MapUnit, ...]) -> None:
        """Show these units."""
        self._show(replace(self._content, units=units))

    def set_workers(self, workers: MapWorkers) -> None:
        """Show these workers at their last fixes."""
        self._show(replace(self._content, workers=workers))

    def set_at_hand(self, marks: tuple[MapUnit, ...], candidates: tuple[MapCandidate, ...]) -> None:
        """Show what is at hand for the chosen incident; candidates have their number."""
        content = self._content
        if (marks, candidates) != (content.at_hand, content.candidates):
            self._show(replace(content, at_hand=marks, candidates=candidates))

    def set_grouped(self, grouped: bool) -> None:
        """Put close incidents into clusters, or paint every one by itself."""
        self._show(replace(self._content, grouped=grouped))

    def set_reach(self, metres_a_minute: float) -> None:
        """Set how far a responder comes in a minute in a straight line: the response rings."""
        self._show(replace(self._content, metres_a_minute=metres_a_minute))

    def select(self, incident: str | None) -> None:
        """Mark the incident with brackets and rings; the view stays where it is."""
        if incident != self._content.selected:
            self._show(replace(self._content, selected=incident))

    def show_all(self, places: Sequence[tuple[float, float]]) -> None:
        """Zoom in on places, longitude and latitude, until they fill the view."""
        if self._ground is not None and places:
            points = [self._ground.projection.point(*each) for each in places]
            east, north = [each[0] for each in points], [each[1] for each in points]
            self.camera.show((min(east), min(north), max(east), max(north)))

    def pick_point(self) -> None:
        """Take the next click as the place of a report: ``point_chosen``."""
        self.hand.enter(Mode.POINT)

    def zoom(self, doublings: int) -> None:
        """Zoom by half doublings about the middle."""
        self.camera.zoom(2 * doublings, self.width() / 2, self.height() / 2)

    def walk(self, by: int) -> bool:
        """Take the keyboard to the next (1) or last (-1) incident in view; False past the end."""
        if self._picture is None:
            return False
        layout = self._picture.layout
        ids = walk.stops(layout, self.camera.view) if layout is not None else []
        self._cursor = walk.step(ids, self._cursor, by)
        self.update()
        return self._cursor is not None

    @Slot()
    def toggle_legend(self) -> None:
        """Open or close the legend."""
        self._legend_asked = True
        self._open_legend(not self.legend.isVisible())

    def _open_legend(self, opened: bool) -> None:
        self.legend.setVisible(opened)
        self.legend_button.setVisible(not opened)

    def choose_walked(self) -> None:
        """Choose the incident the keyboard is at."""
        if self._cursor is not None:
            self.incident_chosen.emit(self._cursor)

    def _show(self, content: Content) -> None:
        self._content = content
        self.update()

    def _hits_in(self, box: QRectF) -> list[str]:
        if self._picture is None:
            return []
        view = self.camera.view
        plane = box.translated(view.left, view.top)
        layout = self._picture.layout
        if layout is None or layout.scale != view.scale:
            return []
        chosen = [i for hit in layout.hits if plane.contains(hit.x, hit.y) for i in hit.members]
        return [layout.content.incidents[index].id for index in chosen]

    @Slot(QPointF)
    def _on_clicked(self, at: QPointF) -> None:
        if self._picture is None or self._ground is None:
            return
        layout = self._picture.layout
        hit = self._picture.hit(self.camera.view, at.x(), at.y())
        if hit is None or layout is None:
            return
        members = [layout.content.incidents[index] for index in hit.members]
        if len(members) == 1:
            self._cursor = members[0].id
            self.incident_chosen.emit(members[0].id)
            return
        self.show_all([(each.lon, each.lat) for each in members])

    @Slot(QPointF)
    def _on_point_picked(self, at: QPointF) -> None:
        if self._ground is not None:
            place = self.camera.view.place(at.x(), at.y())
            self.point_chosen.emit(*self._ground.projection.degrees(*place))

    @Slot(QRectF)
    def _on_boxed(self, box: QRectF) -> None:
        self.box_chosen.emit(self._hits_in(box))

    @Slot(object)
    def _on_mode_changed(self, mode: Mode) -> None:
        self.tools.measure.setChecked(mode is Mode.MEASURE)
        self.tools.box.setChecked(mode is Mode.BOX)
        if mode is Mode.LOOK:
            self.unsetCursor()
        else:
            self.setCursor(Qt.CursorShape.CrossCursor)

    @Slot(bool)
    def _on_measure_toggled(self, on: bool) -> None:
        if on or self.hand.mode is Mode.MEASURE:
            self.hand.enter(Mode.MEASURE if on else Mode.LOOK)

    @Slot(bool)
    def _on_box_toggled(self, on: bool) -> None:
        if on or self.hand.mode is Mode.BOX:
            self.hand.enter(Mode.BOX if on else Mode.LOOK)

    @Slot(object)
    def _on_layers_changed(self, layers: object) -> None:
        if isinstance(layers, frozenset):
            self._show(replace(self._content, layers=layers))

    @Slot()
    def _on_theme_changed(self) -> None:
        if self._picture is not None and self._ground is not None:
            ratio = self.devicePixelRatioF()
            self._coming = Picture(self._ground, self._theme, ratio)
        self.lock_note.setFixedSize(self.lock_note.sizeHint())
        self._place_controls()
        self.update()

    @Slot()
    def _on_idle(self) -> None:
        """Get ready for the gesture to come while nothing else happens."""
        if self._picture is None:
            return
        self._picture.rest(self.camera.view)
        if self._picture.tiles.prefetch(self.camera.view):
            self._idle.start(5)

    @Slot(int)
    def set_covered(self, height: int) -> None:
        """Keep the controls below what lies over the top; the picture itself does not move."""
        self._covered = height
        self._place_controls()

    def _place_controls(self) -> None:
        top = self._covered + _EDGE
        self.layers.move(_EDGE, top)
        self.tools.move(self.width() - self.tools.width() - _EDGE, top)
        left = self.tools.x() - self.lock_note.width() - _EDGE
        # Narrow maps have no room beside the layer switch: the note goes under it.
        clear = left > self.layers.geometry().right() + _EDGE
        below = self.layers.geometry().bottom() + 8
        self.lock_note.move(left if clear else _EDGE, top if clear else below)
        shut = legend_place.home(self.legend_button.size(), self.camera.view)
        self.legend_button.move(shut.toPoint())
        self._place_legend()

    @Slot()
    def _place_legend(self) -> None:
        """Put the legend where it covers no ground; moved by hand, the map goes under it."""
        if self._ground is None or self.camera.locked:
            return
        view, top = self.camera.view, self.layers.geometry().bottom()
        size = self.legend.size()
        free = legend_place.free_corner(size, view, self._ground, top)
        self.legend.move((free or legend_place.home(size, view)).toPoint())
        if not self._legend_asked:
            self._open_legend(free is not None and self.width() >= ROOM_FOR_UNIT_NAMES)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.camera.resize(self.width(), self.height(), self.devicePixelRatioF())
        self._place_controls()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._ground is None:
            painter.fillRect(self.rect(), self._theme.tokens.map_out)
            return
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.stamps.ratio != ratio:
            self._picture, self._coming = Picture(self._ground, self._theme, ratio), None
            self.camera.resize(self.width(), self.height(), ratio)
        coming = self._come()
        picture = self._picture
        missing = picture.paint(painter, self._content, self.camera.view) or coming
        self._paint_cursor(painter, picture)
        self.hand.paint(painter, picture.stamps)
        self.crosshair.paint(painter, self._theme.tokens)
        overlay.paint_scale_bar(painter, self._theme, self.camera.view)
        if self.hasFocus():
            overlay.paint_focus(painter, self._theme, QRectF(self.rect()))
        painter.end()
        if missing:
            self._idle.stop()
            QTimer.singleShot(0, self, self.update)
        else:
            self._idle.start(50)

    def _come(self) -> bool:
        """Go on with the picture of another theme; show it once it is whole. Tell if it is not."""
        if self._coming is None:
            return False
        _, whole = self._coming.prepare(self._content, self.camera.view)
        if whole:
            self._picture, self._coming = self._coming, None
        return not whole

    def _paint_cursor(self, painter: QPainter, picture: Picture) -> None:
        layout, view = picture.layout, self.camera.view
        if self._cursor is None or not self.hasFocus() or layout is None:
            return
        hit = walk.stop_of(layout, self._cursor)
        if hit is not None and layout.scale == view.scale:
            at = (hit.x - view.left, hit.y - view.top)
            overlay.paint_cursor(painter, self._theme, at, hit.radius)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hand.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hand.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.hand.release(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.hand.wheel(event)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self.hand.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_key(self, event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes over the incidents first and leaves the map after the last one."""
        return self.walk(1 if forward else -1) or super().focusNextPrevChild(forward)
