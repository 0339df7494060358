"""The town's own view: what stands, rounds of checks, notices; every act has its key."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from dispatch.desk.views_town import CampaignView, ForceView, ModesView, NoticeView
from dispatch.domain.errors import ZhiwangError
from ui.acts.button import KeyButton
from ui.acts.fields import Field
from ui.acts.plain_form import PlainForm
from ui.acts.sheet import Sheet
from ui.acts.sheet_head import SIDE, SheetHead
from ui.door import Promise
from ui.incident.section import SIDE as BOARD_SIDE
from ui.live import Live
from ui.look.theme import Theme
from ui.queue.only import Drilled
from ui.takers import Newest
from ui.town import force_forms, forms
from ui.town.board import Told, TownBoard
from ui.town.door import TownDoor

WIDTH: Final = 880
_HIGH: Final = 660
EDGE: Final = SIDE - BOARD_SIDE
"""What brings the board's words under the title."""
_DIGITS: Final = tuple("123456789")


class TownSheet(Sheet):
    """Orders about the town, each by its key; a digit reads the notice that bears it.

    S signal, R response, C checks, L a leader's patrol, D something found on one, M a squad's
    task, P a call to a worker, G notice.
    drilled(Drilled): F, the incidents that stand still are wanted as a list.
    """

    drilled = Signal(object)

    def __init__(
        self, theme: Theme, host: QWidget, asked: tuple[Live, TownDoor], now: Callable[[], int]
    ) -> None:
        super().__init__(theme, host, WIDTH, _HIGH)
        self._live, self._door = asked
        self._now = now
        self.board = TownBoard(theme, self)
        self.told = Told()
        run = self._live.run
        self._modes, self._rounds, self._notices, self._force = (Newest(run) for _ in range(4))
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.board)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.setContentsMargins(EDGE, 6, EDGE, 6)
        self.body.addWidget(area, 1)
        self._fill_foot()
        self.build(SheetHead(theme, self.tr("应急与任务"), None, None, self))
        self._live.town_changed.connect(self.reload)
        self.reload()

    def _fill_foot(self) -> None:
        self.foot.setContentsMargins(SIDE, 12, SIDE, 12)
        for word, key, slot in (
            (self.tr("预警"), "S", self.ask_signal),
            (self.tr("响应"), "R", self.ask_response),
            (self.tr("检查"), "C", self.ask_campaign),
            (self.tr("带队"), "L", self.ask_led),
            (self.tr("机动队"), "M", self.ask_squad),
            (self.tr("点名"), "P", self.ask_radio),
            (self.tr("通知"), "G", self.ask_notice),
        ):
            button = KeyButton(self.theme, word, key, parent=self)
            button.clicked.connect(slot)
            self.foot.addWidget(button)
        self.found = KeyButton(self.theme, self.tr("发现"), "D", parent=self)
        self.found.clicked.connect(self.ask_found)
        self.found.hide()
        self.foot.addWidget(self.found)
        self.frozen = KeyButton(self.theme, self.tr("冻结"), "F", parent=self)
        self.frozen.clicked.connect(self.show_frozen)
        self.frozen.hide()
        self.foot.addWidget(self.frozen)
        self.foot.addStretch(1)
        leave = KeyButton(self.theme, self.tr("关闭"), "Esc", parent=self)
        leave.clicked.connect(self.close_sheet)
        self.foot.addWidget(leave)

    def show_error(self, error: BaseException) -> None:
        """Say why it could not be shown or done."""
        from ui import refusals  # noqa: PLC0415 - the base's own way needs a primary button

        self.say_error(refusals.words(error))

    @Slot()
    def reload(self) -> None:
        """Ask for everything again; what is shown stays until it has come."""
        self._modes.run(self._door.modes(), self._on_modes, self.show_error)
        self._rounds.run(self._door.campaigns(), self._on_campaigns, self.show_error)
        self._notices.run(self._door.notices(), self._on_notices, self.show_error)
        self._force.run(self._door.force(), self._on_force, self.show_error)

    @Slot(object)
    def _on_modes(self, modes: ModesView) -> None:
        self._show(replace(self.told, modes=modes))

    @Slot(object)
    def _on_campaigns(self, rounds: tuple[CampaignView, ...]) -> None:
        self._show(replace(self.told, campaigns=rounds))

    @Slot(object)
    def _on_notices(self, notices: tuple[NoticeView, ...]) -> None:
        self._show(replace(self.told, notices=notices))

    @Slot(object)
    def _on_force(self, force: ForceView) -> None:
        self._show(replace(self.told, force=force))

    def _show(self, told: Told) -> None:
        self.told = told
        self.board.show_told(told, self._now())
        self.found.setVisible(bool(told.led()))
        self.frozen.setVisible(told.modes is not None and bool(told.modes.still_ids))

    @Slot()
    def show_frozen(self) -> None:
        """Ask for the incidents whose limits stand still."""
        modes = self.told.modes
        if modes is not None and modes.still_ids:
            words = self.tr("应急响应 时限已冻结")
            self.drilled.emit(Drilled(words, f"{modes.still:,}", modes.still_ids))

    # Orders.

    @Slot()
    def ask_signal(self) -> None:
        """Open the form of a warning signal."""
        self._open(self.tr("预警信号"), self.tr("发布"), forms.SIGNAL, self.send_signal)

    @Slot()
    def ask_response(self) -> None:
        """Open the form of the response level, with what stands proposed."""
        form = self._open(self.tr("应急响应"), self.tr("下令"), forms.RESPONSE, self.send_response)
        modes = self.told.modes
        form.propose("kind", modes.responses[0].order.kind if modes and modes.responses else "wind")
        form.propose("freeze_from", forms.RESPONSE[3].choices[0][0])

    @Slot()
    def ask_campaign(self) -> None:
        """Open the form of a check for every grid."""
        title = self.tr("下发检查到全部网格")
        self._open(title, self.tr("下发"), forms.CAMPAIGN, self.send_campaign)

    @Slot()
    def ask_led(self) -> None:
        """Open the form of a patrol that a leader leads."""
        title = self.tr("领导带队巡查")
        self._open(title, self.tr("下发"), force_forms.LED, self.send_led)

    @Slot()
    def ask_squad(self) -> None:
        """Open the form of a squad's task."""
        if (force := self.told.force) is not None:
            fields = force_forms.squad(force)
            self._open(self.tr("机动队任务"), self.tr("下发"), fields, self.send_squad)

    @Slot()
    def ask_radio(self) -> None:
        """Open the form of a call; who is silent stands to choose from."""
        if (force := self.told.force) is not None:
            fields = force_forms.radio(force)
            self._open(self.tr("点名"), self.tr("记下"), fields, self.send_radio)

    @Slot()
    def ask_found(self) -> None:
        """Open the form of a finding on a led patrol that is under way."""
        if led := self.told.led():
            fields = force_forms.found(led)
            self._open(self.tr("记录发现"), self.tr("记下"), fields, self.send_found)

    @Slot()
    def ask_notice(self) -> None:
        """Open the form of a notice."""
        self._open(self.tr("发通知"), self.tr("发出"), forms.NOTICE, self.send_notice)

    def send_signal(self, values: forms.Values) -> Promise[Any]:
        """Record the signal that the form says."""
        return self._door.set_mode(forms.signal(values, self._seen()))

    def send_response(self, values: forms.Values) -> Promise[Any]:
        """Record the response that the form says."""
        return self._door.set_mode(forms.response(values, self._seen()))

    def send_campaign(self, values: forms.Values) -> Promise[Any]:
        """Send the check to every grid in one act."""
        return self._door.issue_campaign(forms.campaign(values, self._now()))

    def send_led(self, values: forms.Values) -> Promise[Any]:
        """Send the patrol to its grids."""
        return self._door.issue_campaign(force_forms.led_patrol(values, self._now()))

    def send_squad(self, values: forms.Values) -> Promise[Any]:
        """Send the task to its squads."""
        return self._door.issue_campaign(force_forms.squad_task(values, self._now()))

    def send_radio(self, values: forms.Values) -> Promise[Any]:
        """Record the call."""
        answer, text = values["answer"], values.get("text", "")
        return self._door.check_radio(values["worker"], answer, text)

    def send_found(self, values: forms.Values) -> Promise[Any]:
        """Record the finding."""
        return self._door.report_found(force_forms.finding(values))

    def send_notice(self, values: forms.Values) -> Promise[Any]:
        """Send the notice."""
        return self._door.issue_notice(forms.notice(values))

    def _seen(self) -> str | None:
        return self.told.modes.version if self.told.modes else None

    def _open(
        self,
        title: str,
        verb: str,
        fields: tuple[Field, ...],
        send: Callable[[forms.Values], Promise[Any]],
    ) -> PlainForm:
        self.say_error("")
        form = PlainForm(self.theme, self, (title, verb), fields)
        _Order(self, form, send, self._live)
        form.open()
        return form

    def read(self, nth: int) -> None:
        """Leave the receipt for the notice that bears this number."""
        waiting = self.told.to_read()
        if not 0 < nth <= len(waiting):
            return
        try:
            promise = self._door.read_notice(waiting[nth - 1].id)
        except ZhiwangError as error:
            self.show_error(error)
            return
        self._live.run(promise, self._on_read, self.show_error)

    @Slot(object)
    def _on_read(self, _events: int) -> None:
        self.reload()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        asks = {
            Qt.Key.Key_S: self.ask_signal,
            Qt.Key.Key_R: self.ask_response,
            Qt.Key.Key_C: self.ask_campaign,
            Qt.Key.Key_L: self.ask_led,
            Qt.Key.Key_M: self.ask_squad,
            Qt.Key.Key_P: self.ask_radio,
            Qt.Key.Key_D: self.ask_found,
            Qt.Key.Key_G: self.ask_notice,
            Qt.Key.Key_F: self.show_frozen,
        }
        ask = asks.get(Qt.Key(event.key()))
        if ask is not None:
            ask()
            event.accept()
        elif event.text() in _DIGITS:
            self.read(int(event.text()))
            event.accept()
        else:
            super().keyPressEvent(event)


class _Order(QObject):
    """A form over the view, on its way to the desk; it stays until that went well."""

    def __init__(
        self,
        sheet: TownSheet,
        form: PlainForm,
        send: Callable[[forms.Values], Promise[Any]],
        live: Live,
    ) -> None:
        super().__init__(form)
        self._sheet = sheet
        self._form = form
        self._send = send
        self._live = live
        form.filled.connect(self._on_filled)

    @Slot(object)
    def _on_filled(self, values: forms.Values) -> None:
        try:
            promise = self._send(values)
        except ZhiwangError as error:
            self._form.show_error(error)
            return
        self._live.run(promise, self._on_ok, self._form.show_error)

    @Slot(object)
    def _on_ok(self, _answer: object) -> None:
        self._form.close_sheet()
        self._sheet.setFocus(Qt.FocusReason.OtherFocusReason)
        self._sheet.reload()
