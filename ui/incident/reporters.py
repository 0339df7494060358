"""Those who reported a matter, in the pane: how many were told, who waits, the reward."""

from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from dispatch.desk.views_reporter import NO_REPORTERS, Reporters, RewardLine
from dispatch.domain.command import Verb
from ui import labels, times
from ui.acts.keys import KEYS
from ui.incident.section import SIDE, Section
from ui.look.keycap import HEIGHT as CAP
from ui.look.keycap import draw_keycap, keycap_width
from ui.look.painting import Side, Writer
from ui.tongue import tr
from ui.wording import told

_TITLE: Final = 34
_ROW: Final = 28
_NAMED: Final = 6
"""So many numbers stand in a line."""


def untold_words(shown: Reporters) -> str:
    """Return who waits for word in one line; "" where nobody does."""
    waiting = shown.untold
    if not waiting:
        return ""
    numbers = tr("、").join(each.number[-4:] for each in waiting[:_NAMED])
    more = told(tr(" 等 {count} 位"), count=len(waiting)) if len(waiting) > _NAMED else ""
    return told(tr("未告知 {numbers}"), numbers=numbers) + more


class ReporterLines(Section):
    """Hidden where one alone reported and neither word nor reward is open."""

    _shown: Reporters = NO_REPORTERS
    _now = 0
    _may: tuple[Verb, ...] = ()

    def show_reporters(self, shown: Reporters, now: int, may: tuple[Verb, ...]) -> None:
        """Show them; `may`: which of telling and rewarding whoever sits here can do."""
        self._shown, self._now, self._may = shown, now, may
        self.refresh()

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Return each line's words and what stands at its right."""
        shown = self._shown
        if len(shown.lines) < 2 and not shown.rewards and not self._heard():
            return ()
        count = told(tr("{count} 位上报人"), count=len(shown.lines))
        done = told(tr("已告知 {count}"), count=self._heard())
        found = [(untold_words(shown) or count, done)]
        return (*found, *(self._reward(each) for each in shown.rewards))

    def _heard(self) -> int:
        return sum(each.told_at is not None for each in self._shown.lines)

    def _reward(self, each: RewardLine) -> tuple[str, str]:
        word = labels.reward(each.reward)
        amount = told(tr("{value} 元"), value=f"{each.yuan:,}") if each.yuan is not None else ""
        parts = [part for part in (word, amount, each.by) if part]
        return " · ".join(parts), times.minute(each.at, self._now)

    def height_for(self, width: int) -> int:
        count = len(self.lines())
        return self.theme.px(_TITLE) + count * self.theme.px(_ROW) + 8 if count else 0

    def draw(self, painter: QPainter, write: Writer) -> None:
        px, tokens, fonts = self.theme.px, self.theme.tokens, self.theme.fonts
        self.title(write, px(18), tr("上报人"))
        right = float(self.width() - SIDE)
        for verb in reversed(self._may):
            key = KEYS[verb]
            width = keycap_width(fonts, key)
            draw_keycap(painter, QPointF(right - width, px(18) - CAP / 2), key, (tokens, fonts))
            right -= width + 6
            word = labels.verb(verb)
            right -= write.text((right, px(18)), word, tokens.text_2, 12, side=Side.RIGHT) + 12
        middle = px(_TITLE) + px(_ROW) / 2
        waits = bool(self._shown.untold)
        for at, (words, beside) in enumerate(self.lines()):
            right = float(self.width() - SIDE)
            right -= write.text((right, middle), beside, tokens.text_2, 12, side=Side.RIGHT)
            ink = tokens.amber_text if waits and at == 0 else tokens.text_1
            line = fonts.elide(words, 14, right - SIDE - 12)
            write.text((SIDE, middle), line, ink, 14)
            middle += px(_ROW)
