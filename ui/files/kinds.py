"""What can be imported: incidents here; the tables that all seats share at the city's hub alone."""

import shlex
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.acts.button import KeyButton
from ui.acts.field_row import WORD
from ui.files.picks import PickBox
from ui.look.theme import Theme
from ui.tongue import tr_table
from ui.wording import told

INCIDENTS: Final = "incidents"
KINDS: Final[Mapping[str, str]] = tr_table(
    "kinds",
    {
        INCIDENTS: "事件",
        "grids": "网格界线",
        "divisions": "行政区划（组织）",
        "roster": "网格员名册",
        "duty": "值班表",
        "catalogue": "事项目录",
        "sla": "时限标准",
        "guides": "办理指引",
        "bulletins": "信息报告的时限",
        "calendar": "工作日历",
        "kpi": "考核指标定义",
        "objects": "管理对象",
    },
)
"""By the word of the command line that imports it."""
_OWN: Final = {
    "grids": "--crs cgcs2000",
    "objects": "--crs cgcs2000 --mapping MAP.toml",
}
"""Options of a table; the others have a mapping alone."""


def command(kind: str, file: str) -> str:
    """Return the line by which the hub's administrator imports a table."""
    options = _OWN.get(kind, "--mapping MAP.toml")
    return f"zhiwang import {kind} {shlex.quote(file or 'FILE')} {options} --rejects REJECTS.csv"


class KindLine(QWidget):
    """The list of what can be imported; Ctrl G comes to it from anywhere in the dialog."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        label = QLabel(self.tr("种类"), self)
        label.setFont(theme.fonts.font(13))
        label.setFixedWidth(theme.px(WORD) - 8)
        palette = label.palette()
        palette.setColor(label.foregroundRole(), theme.tokens.text_2)
        label.setPalette(palette)
        self.box = PickBox(theme, self)
        self.box.setFont(theme.fonts.font(13))
        self.box.setAccessibleName(self.tr("种类"))
        for code, word in KINDS.items():
            self.box.addItem(word, code)
        self.box.setMaxVisibleItems(len(KINDS))
        button = KeyButton(theme, self.tr("换种类"), "Ctrl G", parent=self)
        button.clicked.connect(self.take_keys)
        line.addWidget(label)
        line.addWidget(self.box, 1)
        line.addWidget(button)

    def kind(self) -> str:
        """Return the word of what is picked."""
        return str(self.box.currentData())

    @Slot()
    def take_keys(self) -> None:
        """Let the arrows pick."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)


class HubNote(QWidget):
    """Says of a shared table who imports it, and by which line."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(WORD), 2, 0, 2)
        column.setSpacing(6)
        self.words = QLabel(self)
        self.line = QLabel(self)
        self.line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for each in (self.words, self.line):
            each.setFont(theme.fonts.font(13))
            each.setWordWrap(True)
            each.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(each)
        self.button = KeyButton(theme, self.tr("抄下命令"), "Ctrl B", parent=self)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def say(self, kind: str, file: str) -> None:
        """Tell of a table and the file that is named."""
        words = self.tr(
            "{kind}各席位共用，只能由市平台收进去再发下来；在这里可以先看看文件读得对不对。"
            "请市平台的管理员运行（数据库地址用 --db 或 ZHIWANG_HUB_DB）："
        )
        self.words.setText(told(words, kind=KINDS[kind]))
        self.line.setText(command(kind, file))

    def copy(self) -> None:
        """Put the line where it can be pasted from."""
        QGuiApplication.clipboard().setText(self.line.text())
