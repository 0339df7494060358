"""The export dialog: a list, a file and its format, why in clear if at all; the run and its end."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from dispatch.desk.views_export import (
    Cut,
    ExportOrder,
    ExportProgress,
    ExportResult,
    FileThere,
    Format,
    What,
)
from ui.acts.button import KeyButton
from ui.acts.choice_entry import ChoiceEntry
from ui.acts.field_row import FieldRow
from ui.acts.line_entry import LineEntry
from ui.acts.sheet_head import SIDE, SheetHead
from ui.door import Promise
from ui.files.running_sheet import Latest, RunningSheet
from ui.files.words import word
from ui.live import Live
from ui.look.theme import Theme
from ui.wording import told

WIDE: Final = 760
_ENDINGS: Final = {
    Qt.Key.Key_1: Format.XLSX,
    Qt.Key.Key_2: Format.CSV,
    Qt.Key.Key_3: Format.GEOJSON,
}


class ExportDoor(Protocol):
    """What the dialog asks of the desk."""

    def export(self, order: ExportOrder) -> Promise[ExportResult]:
        """Write a list to a file."""
        ...


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What can go out: the list, what of it, its title with its count, the proposed file.

    `may_reveal`: who sits here may have personal data in clear, and the list has some.
    """

    what: What
    cut: Cut
    title: str
    file: Path
    may_reveal: bool


