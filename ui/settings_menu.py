"""The settings of the seat as one menu: theme, font choice, steady alarms, layout."""

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from ui.alarms.lanes import Lanes
from ui.arrangement import Arrangement
from ui.look.theme import Theme
from ui.look.type import SCALES
from ui.tongue import LANGUAGES, chosen, tr


class SettingsMenu(QMenu):
    """Every choice acts at once, the language at the next start; the window keeps them."""

    told = Signal(str)

    def __init__(
        self, theme: Theme, lanes: Lanes, arrangement: Arrangement, parent: QWidget
    ) -> None:
        """List the choices as they stand when the menu opens."""
        super().__init__(parent)
        self._theme = theme
        self.language = chosen()
        self._lanes = lanes
        self._night = self._choice(tr("夜间"), None)
        self._day = self._choice(tr("日间"), None)
        themes = QActionGroup(self)
        for action in (self._night, self._day):
            themes.addAction(action)
            action.triggered.connect(self._on_theme)
        self.addSeparator()
        sizes = QActionGroup(self)
        self._sizes = [
            self._choice(tr("字号 {scale}%").format(scale=scale), scale) for scale in SCALES
        ]
        for action in self._sizes:
            sizes.addAction(action)
            action.triggered.connect(self._on_size)
        self.addSeparator()
        self.steady = self._choice(tr("告警不闪烁"), None)
        self.steady.triggered.connect(self._on_steady)
        self.addSeparator()
        self._languages = QActionGroup(self)
        for code, name in LANGUAGES.items():
            action = self._choice(name, None)
            action.setObjectName(code)
            self._languages.addAction(action)
            action.setChecked(code == chosen())
        self._languages.triggered.connect(self._on_language)
        self.addSeparator()
        self.addAction(tr("恢复布局")).triggered.connect(arrangement.reset)
        self.aboutToShow.connect(self._on_about_to_show)

    def open_beside(self, place: QPoint) -> None:
        """Open with the lower left corner there, in screen coordinates."""
        self.popup(place - QPoint(0, self.sizeHint().height()))

    def _choice(self, words: str, data: int | None) -> QAction:
        action = self.addAction(words)
        action.setCheckable(True)
        action.setData(data)
        return action

    @Slot()
    def _on_about_to_show(self) -> None:
        self._night.setChecked(self._theme.tokens.dark)
        self._day.setChecked(not self._theme.tokens.dark)
        for action in self._sizes:
            action.setChecked(action.data() == self._theme.fonts.scale)
        self.steady.setChecked(self._lanes.steady)

    @Slot(QAction)
    def _on_language(self, action: QAction) -> None:
        self.language = action.objectName()
        if self.language != chosen():
            self.told.emit(tr("语言在下次开窗时换：{name}").format(name=action.text()))

    @Slot()
    def _on_theme(self) -> None:
        self._theme.choose("night" if self._night.isChecked() else "day")

    @Slot()
    def _on_size(self) -> None:
        chosen = next(action for action in self._sizes if action.isChecked())
        self._theme.choose("night" if self._theme.tokens.dark else "day", int(chosen.data()))

    @Slot()
    def _on_steady(self) -> None:
        self._lanes.set_steady(self.steady.isChecked())
