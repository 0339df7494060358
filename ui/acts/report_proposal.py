"""What a report will bring, under its item and place: unit, limits, and what is like it."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dispatch.desk.views_report import ReportProposal
from dispatch.domain.codes import Priority, Stage
from ui import labels, refusals, times
from ui.acts.field_row import WORD
from ui.incident.advice import how_far
from ui.incident.near import apart
from ui.look.painting import Side, Writer
from ui.look.theme import Theme
from ui.tongue import tr
from ui.wording import told

_ROW: Final = 24
_ROWS: Final = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A word, what it says and the note at the right; `warns` in amber."""

    word: str
    said: str
    note: str = ""
    warns: bool = False
    dim: bool = False


class ReportProposalLines(QWidget):
    """Five lines of a fixed height: nothing in the form moves when they fill."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: tuple[Line, ...] = ()
        self.say_nothing()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(_ROW) * _ROWS)
        self.setAccessibleName(self.tr("拟办"))

    def lines(self) -> tuple[Line, ...]:
        """Return what is shown."""
        return self._lines

    def say_nothing(self) -> None:
        """No item is chosen yet."""
        self._show((Line(self.tr("拟办"), self.tr("选定事项后显示处置单位和时限"), dim=True),))

    def say_error(self, error: BaseException) -> None:
        """There is no proposal for this item at this place."""
        self._show((Line(self.tr("拟办"), refusals.words(error), warns=True),))

    def show_proposal(
        self, proposal: ReportProposal, chosen: object, now: int, *, placed: bool
    ) -> None:
        """Show a proposal; `chosen` is the priority in the form, `now` the seat's clock.

        `placed` tells whether it was asked with a point: without one nothing was compared.
        """
        self._show(
            (
                self._unit(proposal),
                self._disposal(proposal, chosen, now),
                self._accept(proposal, now),
                self._alike(proposal, placed=placed),
                self._guide(proposal),
            )
        )

    def _show(self, lines: tuple[Line, ...]) -> None:
        self._lines = lines
        self.setAccessibleDescription(tr("；").join(f"{line.word} {line.said}" for line in lines))
        self.update()

    def _unit(self, proposal: ReportProposal) -> Line:
        unit, station = proposal.unit, proposal.station
        if unit is None:
            return Line(self.tr("处置单位"), self.tr("本镇没有主办单位，派遣时选定"), warns=True)
        also = told(self.tr("{unit}可协助"), unit=station.name) if station else ""
        said = " · ".join(
            each for each in (unit.name, labels.advice_reason("responsible"), also) if each
        )
        return Line(self.tr("处置单位"), said, how_far(unit))

    def _disposal(self, proposal: ReportProposal, chosen: object, now: int) -> Line:
        span, due = proposal.span(Stage.DISPOSAL), proposal.due(Stage.DISPOSAL)
        if span is None or due is None:
            return Line(self.tr("处置时限"), labels.profile(proposal.sla, proposal.working))
        kind = labels.profile(proposal.sla, proposal.working)
        said = told(
            tr("{kind} · 派出后{span}"), kind=kind, span=labels.span(span, proposal.working)
        )
        if isinstance(chosen, Priority) and chosen is not proposal.priority:
            said = f"{said} · {self.tr('随事项，不随优先级')}"
        if proposal.calendar_missing:
            years = tr("、").join(str(year) for year in proposal.calendar_missing)
            note = told(self.tr("缺{years}年工作日历"), years=years)
            return Line(self.tr("处置时限"), said, note, warns=True)
        until = times.minute(due, now)
        return Line(self.tr("处置时限"), said, told(self.tr("现在派出则{until}前"), until=until))

    def _accept(self, proposal: ReportProposal, now: int) -> Line:
        parts = []
        for stage in (Stage.ACCEPT, Stage.FIRST_ANSWER):
            span = proposal.span(stage)
            if span is not None:
                how_long = labels.span(span, proposal.working)
                parts.append(told(tr("{stage}{span}"), stage=labels.stage(stage), span=how_long))
        due = proposal.due(Stage.ACCEPT)
        until = told(self.tr("{until}前受理"), until=times.minute(due, now)) if due else ""
        return Line(self.tr("受理时限"), " · ".join(parts) or "—", until)

    def _alike(self, proposal: ReportProposal, *, placed: bool) -> Line:
        if not placed:
            return Line(self.tr("查重"), self.tr("有了坐标才能查重"), dim=True)
        if not proposal.duplicates:
            return Line(self.tr("查重"), self.tr("50 米、24 小时内没有同类事件"))
        near, more = proposal.duplicates[0], len(proposal.duplicates) - 1
        said = told(
            self.tr("{metres}米处，{apart}前已有{number}"),
            metres=near.distance_m,
            apart=apart(near.apart_s),
            number=near.number[-4:],
        )
        said = told(self.tr("{said}，另{more}件"), said=said, more=more) if more else said
        return Line(self.tr("查重"), said, labels.state(near.state), warns=True)

    def _guide(self, proposal: ReportProposal) -> Line:
        guide = proposal.guide
        if not guide.closing and not guide.photos:
            return Line(self.tr("指引"), self.tr("本事项没有办理指引"), dim=True)
        note = told(self.tr("照片 {count} 张"), count=guide.photos) if guide.photos else ""
        return Line(self.tr("办结条件"), guide.closing or "—", note)

    def sizeHint(self) -> QSize:
        return QSize(400, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        write = Writer(painter, self._theme.fonts)
        for at, line in enumerate(self._lines):
            self._line(painter, write, line, self._theme.px(_ROW) * (at + 0.5))

    def _line(self, painter: QPainter, write: Writer, line: Line, middle: float) -> None:
        theme = self._theme
        tokens, fonts = theme.tokens, theme.fonts
        write.text((0, middle), line.word, tokens.text_3, 13)
        left, right = float(theme.px(WORD)), float(self.width())
        ink: QColor = tokens.text_3 if line.dim else tokens.text_1
        if line.warns:
            ink = tokens.amber_text
            theme.icons.draw(painter, "triangle-alert", (left + 8, middle), tokens.amber)
            left += 22
        right -= write.text((right, middle), line.note, tokens.text_2, 12, side=Side.RIGHT)
        said = fonts.elide(line.said, 13, right - left - (12 if line.note else 0))
        write.text((left, middle), said, ink, 13)
