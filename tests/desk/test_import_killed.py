"""SIGKILL at random moments of an import: run again, every row is there exactly once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dispatch.store.verify import verify
from dispatch.wire.keys import Signer
from tests.desk.import_child import KEY
from tests.desk.offices import Hand, open_desk
from tests.desk.test_import_incidents import HEAD, MAPPING, row, there

ROWS = 3000
BAD = 40
"""Rows among them that no run takes."""


def begun(*paths: Path) -> subprocess.Popen[str]:
    """Start the child and return when it has begun to read."""
    command = [sys.executable, "-m", "tests.desk.import_child", *map(str, paths)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert child.stdout is not None
    assert "ready\n" == child.stdout.readline(), "the seat opens again after every kill"
    return child


def texts(folder: Path) -> list[str]:
    """Return what each stored incident says."""
    desk = open_desk(folder, Hand(), signer=Signer.of(KEY))
    found = [desk.pane(each.id).result().text for each in there(desk)]
    desk.site.close()
    return found


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(3))
def test_an_import_that_is_killed_goes_on_where_it_was(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    file, mapping, seat = tmp_path / "calls.csv", tmp_path / "map.toml", tmp_path / "seat"
    bad = set(rng.sample(range(ROWS), BAD))
    rows = (row(n, 时间="2031-01-01 00:00") if n in bad else row(n) for n in range(ROWS))
    file.write_text(HEAD + "".join(rows), encoding="utf-8")
    mapping.write_text(MAPPING, encoding="utf-8")
    killed = 0
    lives: list[int] = []
    while killed < 8:
        child = begun(seat, file, mapping)
        time.sleep(rng.uniform(0.05, 1.0))
        if child.poll() is not None:
            break
        os.kill(child.pid, signal.SIGKILL)
        child.communicate(timeout=60)
        killed += 1
        lives.append(verify(seat).incidents)
    child = begun(seat, file, mapping)
    told, _ = child.communicate(timeout=300)
    taken, known, rejected = map(int, told.split())

    assert killed
    assert sorted(lives) == lives, "what was stored once stays"
    assert len(set(lives)) > 1, "no batch was under way when it was killed"
    assert (lives[-1], BAD) == (known, rejected)
    assert ROWS - BAD == taken + known == verify(seat).incidents
    assert sorted(f"演示数据 {n}" for n in range(ROWS) if n not in bad) == sorted(texts(seat))
