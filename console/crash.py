"""A defect of ours: recorded for us without personal data, told to the user in one line."""

from __future__ import annotations

import os
import tempfile
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from console.words import say


def caught(action: Callable[[], int], told: Callable[[str], int]) -> int:
    """Run an action; what it did not expect itself is recorded and handed to `told` as a line."""
    try:
        return action()
    except Exception as error:  # noqa: BLE001 - the last door: a defect of ours is told, not traced
        return told(tell(error))


def tell(error: BaseException) -> str:
    """Write where it happened to a file and return one line that names the file.

    Only types, files and line numbers are kept: a message may quote what somebody typed.
    """
    folder = Path(os.environ.get("ZHIWANG_CRASHES", tempfile.gettempdir()))
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
    path = folder / f"zhiwang-crash-{stamp}.txt"
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    text = "\n".join([type(error).__name__, *lines, ""])
    try:
        path.write_text(text, encoding="utf-8")
    except OSError:
        path = Path("-")
    kind = type(error).__name__
    return say(
        f"程序缺陷 {kind}，数据未受影响；记录在 {path}",
        f"a defect of ours: {kind}; nothing was lost; recorded in {path}",
    )
