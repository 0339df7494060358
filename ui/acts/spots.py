"""What has a place by name: villages, grids and incidents, for a point that nobody can dictate."""

from collections.abc import Callable, Iterable

from dispatch.desk.views import QueueRow, Shape, TownGeometry
from ui.acts.found import Spot
from ui.tongue import tr
from ui.wording import told

Searched = Callable[[Iterable[tuple[str, str, str]], str], list[str]]

VILLAGE = tr("村（社区）中心，待核")
GRID = tr("网格中心，待核")
SAME = tr("与 {number} 同处")


def of_town(town: TownGeometry, text: str, search: Searched) -> tuple[Spot, ...]:
    """Return the villages and grids that hanzi, pinyin, initials or a code lead to, best first."""
    known = {each.code: _village(each) for each in town.villages}
    names = {each.code: each.name for each in town.villages}
    for each in town.grids:
        village = next((code for code in names if each.code.startswith(code)), "")
        known[each.code] = _grid(each, names.get(village, ""))
    listed = ((code, each.name, each.beside) for code, each in known.items())
    return tuple(known[code] for code in search(listed, text))


def _village(shape: Shape) -> Spot:
    said = told(tr("{name}（{how}）"), name=shape.name, how=VILLAGE)
    return Spot(
        shape.code,
        shape.name,
        "",
        VILLAGE,
        point=(shape.lon, shape.lat),
        part=("village", shape.code),
        said=said,
    )


def _grid(shape: Shape, village: str) -> Spot:
    said = told(tr("{name}（{how}）"), name=shape.name, how=GRID)
    return Spot(
        shape.code,
        shape.name,
        village,
        GRID,
        point=(shape.lon, shape.lat),
        part=("grid", shape.code),
        said=said,
    )


def of_incident(row: QueueRow) -> Spot:
    """Return the place of an incident."""
    same = told(SAME, number=row.number[-4:])
    said = told(tr("{place}（{same}）"), place=row.place, same=same) if row.place else same
    part = ("grid", row.grid) if row.grid else ("village", row.village)
    return Spot(
        row.id,
        f"{row.number[-4:]} {row.item_name}",
        row.place or row.grid_name,
        same,
        point=(row.lon, row.lat),
        part=part,
        said=said,
    )
