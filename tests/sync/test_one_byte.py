"""After any one byte is changed, on either side, verify names the first event that is damaged."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Table

from dispatch.domain.command import Verb
from dispatch.domain.errors import Damage, StoreError
from dispatch.hub import schema as hub_tables
from dispatch.hub.hub import Hub
from dispatch.hub.verify import check_town, towns_of
from dispatch.store import schema as site_tables
from dispatch.store.signatures import check
from dispatch.store.site import DATABASE
from dispatch.store.verify import verify
from dispatch.sync.once import sync_once
from tests.given import FIRE, NEXT_GRID, START, TOWN, VILLAGE
from tests.hub.cluster import cluster
from tests.hub.office import TestClock, given_hub
from tests.hub.serving import served
from tests.sync.flips import Place, Postgres, Sqlite, flipped, places
from tests.sync.stations import Station, given_station

HUB: Final = (
    hub_tables.EVENT,
    hub_tables.EVENT_KEY,
    hub_tables.HEAD,
    hub_tables.WRITER,
    hub_tables.QUARANTINE,
    hub_tables.YEAR_NUMBER,
    hub_tables.SECRET,
    hub_tables.CHECKPOINT,
    hub_tables.PROJECTION,
)
SITE: Final = (
    site_tables.EVENT,
    site_tables.GAP,
    site_tables.CURSOR,
    site_tables.WRITER,
    site_tables.SECRET,
    site_tables.CHECKPOINT,
    site_tables.VIEWS["a"].incident,
)
BESIDE: Final = frozenset(
    {
        "writer.temps",  # how many temporary names were given out: a name proves nothing
        "event.pos",  # the row's address in this file
        "event.held",  # words for the tray; that they are there is checked, not each letter
        "event.sent",  # for a pending event the hub has the last word, at every session
        "secret.subject",  # at a site; a text that its key does not open is no text
        "incident_a.stamp",  # when the row was last written here
    }
)
"""What stands beside the evidence and is not part of it."""


BOTH: Final = pytest.mark.parametrize("town", ["sqlite", "postgresql"], indirect=True)


class Town:
    """A hub and two sites that have exchanged all but one site's last two events."""

    def __init__(self, url: str, folder: Path) -> None:
        self.clock = TestClock()
        self.hub = given_hub(url, folder / "hub.d", self.clock)
        with served(self.hub) as address:
            self._live(address, folder)
        self.folders = (folder / "town", folder / "village")
        self.key = self.hub.office.keys.signer.public

    def _live(self, address: str, folder: Path) -> None:
        town = given_station(self.hub, address, folder / "town")
        village = given_station(self.hub, address, folder / "village", VILLAGE)
        with closing(town.store), closing(village.store):
            for site in (town, village):
                site.sync()
            town.act(Verb.DISPATCH, town.filed(), unit=FIRE)
            town.report(text="演示：垃圾", grid=NEXT_GRID)
            village.act(Verb.ASK_VOID, village.filed(), reason="slip")
            self._exchanged(town, village)
            town.report(text="演示：占道")
            self._exchanged(village, town)
            town.filed()

    def _exchanged(self, *sites: Station) -> None:
        for site in (*sites, *sites):
            sync_once(site.store, site.link)
            self.clock.now += 700_000
            self.hub.evidence.round()
        for site in sites:
            sync_once(site.store, site.link)
            check(site.store, START, 10)


def whole_hub(hub: Hub) -> None:
    """Check all of a hub."""
    for town in towns_of(hub):
        check_town(hub, town)


def names(place: Place, value: Any, events: list[dict[str, Any]]) -> str:
    """Return a pattern of what a damage at this value may be called: all name the one place.

    Where a row's own name was changed, it is the one that stands there now.
    """
    changed = place.row | {place.column: value}
    return "|".join((_names(place, place.row, events), _names(place, changed, events)))


def _names(place: Place, row: dict[str, Any], events: list[dict[str, Any]]) -> str:
    own = [each for each in events if each["inc"] == row.get("inc")]
    seqs = [row.get("seq")]
    match place.table:
        case "writer":
            seqs += [each["seq"] for each in own]
            told = [re.escape(f"写者 {row['inc']}"[:11])]
        case "cursor" | "head":
            return rf"{TOWN} (第 )?\d+ 号"
        case "secret":
            told = [re.escape(row["subject"])]
        case "projection":
            told = [re.escape(row["subject"]), "投影"]
        case "incident_a":
            told = [f"视图行 ({re.escape(row['id'])}|{row['pos']})", "视图行"]
        case "year_number":
            return rf"{TOWN} (\d+ 年|第 \d+ 号)"
        case _:
            told = []
    if place.table == "event" and row["seq"] is None:
        told.append(rf"写者 .{{1,8}} 第 {row['sseq']} 个事件")
        told.append(rf"第 {row.get('pos')} 条事件")
    told += [rf"\b{seq} 号" for seq in seqs if seq is not None]
    return "|".join(told)


