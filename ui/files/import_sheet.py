"""The import dialog: a file, its mapping, a look at its rows; the run with its way out."""

from enum import Enum
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from dispatch.desk.views_import import (
    Choices,
    ImportOrder,
    ImportPreview,
    ImportProgress,
    ImportResult,
)
from ui.acts.button import KeyButton
from ui.acts.field_row import FieldRow
from ui.acts.line_entry import LineEntry
from ui.acts.part_title import PartTitle
from ui.acts.sheet_head import SIDE, SheetHead
from ui.door import Promise
from ui.files.kinds import INCIDENTS, HubNote, KindLine
from ui.files.picks import Picks
from ui.files.rows_table import RowsTable
from ui.files.running_sheet import Latest, RunningSheet
from ui.live import Live
from ui.look.theme import Theme
from ui.wording import told

WIDE: Final = 1120


class ImportDoor(Protocol):
    """What the dialog asks of the desk."""

    def import_preview(self, path: Path, choices: Choices) -> Promise[ImportPreview]:
        """Ask for a file's first rows."""
        ...

    def import_incidents(self, how: Path | Choices, order: ImportOrder) -> Promise[ImportResult]:
        """Import its rows."""
        ...

    def write_rejects(self, path: Path, result: ImportResult) -> Promise[None]:
        """Write the rejected rows."""
        ...


class Stage(Enum):
    """Where the dialog is."""

    CHOOSING = "choosing"
    RUNNING = "running"
    DONE = "done"


