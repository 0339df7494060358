"""PostgreSQL as the hub's database: row locks, NOTIFY after commit."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from typing import Any, Final

import psycopg
from sqlalchemy import Connection, Engine, Select, Table, create_engine, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import make_url

log = logging.getLogger(__name__)

CHANNEL: Final = "zhiwang_hub"
EVERY_TOWN: Final = "*"
"""What a listener rings for when it may have missed something."""
_OPTIONS: Final = (
    "-c lock_timeout=10s -c statement_timeout=30s -c timezone=UTC"
    # A process that stopped or lost its line in a transaction holds a town's counter no longer.
    " -c idle_in_transaction_session_timeout=15s"
)
_CONNECT_S: Final = 10
_SILENT_MS: Final = 35_000
"""A server that acknowledges nothing for so long has gone; longer than any statement may take."""
_AGAIN_S: Final = 2.0


class Postgres:
    """Row locks held to the commit."""

    def __init__(self) -> None:
        self._name = secrets.token_hex(6)

    def engine(self, url: str) -> Engine:
        """Open a pool with time limits on locks and statements."""
        return create_engine(
            url,
            pool_size=16,
            max_overflow=0,
            pool_timeout=30,
            pool_pre_ping=True,
            hide_parameters=True,  # keys and names have no place in a traceback
            connect_args={
                "options": _OPTIONS,
                "connect_timeout": _CONNECT_S,
                "tcp_user_timeout": _SILENT_MS,
            },
        )

    def reading(self, connection: Connection) -> Connection:
        """One snapshot for all queries of the transaction."""
        return connection.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    def locked(self, query: Select[Any]) -> Select[Any]:  # Any: rows of any shape
        """SELECT ... FOR UPDATE."""
        return query.with_for_update()

    def insert_missing(self, table: Table) -> Any:  # Any: the dialect's own Insert class
        """INSERT ... ON CONFLICT DO NOTHING."""
        return insert(table).on_conflict_do_nothing()

    def notify(self, engine: Engine, towns: frozenset[str]) -> None:
        """NOTIFY in a transaction of its own: inside the writing one it locks the database."""
        with engine.connect() as connection, connection.begin():
            for town in sorted(towns):
                told = {"channel": CHANNEL, "said": f"{self._name} {town}"}
                connection.execute(text("SELECT pg_notify(:channel, :said)"), told)

    def listen(self, url: str, ring: Callable[[str], None]) -> PostgresListener:
        """Hear the other processes in a thread of its own."""
        return PostgresListener(url, ring, self._name)


class PostgresListener:
    """LISTEN on a connection of its own; a lost connection is made again.

    What was told meanwhile is lost: so everybody is woken once it hears again. `own` is the name
    of this process's own notifier, whose waiters are awake already.
    """

    def __init__(self, url: str, ring: Callable[[str], None], own: str) -> None:
        # As the engine does it: an address may name several hosts, of which one is the primary.
        given = make_url(url)
        _, target = given.get_dialect()().create_connect_args(given)
        self._target = {"connect_timeout": _CONNECT_S, **target}
        self._ring = ring
        self._own = own
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="hub-listen", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                self._hear()
            except psycopg.OperationalError as error:
                log.info("listening for other hub processes broke off: %s", type(error).__name__)
                self._ended.wait(_AGAIN_S)

    def _hear(self) -> None:
        with psycopg.connect(autocommit=True, **self._target) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            self._ring(EVERY_TOWN)
            while not self._ended.is_set():
                for each in connection.notifies(timeout=0.5):
                    who, _, town = each.payload.partition(" ")
                    if who != self._own:
                        self._ring(town)
