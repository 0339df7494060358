"""This program again, in a process of its own: how it is started and what it is called.

The one place that knows whether it runs from Python or was frozen into a package.
"""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path
from typing import Final

DISTRIBUTION: Final = "zhiwang-console"


def frozen() -> bool:
    """Return whether this is the program of an installed package, which brings its own Python."""
    return bool(getattr(sys, "frozen", False))


def command(*words: str) -> list[str]:
    """Return the command line that runs `zhiwang WORDS`."""
    if not frozen():
        return [sys.executable, "-m", "console", *words]
    # On Windows the window's program has no standard output; the command line lies beside it.
    program = Path(sys.executable)
    return [str(program.with_name("zhiwang" + program.suffix)), *words]


def version() -> str:
    """Return the program's version; a package's has its build as a fourth part."""
    return metadata.version(DISTRIBUTION)
