"""The receipt painted: four counts, the digests, and under a line what the hub has signed."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from dispatch.desk.views_receipt import ReceiptView, SignedView
from ui import times
from ui.incident.section import SIDE, Section
from ui.look.painting import Side, Writer, hairline, outline
from ui.look.theme import Theme

SILENT_MS: Final = 90_000
"""A hub that has not answered for so long is away: the long poll comes back every 25 s."""
_BOX: Final = 84
_LINE: Final = 30
_GAP: Final = 12
_SHORT: Final = 16
_LINES: Final = 9


@dataclass(frozen=True, slots=True)
class Told:
    """What the board shows; `view` None until it has come. `now` UTC ms."""

    view: ReceiptView | None = None
    now: int = 0

    @property
    def silent(self) -> bool:
        """Whether the hub is away."""
        view = self.view
        return view is not None and (view.contact is None or self.now - view.contact > SILENT_MS)


class ReceiptBoard(Section):
    """Figures in boxes of one width, so that nothing moves when one of them grows."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        self.told = Told()
        super().__init__(theme, parent)
        self.setAccessibleName(self.tr("同步回执"))
        self.refresh()

    def show_told(self, told: Told) -> None:
        """Show it."""
        self.told = told
        self.refresh()

    def height_for(self, width: int) -> int:
        return self.theme.px(_BOX + _LINES * _LINE + 4 * _GAP)

    def draw(self, painter: QPainter, write: Writer) -> None:
        view, px = self.told.view, self.theme.px
        if view is None:
            write.text((SIDE, px(_LINE)), self.tr("正在清点"), self.theme.tokens.text_2, 14)
            return
        y = self._counts(painter, write, view)
        y = self._digest(painter, write, (y, view))
        hairline(painter, SIDE, y, self.width() - 2 * SIDE, self.theme.tokens.line)
        self._signed(painter, write, (y + px(_LINE), view))

    def _counts(self, painter: QPainter, write: Writer, view: ReceiptView) -> float:
        tokens, px = self.theme.tokens, self.theme.px
        held = self.tr("隔离 {count}").format(count=f"{view.quarantined:,}")
        refused = self.tr("拒收 {count}").format(count=f"{view.refused:,}")
        boxes = (
            (self.tr("本机产生"), view.made, "", tokens.text_1),
            (
                self.tr("市平台已收"),
                view.on_hub,
                held if view.quarantined else "",
                tokens.text_1,
            ),
            (
                self.tr("待发"),
                view.waiting,
                refused if view.refused else "",
                tokens.amber_text if view.waiting else tokens.text_1,
            ),
        )
        wide = (self.width() - 2 * SIDE - 2 * px(_GAP)) / len(boxes)
        for nth, (word, count, beside, ink) in enumerate(boxes):
            x = round(SIDE + nth * (wide + px(_GAP)))
            box = QRectF(x, px(_GAP), round(wide), px(_BOX))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.raised)
            painter.drawRoundedRect(box, 6, 6)
            outline(painter, box, tokens.line, 6)
            write.text((x + px(16), box.top() + px(24)), word, tokens.text_2, 13)
            at = (x + px(16), box.top() + px(58))
            told = write.text(at, f"{count:,}", ink, 28, bold=True)
            write.text((at[0] + told + px(12), at[1] + px(4)), beside, tokens.violet, 13)
        return float(px(_GAP + _BOX))

    def _mark(self, equal: bool | None) -> tuple[str, QColor]:
        tokens = self.theme.tokens
        if equal is None:
            return self.tr("摘要未比对"), tokens.grey
        if equal:
            return self.tr("摘要一致"), tokens.green
        return self.tr("摘要不一致"), tokens.red

    def _digest(self, painter: QPainter, write: Writer, at: tuple[float, ReceiptView]) -> float:
        """The digests compared, as of which number and time."""
        (top, view), tokens, px = at, self.theme.tokens, self.theme.px
        y = top + px(_LINE)
        words, colour = self._mark(view.equal)
        x = self._point(painter, write, (SIDE, y), (words, colour))
        told = self.tr("截至 {town} 第 {seq} 号").format(town=view.town, seq=f"{view.seq:,}")
        write.text((x + px(16), y), told, tokens.text_1, 14)
        if view.contact is not None:
            when = times.minute(view.contact, self.told.now)
            told = self.tr("上次联系 {at}").format(at=when)
        else:
            told = self.tr("还没有联系过市平台")
        ink = tokens.amber_text if self.told.silent else tokens.text_2
        write.text((self.width() - SIDE, y), told, ink, 13, side=Side.RIGHT)
        return y + px(_LINE)

    def _point(
        self,
        painter: QPainter,
        write: Writer,
        at: tuple[float, float],
        said: tuple[str, QColor],
    ) -> float:
        """A coloured point and its words; the colour repeats what the words say."""
        words, colour = said
        size = float(self.theme.px(10))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QRectF(at[0], round(at[1] - size / 2), size, size))
        x = at[0] + size + self.theme.px(8)
        return x + write.text((x, at[1]), words, self.theme.tokens.text_1, 14, bold=True)

    def _signed(self, painter: QPainter, write: Writer, at: tuple[float, ReceiptView]) -> None:
        (y, view), tokens, px = at, self.theme.tokens, self.theme.px
        signed = view.signed
        if signed is None:
            self.title(write, y, self.tr("市平台会签"))
            told = self.tr("尚未会签。联网后按 R，市平台即在它持有的数目下签名")
            write.text((SIDE, y + px(_LINE)), told, tokens.text_2, 14)
            return
        age = self.tr("{age}前").format(age=times.age(signed.at, self.told.now))
        when = " · ".join((times.minute(signed.at, self.told.now), age))
        self.title(write, y, self.tr("市平台会签"), when)
        y += px(_LINE)
        words, ink = self._stands(signed)
        write.text((SIDE, y), words, ink, 14)
        y += px(_LINE)
        for name, value in self._lines(signed):
            write.text((SIDE, y), name, tokens.text_2, 13)
            write.text((SIDE + px(112), y), value, tokens.text_1, 13)
            y += px(_LINE - 4)

    def _stands(self, signed: SignedView) -> tuple[str, QColor]:
        """Say whether the receipt still covers what is here."""
        tokens = self.theme.tokens
        if self.told.silent:
            return self.tr("现在连不上市平台，以下是上次会签的"), tokens.amber_text
        if not signed.stands:
            return self.tr("会签之后本机又有变化，按 R 重新会签"), tokens.amber_text
        return self.tr("与本机现在的数目相符"), tokens.text_1

    def _lines(self, signed: SignedView) -> tuple[tuple[str, str], ...]:
        held = self.tr("{held} / {made} 条，隔离 {kept}").format(
            held=f"{signed.held:,}", made=f"{signed.made:,}", kept=f"{signed.quarantined:,}"
        )
        number = self.tr("第 {seq} 号 · {mark}").format(
            seq=f"{signed.seq:,}", mark=self._mark(signed.equal)[0]
        )
        return (
            (self.tr("持有本机事件"), held),
            (self.tr("镇街序号"), number),
            (self.tr("写者"), self.tr("{count} 个").format(count=len(signed.writers))),
            (self.tr("摘要"), _grouped(signed.digest)),
            (self.tr("签名"), _grouped(signed.sig)),
        )


def _grouped(text: str) -> str:
    """The beginning of a long figure in groups of four, as one reads it out on the phone."""
    head = text[:_SHORT]
    parts = [head[start : start + 4] for start in range(0, len(head), 4)]
    return " ".join(parts) + (" …" if len(text) > _SHORT else "")
