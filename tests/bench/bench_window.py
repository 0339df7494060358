"""From the start of the process to the first window and the first queue page, off screen.

Run: python -m tests.bench.bench_window [INCIDENTS | FOLDER of make-store]
The floor is a process that only shows an empty Qt window. Each start is a new process.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from console import settings
from console.settings import Settings
from tests.bench.bench_search import large
from tests.bench.bench_store import make_store
from tests.builders import given_site

INCIDENTS = 5_000
STARTS = 5
BYTECODE = Path(tempfile.gettempdir()) / "zhiwang-bench-bytecode"
BARS = {"window": "1000", "page": "1500"}
BARE = """
import sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv[:1])
window = QMainWindow()
window.resize(1366, 768)
window.show()
app.processEvents()
print(time.time())
"""
SEAT = """
import json, sys, time
from pathlib import Path
from console.app import window
from ui.look.theme import Theme
told = {}
with window(Path(sys.argv[1]), Theme()) as opened:
    shell = opened.seat.window
    shell.resize(1366, 768)
    shell.show()
    opened.app.processEvents()
    told["window"] = time.time()
    opened.begin()
    until = time.time() + 60
    while not shell.queue.model.rowCount() and time.time() < until:
        opened.app.processEvents()
        time.sleep(0.001)
    shell.queue.list.viewport().repaint()
    told["page"] = time.time()
    told["rows"] = shell.queue.model.rowCount()
print(json.dumps(told))
"""


def started(code: str, *words: str) -> tuple[float, str]:
    """Run a child off screen; return when it was started and the last line it printed.

    It finds its bytecode, as an installed program does: the first start has written it.
    """
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(BYTECODE)}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr.strip() or f"the window ended with {done.returncode}")
    return begun, done.stdout.splitlines()[-1]


def line(what: str, found: list[float], bar: str = "") -> None:
    """Print median and longest."""
    print(f"{what:34}{statistics.median(found):9.0f}{max(found):9.0f}{bar:>6}", flush=True)


def table(folder: Path) -> None:
    """Start the seat and the bare window in turns."""
    bare, shown, paged, rows = [], [], [], 0
    for turn in range(STARTS + 1):
        begun, last = started(BARE)
        bare.append((float(last) - begun) * 1000)
        begun, last = started(SEAT, str(folder))
        told = json.loads(last)
        shown.append((told["window"] - begun) * 1000)
        paged.append((told["page"] - begun) * 1000)
        rows = told["rows"]
        if turn == 0:
            # The first start reads everything from the disk; it is told apart.
            print(f"cold: window {shown.pop():.0f} ms, page {paged.pop():.0f} ms")
            bare.pop()
    print(f"load {os.getloadavg()[0]:.1f} at the end")
    print(f"{'':34}{'p50 ms':>9}{'worst':>9}{'bar':>6}")
    line("floor: an empty Qt window", bare)
    line("first window", shown, BARS["window"])
    line(f"first queue page, {rows} rows", paged, BARS["page"])


def made_seat(folder: Path) -> None:
    """Put a seat's settings beside a store of make-store."""
    if not (folder / settings.FILE).exists():
        store = given_site(folder, "L")
        identity = store.identity
        store.close()
        key = identity.signer.public
        settings.write(Settings(folder, identity, "town", "http://127.0.0.1:9", key, "a-token"))


def main(arguments: list[str]) -> None:
    """Measure on a store that is there, or on one made for it."""
    word = arguments[0] if arguments else str(INCIDENTS)
    if not word.isdigit():
        large(Path(word))
        made_seat(Path(word))
        table(Path(word))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "large"
        make_store(folder, int(word)).close()
        print(f"{int(word):,} incidents kept")
        made_seat(folder)
        table(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
