"""A hub on SQLite is one process: real ones that are started beside each other."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from console.hub import hub_enrol, hub_restore
from dispatch.domain.errors import BadInput
from dispatch.hub.alone import alone
from tests.given import TOWN
from tests.hub.office import TestClock, given_hub


def command(db: Path) -> list[str]:
    words = ["hub", "serve", "--db", f"sqlite:///{db}", "--listen", "127.0.0.1:0"]
    return [sys.executable, "-m", "console", *words]


@contextmanager
def serving(db: Path, end: signal.Signals = signal.SIGTERM) -> Iterator[str]:
    """Serve until the block ends; gives the address."""
    process = subprocess.Popen(command(db), stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())["serving"]
    finally:
        process.send_signal(end)
        process.wait()
        process.stdout.close()


@pytest.fixture
def db(tmp_path: Path) -> Path:
    file = tmp_path / "hub.db"
    given_hub(f"sqlite:///{file}", tmp_path / "hub.db.d", TestClock()).close()
    return file


def test_a_second_server_on_one_file_is_refused_in_a_line(db: Path, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(db)
    (tmp_path / "link.db.d").symlink_to(f"{db}.d")
    with serving(db) as url:
        for name in (db, tmp_path / "link.db"):
            second = subprocess.run(command(name), capture_output=True, check=False)

            assert (2, b"") == (second.returncode, second.stdout)
            (line,) = second.stderr.decode().splitlines()
            assert "--db" in line
            assert "hub serve" in line
        assert 405 == requests.get(f"{url}/v1/session", timeout=30).status_code
        assert hub_enrol(f"sqlite:///{db}", TOWN), "other words work beside it"


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_the_next_server_takes_over_however_the_last_one_ended(
    db: Path, end: signal.Signals
) -> None:
    with serving(db, end) as first:
        assert first
    with serving(db) as second:
        assert second


def test_postgresql_takes_many_and_a_file_that_cannot_be_is_bad_input(tmp_path: Path) -> None:
    with alone("postgresql+psycopg://host/hub"), alone("postgresql+psycopg://host/hub"):
        pass
    with pytest.raises(BadInput, match="--db"), alone(f"sqlite:///{tmp_path}/no/hub.db"):
        pass


def test_a_new_life_over_a_file_that_is_not_there_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="hub init"):
        hub_restore(f"sqlite:///{tmp_path}/hub.db")
    assert [] == list(tmp_path.iterdir())
