"""Forms that were left half-filled at this seat: gone on with, thrown away, or left for later."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from dispatch.desk.form_drafts import FormDraft
from ui import labels, times
from ui.acts.button import KeyButton
from ui.acts.sheet import Sheet
from ui.acts.sheet_head import SIDE, SheetHead
from ui.look.painting import Side, Writer, hairline
from ui.look.theme import Theme
from ui.tongue import tr
from ui.wording import told

WIDTH: Final = 620
_ROW: Final = 34
_MOST: Final = 10


class DraftList(QWidget):
    """One line each, the newest first; the current line has the bar."""

    def __init__(
        self, theme: Theme, drafts: tuple[FormDraft, ...], now: int, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._now = now
        self.drafts = drafts[:_MOST]
        self.current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("草稿"))

    def take_away(self, at: int) -> None:
        """Take a line away."""
        self.drafts = (*self.drafts[:at], *self.drafts[at + 1 :])
        self.current = max(0, min(self.current, len(self.drafts) - 1))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, len(self.drafts) * self._theme.px(_ROW) + 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.current = max(0, min(self.current + step, len(self.drafts) - 1))
            self.update()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = int((event.position().y() - 6) // self._theme.px(_ROW))
        if 0 <= at < len(self.drafts):
            self.current = at
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens, fonts, row = self._theme.tokens, self._theme.fonts, self._theme.px(_ROW)
        write = Writer(painter, fonts)
        for at, draft in enumerate(self.drafts):
            box = QRectF(1, 6 + at * row, self.width() - 2, row)
            if at == self.current:
                painter.fillRect(box, tokens.select)
                painter.fillRect(QRectF(1, box.y(), 3, row), tokens.blue)
            hairline(painter, SIDE, box.bottom() - 1, self.width() - 2 * SIDE, tokens.line)
            middle, right = box.center().y(), float(self.width() - SIDE)
            when = times.minute(draft.at, self._now)
            right -= write.text((right, middle), when, tokens.text_2, 13, side=Side.RIGHT) + 12
            verb = labels.verb(draft.verb)
            x = SIDE + write.text((SIDE, middle), verb, tokens.text_1, 14, bold=True) + 12
            said = fonts.elide(words_of(draft), 13, right - x)
            write.text((x, middle), said, tokens.text_1, 13)


def words_of(draft: FormDraft) -> str:
    """Return on which incident, and by whom: 1023 · clerk1."""
    return " · ".join(each for each in (draft.number[-4:], draft.account) if each)


class DraftSheet(Sheet):
    """`resumed` and `dropped` carry a draft; leaving keeps them all."""

    resumed = Signal(object)
    dropped = Signal(object)

    def __init__(
        self, theme: Theme, host: QWidget, drafts: tuple[FormDraft, ...], now: int
    ) -> None:
        """`now` UTC milliseconds."""
        super().__init__(theme, host, WIDTH)
        self.list = DraftList(theme, drafts, now, self)
        column = QVBoxLayout()
        column.setContentsMargins(0, 4, 0, 4)
        column.addWidget(self.list)
        self.body.addLayout(column)
        self.fill_foot(self.tr("接着填"), note=self.tr("只存在本席位，没有发出；七天后清除"))
        self._drop = KeyButton(theme, self.tr("丢弃"), "Del", parent=self)
        self._drop.clicked.connect(self._on_drop)
        self.foot.insertWidget(1, self._drop)
        title = told(self.tr("{count} 份没有提交的表单"), count=len(drafts))
        self.build(SheetHead(theme, title, None, None, self))

    def leave_word(self) -> str:
        """Nothing is given up by leaving."""
        return self.tr("以后再说")

    def first(self) -> QWidget:
        """The list."""
        return self.list

    def do(self, *, follow: bool) -> None:
        """Go on with the current one."""
        draft = self.list.drafts[self.list.current]
        self.close_sheet()
        self.resumed.emit(draft)

    @Slot()
    def _on_drop(self) -> None:
        at = self.list.current
        self.dropped.emit(self.list.drafts[at])
        self.list.take_away(at)
        if self.list.drafts:
            self.list.setFocus()
            self.refit()
        else:
            self.close_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._on_drop()
        else:
            super().keyPressEvent(event)
