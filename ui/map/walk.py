"""The keyboard's way over the incidents in view: most urgent first, then from left to right."""

from typing import Final

from ui.look.marks import Light
from ui.map.layout import Hit, Layout
from ui.map.projection import Viewport
from ui.map.scene import MapIncident

_URGENCY: Final = {Light.RED: 0, Light.CONTESTED: 1, Light.YELLOW: 2, Light.GREEN: 3}


def stops(layout: Layout, view: Viewport) -> list[str]:
    """Return the single incidents in view in the order the keyboard goes over them."""
    seen = [
        (hit.x, layout.content.incidents[hit.members[0]])
        for hit in layout.hits
        if len(hit.members) == 1
        and view.left <= hit.x <= view.left + view.width
        and view.top <= hit.y <= view.top + view.height
    ]

    def order(stop: tuple[float, MapIncident]) -> tuple[int, int, float]:
        x, incident = stop
        return (_URGENCY.get(incident.mark, 4), incident.priority, x)

    return [incident.id for _, incident in sorted(seen, key=order)]


def stop_of(layout: Layout, incident: str) -> Hit | None:
    """Return where the incident stands by itself, or None."""
    for hit in layout.hits:
        if len(hit.members) == 1 and layout.content.incidents[hit.members[0]].id == incident:
            return hit
    return None


def step(ids: list[str], current: str | None, by: int) -> str | None:
    """Return the next id of the walk, or None past its end; an unknown place begins it."""
    if not ids:
        return None
    if current not in ids:
        return ids[0] if by > 0 else ids[-1]
    place = ids.index(current) + by
    return ids[place] if 0 <= place < len(ids) else None
