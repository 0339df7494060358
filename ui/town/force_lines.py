"""The force on the town's board: coverage, objects, who is silent, the last calls."""

from typing import Final, Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from dispatch.desk.views_town import CallView, ForceView
from ui import times, town_words
from ui.incident.section import SIDE
from ui.incident.steps import length
from ui.look.keycap import HEIGHT as CAP
from ui.look.keycap import draw_keycap, keycap_width
from ui.look.painting import Side, Writer, draw_bar
from ui.look.theme import Theme
from ui.tongue import tr
from ui.wording import told as said

_LINE: Final = 30
_BAR: Final = 120
_CALLS: Final = 2
"""So many of the last calls are shown."""


class Board(Protocol):
    """What the lines are painted on; times are UTC milliseconds."""

    @property
    def theme(self) -> Theme:
        """Fonts and colours."""
        ...

    @property
    def now(self) -> int:
        """The instant that is shown."""
        ...

    @property
    def told(self) -> "HasForce":
        """What is shown."""
        ...

    def width(self) -> int:
        """Its width."""
        ...

    def begin(self, write: Writer, y: float, title: str, right: str = "") -> float:
        """Write a title."""
        ...


class HasForce(Protocol):
    """Something with the day's force."""

    @property
    def force(self) -> ForceView | None:
        """None until it has come."""
        ...


def force_lines(force: ForceView | None) -> int:
    """Return how many lines it takes."""
    if force is None:
        return 1
    return 2 + bool(force.silent) + min(_CALLS, len(force.calls))


def draw_force(board: Board, painter: QPainter, write: Writer, y: float) -> float:
    """Paint it; return where the next part begins."""
    px, force = board.theme.px, board.told.force
    y = board.begin(write, y, tr("力量"), tr("今日"))
    if force is None:
        write.text((SIDE, y), tr("正在统计"), board.theme.tokens.text_2, 13)
        return y + px(_LINE + 4)
    bare = tr("、").join(name for _, name in force.bare)
    extra = said(tr("未到 {names}"), names=bare) if bare else ""
    _share(board, painter, write, y, (tr("网格覆盖"), force.covered, force.grids, extra))
    y += px(_LINE)
    if force.objects_due is None:
        words = tr("没有带应查日的管理对象")
        write.text((SIDE, y), words, board.theme.tokens.text_2, 13)
    else:
        wrong = said(tr("有问题 {count}"), count=force.problems) if force.problems else ""
        row = (tr("应查对象"), force.objects_checked, force.objects_due, wrong)
        _share(board, painter, write, y, row)
    y += px(_LINE)
    if force.silent:
        _silent(board, painter, write, y, force)
        y += px(_LINE)
    for call in force.calls[:_CALLS]:
        _call(board, write, y, call)
        y += px(_LINE)
    return y + px(4)


def _share(
    board: Board, painter: QPainter, write: Writer, y: float, row: tuple[str, int, int, str]
) -> None:
    """A name, what stands beside it, a bar and n / m."""
    tokens, fonts, px = board.theme.tokens, board.theme.fonts, board.theme.px
    name, part, whole, extra = row
    right = float(board.width() - SIDE)
    counts = f"{part:,} / {whole:,}"
    right -= write.text((right, y), counts, tokens.text_1, 13, bold=True, side=Side.RIGHT) + px(12)
    box = QRectF(right - px(_BAR), y - 3, px(_BAR), 6)
    draw_bar(painter, box, part / max(1, whole), tokens)
    right -= px(_BAR + 12)
    x = SIDE + write.text((SIDE, y), name, tokens.text_1, 13) + px(16)
    shown = fonts.elide(extra, 12, right - x)
    write.text((right, y), shown, tokens.text_2, 12, side=Side.RIGHT)


def _silent(board: Board, painter: QPainter, write: Writer, y: float, force: ForceView) -> None:
    tokens, fonts, px = board.theme.tokens, board.theme.fonts, board.theme.px
    right = float(board.width() - SIDE)
    wide = keycap_width(fonts, "P")
    draw_keycap(painter, QPointF(right - wide, y - CAP / 2), "P", (tokens, fonts))
    right -= wide + px(6)
    right -= write.text((right, y), tr("点名"), tokens.text_2, 12, side=Side.RIGHT) + px(12)
    count = said(tr("失联 {count}"), count=len(force.silent))
    x = SIDE + write.text((SIDE, y), count, tokens.amber_text, 13, bold=True) + px(16)
    names = tr("、").join(
        f"{each.name} {length(board.now - each.since)}" for each in force.silent if each.since
    )
    write.text((x, y), fonts.elide(names, 13, right - x), tokens.text_1, 13)


def _call(board: Board, write: Writer, y: float, call: CallView) -> None:
    tokens, fonts, px = board.theme.tokens, board.theme.fonts, board.theme.px
    x = SIDE + write.text((SIDE, y), times.minute(call.at, board.now), tokens.text_3, 12) + px(10)
    answer = town_words.RADIO.get(call.answer, call.answer)
    line = said(tr("点名 {name} {answer}"), name=call.name, answer=answer)
    right = float(board.width() - SIDE)
    right -= write.text((right, y), call.by, tokens.text_2, 12, side=Side.RIGHT) + px(12)
    words = f"{line}　{call.text}" if call.text else line
    write.text((x, y), fonts.elide(words, 13, right - x), tokens.text_1, 13)
