"""Why an incident is contested, in one sentence."""

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ui import labels
from ui.incident.questions import LETTERS, Question
from ui.incident.section import SIDE, Section
from ui.incident.steps import length
from ui.look.marks import Light
from ui.look.painting import Side, Writer, draw_centred
from ui.tongue import tr
from ui.wording import told

_TOP: Final = 44


class ContestedTitle(Section):
    """Diamond, what has to be decided, and how it came about."""

    closed_by_line = False
    _question: Question | None = None
    _place = (0, 1)
    _may = False

    def show_question(self, question: Question, place: tuple[int, int], *, may: bool) -> None:
        """Show a question; `place` is its number from 0 and how many there are."""
        self._question, self._place, self._may = question, place, may
        self.refresh()

    def sentence(self) -> str:
        """Return how it came about."""
        question = self._question
        if question is None:
            return ""
        acts = tr("、").join(
            tr("{letter}“{event}”").format(letter=letter, event=labels.event(fact.type))
            for letter, fact in zip(LETTERS, question.facts, strict=False)
        )
        said = self.tr("几处互不知情，各自做了{acts}。记录都已保留，").format(acts=acts)
        end = self.tr("请选定以哪一条为准。") if self._may else self.tr("请值班长定。")
        return said + end

    def height_for(self, width: int) -> int:
        if self._question is None:
            return 0
        return self.theme.px(_TOP) + self.wrapped_height(self.sentence(), 13, width - 2 * SIDE) + 16

    def draw(self, painter: QPainter, write: Writer) -> None:
        question = self._question
        if question is None:
            return
        tokens, px = self.theme.tokens, self.theme.px
        mark = self.theme.marks.light(Light.CONTESTED, px(16), self.devicePixelRatioF())
        draw_centred(painter, mark, SIDE + 9, px(24))
        number, count = self._place
        late = max(((f.received_at or f.at) - f.at for f in question.facts), default=0)
        note = told(self.tr("最晚{late}后到达"), late=length(late))
        if count > 1:
            note = self.tr("第 {number} 处，共 {count} 处").format(number=number + 1, count=count)
        right = self.width() - SIDE
        x = right - write.text((right, px(24)), note, tokens.text_3, 12, side=Side.RIGHT)
        title = self.theme.fonts.elide(self.tr("互不知情的办理，需要决定"), 16, x - 52, bold=True)
        write.text((SIDE + 26, px(24)), title, tokens.text_1, 16, bold=True)
        box = QRectF(SIDE, px(_TOP), self.width() - 2 * SIDE, self.height())
        self.draw_wrapped(painter, box, (self.sentence(), tokens.text_2, 13))
