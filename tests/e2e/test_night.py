"""A night in the town through the real doors: played to the end, whatever breaks in between."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from console.demo import Stage, checked, play, prepare
from console.demo_order import Order
from console.drill_time import Jumping
from dispatch.domain.calendar import HOUR, MINUTE, ZONE, instant
from dispatch.drill.cast import VILLAGE
from dispatch.drill.ending import Ending, ending
from dispatch.drill.play import Cut, Play
from dispatch.store.site import SiteStore
from tests.hub.cluster import cluster

TOWN = "441900106"
EVENING = instant(datetime(2026, 3, 17, 20, 0, tzinfo=ZONE))
KILLED = -9
CLASHES = 2
"""For each cut of the village's line the drill adds two incidents that both ends act on."""


@dataclass
class Breaking:
    """What is broken during a play, and what came of it."""

    stage: Stage
    waiting: int = 0
    killed: list[tuple[str, int]] = field(default_factory=list)

    def village_in_mid_sync(self) -> None:
        """Kill a syncing process of the village with -9: once met, once answered, once pulling."""
        store = self.stage.town.stores[VILLAGE]
        self.waiting = _unsent(store)
        for moment in (_contact, _unsent, _cursor):
            self.killed.append((moment.__name__, self._kill_when(store, moment)))

    def _kill_when(self, store: SiteStore, moment: Any) -> int:
        """Start an exchange and kill it once `moment` has changed; return its exit code."""
        before = moment(store)
        folder = self.stage.town.site(VILLAGE)
        child = subprocess.Popen(
            [sys.executable, "-m", "console", "sync", "--site", str(folder), "--once"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while child.poll() is None and moment(store) == before:
            time.sleep(0.002)
        child.kill()
        return child.wait()

    def hub(self) -> None:
        """Kill the hub with -9 and start it again at the same address."""
        self.stage.town.stop_hub(kill=True)
        self.stage.town.start_hub()


def _contact(store: SiteStore) -> str | None:
    return store.read(lambda reader: reader.fact("last_contact")).result()


def _unsent(store: SiteStore) -> int:
    return store.read(lambda reader: reader.unsent().count).result()


def _cursor(store: SiteStore) -> int:
    return store.read(lambda reader: reader.cursor(TOWN).seq).result()


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest) -> str:
    """Addresses of the hub's database; empty is SQLite in the drill's folder."""
    return "" if request.param == "sqlite" else cluster().fresh()


def jumping(stage: Stage) -> Jumping:
    return Jumping(stage.clock_file, stage.order.start_ms, threading.Event())


def told(stage: Stage, performed: Play) -> Ending:
    return ending(performed, stage.company.seats["seat1"])


def assert_whole(stage: Stage) -> None:
    """Hub and sites verified, nothing waiting, both ends of each line alike."""
    found = checked(stage)
    for site in ("seat1", "seat2", "village"):
        one = found[site]
        assert one["digest"] == one["hub_digest"], site
        assert (0, 0, 0) == (one["unsent"], one["quarantined"], one["contested"]), site
    assert found["seat1"]["digest"] == found["seat2"]["digest"]
    assert not found["hub"]["damage"]
    assert found["seat1"]["town_seq"] == found["hub"]["towns"][TOWN]["seq"]


def test_a_short_evening_is_played_to_the_end(tmp_path: Path) -> None:
    """Fifteen reports, the village's line cut for an hour, two collisions decided."""
    cut = Cut(VILLAGE, EVENING + HOUR, EVENING + 2 * HOUR)
    order = Order(
        out=tmp_path,
        town=TOWN,
        start_ms=EVENING,
        minutes=180,
        count=15,
        to_the_end=True,
        cuts=(cut,),
    )
    with prepare(order) as stage:
        came = told(stage, play(stage, jumping(stage)))

        assert 15 + CLASHES == came.incidents
        assert () == came.open
        assert {} == came.refused
        assert CLASHES == came.resolved
        assert_whole(stage)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_a_night_of_two_hundred_with_a_cut_line_and_kills(tmp_path: Path, db: str) -> None:
    """Three hours without a line, kill -9 in mid sync, the hub killed too: all ends well."""
    cut = Cut(VILLAGE, EVENING + 3 * HOUR, EVENING + 6 * HOUR)
    order = Order(
        out=tmp_path,
        town=TOWN,
        db=db,
        start_ms=EVENING,
        count=200,
        to_the_end=True,
        cuts=(cut,),
    )
    with prepare(order) as stage:
        breaking = Breaking(stage)

        def beside(performed: Play) -> None:
            performed.plan(EVENING + 4 * HOUR + 7 * MINUTE, breaking.hub)
            performed.plan(cut.to_ms, breaking.village_in_mid_sync)

        came = told(stage, play(stage, jumping(stage), beside))

        assert 200 + CLASHES == came.incidents
        assert () == came.open
        assert {} == came.refused
        assert CLASHES == came.resolved
        assert breaking.waiting > 0
        # A child that is quicker than the look at it ends by itself; one in three may.
        assert [code for _, code in breaking.killed].count(KILLED) >= 2, breaking.killed
        assert_whole(stage)
        print(json.dumps(came.plain(), ensure_ascii=False), breaking.killed)


def test_the_demo_leaves_its_papers_and_no_process(tmp_path: Path) -> None:
    """Twenty minutes of a shift by the command: picture, report, figures; the hub is gone."""
    out = tmp_path / "out"
    words = ["demo", "--headless", "--minutes", "20", "--out", str(out), "--json"]
    done = subprocess.run(
        [sys.executable, "-m", "console", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )

    assert 0 == done.returncode, done.stderr
    summary = json.loads(done.stdout)
    assert summary == json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert "演示数据" == summary["mark"]
    assert (out / "console.png").read_bytes().startswith(b"\x89PNG")
    assert {".pdf", ".csv", ".json"} == {Path(each).suffix for each in summary["report"]}
    assert [] == _processes(out)


def _processes(folder: Path) -> list[str]:
    """Command lines of running processes that name the folder."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(folder) in line:
            found.append(line)
    return found


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--town", "441900999"), "--town"),
        (("--minutes", "0"), "--minutes"),
        (("--speed", "fast"), "--speed"),
        (("--mapping", "m.toml"), "--mapping"),
        (("--feed", "/nowhere.csv"), "/nowhere.csv"),
    ],
)
def test_a_wrong_option_is_one_line(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    """Nothing is made, no hub is started."""
    out = tmp_path / "out"
    done = subprocess.run(
        [sys.executable, "-m", "console", "demo", "--headless", "--out", str(out), *words],
        capture_output=True,
        text=True,
        check=False,
    )

    assert 2 == done.returncode
    assert 1 == len(done.stderr.splitlines()), done.stderr
    assert said in done.stderr
    assert not out.exists()
