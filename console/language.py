"""Which language the window speaks: said at the start, else kept by the seat, else the locale's."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from console.words import chinese

LANGUAGES: Final = ("zh", "en")
KEPT: Final = "language"
"""The name it is kept under in the seat's `window.ini`."""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the option; a language that does not exist is refused in one line."""
    parser.add_argument("--lang", choices=LANGUAGES)


def settle(given: str | None, folder: Path | None = None) -> None:
    """Choose it for this process; call before anything of the window is imported.

    `folder` is the site's; what was kept there and is no language counts as not kept.
    """
    from ui import tongue

    tongue.choose(given or _kept(folder) or (tongue.SOURCE if chinese() else "en"))


def _kept(folder: Path | None) -> str | None:
    from PySide6.QtCore import QSettings

    if folder is None:
        return None
    memory = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    kept = str(memory.value(KEPT, ""))
    return kept if kept in LANGUAGES else None
