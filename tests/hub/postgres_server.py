"""A PostgreSQL of one's own with its files: archived, copied, killed, promoted as operators do."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.hub.cluster import cluster, owner

HUB = "hub"


class PostgresServer:
    """One server: its data and its socket in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.archive = folder / "archive"
        self._running = False

    def run(self, program: str, *words: str) -> None:
        """Run one of PostgreSQL's programs as the user that it wants."""
        with (self.folder / "log").open("ab") as log:
            subprocess.run(
                [str(cluster().programs / program), *words],
                check=True,
                cwd=self.folder,
                stdout=log,
                stderr=log,
                **owner(),  # type: ignore[call-overload]
            )

    def make(self) -> None:
        """Make an empty cluster that keeps every WAL file, and the hub's database."""
        self.run("initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8")
        self.archive.mkdir()
        if runner := owner():
            os.chown(self.archive, int(str(runner["user"])), int(str(runner["group"])))
        self.set("archive_mode = on", f"archive_command = 'cp %p {self.archive}/%f'")
        self.start()
        self.sql(f"CREATE DATABASE {HUB}", "postgres")

    def set(self, *lines: str) -> None:
        """Add settings for the next start."""
        with (self.data / "postgresql.auto.conf").open("a") as file:
            file.writelines(f"{each}\n" for each in lines)

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off"
        log = str(self.folder / "server.log")
        self.run("pg_ctl", "-D", str(self.data), "-w", "-l", log, "-o", options, "start")
        self._running = True

    def stop(self, mode: str = "immediate") -> None:
        """Stop; `immediate` is what a power failure leaves."""
        if self._running:
            self.run("pg_ctl", "-D", str(self.data), "-w", "-m", mode, "stop")
            self._running = False

    def sql(self, line: str, database: str = HUB) -> str:
        """Run a line of SQL; return the first value of its answer, empty when it gives none."""
        target = f"host={self.folder} user=postgres dbname={database}"
        with psycopg.connect(target, autocommit=True) as connection:
            answer = connection.execute(line)
            row = answer.fetchone() if answer.description else None
        return str(row[0]) if row else ""

    def url(self, *others: PostgresServer) -> str:
        """Return the hub's address of it; with others, of whichever is the primary."""
        hosts = "&".join(f"host={each.folder}" for each in (self, *others))
        more = "&target_session_attrs=read-write" if others else ""
        return f"postgresql+psycopg://postgres@/{HUB}?{hosts}{more}"


@contextmanager
def servers(count: int) -> Iterator[list[PostgresServer]]:
    """Give servers that are not made yet; their files are gone afterwards."""
    cluster()  # skips where there is no PostgreSQL
    made: list[PostgresServer] = []
    try:
        for _ in range(count):
            folder = Path(tempfile.mkdtemp(prefix="zw-pg-"))
            if runner := owner():
                os.chown(folder, int(str(runner["user"])), int(str(runner["group"])))
            made.append(PostgresServer(folder))
        yield made
    finally:
        for each in made:
            each.stop()
            shutil.rmtree(each.folder, ignore_errors=True)
