"""A whole town of real processes for the stories: hub, two town seats, one village station."""

from __future__ import annotations

import atexit
import io
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import requests

from console.cli import main
from console.clock import VARIABLE, set_drill
from console.hub import opened
from dispatch.domain.codes import Role
from dispatch.hub.people import NewAccount
from tests.desk.offices import cheap_verifier

CITY = "441900"
TOWN = "441900106"
VILLAGE = "441900106209"
PASSWORD = "correct-horse-9"
POINT = "113.9635,23.0380"

STAFF = (
    ("clerk1", TOWN, ("clerk",)),
    ("dispatcher1", TOWN, ("dispatcher",)),
    ("dispatcher2", TOWN, ("dispatcher",)),
    ("chief1", TOWN, ("chief",)),
    ("leader1", TOWN, ("leader",)),
    ("city1", CITY, ("chief",)),
    ("inspector1", TOWN, ("inspector",)),
    ("supervisor1", TOWN, ("supervisor",)),
    ("fire1", f"{TOWN}/消防", ("unit",)),
    ("safety1", f"{TOWN}/安监", ("unit",)),
    ("police1", f"{TOWN}/公安", ("unit",)),
    ("station1", VILLAGE, ("station",)),
)

SITES = (("seat1", TOWN), ("seat2", TOWN), ("village", VILLAGE))
NOW = 1_795_231_200_000
"""2026-11-21 11:20 in China."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command gave back."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """The one JSON object it printed."""
        assert self.code == 0, self.err
        return json.loads(self.out)

    def lines(self) -> list[Any]:
        """The JSON objects it printed, one a line."""
        assert self.code == 0, self.err
        return [json.loads(line) for line in self.out.splitlines()]


def zhiwang(*words: str | Path, stdin: str = "") -> Ran:
    """Run one command of the real command line, in this process: starting one costs a second."""
    out, err = io.StringIO(), io.StringIO()
    before = sys.stdin
    sys.stdin = io.StringIO(stdin)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            try:
                code = main([str(word) for word in words])
            except SystemExit as ended:
                code = int(ended.code or 0)
    finally:
        sys.stdin = before
    return Ran(code, out.getvalue(), err.getvalue())


def free_port() -> int:
    """Return a port on loopback that was free a moment ago, and that no call out will take."""
    while True:
        # Below the ports of calls out; not from the tests' seed, which both processes share.
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


@dataclass
class Town:
    """Hub, seats and station under one folder; `db` is the hub's database address."""

    folder: Path
    db: str
    now: int = NOW
    port: int = field(default_factory=free_port)
    hub: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The hub's address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def clock(self) -> Path:
        """The file of the drill's clock that all processes share."""
        return self.folder / "clock"

    def build(self) -> None:
        """Set up the hub with the town's tables and staff, start it, enrol three sites.

        On SQLite, at the usual time, it is a copy of the town that this process built first, with
        an address of its own: telling twelve passwords costs more than most stories.
        """
        usual = self.db == f"sqlite:///{self.folder / 'hub.db'}" and self.now == NOW
        if not usual:
            self.build_anew()
            return
        shutil.copytree(_first_town(), self.folder, dirs_exist_ok=True)
        for name, _ in SITES:
            file = self.site(name) / "site.toml"
            text, found = re.subn(
                r'(?m)^hub = ".*"$', f'hub = "{self.url}"', file.read_text("utf-8")
            )
            assert found == 1, text
            file.write_text(text, "utf-8")
        self.start_hub()

    def build_anew(self) -> None:
        """Make everything as a town makes it, word by word."""
        set_drill(self.clock, self.now)
        made = zhiwang("hub", "init", "--db", self.db, "--seed-town", TOWN)
        assert made.code == 0, made.err
        self._hire()
        self.start_hub()
        for name, scope in SITES:
            code = zhiwang("hub", "enrol", "--db", self.db, "--scope", scope).out.strip()
            made = zhiwang("site", "init", self.site(name), "--hub", self.url, "--code", code)
            assert made.code == 0, made.err
            self.sync(name)

    def _hire(self) -> None:
        """Add the staff: the first at the hub's own door, the others with cheap verifiers."""
        (name, scope, roles), *others = STAFF
        words = ("account", "add", "--db", self.db, "--scope", scope, "--name", name)
        added = zhiwang(*words, "--role", *roles, stdin=PASSWORD + "\n")
        assert added.code == 0, added.err
        people = [NewAccount(name, tuple(map(Role, roles)), scope) for name, scope, roles in others]
        with opened(self.db) as hub:
            hub.people.add_verified([(each, cheap_verifier(PASSWORD)) for each in people])

    def site(self, name: str) -> Path:
        """Return the folder of a site."""
        return self.folder / name

    def start_hub(self) -> None:
        """Start the hub's process and wait until it answers."""
        with (self.folder / "hub.log").open("ab") as log:
            self.hub = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "console",
                    "hub",
                    "serve",
                    "--db",
                    self.db,
                    "--listen",
                    f"127.0.0.1:{self.port}",
                ],
                stdout=log,
                stderr=log,
            )
        for _ in range(1200):  # a busy machine takes its time
            try:
                requests.get(f"{self.url}/v1/health", timeout=1)
            except requests.ConnectionError:
                assert self.hub.poll() is None, (self.folder / "hub.log").read_text()
                time.sleep(0.1)
            else:
                return
        raise AssertionError((self.folder / "hub.log").read_text())

    def kill_hub(self) -> None:
        """Kill the hub's process with -9."""
        assert self.hub is not None
        self.hub.send_signal(signal.SIGKILL)
        self.hub.wait()

    def login(self, site: str, *names: str) -> None:
        """Log people in at a site."""
        for name in names:
            done = zhiwang("login", "--site", self.site(site), "--as", name, stdin=PASSWORD + "\n")
            assert done.code == 0, done.err

    def sync(self, site: str) -> Ran:
        """Exchange once."""
        done = zhiwang("sync", "--site", self.site(site), "--once")
        assert done.code == 0, done.err
        return done

    def act(self, site: str, name: str, verb: str, id_: str, *options: str) -> Any:
        """Do an act that must be allowed; return the incident."""
        return self.tried(site, name, verb, id_, *options).json()

    def tried(self, site: str, name: str, verb: str, id_: str, *options: str) -> Ran:
        """Try an act."""
        return zhiwang(
            "incident", verb, id_, "--site", self.site(site), "--as", name, "--json", *options
        )

    def report(self, site: str, name: str, item: str, text: str, *options: str) -> Any:
        """Report an incident in the middle of the town."""
        return zhiwang(
            "incident",
            "report",
            "--site",
            self.site(site),
            "--as",
            name,
            "--item",
            item,
            "--at",
            POINT,
            "--text",
            text,
            "--json",
            *options,
        ).json()

    def show(self, site: str, id_: str) -> Any:
        """Return an incident as a site shows it."""
        return zhiwang("incident", "show", id_, "--site", self.site(site), "--json").json()

    def status(self, site: str) -> Any:
        """Return a site's sync status."""
        return zhiwang("sync", "status", "--site", self.site(site), "--json").json()

    def verify(self) -> Sequence[Ran]:
        """Verify hub and all sites; return what each said."""
        found = [zhiwang("verify", "--db", self.db)]
        found += [zhiwang("verify", "--site", self.site(name)) for name, _ in SITES]
        return found

    def pass_time(self, millis: int) -> None:
        """Move the drill's clock, which hub and sites share, forward."""
        self.now += millis
        set_drill(self.clock, self.now)

    def event(self, site: str, id_: str, type_: str) -> Any:
        """Return the bytes, as JSON, of an incident's last event of a type."""
        rows = zhiwang("export", "events", "--site", self.site(site), "--subject", id_).lines()
        return next(row for row in reversed(rows) if row["type"] == type_)

    def stop(self) -> None:
        """End the hub's process."""
        if self.hub is not None and self.hub.poll() is None:
            self.hub.terminate()
            self.hub.wait(90)


@cache
def _first_town() -> Path:
    """Build the town that the others of this process are copies of; its hub has ended."""
    kept = tempfile.TemporaryDirectory(prefix="zhiwang-first-town-")
    atexit.register(kept.cleanup)
    town = Town(Path(kept.name), f"sqlite:///{kept.name}/hub.db")
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = str(town.clock)
    try:
        town.build_anew()
    finally:
        town.stop()
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before
    return town.folder
