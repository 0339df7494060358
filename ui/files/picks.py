"""The columns of a file and how they are to be read, as lists to pick from."""

from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from dispatch.desk.views_import import Choices
from ui.files.guess import guessed
from ui.look.painting import Side, Writer
from ui.look.theme import Theme

COLUMNS: Final = ("text", "lon", "lat", "time", "key", "item", "place", "phone", "grid")
"""Fields that are a column of the file, in the order of Tab."""
READ_AGAIN: Final = frozenset({"encoding", "separator"})
"""What changes how the file itself is read."""
_ACROSS: Final = 3
_SYSTEMS: Final = ("cgcs2000", "gcj02", "bd09", "EPSG:4547", "EPSG:4526")
_ZONES: Final = ("Asia/Shanghai", "UTC", "America/New_York")
_FORMATS: Final = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "iso")


class PickBox(QComboBox):
    """A list that shows at its right that it is one."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        ink = self._theme.tokens.text_2 if self.isEnabled() else self._theme.tokens.text_3
        painter = QPainter(self)
        at = (self.width() - 10, self.height() / 2)
        Writer(painter, self._theme.fonts).text(at, "▾", ink, 12, side=Side.RIGHT)


class Picks(QWidget):
    """Lists in rows of three. `reading_changed`: the file has to be read again."""

    reading_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.boxes: dict[str, QComboBox] = {}
        words = {
            "text": self.tr("内容 *"),
            "lon": self.tr("经度"),
            "lat": self.tr("纬度"),
            "time": self.tr("时间"),
            "key": self.tr("编号"),
            "item": self.tr("事项"),
            "place": self.tr("地点"),
            "phone": self.tr("电话"),
            "grid": self.tr("网格"),
            "crs": self.tr("坐标系"),
            "format": self.tr("时间格式"),
            "zone": self.tr("时区"),
            "encoding": self.tr("编码"),
            "separator": self.tr("分隔符"),
        }
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        for nth, (name, word) in enumerate(words.items()):
            label = QLabel(word, self)
            label.setFont(theme.fonts.font(13))
            box = self._box(name, word)
            row, column = divmod(nth, _ACROSS)
            grid.addWidget(label, row, 2 * column)
            grid.addWidget(box, row, 2 * column + 1)
            grid.setColumnStretch(2 * column + 1, 1)
        self._fill_fixed()

    def _box(self, name: str, word: str) -> QComboBox:
        box = PickBox(self._theme, self)
        box.setFont(self._theme.fonts.font(13))
        box.setAccessibleName(word)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        if name in READ_AGAIN:
            box.activated.connect(self._on_reading)
        self.boxes[name] = box
        return box

    def _fill_fixed(self) -> None:
        for system, word in zip(
            _SYSTEMS, ("CGCS2000 / WGS-84", "GCJ-02", "BD-09", *_SYSTEMS[3:]), strict=True
        ):
            self.boxes["crs"].addItem(word, system)
        for name, values in (("zone", _ZONES), ("format", _FORMATS)):
            self.boxes[name].addItems(values)
            self.boxes[name].setEditable(True)
            for nth, value in enumerate(values):
                self.boxes[name].setItemData(nth, value)
        self.boxes["crs"].setEditable(True)
        auto = self.tr("自动")
        for value, word in (("", auto), ("utf-8", "UTF-8"), ("gb18030", "GB18030")):
            self.boxes["encoding"].addItem(word, value)
        for value, word in (("", auto), (",", ","), (";", ";"), ("\t", "Tab"), ("|", "|")):
            self.boxes["separator"].addItem(word, value)

    def offer(self, header: tuple[str, ...]) -> None:
        """Offer a new file's columns, the likely ones chosen."""
        likely = guessed(header)
        for name in COLUMNS:
            box = self.boxes[name]
            box.clear()
            box.addItem("—", "")
            for column in header:
                box.addItem(column, column)
            box.setCurrentIndex(max(0, box.findData(likely.get(name, ""))))

    def choices(self) -> Choices:
        """Return what is picked now."""
        fields = tuple(
            (name, self._value(name)) for name in ("place", "phone", "grid") if self._value(name)
        )
        text = self._value("text")
        return Choices(
            text=(text,) if text else (),
            lon=self._value("lon"),
            lat=self._value("lat"),
            crs=self._value("crs"),
            time=self._value("time"),
            format=self._value("format"),
            zone=self._value("zone"),
            key=self._value("key"),
            item=self._value("item"),
            fields=fields,
            encoding=self._value("encoding"),
            separator=self._value("separator"),
        )

    def _value(self, name: str) -> str:
        """Return the code behind the word; what was typed into an editable list is its own."""
        box = self.boxes[name]
        data: Any = box.currentData()  # Any: a list's data may be anything
        if box.isEditable() and box.currentText() != box.itemText(box.currentIndex()):
            return box.currentText().strip()
        return data if isinstance(data, str) else ""

    def set_enabled(self, *, on: bool) -> None:
        """Let the lists be picked from, or not: a mapping's file says it all."""
        for name, box in self.boxes.items():
            box.setEnabled(on or name in READ_AGAIN)

    @Slot()
    def _on_reading(self) -> None:
        self.reading_changed.emit()
