"""The mark before a line of the palette: a light and priority, a worker's status, an icon."""

from typing import Final

from PySide6.QtGui import QPainter

from dispatch.desk.views import QueueRow
from ui.acts.sheet_head import NUMBERS
from ui.look.marks import FixAge, WorkerMark, fix_age
from ui.look.painting import draw_centred
from ui.look.theme import Theme
from ui.palette.choices import Choice
from ui.queue.delegate import shape_of

Look = tuple[Theme, float, int]
"""Theme, device pixel ratio, now in UTC milliseconds."""
_WIDE: Final = 28
_ICONS: Final = {
    "village": "map-pin",
    "grid": "map-pin",
    "contact": "phone",
    "unit": "shield-check",
    "item": "file-text",
    "report": "plus",
    "worker": "phone",
    "incident": "inbox",
    "key": "keyboard",
    "line": "history",
}


def draw_mark(painter: QPainter, choice: Choice, at: tuple[float, float], look: Look) -> int:
    """Draw the mark of a line; return the room that it takes."""
    theme, ratio, now = look
    x, middle = at
    if choice.row is not None:
        return draw_row_marks(painter, choice.row, at, look)
    if choice.worker is not None and choice.worker.status.value in set(WorkerMark):
        worker = choice.worker
        age = fix_age((now - worker.fix_at) / 1000) if worker.fix_at else FixAge.FRESH
        mark = theme.marks.worker(WorkerMark(worker.status.value), age, ratio=ratio)
        draw_centred(painter, mark, x + 8, middle)
        return theme.px(_WIDE)
    if choice.kind == "line" and choice.code != "recent":
        return 0
    name = _ICONS.get(choice.kind) or _ICONS.get(choice.fill)
    if name is None:
        return 0
    theme.icons.draw(painter, name, (x + 8, middle), theme.tokens.text_2)
    return theme.px(_WIDE)


def draw_row_marks(painter: QPainter, row: QueueRow, at: tuple[float, float], look: Look) -> int:
    """Draw an incident's light and priority; return the room that they take."""
    theme, ratio, now = look
    x, middle = at
    mark = theme.marks.light(shape_of(row, row.light(now)), theme.px(14), ratio)
    draw_centred(painter, mark, x + 8, middle)
    draw_centred(painter, theme.marks.priority(NUMBERS[row.priority], ratio), x + 36, middle)
    return theme.px(58)
