"""A contested incident: both facts side by side, one decision, one reason; the chief decides."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from dispatch.desk.views import IncidentPane
from dispatch.domain.command import Command, Verb
from ui import refusals
from ui.acts.button import KeyButton, Weight
from ui.acts.field_row import FieldRow
from ui.acts.keys import pressed
from ui.acts.line_entry import LineEntry
from ui.incident.compare import Compare
from ui.incident.contested_title import ContestedTitle
from ui.incident.decision import Decision
from ui.incident.questions import LETTERS, Question, columns_of, compared, questions
from ui.incident.section import SIDE
from ui.look.theme import Theme

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Contested(QWidget):
    """`commanded` carries the resolving Command and no photos; `left` that it is put off.

    `chief_wanted` is the wish of somebody who may not decide.
    """

    commanded = Signal(object, object)
    left = Signal()
    chief_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pane: IncidentPane | None = None
        self._questions: tuple[Question, ...] = ()
        self._number = 0
        self._answers: dict[int, int] = {}
        self._may = False
        self.title = ContestedTitle(theme, self)
        self.compare = Compare(theme, self)
        self.decision = Decision(theme, self)
        self.decision.chosen.connect(self._on_chosen)
        self.compare.side_chosen.connect(self._on_side)
        self.reason = LineEntry(theme, "reason", self.tr("为什么这样定"), self)
        self.told = FieldRow(theme, self.tr("理由"), self.reason, True, self)
        self.error = QLabel("", self)
        self.error.setFont(theme.fonts.font(12))
        self.error.setWordWrap(True)
        self._lay_out()

    def _lay_out(self) -> None:
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.title, self.compare, self.decision):
            column.addWidget(part)
        typed = QVBoxLayout()
        typed.setContentsMargins(SIDE, 10, SIDE, 10)
        typed.addWidget(self.told)
        typed.addWidget(self.error)
        column.addLayout(typed)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(area, 1)
        outer.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        self.confirm = KeyButton(self._theme, "", "Enter", Weight.PRIMARY, self)
        self.confirm.clicked.connect(self._on_confirm)
        later = KeyButton(self._theme, self.tr("稍后处理"), "Esc", parent=self)
        later.clicked.connect(self.left)
        self.chief = KeyButton(self._theme, self.tr("请值班长定"), "G", parent=self)
        self.chief.clicked.connect(self.chief_wanted)
        foot = QHBoxLayout()
        foot.setContentsMargins(SIDE, 12, SIDE, 12)
        foot.setSpacing(8)
        foot.addWidget(self.confirm)
        foot.addWidget(later)
        foot.addStretch(1)
        foot.addWidget(self.chief)
        return foot

    def show_pane(self, pane: IncidentPane) -> None:
        """Show what is contested; what was typed for the same questions stays."""
        same = self._pane is not None and self._pane.row.id == pane.row.id
        asked = questions(pane.contests)
        if not same or asked != self._questions:
            self._number, self._answers = 0, {}
            self.reason.clear()
            self.told.show_error("")
            self.error.setText("")
        self._pane, self._questions = pane, asked
        self._may = any(offer.verb == Verb.RESOLVE for offer in pane.acts)
        self.told.setVisible(self._may)
        self.confirm.setVisible(self._may)
        self.chief.setVisible(not self._may)
        self._show_question()

    def _show_question(self) -> None:
        pane = self._pane
        if pane is None or not self._questions:
            return
        question = self._questions[self._number]
        self.title.show_question(question, (self._number, len(self._questions)), may=self._may)
        at = self._answers.get(self._number, 0)
        self.decision.show_choices(question.choices(), at, enabled=self._may)
        self._show_sides(at)

    def _show_sides(self, at: int) -> None:
        pane, question = self._pane, self._questions[self._number]
        count = len(question.facts)
        if pane is None:
            return
        first = at if at < count else 0
        other = next(place for place in range(count) if place != first) if count > 1 else first
        places = tuple(sorted({first, other}))
        facts = tuple(question.facts[place] for place in places)
        self.compare.show_columns(columns_of(question.facts, places), compared(facts), pane.photos)
        self.compare.set_chosen(str(at + 1) if self._may and at < count else "")
        choice = question.choices()[at]
        letter = LETTERS[at] if at < count else ""
        last = self._number + 1 == len(self._questions)
        word = self.tr("确认采用{letter}").format(letter=letter) if letter else choice.said[:4]
        self.confirm.say(word if last else self.tr("{word}，下一处").format(word=word))

    def show_error(self, error: BaseException) -> None:
        """Say why the decision was not taken."""
        palette = self.error.palette()
        palette.setColor(self.error.foregroundRole(), self._theme.tokens.red)
        self.error.setPalette(palette)
        self.error.setText(refusals.words(error))

    @Slot(int)
    def _on_chosen(self, at: int) -> None:
        self._answers[self._number] = at
        self._show_sides(at)

    @Slot(str)
    def _on_side(self, key: str) -> None:
        self.decision.press(int(key))

    @Slot()
    def _on_confirm(self) -> None:
        pane = self._pane
        if pane is None or not self._may:
            return
        self._answers[self._number] = self.decision.at()
        if self._number + 1 < len(self._questions):
            self._number += 1
            self._show_question()
            return
        reason = self.reason.text().strip()
        if not reason:
            self.told.show_error(self.tr("请写明理由"))
            self.reason.setFocus(Qt.FocusReason.TabFocusReason)
            return
        kept = [
            hash_
            for number, question in enumerate(self._questions)
            for hash_ in question.choices()[self._answers.get(number, 0)].keep
        ]
        command = Command(
            verb=Verb.RESOLVE,
            incident=pane.row.id,
            seen=pane.row.version,
            reason=reason,
            keep=tuple(kept),
        )
        self.commanded.emit(command, ())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self._may:
            self._on_confirm()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_G and not self._may:
            self.chief_wanted.emit()
        elif not (pressed(event).isdigit() and self.decision.press(int(pressed(event)))):
            super().keyPressEvent(event)
