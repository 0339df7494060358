"""Who is planned on a shift and who is on it, as a sheet."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dispatch.desk.views_shift import DutyLine
from dispatch.domain.errors import ZhiwangError
from dispatch.domain.shift import before, next_of, span_of
from ui import labels
from ui.acts.part_title import PartTitle
from ui.acts.sheet import Sheet
from ui.acts.sheet_head import SheetHead
from ui.live import Live
from ui.look.marks import WorkerMark
from ui.look.painting import Side, Writer, draw_centred, hairline
from ui.look.theme import Theme
from ui.report import span
from ui.shift.door import HandoverDoor
from ui.shift.rows import Rows
from ui.takers import Newest

SIZE: Final = QSize(720, 520)
ROW: Final = 40
_SEAT: Final = 48
_PERSON: Final = 190
_ROLE: Final = 340


class DutyList(Rows):
    """A person a row: seat, name, role, phone, and whether the person has logged on."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, ROW, parent)
        self.lines: tuple[DutyLine, ...] = ()
        self.setAccessibleName(self.tr("值班表"))

    def count(self) -> int:
        """Return how many there are."""
        return len(self.lines)

    def paint_empty(self, painter: QPainter) -> None:
        """No roster, and nobody has logged on."""
        write = Writer(painter, self.theme.fonts)
        words = self.tr("这一班没有排班，也没有人上岗。值班表由市平台导入")
        write.text((16, self.theme.px(24)), words, self.theme.tokens.text_2, 14)

    def paint_row(self, painter: QPainter, box: QRect, index: int) -> None:
        """One line."""
        line, px = self.lines[index], self.theme.px
        tokens, fonts = self.theme.tokens, self.theme.fonts
        middle = box.center().y() + 0.5
        hairline(painter, px(16), box.bottom(), box.width() - px(32), tokens.line)
        if line.on:
            mark = self.theme.marks.worker(WorkerMark.ON_DUTY, ratio=self.devicePixelRatioF())
            draw_centred(painter, mark, px(26), middle)
        write = Writer(painter, fonts)
        seat = fonts.elide(line.seat or "—", 13, px(_PERSON - _SEAT - 8))
        write.text((px(_SEAT), middle), seat, tokens.text_2, 13)
        person = fonts.elide(line.person, 14, px(_ROLE - _PERSON - 8))
        write.text((px(_PERSON), middle), person, tokens.text_1, 14)
        write.text((px(_ROLE), middle), labels.role(line.role), tokens.text_2, 13)
        state = self.tr("已上岗") if line.on else self.tr("未上岗")
        if not line.planned:
            state = self.tr("不在排班，已上岗")
        ink = tokens.text_1 if line.on else tokens.text_3
        right = float(box.width() - px(16))
        right -= write.text((right, middle), state, ink, 13, side=Side.RIGHT) + px(16)
        write.text((right, middle), line.phone, tokens.text_2, 13, side=Side.RIGHT)


class DutySheet(Sheet):
    """The arrows turn to the shift before and after."""

    def __init__(
        self, theme: Theme, host: QWidget, asked: tuple[Live, HandoverDoor], shift: str
    ) -> None:
        """`shift` is the one that opens."""
        super().__init__(theme, host, SIZE.width(), SIZE.height())
        self._live, self._door = asked
        self._lines = Newest(self._live.run)
        self.shift = shift
        self.title = PartTitle(theme, "", "", self)
        self.list = DutyList(theme, self)
        head = QHBoxLayout()
        head.setContentsMargins(16, 4, 16, 4)
        head.addWidget(self.title)
        self.body.addLayout(head)
        self.body.addWidget(self.list, 1)
        self.fill_foot(self.tr("下一班"), "", self.tr("← → 换班"))
        self.build(SheetHead(theme, self.tr("值班表"), None, None, self))
        self._live.shift_changed.connect(self._load)
        self._live.tables_changed.connect(self._load)
        self._load()

    def leave_word(self) -> str:
        """Nothing is given up by leaving."""
        return self.tr("关闭")

    def first(self) -> QWidget:
        """The list."""
        return self.list

    def do(self, *, follow: bool) -> None:
        """Show the next shift."""
        self._turn(next_of(self.shift))

    def _turn(self, shift: str) -> None:
        self.shift = shift
        self._load()

    @Slot()
    def _load(self) -> None:
        try:
            self._lines.run(self._door.duty(self.shift), self._on_lines, self.show_error)
        except ZhiwangError as error:
            self.show_error(error)

    @Slot(object)
    def _on_lines(self, lines: tuple[DutyLine, ...]) -> None:
        self.list.lines = lines
        self.list.refresh()
        on = sum(1 for line in lines if line.on)
        planned = sum(1 for line in lines if line.planned)
        words = self.tr("排班 {planned} 人　上岗 {on} 人").format(planned=planned, on=on)
        self.title.say(span.words(span_of(self.shift)), words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Left:
            self._turn(before(self.shift))
        elif event.key() == Qt.Key.Key_Right:
            self._turn(next_of(self.shift))
        else:
            super().keyPressEvent(event)
