"""A shift's log (值班日志) as a sheet: read, filtered by person and kind, written into."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dispatch.desk.views_export import Cut, What
from dispatch.desk.views_shift import KINDS, LogLine, Wanted
from dispatch.domain.codes import LineKind
from dispatch.domain.decide_shift import ShiftCommand, ShiftVerb
from dispatch.domain.errors import BadInput, ZhiwangError
from dispatch.domain.shift import before, next_of, span_of
from ui import labels
from ui.acts import reading
from ui.acts.fields import Field, Kind
from ui.acts.part_title import PartTitle
from ui.acts.plain_form import PlainForm
from ui.acts.sheet import Sheet
from ui.acts.sheet_head import SheetHead
from ui.live import Live
from ui.look.theme import Theme
from ui.report import span
from ui.shift.door import HandoverDoor
from ui.shift.log_list import LogList
from ui.takers import Newest
from ui.tongue import tr

SIZE: Final = QSize(1080, 820)
WRITTEN: Final = (
    Field(
        "kind",
        Kind.CHOICE,
        needed=True,
        choices=tuple((each.value, labels.line(each.value)) for each in LineKind),
    ),
    Field("text", Kind.LINE, needed=True, word=tr("内容")),
    Field("due", Kind.LINE, hint=tr("只写承诺的期限，如 18:00 或 4h")),
)


class LogSheet(Sheet):
    """N writes a line, T turns through the kinds, P through the people, V marks a promise kept."""

    incident_wanted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        host: QWidget,
        asked: tuple[Live, HandoverDoor],
        now: Callable[[], int],
        shift: str,
    ) -> None:
        """`shift` is the one whose log opens."""
        super().__init__(theme, host, SIZE.width(), SIZE.height())
        self._host_widget = host
        self._live, self._door = asked
        self._now = now
        self.wanted = Wanted(shift)
        self._lines = Newest(self._live.run)
        self._people: dict[str, str] = {}
        self.title = PartTitle(theme, "", "", self)
        self.list = LogList(theme, self)
        head = QHBoxLayout()
        head.setContentsMargins(16, 4, 16, 4)
        head.addWidget(self.title)
        self.body.addLayout(head)
        self.body.addWidget(self.list, 1)
        self.fill_foot(
            self.tr("写一条"),
            "",
            self.tr("T 类别　P 人员　V 承诺已兑现　O 看事件　← → 换班　Ctrl D 导出"),
        )
        self.build(SheetHead(theme, self.tr("值班日志"), None, None, self))
        self._live.shift_changed.connect(self._on_changed)
        self._live.incidents_touched.connect(self._on_changed)
        self._load()

    def leave_word(self) -> str:
        """Nothing is given up by leaving."""
        return self.tr("关闭")

    def first(self) -> QWidget:
        """The list."""
        return self.list

    def goes_out(self) -> tuple[What, Cut]:
        """The log as it is filtered."""
        wanted = self.wanted
        return What.JOURNAL, Cut(shift=wanted.shift, account=wanted.account, kind=wanted.kind)

    def do(self, *, follow: bool) -> None:
        """Open the form for a new line."""
        words = (self.tr("写值班日志"), self.tr("记下"))
        form = PlainForm(self.theme, self._host_widget, words, WRITTEN)
        form.propose("kind", LineKind.NOTE.value)
        _Writing(self, form, self._now)
        form.open()

    def command(self, verb: ShiftVerb, **said: Any) -> ShiftCommand:  # Any: each option's own type
        """Return an act on the shift that is shown."""
        return ShiftCommand(verb=verb, shift=self.wanted.shift, **said)

    def act(self, command: ShiftCommand, taken: Callable[[str], None], form: Sheet) -> None:
        """Do it; a refusal is told by the form it came from."""
        try:
            promise = self._door.act(command)
        except ZhiwangError as error:
            form.show_error(error)
            return
        self._live.run(promise, taken, form.show_error)

    def _load(self) -> None:
        try:
            self._lines.run(self._door.logbook(self.wanted), self._on_lines, self.show_error)
        except ZhiwangError as error:
            self.show_error(error)

    def _turn(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self._load()

    @Slot(object)
    def _on_lines(self, lines: tuple[LogLine, ...]) -> None:
        if not self.wanted.account and not self.wanted.kind:
            self._people = {line.account: line.person for line in lines}
        self.list.show_lines(lines, self._now())
        kind = labels.line(self.wanted.kind) if self.wanted.kind else self.tr("全部类别")
        person = self._people.get(self.wanted.account, self.wanted.account) or self.tr("全部人员")
        words = self.tr("{shift}　{count} 条").format(
            shift=span.words(span_of(self.wanted.shift)), count=len(lines)
        )
        self.title.say(words, f"{kind} · {person}")

    @Slot()
    @Slot(object)
    def _on_changed(self, _touched: object = None) -> None:
        self._load()

    @Slot(object)
    def _on_kept(self, _event: str) -> None:
        self._load()

    def _keep(self) -> None:
        line = self.list.line()
        if line is not None and line.kind == LineKind.PROMISE and not line.kept_by:
            self.say_error("")
            self.act(self.command(ShiftVerb.KEEP, promise=line.hash), self._on_kept, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, wanted, line = Qt.Key(event.key()), self.wanted, self.list.line()
        if key == Qt.Key.Key_N:
            self.do(follow=False)
        elif key == Qt.Key.Key_T:
            kind = _after(("", *KINDS), wanted.kind)
            self._turn(Wanted(wanted.shift, wanted.account, kind))
        elif key == Qt.Key.Key_P:
            account = _after(("", *sorted(self._people)), wanted.account)
            self._turn(Wanted(wanted.shift, account, wanted.kind))
        elif key == Qt.Key.Key_V:
            self._keep()
        elif key == Qt.Key.Key_O and line is not None and line.incident:
            self.close_sheet()
            self.incident_wanted.emit(line.incident)
        elif key == Qt.Key.Key_Left:
            self._turn(Wanted(before(wanted.shift)))
        elif key == Qt.Key.Key_Right:
            self._turn(Wanted(next_of(wanted.shift)))
        else:
            super().keyPressEvent(event)


class _Writing(QObject):
    """A line on its way from its form to the log; it lives as long as the form."""

    def __init__(self, sheet: LogSheet, form: PlainForm, now: Callable[[], int]) -> None:
        super().__init__(form)
        self._sheet = sheet
        self._form = form
        self._now = now
        form.filled.connect(self._on_filled)

    @Slot(object)
    def _on_filled(self, values: dict[str, str]) -> None:
        said: dict[str, Any] = {"kind": LineKind(values["kind"]), "text": values["text"]}
        try:
            if "due" in values:
                said["due"] = reading.moment(values["due"], "due", self._now())
        except BadInput as error:
            self._form.show_error(error)
            return
        self._sheet.act(self._sheet.command(ShiftVerb.WRITE, **said), self._on_taken, self._form)

    @Slot(object)
    def _on_taken(self, _event: str) -> None:
        self._form.close_sheet()


def _after(every: tuple[str, ...], one: str) -> str:
    return every[(every.index(one) + 1) % len(every)] if one in every else every[0]
