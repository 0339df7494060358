"""Run by the system's Python: time QGIS's full redraws of three GeoJSON layers, print JSON rows.

Arguments: the folder with grids, workers and incidents, width and height. Layers are copied into
memory first; four fills by open incidents, dots and marks of one colour; no antialiasing.
"""

import json
import os
import statistics
import sys
import time
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (  # type: ignore[import-not-found]  # of the system's Python alone
    Qgis,
    QgsApplication,
    QgsFeatureRequest,
    QgsFillSymbol,
    QgsGraduatedSymbolRenderer,
    QgsMapRendererParallelJob,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsMarkerSymbol,
    QgsRendererRange,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize  # type: ignore[import-not-found]
from qgis.PyQt.QtGui import QColor  # type: ignore[import-not-found]

FILLS = ("#131920", "#1A222B", "#222D38", "#2D3B49")
STEPS = ((0, 0), (1, 2), (3, 5), (6, 99))


def layers(folder: str) -> list[Any]:
    """Return incidents, workers, grids: the first is painted last."""
    made = {}
    everything = QgsFeatureRequest()
    for name in ("grids", "workers", "incidents"):
        source = QgsVectorLayer(f"{folder}/{name}.geojson", name, "ogr")
        made[name] = source.materialize(everything)
    ranges = []
    for (low, high), colour in zip(STEPS, FILLS, strict=True):
        symbol = QgsFillSymbol.createSimple({"color": colour, "outline_color": "#2E3A46"})
        ranges.append(QgsRendererRange(low - 0.5, high + 0.5, symbol, colour))
    made["grids"].setRenderer(QgsGraduatedSymbolRenderer("open", ranges))
    for name, colour, size in (("workers", "#4F9E81", 5), ("incidents", "#FFC357", 14)):
        look = {"color": colour, "size": str(size), "size_unit": "Pixel", "outline_style": "no"}
        made[name].setRenderer(QgsSingleSymbolRenderer(QgsMarkerSymbol.createSimple(look)))
    return [made["incidents"], made["workers"], made["grids"]]


def redraws(settings: Any, job_kind: Any, count: int) -> tuple[list[float], list[float]]:
    """Return wall and CPU milliseconds of full redraws, each moved a little."""
    extent = settings.extent()
    wall, cpu = [], []
    for turn in range(count):
        moved = extent.buffered(0)
        moved.setXMinimum(extent.xMinimum() + 0.002 * turn)
        moved.setXMaximum(extent.xMaximum() + 0.002 * turn)
        settings.setExtent(moved)
        begun, worked = time.perf_counter(), time.process_time()
        job = job_kind(settings)
        job.start()
        job.waitForFinished()
        picture = job.renderedImage()
        wall.append((time.perf_counter() - begun) * 1000)
        cpu.append((time.process_time() - worked) * 1000)
    if blank(picture):
        sys.exit("QGIS drew nothing")
    settings.setExtent(extent)
    return wall, cpu


def blank(picture: Any) -> bool:
    """Tell whether a picture is of one colour."""
    colours = {picture.pixel(x, picture.height() // 2) for x in range(picture.width())}
    return len(colours) < 3


def main() -> None:
    """Print a JSON list of rows: name, p50, p95, worst, CPU p95."""
    folder, width, height = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    application = QgsApplication([], False)
    application.initQgis()
    settings = QgsMapSettings()
    shown = layers(folder)  # the settings do not keep them
    settings.setLayers(shown)
    settings.setOutputSize(QSize(width, height))
    settings.setBackgroundColor(QColor("#0E1317"))
    settings.setFlag(QgsMapSettings.Antialiasing, False)
    settings.setExtent(settings.fullExtent())
    rows = []
    kinds = (("one thread", QgsMapRendererSequentialJob), ("parallel", QgsMapRendererParallelJob))
    for told, kind in kinds:
        redraws(settings, kind, 3)
        wall, cpu = redraws(settings, kind, 20)
        p95 = [statistics.quantiles(spent, n=20)[18] for spent in (wall, cpu)]
        name = f"QGIS {qgis_version()}, {told}, full redraw"
        rows.append([name, statistics.median(wall), p95[0], max(wall), p95[1]])
    print(json.dumps(rows))
    sys.stdout.flush()
    os._exit(0)  # leaving QGIS by the front door crashes now and then


def qgis_version() -> str:
    """Return 3.22.16."""
    return str(Qgis.QGIS_VERSION.split("-")[0])


if __name__ == "__main__":
    main()
