"""The acts at the pane's foot: one primary, as many others as fit, the rest behind 更多."""

from typing import Final

from PySide6.QtCore import QPointF, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from dispatch.desk.views import ActOffer
from dispatch.domain.command import Verb
from ui import labels, refusals
from ui.acts.button import KeyButton, Weight
from ui.acts.keys import KEYS, MORE
from ui.incident.more_acts import MoreActs
from ui.incident.section import SIDE
from ui.look.painting import Writer, hairline
from ui.look.theme import Theme
from ui.tongue import tr

_HEIGHT: Final = 60
_WHY: Final = 24  # the line above the buttons that says why some are grey
_GAP: Final = 8
_OTHERS_MOST: Final = 3
_OFTEN: Final = (
    Verb.REPLY_SUPERVISION,
    Verb.SIGN,
    Verb.RETURN,
    Verb.ARRIVE,
    Verb.VERIFY,
    Verb.FEEDBACK,
    Verb.REASSIGN,
    Verb.INSPECT_FAIL,
    Verb.REDO,
    Verb.ACCEPT,
    Verb.CALL_TRIED,
    Verb.MERGE,
    Verb.ASK_VERIFY,
    Verb.DENY_REFUSE,
    Verb.DENY_EXTENSION,
    Verb.DENY_HOLD,
    Verb.DENY_VOID,
    Verb.GRANT_VOID,
    Verb.CONFIRM,
    Verb.CORRECT,
    Verb.NOTE,
)
"""The acts that come as buttons first."""


class ActsFoot(QWidget):
    """`act_wanted` tells the verb of the button, the list's line or the key."""

    act_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._over = parent
        self._offers: tuple[Verb, ...] = ()
        self._primary: Verb | None = None
        self._barred: dict[Verb, str] = {}
        self._buttons: list[tuple[KeyButton, Verb | None]] = []
        self._rest: tuple[Verb, ...] = ()
        self.more = MoreActs(theme, parent)
        self.more.act_wanted.connect(self.act_wanted)
        self.setFixedHeight(theme.px(_HEIGHT))
        theme.changed.connect(self._on_theme)

    def show_offers(self, offers: tuple[ActOffer, ...]) -> None:
        """Show what may be done now; the same offers leave the buttons, and their focus, alone."""
        verbs = tuple(Verb(offer.verb) for offer in offers)
        primary = next((Verb(offer.verb) for offer in offers if offer.primary), None)
        barred = {Verb(offer.verb): offer.barred for offer in offers if offer.barred}
        if (verbs, primary, barred) == (self._offers, self._primary, self._barred):
            return
        self._offers, self._primary, self._barred = verbs, primary, barred
        self.setFixedHeight(self._high())
        self.more.hide()
        self._build()

    def verb_of(self, key: str) -> Verb | None:
        """Return the offered act with that key."""
        return next((verb for verb in self._offers if KEYS.get(verb) == key), None)

    def offered(self) -> tuple[Verb, ...]:
        """Return every act that is offered."""
        return self._offers

    def why(self) -> str:
        """Return why the grey acts are somebody else's; "" when none is grey."""
        if not self._barred:
            return ""
        acts = tr("、").join(labels.verb(verb) for verb in self._barred)
        why = tr("；").join(refusals.barred(code) for code in set(self._barred.values()))
        return tr("{acts}：{why}").format(acts=acts, why=why)

    def _high(self) -> int:
        return self._theme.px(_HEIGHT) + (self._theme.px(_WHY) if self._barred else 0)

    def button_of(self, verb: Verb | None) -> KeyButton | None:
        """Return the button of an act, None when it is behind 更多; None asks for 更多 itself."""
        return next((button for button, each in self._buttons if each is verb), None)

    def open_more(self) -> bool:
        """Open the list of the other acts; tell whether there are any."""
        if not self._rest:
            return False
        corner = self.mapTo(self._over, self.rect().topRight())
        self.more.open(
            self._rest, frozenset(self._barred), QPointF(corner.x() + 1 - SIDE, corner.y() - 6)
        )
        return True

    def _ranked(self) -> list[Verb]:
        often = [verb for verb in _OFTEN if verb in self._offers and verb is not self._primary]
        return often + [v for v in self._offers if v not in often and v is not self._primary]

    def _build(self) -> None:
        for button, _ in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = []
        ranked = self._ranked()
        if self._primary is not None:
            self._add(labels.verb(self._primary), KEYS[self._primary], self._primary)
        room = self.width() - 2 * SIDE - sum(b.minimumSizeHint().width() for b, _ in self._buttons)
        shown: list[Verb] = []
        more = KeyButton(self._theme, self.tr("更多"), MORE, parent=self)
        left = room - more.minimumSizeHint().width() - _GAP
        for verb in ranked[:_OTHERS_MOST]:
            button = self._add(labels.verb(verb), KEYS[verb], verb)
            left -= button.minimumSizeHint().width() + _GAP
            if left < 0:
                self._buttons.pop()
                button.hide()
                button.deleteLater()
                break
            shown.append(verb)
        self._rest = tuple(verb for verb in ranked if verb not in shown)
        if self._rest:
            more.clicked.connect(self._on_more)
            self._buttons.append((more, None))
        else:
            more.deleteLater()
        self._lay_out()

    def _add(self, word: str, key: str, verb: Verb) -> KeyButton:
        weight = Weight.PRIMARY if verb is self._primary else Weight.PLAIN
        button = KeyButton(self._theme, word, key, weight, self)
        button.clicked.connect(self._on_clicked)
        if verb in self._barred:
            button.setEnabled(False)
            button.setToolTip(refusals.barred(self._barred[verb]))
        self._buttons.append((button, verb))
        return button

    def _lay_out(self) -> None:
        """Give every button what it needs, and the rest of the room by equal shares."""
        if not self._buttons:
            return
        needed = [button.minimumSizeHint().width() for button, _ in self._buttons]
        free = self.width() - 2 * SIDE - _GAP * (len(needed) - 1) - sum(needed)
        share = max(0, min(free // len(needed), 60))
        x, high = SIDE, self._theme.px(36)
        y = self.height() - (self._theme.px(_HEIGHT) + high) // 2 + 1
        for (button, _), width in zip(self._buttons, needed, strict=True):
            button.setGeometry(x, y, width + share, high)
            button.show()
            x += width + share + _GAP

    @Slot()
    def _on_clicked(self) -> None:
        sender = self.sender()
        for button, verb in self._buttons:
            if button is sender and verb is not None:
                self.act_wanted.emit(verb.value)
                return

    @Slot()
    def _on_more(self) -> None:
        self.open_more()

    @Slot()
    def _on_theme(self) -> None:
        self.setFixedHeight(self._high())
        self._build()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.more.hide()
        if event.size().width() != event.oldSize().width():
            self._build()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.tokens.panel)
        hairline(painter, 0, 0, self.width(), self._theme.tokens.line)
        if why := self.why():
            fonts = self._theme.fonts
            why = fonts.elide(why, 12, self.width() - 2 * SIDE)
            middle = self._theme.px(_WHY) / 2 + 4
            Writer(painter, fonts).text((SIDE, middle), why, self._theme.tokens.text_2, 12)
