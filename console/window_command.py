"""The word that opens the window: alone in its file, so that nothing else comes before it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from console import language
from console.words import say
from dispatch.domain.errors import ZhiwangError

Words = Any  # Any: argparse gives its subparsers action no public name
WORD: Final = "run"


def add(words: Words) -> None:
    """Add the word."""
    run = words.add_parser(WORD, help=say("打开窗口", "open the window"))
    run.add_argument("--site", metavar="DIR", type=Path)
    from_icon = say("出错时也开窗说明", "a complaint comes in a window too")
    run.add_argument("--from-icon", action="store_true", help=from_icon)
    language.add(run)
    run.set_defaults(run=_run)


def usual_site(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder that a desktop's icon opens: one in each user's own data."""
    if sys.platform == "win32":
        named = environ.get("LOCALAPPDATA")
        data = Path(named) if named else Path.home() / "AppData" / "Local"
    else:
        named = environ.get("XDG_DATA_HOME")
        data = Path(named) if named else Path.home() / ".local" / "share"
    return data / "zhiwang" / "site"


def _run(given: argparse.Namespace) -> int:
    folder = given.site or usual_site()
    language.settle(given.lang, folder)
    from console.app import run

    try:
        return run(folder)
    except ZhiwangError as error:
        if given.from_icon:
            from console.notice import show

            show(str(error))
        raise
