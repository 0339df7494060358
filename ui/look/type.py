"""Type: two weights and eight sizes of one CJK face, tabular digits, the baseline rule, eliding."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF

FAMILIES: Final = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "PingFang SC",
    "WenQuanYi Micro Hei",
)
SIZES: Final = (11, 12, 13, 14, 15, 16, 20, 22, 28)
SCALES: Final = (90, 100, 115, 130)
SMALLEST: Final = 11
_NOTO_BASELINE: Final = 0.37


class Fonts:
    """The fonts of one font choice; sizes are the pixels of the 100 % design."""

    def __init__(self, scale: int = 100) -> None:
        """Scale is the font choice in per cent."""
        self.scale = scale
        self._fonts: dict[tuple[int, bool], QFont] = {}
        self._metrics: dict[tuple[int, bool], QFontMetricsF] = {}
        self._baseline: float | None = None

    def font(self, px: int, *, bold: bool = False) -> QFont:
        """Return the font of a design size. Shared: copy before changing it."""
        key = (px, bold)
        found = self._fonts.get(key)
        if found is None:
            found = self._fonts[key] = _font(max(SMALLEST, round(px * self.scale / 100)), bold)
        return found

    def metrics(self, px: int, *, bold: bool = False) -> QFontMetricsF:
        """Return the measures of that font."""
        key = (px, bold)
        found = self._metrics.get(key)
        if found is None:
            found = self._metrics[key] = QFontMetricsF(self.font(px, bold=bold))
        return found

    def width(self, text: str, px: int, *, bold: bool = False) -> float:
        """Return how far the text advances."""
        return self.metrics(px, bold=bold).horizontalAdvance(text)

    def elide(self, text: str, px: int, width: float, *, bold: bool = False) -> str:
        """Return the text, cut on the right with an ellipsis when it is wider than the width."""
        return self.metrics(px, bold=bold).elidedText(text, Qt.TextElideMode.ElideRight, width)

    def baseline(self, px: int) -> float:
        """Return how far below the centre line of a row the baseline lies."""
        if self._baseline is None:
            self._baseline = self._measure_baseline()
        return self.font(px).pixelSize() * self._baseline

    def _measure_baseline(self) -> float:
        probe = self.font(14)
        if QFontInfo(probe).family().startswith(FAMILIES[0]):
            return _NOTO_BASELINE
        box = self.metrics(14).tightBoundingRect("国8")
        return -box.center().y() / probe.pixelSize()


def _font(pixels: int, bold: bool) -> QFont:
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
