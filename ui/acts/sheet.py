"""A dialog that lies over the window: scrim, title, body, foot; Esc leaves, Enter does."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from shiboken6 import isValid

from dispatch.desk.views_export import Cut, What
from ui import refusals
from ui.acts.button import KeyButton, Weight
from ui.acts.complaint import Complaint
from ui.acts.sheet_head import SIDE, SheetHead
from ui.look.theme import Theme

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Sheet(QWidget):
    """Covers its host and holds one dialog of a width; its height follows what is in it.

    `closed` tells that it is gone. Derived dialogs fill `body` and answer `do`.
    """

    closed = Signal()

    def __init__(self, theme: Theme, host: QWidget, width: int, height: int = 0) -> None:
        """A height of 0 follows the content, up to the host's."""
        super().__init__(host)
        self.theme = theme
        self._size = QSize(width, height)
        self._host = host
        self._before = host.window().focusWidget()
        self._box = QRect()
        self._aside: QWidget | None = None
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(0)
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        self.complaint = Complaint(theme, self)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        host.installEventFilter(self)
        theme.changed.connect(self.update)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def build(self, head: SheetHead) -> None:
        """Put head, body and foot together; called once, when the body is filled."""
        self._outer.addWidget(head)
        self._outer.addLayout(self.body, 1)
        self._outer.addWidget(self.complaint)
        line = QWidget(self)
        line.setFixedHeight(1)
        line.setAutoFillBackground(True)
        palette = line.palette()
        palette.setColor(line.backgroundRole(), self.theme.tokens.line)
        line.setPalette(palette)
        self._outer.addWidget(line)
        self.foot.setContentsMargins(SIDE, 12, SIDE, 12)
        self._outer.addLayout(self.foot)

    def fill_foot(self, verb: str, follow: str = "", note: str = "", *, red: bool = False) -> None:
        """Fill the foot: the verb with Enter, its follow-up with Ctrl Enter, note, cancel."""
        weight = Weight.DESTRUCTIVE if red else Weight.PRIMARY
        self.primary = KeyButton(self.theme, verb, "Enter", weight, self)
        self.primary.clicked.connect(self._on_do)
        self.foot.addWidget(self.primary)
        if follow:
            self.following = KeyButton(self.theme, follow, "Ctrl Enter", parent=self)
            self.following.clicked.connect(self._on_do_and_next)
            self.foot.addWidget(self.following)
        self.note = QLabel(self)
        self.note.setFont(self.theme.fonts.font(12))
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.note.setContentsMargins(0, 0, 8, 0)
        self.say_note(note)
        self.foot.addWidget(self.note, 1)
        cancel = KeyButton(self.theme, self.leave_word(), "Esc", parent=self)
        cancel.clicked.connect(self._on_cancel)
        self.foot.addWidget(cancel)

    def open(self) -> None:
        """Lie over the host and take the keys."""
        self._place()
        self.show()
        self.raise_()
        # Rows of chips know their height only at their width.
        self._outer.activate()
        self._place()
        self._outer.activate()  # a list that opens under the first field needs its last place
        self.first().setFocus(Qt.FocusReason.TabFocusReason)

    def leave_word(self) -> str:
        """Return the word of the button that leaves."""
        return self.tr("取消")

    def first(self) -> QWidget:
        """Return what takes the keys first."""
        return self

    def goes_out(self) -> tuple[What, Cut] | None:
        """Return the list that is exported from here, None when there is none."""
        return None

    def close_sheet(self) -> None:
        """Go away and give the keys back to who had them."""
        if not self.isVisible() and self._aside is None:
            return
        focused: QWidget | None = self.window().focusWidget()
        # What was opened over it meanwhile keeps the keys.
        elsewhere = focused is not None and focused is not self and not self.isAncestorOf(focused)
        self._aside = None
        self.hide()
        before: QWidget | None = self._before
        if not elsewhere and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()
        self.deleteLater()

    def step_aside(self) -> None:
        """Let see what lies under it; `come_back` shows it as it was, `close_sheet` ends it."""
        focused: QWidget | None = self.window().focusWidget()
        mine = focused is not None and self.isAncestorOf(focused)
        self._aside = focused if mine else self
        self.hide()

    def come_back(self) -> None:
        """Lie over the host again, the keys where they were."""
        focus, self._aside = self._aside, None
        self._place()
        self.show()
        self.raise_()
        (focus if focus is not None and isValid(focus) else self).setFocus()

    def do(self, *, follow: bool) -> None:
        """Do what the dialog is for; `follow` when the next one is wanted after it."""

    def say_error(self, words: str) -> None:
        """Say above the foot what went wrong; "" takes it back. The dialog stays as it is."""
        self.complaint.say(words)
        self.refit()

    def say_note(self, words: str) -> None:
        """Say in the foot what is good to know."""
        palette = self.note.palette()
        palette.setColor(self.note.foregroundRole(), self.theme.tokens.text_2)
        self.note.setPalette(palette)
        self.note.setText(words)
        self.refit()

    def show_error(self, error: BaseException) -> None:
        """Say why it was not done; the dialog can be tried again."""
        self.primary.setEnabled(True)
        self.say_error(refusals.words(error))

    def refit(self) -> None:
        """Take the height that the content needs now."""
        if self.isVisible():
            self._place()

    def height_of_box(self) -> int:
        """Return how high the dialog is, without what it lies over."""
        return self._box.height()

    def _place(self) -> None:
        host = self._host
        self.setGeometry(host.rect())
        width = min(self.theme.px(self._size.width()), host.width() - 24)
        self.complaint.fit(width)
        margins = self._outer.contentsMargins()
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.invalidate()
        wanted = self._outer.sizeHint().height()
        if self._outer.hasHeightForWidth():
            wanted = self._outer.totalHeightForWidth(width)
        self._outer.setContentsMargins(margins)
        height = max(wanted, self.theme.px(self._size.height()))
        height = min(height, host.height() - 24)
        x = (host.width() - width) // 2
        y = max(12, round((host.height() - height) * 0.42))
        self._box = QRect(x, y, width, height)
        self._outer.setContentsMargins(
            x, y, host.width() - x - width, max(0, host.height() - y - height)
        )
        self.update()

    @Slot()
    def _on_do(self) -> None:
        self.do(follow=False)

    @Slot()
    def _on_do_and_next(self) -> None:
        self.do(follow=True)

    @Slot()
    def _on_cancel(self) -> None:
        self.close_sheet()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # The window's one-letter shortcuts sleep under an open dialog; Ctrl+K does not.
            ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if not ctrl or event.key() in _ENTER:
                event.accept()
                return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parent() and self.isVisible():
            self._place()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        elif event.key() in _ENTER and not event.isAutoRepeat():  # a held key asks nothing twice
            focused = self.window().focusWidget()
            if isinstance(focused, KeyButton) and focused.isEnabled():
                focused.click()
            else:
                follow = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                self.do(follow=follow and hasattr(self, "following"))
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = self.theme.tokens
        scrim = QColor(Qt.GlobalColor.black)
        scrim.setAlphaF(tokens.scrim)
        painter.fillRect(self.rect(), scrim)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.line_2)
        painter.setBrush(tokens.panel)
        painter.drawRoundedRect(QRectF(self._box).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
