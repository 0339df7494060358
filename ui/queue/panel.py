"""The queue panel: head, list and foot over one model, fed by the bridge and the shared tick."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch.desk.views import ItemChoice, QueueRow
from ui.live import Live, RowsChanged
from ui.look.theme import Theme
from ui.queue.foot import Foot
from ui.queue.head import Head
from ui.queue.listing import QueueList
from ui.queue.model import QueueModel
from ui.queue.only import OnlyShown, Parts
from ui.queue.only_bar import OnlyBar
from ui.queue.order import ALL, Chip, Sorting, Tab
from ui.queue.rail import Rail
from ui.queue.town_bar import TownBar
from ui.tick import Tick
from ui.tongue import tr

_POINT_MS = 60
_FOUND_MOST = 200


class QueuePanel(QWidget):
    """pointing(id) at once, "" when its row is gone; pointed(id) once the current row rests.

    opened(id) on Enter, resized(). `rail` is apart.
    """

    pointing = Signal(str)
    pointed = Signal(str)
    opened = Signal(str)
    resized = Signal()

    def __init__(self, live: Live, theme: Theme, tick: Tick, parent: QWidget | None = None) -> None:
        """Build head, list, foot and rail and join them to bridge and tick."""
        super().__init__(parent)
        self._live = live
        self.model = QueueModel(tick.now, self)
        self.rail = Rail(self.model.rows, theme)
        self.head = Head(self.model, theme, self)
        self.list = QueueList(self.model, theme, self)
        self.foot = Foot(self.model, theme, self)
        self.setAutoFillBackground(True)  # the scroll bar's track is the panel's own colour
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = OnlyBar(theme, self)
        parts = Parts(self.model, self.rail, self.head, self.list, bar)
        self.only = OnlyShown(live, parts, self)
        self.town_bar = TownBar(theme, self)
        for part in (self.head, self.town_bar, bar, self.list, self.foot):
            column.addWidget(part)
        self._awaited = ""
        self._pointing = QTimer(self, singleShot=True, interval=_POINT_MS)
        self._join(live, tick)

    def _join(self, live: Live, tick: Tick) -> None:
        live.rows_reset.connect(self._on_reset)
        live.rows_changed.connect(self._on_changed)
        tick.second.connect(self._on_second)
        self.rail.tab_chosen.connect(self._on_tab)
        self.model.counted.connect(self.rail.refresh)
        self.head.searched.connect(self._on_searched)
        self.head.chips_chosen.connect(self._on_chips)
        self.head.sorting_chosen.connect(self._on_sorting)
        self.head.field.left.connect(self._on_left)
        self.town_bar.left.connect(self.leave)
        self.list.waiting_changed.connect(self.foot.show_waiting)
        self.list.tab_stepped.connect(self._on_tab_stepped)
        self.list.pointed.connect(self._on_pointed)
        self.list.opened.connect(self.opened)
        self.list.selectionModel().selectionChanged.connect(self._on_selection)
        self._pointing.timeout.connect(self._on_rested)

    def row(self, row_id: str) -> QueueRow | None:
        """Return a row that is held here."""
        return self.model.row(row_id)

    def current(self) -> QueueRow | None:
        """Return the current row."""
        return self.model.row(self.list.current_id())

    def show_incident(self, row_id: str) -> bool:
        """Make it the current row, in the tab 全部 without filters when this one hides it.

        One whose row is not here yet becomes it when it comes, unless another was pointed at.
        """
        if self._choose(row_id):
            return True
        if row_id not in self.model.rows:
            self._awaited = row_id
            self._pointing.stop()  # what was pointed at before is not wanted any more
            return False
        self.only.drop()
        self.show_town("", "")
        self.head.field.clear()
        self.model.search("")
        self.model.choose_chips(frozenset())
        self.head.show_chips()
        self.rail.choose(ALL)
        return self._choose(row_id)

    def show_town(self, town: str, name: str) -> None:
        """Show one town's incidents alone, by its code and name; nothing: all again."""
        self.model.choose_town(town)
        self.town_bar.show_town(name)
        self._tell_empty()
        if self.list.current_id() == "" and self.model.rowCount():
            self.list.go_to(0)

    @Slot()
    def leave(self) -> None:
        """Leave a number's list, else a town's queue, when one is shown."""
        if self.only.drilled is not None:
            self.only.leave()
        elif self.model.town:
            self.show_town("", "")

    def _choose(self, row_id: str) -> bool:
        """Point at it, also when it is current already: the pane may show another one."""
        found = self.list.choose(row_id)
        if found:
            self._on_pointed(row_id)
        return found

    def stop(self) -> None:
        """Point at nothing any more: the window closes."""
        self._pointing.stop()

    def toggle(self, chip: Chip) -> None:
        """Turn a filter on or off."""
        self.head.toggle(chip)

    def choose_tab(self, place: int) -> None:
        """Choose a tab by its place in the rail, from 0."""
        tabs = self.rail.tabs()
        if 0 <= place < len(tabs):
            self.rail.choose(tabs[place])

    @Slot()
    def next_row(self) -> None:
        """Go to the next row that is due."""
        self.list.step(1)

    @Slot()
    def next_sorting(self) -> None:
        """Sort in the other way."""
        self.head.next_sorting()

    @Slot()
    def search(self) -> None:
        """Put the keys into the search field."""
        self.head.field.setFocus()
        self.head.field.selectAll()

    @Slot(object)
    def _on_reset(self, rows: tuple[QueueRow, ...]) -> None:
        awaited = self._awaited
        self.model.reset_rows(rows)
        self.only.take_reset()
        self._tell_empty()
        self._take_up(awaited)

    @Slot(object)
    def _on_changed(self, changed: RowsChanged) -> None:
        awaited = self._awaited
        self.model.change_rows(changed.rows, changed.gone, changed.by_others)
        self.only.take_changed(changed)
        self._tell_empty()
        self._take_up(awaited)

    def _take_up(self, awaited: str) -> None:
        """Go to the row that is awaited; with the keys here and no current row to the first one.

        Qt itself takes the first one when the keys come: whether rows or keys come first must
        make no difference.
        """
        if awaited:
            if self._awaited != awaited:  # a row that left has moved the current one, no hand
                self._awaited = awaited
                self._pointing.stop()
                self.pointing.emit(awaited)
            if awaited in self.model.rows:
                self.show_incident(awaited)
        elif self.list.hasFocus() and not self.list.current_id() and self.model.rowCount():
            self.list.go_to(0)

    @Slot(object)
    def _on_second(self, _now: int) -> None:
        self.model.turn_lights()
        self.list.viewport().update()

    @Slot(object)
    def _on_tab(self, tab: Tab) -> None:
        self.model.choose_tab(tab)
        if self.list.current_id() == "" and self.model.rowCount():
            self.list.go_to(0)
        self._tell_empty()

    @Slot(int)
    def _on_tab_stepped(self, by: int) -> None:
        self.rail.step(by)

    @Slot(str)
    def _on_searched(self, text: str) -> None:
        if text.strip() == self.model.text:
            return
        self.model.search(text)
        self._tell_empty()
        if self.model.text:
            asked = self.model.text
            found = _Found(self, asked)
            self._live.run(self._live.desk.search(asked, _FOUND_MOST), found.rows, found.failed)
            self._live.run(self._live.desk.items(asked), found.items, found.failed)

    def take_found(self, asked: str, rows: tuple[QueueRow, ...]) -> None:
        """Show what the desk found, unless something else has been typed since."""
        if asked == self.model.text:
            self.model.found(rows)
            self._tell_empty()

    def take_items(self, asked: str, items: tuple[ItemChoice, ...]) -> None:
        """Show the rows of the items that the text means."""
        if asked == self.model.text:
            self.model.found_items(frozenset(item.code for item in items))
            self._tell_empty()

    @Slot(object)
    def _on_chips(self, chips: frozenset[Chip]) -> None:
        self.model.choose_chips(chips)
        self._tell_empty()

    @Slot(object)
    def _on_sorting(self, sorting: Sorting) -> None:
        self.model.choose_sorting(sorting)

    @Slot(bool)
    def _on_left(self, opens: bool) -> None:
        if opens and self.head.field.text().strip() != self.model.text:
            self._on_searched(self.head.field.text())
        self.list.setFocus()
        if self.list.current_id() == "" and self.model.rowCount():
            self.list.go_to(0)
        if opens and self.list.current_id():
            self.opened.emit(self.list.current_id())

    @Slot(str)
    def _on_pointed(self, row_id: str) -> None:
        self._awaited = ""
        self._pointing.start()
        self.pointing.emit(row_id)

    @Slot()
    def _on_rested(self) -> None:
        here = self.list.current_id()
        (self.pointed if here else self.pointing).emit(here)

    @Slot()
    def _on_selection(self) -> None:
        self.foot.show_chosen(len(self.list.selectionModel().selectedRows()))

    def _tell_empty(self) -> None:
        if self.model.text:
            words = tr("没有找到“{text}”。Esc 清除").format(text=self.model.text)
        elif self.model.chips:
            words = tr("筛选之下没有事件。再按一次筛选即可取消")
        elif self.model.only is not None:
            words = tr("这个数字背后的事件都不在这一类。Esc 回去")
        elif self.model.town:
            words = tr("{town}没有这一类未结事件。Esc 看全市").format(town=self.town_bar.town)
        elif self.model.tab is ALL:
            words = tr("没有未结事件。Ctrl+N 上报")
        else:
            words = tr("没有{name}事件。→ 看下一类").format(name=self.model.tab.name)
        self.list.empty_words = words
        self.list.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class _Found:
    """What was asked for a text; a failed search leaves what the rows themselves hold."""

    def __init__(self, panel: QueuePanel, asked: str) -> None:
        self._panel = panel
        self._asked = asked

    def rows(self, rows: tuple[QueueRow, ...]) -> None:
        self._panel.take_found(self._asked, rows)

    def items(self, items: tuple[ItemChoice, ...]) -> None:
        self._panel.take_items(self._asked, items)

    def failed(self, _error: BaseException) -> None:
        self._panel.take_found(self._asked, ())
