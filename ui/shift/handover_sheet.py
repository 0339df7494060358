"""The change of shifts: the list at the left, report, signatures and preview at the right."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from dispatch.desk.views_export import Cut, What
from dispatch.desk.views_shift import Handover
from dispatch.domain.codes import Light, SignPart
from dispatch.domain.decide_shift import PARTS, ShiftCommand, ShiftVerb
from dispatch.domain.errors import ZhiwangError
from dispatch.domain.shift import before, next_of
from ui import labels
from ui.acts.button import KeyButton
from ui.acts.part_title import PartTitle
from ui.acts.sheet import Sheet
from ui.acts.sheet_head import SheetHead
from ui.acts.upright import Upright
from ui.door import Promise
from ui.live import Live
from ui.look.theme import Theme
from ui.report import span
from ui.report.door import Made, ReportDoor
from ui.report.pages import Pages
from ui.report.preview import ReportPreview
from ui.shift.door import HandoverDoor
from ui.shift.handover_list import HandoverList
from ui.shift.signatures import Signatures
from ui.takers import Newest

SIZE: Final = QSize(1320, 900)
_PAGES_WIDE: Final = 640
_SIGNING: Final = {
    Qt.Key.Key_1: SignPart.OUT,
    Qt.Key.Key_2: SignPart.IN,
    Qt.Key.Key_3: SignPart.REVIEW,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom the sheet asks: bridge, reports, hand-over, the clock, the reports' folder."""

    live: Live
    reports: ReportDoor
    handover: HandoverDoor
    now: Callable[[], int]
    out: Path


