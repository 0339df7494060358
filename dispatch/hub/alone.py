"""One process serves a hub on SQLite: numbers, wake-ups and polls live in its memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.engine import make_url

from dispatch.domain.errors import BadInput
from dispatch.store.file_lock import lock

ENDING: Final = ".serving"


@contextmanager
def alone(url: str) -> Iterator[None]:
    """Hold a SQLite file for this server; BadInput while another one has it.

    A file of its own beside the database: closing a handle of the database would let go of
    SQLite's own locks. PostgreSQL takes as many servers as there are.
    """
    named = make_url(url)
    if not named.drivername.startswith("sqlite") or not named.database:
        yield
        return
    database = Path(named.database).resolve()
    try:
        handle = os.open(f"{database}{ENDING}", os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise BadInput("--db", f"{database}{ENDING}: {error.strerror or error}") from None
    try:
        if not lock(handle, wait=False):
            words = "SQLite 只能由一个进程服务，先停掉它，或改用 PostgreSQL"
            raise BadInput("--db", f"另一个 hub serve 正开着 {named.database}；{words}")
        yield
    finally:
        os.close(handle)
