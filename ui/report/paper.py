"""A PDF sent to the system's printer by `lp`, beside the window; without it, said so."""

import shutil
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess, Signal, Slot

PROGRAM: Final = "lp"


class Paper(QObject):
    """`told` carries what became of it, in words."""

    told = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._file = ""

    def put(self, pdf: Path) -> None:
        """Send the file to the default printer."""
        program = shutil.which(PROGRAM)
        if program is None:
            words = self.tr("这台机器没有打印命令（lp）；请从文件打印：{file}")
            self.told.emit(words.format(file=str(pdf)))
            return
        self._file = str(pdf)
        process = self._process = QProcess(self)
        process.finished.connect(self._on_finished)
        process.start(program, ["--", self._file])

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, _status: QProcess.ExitStatus) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        said = bytes(process.readAllStandardError().data()).decode(errors="replace").strip()
        line = " ".join(said.split())[:120]
        process.deleteLater()
        if code == 0:
            self.told.emit(self.tr("已送打印：{file}").format(file=self._file))
        else:
            self.told.emit(self.tr("打印没有成功：{why}").format(why=line or str(code)))
