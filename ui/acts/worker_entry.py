"""A field for who is to look at a place: the likeliest workers stand there before a key is hit."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from dispatch.desk.candidates import Candidate
from dispatch.desk.views import WorkerStatus
from ui import labels, times
from ui.acts.finder import Finder
from ui.acts.found import Found, Taker
from ui.look.theme import Theme
from ui.tongue import tr
from ui.wording import told

Searched = Callable[[Iterable[tuple[str, str, str]], str], list[str]]
Asking = Callable[[Callable[[tuple[Candidate, ...]], None]], None]


class WorkerEntry(Finder):
    """One worker; Enter takes the first. Who is off duty, silent or busy is told so in words."""

    def __init__(
        self,
        theme: Theme,
        ask: Asking,
        search: Searched,
        now: Callable[[], int],
        parent: QWidget | None = None,
    ) -> None:
        """`ask` asks for the candidates, `search` finds codes among (code, name, other word)."""
        super().__init__(theme, "worker", self._look, tr("姓名、拼音、网格"), parent)
        self._ask = ask
        self._search = search
        self._now = now
        self._candidates: dict[str, Candidate] = {}

    def doubt(self) -> str:
        """Return why to think twice before this one is asked; "" when there is no reason."""
        found = self.found()
        chosen = self._candidates.get(found.code) if found else None
        if chosen is None or chosen.free:
            return ""
        name, row = chosen.row.name, chosen.row
        if row.status is WorkerStatus.OFF:
            why = told(self.tr("{name}已下班，收不到提醒"), name=name)
        elif row.status is WorkerStatus.SILENT:
            age = times.age(row.since, self._now())
            why = told(self.tr("{name}已失联 {age}"), name=name, age=age)
        else:
            why = told(self.tr("{name}手上还有 {task}"), name=name, task=row.task)
        return told(self.tr("{why}。仍交给此人，请再按一次 Enter"), why=why)

    def _look(self, text: str, taker: Taker) -> None:
        if self._candidates:
            taker(text, self._lines(text))
        else:
            _Asked(self, text, taker).go(self._ask)

    def keep(self, candidates: tuple[Candidate, ...]) -> None:
        """Keep who could be asked, the likeliest first."""
        self._candidates = {each.row.number: each for each in candidates}

    def answer(self, text: str, taker: Taker) -> None:
        """Give the lines for a text to who asked."""
        taker(text, self._lines(text))

    def _lines(self, text: str) -> tuple[Found, ...]:
        known = self._candidates
        if not text.strip():
            return tuple(self._line(each) for each in known.values())
        names = ((code, each.row.name, each.row.grid_name) for code, each in known.items())
        return tuple(self._line(known[code]) for code in self._search(names, text))

    def _line(self, each: Candidate) -> Found:
        row, now = each.row, self._now()
        said = [labels.worker(row.status)]
        if row.status is WorkerStatus.OFF:
            said.append(self.tr("收不到提醒"))
        else:
            if row.task:
                said.append(told(self.tr("手上 {task}"), task=row.task))
            age = times.age(row.fix_at, now)
            fix = told(self.tr("{age}前定位"), age=age) if row.fix_at else self.tr("没有定位")
            said.append(fix)
            if each.distance_m is not None:
                said.append(told(self.tr("{metres} 米"), metres=each.distance_m))
        return Found(row.number, row.name, row.grid_name, " · ".join(said))

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        super()._on_edited(text)
        if not text.strip():
            self.offer()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.text().strip() and event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.offer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        hidden = not self.text().strip() and not self.popup().isVisible()
        if hidden and event.key() == Qt.Key.Key_Down:
            self.offer()
        else:
            super().keyPressEvent(event)


class _Asked:
    """A text that waits for the candidates."""

    def __init__(self, entry: WorkerEntry, text: str, taker: Taker) -> None:
        self._entry = entry
        self._text = text
        self._taker = taker

    def go(self, ask: Asking) -> None:
        ask(self.take)

    def take(self, candidates: tuple[Candidate, ...]) -> None:
        if isValid(self._entry):
            self._entry.keep(candidates)
            self._entry.answer(self._text, self._taker)
