"""One seat's window: the shell, its panels and its forms joined over one desk."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from dispatch.desk.views import IncidentPane, Near, Strip, TownGeometry
from dispatch.domain.codes import Level
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import ZhiwangError
from dispatch.domain.may import NEW
from ui import refusals
from ui.acts.acts import Acts
from ui.acts.lookups import Lookups
from ui.acts.plain_form import LOGIN, REVEAL, SHIFT_ON, PlainForm
from ui.acts.seat import Seat
from ui.alarms.sound import AlarmSound
from ui.alarms.watch import AlarmWatch
from ui.arrangement import Panels
from ui.bulletin_place import BulletinPlace
from ui.city_place import CityPlace
from ui.claim_place import ClaimPlace
from ui.door import Done
from ui.draft_place import DraftPlace
from ui.drill_place import DrillPlace
from ui.export_place import ExportPlace
from ui.filled import Filled, Revealing
from ui.idle import Idle
from ui.incident.follow import PaneFollower
from ui.incident.panel import IncidentPanel
from ui.incident.viewer import PhotoViewer
from ui.live import Live
from ui.lock_sheet import LockSheet
from ui.look.theme import Theme
from ui.main_window import MainWindow
from ui.map_boxed import MapBoxed
from ui.map_place import MapPlace, Sources
from ui.merge_place import MergePlace
from ui.order_place import OrderPlace
from ui.palette.errands import Errands
from ui.queue.rail import VIEWS
from ui.receipt_place import ReceiptPlace
from ui.shift_place import ShiftPlace
from ui.tick import Tick
from ui.tongue import tr
from ui.town_place import TownPlace
from ui.workers.board import WorkersBoard

SHIFT_VIEWS: Final = frozenset({"charts", "report"})


@dataclass(frozen=True, slots=True)
class Given:
    """What the window is made over: the desk, its shift's part, its clock, sound, ids, folder.

    `desk` fits the protocols of `ui.door`, `ui.acts.door` and `ui.map_feed`; `reporting` makes
    the shift's part when it is first asked for.
    """

    desk: Any  # Any: three protocols at once, each checked where it is used
    reporting: Callable[[], Any]  # Any: `ui.report.door.ReportDoor`, imported late
    now: Callable[[], int]
    new_id: Callable[[], str]
    sound: AlarmSound
    out: Path
    town: Callable[[], Any] | None = None  # Any: `ui.town.door.TownDoor`


class SeatWindow(QObject):
    """Owns the window and everything in it; `start` loads the queue and shows the login."""

    def __init__(self, given: Given, theme: Theme) -> None:
        super().__init__()
        self._given = given
        self.theme = theme
        self.tick = Tick(given.now)
        self.live = Live(given.desk)
        self.watch = AlarmWatch(self.live, given.sound, self.tick)
        self.map = MapPlace(theme)
        self.pane = IncidentPanel(theme)
        self.board = WorkersBoard(theme)
        self.window = MainWindow(
            self.live, theme, self.tick, self.watch, Panels(self.map, self.board, self.pane)
        )
        self.follower = PaneFollower(self.live, given.desk, self.pane, self.tick)
        self.lookups = Lookups(self.live, given.desk)
        self.acts = Acts(self.live, given.desk, theme, self.window, self.seat)
        self.claims = ClaimPlace(self.live, given.desk, self.acts, self.pane)
        self.merges = MergePlace(self.live, given.desk, self.pane)
        asked = (given.desk, given.now, given.new_id)
        self.drafts = DraftPlace(self.live, asked, theme, self.acts, self.window)
        self.map.follow(Sources(self.live, given.desk, self.window.queue.model, self.tick))
        MapBoxed(self.map, self.window.queue)
        self.shift_place = ShiftPlace(self.live, given, theme, self.window)
        self.export_place = ExportPlace(self.live, given, theme, self.window)
        self.order_place = OrderPlace(self.live, given, theme, self.window, self.pane)
        self.palette = Errands(self.window, given.desk, self.acts, self.seat)
        self.palette.places_wanted.connect(self.map.show_all)
        self.town_place = TownPlace(self.live, (given.town, given.now), theme, self.window)
        self.receipt_place = ReceiptPlace(self.live, given, theme, self.window)
        self.drill = DrillPlace(self.window.queue)
        self.city = CityPlace(self.live, given.desk, theme, self.window.queue, self.tick)
        self.bulletins = BulletinPlace(self.live, given.reporting, given.out, self.pane)
        self._login: PlainForm | None = None
        self._lock: LockSheet | None = None
        self.idle = Idle(self)
        self.idle.idle.connect(self.lock)
        self._report_wanted: tuple[tuple[float, float] | None, str] | None = None
        self._join()
        self._bind()

    def seat(self) -> Seat:
        """Return who sits here now and what forms look things up with."""
        given = self._given
        person = given.desk.person
        roles = person.roles if person else ()
        at_city = person.at_city if person else False
        return Seat(roles, given.now, self.lookups, given.new_id, at_city=at_city)

    def start(self) -> None:
        """Begin to live: rows, clock, login when nobody is there."""
        self.live.start()
        self.tick.start()
        if self._given.desk.person is None:
            self.ask_login()
        else:
            self.drafts.offer()

    @Slot()
    def ask_login(self) -> None:
        """Open the log-in over the window; one that is open already keeps what was typed."""
        if self._login is not None and isValid(self._login) and self._login.isVisible():
            self._login.raise_()
            focused: QWidget | None = self.window.focusWidget()
            if focused is None or not self._login.isAncestorOf(focused):
                self._login.first().setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._report_wanted = None  # by a log-in that was given up
        form = PlainForm(self.theme, self.window, (self.tr("登录"), self.tr("登录")), LOGIN)
        wants = ("name", "password")
        filled = Filled(self, form, self._given.desk.login, wants, self.tr("已登录"))
        filled.went.connect(self._on_login)
        self._login = form
        filled.open()

    @Slot()
    def lock(self) -> None:
        """Cover the window until somebody has logged in; the alarms go on.

        Nothing is covered while nobody is there: the log-in asks already.
        """
        person = self._given.desk.person
        if person is None or (self._lock is not None and isValid(self._lock)):
            return
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        sheet = LockSheet(self.theme, self.window, self.tick, self.watch, person.account)
        wants = ("name", "password")
        filled = Filled(self, sheet, self._given.desk.login, wants, self.tr("已解锁"))
        self._lock = sheet
        filled.open()

    @Slot()
    def ask_shift_on(self) -> None:
        """Open the log-on to the running shift."""
        form = PlainForm(self.theme, self.window, (self.tr("上岗"), self.tr("上岗")), SHIFT_ON)
        Filled(self, form, self._given.desk.shift_on, ("seat",), self.tr("已上岗")).open()

    @Slot()
    def shift_off(self) -> None:
        """Leave the shift."""
        try:
            self.live.run(self._given.desk.shift_off(), self._on_left_shift, self._on_error)
        except ZhiwangError as error:
            self._on_error(error)

    @Slot()
    def open_import(self) -> None:
        """Open the import, after the log-in when nobody is logged in yet."""
        from ui.files.import_sheet import ImportSheet  # noqa: PLC0415 - seldom, not for the first window

        if self._given.desk.person is None:
            self.ask_login()
            return
        asked = (self.live, self._given.desk)
        ImportSheet(self.theme, self.window, asked, self._given.out).open()

    def _bind(self) -> None:
        keys = self.window.shortcuts
        keys.bind(tr("办理"), "Ctrl+I", tr("导入"), self.open_import)
        keys.bind(tr("办理"), "Ctrl+D", tr("导出清单"), self.export_place.open)
        keys.bind(
            tr("办理"), "Ctrl+Shift+D", tr("导出网格、单位、对象"), self.export_place.open_town
        )
        keys.bind(tr("办理"), "Ctrl+P", tr("印交办单"), self.order_place.open)
        keys.follow(self.pane.keys_here)
        keys.bind(tr("办理"), "Ctrl+Shift+N", tr("未提交的表单"), self.drafts.open)
        keys.bind(tr("办理"), "Ctrl+Shift+P", tr("打印信息报告"), self.bulletins.print)
        keys.bind(tr("办理"), "F6", tr("应急与任务"), self.town_place.open)
        keys.bind(tr("窗口"), "Ctrl+R", tr("同步回执"), self.receipt_place.open)
        keys.bind(tr("窗口"), "F4", tr("各镇街与站点（市级）"), self.city.open)
        keys.bind(tr("班次"), "Ctrl+U", tr("上岗"), self.ask_shift_on)
        keys.bind(tr("班次"), "Ctrl+Shift+U", tr("下岗"), self.shift_off)
        keys.bind(tr("班次"), "Ctrl+Shift+L", tr("锁定"), self.lock)
        keys.bind(tr("班次"), "F5", tr("值班表"), self.shift_place.open_duty)
        keys.bind(tr("班次"), "F7", tr("值班日志"), self.shift_place.open_log)

    def _join(self) -> None:
        window, pane, acts = self.window, self.pane, self.acts
        self._join_places()
        window.incident_shown.connect(self._on_shown)
        window.queue.pointing.connect(pane.expect)
        window.report_wanted.connect(self._on_report)
        window.view_wanted.connect(self._on_view)
        window.login_wanted.connect(self.ask_login)
        self.export_place.login_wanted.connect(self.ask_login)
        self.receipt_place.login_wanted.connect(self.ask_login)
        self.follower.failed.connect(window.bottom.say)
        self.follower.shown.connect(self._on_pane)
        pane.places_wanted.connect(self.map.show_all)
        pane.act_wanted.connect(self._on_act)
        pane.unit_chosen.connect(self._on_unit)
        pane.photo_wanted.connect(self._on_photo)
        pane.reveal_wanted.connect(self._on_reveal)
        pane.commanded.connect(self._on_decided)
        pane.merge_wanted.connect(self._on_merge)
        acts.duplicates_wanted.connect(pane.compare_duplicates)
        pane.wide_wanted.connect(window.middle.set_pane_wide)
        self.live.act_begun.connect(self._on_act_begun)
        acts.done.connect(self._on_done)
        acts.failed.connect(window.bottom.say)
        acts.next_wanted.connect(window.queue.next_row)
        self.map.incident_chosen.connect(window.show_incident)
        self.map.point_chosen.connect(self._on_point)
        window.stage.covered.connect(self.map.set_covered)
        self.live.workers_changed.connect(self.board.show_rows)
        self.live.strip_changed.connect(self._on_strip)
        self.live.tables_changed.connect(self._on_tables)
        self.tick.second.connect(self.board.set_now)

    def _join_places(self) -> None:
        window = self.window
        window.top.modes_wanted.connect(self.town_place.open)
        window.tray.town_wanted.connect(self.town_place.open)
        self.town_place.failed.connect(window.bottom.say)
        self.town_place.opened.connect(self.drill.follow)
        self.bulletins.told.connect(window.bottom.say)
        self.shift_place.opened.connect(self.drill.follow)
        self.shift_place.incident_wanted.connect(window.show_incident)
        self.shift_place.failed.connect(window.bottom.say)
        self.drafts.failed.connect(window.bottom.say)
        self.claims.failed.connect(window.bottom.say)
        self.claims.told.connect(window.bottom.tell)
        self.merges.failed.connect(window.bottom.say)
        self.merges.told.connect(window.bottom.tell)
        self.drafts.incident_wanted.connect(window.show_incident)

    @Slot(str)
    def _on_shown(self, row_id: str) -> None:
        self._given.desk.still_here()
        self.follower.choose(row_id)
        self.map.select(row_id or None)
        if not row_id:
            self.map.show_at_hand(())

    @Slot(object)
    def _on_pane(self, pane: IncidentPane) -> None:
        self.map.show_at_hand(pane.response.at_hand)

    @Slot(str)
    def _on_report(self, words: str) -> None:
        self._report(None, words)

    @Slot(float, float)
    def _on_point(self, lon: float, lat: float) -> None:
        self._report((lon, lat), "")

    def _report(self, at: tuple[float, float] | None, words: str) -> None:
        """Open the report, after the log-in when nobody is logged in yet."""
        if self._given.desk.person is None:
            self.ask_login()
            self._report_wanted = (at, words)
        else:
            self.acts.report(at, words)

    @Slot()
    def _on_login(self) -> None:
        wanted, self._report_wanted = self._report_wanted, None
        if wanted is not None:
            self.acts.report(*wanted)
        else:
            self.drafts.offer()

    @Slot(str)
    def _on_act_begun(self, _incident: str) -> None:
        self._given.desk.still_here()

    @Slot(str)
    def _on_act(self, verb: str) -> None:
        shown = self.pane.shown()
        if shown is not None:
            self.acts.want(verb, shown)

    @Slot(str)
    def _on_unit(self, unit: str) -> None:
        shown = self.pane.shown()
        if shown is not None:
            self.acts.want(Verb.DISPATCH.value, shown, unit)

    @Slot(int)
    def _on_photo(self, place: int) -> None:
        shown = self.pane.shown()
        if shown is not None:
            PhotoViewer(self.theme, self.window, shown.photos, place).open()

    @Slot(str)
    def _on_reveal(self, field: str) -> None:
        words = (self.tr("查看号码"), self.tr("查看"))
        form = PlainForm(self.theme, self.window, words, REVEAL)
        Revealing(self, form, field).open()

    @Slot(object)
    def _on_left_shift(self, _nothing: object) -> None:
        self.window.bottom.tell(self.tr("已下岗"))

    @Slot(object)
    def _on_merge(self, near: Near) -> None:
        shown = self.pane.shown()
        if shown is not None:
            self.acts.open_merge(shown, near)

    @Slot(object, object)
    def _on_decided(self, command: Command, photos: tuple[str, ...]) -> None:
        self.acts.act(command, photos, self._on_decision, self.pane.show_error)

    @Slot(object)
    def _on_decision(self, _done: Done) -> None:
        self.pane.setFocus()

    @Slot(object, object)
    def _on_done(self, command: Command, done: Done) -> None:
        if command.verb in NEW:
            self.window.show_incident(done.incident)

    @Slot(str)
    def _on_view(self, view: str) -> None:
        if view == "shift":
            self.shift_place.open_handover()
        elif view in SHIFT_VIEWS:
            title = next(title for name, title, *_ in VIEWS if name == view)
            self.shift_place.open_report(view, title)
        else:
            self.window.help.open()

    @Slot()
    def _on_tables(self) -> None:
        self.live.run(self._given.desk.geometry(), self._on_geometry)

    @Slot(object)
    def _on_geometry(self, town: TownGeometry) -> None:
        self.board.set_grids(len(town.grids))

    @Slot(object)
    def _on_strip(self, strip: Strip) -> None:
        self.watch.who = strip.account
        if strip.level == Level.CITY:
            self.board.table.empty_words = self.tr(
                "市级席位不收网格员定位，各镇街自己看。F4 看各镇街"
            )

    @Slot(object)
    def _on_error(self, error: BaseException) -> None:
        self.window.bottom.say(refusals.words(error))
