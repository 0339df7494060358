"""The shell: strips, queue, the places of map, board and pane, and the keys of the window."""

from itertools import pairwise
from typing import Final

from PySide6.QtCore import QSettings, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from dispatch.domain.command import Command
from ui import labels, refusals
from ui.alarms.lanes import Lanes
from ui.alarms.watch import AlarmWatch
from ui.arrangement import Arrangement, Panels
from ui.door import Done
from ui.help_sheet import HelpSheet
from ui.live import Live
from ui.look.theme import Theme
from ui.look.type import SCALES
from ui.queue.order import Chip
from ui.queue.panel import QueuePanel
from ui.settings_menu import SettingsMenu
from ui.shortcuts import Shortcuts
from ui.stage import Stage
from ui.strips.bottom import BottomLine
from ui.strips.echo import Echo
from ui.strips.top import TopStrip
from ui.strips.undo import undo_command
from ui.sync.tray import Tray
from ui.tick import Tick
from ui.tongue import chosen, tr
from ui.window_keys import bind_keys
from ui.wording import told

LEAST: Final = (1024, 640)


class MainWindow(QWidget):
    """The window of one seat.

    incident_shown(id): the pane shows it. incident_opened(id): and takes the keys.
    palette_wanted(), report_wanted(words), login_wanted(),
    view_wanted(shift, charts or report): other rooms open their dialogs.
    """

    incident_shown = Signal(str)
    incident_opened = Signal(str)
    palette_wanted = Signal()
    report_wanted = Signal(str)
    view_wanted = Signal(str)
    login_wanted = Signal()

    def __init__(
        self, live: Live, theme: Theme, tick: Tick, watch: AlarmWatch, panels: Panels
    ) -> None:
        """Build the shell round the panels; `live.start` and `tick.start` are the caller's."""
        super().__init__()
        self.live = live
        self.theme = theme
        self.watch = watch
        self.panels = panels
        self._undo: Command | None = None
        self._forwarding = False
        self.top = TopStrip(watch, theme, tick, self)
        self.queue = QueuePanel(live, theme, tick, self)
        self.lanes = Lanes(watch, theme, tick)
        self.stage = Stage(panels.map, self.lanes)
        self.middle = Arrangement(self.queue, self.stage, panels, theme, self)
        self.bottom = BottomLine(watch, theme, tick, self)
        self.tray = Tray(theme, tick, self)
        self.echo = Echo(self, live, self)
        self.shortcuts = Shortcuts(self)
        self.help = HelpSheet(self.shortcuts, theme, self)
        self.settings_menu = SettingsMenu(theme, self.lanes, self.middle, self)
        self.setWindowTitle(tr("智网调度台"))
        self.setMinimumSize(*LEAST)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.middle, 1)
        column.addWidget(self.bottom)
        self._join()
        bind_keys(self)
        self._order_focus()
        self._on_alarms_changed()
        self.queue.list.setFocus()

    def _join(self) -> None:
        live, queue, bottom = self.live, self.queue, self.bottom
        live.strip_changed.connect(self.top.show_strip)
        live.exceptions_changed.connect(bottom.show_lines)
        live.exceptions_changed.connect(self.tray.show_lines)
        live.failed.connect(bottom.say)
        live.store_failed.connect(bottom.show_store_fault)
        live.acted.connect(self._on_acted)
        self.watch.changed.connect(self._on_alarms_changed)
        self.echo.changed.connect(self.top.show_echo)
        queue.pointed.connect(self.incident_shown)
        queue.opened.connect(self._on_opened)
        queue.rail.view_wanted.connect(self.open_view)
        self.top.login_wanted.connect(self.login_wanted)
        self.lanes.chosen.connect(self._on_chosen)
        self.tray.chosen.connect(self._on_chosen)
        self.tray.closed.connect(self.focus_queue)
        self.top.alarms_wanted.connect(self._on_alarms_wanted)
        self.top.tray_wanted.connect(self.open_tray)
        bottom.tray_wanted.connect(self.open_tray)
        bottom.undone.connect(self.undo)
        bottom.field.wanted.connect(self.palette_wanted)
        bottom.field.left.connect(self.focus_queue)
        queue.resized.connect(self._on_moved)
        self.theme.changed.connect(self._on_theme)
        self.settings_menu.told.connect(bottom.tell)

    def _order_focus(self) -> None:
        order = (
            self.queue.head.field,
            *self.queue.head.chips,
            self.queue.list,
            self.panels.map,
            self.panels.workers,
            self.panels.pane,
            self.bottom.field,
            self.queue.rail,
        )
        for one, two in pairwise(order):
            QWidget.setTabOrder(one, two)

    @Slot(str)
    def show_incident(self, row_id: str) -> None:
        """Show it everywhere: the queue's row when it is open, and the pane."""
        if not self.queue.show_incident(row_id):
            self.incident_shown.emit(row_id)

    def restore(self, settings: QSettings) -> None:
        """Take theme, font choice and widths as they were left."""
        name = settings.value("theme", self.theme.tokens.name)
        scale = int(str(settings.value("scale", self.theme.fonts.scale)))
        if name in {"night", "day"} and scale in SCALES:
            self.theme.choose("day" if name == "day" else "night", scale)
        self.lanes.set_steady(settings.value("steady") in {True, "true"})
        self.middle.restore(settings)

    def save(self, settings: QSettings) -> None:
        """Keep theme, font choice and widths."""
        settings.setValue("theme", self.theme.tokens.name)
        settings.setValue("scale", self.theme.fonts.scale)
        settings.setValue("steady", self.lanes.steady)
        if self.settings_menu.language != chosen():
            # One that was only tried with `--lang` is not kept.
            settings.setValue("language", self.settings_menu.language)
        self.middle.save(settings)

    @Slot()
    def undo(self) -> None:
        """Take the last act back while the note offers it."""
        command, self._undo = self._undo, None
        if command is None or not self.bottom.note():
            self.bottom.say(tr("没有可撤销的动作；更早的在事件的“更多”里撤销"))
            return
        self.bottom.drop_offer()
        self.live.act(command, None, self._on_undo_failed)

    @Slot()
    def focus_queue(self) -> None:
        """Give the keys back to the queue."""
        self.tray.hide()
        self.middle.show_pane(False)
        self.queue.list.setFocus()

    def current_id(self) -> str:
        """Return the incident that is current in the queue, "" when none is."""
        return self.queue.list.current_id() or ""

    @Slot()
    def open_tray(self) -> None:
        """Open the exceptions above the bottom line, or close them."""
        if self.tray.isVisible():
            self.focus_queue()
            return
        corner = self.bottom.tray_corner().topLeft()
        self.tray.open_at(self.bottom.mapTo(self, corner))

    @Slot(str)
    def open_view(self, name: str) -> None:
        """Open the settings here; the other views are other rooms'."""
        if name == "settings":
            rail = self.queue.rail
            self.settings_menu.open_beside(rail.mapToGlobal(rail.rect().bottomRight()))
        else:
            self.view_wanted.emit(name)

    @Slot()
    def acknowledge(self) -> None:
        """Take note of the first alarm that nobody has and show its incident."""
        key = self.watch.acknowledge_first()
        if key and self.watch.row(key) is not None:
            self.show_incident(key)

    @Slot()
    def change_theme(self) -> None:
        """Night to day and back."""
        self.theme.choose("day" if self.theme.tokens.dark else "night")

    def change_scale(self, by: int) -> None:
        """Take the next larger or smaller font choice."""
        here = SCALES.index(self.theme.fonts.scale)
        scale = SCALES[max(0, min(len(SCALES) - 1, here + by))]
        self.theme.choose("night" if self.theme.tokens.dark else "day", scale)

    def toggle(self, chip: Chip) -> None:
        """Turn a filter of the queue on or off."""
        self.queue.toggle(chip)

    @Slot(str)
    def _on_opened(self, row_id: str) -> None:
        self.middle.show_pane(True)
        self.incident_shown.emit(row_id)
        self.incident_opened.emit(row_id)

    @Slot(str)
    def _on_chosen(self, row_id: str) -> None:
        self.show_incident(row_id)
        self.queue.list.setFocus()

    @Slot()
    def _on_alarms_changed(self) -> None:
        """Space belongs to the alarm only while one waits."""
        self.shortcuts.enable("Space", self.watch.board.unacknowledged() > 0)

    @Slot()
    def _on_alarms_wanted(self) -> None:
        first = next((a for a in self.watch.board.ordered() if self.watch.row(a.key)), None)
        if first is not None:
            self._on_chosen(first.key)

    @Slot(object, object)
    def _on_acted(self, command: Command, done: Done) -> None:
        row = self.queue.row(done.incident)
        number = row.number[-4:] if row else ""
        words = told(tr("已{verb}{number}"), verb=labels.verb(command.verb), number=number)
        self._undo = undo_command(command, done.version)
        if self._undo is None:
            self.bottom.tell(words)
        else:
            self.bottom.offer_undo(words)

    @Slot(object)
    def _on_undo_failed(self, error: BaseException) -> None:
        self.bottom.say(refusals.words(error))

    @Slot()
    def _on_moved(self) -> None:
        self.bottom.set_left(self.queue.rail.width() + self.queue.width())

    @Slot()
    def _on_theme(self) -> None:
        self.middle.fit(self.width())
        self.update()
        self._on_moved()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self.theme.tokens.app)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._column.activate()
        self.middle.fit(self.width())
        self._on_moved()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the queue; a letter the queue does not take goes to pane, then map."""
        if event.key() == Qt.Key.Key_Escape:
            in_list = self.queue.list.hasFocus() and not self.tray.isVisible()
            self.focus_queue()
            if in_list:
                self.queue.leave()  # a number's list or a town's queue, when one is shown
            return
        focus = QApplication.focusWidget()
        if self._forwarding or focus is None or not self.queue.isAncestorOf(focus):
            super().keyPressEvent(event)
            return
        self._forwarding = True
        for panel in (self.panels.pane, self.panels.map):
            event.accept()
            QApplication.sendEvent(panel, event)
            if event.isAccepted():
                break
        self._forwarding = False

    def closeEvent(self, event: QCloseEvent) -> None:
        self.queue.stop()
        self.live.close()
        super().closeEvent(event)
