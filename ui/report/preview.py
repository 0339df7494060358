"""The report as it will be printed: its pages one under the other, or the list of its files."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ui.look.painting import TagStyle, Writer, draw_tag, outline
from ui.look.theme import Theme
from ui.report.door import Made

_TOP: Final = 44
_GAP: Final = 12


class ReportPreview(QWidget):
    """Says 暂定 or 修订 above the pages; without poppler the files are listed instead."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._made: Made | None = None
        self._pages: list[QPixmap] = []
        self._said = ""
        self._kept = True
        self._fit()

    def show_message(self, words: str) -> None:
        """Show a sentence where the pages would be."""
        self._made, self._pages, self._said = None, [], words
        self._fit()

    def show_made(self, made: Made, *, kept: bool = True) -> None:
        """Show what was made; the pages follow. Not `kept`: a preview, nothing was issued."""
        self._made, self._pages, self._said, self._kept = made, [], "", kept
        self._fit()

    def show_pages(self, files: tuple[Path, ...]) -> None:
        """Show the pages' pictures."""
        self._pages = [QPixmap(str(file)) for file in files]
        self._fit()

    def pages(self) -> int:
        """Return how many pages are shown."""
        return len(self._pages)

    def words(self) -> str:
        """Return what is said above the pages."""
        if self._made is None:
            return self._said
        if not self._kept:
            return self.tr("预览，未出具")
        parts = [
            self.tr("修订 {number}").format(number=self._made.revision)
            if self._made.revision
            else self.tr("首次")
        ]
        if self._made.provisional:
            parts.insert(0, self.tr("暂定"))
        parts.append(self.tr("第 2 页平衡") if self._made.balanced else self.tr("第 2 页不平衡"))
        return " · ".join(parts)

    def _fit(self) -> None:
        high = self._theme.px(_TOP)
        high += sum(round(self._page_high(page)) + _GAP for page in self._pages)
        if self._made is not None and not self._pages:
            high += len(self._made.paths) * self._theme.px(26) + 40
        self.setMinimumHeight(high)
        self.update()

    def _page_high(self, page: QPixmap) -> float:
        return page.height() * self._page_wide() / max(1, page.width())

    def _page_wide(self) -> float:
        return max(200.0, self.width() - 32.0)

    def sizeHint(self) -> QSize:
        return QSize(600, self.minimumHeight())

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        tokens, fonts = self._theme.tokens, self._theme.fonts
        painter.fillRect(self.rect(), tokens.app)
        write, middle = Writer(painter, fonts), self._theme.px(_TOP) / 2
        x = 16.0
        if self._made is not None and self._made.provisional and self._kept:
            at = QRectF(x, middle - 9, 0, 0).topLeft()
            x += draw_tag(painter, at, self.tr("暂定"), TagStyle.AMBER, (tokens, fonts)) + 8
            words = self.words().partition(" · ")[2]
        else:
            words = self.words()
        write.text((x, middle), fonts.elide(words, 13, self.width() - x - 16), tokens.text_1, 13)
        if self._pages:
            self._draw_pages(painter)
        elif self._made is not None:
            self._draw_files(write, self._made.paths)

    def _draw_pages(self, painter: QPainter) -> None:
        y, wide = float(self._theme.px(_TOP)), self._page_wide()
        for page in self._pages:
            box = QRectF(16, y, wide, self._page_high(page))
            painter.drawPixmap(box, page, QRectF(page.rect()))
            outline(painter, box, self._theme.tokens.line, 0)
            y += box.height() + _GAP

    def _draw_files(self, write: Writer, paths: tuple[Path, ...]) -> None:
        tokens, fonts = self._theme.tokens, self._theme.fonts
        y = self._theme.px(_TOP) + 10.0
        for path in paths:
            said = fonts.elide(str(path), 13, self.width() - 32)
            write.text((16, y), said, tokens.text_1, 13)
            y += self._theme.px(26)
        note = self.tr("没有 poppler（pdftoppm），不能预览；文件已写好")
        write.text((16, y + 6), fonts.elide(note, 12, self.width() - 32), tokens.text_2, 12)
