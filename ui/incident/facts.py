"""The facts of an incident: place, grid, who reported, phone, what is the matter."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from dispatch.desk.views import IncidentPane
from dispatch.domain.codes import State
from ui import labels, times
from ui.incident.section import SIDE, Section
from ui.look.painting import Side, Writer
from ui.tongue import tr
from ui.wording import told

_ROW: Final = 26
_TOP: Final = 12
_LABEL: Final = 64
_SHORT: Final = 4  # the head shows the last four digits


@dataclass(frozen=True, slots=True)
class Fact:
    """A word, what it says, and a note at the right that gives way first."""

    word: str
    said: str
    note: str = ""


class Facts(Section):
    """Labels of 64 px; a long text wraps, it is never cut."""

    _pane: IncidentPane | None = None
    _revealed = ""
    _now = 0

    def show_pane(self, pane: IncidentPane | None, now: int, revealed: str = "") -> None:
        """Show another incident; `revealed` stands for the masked phone."""
        self._pane, self._now, self._revealed = pane, now, revealed
        self.refresh()

    def facts(self) -> tuple[Fact, ...]:
        """Return what is shown, in order; a fact that nobody gave is left out."""
        pane = self._pane
        if pane is None:
            return ()
        row = pane.row
        source = labels.source(pane.source) if pane.source else ""
        who = " ".join(each for each in (pane.reporter, source) if each)
        photos = self.tr("{count} 图").format(count=row.photos)
        if pane.photos_missing:
            photos = self.tr("{there}，缺 {count}").format(there=photos, count=pane.photos_missing)
        shown = self._revealed or pane.phone
        reveal = "" if self._revealed else self.tr("按 V 显示，留痕")
        unit = " · ".join(each for each in (row.unit_name, pane.person) if each)
        listed = (
            Fact(self.tr("地点"), row.place or "—", f"{row.lon:.4f}, {row.lat:.4f}"),
            Fact(self.tr("网格"), row.grid_name or "—", row.grid or row.village),
            Fact(self.tr("上报"), f"{who} {times.clock(row.reported_at)}".strip(), photos),
            Fact(self.tr("电话"), shown, reveal) if shown else None,
            Fact(self.tr("单位"), unit, self._counts(pane)) if unit else None,
            self._card(pane),
            self._extension(pane),
            self._verifying(pane),
            Fact(self.tr("并案"), self._merged(pane)) if pane.master or pane.children else None,
            Fact(self.tr("撤派"), tr("、").join(pane.told_off)) if pane.told_off else None,
            Fact(self.tr("编号"), row.number) if len(row.number) > _SHORT else None,
            Fact(self.tr("归档"), pane.archive_no) if pane.archive_no else None,
            Fact(self.tr("评价"), labels.grade(pane.grade)) if pane.grade else None,
            Fact(self.tr("情况"), pane.text) if pane.text else None,
        )
        return tuple(each for each in listed if each is not None)

    def _card(self, pane: IncidentPane) -> Fact | None:
        """The supervision that stands, or the one that is proposed."""
        card, advice = pane.oversight.card, pane.oversight.proposed
        if card is None:
            if advice is None:
                return None
            level = labels.supervision(advice.level)
            said = told(self.tr("建议{level}"), level=level)
            return Fact(self.tr("督办"), said, labels.supervision_reason(advice.why))
        due = times.minute(card.answer_by, self._now)
        state = self.tr("已答复") if card.replied else told(self.tr("{due} 前答复"), due=due)
        giver = told(self.tr("市级 {name}"), name=card.person) if card.city else card.person
        parts = (labels.supervision(card.level), giver, state)
        points = told(self.tr("扣 {count} 分"), count=str(card.points)) if card.points else ""
        return Fact(self.tr("督办"), " · ".join(part for part in parts if part), points)

    def _extension(self, pane: IncidentPane) -> Fact | None:
        """How much more time was asked for and given; the end that was promised first."""
        more = pane.oversight.extension
        if more is None:
            return None
        said = labels.extension_state(more.state)
        if more.until is not None and more.state in {"asked", "endorsed"}:
            until = times.minute(more.until, self._now)
            said = told(self.tr("{said}，至 {until}"), said=said, until=until)
        if more.granted:
            said = told(self.tr("已延 {count} 次 · {said}"), count=str(more.granted), said=said)
        first = times.minute(more.original, self._now) if more.original else ""
        return Fact(self.tr("延期"), said, told(self.tr("原时限 {at}"), at=first) if first else "")

    def _verifying(self, pane: IncidentPane) -> Fact | None:
        """Whom somebody asked to look, until when; and what was found."""
        asked = pane.verifying
        if asked is None:
            return None
        said = " · ".join(each for each in (asked.name, asked.grid_name) if each)
        if asked.finding is not None:
            return Fact(self.tr("核实"), said, labels.finding(asked.finding))
        if pane.row.state is not State.VERIFY:
            return Fact(self.tr("核实"), said)
        due = times.minute(asked.due, self._now) if asked.due else ""
        return Fact(self.tr("请核实"), said, told(self.tr("{due}前"), due=due) if due else "")

    def _counts(self, pane: IncidentPane) -> str:
        counts = (
            (self.tr("退回"), pane.returns),
            (self.tr("返工"), pane.row.rework),
            (self.tr("重办"), pane.redo),
        )
        return " · ".join(f"{word} {count}" for word, count in counts if count)

    def _merged(self, pane: IncidentPane) -> str:
        if pane.master:
            return self.tr("并入 {master}").format(master=pane.master[-4:])
        return self.tr("并有 {count} 件").format(count=len(pane.children))

    def _left(self) -> int:
        return SIDE + self.theme.px(_LABEL)

    def _high(self, fact: Fact, width: int) -> int:
        room = width - self._left() - SIDE
        row = self.theme.px(_ROW)
        if self.theme.fonts.width(fact.said, 14) <= room:
            return row
        return max(row, self.wrapped_height(fact.said, 14, room) + 6)

    def height_for(self, width: int) -> int:
        facts = self.facts()
        if not facts:
            return 0
        return 2 * self.theme.px(_TOP) + sum(self._high(fact, width) for fact in facts)

    def draw(self, painter: QPainter, write: Writer) -> None:
        tokens, fonts = self.theme.tokens, self.theme.fonts
        top, left, row = float(self.theme.px(_TOP)), self._left(), self.theme.px(_ROW)
        right = self.width() - SIDE
        for fact in self.facts():
            middle = top + row / 2
            high = self._high(fact, self.width())
            write.text((SIDE, middle), fact.word, tokens.text_3, 13)
            width = fonts.width(fact.said, 14)
            if high > row or width > right - left:
                box = QRectF(left, top + 3, right - left, high)
                self.draw_wrapped(painter, box, (fact.said, tokens.text_1, 14))
            else:
                write.text((left, middle), fact.said, tokens.text_1, 14)
                if left + width + 12 + fonts.width(fact.note, 12) <= right:
                    write.text((right, middle), fact.note, tokens.text_3, 12, side=Side.RIGHT)
            top += high

    def place_of(self, word: str) -> QPointF:
        """Return the middle of a fact's line, for a test's mouse."""
        top = float(self.theme.px(_TOP))
        for fact in self.facts():
            if fact.word == word:
                break
            top += self._high(fact, self.width())
        return QPointF(self._left() + 20, top + self.theme.px(_ROW) / 2)
