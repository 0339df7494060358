"""The town of a drill: a hub in a process of its own, two seats and a station, made-up people."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

import requests
from argon2 import PasswordHasher

from console import hub, own_process, settings, sites
from console.clock import VARIABLE, clock, set_drill
from console.hub_tables import town_tables
from dispatch.desk.desk import Desk
from dispatch.domain.codes import Role
from dispatch.domain.errors import HubError
from dispatch.drill.cast import SEATS, VILLAGE, Cast
from dispatch.drill.people import MadePerson, Roster, made_roster
from dispatch.drill.play import Company
from dispatch.drill.players import FieldHand, SeatHand
from dispatch.drill.town import MadeTown
from dispatch.hub.hub import Hub, create, open_hub
from dispatch.hub.people import NewAccount
from dispatch.store.site import SiteStore
from dispatch.sync.contact import Contact

GUEST: Final = "zhiban"
"""The account of whoever sits at the window: all work of a town centre in one person."""
_GUEST_ROLES: Final = (Role.CLERK, Role.DISPATCHER, Role.CHIEF, Role.INSPECTOR, Role.SUPERVISOR)
_DAYS: Final = 365.0
_STOP_S: Final = 10.0
_START_S: Final = 60.0
_LOOK_S: Final = 0.05
DATABASE: Final = "hub.db"
CLOCK_FILE: Final = "drill.clock"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a drill is built on: folder, hub's database (empty: SQLite in the folder), town."""

    folder: Path
    town: MadeTown
    db: str = ""

    @property
    def url(self) -> str:
        """The hub's database address."""
        return self.db or f"sqlite:///{self.folder / DATABASE}"


@dataclass(slots=True)
class DrillTown:
    """The town while it runs. `password` is everybody's who has a seat in it."""

    ground: Ground
    roster: Roster
    cast: Cast
    password: str = field(repr=False)
    hub_url: str = ""
    process: subprocess.Popen[bytes] | None = None
    stores: dict[str, SiteStore] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)

    def site(self, name: str) -> Path:
        """Return the folder of a site."""
        return self.ground.folder / name

    def start_hub(self) -> None:
        """Start the hub's process; it listens where it did before, if it did."""
        listen = self.hub_url.removeprefix("http://") or "127.0.0.1:0"
        words = ["hub", "serve", "--db", self.ground.url, "--listen", listen]
        log = self.ground.folder / "hub.log"
        with log.open("ab") as errors:
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                own_process.command(*words),
                stdout=subprocess.PIPE,
                stderr=errors,
                # Ctrl-C is for the drill, which ends the hub itself.
                start_new_session=True,
            )
        self.hub_url = _serving(self.process.stdout, log)
        _answering(self.hub_url, self.process, log)

    def stop_hub(self, *, kill: bool = False) -> None:
        """End the hub's process, with -9 when asked to."""
        process, self.process = self.process, None
        if process is None:
            return
        if kill:
            process.kill()
        else:
            process.terminate()
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    def enrol(self, names: Mapping[str, str]) -> None:
        """Enrol sites by one-time codes; `names` gives each site's scope."""
        for name, scope in names.items():
            with self._hub() as opened:
                code = opened.sites.code(scope, name)
            sites.init(self.site(name), self.hub_url, code)

    def tokens(self, logins: Iterable[str]) -> dict[str, str]:
        """Return tokens for the field doors."""
        with self._hub() as opened:
            return {login: opened.people.token(login, _DAYS) for login in logins}

    def login(self, name: str, account: str) -> None:
        """Open a session for somebody at a site, as a person would; the site must be open."""
        Desk(self.stores[name], clock()).login(account, self.password).result()

    @contextmanager
    def _hub(self) -> Iterator[Hub]:
        opened = open_hub(hub.place_of(self.ground.url), clock())
        try:
            yield opened
        finally:
            opened.close()

    def open(self, name: str) -> SiteStore:
        """Open a site's store."""
        folder = self.site(name)
        known = settings.read(folder)
        store = SiteStore.open(folder, known.identity)
        self.stores[name] = store
        self.contacts[name] = Contact(store, sites.link_of(known))
        return store

    def shut(self, name: str) -> None:
        """Close a site's store."""
        self.contacts.pop(name).close()
        self.stores.pop(name).close()

    def company(self, logins: Iterable[str]) -> Company:
        """Return all hands; `logins` are those who act at the field doors. Close its `field`."""
        passwords = {each.login: self.password for each in self.roster.everybody()}
        seats = {name: SeatHand(store, clock(), passwords) for name, store in self.stores.items()}
        field_hand = FieldHand(self.hub_url, self.tokens(sorted(set(logins))))
        return Company(field_hand, seats, dict(self.contacts), self.cast.first(Role.CHIEF))

    def close(self) -> None:
        """Close stores and end the hub's process."""
        for name in tuple(self.stores):
            self.shut(name)
        self.stop_hub()


