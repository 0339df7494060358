"""The console started by its icon: nobody reads a terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QMessageBox

from console import notice
from console.window_command import usual_site
from tests.e2e.town import zhiwang


@pytest.mark.skipif(sys.platform == "win32", reason="another rule holds there")
def test_the_usual_site_lies_in_the_users_own_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/srv/li")
    assert Path("/srv/li/.local/share/zhiwang/site") == usual_site({})
    assert Path("/data/zhiwang/site") == usual_site({"XDG_DATA_HOME": "/data"})


def test_a_usual_site_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    told = zhiwang("run")
    assert (2, "") == (told.code, told.out)
    assert [
        f"{tmp_path}/zhiwang/site: 没有 site.toml，先用 site init 登记"
    ] == told.err.splitlines()


@pytest.mark.parametrize("icon", [["--from-icon"], []])
def test_started_by_its_icon_it_complains_in_a_window_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, icon: list[str]
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(notice, "show", shown.append)
    told = zhiwang("run", "--site", tmp_path / "none", *icon)
    assert 2 == told.code
    assert (told.err.splitlines() if icon else []) == shown


class _Reader(QObject):
    """Reads the window that stands in front, and closes it by its button."""

    def __init__(self) -> None:
        super().__init__()
        self.read = ""

    @Slot()
    def look(self) -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        self.read = box.text()
        box.buttons()[0].click()


@pytest.mark.usefixtures("qtbot")
def test_the_window_says_the_line() -> None:
    reader = _Reader()
    QTimer.singleShot(0, reader.look)
    notice.show("站点目录: 没有 site.toml")
    assert "站点目录: 没有 site.toml" == reader.read
