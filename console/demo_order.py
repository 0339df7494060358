"""What a drill is asked for, and the reports that come in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from console.printing import note
from console.words import say
from dispatch.domain.calendar import MINUTE, ZONE, instant, local
from dispatch.domain.errors import BadInput
from dispatch.drill.feed import FeedIncident, Setting, made_feed
from dispatch.drill.file_feed import read_feed
from dispatch.drill.ground import Ground
from dispatch.drill.play import Cut
from dispatch.drill.profile import Span, load
from dispatch.drill.service import Service
from dispatch.drill.town import MadeTown, Official, make_town
from dispatch.files.grids import Reading, read_grids
from dispatch.files.mapping import read_mapping
from dispatch.files.tables import read_catalogue, read_centres, read_divisions, read_profiles
from resources import path

START: Final = instant(datetime(2026, 3, 17, 8, 0, tzinfo=ZONE))
"""When every drill begins unless told otherwise: a working Tuesday, so that a seed is a day."""
SHIFT_MINUTES: Final = 720
PER_DAY: Final = 200.0
_AMPLE: Final = 1.3
_REJECTS_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Source:
    """Where reports come from: made up when `file` is None; `mapping` lays a file's rows here."""

    file: Path | None = None
    mapping: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a drill is asked for. `to_the_end`: play on until nothing is left to do.

    `out` keeps the results, and the drill's own folders under `town/`. `outline` is a GeoJSON
    file in CGCS2000 or WGS84 with the town's real border. `count`: exactly so many reports (None:
    as many as the load makes). `db` is the hub's database address, empty for SQLite in `out`.
    """

    out: Path
    town: str
    seed: int = 1
    db: str = ""
    start_ms: int = START
    minutes: int = SHIFT_MINUTES
    source: Source = Source()
    outline: Path | None = None
    count: int | None = None
    to_the_end: bool = False
    cuts: tuple[Cut, ...] = ()

    @property
    def end_ms(self) -> int:
        """When the last report may come."""
        return self.start_ms + self.minutes * MINUTE


def town_of(order: Order) -> MadeTown:
    """Make the inside of the order's town, within its real border where that is given."""
    divisions = read_divisions(path("organisation/dongguan_divisions.csv"))
    centres = read_centres(path("organisation/dongguan_town_centres.csv"))
    official = Official(divisions, centres)
    outline = None
    if order.outline is not None:
        names = {each.code: each.name for each in divisions}
        found = read_grids(order.outline, Reading("cgcs2000", names))
        outline = next((each.outline for each in found.areas if each.code == order.town), None)
        if outline is None:
            raise BadInput(str(order.outline), f"没有 {order.town} 的边界")
    return make_town(order.town, order.seed, official, outline)


def setting_of(town: MadeTown) -> Setting:
    """Return what feeds are made on."""
    profiles = read_profiles(path("catalogue/sla_profiles_v1.csv"))
    catalogue = read_catalogue(path("catalogue/catalogue_v1.csv"), "catalogue_v1")
    return Setting(Ground(town), catalogue, load(), Service(profiles, load()))


def feed_of(order: Order, setting: Setting) -> tuple[FeedIncident, ...]:
    """Return the drill's reports, from the file or made up."""
    span = Span(order.start_ms, order.minutes / 60, PER_DAY, order.seed)
    if order.source.file is not None:
        return _from_file(order, setting, span)
    if order.count is None:
        return made_feed(setting, span)
    first = local(order.start_ms).hour
    hours = range(first, first + max(1, round(span.hours)))
    share = sum(setting.fitted.hours[hour % 24] for hour in hours)
    # More than asked for, since chance may make fewer; cut to the number after that.
    found = made_feed(setting, replace(span, per_day=_AMPLE * order.count / share))
    if len(found) < order.count:
        raise BadInput("--minutes", f"这段时间里凑不出 {order.count} 件上报")
    return found[: order.count]


def _from_file(order: Order, setting: Setting, span: Span) -> tuple[FeedIncident, ...]:
    file = order.source.file
    if file is None:
        return ()
    codes = [item.code for item in setting.catalogue]
    mapping = read_mapping(order.source.mapping or path("feeds/montgomery.toml"), codes)
    found = read_feed(file, mapping, setting, span)
    for reject in found.rejects[:_REJECTS_SHOWN]:
        note(say(f"第 {reject.line} 行：{reject.reason}", f"line {reject.line}: {reject.reason}"))
    return found.incidents[: order.count]