class HandoverSheet(Sheet):
    """Enter ticks and goes on, Space ticks or takes back, R issues, 1 2 3 sign, arrows turn.

    `log_wanted` carries the shift whose log is to be seen, `incident_wanted` an incident's id.
    """

    log_wanted = Signal(str)
    incident_wanted = Signal(str)

    def __init__(self, theme: Theme, host: QWidget, asked: Asked) -> None:
        super().__init__(theme, host, SIZE.width(), SIZE.height())
        self._asked = asked
        self._looks = Newest(asked.live.run)
        self.shift = asked.handover.due()
        self.shown: Handover | None = None
        self.title = PartTitle(theme, "", "", self)
        self.list = HandoverList(theme, self)
        self.list.ticking.connect(self._on_ticking)
        self.signatures = Signatures(theme, self)
        self.preview = ReportPreview(theme, self)
        self.pages = Pages(self)
        self.pages.ready.connect(self._on_pages)
        self.buttons: dict[str, KeyButton] = {}
        self.body.addLayout(self._sides())
        self.fill_foot(
            self.tr("勾清，下一项"),
            "",
            self.tr("空格 勾清或撤回　O 看事件　L 值班日志　Ctrl D 导出"),
        )
        self.build(SheetHead(theme, self.tr("交接班"), None, None, self))
        asked.live.shift_changed.connect(self._on_changed)
        asked.live.incidents_touched.connect(self._on_changed)
        self._load()

    def leave_word(self) -> str:
        """Nothing is given up by leaving."""
        return self.tr("关闭")

    def first(self) -> QWidget:
        """The list."""
        return self.list

    def _sides(self) -> QHBoxLayout:
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 4, 16, 0)
        head.addWidget(self.title)
        left.addLayout(head)
        left.addWidget(self.list, 1)
        right = QVBoxLayout()
        right.setContentsMargins(16, 8, 16, 8)
        right.setSpacing(8)
        right.addWidget(self.signatures)
        right.addLayout(self._keys())
        area = QScrollArea(self)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.preview)
        right.addWidget(area, 1)
        sides = QHBoxLayout()
        sides.setSpacing(0)
        sides.addLayout(left, 3)
        sides.addWidget(Upright(self.theme, self))
        sides.addLayout(right, 2)
        return sides

    def _keys(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        words = {
            "1": self.tr("交班签字"),
            "2": self.tr("接班签字"),
            "3": self.tr("审核签字"),
            "R": self.tr("出报告"),
            "L": self.tr("值班日志"),
        }
        slots = (self._on_out, self._on_in, self._on_review, self._on_issue, self._on_log)
        for nth, ((key, verb), slot) in enumerate(zip(words.items(), slots, strict=True)):
            button = KeyButton(self.theme, verb, key, parent=self)
            button.clicked.connect(slot)
            self.buttons[key] = button
            grid.addWidget(button, nth // 3, nth % 3)
        return grid

    def goes_out(self) -> tuple[What, Cut]:
        """The list with its ticks."""
        return What.HANDOVER, Cut(shift=self.shift)

    def do(self, *, follow: bool) -> None:
        """Tick the current line and go on to the next open one."""
        line = self.list.line()
        if line is None:
            return
        if not line.ticked_by:
            self._act(self._command(ShiftVerb.TICK, items=(line.key,)))
        self.list.next_open()

    def _command(
        self, verb: ShiftVerb, items: tuple[str, ...] = (), figures: str = ""
    ) -> ShiftCommand:
        return ShiftCommand(verb=verb, shift=self.shift, items=items, figures=figures)

    def _act(self, command: ShiftCommand) -> None:
        self.say_error("")
        try:
            promise = self._asked.handover.act(command)
        except ZhiwangError as error:
            self.show_error(error)
            return
        self._asked.live.run(promise, self._on_acted, self.show_error)

    def _sign(self, part: SignPart) -> None:
        figures = self.shown.figures if self.shown else ""
        # Without a report there is nothing to name: the rule says so.
        self._act(self._command(PARTS[part], figures=figures or "0" * 64))

    def _load(self) -> None:
        try:
            promise: Promise[Handover] = self._asked.handover.look(self.shift)
        except ZhiwangError as error:
            self.show_error(error)
            return
        self._looks.run(promise, self._on_looked, self.show_error)

    def _turn(self, shift: str) -> None:
        """Show another shift, from its first line on."""
        self.shift = shift
        self.list.current = 0
        self.preview.show_message("")
        self._load()

    @Slot(object)
    def _on_looked(self, shown: Handover) -> None:
        if shown.shift != self.shift:
            return
        fresh = self.shown is None or self.shown.shift != shown.shift
        self.shown = shown
        now = self._asked.now()
        self.list.show_lines(shown.lines, now)
        self.signatures.show_handover(shown, now)
        self.title.say(self._headline(shown), self.tr("← 上一班　→ 下一班"))
        self._allow(shown)
        if fresh:
            self._show_report()

    def _headline(self, shown: Handover) -> str:
        open_ = [line for line in shown.lines if line.list == "open"]
        red = sum(1 for line in open_ if line.light is Light.RED)
        yellow = sum(1 for line in open_ if line.light is Light.YELLOW)
        words = self.tr("{shift}　勾清 {done} / {all}　在办 {open}（红 {red}，黄 {yellow}）")
        return words.format(
            shift=span.words((shown.from_at, shown.to_at)),
            done=shown.ticked,
            all=len(shown.lines),
            open=len(open_),
            red=red,
            yellow=yellow,
        )

    def _allow(self, shown: Handover) -> None:
        signed = {each.part for each in shown.signed}
        for key, part in zip("123", SignPart, strict=True):
            self.buttons[key].setEnabled(part not in signed)
        note = self.tr("空格 勾清或撤回　O 看事件　L 值班日志　Ctrl D 导出")
        if shown.handed_over:
            note = self.tr("双方已签字，以上事件由{shift}负责").format(
                shift=labels.shift(shown.to_shift)
            )
        self.say_note(note)

    def _folder(self) -> Path | None:
        shown = self.shown
        return self._asked.out / span.folder((shown.from_at, shown.to_at)) if shown else None

    def _show_report(self) -> None:
        """Show the newest print that lies at this seat, or say where the report is."""
        folder = self._folder()
        files = sorted(folder.glob("*.pdf"), key=_made_at) if folder else []
        if files:
            self.pages.render(files[-1], round(_PAGES_WIDE * self.devicePixelRatioF()))
        elif self.shown is not None and self.shown.figures:
            self.preview.show_message(self.tr("报告由另一席出具；按 R 在本席打印同一份来看。"))
        else:
            self.preview.show_message(self.tr("按 R 出报告，这里看各页。"))

    @Slot()
    @Slot(object)
    def _on_changed(self, _touched: object = None) -> None:
        self._load()

    @Slot(object)
    def _on_acted(self, _event: str) -> None:
        self._load()

    @Slot()
    def _on_ticking(self) -> None:
        line = self.list.line()
        if line is not None:
            verb = ShiftVerb.UNTICK if line.ticked_by else ShiftVerb.TICK
            self._act(self._command(verb, items=(line.key,)))

    @Slot()
    def _on_out(self) -> None:
        self._sign(SignPart.OUT)

    @Slot()
    def _on_in(self) -> None:
        self._sign(SignPart.IN)

    @Slot()
    def _on_review(self) -> None:
        self._sign(SignPart.REVIEW)

    @Slot()
    def _on_log(self) -> None:
        self.log_wanted.emit(self.shift)

    @Slot()
    def _on_issue(self) -> None:
        """Write the report of the shift that is shown; it is what is signed then."""
        shown, folder = self.shown, self._folder()
        if shown is None or folder is None or not self.buttons["R"].isEnabled():
            return
        self.say_error("")
        self.buttons["R"].setEnabled(False)
        self.preview.show_message(self.tr("正在写报告……"))
        try:
            promise = self._asked.reports.issue_report(shown.from_at, shown.to_at, folder)
        except ZhiwangError as error:
            self._on_not_made(error)
            return
        self._asked.live.run(promise, self._on_made, self._on_not_made)

    @Slot(object)
    def _on_not_made(self, error: BaseException) -> None:
        self.buttons["R"].setEnabled(True)
        self.preview.show_message("")
        self.show_error(error)

    @Slot(object)
    def _on_made(self, made: Made) -> None:
        self.buttons["R"].setEnabled(True)
        self.preview.show_made(made)
        pdf = next((path for path in made.paths if path.suffix == ".pdf"), None)
        if pdf is not None:
            self.pages.render(pdf, round(_PAGES_WIDE * self.devicePixelRatioF()))
        self._load()

    @Slot(object)
    def _on_pages(self, files: tuple[Path, ...]) -> None:
        self.preview.show_pages(files)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        line = self.list.line()
        if key in _SIGNING:
            self._sign(_SIGNING[key])
        elif key == Qt.Key.Key_R:
            self._on_issue()
        elif key == Qt.Key.Key_L:
            self._on_log()
        elif key == Qt.Key.Key_Space:
            self._on_ticking()
        elif key == Qt.Key.Key_O and line is not None and line.incident:
            self.close_sheet()
            self.incident_wanted.emit(line.incident)
        elif key == Qt.Key.Key_Left:
            self._turn(before(self.shift))
        elif key == Qt.Key.Key_Right:
            self._turn(next_of(self.shift))
        else:
            super().keyPressEvent(event)

    def close_sheet(self) -> None:
        """Leave no renderer behind."""
        self.pages.stop()
        super().close_sheet()


def _made_at(file: Path) -> float:
    return file.stat().st_mtime
