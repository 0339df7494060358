"""QGIS drawing the same city: a full redraw by its own render job, where python3-qgis is there.

Not run here but by the system's Python (`/usr/bin/python3`), for QGIS brings its own Qt.
"""

import json
import subprocess
import tempfile
from pathlib import Path

from tests.bench.bench_map_city import SIZE, city
from tests.bench.bench_map_frames import Row

SYSTEM = "/usr/bin/python3"
PEER = Path(__file__).with_name("bench_map_qgis_peer.py")


def run() -> tuple[list[Row], list[str]]:
    """Return its rows, and what there is to tell when there are none."""
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder))
        size = [str(side) for side in SIZE]
        try:
            done = subprocess.run(
                [SYSTEM, str(PEER), folder, *size], capture_output=True, text=True, check=False
            )
        except OSError as error:
            return [], [f"QGIS: skipped, {error}"]
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no word"])[-1]
            return [], [f"QGIS: skipped, {last} (apt install python3-qgis)"]
    told = json.loads(done.stdout.strip().splitlines()[-1])
    return [Row(*row) for row in told], []


def _write(folder: Path) -> None:
    ground, incidents, workers = city()
    grids = [(g.open_count, "Polygon", [list(ring) for ring in g.rings]) for g in ground.grids]
    people = workers.rows[["lon", "lat"]].tolist()
    layers = {
        "grids": grids,
        "workers": [(0, "Point", list(place)) for place in people],
        "incidents": [(0, "Point", [each.lon, each.lat]) for each in incidents],
    }
    for name, shapes in layers.items():
        features = [
            {
                "type": "Feature",
                "properties": {"open": count},
                "geometry": {"type": kind, "coordinates": coordinates},
            }
            for count, kind, coordinates in shapes
        ]
        whole = {"type": "FeatureCollection", "features": features}
        (folder / f"{name}.geojson").write_text(json.dumps(whole))
