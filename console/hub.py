"""The server: settings, engine, hub application, serve; imports neither the window nor PySide6."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import uvicorn
from fastapi import FastAPI
from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from console.clock import clock
from console.hub_line import PatientProtocol
from console.hub_socket import listening, tell_ready
from console.hub_tables import free_tables, town_tables
from console.printing import put_now
from dispatch.domain.errors import BadInput, Damage
from dispatch.hub.alone import alone
from dispatch.hub.app import end_polls, make_app
from dispatch.hub.bundles import TakenIn, answer_to, hand_out, known_site, take_in
from dispatch.hub.hub import Hub, HubPlace, create, open_hub
from dispatch.hub.life import begin_anew
from dispatch.hub.people import NewAccount
from dispatch.hub.status import status_of
from dispatch.hub.verify import check_town, towns_of
from dispatch.wire.bundle import BundleHead

DATA: Final = "ZHIWANG_HUB_DATA"
"""Environment variable: the folder of a hub on PostgreSQL for its key and photos."""

WATCH: Final = "ZHIWANG_METRICS_TOKEN"
"""Environment variable: the token that opens /metrics; without it, to this machine alone."""

DRAIN_S: Final = 10
"""How long a process that is to end waits for what it is about; other processes serve meanwhile."""


@dataclass(frozen=True, slots=True)
class Tls:
    """Files of the server's certificate chain and private key, PEM."""

    cert: Path
    key: Path


def place_of(db: str) -> HubPlace:
    """Return where a hub lives: beside its SQLite file, or in the folder named for PostgreSQL."""
    try:
        url = make_url(db)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise BadInput("--db", "应为 sqlite:///文件 或 postgresql+psycopg://…") from None
    if url.drivername.startswith("sqlite"):
        if not url.database or url.database == ":memory:":
            raise BadInput("--db", "SQLite 须指定文件，如 sqlite:///hub.db")
        return HubPlace(db, Path(f"{url.database}.d"))
    named = os.environ.get(DATA)
    default = Path.home() / ".local/share/zhiwang/hub" / (url.database or "hub")
    return HubPlace(db, Path(named) if named else default)


def _found(db: str) -> HubPlace:
    """Return where a hub lives that is there; looking for its file does not make it."""
    place = place_of(db)
    file = make_url(db).database or ""
    if db.startswith("sqlite") and not Path(file).is_file():
        raise BadInput("--db", f"没有 {file}，先运行 zhiwang hub init")
    return place


@contextmanager
def opened(db: str) -> Iterator[Hub]:
    """Open a hub for one command; one that is not there is a BadInput.

    By the process's clock, as the hub that serves: a day of a drill's token is a day of the drill.
    """
    hub = open_hub(_found(db), clock())
    try:
        yield hub
    finally:
        hub.close()


def hub_init(db: str, seed_town: str | None = None, seed: int = 1) -> dict[str, str]:
    """Make a hub, or bring it up to date; return the tables that were published, by version.

    Of what ships (official divisions, catalogue, limits, calendar, definitions) the tables that
    the hub has none of: a city's own stay in force. With `seed_town` also that town's made-up
    grids, units, outlines and workers (演示数据), over whatever is there.
    """
    place = place_of(db)
    try:
        place.folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput("--db", f"{place.folder.parent}: {error.strerror or error}") from None
    tables = town_tables(seed_town, seed) if seed_town else free_tables()
    hub = create(place, clock())
    try:
        return publish(hub, tables, missing=not seed_town)
    finally:
        hub.close()


def publish(hub: Hub, tables: dict[str, str], *, missing: bool = False) -> dict[str, str]:
    """Put tables into the hub in one transaction; return the versions of those that changed.

    `missing`: only those that it has no version of.
    """
    put = hub.reference.publish_missing if missing else hub.reference.publish

    def job(connection: Connection) -> dict[str, str]:
        changed = [name for name, body in tables.items() if put(connection, name, body)]
        return {name: json.loads(tables[name])["version"] for name in changed}

    return hub.office.database.write(job)