def tried(
    held: Sqlite | Postgres,
    tables: tuple[Table, ...],
    proof: Callable[[], object],
    draws: int | None,
) -> None:
    """Change one byte of `draws` values drawn from the tables, each by itself; None: of all."""
    rng = random.Random(draws or 20_261_122)
    events = held.rows(tables[0])
    every = places(held, tables, BESIDE)
    signing = {each["inc"] for each in events}
    # A key that has signed nothing here proves nothing here.
    every = [p for p in every if p.table != "writer" or p.row["inc"] in signing or tables is HUB]
    chosen = every if draws is None else drawn(every, draws, rng)
    missed: list[str] = []
    done: set[str] = set()
    for place in chosen:
        value = flipped(place.value, rng)
        with held.changed(place, value) as changed:
            if not changed:
                continue
            done.add(f"{place.table}.{place.column}")
            try:
                proof()
            except (Damage, StoreError) as error:
                where = getattr(error, "where", str(error))
                if not re.search(names(place, value, events), where):
                    missed.append(f"{place.table}.{place.column} {place.row.get('seq')}: {error}")
            else:
                missed.append(f"{place.table}.{place.column} {place.row.get('seq')}: not seen")
    proof()
    assert [] == missed, "\n".join(missed)
    assert {each.name for each in tables} == {name.partition(".")[0] for name in done}


def drawn(every: list[Place], draws: int, rng: random.Random) -> list[Place]:
    """Return values of every table at least once, and more of any."""
    rng.shuffle(every)
    first = {each.table: each for each in every}
    return [*first.values(), *every[: max(0, draws - len(first))]]


@pytest.fixture(scope="module")
def town(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """One town for all that is tried: whatever is changed is put back."""
    folder = tmp_path_factory.mktemp(request.param)
    here = f"sqlite:///{folder / 'hub.db'}"
    made = Town(here if request.param == "sqlite" else cluster().fresh(), folder)
    yield made
    made.hub.close()


def of_hub(town: Town) -> Sqlite | Postgres:
    """Return the way behind the hub's back."""
    url = town.hub.office.database.engine.url
    if url.drivername.startswith("sqlite"):
        return Sqlite(Path(str(url.database)))
    return Postgres(town.hub.office.database.engine)


@BOTH
def test_the_hub_names_it(town: Town) -> None:
    tried(of_hub(town), HUB, lambda: whole_hub(town.hub), 40)


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
@pytest.mark.parametrize("which", [0, 1])
def test_a_site_names_it(town: Town, which: int) -> None:
    folder = town.folders[which]
    # A town's site sees all: there is no gap in its log.
    tables = tuple(each for each in SITE if which or each is not site_tables.GAP)
    tried(Sqlite(folder / DATABASE), tables, lambda: verify(folder, town.key), 25)


@pytest.mark.long
@BOTH
def test_every_value_of_every_evidence_table(town: Town) -> None:
    tried(of_hub(town), HUB, lambda: whole_hub(town.hub), None)
    for which, folder in enumerate(town.folders):
        tables = tuple(each for each in SITE if which or each is not site_tables.GAP)
        tried(Sqlite(folder / DATABASE), tables, lambda f=folder: verify(f, town.key), None)  # type: ignore[misc]


@pytest.mark.parametrize("town", ["sqlite"], indirect=True)
@pytest.mark.parametrize("draws", [20, pytest.param(400, marks=pytest.mark.long)])
def test_any_byte_of_a_sites_file_is_seen_or_lies_in_none_of_its_evidence(
    town: Town, draws: int
) -> None:
    folder = town.folders[0]
    path = folder / DATABASE
    held, whole = Sqlite(path), path.read_bytes()
    tables = [each for each in SITE if not each.name.startswith("incident")]
    before = [held.rows(each) for each in tables]
    rng = random.Random(draws)
    own = whole.find(before[0][0]["raw"][:20])
    try:
        for place in (own, *(rng.randrange(len(whole)) for _ in range(draws))):
            altered = bytearray(whole)
            altered[place] ^= 1 << rng.randrange(8)
            path.write_bytes(bytes(altered))
            try:
                verify(folder, town.key)
            except (Damage, StoreError):
                continue
            assert place != own, "a byte of an event is seen"
            assert before == [held.rows(each) for each in tables]
    finally:
        path.write_bytes(whole)
    verify(folder, town.key)
