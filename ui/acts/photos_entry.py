"""A field for photos: added by file dialog, drop or paste; counted, taken back by Backspace."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QSize, Qt, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QWidget

from ui.acts.button import KeyButton
from ui.look.painting import Writer
from ui.look.theme import Theme
from ui.tongue import tr

ENDINGS: Final = (".jpg", ".jpeg", ".png", ".webp", ".heic")
Chooser = Callable[[QWidget], list[str]]


def choose_files(parent: QWidget) -> list[str]:
    """Ask the person for picture files."""
    pattern = " ".join(f"*{each}" for each in ENDINGS)
    return QFileDialog.getOpenFileNames(parent, tr("照片"), "", pattern)[0]


class PhotosEntry(QWidget):
    """Paths of pictures; they become files of the store when the act is done."""

    def __init__(self, theme: Theme, choose: Chooser, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._choose = choose
        self._paths: list[str] = []
        self._button = KeyButton(theme, self.tr("添加照片"), "Space", parent=self)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self._on_add)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._button)
        layout.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def values(self) -> dict[str, object]:
        """Return nothing: the photos have no name before they are stored."""
        return {}

    def paths(self) -> tuple[str, ...]:
        """Return the files to store."""
        return tuple(self._paths)

    def propose(self, value: object, origin: str = "") -> None:
        """Take paths that came with a paste or a drop."""
        if isinstance(value, tuple):
            self.add([str(each) for each in value])

    def add(self, paths: list[str]) -> None:
        """Add pictures; other files and those already there are left out."""
        for path in paths:
            if Path(path).suffix.lower() in ENDINGS and path not in self._paths:
                self._paths.append(path)
        self.update()

    def widget(self) -> QWidget:
        """Return itself."""
        return self

    def sizeHint(self) -> QSize:
        return QSize(200, self._theme.px(36))

    @Slot()
    def _on_add(self) -> None:
        self.add(self._choose(self))

    def _take(self, data: QMimeData) -> None:
        self.add([url.toLocalFile() for url in data.urls() if url.isLocalFile()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._on_add()
        elif event.key() == Qt.Key.Key_Backspace and self._paths:
            self._paths.pop()
            self.update()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._take(QGuiApplication.clipboard().mimeData())
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._take(event.mimeData())
        event.acceptProposedAction()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens, fonts = self._theme.tokens, self._theme.fonts
        x, middle = self._button.geometry().right() + 12.0, self.height() / 2
        count = len(self._paths)
        said = self.tr("{count} 张").format(count=count) if count else self.tr("没有照片")
        write = Writer(painter, fonts)
        x += write.text((x, middle), said, tokens.text_1 if count else tokens.text_3, 13) + 10
        names = tr("、").join(Path(path).name for path in self._paths)
        write.text((x, middle), fonts.elide(names, 12, self.width() - x), tokens.text_3, 12)
        if self.hasFocus():
            painter.fillRect(0, 0, 3, self.height(), tokens.blue)
