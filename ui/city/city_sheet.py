"""All towns and their sites over the window: Enter opens the town's queue."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dispatch.desk.views_sites import SitesView, SiteView
from ui import refusals, times
from ui.acts.button import KeyButton
from ui.acts.sheet import Sheet
from ui.acts.sheet_head import SIDE, SheetHead
from ui.city.boards import (
    SITE_COLUMNS,
    SITE_WIDTH,
    TOWN_COLUMNS,
    TOWN_WIDTH,
    Heads,
    SitePaint,
    TownPaint,
)
from ui.city.door import CityDoor
from ui.city.figures import WELL, TownFigures, figures
from ui.city.lists import Drawing, LineList
from ui.live import Live
from ui.look.theme import Theme
from ui.queue.model import QueueModel
from ui.tick import Tick

HEIGHT: Final = 640
STALE_MS: Final = 120_000
"""A table that was told so long ago says so: the exchange fetches one every half minute."""


class CitySheet(Sheet):
    """town_wanted(code, name): its queue is wanted. Stays as it is until figures come."""

    town_wanted = Signal(str, str)

    def __init__(
        self,
        theme: Theme,
        host: QWidget,
        asked: tuple[Live, CityDoor],
        model: QueueModel,
        tick: Tick,
    ) -> None:
        super().__init__(theme, host, theme.px(TOWN_WIDTH + SITE_WIDTH), theme.px(HEIGHT))
        self._live, self._door = asked
        self._model = model
        self._now = tick.now
        self._view: SitesView | None = None
        self.towns = self._list(TownPaint(theme), _town_key)
        self.sites = self._list(SitePaint(theme, tick.now), _site_key)
        self.towns.chosen.connect(self._on_town)
        self.sites.chosen.connect(self._on_site)
        self._fill()
        self.summary = QLabel(self)
        self.summary.setFont(theme.fonts.font(13))
        self._build_foot()
        self.build(SheetHead(theme, self.tr("各镇街与站点"), None, None, self))
        self._live.strip_changed.connect(self._on_moved)
        tick.second.connect(self._on_second)
        self.reload()

    def _list(self, paint: TownPaint | SitePaint, key: Callable[..., str]) -> LineList:
        return LineList(Drawing(paint.paint, paint.spoken, key), self.theme, self)

    def _fill(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        self.towns.setAccessibleName(self.tr("镇街"))
        self.sites.setAccessibleName(self.tr("站点"))
        for columns, list_, width in (
            (TOWN_COLUMNS, self.towns, TOWN_WIDTH),
            (SITE_COLUMNS, self.sites, SITE_WIDTH),
        ):
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(Heads(columns, self.theme, self))
            column.addWidget(list_, 1)
            row.addLayout(column, width)
        self.body.addLayout(row, 1)

    def _build_foot(self) -> None:
        self.foot.setContentsMargins(SIDE, 12, SIDE, 12)
        go = KeyButton(self.theme, self.tr("看这个镇街的队列"), "Enter", parent=self)
        go.clicked.connect(self._on_go)
        over = KeyButton(self.theme, self.tr("换到另一列表"), "Tab", parent=self)
        over.clicked.connect(self._on_over)
        every = KeyButton(self.theme, self.tr("看全市"), "A", parent=self)
        every.clicked.connect(self._on_every)
        for button in (go, over, every):
            self.foot.addWidget(button)
        self.foot.addStretch(1)
        self.foot.addWidget(self.summary)
        leave = KeyButton(self.theme, self.tr("关闭"), "Esc", parent=self)
        leave.clicked.connect(self.close_sheet)
        self.foot.addWidget(leave)

    def first(self) -> QWidget:
        return self.towns

    def show_error(self, error: BaseException) -> None:
        """Say why it could not be shown."""
        self.say_error(refusals.words(error))

    @Slot()
    def reload(self) -> None:
        """Ask for the table again; what is shown stays until it comes."""
        self._live.run(self._door.sites(), self._on_view, self.show_error)

    @Slot(object)
    def _on_view(self, view: SitesView) -> None:
        self._view = view
        rows = self._model.rows
        pairs = [(row, rows.light(row_id)) for row_id, row in rows.by_id.items()]
        self.towns.show_lines(figures(view, pairs))
        self.sites.show_lines(view.sites)
        self._say_summary()

    def _say_summary(self) -> None:
        view = self._view
        if view is None:
            return
        if not view.at:
            self.summary.setText(self.tr("还没有取得站点表，联网后自动取"))
            return
        wrong = sum(each.trouble not in WELL for each in view.sites)
        words = self.tr("站点 {sites}，有异常 {wrong}").format(sites=len(view.sites), wrong=wrong)
        if self._now() - view.at > STALE_MS:
            age = self.tr("截至 {age}前").format(age=times.age(view.at, self._now()))
            words = f"{words} · {age}"
        self.summary.setText(words)

    @Slot(object)
    def _on_moved(self, _strip: object) -> None:
        self.reload()

    @Slot(object)
    def _on_second(self, _now: int) -> None:
        self._say_summary()
        self.sites.viewport().update()

    @Slot(object)
    def _on_town(self, town: TownFigures) -> None:
        self._go(town.code, town.name)

    @Slot(object)
    def _on_site(self, site: SiteView) -> None:
        known = {code for code, _ in self._view.towns} if self._view else set()
        # A site of the city's own stands for all towns.
        self._go(*((site.town, site.town_name) if site.town in known else ("", "")))

    @Slot()
    def _on_go(self) -> None:
        line = (self.sites if self.sites.hasFocus() else self.towns).current()
        if isinstance(line, SiteView):
            self._on_site(line)
        elif isinstance(line, TownFigures):
            self._on_town(line)

    @Slot()
    def _on_over(self) -> None:
        (self.towns if self.sites.hasFocus() else self.sites).setFocus()

    @Slot()
    def _on_every(self) -> None:
        self._go("", "")

    def _go(self, code: str, name: str) -> None:
        self.close_sheet()
        self.town_wanted.emit(code, name)

    def focusNextPrevChild(self, _next: bool) -> bool:
        self._on_over()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_A:
                self._on_every()
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self._on_over()
            case _:
                super().keyPressEvent(event)


def _town_key(town: TownFigures) -> str:
    return town.code


def _site_key(site: SiteView) -> str:
    return site.id
