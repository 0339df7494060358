"""The head of the queue: tab and count, sorting, search field and chips."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from ui.look.painting import Writer, hairline
from ui.look.theme import Theme
from ui.queue.chip import ChipButton
from ui.queue.model import QueueModel
from ui.queue.order import Chip, Sorting
from ui.queue.search_field import SearchField
from ui.tongue import tr

HEIGHT: Final = 80
SHORT_BELOW: Final = 480
_TYPED_MS: Final = 120
_MENU: Final = (
    (Chip.RED, tr("只看红灯")),
    (Chip.YELLOW, tr("只看黄灯")),
    (Chip.P1, tr("只看 P1")),
    (Chip.CONTESTED, tr("只看争议")),
    (Chip.UNSENT, tr("只看待传")),
    (Chip.PHOTO, tr("只看有照片")),
)


class Head(QWidget):
    """searched(text) once typing rests, chips_chosen(frozenset), sorting_chosen(Sorting)."""

    searched = Signal(str)
    chips_chosen = Signal(object)
    sorting_chosen = Signal(object)

    def __init__(self, model: QueueModel, theme: Theme, parent: QWidget | None = None) -> None:
        """Show tab, counts and sorting of the model."""
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.field = SearchField(theme, self)
        words = {
            Chip.RED: (tr("红灯"), tr("红")),
            Chip.YELLOW: (tr("黄灯"), tr("黄")),
            Chip.P1: ("P1", "P1"),
        }
        self.chips = [ChipButton(chip, words[chip], theme, self) for chip in words]
        self._menu = QMenu(self)
        self._actions = [self._action(chip, name) for chip, name in _MENU]
        self._typed = QTimer(self, singleShot=True, interval=_TYPED_MS)
        self._typed.timeout.connect(self._on_typed)
        self.field.textChanged.connect(self._on_text)
        for chip in self.chips:
            chip.clicked.connect(self._on_chip)
        model.counted.connect(self._on_counted)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def toggle(self, chip: Chip) -> None:
        """Turn a filter on or off, as a press on its chip does."""
        self.chips_chosen.emit(self._model.chips ^ {chip})
        self.show_chips()

    def show_chips(self) -> None:
        """Show which filters are on."""
        for button in self.chips:
            button.setChecked(button.chip in self._model.chips)
        for action, (chip, _) in zip(self._actions, _MENU, strict=True):
            action.setChecked(chip in self._model.chips)
        self.update()

    def _action(self, chip: Chip, name: str) -> QAction:
        action = self._menu.addAction(name)
        action.setCheckable(True)
        action.setData(chip.value)
        action.triggered.connect(self._on_action)
        return action

    def _sort_spot(self) -> QRect:
        px = self._theme.px
        width = round(self._theme.fonts.width(self._model.rows.sorting.value, 13)) + px(30)
        return QRect(self.width() - px(14 + 30) - width, px(6), width, px(32))

    def _filter_spot(self) -> QRect:
        px = self._theme.px
        return QRect(self.width() - px(14 + 26), px(6), px(30), px(32))

    def _place(self) -> None:
        px = self._theme.px
        short = self.width() < px(SHORT_BELOW)
        self.field.setPlaceholderText(tr("搜索") if short else tr("名称、拼音、编号、地点"))
        right = self.width() - px(14)
        for chip in reversed(self.chips):
            chip.set_short(short)
            size = chip.sizeHint()
            right -= size.width()
            chip.setGeometry(right, px(43), size.width(), size.height())
            right -= px(8)
        self.field.setGeometry(px(14), px(42), right - px(14), px(32))

    @Slot()
    def _on_theme(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self._place()
        self.update()

    @Slot()
    def _on_counted(self) -> None:
        tally = self._model.rows.tally(self._model.tab.key)
        counts = {Chip.RED: tally.red, Chip.YELLOW: tally.yellow, Chip.P1: tally.p1}
        for chip in self.chips:
            chip.set_count(counts[chip.chip])
        self._place()
        self.update()

    @Slot()
    def _on_text(self) -> None:
        self._typed.start()

    @Slot()
    def _on_typed(self) -> None:
        self.searched.emit(self.field.text())

    @Slot()
    def _on_chip(self) -> None:
        button = self.sender()
        if isinstance(button, ChipButton):
            self.toggle(button.chip)

    @Slot()
    def _on_action(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.toggle(Chip(action.data()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._filter_spot().contains(point):
            self._menu.popup(self.mapToGlobal(QPoint(point.x(), self._filter_spot().bottom())))
        elif self._sort_spot().contains(point):
            self.next_sorting()

    def next_sorting(self) -> None:
        """Take the other sorting."""
        kinds = list(Sorting)
        here = kinds.index(self._model.rows.sorting)
        self.sorting_chosen.emit(kinds[(here + 1) % len(kinds)])
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), tokens.panel)
        write = Writer(painter, theme.fonts)
        middle = px(22)
        x = px(14) + write.text(
            (px(14), middle), self._model.tab.name, tokens.text_1, 16, bold=True
        )
        total = self._model.rows.tally(self._model.tab.key).all
        shown = self._model.rowCount() - self._model.pinned_beside()
        said = f"{total:,}" if shown == total else f"{shown:,} / {total:,}"
        if self._model.only is not None:  # a number's list holds ended ones too
            said = f"{shown:,}"
        write.text((x + px(8), middle), said, tokens.text_2, 16)
        sort, filters = self._sort_spot(), self._filter_spot()
        write.text((sort.left(), middle), self._model.rows.sorting.value, tokens.text_2, 13)
        at = (sort.right() - px(10), middle)
        theme.icons.draw(painter, "arrow-down-wide-narrow", at, tokens.text_2)
        ink = tokens.blue if self._model.chips else tokens.text_2
        theme.icons.draw(painter, "list-filter", (filters.center().x(), middle), ink)
        hairline(painter, 0, self.height() - 1, self.width(), tokens.line)
