"""Words for the codes in a list that goes out; needs no screen."""

from collections.abc import Callable, Mapping
from typing import Final

from dispatch.desk.views_tray import Exceptional
from ui import labels
from ui.sync.tray_words import words_of


def _tray(code: str) -> str:
    """What is wrong: the kind of an exception, a blank, what of it."""
    kind, _, what = code.partition(" ")
    return words_of(Exceptional(kind, what, 0, "", ""))


_TABLES: Final[Mapping[str, Callable[[str], str]]] = {
    "state": labels.state,
    "light": labels.light,
    "source": labels.source,
    "worker": labels.worker,
    "level": labels.level,
    "role": labels.role,
    "line": labels.line,
    "event": labels.event,
    "list": labels.handover_list,
    "exception": labels.exception,
    "tray": _tray,
}


def word(table: str, code: str) -> str:
    """Return the word for a code of a table; an empty code has none."""
    return _TABLES[table](code) if code else ""
