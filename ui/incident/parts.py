"""The parts of a joint order: each assisting unit, where its part stands, what time it has."""

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from dispatch.desk.views_parts import Part
from dispatch.domain.codes import Light as Clock
from dispatch.domain.codes import SubState
from ui import labels, times
from ui.incident.section import SIDE, Section
from ui.look.marks import Light
from ui.look.painting import Side, Writer, draw_centred
from ui.wording import told

_TITLE: Final = 34
_ROW: Final = 28
_INDENT: Final = 26
_GAP: Final = 6
_SHAPES: Final = {Clock.GREEN: Light.GREEN, Clock.YELLOW: Light.YELLOW, Clock.RED: Light.RED}


class Parts(Section):
    """One line each; the time that is left counts down."""

    _parts: tuple[Part, ...] = ()
    _now = 0

    def show_parts(self, parts: tuple[Part, ...], now: int) -> None:
        """Show the parts of an incident; none hides the section."""
        self._parts, self._now = parts, now
        self.refresh()

    def set_now(self, now: int) -> None:
        """Count down."""
        self._now = now
        if any(each.clock is not None for each in self._parts):
            self.update()

    def lines(self) -> tuple[tuple[str, str, str], ...]:
        """Return per part its unit, what is known of it, and what stands at the right."""
        return tuple((each.name, self._known(each), self._time(each)) for each in self._parts)

    def height_for(self, width: int) -> int:
        if not self._parts:
            return 0
        rows = sum(self.theme.px(_ROW) + self._said_high(each, width) for each in self._parts)
        return self.theme.px(_TITLE) + rows + 8

    def answer(self, part: Part) -> str:
        """Return the answer to a whistle with its four facts; "" while there is none."""
        given = part.answer
        if given is None or given.accepted_at is None or given.promised is None:
            return ""
        return told(
            self.tr("{at} 受理 · 与{talked}沟通 · {measure} · {due} 前办完"),
            at=times.minute(given.accepted_at, self._now),
            talked=given.talked or "—",
            measure=given.measure or "—",
            due=times.minute(given.promised, self._now),
        )

    def _said_high(self, part: Part, width: int) -> int:
        said = self.answer(part)
        return self.wrapped_height(said, 12, width - 2 * SIDE - _INDENT) + _GAP if said else 0

    def draw(self, painter: QPainter, write: Writer) -> None:
        px = self.theme.px
        over = sum(not each.open for each in self._parts)
        said = told(self.tr("办完{over}，共{all}"), over=over, all=len(self._parts))
        self.title(write, px(18), self.tr("协办单"), said)
        top = px(_TITLE)
        for part in self._parts:
            self._line(painter, write, part, top + px(_ROW) / 2)
            top += px(_ROW)
            high = self._said_high(part, self.width())
            if high:
                room = self.width() - 2 * SIDE - _INDENT
                answer = (self.answer(part), self.theme.tokens.text_2, 12)
                self.draw_wrapped(painter, QRectF(SIDE + _INDENT, top, room, high), answer)
                top += high

    def _line(self, painter: QPainter, write: Writer, part: Part, middle: float) -> None:
        tokens, fonts = self.theme.tokens, self.theme.fonts
        left, right = SIDE + _INDENT, self.width() - SIDE
        light = part.light(self._now)
        if light in _SHAPES:
            mark = self.theme.marks.light(_SHAPES[light], 14, self.devicePixelRatioF())
            draw_centred(painter, mark, SIDE + 8, middle)
        urgent = {Clock.RED: tokens.red, Clock.YELLOW: tokens.amber_text}
        ink, bold = urgent.get(light, tokens.text_2), light in urgent
        time = self._time(part)
        x = right - write.text((right, middle), time, ink, 13, side=Side.RIGHT, bold=bold)
        name = fonts.elide(part.name, 14, x - left - 12)
        ink = tokens.text_1 if part.open else tokens.text_2
        left += 10 + round(write.text((left, middle), name, ink, 14))
        said = fonts.elide(self._known(part), 12, max(0, x - left - 12))
        write.text((left, middle), said, tokens.text_3, 12)

    def _known(self, part: Part) -> str:
        """Where it stands, and when the unit was there."""
        words = [self.tr("待答复") if part.answered_by_sign else labels.sub(part.state)]
        if part.arrived_at is not None:
            words.append(told(self.tr("{at}到达"), at=times.minute(part.arrived_at, self._now)))
        return " · ".join(words)

    def _time(self, part: Part) -> str:
        if part.clock is None:
            return times.minute(part.ended_at, self._now) if part.ended_at else ""
        still = part.still
        over, span = times.left(part.clock.due, self._now if still is None else still)
        if still is not None:
            words = self.tr("停表 · 超时 {span}") if over else self.tr("停表 · 余 {span}")
            return words.format(span=span)
        if over:
            return told(self.tr("超时{span}"), span=span)
        word = self.tr("签收") if part.state is SubState.SENT else self.tr("处置")
        if part.answered_by_sign:
            word = self.tr("答复")
        return f"{word} {span}"
