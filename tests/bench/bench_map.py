"""The map under a city's load, beside pyqtgraph and QGIS with the same city in the same run.

``python -m tests.bench.bench_map`` prints a frame's milliseconds for every gesture, then ratios.
"""

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from tests.bench import bench_map_floor, bench_map_own, bench_map_pyqtgraph, bench_map_qgis
from tests.bench.bench_map_city import GRIDS, INCIDENTS, SIZE, WORKERS
from tests.bench.bench_map_frames import Row


def run() -> list[str]:
    """Return the lines of the table."""
    own, peer = bench_map_own.run(), bench_map_pyqtgraph.run()
    qgis, told = bench_map_qgis.run()
    rows = [row.line() for row in [*bench_map_floor.run(), *own, *peer, *qgis]]
    return [*rows, *told, "", *_ratios(own, peer, qgis)]


def _ratios(own: list[Row], peer: list[Row], qgis: list[Row]) -> list[str]:
    """Return how many times faster our median is, every mark painted, than the faster peer's."""
    pairs = (("pan fitted", "pan fitted"), ("wheel zoom", "zoom"), ("all dots move",) * 2)
    lines = []
    for ours, theirs in pairs:
        mine = _row(own, "every mark", ours)
        other = min((row for row in peer if row.name.endswith(theirs)), key=lambda row: row.p50)
        lines.append(f"{ours}: {other.p50 / mine.p50:.1f} x {other.name} (p50)")
        lines += [f"{ours}: {row.p50 / mine.p50:.1f} x {row.name} (p50)" for row in qgis]
    return lines


def _row(rows: list[Row], *words: str) -> Row:
    return next(row for row in rows if all(word in row.name for word in words))


def main() -> None:
    """Print the table."""
    application = QApplication.instance() or QApplication([])
    sys.stdout.write(
        f"{GRIDS} polygons, {WORKERS} dots, {INCIDENTS} marks, {SIZE[0]}x{SIZE[1]}\n"
        f"{'':40}{'p50 ms':>9}{'p95 ms':>9}{'worst':>9}{'cpu p95':>9}\n"
    )
    sys.stdout.write("\n".join(run()) + "\n")
    del application


if __name__ == "__main__":
    main()
