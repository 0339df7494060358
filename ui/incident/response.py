"""The response to a P1 in the pane: who was there within 1, 3, 5 minutes, and what is at hand."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from dispatch.advice.at_hand import ARRIVE_MIN, AtHand, Help
from dispatch.desk.views_at_hand import NO_RESPONSE, Arrival, Response
from ui import labels, times
from ui.acts.keys import AT_HAND
from ui.incident.section import SIDE, Section
from ui.look.keycap import HEIGHT as CAP
from ui.look.keycap import draw_keycap, keycap_width
from ui.look.painting import Side, Writer
from ui.tongue import tr
from ui.wording import told

_TITLE: Final = 34
_ROW: Final = 26
_LABEL: Final = 64
_GAP: Final = 6


class ResponseLines(Section):
    """Hidden where nothing is at hand and nobody was sent; `set_now` counts who is not there."""

    _shown: Response = NO_RESPONSE
    _now = 0

    def show_response(self, shown: Response, now: int) -> None:
        """Show it."""
        self._shown, self._now = shown, now
        self.refresh()

    def set_now(self, now: int) -> None:
        """Count on."""
        self._now = now
        if any(each.arrived_at is None for each in self._shown.arrivals):
            self.update()

    def kept(self) -> str:
        """Return how many were there within 1, 3, 5 minutes, of how many; "" of none."""
        shown = self._shown
        every = len(shown.arrivals)
        return tr(" · ").join(
            told(tr("{minutes} 分内 {kept}/{all}"), minutes=each, kept=shown.kept(each), all=every)
            for each in (ARRIVE_MIN if every else ())
        )

    def arrivals(self) -> tuple[tuple[str, str], ...]:
        """Return each unit that was sent and when it was there, or how long it has been."""
        return tuple((each.name, self._arrived(each)) for each in self._shown.arrivals)

    def at_hand(self) -> tuple[tuple[str, str], ...]:
        """Return each kind of what is at hand and the nearest ones with their distance."""
        found = self._shown.at_hand
        return tuple(
            (labels.help_kind(kind), tr(" · ").join(_named(each) for each in of_kind))
            for kind in Help
            if (of_kind := [each for each in found if each.kind is kind])
        )

    def keys(self) -> list[tuple[str, str]]:
        """Return the key that shows it on the map, with its words."""
        return [(AT_HAND, self.tr("地图上看就近力量"))] if self._shown.at_hand else []

    def places(self) -> tuple[AtHand, ...]:
        """Return what is at hand."""
        return self._shown.at_hand

    def _arrived(self, each: Arrival) -> str:
        at = each.arrived_at
        if at is None:
            gone = times.span(max(0, self._now - each.started_at))
            return told(self.tr("未到 · 已过 {span}"), span=gone)
        took = times.span(max(0, at - each.started_at))
        return told(self.tr("{at} 到达 · 用时 {span}"), at=times.minute(at, self._now), span=took)

    def _high(self, said: str, width: int) -> int:
        return self.wrapped_height(said, 13, width - 2 * SIDE - _LABEL) + _GAP

    def height_for(self, width: int) -> int:
        px, high = self.theme.px, 0
        if self._shown.arrivals:
            high += px(_TITLE) + len(self._shown.arrivals) * px(_ROW) + _GAP
        if self._shown.at_hand:
            high += px(_TITLE) + sum(self._high(said, width) for _, said in self.at_hand()) + _GAP
        return high

    def draw(self, painter: QPainter, write: Writer) -> None:
        top = self._draw_arrivals(write)
        if self._shown.at_hand:
            self._draw_at_hand(painter, write, top)

    def _draw_arrivals(self, write: Writer) -> float:
        if not self._shown.arrivals:
            return 0.0
        px, tokens, right = self.theme.px, self.theme.tokens, self.width() - SIDE
        self.title(write, px(18), self.tr("到场"), self.kept())
        middle = px(_TITLE) + px(_ROW) / 2
        for each, (name, said) in zip(self._shown.arrivals, self.arrivals(), strict=True):
            ink = tokens.text_2 if each.arrived_at is not None else tokens.text_1
            left = right - write.text((right, middle), said, ink, 13, side=Side.RIGHT)
            shown = self.theme.fonts.elide(name, 14, left - SIDE - 12)
            write.text((SIDE, middle), shown, tokens.text_1, 14)
            middle += px(_ROW)
        return middle - px(_ROW) / 2 + _GAP

    def _draw_at_hand(self, painter: QPainter, write: Writer, top: float) -> None:
        px, tokens, fonts = self.theme.px, self.theme.tokens, self.theme.fonts
        middle = top + px(18)
        write.text((SIDE, middle), self.tr("就近力量"), tokens.text_1, 13, bold=True)
        right = float(self.width() - SIDE) - keycap_width(fonts, AT_HAND)
        draw_keycap(painter, QPointF(right, middle - CAP / 2), AT_HAND, (tokens, fonts))
        words = self.tr("直线距离 · 地图")
        write.text((right - 8, middle), words, tokens.text_3, 12, side=Side.RIGHT)
        line = top + px(_TITLE)
        for label, said in self.at_hand():
            high = self._high(said, self.width())
            write.text((SIDE, line + px(9)), label, tokens.text_3, 12)
            box = QRectF(SIDE + _LABEL, line, self.width() - 2 * SIDE - _LABEL, high)
            self.draw_wrapped(painter, box, (said, tokens.text_1, 13))
            line += high


def _named(each: AtHand) -> str:
    if each.distance_m < 1000:
        return told(tr("{name}（{metres} 米）"), name=each.name, metres=each.distance_m)
    far = f"{each.distance_m / 1000:.1f}"
    return told(tr("{name}（{kilometres} 公里）"), name=each.name, kilometres=far)
