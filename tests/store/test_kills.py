"""SIGKILL at random moments: what was shown as saved is there, and nothing is half-written."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from dispatch.store import page as pages
from dispatch.store.verify import Verified, verify
from tests.builders import Numbering, given_dispatched, given_site

SHORT = 15
LONG = 200


@pytest.fixture(scope="module")
def pulled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of pages from a hub: other seats' day."""
    folder = tmp_path_factory.mktemp("pages")
    author = given_site(tmp_path_factory.mktemp("author") / "b", "B")
    hub = Numbering()
    for _ in range(150):
        given_dispatched(author)
    hub.take_from(author)
    author.close()
    for start in range(0, len(hub.frames), 50):
        page = hub.page(start, min(start + 50, len(hub.frames)))
        (folder / f"{start:06d}.json").write_bytes(msgspec.json.encode(page))
    return folder


def killed(folder: Path, pulled: Path, after_s: float) -> list[str]:
    """Run the child, kill it that long after its first act; return the ids it has printed."""
    command = [sys.executable, "-m", "tests.store.kill_child", str(folder), str(pulled)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    first = process.stdout.readline()
    assert "ready\n" == first, "the store opens again after every kill"
    time.sleep(after_s)
    os.kill(process.pid, signal.SIGKILL)
    printed, _ = process.communicate(timeout=60)
    whole = printed[: printed.rfind("\n") + 1]
    return whole.split()


def in_the_log(folder: Path) -> set[str]:
    """Return the ids of all stored events."""
    store = given_site(folder, "A")
    rows = store.write(
        lambda log: log.connection.exec_driver_sql("SELECT raw FROM event").all()
    ).result()
    store.close()
    return {msgspec.json.decode(row.raw)["id"] for row in rows}


def survive(folder: Path, pulled: Path, times: int, seed: int) -> tuple[Verified, int]:
    """Kill and open again so often; every printed id is there after each kill."""
    rng = random.Random(seed)
    printed: set[str] = set()
    for number in range(times):
        printed |= set(killed(folder, pulled, rng.uniform(0.0, 1.2)))
        missing = printed - in_the_log(folder)
        assert not missing, f"kill {number}, seed {seed}: {len(missing)} ids are lost"
        proven = verify(folder)
    return proven, len(printed)


def test_nothing_that_was_printed_is_lost(
    tmp_path: Path, pulled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "CHUNK", 20)
    proven, printed = survive(tmp_path / "a", pulled, SHORT, seed=1)

    assert printed > SHORT
    assert proven.numbered > 0, "no page was under way when it was killed"
    assert proven.photos > 0


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(10))
def test_two_hundred_kills(tmp_path: Path, pulled: Path, seed: int) -> None:
    """Ten stores of twenty kills each: a store grows with each life."""
    proven, printed = survive(tmp_path / "a", pulled, LONG // 10, seed=100 + seed)

    assert printed > LONG // 10
    assert proven.numbered > 0
