"""The pages of a PDF as pictures, rendered by poppler beside the window; without it, none."""

import shutil
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess, QTemporaryDir, Signal, Slot

PROGRAM: Final = "pdftoppm"


class Pages(QObject):
    """`ready` carries the paths of the pages' PNG files; `missing` that poppler is not here.

    The pictures live as long as this object.
    """

    ready = Signal(object)
    missing = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # Its folder goes with it, also when nobody says goodbye.
        self._folder = QTemporaryDir()
        self._process: QProcess | None = None
        self._run = 0

    def render(self, pdf: Path, width: int) -> None:
        """Render every page of the file at a width in pixels."""
        program = shutil.which(PROGRAM)
        if program is None:
            self.missing.emit()
            return
        self.stop()
        self._run += 1
        process = self._process = QProcess(self)
        process.finished.connect(self._on_finished)
        prefix = str(self._prefix())
        process.start(
            program,
            ["-png", "-scale-to-x", str(width), "-scale-to-y", "-1", str(pdf), prefix],
        )

    def stop(self) -> None:
        """Give up what is being rendered."""
        if self._process is not None and self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.finished.disconnect(self._on_finished)
            self._process.kill()
            self._process.waitForFinished(1000)
        self._process = None

    def _prefix(self) -> Path:
        return Path(self._folder.path()) / f"{self._run}-page"

    @Slot()
    def _on_finished(self) -> None:
        found = sorted(Path(self._folder.path()).glob(f"{self._run}-page*.png"))
        self.ready.emit(tuple(found))