class ImportSheet(RunningSheet):
    """Enter reads the file, then imports it; Ctrl Enter tries; Esc stops a run, then leaves.

    Of a table that all seats share it shows the file and the hub's command.
    """

    def __init__(
        self, theme: Theme, host: QWidget, asked: tuple[Live, ImportDoor], out: Path
    ) -> None:
        """`out` is the folder that rejected rows are written to."""
        live, self._door = asked
        super().__init__(theme, host, WIDE, live)
        self._out = out
        self.stage = Stage.CHOOSING
        self.result: ImportResult | None = None
        self._read: tuple[str, str, str] | None = None
        self._latest = Latest[ImportProgress]()
        self._order: ImportOrder | None = None
        self._saving = out
        self.kind = KindLine(theme, self)
        self.hub = HubNote(theme, self)
        self.file = LineEntry(theme, "file", self.tr("CSV、XLSX 或 GeoJSON"), self)
        self.map = LineEntry(theme, "mapping", self.tr("TOML；不填就在下面选列"), self)
        self.picks = Picks(theme, self)
        self.picks.reading_changed.connect(self._on_reading)
        self.map.textChanged.connect(self._on_map)
        self.told = PartTitle(theme, self.tr("预览"), "", self)
        self.table = RowsTable(theme, self)
        self._fill_body()
        self.kind.box.currentIndexChanged.connect(self._on_kind)
        self.file.textChanged.connect(self._on_file)
        self.fill_foot(self.tr("读取"), self.tr("试一遍"), "")
        self.following.setEnabled(False)
        self.build(SheetHead(theme, self.tr("导入"), None, None, self))

    def _fill_body(self) -> None:
        theme = self.theme
        column = QVBoxLayout()
        column.setContentsMargins(SIDE, 14, SIDE, 10)
        column.setSpacing(8)
        column.addWidget(self.kind)
        file, button = self._line(self.tr("文件"), self.file, "Ctrl O")
        button.clicked.connect(self.browse_file)
        column.addWidget(file)
        self._mapping, button = self._line(self.tr("对照"), self.map, "Ctrl M")
        button.clicked.connect(self.browse_map)
        column.addWidget(self._mapping)
        column.addWidget(self.hub)
        self.hub.button.clicked.connect(self.copy_command)
        self.hub.hide()
        column.addWidget(self.picks)
        column.addWidget(self.told)
        column.addWidget(self.table, 1)
        column.addWidget(self.bar)
        self.save = KeyButton(theme, self.tr("另存不收的行"), "Ctrl S", parent=self)
        self.save.clicked.connect(self.save_rejects)
        self.save.hide()
        column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(column)

    def _line(self, word: str, entry: LineEntry, key: str) -> tuple[QWidget, KeyButton]:
        """Return a line for a file's name, and the button at its end."""
        whole = QWidget(self)
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(FieldRow(self.theme, word, entry, entry is self.file, whole), 1)
        button = KeyButton(self.theme, self.tr("选文件"), key, parent=whole)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return whole, button

    def first(self) -> QWidget:
        """The file's line."""
        return self.file

    # Choosing.

    @Slot()
    def browse_file(self) -> None:
        """Choose the file in the system's dialog."""
        kinds = self.tr("表格 (*.csv *.csv.gz *.txt *.xlsx *.geojson *.json)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("导入"), "", kinds)
        if name:
            self.file.setText(name)
            self.read()

    @Slot()
    def browse_map(self) -> None:
        """Choose the mapping's file in the system's dialog."""
        kinds = self.tr("列对照 (*.toml)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("列对照"), "", kinds)
        if name:
            self.map.setText(name)

    def read(self) -> None:
        """Ask for the file's first rows."""
        choices = self.picks.choices()
        self._read = self._reading()
        self.say_error("")
        path = Path(self.file.text().strip()).expanduser()
        self.ask(lambda: self._door.import_preview(path, choices), self._on_preview)

    def _reading(self) -> tuple[str, str, str]:
        choices = self.picks.choices()
        return self.file.text().strip(), choices.encoding, choices.separator

    @Slot(object)
    def _on_preview(self, found: ImportPreview) -> None:
        if self._read is None or self._read != self._reading():
            return  # another file was named meanwhile
        if self.table.header != found.header:
            self.picks.offer(found.header)
        self.table.show_rows(found.header, found.rows)
        separator = {"\t": "Tab"}.get(found.separator, found.separator)
        parts = [told(self.tr("{n} 列"), n=len(found.header))]
        if found.encoding:
            parts.append(found.encoding.upper())
        if separator:
            parts.append(told(self.tr("分隔符 {separator}"), separator=separator))
        self.told.say(self.tr("预览"), " · ".join(parts))
        self._offer_import(on=self._here())
        self.refit()

    def _here(self) -> bool:
        """Whether what is picked is imported at this seat."""
        return self.kind.kind() == INCIDENTS

    def _offer_import(self, *, on: bool) -> None:
        self.primary.say(self.tr("导入") if on else self.tr("读取"))
        self.following.setEnabled(on)

    @Slot(int)
    def _on_kind(self, _at: int) -> None:
        """Show what belongs to it; a file that is read stays read."""
        here = self._here()
        self._mapping.setVisible(here)
        self.picks.setVisible(here)
        self.hub.setVisible(not here)
        self._on_file(self.file.text())
        self.stage = Stage.CHOOSING
        self.say_error("")
        if self.result is not None:  # of the kind before
            self.result = self._read = None
            self.save.hide()
            self.say_note("")
            self.table.show_rows((), ())
            self.told.say(self.tr("预览"), "")
        self._offer_import(on=here and self._read is not None and self._read == self._reading())
        self.refit()

    @Slot(str)
    def _on_file(self, text: str) -> None:
        if not self._here():
            self.hub.say(self.kind.kind(), text.strip())

    @Slot()
    def _on_reading(self) -> None:
        if self.file.text().strip() and self.stage is Stage.CHOOSING:
            self.read()

    @Slot(str)
    def _on_map(self, text: str) -> None:
        self.picks.set_enabled(on=not text.strip())

    # Running.

    def do(self, *, follow: bool) -> None:
        """Read the file while it is not read; then import it, or try."""
        if self.stage is Stage.RUNNING:
            return
        if not self.file.text().strip():
            self.say_error(self.tr("先写上或选一个文件"))
            self.file.setFocus()
        elif not self._here() or (self.stage is Stage.CHOOSING and self._read != self._reading()):
            self.read()
        else:
            self._begin(dry=follow)

    def _begin(self, *, dry: bool) -> None:
        path = Path(self.file.text().strip()).expanduser()
        mapping = self.map.text().strip()
        how = Path(mapping).expanduser() if mapping else self.picks.choices()
        self._latest = Latest[ImportProgress]()
        order = ImportOrder(path, dry=dry, on_progress=self._latest.take)
        self.say_error("")
        self.save.hide()
        self._order = order
        self._go(Stage.RUNNING)
        self.ask(lambda: self._door.import_incidents(how, order), self._on_result)

    def _go(self, stage: Stage) -> None:
        self.stage = stage
        self.kind.setEnabled(stage is not Stage.RUNNING)
        self.following.setEnabled(stage is not Stage.RUNNING)
        if stage is Stage.RUNNING and self._order is not None:
            self.begin(self._order.stop, self.tr("正在检查文件……按 Esc 停下"))
        else:
            self.end()

    def look(self) -> None:
        """Say how much is stored."""
        progress = self._latest.progress
        if progress is None:
            return
        self.bar.setValue(round(progress.part * 1000))
        if progress.stage == "store":
            counts = self._counts(progress)
            self.say_note(told(self.tr("{counts}　按 Esc 停下"), counts=counts))

    def _counts(self, counted: ImportProgress | ImportResult) -> str:
        words = self.tr("新 {taken}，已有 {known}，不收 {rejected}")
        return told(words, taken=counted.taken, known=counted.known, rejected=counted.rejected)

    @Slot(object)
    def _on_result(self, result: ImportResult) -> None:
        dry = self._order is not None and self._order.dry
        self.result = result
        self._go(Stage.CHOOSING if dry else Stage.DONE)
        counts = self._counts(result)
        if result.cancelled:
            words = told(self.tr("停下了：{counts}。再导入一次会接着来。"), counts=counts)
        elif dry:
            words = told(self.tr("试了一遍，没有写入：{counts}"), counts=counts)
        else:
            words = told(self.tr("导入完毕：{counts}"), counts=counts)
        self.say_note(words)
        if result.rejects:
            rows = tuple((str(r.line), r.reason, *r.cells) for r in result.rejects)
            self.table.show_rows((self.tr("行"), self.tr("原因"), *result.header), rows)
            self.told.say(self.tr("不收的行"), told(self.tr("{n} 行"), n=result.rejected))
            self.save.show()
        self.refit()

    def show_error(self, error: BaseException) -> None:
        """Say what is wrong; the file can be chosen again."""
        self._go(Stage.CHOOSING)
        self._read = None
        self._offer_import(on=False)
        super().show_error(error)

    @Slot()
    def save_rejects(self) -> None:
        """Write the rejected rows into the seat's folder."""
        if self.result is None or not self.result.rejects:
            return
        result = self.result
        path = self._out / told(self.tr("{name}-不收的行.csv"), name=Path(self.file.text()).stem)
        self._saving = path
        self.ask(lambda: self._door.write_rejects(path, result), self._on_saved)

    @Slot()
    def copy_command(self) -> None:
        """Put the hub's line where it can be pasted from."""
        if not self._here():
            self.hub.copy()
            self.say_note(self.tr("命令已抄下，可以粘贴"))

    @Slot(object)
    def _on_saved(self, _nothing: object) -> None:
        self.say_note(self.tr("已写入 {path}").format(path=str(self._saving)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            slots = {
                Qt.Key.Key_O: self.browse_file,
                Qt.Key.Key_M: self.browse_map,
                Qt.Key.Key_S: self.save_rejects,
                Qt.Key.Key_G: self.kind.take_keys,
                Qt.Key.Key_B: self.copy_command,
            }
            slot = slots.get(Qt.Key(event.key()))
            if slot is not None and self.stage is not Stage.RUNNING:
                slot()
                return
        super().keyPressEvent(event)
