"""Keeps what is being typed into a form, and offers what a window that died left behind."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from dispatch.desk.form_drafts import FormDraft
from dispatch.desk.views import IncidentPane
from dispatch.domain.command import Verb
from dispatch.domain.errors import ZhiwangError
from dispatch.domain.may import NEW
from ui import refusals
from ui.acts.act_form import ActForm
from ui.acts.acts import Acts, Form
from ui.acts.dispatch_dialog import DispatchDialog
from ui.acts.door import DraftsDoor
from ui.acts.draft_sheet import DraftSheet
from ui.acts.draft_values import Values, put_back, values_of
from ui.acts.report_form import ReportForm
from ui.live import Live
from ui.look.theme import Theme
from ui.tongue import tr

KEPT_EVERY_MS: Final = 500
"""So much typing at most is lost with a window that is killed."""


class DraftPlace(QObject):
    """`failed` carries words; `incident_wanted` the id of the incident that a draft is about."""

    failed = Signal(str)
    incident_wanted = Signal(str)

    def __init__(
        self,
        live: Live,
        asked: tuple[DraftsDoor, Callable[[], int], Callable[[], str]],
        theme: Theme,
        acts: Acts,
        host: QWidget,
    ) -> None:
        """`asked`: the desk, UTC milliseconds now, a new id."""
        super().__init__(host)
        self._live = live
        self._door, self._now, self._new_id = asked
        self._theme = theme
        self._acts = acts
        self._host = host
        self._form: Form | None = None
        self._account = ""
        self._begun: Values = ()
        self._kept: Values | None = None
        self._id = ""
        self._resuming: FormDraft | None = None
        self._sheet: DraftSheet | None = None
        self._silent = False
        self._timer = QTimer(self)
        self._timer.setInterval(KEPT_EVERY_MS)
        self._timer.timeout.connect(self._on_look)
        acts.opened.connect(self._on_opened)

    # Keeping.

    @Slot(object)
    def _on_opened(self, form: Form) -> None:
        """Watch a form from now on; one that is gone on with is filled first."""
        person = self._door.person
        self._form, self._account = form, person.account if person else ""
        self._begun, self._kept, self._id = values_of(form), None, self._new_id()
        draft, self._resuming = self._resuming, None
        if draft is not None and _is_for(form, draft):
            left = put_back(form, draft.values)
            self._id, self._kept = draft.id, ()
            if left:
                self.failed.emit(tr("草稿里有填不回去的栏目，请核对"))
        form.closed.connect(self._on_closed)
        self._timer.start()

    @Slot()
    def _on_look(self) -> None:
        form = self._form
        if form is None or not isValid(form):
            self._timer.stop()
            return
        values = values_of(form)
        if values == (self._begun if self._kept is None else self._kept):
            return
        self._kept = values
        incident, number = _about(form)
        draft = FormDraft(
            self._id, self._account, self._now(), form_verb(form), incident, number, values
        )
        self._live.run(self._door.keep_draft(draft), self._on_done)

    @Slot()
    def _on_closed(self) -> None:
        """Sent, or given up by a person: either way nothing is left to go on with."""
        self._timer.stop()
        self._form = None
        if self._kept is not None:
            self._live.run(self._door.drop_draft(self._id), self._on_done)

    @Slot(object)
    def _on_done(self, _nothing: object) -> None:
        """Nothing is to be told: only a failure is, by the bridge."""

    # Offering.

    @Slot()
    def offer(self) -> None:
        """Offer what was left here, if anything was."""
        self._ask(silent=True)

    @Slot()
    def open(self) -> None:
        """Show what was left here, or say that nothing was."""
        self._ask(silent=False)

    def _ask(self, *, silent: bool) -> None:
        self._silent = silent
        try:
            self._live.run(self._door.drafts(), self._on_drafts)
        except ZhiwangError as error:  # nobody is logged in
            self.failed.emit(refusals.words(error))

    @Slot(object)
    def _on_drafts(self, drafts: tuple[FormDraft, ...]) -> None:
        found = tuple(each for each in drafts if self._form is None or each.id != self._id)
        if self._sheet is not None and isValid(self._sheet) and self._sheet.isVisible():
            return
        if not found:
            if not self._silent:
                self.failed.emit(tr("本席位没有未提交的表单"))
            return
        if self._silent and self._form is not None:
            return  # whoever is typing already is not interrupted
        sheet = self._sheet = DraftSheet(self._theme, self._host, found, self._now())
        sheet.resumed.connect(self._on_resumed)
        sheet.dropped.connect(self._on_dropped)
        sheet.open()

    @Slot(object)
    def _on_dropped(self, draft: FormDraft) -> None:
        self._live.run(self._door.drop_draft(draft.id), self._on_done)

    @Slot(object)
    def _on_resumed(self, draft: FormDraft) -> None:
        self._resuming = draft
        if draft.verb in NEW:
            self._acts.report()
        else:
            self.incident_wanted.emit(draft.incident)
            self._live.run(self._door.pane(draft.incident), self._on_pane, self._on_error)

    @Slot(object)
    def _on_pane(self, pane: IncidentPane) -> None:
        draft = self._resuming
        if draft is not None and draft.incident == pane.row.id:
            self._acts.want(draft.verb, pane)

    @Slot(object)
    def _on_error(self, error: BaseException) -> None:
        self._resuming = None
        self.failed.emit(refusals.words(error))


def form_verb(form: Form) -> Verb:
    """Return the act that a form is for."""
    match form:
        case ActForm():
            return form.verb
        case DispatchDialog():
            return Verb.DISPATCH
        case ReportForm():
            return Verb.REPORT


def _about(form: Form) -> tuple[str, str]:
    """Return the incident that a form is for, and its number; nothing for a report."""
    row = None if isinstance(form, ReportForm) else form.row()
    return (row.id, row.number) if row is not None else ("", "")


def _is_for(form: Form, draft: FormDraft) -> bool:
    incident, _ = _about(form)
    return form_verb(form) is draft.verb and incident == draft.incident