class ExportSheet(RunningSheet):
    """Enter writes the file; Ctrl 1, 2, 3 take a format; Esc stops a run, then leaves.

    Shift Tab goes to the lists, where a digit or an arrow takes another one.
    """

    def __init__(
        self,
        theme: Theme,
        host: QWidget,
        asked: tuple[Live, ExportDoor],
        offered: tuple[Outgoing, ...],
    ) -> None:
        """The first of the offered lists is proposed."""
        live, self._door = asked
        super().__init__(theme, host, WIDE, live)
        self._offered = offered
        outgoing = self.outgoing = offered[0]
        words = tuple((each.what.value, each.title) for each in offered)
        self.lists = ChoiceEntry(theme, "list", words, self)
        self.lists.show_choice(outgoing.what.value)
        self.lists.chosen.connect(self._on_list)
        self.result: ExportResult | None = None
        self._order: ExportOrder | None = None
        self._over: Path | None = None
        self._latest = Latest[ExportProgress]()
        self.file = LineEntry(theme, "file", self.tr("以 .xlsx、.csv 或 .geojson 结尾"), self)
        self.file.setText(str(outgoing.file))
        self.reason = LineEntry(theme, "reveal", self.tr("不填则遮蔽；填了会留痕"), self)
        self._fill_body()
        self.fill_foot(self.tr("导出"), "", self._masked_words())
        self.build(SheetHead(theme, self.tr("导出"), None, None, self))

    def _fill_body(self) -> None:
        theme = self.theme
        column = QVBoxLayout()
        column.setContentsMargins(SIDE, 14, SIDE, 14)
        column.setSpacing(10)
        column.addWidget(FieldRow(theme, self.tr("清单"), self.lists, True, self))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(FieldRow(theme, self.tr("文件"), self.file, True, self), 1)
        browse = KeyButton(theme, self.tr("选文件"), "Ctrl O", parent=self)
        browse.clicked.connect(self.browse)
        line.addWidget(browse, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        formats = QHBoxLayout()
        formats.setSpacing(8)
        formats.setContentsMargins(theme.px(78), 0, 0, 0)
        for title, cap, slot in (
            ("XLSX", "Ctrl 1", self.take_xlsx),
            ("CSV", "Ctrl 2", self.take_csv),
            ("GeoJSON", "Ctrl 3", self.take_geojson),
        ):
            button = KeyButton(theme, title, cap, parent=self)
            button.clicked.connect(slot)
            formats.addWidget(button)
        formats.addStretch(1)
        column.addLayout(formats)
        self._why = FieldRow(theme, self.tr("明文理由"), self.reason, False, self)
        self._why.setVisible(self.outgoing.may_reveal)
        column.addWidget(self._why)
        column.addWidget(self.bar)
        column.addStretch(1)
        self.body.addLayout(column)

    def _masked_words(self) -> str:
        return self.tr("文件写明导出人、席位和时间")

    def first(self) -> QWidget:
        """The file's line."""
        return self.file

    # Choosing.

    @Slot(object)
    def _on_list(self, what: str) -> None:
        """Take another list; a file that somebody has named stays."""
        former = self.outgoing
        self.outgoing = next(each for each in self._offered if each.what == what)
        path = Path(self.file.text().strip())
        if path.with_suffix("") == former.file.with_suffix(""):
            self.file.setText(str(self.outgoing.file.with_suffix(path.suffix)))
        self._why.setVisible(self.outgoing.may_reveal)
        self._over = None
        self.say_error("")
        self.say_note(self._masked_words())

    @Slot()
    def browse(self) -> None:
        """Choose the file in the system's dialog, which asks before it takes one that is there."""
        kinds = "XLSX (*.xlsx);;CSV (*.csv);;GeoJSON (*.geojson)"
        words = self.tr("导出")
        name, _ = QFileDialog.getSaveFileName(self, words, self.file.text(), kinds)
        if name:
            self.file.setText(name)
            self._over = Path(name)

    @Slot()
    def take_xlsx(self) -> None:
        """Write XLSX."""
        self._take(Format.XLSX)

    @Slot()
    def take_csv(self) -> None:
        """Write CSV."""
        self._take(Format.CSV)

    @Slot()
    def take_geojson(self) -> None:
        """Write GeoJSON."""
        self._take(Format.GEOJSON)

    def _take(self, format_: Format) -> None:
        path = Path(self.file.text().strip() or self.outgoing.file.name)
        known = path.suffix.lower().removeprefix(".") in set(Format)
        name = f"{path.stem if known else path.name}.{format_.value}"
        self.file.setText(str(path.with_name(name)))

    # Running.

    def do(self, *, follow: bool) -> None:
        """Write the file; a second time over one that is there."""
        if self.running:
            return
        text = self.file.text().strip()
        path = Path(text).expanduser()
        ending = path.suffix.lower().removeprefix(".")
        if not text or ending not in set(Format):
            self.say_error(self.tr("文件名要以 .xlsx、.csv 或 .geojson 结尾"))
            self.file.setFocus()
            return
        outgoing, latest = self.outgoing, Latest[ExportProgress]()
        order = ExportOrder(
            *(outgoing.what, path, Format(ending), word, outgoing.cut),
            force=self._over == path,
            make_folder=path.parent == outgoing.file.parent,
            reveal=self.reason.text().strip() if outgoing.may_reveal else "",
            on_progress=latest.take,
        )
        self._order, self._latest, self.result = order, latest, None
        self.say_error("")
        self.begin(order.stop, self.tr("正在写入……按 Esc 停下"))
        self.ask(lambda: self._door.export(order), self._on_result)

    def look(self) -> None:
        """Say how many rows are written."""
        progress = self._latest.progress
        if progress is not None:
            self.bar.setValue(round(progress.part * 1000))
            self.say_note(told(self.tr("已写 {rows} 行　按 Esc 停下"), rows=progress.rows))

    @Slot(object)
    def _on_result(self, result: ExportResult) -> None:
        self.result = result
        self._over = None
        self.end()
        if result.cancelled:
            self.say_note(self.tr("停下了，没有留下文件"))
            return
        shown = self.tr("个人信息已遮蔽") if result.masked else self.tr("含明文个人信息")
        words = self.tr("已写入 {path}，{rows} 行，{shown}")
        self.say_note(words.format(path=str(result.path), rows=result.rows, shown=shown))

    def show_error(self, error: BaseException) -> None:
        """Say what is wrong; Enter again goes over a file that is there."""
        self.end()
        self.say_note(self._masked_words())
        if isinstance(error, FileThere) and self._order is not None:
            self._over = self._order.path
            self.say_error(self.tr("同名文件已经存在；再按一次 Enter 就覆盖它"))
            return
        super().show_error(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and not self.running:
            key = Qt.Key(event.key())
            if key == Qt.Key.Key_O:
                self.browse()
                return
            if key in _ENDINGS:
                self._take(_ENDINGS[key])
                return
        super().keyPressEvent(event)
