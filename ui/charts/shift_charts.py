"""The charts of a shift: load per hour, backlog, on time; titles carry what a legend would say."""

from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from dispatch.desk.views_report import ShiftCharts
from ui.acts.part_title import PartTitle
from ui.charts.plot import OFF, Plot
from ui.look.theme import Theme

_HIGH: Final = 176


class ChartsPanel(QWidget):
    """Three charts one above the other; drawn anew for new figures and for a new theme."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._charts: ShiftCharts | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 8, 16, 12)
        self._column.setSpacing(4)
        self._shown: list[QWidget] = []
        theme.changed.connect(self._on_theme)

    @Slot(object)
    def show_charts(self, charts: ShiftCharts) -> None:
        """Show the series of a shift."""
        self._charts = charts
        self._clear()
        if not charts.hours:
            empty = QLabel(self.tr("这一班还没有事件。"), self)
            self._add(empty)
            return
        hours = [f"{hour:02d}" for hour in charts.hours]
        self._load(charts, hours)
        self._backlog(charts, hours)
        self._punctual(charts, hours)

    def _load(self, charts: ShiftCharts, hours: list[str]) -> None:
        peak = max(charts.new)
        note = self.tr("合计 {total} · 峰值 {peak}").format(total=sum(charts.new), peak=peak)
        plot = self._plot(self.tr("每小时上报（实）与结案（空）"), note, hours)
        plot.pair(charts.new, charts.closed)
        plot.label(charts.new.index(peak) - OFF, peak, str(peak), bold=True)
        last = len(hours) - 1
        if charts.new.index(peak) != last:
            plot.label(last - OFF, charts.new[last], str(charts.new[last]))
        plot.reach(max(peak, *charts.closed))

    def _backlog(self, charts: ShiftCharts, hours: list[str]) -> None:
        peak, last = max(charts.backlog), charts.backlog[-1]
        note = self.tr("现在 {now} · 最高 {peak}").format(now=last, peak=peak)
        plot = self._plot(self.tr("未结存量（每小时末）"), note, hours)
        plot.bars(charts.backlog, current=len(hours) - 1)
        plot.label(len(hours) - 1, last, str(last), bold=True)
        if peak != last:
            plot.label(charts.backlog.index(peak), peak, str(peak))
        plot.reach(peak)

    def _punctual(self, charts: ShiftCharts, hours: list[str]) -> None:
        done, disposed = sum(charts.on_time), sum(charts.disposed)
        note = self.tr("按期 {done} / 处置 {disposed} = {rate}").format(
            done=done, disposed=disposed, rate=rate(done, disposed)
        )
        plot = self._plot(self.tr("处置（实）与其中按期（线）"), note, hours)
        plot.bars(charts.disposed)
        plot.line(charts.on_time)
        last = len(hours) - 1
        said = f"{charts.on_time[last]}/{charts.disposed[last]}"
        plot.label(last, charts.disposed[last], said, bold=True)
        plot.reach(max(*charts.disposed, 0))

    def _plot(self, title: str, note: str, hours: list[str]) -> Plot:
        self._add(PartTitle(self._theme, title, note, self))
        plot = Plot(self._theme, hours)
        plot.widget().setMinimumHeight(self._theme.px(110))
        plot.widget().setMaximumHeight(self._theme.px(2 * _HIGH))
        plot.widget().setAccessibleName(f"{title} {note}")
        self._add(plot.widget())
        return plot

    def _add(self, widget: QWidget) -> None:
        self._shown.append(widget)
        self._column.addWidget(widget)

    def _clear(self) -> None:
        for widget in self._shown:
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown = []

    @Slot()
    def _on_theme(self) -> None:
        if self._charts is not None:
            self.show_charts(self._charts)


def rate(num: int, den: int) -> str:
    """Return a rate in per cent, half up to one decimal, from integers; — without a denominator."""
    if den == 0:
        return "—"
    tenths = (2000 * num + den) // (2 * den)
    return f"{tenths // 10}.{tenths % 10}%"
