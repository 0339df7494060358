"""The report panel: charts or numbers at the left, the report with its preview at the right."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QObject, QRect, QSize, Qt, QTemporaryDir, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from dispatch.desk.views_report import Numbers, Period
from dispatch.domain.errors import ZhiwangError
from dispatch.reports.shift_input import Variant
from ui.acts.button import KeyButton
from ui.acts.part_title import PartTitle
from ui.acts.sheet import Sheet
from ui.acts.sheet_head import SheetHead
from ui.acts.upright import Upright
from ui.charts.shift_charts import ChartsPanel
from ui.door import Promise
from ui.live import Live
from ui.look.theme import Theme
from ui.report import period as periods
from ui.report.door import Made, ReportDoor
from ui.report.number_list import NumberList
from ui.report.pages import Pages
from ui.report.paper import Paper
from ui.report.period_bar import PeriodBar, next_beside, next_formats, variant_of
from ui.report.preview import ReportPreview
from ui.report.special import SpecialForm
from ui.takers import Newest

T = TypeVar("T")

SIZE: Final = QSize(1320, 900)
_PAGES_WIDE: Final = 640


@dataclass(frozen=True, slots=True)
class Shown:
    """The folder that reports are written to, the title, whether the numbers come first."""

    out: Path
    title: str
    numbers: bool = False


class ShiftSheet(Sheet):
    """Enter issues the report, V previews it, P prints what was issued.

    1 to 5 choose its kind, the arrows its period, B what it is compared with, F what it is
    written as. G turns from charts to numbers and back; drilled(Drilled): a number's list is
    wanted. Esc gives up what is being made, then leaves.
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
        self._making: _Making | None = None
        self._charts, self._told = Newest(self._live.run), Newest(self._live.run)
        self._pdf: Path | None = None
        self.period = periods.running(Variant.SHIFT, now())
        self.formats = self._door.usual
        self.bar = PeriodBar(theme, self)
        self.title = PartTitle(theme, "", "", self)
        self.charts = ChartsPanel(theme, self)
        self.numbers = NumberList(theme, self)
        self.left = QStackedWidget(self)
        self.left.addWidget(self.charts)
        self.left.addWidget(self.numbers)
        self.left.setCurrentIndex(int(shown.numbers))
        self.preview = ReportPreview(theme, self)
        self.pages = Pages(self)
        self.paper = Paper(self)
        self.body.addWidget(self.bar)
        self.body.addLayout(self._sides())
        self.fill_foot(self.tr("出报告"), "", self.tr("写成文件并留痕"))
        self._join()
        self.build(SheetHead(theme, shown.title, None, None, self))
        self._load()

    def _join(self) -> None:
        self.numbers.drilled.connect(self.drilled)
        self.preview.number_wanted.connect(self._on_number)
        self.preview.focused.connect(self._on_numbers_focused)
        self.numbers.focused.connect(self._on_numbers_focused)
        self.bar.variant_chosen.connect(self._on_variant)
        self.bar.compare_wanted.connect(self._on_compare)
        self.bar.format_wanted.connect(self._on_format)
        self.bar.moved.connect(self._on_moved)
        self.pages.ready.connect(self.preview.show_pages)
        self.paper.told.connect(self.say_note)
        self.look = KeyButton(self.theme, self.tr("预览"), "V", parent=self)
        self.look.clicked.connect(self._on_look)
        self.print = KeyButton(self.theme, self.tr("打印"), "P", parent=self)
        self.print.clicked.connect(self._on_print)
        self.foot.insertWidget(1, self.look)
        self.foot.insertWidget(2, self.print)

    def _sides(self) -> QHBoxLayout:
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.addWidget(self.title)
        left.addLayout(head)
        left.addWidget(self.left, 1)
        area = QScrollArea(self)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.preview)
        self._area = area
        self.preview.moved.connect(self._on_number_moved)
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

    # The period.

    def choose(self, period: Period) -> None:
        """Show another report; what is being made of the former one is given up."""
        self._give_up()
        self.period = period
        self._load()

    def _load(self) -> None:
        self.pages.stop()
        self._pdf = None
        self.print.setEnabled(False)
        charted = self.period.variant in periods.CHARTED
        if not charted and self.left.currentWidget() is self.charts:
            self.left.setCurrentWidget(self.numbers)
        turn = self.tr("G 图表、数字") if charted else ""
        self.title.say(periods.words(self.period), turn)
        self.bar.show_period(self.period, self.formats)
        self.numbers.clear()
        self.say_error("")
        self.say_note(self.tr("写成文件并留痕"))
        self.preview.show_message(self.tr("按 V 预览，各页显示在这里。"))
        try:
            if charted:
                span = (self.period.from_at, self.period.to_at)
                promise = self._door.charts(*span)
                self._ask(self._charts, promise, self.charts.show_charts)
            self._ask_numbers()
        except ZhiwangError as error:
            self.show_error(error)

    def _ask_numbers(self) -> None:
        self._ask(self._told, self._door.numbers(self.period), self._show_numbers)

    def _show_numbers(self, told: Numbers) -> None:
        self.numbers.show_numbers(told)
        self.preview.list_numbers(frozenset(each.id for each in told.numbers))

    @Slot(str, bool)
    def _on_number(self, figure: str, whole: bool) -> None:
        self.numbers.open_number(figure, whole=whole)

    @Slot(QRect)
    def _on_number_moved(self, at: QRect) -> None:
        self._area.ensureVisible(at.center().x(), at.center().y(), 0, at.height() + 60)

    def _ask(self, question: Newest, promise: Promise[T], take: Callable[[T], None]) -> None:
        """Bring the answer, unless another period has been chosen by then."""
        answer = _Answer(self, take)
        question.run(promise, answer.take, answer.fail)

    @Slot(object)
    def _on_variant(self, variant: Variant) -> None:
        chosen = periods.running(variant, self._now())
        if variant is not Variant.SPECIAL:
            self.choose(chosen)
            return
        self.bar.show_period(self.period, self.formats)  # until the form says which
        form = SpecialForm(self.theme, self, chosen, self._now)
        form.chosen.connect(self.choose)
        form.open()

    @Slot()
    def _on_compare(self) -> None:
        if self.period.variant in periods.COMPARED:
            self.choose(replace(self.period, beside=next_beside(self.period.beside)))

    @Slot()
    def _on_format(self) -> None:
        self.formats = next_formats(self.formats, self._door.formats, self._door.usual)
        self.bar.show_period(self.period, self.formats)

    @Slot(int)
    def _on_moved(self, by: int) -> None:
        now = self._now()
        moved = periods.before(self.period) if by < 0 else periods.after(self.period, now)
        if moved != self.period:
            self.choose(moved)

    # The report.

    def do(self, *, follow: bool) -> None:
        """Issue the report of the period that is shown, up to now."""
        self._make(kept=True)

    @Slot()
    def _on_look(self) -> None:
        self._make(kept=False)

    def _make(self, *, kept: bool) -> None:
        if self._making is not None:
            return
        making = self._making = _Making(self, kept=kept)
        self.primary.setEnabled(False)
        self.look.setEnabled(False)
        self.say_error("")
        doing = self.tr("正在写报告……Esc 停下") if kept else self.tr("正在排版预览……Esc 停下")
        self.preview.show_message(doing)
        folder = self._folder() if kept else making.folder()
        try:
            if kept:
                promise = self._door.issue(self.period, folder, self.formats, making.stop)
            else:
                promise = self._door.preview(self.period, folder, making.stop)
        except ZhiwangError as error:
            making.fail(error)
            return
        self._live.run(promise, making.take, making.fail)

    def _folder(self) -> Path:
        return self._out / periods.folder(self.period)

    def _give_up(self) -> bool:
        """Let go of what is being made; True when there was something."""
        making, self._making = self._making, None
        if making is None:
            return False
        making.stop.set()
        self.primary.setEnabled(True)
        self.look.setEnabled(True)
        self.preview.show_message(self.tr("已停下，什么也没有写。V 预览，Enter 出报告"))
        return True

    def take_made(self, making: "_Making", made: Made) -> None:
        """Show what was made, unless it was given up."""
        if making is not self._making:
            return
        self._making = None
        self.primary.setEnabled(True)
        self.look.setEnabled(True)
        self.preview.show_made(made, kept=making.kept)
        pdf = next((path for path in made.paths if path.suffix == ".pdf"), None)
        if making.kept:
            self.say_note(self.tr("已写入 {folder}").format(folder=str(self._folder())))
            self._pdf = pdf
            self.print.setEnabled(pdf is not None)
        self._ask_numbers()  # as the pages have them
        if pdf is not None:
            self.pages.render(pdf, round(_PAGES_WIDE * self.devicePixelRatioF()))

    def take_failed(self, making: "_Making", error: BaseException) -> None:
        """Say why it was not made, unless it was given up; it can be tried again."""
        if making is self._making:
            self._making = None
            self.look.setEnabled(True)
            self.preview.show_message(self.tr("按 V 预览，各页显示在这里。"))
            self.show_error(error)

    @Slot()
    def _on_print(self) -> None:
        if self._pdf is not None:
            self.paper.put(self._pdf)
        else:
            self.say_note(self.tr("先按 Enter 出报告（含 PDF），再打印"))

    @Slot(bool)
    def _on_numbers_focused(self, focused: bool) -> None:
        """Enter opens a number's list while the list has the keys."""
        self.primary.key = "Ctrl Enter" if focused else "Enter"
        self.primary.updateGeometry()
        self.primary.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        asks = {
            Qt.Key.Key_G: self._turn,
            Qt.Key.Key_B: self._on_compare,
            Qt.Key.Key_F: self._on_format,
            Qt.Key.Key_V: self._on_look,
            Qt.Key.Key_P: self._on_print,
        }
        variant = variant_of(event.key())
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._on_moved(-1 if key is Qt.Key.Key_Left else 1)
        elif variant is not None:
            self._on_variant(variant)
        elif key in asks:
            asks[key]()
        elif key == Qt.Key.Key_Escape and self._give_up():
            event.accept()
        else:
            super().keyPressEvent(event)

    def _turn(self) -> None:
        """From charts to numbers and back; the keys go with them."""
        if self.period.variant not in periods.CHARTED:
            return
        numbers = self.left.currentWidget() is self.charts
        self.left.setCurrentWidget(self.numbers if numbers else self.charts)
        self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def close_sheet(self) -> None:
        """Leave no renderer behind, and nothing half made."""
        self._give_up()
        self.pages.stop()
        super().close_sheet()


class _Making(QObject):
    """A report on its way; a preview's folder lives as long as this."""

    def __init__(self, sheet: ShiftSheet, *, kept: bool) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self._folder = QTemporaryDir()
        self.kept = kept
        self.stop = Event()

    def folder(self) -> Path:
        """Return a folder of its own, gone with it."""
        return Path(self._folder.path())

    @Slot(object)
    def take(self, made: Made) -> None:
        """Hand over what was made."""
        self._sheet.take_made(self, made)

    @Slot(object)
    def fail(self, error: BaseException) -> None:
        """Hand over why it was not."""
        self._sheet.take_failed(self, error)


class _Answer(QObject, Generic[T]):
    """An answer on its way to the period that it was asked for; it goes with the sheet."""

    def __init__(self, sheet: ShiftSheet, take: Callable[[T], None]) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self._of = sheet.period
        self._take = take

    def take(self, answer: T) -> None:
        """Hand it over, once."""
        if self._of == self._sheet.period:
            self._take(answer)
        self.deleteLater()

    def fail(self, error: BaseException) -> None:
        """Say why there is none."""
        if self._of == self._sheet.period:
            self._sheet.show_error(error)
        self.deleteLater()
