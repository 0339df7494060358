"""A search index that has broken is made anew from the texts: every act writes to it.

SQLite's own check of a database does not look into it, so it is asked itself.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, select

from dispatch.domain.errors import Damage, StoreError
from dispatch.store import search
from dispatch.store.engine import in_words, open_engine
from dispatch.store.schema import VIEWS, View

log = logging.getLogger(__name__)


def put_search_right(path: Path) -> None:
    """Check the search indexes of a store and make those anew that are broken.

    On connections of its own: one that knows the broken index would go on with what it knows.
    """
    for view in VIEWS.values():
        if _is_whole(path, view):
            continue
        log.warning("search index %s is damaged: made anew", view.name)
        engine = open_engine(path)
        try:
            with in_words(path), engine.begin() as connection:
                _empty(connection, view)
                _fill(connection, view)
        except StoreError as error:
            # Whoever only reads can still work; what fails then has the next start look again.
            log.warning("search index %s is not made anew yet: %s", view.name, error)
        finally:
            engine.dispose()


def _is_whole(path: Path, view: View) -> bool:
    engine = open_engine(path)
    try:
        with in_words(path), engine.begin() as connection:
            connection.exec_driver_sql(
                f"INSERT INTO {view.search} ({view.search}) VALUES ('integrity-check')"  # noqa: S608 - our own name
            )
    except (Damage, MemoryError):
        # A damaged length asks SQLite for more memory than there is.
        return False
    except StoreError as error:
        log.warning("search index %s is not checked: %s", view.name, error)
    finally:
        engine.dispose()
    return True


def _empty(connection: Connection, view: View) -> None:
    """Put what an empty index consists of in place of what is there: it cannot be opened itself."""
    asked = "SELECT sql FROM sqlite_master WHERE name = ?"
    made = str(connection.exec_driver_sql(asked, (view.search,)).scalar_one())
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.execute(made)
        parts = fresh.execute("SELECT name FROM sqlite_master WHERE name <> ?", (view.search,))
        for (part,) in parts.fetchall():
            rows = fresh.execute(f"SELECT * FROM {part}").fetchall()  # noqa: S608 - our own name
            connection.exec_driver_sql(f"DELETE FROM {part}")  # noqa: S608 - our own name
            for row in rows:
                marks = ", ".join("?" for _ in row)
                connection.exec_driver_sql(f"INSERT INTO {part} VALUES ({marks})", row)  # noqa: S608 - our own name


def _fill(connection: Connection, view: View) -> None:
    for row in connection.execute(select(view.words.c.pos, view.words.c.body)).all():
        search.change(connection, view, row.pos, None, row.body)
