"""A real PostgreSQL for the tests: a cluster of their own, gone when they end."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
import pytest

from dispatch.hub.database import Database

_NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server that is reached through a socket in `folder`."""

    folder: Path
    programs: Path

    def url(self, name: str) -> str:
        """Return a database's address."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def fresh(self) -> str:
        """Return the address of a new database with the hub's schema."""
        name = f"t{next(_NUMBERS)}"
        target = f"host={self.folder} user=postgres dbname=postgres"
        with psycopg.connect(target, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE hub_template")
        return self.url(name)


def programs() -> Path | None:
    """Where PostgreSQL's own programs are; None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    named = shutil.which("initdb")
    places = [*(each.parent for each in found), *([Path(named).parent] if named else [])]
    return places[0] if places else None


def owner() -> dict[str, object]:
    """Whoever runs the server: initdb refuses root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    return {}


@cache
def cluster() -> Cluster:
    """Start the server, once a process; without PostgreSQL the test is skipped, never in CI."""
    where = programs()
    if where is None:
        words = "PostgreSQL is not installed: apt-get install postgresql"
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
    folder = Path(tempfile.mkdtemp(prefix="zw-pg-"))
    runner = owner()
    if runner:
        os.chown(folder, int(str(runner["user"])), int(str(runner["group"])))
    data = folder / "data"

    def run(program: str, *words: str) -> None:
        with (folder / "log").open("ab") as log:
            subprocess.run(
                [str(where / program), *words],
                check=True,
                cwd=folder,
                stdout=log,
                stderr=log,
                **runner,  # type: ignore[call-overload]
            )

    options = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=120"
    run("initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
    run("pg_ctl", "-D", str(data), "-w", "-l", str(data / "server.log"), "-o", options, "start")

    def stop() -> None:
        run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    made = Cluster(folder, where)
    target = f"host={folder} user=postgres dbname=postgres"
    with psycopg.connect(target, autocommit=True) as connection:
        connection.execute("CREATE DATABASE hub_template")
    template = Database(made.url("hub_template"))
    template.upgrade()
    template.close()
    return made
