"""The one typed wrapper round pyqtgraph, imported when the first chart is drawn.

pyqtgraph takes most of a second to import, so nothing here may be imported before the first
window stands; `make_plot` does it.
"""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QWidget

from ui.look.theme import Theme

_BAR: Final = 0.62
_PAIR: Final = 0.4
OFF: Final = _PAIR / 2


class Plot:
    """One chart: bars by the hour, one line over them, peak and last value labelled."""

    def __init__(self, theme: Theme, ticks: Sequence[str]) -> None:
        """`ticks` are the words under the bars, one for each place."""
        import pyqtgraph  # noqa: PLC0415 - see the module's first lines

        # Any: pyqtgraph brings no types.
        self._graph: Any = pyqtgraph
        self._theme = theme
        tokens = theme.tokens
        self._plot: Any = pyqtgraph.PlotWidget(background=tokens.panel)
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        item = self._plot.getPlotItem()
        item.showGrid(y=True, x=False, alpha=0.25)
        for side in ("bottom", "left"):
            axis = item.getAxis(side)
            axis.setPen(QPen(tokens.line))
            axis.setTextPen(QPen(tokens.text_3))
            axis.setTickFont(theme.fonts.font(11))
        item.getAxis("bottom").setTicks([list(enumerate(ticks))])
        item.getAxis("bottom").setStyle(tickLength=0)
        item.getAxis("left").setStyle(tickLength=0, maxTickLevel=0)
        item.getAxis("left").setWidth(theme.px(36))
        self._count = len(ticks)

    def widget(self) -> QWidget:
        """Return the chart to be laid out."""
        widget: QWidget = self._plot
        return widget

    def bars(self, values: Sequence[float], current: int = -1) -> None:
        """Draw filled bars, the current one blue."""
        tokens = self._theme.tokens
        brushes = [tokens.blue if at == current else tokens.text_3 for at in range(len(values))]
        self._add(range(len(values)), values, _BAR, (brushes, QPen(Qt.PenStyle.NoPen)))

    def pair(self, filled: Sequence[float], outlined: Sequence[float]) -> None:
        """Draw two series side by side: one filled, one outlined."""
        tokens = self._theme.tokens
        places = range(len(filled))
        fills = [tokens.text_3 for _ in places]
        self._add(
            [at - _PAIR / 2 for at in places], filled, _PAIR, (fills, QPen(Qt.PenStyle.NoPen))
        )
        empty = [QColor(Qt.GlobalColor.transparent) for _ in places]
        pen = QPen(tokens.text_2, 1.2)
        pen.setCosmetic(True)
        self._add([at + _PAIR / 2 for at in places], outlined, _PAIR * 0.9, (empty, pen))

    def line(self, values: Sequence[float]) -> None:
        """Draw a line with dots."""
        tokens = self._theme.tokens
        pen = QPen(tokens.text_1, 1.6)
        pen.setCosmetic(True)
        curve = self._graph.PlotDataItem(
            list(range(len(values))),
            list(values),
            pen=pen,
            symbol="o",
            symbolSize=5,
            symbolBrush=tokens.panel,
            symbolPen=pen,
            antialias=True,
        )
        self._plot.addItem(curve)

    def label(self, at: float, value: float, text: str, *, bold: bool = False) -> None:
        """Write a value over its place; `at - OFF` is the filled bar of a pair."""
        tokens, fonts = self._theme.tokens, self._theme.fonts
        colour = tokens.text_1 if bold else tokens.text_2
        # Its ground keeps a line that passes behind from crossing the digits.
        item = self._graph.TextItem(text, color=colour, anchor=(0.5, 1.15), fill=tokens.panel)
        item.setZValue(10)
        item.setFont(fonts.font(12, bold=bold))
        item.setPos(at, value)
        self._plot.addItem(item)

    def reach(self, top: float) -> None:
        """Show from 0 to a little over the highest value."""
        self._plot.setXRange(-0.6, self._count - 0.4, padding=0)
        self._plot.setYRange(0, max(1.0, top * 1.22), padding=0)

    def _add(
        self,
        places: Sequence[float],
        values: Sequence[float],
        width: float,
        how: tuple[list[QColor], QPen],
    ) -> None:
        brushes, pen = how
        self._plot.addItem(
            self._graph.BarGraphItem(
                x=list(places), height=list(values), width=width, brushes=brushes, pen=pen
            )
        )
