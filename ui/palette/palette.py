"""The command palette: one line over the window, what it would do, and Enter."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.acts.sheet import Sheet
from ui.look.keycap import HEIGHT as CAP
from ui.look.keycap import draw_keycap, keycap_width
from ui.look.theme import Theme
from ui.palette.asking import Asking
from ui.palette.choices import Choice, Choices, Known
from ui.palette.facts import Facts
from ui.palette.field import Field, last_word
from ui.palette.paper import SIDE, Fact, Paper
from ui.wording import told

WIDTH: Final = 820
TOP: Final = 150
LOW: Final = 900  # a window that is lower has the palette nearer to its top
TOP_LOW: Final = 56
ENTRY: Final = 66
_ARROW: Final = 34


class Palette(Sheet):
    """run_wanted(Plan, line, follow): do it. form_wanted(Plan or None, line): open the form.

    taken(Choice, aside): a line of the list was chosen; `aside` with Ctrl. Nothing is done here.
    """

    run_wanted = Signal(object, str, bool)
    form_wanted = Signal(object, str)
    taken = Signal(object, bool)

    def __init__(
        self, theme: Theme, host: QWidget, asking: Asking, known: Callable[[], Known]
    ) -> None:
        super().__init__(theme, host, WIDTH)
        self.asking = asking
        self._known = known
        self._choices = Choices(self)
        self._facts = Facts(lambda: known().now, self)
        self._current = -1
        self._wanted: bool | None = None
        self._busy = False
        self.field = Field(theme, self)
        self.paper = Paper(theme, self)
        self.paper.keys = (
            ("↑|↓", self.tr("选择")),
            ("Tab", self.tr("补全")),
            ("Enter", self.tr("执行")),
            ("Ctrl Enter", self.tr("执行并开下一条")),
            ("Esc", self.tr("关闭")),
        )
        self.field.typed.connect(self._on_typed)
        self.field.moved.connect(self._on_moved)
        self.field.done.connect(self._on_done)
        self.field.completed.connect(self._on_completed)
        self.field.left.connect(self.close_sheet)
        self.paper.chosen.connect(self._on_chosen)
        asking.changed.connect(self._on_changed)
        self._on_changed()

    def first(self) -> QWidget:
        """The line."""
        return self.field

    def facts(self) -> tuple[Fact, ...]:
        """Return what is said of the line."""
        return self.paper.facts

    def choices(self) -> tuple[Choice, ...]:
        """Return the lines that can be chosen now."""
        return self.paper.choices()

    def current(self) -> Choice | None:
        """Return the line of the list that Enter or Tab would take."""
        choices = self.paper.choices()
        return choices[self._current] if 0 <= self._current < len(choices) else None

    def refused(self, error: BaseException) -> None:
        """Say why it was not done; the line stays as it is."""
        self._busy = False
        self.asking.error, self.asking.foreseen = error, None
        self._on_changed()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._wanted = None
        self._current = -1
        self.asking.ask(text)

    @Slot()
    def _on_changed(self) -> None:
        known, read = self._known(), self.asking.read
        self.paper.now = known.now
        shown = self._choices.made(self.asking, known)
        first = next((each for each in shown if isinstance(each, Choice)), None)
        searching = read is None or read.filled is None or len(read.incidents) > 1
        typed = read is not None and bool(read.typing.text.strip())
        if self._current < 0 and first is not None and typed:
            self._current = 0 if searching or first.kind == "pick" else -1
        if read is not None and read.typing.text == self.field.line():
            self.field.show_read(read.line)
        took = self.asking.took_ms
        self.paper.took = told(self.tr("本机 {ms} 毫秒"), ms=took) if took and typed else ""
        self.paper.show_all(self._facts.of(self.asking), shown, self._current, self._room())
        self._show_ghost()
        self._place()
        if self._wanted is not None and self.asking.settled:
            follow, self._wanted = self._wanted, None
            self._do(follow=follow)

    def _room(self) -> int:
        return self._host.height() - self._top() - self.theme.px(ENTRY) - 12

    def _top(self) -> int:
        px = self.theme.px
        return px(TOP) if self._host.height() >= px(LOW) else px(TOP_LOW)

    def _place(self) -> None:
        px, host = self.theme.px, self._host
        self.setGeometry(host.rect())
        width = min(px(WIDTH), host.width() - 24)
        left, top = (host.width() - width) // 2, self._top()
        self._box = QRect(left, top, width, px(ENTRY) + self.paper.height())
        high = self.field.wanted_height()
        room = keycap_width(self.theme.fonts, self._cap()) + px(SIDE) + 12
        start = left + px(SIDE + _ARROW)
        self.field.setGeometry(
            start, top + (px(ENTRY) - high) // 2, left + width - start - room, high
        )
        self.paper.setGeometry(left, top + px(ENTRY), width, self.paper.height())
        self.update()

    def _cap(self) -> str:
        return f"Tab {self.tr('补全')}"

    def _show_ghost(self) -> None:
        choice, read = self.current(), self.asking.read
        word = last_word(read.line) if read is not None else None
        if choice is None or choice.kind != "pick" or word is None:
            self.field.show_ghost("")
        elif choice.name.startswith(word.text):
            self.field.show_ghost(choice.name[len(word.text) :])
        else:
            self.field.show_ghost(f" {choice.name}")

    @Slot(int)
    def _on_moved(self, by: int) -> None:
        choices = self.paper.choices()
        if not choices:
            return
        self._current = max(0, min(self._current + by, len(choices) - 1))
        self._choose_current()

    @Slot(int)
    def _on_chosen(self, at: int) -> None:
        self._current = at
        self._choose_current()
        choice = self.current()
        if choice is not None and choice.kind != "pick":
            self._do(follow=False)

    def _choose_current(self) -> None:
        choice = self.current()
        if choice is not None and choice.kind == "pick":
            self.asking.ask(self.field.line(), choice.code)
        else:
            self._on_changed()

    @Slot()
    def _on_completed(self) -> None:
        """Tab: the whole name instead of what was typed of it, or the line's own words."""
        choice, read = self.current(), self.asking.read
        if read is None:
            return
        word = last_word(read.line)
        if choice is not None and choice.kind == "pick" and word is not None:
            line = self.field.line()
            self.field.set_line(f"{line[: word.start]}{choice.name} ")
        elif choice is not None and choice.fill and choice.kind == "line":
            self.field.set_line(choice.fill)
        elif read.filled is not None and word is not None and word == read.line.verb:
            self.field.set_line(f"{read.filled.act.words[0]} ")

    @Slot(bool)
    def _on_done(self, follow: bool) -> None:
        read = self.asking.read
        known = read is not None and read.typing.text == self.field.line()
        if self.asking.settled and known:
            self._do(follow=follow)
        elif self.field.line().strip():
            self._wanted = follow
        elif self.current() is not None:
            self._do(follow=follow)

    def _do(self, *, follow: bool) -> None:
        choice, plan, read = self.current(), self.asking.plan, self.asking.read
        if self._busy:
            return
        if choice is not None and choice.kind == "line":
            self.field.set_line(choice.fill)
        elif choice is not None and choice.kind != "pick":
            self.taken.emit(choice, follow)
        elif plan is not None and self.asking.error is None and not plan.barred:
            if plan.command is None:
                self.form_wanted.emit(plan, self.field.line())
            elif self.asking.foreseen is not None:
                self._busy = True
                self.run_wanted.emit(plan, self.field.line(), follow)
        elif read is not None and read.filled is not None and not read.line.number:
            self.form_wanted.emit(None, self.field.line())

    def close_sheet(self) -> None:
        """Go away; late answers find nobody."""
        self.asking.deleteLater()
        super().close_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the line does not take is nobody's."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        theme, px, box = self.theme, self.theme.px, self._box
        middle = box.top() + px(ENTRY) / 2
        at = (box.left() + px(SIDE) + 4, middle)
        theme.icons.draw(painter, "chevron-right", at, theme.tokens.blue)
        cap = self._cap()
        corner = box.topRight()
        corner.setX(box.right() - px(SIDE) - keycap_width(theme.fonts, cap))
        corner.setY(round(middle - CAP / 2))
        draw_keycap(painter, corner.toPointF(), cap, (theme.tokens, theme.fonts))
