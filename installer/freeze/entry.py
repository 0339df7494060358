"""The frozen program's first lines."""

from __future__ import annotations

import os
import sys

from console.cli import main


def _clear_surroundings() -> None:
    """Give the children the search path back that was there before the package's launcher.

    It stands in front for this process alone: a sound player of the system must load the
    system's libraries, not ours. A child of our own has the launcher set it again.
    """
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)


if __name__ == "__main__":
    _clear_surroundings()
    sys.exit(main())
