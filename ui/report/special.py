"""The form of a special report: from when to when, of which items, under which name."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from dispatch.desk.views_report import Period
from dispatch.domain.calendar import DAY
from dispatch.domain.errors import BadInput
from ui.acts import reading
from ui.acts.fields import Field, Kind
from ui.acts.plain_form import PlainForm
from ui.look.theme import Theme
from ui.tongue import tr

LONGEST: Final = 31 * DAY
_NAME_LONGEST: Final = 20
FIELDS: Final = (
    Field("from", Kind.LINE, needed=True, word=tr("从"), hint=tr("如 11-21 08:00")),
    Field("to", Kind.LINE, needed=True, word=tr("到"), hint=tr("如 18:00")),
    Field("name", Kind.LINE, needed=True, word=tr("名称"), hint=tr("如 防风专报")),
    Field("items", Kind.LINE, word=tr("事项"), hint=tr("编码，用空格分开；空着为全部")),
)


class SpecialForm(PlainForm):
    """chosen(Period) when it is filled in well; what is wrong is said at its field."""

    chosen = Signal(object)

    def __init__(
        self, theme: Theme, host: QWidget, proposed: Period, now: Callable[[], int]
    ) -> None:
        words = (self.tr("专报"), self.tr("看这一期"))
        super().__init__(theme, host, words, FIELDS)
        self._proposed = proposed
        self._now = now
        self.propose("from", reading.written(proposed.from_at, now()))
        self.propose("to", reading.written(proposed.to_at, now()))
        self.propose("name", proposed.name)
        self.filled.connect(self._on_filled)

    @Slot(object)
    def _on_filled(self, values: dict[str, str]) -> None:
        try:
            period = self._period(values)
        except BadInput as error:
            self.show_error(error)
            return
        self.close_sheet()
        self.chosen.emit(period)

    def _period(self, values: dict[str, str]) -> Period:
        now = self._now()
        begin = reading.moment(values["from"], "from", now)
        end = reading.moment(values["to"], "to", now)
        if begin >= now:
            raise BadInput("from", self.tr("须早于现在"))
        if end <= begin:
            raise BadInput("to", self.tr("须晚于开始"))
        if end - begin > LONGEST:
            raise BadInput("to", self.tr("最长一个月"))
        name = values["name"]
        if len(name) > _NAME_LONGEST:
            raise BadInput("name", self.tr("最多 20 个字"))
        items = frozenset(values.get("items", "").replace(",", " ").split())
        return replace(self._proposed, from_at=begin, to_at=end, name=name, items=items)