class HubServer(uvicorn.Server):
    """A server that says when it answers, and lets long polls go before it waits for requests."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._app = app

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer; whoever started us may now end the process that we replace."""
        await super().startup(sockets)
        tell_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the polls, then close as usual."""
        end_polls(self._app)
        await super().shutdown(sockets)


def make_server(hub: Hub, tls: Tls | None = None, watch_token: str = "") -> HubServer:
    """Return a server over a hub; run it with a bound socket."""
    app = make_app(hub, watch_token)
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        log_config=None,
        access_log=False,
        server_header=False,
        ssl_certfile=str(tls.cert) if tls else None,
        ssl_keyfile=str(tls.key) if tls else None,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=DRAIN_S,
        limit_concurrency=4000,
    )
    return HubServer(config, app)


def hub_serve(db: str, listen: str, tls: Tls | None = None) -> None:
    """Serve until a signal to end; prints one line when the address is bound."""
    office = closing(open_hub(place_of(db), clock()))
    with office as hub, alone(db), closing(listening(listen)) as bound:
        host, port = bound.getsockname()[:2]
        scheme = "https" if tls else "http"
        put_now(json.dumps({"serving": f"{scheme}://{host}:{port}"}))
        make_server(hub, tls, os.environ.get(WATCH, "")).run(sockets=[bound])


def hub_restore(db: str) -> str:
    """Begin a new life over a database that was put back to an earlier hour; return its name."""
    with _by_hand(db) as hub:
        office = hub.office
        return office.database.write(lambda connection: begin_anew(office, connection))


def hub_revoke(db: str, site: str) -> None:
    """Shut a site out for good."""
    with opened(db) as hub:
        hub.sites.revoke(site)


def hub_import_bundle(
    db: str, raw: bytes, where: str, *, reply: bool
) -> tuple[TakenIn, bytes | None]:
    """Take in a site's file; with `reply` also return the file that answers it."""
    with _by_hand(db) as hub:
        taken = take_in(hub, raw, where)
        return taken, hand_out(hub, answer_to(taken), where)[0] if reply else None


def hub_export_bundle(db: str, site: str) -> tuple[bytes, BundleHead, bool]:
    """Return a file for a site, from where it last told to stand; its head; is there more."""
    with _by_hand(db) as hub:
        return hand_out(hub, known_site(hub, site), "--site")


@contextmanager
def _by_hand(db: str) -> Iterator[Hub]:
    """Open a hub beside its servers, on SQLite only where none is running."""
    _found(db)  # before `alone` puts its own file beside it
    with alone(db), opened(db) as hub:
        yield hub


def hub_enrol(db: str, scope: str, name: str = "") -> str:
    """Return a one-time code for a site at this node."""
    with opened(db) as hub:
        return hub.sites.code(scope, name)


def hub_status(db: str) -> dict[str, object]:
    """Return what the hub holds, as plain JSON values."""
    with opened(db) as hub:
        return status_of(hub)


def hub_verify(db: str) -> dict[str, object]:
    """Check every town's chain, signatures, numbers and projection, up to the first damage."""
    found: dict[str, object] = {"towns": {}, "where": "", "damage": ""}
    whole: dict[str, object] = {}
    with opened(db) as hub:
        try:
            for town in towns_of(hub):
                checked = check_town(hub, town)
                whole[town] = {"seq": checked.seq, "subjects": checked.subjects}
        except Damage as damage:
            found |= {"where": damage.where, "damage": damage.what}
    return found | {"towns": whole}


def account_add(db: str, person: NewAccount, password: str) -> None:
    """Add a person at a node of the organisation."""
    with opened(db) as hub:
        hub.people.add(person, password)


def account_disable(db: str, name: str) -> None:
    """Disable a person; the tokens hold no longer."""
    with opened(db) as hub:
        hub.people.disable(name)


def hub_token(db: str, as_name: str, days: float, scope: str | None = None) -> str:
    """Return a token for the field doors."""
    with opened(db) as hub:
        return hub.people.token(as_name, days, scope)


def import_tables(db: str, tables: dict[str, str]) -> dict[str, str]:
    """Publish reference tables (`hub_tables` makes their bodies); return what changed."""
    with opened(db) as hub:
        return publish(hub, tables)
