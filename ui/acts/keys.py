"""The key of every act: one letter, no two alike among the acts of one state."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from dispatch.domain.command import Verb

UNDO: Final = "Shift Z"

KEYS: Final[dict[Verb, str]] = {
    Verb.ASK_VERIFY: "H",
    Verb.VERIFY: "H",
    Verb.FILE: "A",
    Verb.CONFIRM: "G",
    Verb.UNFILE: UNDO,
    Verb.ASK_REFUSE: "X",
    Verb.GRANT_REFUSE: "Y",
    Verb.DENY_REFUSE: "Shift Y",
    Verb.RESTORE: UNDO,
    Verb.RECORD_ONLY: "Shift B",
    Verb.DISPATCH: "D",
    Verb.STAND_DOWN: UNDO,
    Verb.SIGN: "S",
    Verb.UNSIGN: UNDO,
    Verb.RETURN: "T",
    Verb.REASSIGN: "C",
    Verb.ASK_EXTENSION: "X",
    Verb.GRANT_EXTENSION: "S",
    Verb.DENY_EXTENSION: "Shift S",
    Verb.ASK_HOLD: "I",
    Verb.GRANT_HOLD: "Y",
    Verb.DENY_HOLD: "Shift Y",
    Verb.RESUME: "S",
    Verb.FEEDBACK: "A",
    Verb.WITHDRAW: UNDO,
    Verb.INSPECT: "H",
    Verb.INSPECT_PASS: "P",
    Verb.INSPECT_FAIL: "X",
    Verb.RECHECK: UNDO,
    Verb.CALL_TRIED: "Q",
    Verb.CALL_BACK: "C",
    Verb.ACCEPT: "A",
    Verb.REDO: "T",
    Verb.CLOSE: "C",
    Verb.REOPEN: "O",
    Verb.MERGE: "B",
    Verb.SPLIT: UNDO,
    Verb.ASK_VOID: "O",
    Verb.GRANT_VOID: "P",
    Verb.DENY_VOID: "Shift P",
    Verb.SUPERVISE: "Shift D",
    Verb.REPLY_SUPERVISION: "Shift H",
    Verb.CANCEL_SUPERVISION: "Shift C",
    Verb.INSTRUCT: "Shift I",
    Verb.INFORM: "Shift M",
    Verb.TELL: "Shift G",
    Verb.REWARD: "Shift W",
    Verb.JOINT: "J",
    Verb.SUB_SIGN: "Shift K",
    Verb.SUB_ARRIVE: "Shift Q",
    Verb.SUB_FEEDBACK: "Shift A",
    Verb.SUB_RETURN: "Shift T",
    Verb.SUB_EXCUSE: "Shift E",
    Verb.ASK_ESCALATION: "K",
    Verb.GRANT_ESCALATION: "L",
    Verb.DENY_ESCALATION: "Shift L",
    Verb.CITY_RETURN: "T",
    Verb.CITY_DONE: "A",
    Verb.CORRECT: "E",
    Verb.ARRIVE: "Q",
    Verb.NOTE: "M",
    Verb.RESOLVE: "R",
    Verb.ANSWER_STAND_DOWN: "Shift R",
}
"""Every act on an incident that lies open; a report has the window's own key."""

MORE: Final = "."
DUPLICATES: Final = "B"
EARLIER: Final = "U"
AT_HAND: Final = "Shift F"
"""Show on the map what is at hand."""
REVEAL: Final = "V"
PHOTOS: Final = "Space"
TAKE: Final = "Shift N"
"""Take over what a dead seat had open."""


def pressed(event: QKeyEvent) -> str:
    """Return a key event as it is written on a key cap; "" for one with Ctrl, Alt or Meta."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if held & ~Qt.KeyboardModifier.ShiftModifier:
        return ""
    key = event.key()
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z:
        letter = chr(key)
        return f"Shift {letter}" if held else letter
    if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
        return chr(key)
    return {Qt.Key.Key_Period: MORE, Qt.Key.Key_Space: PHOTOS}.get(Qt.Key(key), "")
