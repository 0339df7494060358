"""The command field of the bottom line: a number opens, a word and a number start an act."""

import re
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from dispatch.domain.command import Verb
from ui import labels
from ui.look.keycap import HEIGHT, draw_keycap, keycap_width
from ui.look.theme import Theme

PLACEHOLDER: Final = "输入命令，如 派 1023 张伟"
_SHORT: Final = {
    "报": Verb.REPORT,
    "核": Verb.ASK_VERIFY,
    "立": Verb.FILE,
    "派": Verb.DISPATCH,
    "签": Verb.SIGN,
    "退": Verb.RETURN,
    "转": Verb.REASSIGN,
    "反馈": Verb.FEEDBACK,
    "查": Verb.INSPECT_PASS,
    "访": Verb.CALL_BACK,
    "结": Verb.CLOSE,
    "并": Verb.MERGE,
    "挂": Verb.ASK_HOLD,
    "延": Verb.ASK_EXTENSION,
    "督": Verb.SUPERVISE,
    "批": Verb.INSTRUCT,
    "备": Verb.RECORD_ONLY,
    "更正": Verb.CORRECT,
    "到": Verb.ARRIVE,
    "记": Verb.NOTE,
}
_NUMBER: Final = re.compile(r"[0-9A-Za-z\-]*[0-9][0-9A-Za-z\-]*")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed: an act or None, the number as typed, and the rest for the act's form."""

    verb: Verb | None
    number: str
    rest: str


def parse(text: str) -> Asked | None:
    """Return what the line asks for; None when it is neither act nor number."""
    words = text.replace("\u3000", " ").split()
    if not words:
        return None
    verb = _verb(words[0])
    if verb is not None:
        words = words[1:]
    elif glued := re.fullmatch(r"([\u4e00-\u9fff]+)([0-9]+)", words[0]):
        verb = _verb(glued.group(1))
        words = [glued.group(2), *words[1:]] if verb else words
    number = words.pop(0) if words and _NUMBER.fullmatch(words[0]) else ""
    if verb is None and not number:
        return None
    return Asked(verb, number, " ".join(words))


def _verb(word: str) -> Verb | None:
    if word in _SHORT:
        return _SHORT[word]
    named = {name: Verb(code) for code, name in labels.verbs().items()}
    return named.get(word) or (Verb(word) if word in frozenset(Verb) else None)


class CommandField(QLineEdit):
    """asked(Asked) on Enter, refused(words) when the line says nothing, left() on Esc."""

    asked = Signal(object)
    refused = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty at first."""
        super().__init__(parent)
        self._theme = theme
        self._history: list[str] = []
        self._back = 0
        self.setPlaceholderText(PLACEHOLDER)
        self.setAccessibleName("命令")
        self.setTextMargins(20, 0, 0, 0)
        self.setMaxLength(200)
        self.returnPressed.connect(self._on_return)
        theme.changed.connect(self.update)

    @Slot()
    def _on_return(self) -> None:
        text = self.text().strip()
        if not text:
            return
        asked = parse(text)
        if asked is None:
            self.refused.emit(f"看不懂“{text}”：写动作和编号，如 派 1023，或只写编号")
            return
        self._history.append(text)
        self._back = 0
        self.clear()
        self.asked.emit(asked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        elif event.key() == Qt.Key.Key_Up and self._back < len(self._history):
            self._back += 1
            self.setText(self._history[-self._back])
        elif event.key() == Qt.Key.Key_Down and self._back:
            self._back -= 1
            self.setText(self._history[-self._back] if self._back else "")
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        theme, middle = self._theme, self.height() / 2
        theme.icons.draw(painter, "chevron-right", (16, middle), theme.tokens.blue)
        if not self.text():
            width = keycap_width(theme.fonts, "Ctrl K")
            corner = QPointF(self.width() - width - 6, middle - HEIGHT / 2)
            draw_keycap(painter, corner, "Ctrl K", (theme.tokens, theme.fonts))
