"""The shift panel: charts at the left, the report with its preview at the right."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

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
from ui.report.pages import Pages
from ui.report.preview import ReportPreview

SIZE: Final = QSize(1320, 900)
_PAGES_WIDE: Final = 640


class ShiftSheet(Sheet):
    """Enter issues the report; the left arrow shows the shift before, the right one this one."""

    def __init__(
        self,
        theme: Theme,
        host: QWidget,
        asked: tuple[Live, ReportDoor],
        now: Callable[[], int],
        given: tuple[Path, str],
    ) -> None:
        """`given` are the folder that reports are written to, and the title: 交接班, 图表, 报告."""
        super().__init__(theme, host, SIZE.width(), SIZE.height())
        self._live, self._door = asked
        self._now = now
        self._out, title = given
        self.span = span.running(now())
        self.title = PartTitle(theme, "", "", self)
        self.charts = ChartsPanel(theme, self)
        self.preview = ReportPreview(theme, self)
        self.pages = Pages(self)
        self.pages.ready.connect(self._on_pages)
        self.body.addLayout(self._sides())
        self.fill_foot(self.tr("出报告"), "", self.tr("写成 PDF、CSV 和 figures.json，并留痕"))
        self.build(SheetHead(theme, title, None, None, self))
        self._load()

    def _sides(self) -> QHBoxLayout:
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 4, 16, 0)
        head.addWidget(self.title)
        left.addLayout(head)
        left.addWidget(self.charts, 1)
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
        """The sheet itself: arrows and Enter need no field."""
        return self

    def _load(self) -> None:
        self.title.say(span.words(self.span), self.tr("← 上一班　→ 本班"))
        self.preview.show_message(self.tr("按 Enter 出报告，这里看各页。"))
        try:
            self._live.run(self._door.charts(*self.span), self.charts.show_charts, self.show_error)
        except ZhiwangError as error:
            self.show_error(error)

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

    @Slot(object)
    def _on_made(self, made: Made) -> None:
        self.primary.setEnabled(True)
        self.preview.show_made(made)
        self.say_note(self.tr("已写入 {folder}").format(folder=str(self._folder())))
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
        else:
            super().keyPressEvent(event)

    def close_sheet(self) -> None:
        """Leave no renderer behind."""
        self.pages.stop()
        super().close_sheet()
