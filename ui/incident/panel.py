"""The incident pane: head, steps, facts, parts, advice, near ones, timeline, photos, acts."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from dispatch.desk.views import DispatchAdvice, IncidentPane, Near
from dispatch.domain.codes import ENDED
from dispatch.domain.command import Verb
from dispatch.domain.guide import NO_GUIDE
from ui import labels
from ui.acts.keys import AT_HAND, DUPLICATES, KEYS, MORE, PHOTOS, REVEAL, TAKE, pressed
from ui.incident.acts_foot import ActsFoot
from ui.incident.advice import Advice
from ui.incident.ahead import Ahead
from ui.incident.alike import Alike
from ui.incident.bulletins import BulletinLines
from ui.incident.claim_lines import ClaimLines
from ui.incident.contested import Contested
from ui.incident.facts import Facts
from ui.incident.guide import GuideLines
from ui.incident.head import Head
from ui.incident.near import NearLines
from ui.incident.near_sheet import NearSheet
from ui.incident.parts import Parts
from ui.incident.photos import Photos
from ui.incident.reporters import ReporterLines
from ui.incident.response import ResponseLines
from ui.incident.section import SIDE
from ui.incident.steps import Steps
from ui.incident.timeline import Timeline
from ui.look.painting import Writer
from ui.look.theme import Theme
from ui.shortcuts import Key
from ui.wording import told


class IncidentPanel(QWidget):
    """Shows one incident. It asks nothing itself: `follow.PaneFollower` brings what it shows.

    act_wanted(verb), unit_chosen(unit: dispatch with this one first), photo_wanted(place),
    reveal_wanted(field), incident_wanted(id) of one that lies close by,
    commanded(Command, ()) for a decision, wide_wanted(bool) when 744 px are needed or not,
    take_wanted() when a dead seat's work is to be taken over,
    places_wanted(places) to be seen on the map, longitude and latitude,
    other_wanted(id) for `show_other`, merge_wanted(Near) when this one is to go into that,
    all_wanted(ids) when those are to go into this one.
    """

    act_wanted = Signal(str)
    unit_chosen = Signal(str)
    photo_wanted = Signal(int)
    take_wanted = Signal()
    reveal_wanted = Signal(str)
    incident_wanted = Signal(str)
    places_wanted = Signal(object)
    commanded = Signal(object, object)
    wide_wanted = Signal(bool)
    other_wanted = Signal(str)
    merge_wanted = Signal(object)
    all_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pane: IncidentPane | None = None
        self._ahead = Ahead()
        self._side_by_side = False
        self._wide = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.head = Head(theme, self)
        self.steps = Steps(theme, self)
        self.claims = ClaimLines(theme, self)
        self._inner = QWidget(self)
        self.facts = Facts(theme, self._inner)
        self.advice = Advice(theme, self._inner)
        self.near = NearLines(theme, self._inner)
        self.parts = Parts(theme, self._inner)
        self.response = ResponseLines(theme, self._inner)
        self.bulletins = BulletinLines(theme, self._inner)
        self.reporters = ReporterLines(theme, self._inner)
        self.guide = GuideLines(theme, self._inner)
        self.timeline = Timeline(theme, self._inner)
        self.photos = Photos(theme, self._inner)
        self.contested = Contested(theme, self)
        self.alike = Alike(theme, self)
        self._compares = False
        self.foot = ActsFoot(theme, self)
        self._area = QScrollArea(self)
        self._lay_out()
        self._join()
        theme.changed.connect(self.update)
        self.show_nothing()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        told = (self.facts, self.bulletins, self.reporters)
        for part in (*told, self.parts, self.response, self.advice, self.near, self.guide):
            column.addWidget(part)
        column.addWidget(self.timeline)
        column.addWidget(self.photos)
        column.addStretch(1)
        area = self._area
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(self.steps)
        outer.addWidget(self.claims)
        outer.addWidget(area, 1)
        outer.addWidget(self.contested, 1)
        outer.addWidget(self.alike, 1)
        outer.addWidget(self.foot)

    def _join(self) -> None:
        self.foot.act_wanted.connect(self._on_act)
        self.advice.unit_chosen.connect(self.unit_chosen)
        self.claims.take_wanted.connect(self.take_wanted)
        self.near.duplicates_wanted.connect(self._on_duplicates)
        self.near.earlier_wanted.connect(self._on_earlier)
        self.photos.photo_wanted.connect(self.photo_wanted)
        self.contested.commanded.connect(self.commanded)
        self.contested.left.connect(self._on_left)
        self.alike.other_wanted.connect(self.other_wanted)
        self.alike.merge_wanted.connect(self.merge_wanted)
        self.alike.all_wanted.connect(self.all_wanted)
        self.alike.incident_wanted.connect(self.incident_wanted)
        self.alike.left.connect(self._on_left)
        self.contested.chief_wanted.connect(self._on_chief_wanted)

    def shown(self) -> IncidentPane | None:
        """Return what is shown."""
        return self._pane

    @Slot(str)
    def expect(self, incident: str) -> None:
        """Another incident is chosen and will come; "" when none will.

        Keys pressed until then are for that one.
        """
        shown = self._pane.row.id if self._pane is not None else ""
        self._ahead.expect(incident if incident != shown else "")

    def when_here(self, want: Callable[[], None]) -> None:
        """Do it as soon as the chosen incident is shown: at once, unless another is awaited."""
        if not self._ahead.keeps(want):
            want()

    def show_nothing(self) -> None:
        """Show that no incident is chosen."""
        self._pane = None
        self._ahead.expect("")
        for part in (self.head, self.steps):
            part.show_pane(None, 0)
        self.claims.show_claims((), 0)
        self._compares = False
        for each in (self._area, self.contested, self.alike, self.foot):
            each.hide()
        self.update()

    def show_pane(self, pane: IncidentPane, now: int, revealed: str = "") -> None:
        """Show an incident, or the same one anew; `revealed` is its phone in clear."""
        other = self._pane is None or self._pane.row.id != pane.row.id
        new_to_it = other or self._pane is None or not self._pane.contests
        if new_to_it or not pane.contests:
            self._side_by_side = bool(pane.contests)
        self._pane = pane
        self.head.show_pane(pane, now)
        self.steps.show_pane(pane, now)
        self.claims.show_claims(pane.claims, now)
        self.facts.show_pane(pane, now, revealed)
        self.parts.show_parts(pane.subs, now)
        self.response.show_response(pane.response, now)
        may = any(each.verb == Verb.INFORM for each in pane.acts)
        self.bulletins.show_bulletins(pane.bulletins, now, may=may)
        offered = {each.verb for each in pane.acts}
        verbs = tuple(verb for verb in (Verb.TELL, Verb.REWARD) if verb in offered)
        self.reporters.show_reporters(pane.reporters, now, verbs)
        self.guide.show_guide(pane.guide if pane.row.state not in ENDED else NO_GUIDE)
        self.timeline.show_entries(pane.timeline, now)
        self.photos.show_photos(pane.photos)
        self.foot.show_offers(pane.acts)
        if other:
            self._compares = False
            self.show_advice(None)
            self._area.verticalScrollBar().setValue(0)
        self._arrange()
        if self.alike.isVisible():
            self.alike.refresh(pane)
        self._ahead.come(pane.row.id)

    def show_advice(self, advice: DispatchAdvice | None) -> None:
        """Show whom to send and what lies close by; None while it is not known."""
        self.advice.show_units(advice.units if advice else ())
        near = (advice.duplicates, advice.earlier) if advice else ((), ())
        self.near.show_near(*near)
        if self._compares and advice is not None and not advice.duplicates:
            self._on_left()

    def show_other(self, other: IncidentPane, now: int) -> None:
        """Show the incident that is compared with."""
        self.alike.show_other(other, now)

    @Slot()
    def compare_duplicates(self) -> None:
        """Show the likely duplicates beside this one, when there are any."""
        self.near.press(DUPLICATES)

    def show_error(self, error: BaseException) -> None:
        """Say why a decision was not taken."""
        self.contested.show_error(error)

    @Slot("qlonglong")  # type: ignore[arg-type]  # a C++ type by name; the stub knows types only
    def _on_second(self, now: int) -> None:
        self.set_now(now)

    def set_now(self, now: int) -> None:
        """Count down."""
        if self._pane is not None:
            self.head.set_now(now)
            self.steps.set_now(now)
            self.parts.set_now(now)
            self.response.set_now(now)
            self.bulletins.set_now(now)

    def _arrange(self) -> None:
        pane = self._pane
        compare = self._side_by_side and pane is not None and bool(pane.contests)
        if compare and pane is not None:
            self.contested.show_pane(pane)
        alike = self._compares and not compare
        wide = compare or alike
        self.contested.setVisible(compare)
        self.alike.setVisible(alike)
        self._area.setVisible(not wide)
        self.foot.setVisible(not wide)
        if wide != self._wide:
            self._wide = wide
            self.wide_wanted.emit(wide)

    def keys_here(self) -> tuple[Key, ...]:
        """Return every key that does something for the incident that is shown, in words."""
        pane = self._pane
        if pane is None:
            return ()
        group = told(self.tr("事件{number}"), number=pane.row.number[-4:])
        found = {KEYS[verb]: labels.verb(verb) for verb in self.foot.offered()}
        found |= dict((*self.near.keys(), *self.response.keys()))
        if pane.phone:
            found[REVEAL] = self.tr("看电话号码，留痕")
        if self.claims.gone():
            found[TAKE] = self.tr("接手没有应答的席位的事件")
        if pane.photos:
            found[PHOTOS] = self.tr("看照片")
        return tuple(Key(group, key.replace(" ", "+"), words) for key, words in found.items())

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key says; tell whether it was one of ours."""
        pane, key = self._pane, pressed(event)
        if pane is None or not key:
            return False
        if self.contested.isVisible():
            return key.isdigit() and self.contested.decision.press(int(key))
        if self.alike.isVisible():
            return False
        if key.isdigit():
            return self.advice.press(int(key))
        if key == MORE:
            return self.foot.open_more()
        if key == TAKE and self.claims.gone():
            self.take_wanted.emit()
            return True
        if key == REVEAL and pane.phone:
            self.reveal_wanted.emit("phone")
            return True
        if key == PHOTOS and pane.photos:
            self.photo_wanted.emit(0)
            return True
        if key == AT_HAND and self.response.keys():
            self.places_wanted.emit(self._places())
            return True
        if self.near.press(key):
            return True
        verb = self.foot.verb_of(key)
        if verb is not None:
            self._on_act(verb.value)
        return verb is not None

    def _places(self) -> list[tuple[float, float]]:
        """The incident's place and those of what is at hand."""
        own = [(self._pane.row.lon, self._pane.row.lat)] if self._pane is not None else []
        return own + [(each.lon, each.lat) for each in self.response.places()]

    @Slot(str)
    def _on_act(self, verb: str) -> None:
        if verb == Verb.RESOLVE:
            self._side_by_side = True
            self._arrange()
            self.contested.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.act_wanted.emit(verb)

    @Slot(object)
    def _on_duplicates(self, near: tuple[Near, ...]) -> None:
        """Show them beside this one; who may merge can do so from there."""
        if self._pane is None:
            return
        self._compares = True
        self._arrange()
        self.alike.open(self._pane, near, may=Verb.MERGE in self.foot.offered())

    @Slot(object)
    def _on_earlier(self, near: tuple[Near, ...]) -> None:
        self._list(self.tr("此处 90 天内"), near)

    def _list(self, title: str, near: tuple[Near, ...]) -> None:
        sheet = NearSheet(self._theme, self.window(), title, near)
        sheet.incident_wanted.connect(self.incident_wanted)
        sheet.open()

    @Slot()
    def _on_left(self) -> None:
        self._side_by_side = self._compares = False
        self._arrange()
        self.setFocus()

    @Slot()
    def _on_chief_wanted(self) -> None:
        self.act_wanted.emit(Verb.NOTE.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if pressed(event) and self._ahead.keeps(partial(_press_again, event.clone())):
            return
        if self.contested.isVisible():
            self.contested.keyPressEvent(event)
        elif self.alike.isVisible():
            self.alike.keyPressEvent(event)
        elif not self.take_key(event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = self._theme.tokens
        painter.fillRect(self.rect(), tokens.panel)
        if self._pane is None:
            said = self.tr("没有选中事件。↑ ↓ 在列表里选，N 看下一条")
            said = self._theme.fonts.elide(said, 14, self.width() - 2 * SIDE)
            Writer(painter, self._theme.fonts).text((SIDE, 30), said, tokens.text_2, 14)


def _press_again(event: QKeyEvent) -> None:
    """Press a key that waited; once it has opened a form, the next ones are the form's."""
    focus = QApplication.focusWidget()
    if focus is not None:
        QApplication.sendEvent(focus, event)