def _serving(out: IO[bytes] | None, log: Path) -> str:
    line = out.readline() if out is not None else b""
    try:
        return str(json.loads(line)["serving"])
    except (ValueError, KeyError):
        raise HubError(f"市平台没有启动，见 {log}") from None


def _answering(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the hub answers."""
    until = time.monotonic() + _START_S
    while process.poll() is None and time.monotonic() < until:
        try:
            if requests.get(f"{url}/v1/health", timeout=_STOP_S).ok:
                return
        except requests.ConnectionError:
            time.sleep(_LOOK_S)
    raise HubError(f"市平台没有应答，见 {log}")


@contextmanager
def drill_clock(folder: Path, now: int) -> Iterator[Path]:
    """Put this process and its children on a drill's clock; the hub's files lie in `folder`."""
    file = folder / CLOCK_FILE
    set_drill(file, now)
    wanted = {VARIABLE: str(file), hub.DATA: str(folder / "town" / "hub.d")}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield file
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def drill_town(ground: Ground, seats: tuple[str, ...] = SEATS) -> Iterator[DrillTown]:
    """Build a drill's town on the present clock; `seats` are where the made-up people sit.

    All sites are enrolled and have their tables; those seats and the station stay open.
    """
    ground.folder.mkdir(parents=True, exist_ok=True)
    roster = made_roster(ground.town)
    station = ground.town.villages[0].code
    cast = Cast(ground.town, roster, station, seats)
    town = DrillTown(ground, roster, cast, secrets.token_urlsafe(16))
    _fill_hub(ground, roster, town.password)
    with ExitStack() as ending:
        ending.callback(town.close)
        town.start_hub()
        town.enrol({**dict.fromkeys(SEATS, ground.town.code), VILLAGE: station})
        for name in (*SEATS, VILLAGE):
            town.open(name)
            town.contacts[name].exchange(whole=True)
            if name not in {*seats, VILLAGE}:
                town.shut(name)
        yield town


def _fill_hub(ground: Ground, roster: Roster, password: str) -> None:
    """Make the hub with the town's tables and people."""
    place = hub.place_of(ground.url)
    place.folder.parent.mkdir(parents=True, exist_ok=True)
    made = create(place, clock())
    try:
        hub.publish(made, town_tables(ground.town.code, ground.town.seed, ground.town))
        # Random and long, so that it needs no slow hash; 30-minute sessions make log-ins many.
        verifier = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(password)
        people = [_account(ground.town, each) for each in roster.everybody()]
        people.append(NewAccount(GUEST, _GUEST_ROLES, ground.town.code))
        made.people.add_verified([(each, verifier) for each in people])
    finally:
        made.close()


def _account(town: MadeTown, person: MadePerson) -> NewAccount:
    local = f"{town.code}/{person.node}"
    departments = {f"{town.code}/{unit.code}" for unit in town.units if unit.level == "department"}
    node = local if local in departments else person.node
    return NewAccount(person.login, (person.role,), node, person.name)
