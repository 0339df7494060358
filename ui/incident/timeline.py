"""What happened, newest first: time, dot, act and words, who."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from dispatch.desk.views import TimelineEntry
from ui import labels, times
from ui.incident.outcome import outcome
from ui.incident.section import SIDE, Section
from ui.look.painting import Side, Writer, upright
from ui.tongue import tr
from ui.wording import told

_TITLE: Final = 36
_ROW: Final = 25
_TIME: Final = 58
_WHO: Final = 0.34  # share of the width that the person may take


class Timeline(Section):
    """Each fact one line; words that do not fit follow under it, wrapped. Nothing is cut."""

    _entries: tuple[TimelineEntry, ...] = ()
    _now = 0

    def show_entries(self, entries: tuple[TimelineEntry, ...], now: int) -> None:
        """Show the facts of an incident."""
        self._entries, self._now = entries, now
        self.refresh()

    def _left(self) -> int:
        return SIDE + self.theme.px(_TIME) + 28

    def _who(self, entry: TimelineEntry) -> str:
        who = f"{labels.role(entry.role)} {entry.person}".strip()
        if entry.on_behalf:
            who = told(self.tr("{who} · 代{unit}"), who=who, unit=entry.on_behalf)
        return self.theme.fonts.elide(who, 12, self.width() * _WHO)

    def _act(self, entry: TimelineEntry) -> str:
        act = labels.event(entry.type)
        if entry.photos:
            act = self.tr("{act}，{count} 张照片").format(act=act, count=len(entry.photos))
        return act if entry.live else self.tr("{act}（已撤销）").format(act=act)

    def _words(self, entry: TimelineEntry, width: int) -> tuple[str, str]:
        """The first line, and what follows under it when both do not fit on one."""
        act = self._act(entry)
        told_of = (outcome(entry), labels.reason(entry.reason), entry.text)
        said = tr("，").join(each for each in told_of if each)
        if not said:
            return act, ""
        fonts = self.theme.fonts
        room = width - self._left() - SIDE - 12 - fonts.width(self._who(entry), 12)
        whole = tr("{act}：{said}").format(act=act, said=said)
        return (whole, "") if fonts.width(whole, 14) <= room else (act, said)

    def _below(self, said: str, width: int) -> int:
        return self.wrapped_height(said, 13, width - self._left() - SIDE) + 4 if said else 0

    def height_for(self, width: int) -> int:
        if not self._entries:
            return 0
        extra = sum(self._below(self._words(entry, width)[1], width) for entry in self._entries)
        return self.theme.px(_TITLE) + len(self._entries) * self.theme.px(_ROW) + extra + 10

    def draw(self, painter: QPainter, write: Writer) -> None:
        px, tokens = self.theme.px, self.theme.tokens
        count = self.tr("{count} 条").format(count=len(self._entries))
        self.title(write, px(18), self.tr("时间线"), count)
        top = float(px(_TITLE))
        for at, entry in enumerate(self._entries):
            middle = top + px(_ROW) / 2
            first, said = self._words(entry, self.width())
            high = px(_ROW) + self._below(said, self.width())
            if at + 1 < len(self._entries):
                upright(painter, self._left() - 14, middle + 4, high - 7, tokens.line_2)
            self._dot(painter, middle, newest=at == 0)
            self._line(painter, write, entry, middle)
            ink = tokens.text_1 if entry.live else tokens.text_3
            write.text((self._left(), middle), first, ink, 14)
            if said:
                box = QRectF(
                    self._left(), top + px(_ROW) - 1, self.width() - self._left() - SIDE, high
                )
                self.draw_wrapped(painter, box, (said, tokens.text_2, 13))
            top += high

    def _line(self, painter: QPainter, write: Writer, entry: TimelineEntry, middle: float) -> None:
        tokens = self.theme.tokens
        same_day = times.day(entry.at) == times.day(self._now)
        time = times.clock(entry.at) if same_day else times.minute(entry.at, self._now)
        time = self.theme.fonts.elide(time, 12, self.theme.px(_TIME) + 14)
        write.text((SIDE, middle), time, tokens.text_2, 12)
        right = self.width() - SIDE
        if entry.seq is None:
            self.theme.icons.draw(painter, "cloud-upload", (right - 8, middle), tokens.amber_text)
            right -= 22
        write.text((right, middle), self._who(entry), tokens.text_3, 12, side=Side.RIGHT)

    def _dot(self, painter: QPainter, middle: float, *, newest: bool) -> None:
        tokens = self.theme.tokens
        at = QPointF(self._left() - 13.5, middle)
        if newest:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.blue)
            painter.drawEllipse(at, 4, 4)
        else:
            painter.setPen(QPen(tokens.text_3, 1.2))
            painter.setBrush(tokens.panel)
            painter.drawEllipse(at, 3, 3)
