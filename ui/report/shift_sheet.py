"""The shift panel: charts or numbers at the left, the report with its preview at the right."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from dispatch.desk.views_report import Numbers
from dispatch.domain.errors import ZhiwangError
from ui.acts.part_title import PartTitle
from ui.acts.sheet import Sheet
from ui.acts.sheet_head import SheetHead
from ui.acts.upright import Upright
from ui.charts.shift_charts import ChartsPanel
from ui.live import Live
from ui.look.theme import Theme
from ui.report import span
from ui.report.door import Made, ReportDoor
from ui.report.number_list import NumberList
from ui.report.pages import Pages
from ui.report.preview import ReportPreview

SIZE: Final = QSize(1320, 900)
_PAGES_WIDE: Final = 640


@dataclass(frozen=True, slots=True)
class Shown:
    """The folder that reports are written to, the title, whether the numbers come first."""

    out: Path
    title: str
    numbers: bool = False


class ShiftSheet(Sheet):
    """Enter issues the report; the left arrow shows the shift before, the right one this one.

    G turns from charts to numbers and back; drilled(Drilled): a number's list is wanted.
    """

    drilled = Signal(object)

    def __init__(
        self,
        theme: Theme,
        host: QWidget,
        asked: tuple[Live, ReportDoor],
        now: Callable[[], int],
        shown: Shown,
    ) -> None:
        super().__init__(theme, host, SIZE.width(), SIZE.height())
        self._live, self._door = asked
        self._now = now
        self._out = shown.out
        self.span = span.running(now())
        self.title = PartTitle(theme, "", "", self)
        self.charts = ChartsPanel(theme, self)
        self.numbers = NumberList(theme, self)
        self.numbers.drilled.connect(self.drilled)
        self.numbers.focused.connect(self._on_numbers_focused)
        self.left = QStackedWidget(self)
        self.left.addWidget(self.charts)
        self.left.addWidget(self.numbers)
        self.left.setCurrentIndex(int(shown.numbers))
        self.preview = ReportPreview(theme, self)
        self.pages = Pages(self)
        self.pages.ready.connect(self._on_pages)
        self.body.addLayout(self._sides())
        self.fill_foot(self.tr("出报告"), "", self.tr("写成 PDF、CSV 和 figures.json，并留痕"))
        self.build(SheetHead(theme, shown.title, None, None, self))
        self._load()

    def _sides(self) -> QHBoxLayout:
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 4, 16, 0)
        head.addWidget(self.title)
        left.addLayout(head)
        left.addWidget(self.left, 1)
        area = QScrollArea(self)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.preview)
        sides = QHBoxLayout()
        sides.setSpacing(0)
        sides.addLayout(left, 1)
        sides.addWidget(Upright(self.theme, self))
        sides.addWidget(area, 1)
        return sides

    def leave_word(self) -> str:
        """Nothing is given up by leaving."""
        return self.tr("关闭")

    def first(self) -> QWidget:
        """The numbers when they come first; else the sheet, for arrows and Enter need no field."""
        return self.numbers if self.left.currentWidget() is self.numbers else self

    def _load(self) -> None:
        self.title.say(span.words(self.span), self.tr("← 上一班　→ 本班　G 图表、数字"))
        self.numbers.clear()
        self.preview.show_message(self.tr("按 Enter 出报告，这里看各页。"))
        try:
            self._live.run(self._door.charts(*self.span), self.charts.show_charts, self.show_error)
            self._ask_numbers()
        except ZhiwangError as error:
            self.show_error(error)

    def _ask_numbers(self) -> None:
        answer = _Counted(self, self.span)
        self._live.run(self._door.numbers(*self.span), answer.take, self.show_error)

    def take_numbers(self, of: tuple[int, int], told: Numbers) -> None:
        """Show them, unless another period has been chosen since."""
        if of == self.span:
            self.numbers.show_numbers(told)

    def do(self, *, follow: bool) -> None:
        """Issue the report of the shift that is shown, up to now."""
        if not self.primary.isEnabled():
            return
        self.primary.setEnabled(False)
        self.say_error("")
        self.preview.show_message(self.tr("正在写报告……"))
        try:
            promise = self._door.issue_report(*self.span, self._folder())
        except ZhiwangError as error:
            self.show_error(error)
            return
        self._live.run(promise, self._on_made, self.show_error)

    def _folder(self) -> Path:
        return self._out / span.folder(self.span)

    @Slot(bool)
    def _on_numbers_focused(self, focused: bool) -> None:
        """Enter opens a number's list while the list has the keys."""
        self.primary.key = "Ctrl Enter" if focused else "Enter"
        self.primary.updateGeometry()
        self.primary.update()

    @Slot(object)
    def _on_made(self, made: Made) -> None:
        self.primary.setEnabled(True)
        self.preview.show_made(made)
        self.say_note(self.tr("已写入 {folder}").format(folder=str(self._folder())))
        self._ask_numbers()
        pdf = next((path for path in made.paths if path.suffix == ".pdf"), None)
        if pdf is not None:
            self.pages.render(pdf, round(_PAGES_WIDE * self.devicePixelRatioF()))

    @Slot(object)
    def _on_pages(self, files: tuple[Path, ...]) -> None:
        self.preview.show_pages(files)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Left:
            self.span = span.before(self.span)
            self._load()
        elif event.key() == Qt.Key.Key_Right:
            self.span = span.running(self._now())
            self._load()
        elif event.key() == Qt.Key.Key_G:
            self._turn()
        else:
            super().keyPressEvent(event)

    def _turn(self) -> None:
        """From charts to numbers and back; the keys go with them."""
        numbers = self.left.currentWidget() is self.charts
        self.left.setCurrentWidget(self.numbers if numbers else self.charts)
        self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def close_sheet(self) -> None:
        """Leave no renderer behind."""
        self.pages.stop()
        super().close_sheet()


class _Counted(QObject):
    """Numbers on their way to the period that they were asked for; it goes with the sheet."""

    def __init__(self, sheet: ShiftSheet, of: tuple[int, int]) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self._of = of

    @Slot(object)
    def take(self, told: Numbers) -> None:
        """Hand them over, once."""
        self._sheet.take_numbers(self._of, told)
        self.deleteLater()
