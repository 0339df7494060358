"""What SQLite finds broken or cannot read is damage; a broken search index is made anew."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dispatch.domain.errors import Damage
from dispatch.store.engine import in_words
from dispatch.store.mending import open_mended
from dispatch.store.reader import Reader
from dispatch.store.site import DATABASE
from dispatch.store.verify import verify
from tests.builders import given_reported, given_site

ENDLESS = (
    "69cb702e6947162ae68ab43567755c66c3cad4d782a09d28560ffd8ecfa4"
    "1a681728a5b3a15f0a1e206747b7de56f98678bca3f2e308f690"
)
BROKEN = (
    "randomblob(length(block)) WHERE id IN (1, 10)",
    "randomblob(length(block)) WHERE id > 10",
    # Lengths for which SQLite has no memory.
    f"x'{ENDLESS}' WHERE id = 10",
)


def _search(reader: Reader) -> int:
    asked = "SELECT rowid FROM search_a WHERE pairs MATCH ?"
    return len(reader.connection.exec_driver_sql(asked, ('"0"*',)).all())


def test_a_broken_search_index_is_damage(tmp_path: Path) -> None:
    with closing(given_site(tmp_path, "A")) as store:
        given_reported(store)
    with closing(sqlite3.connect(tmp_path / DATABASE)) as raw, raw:
        raw.execute("UPDATE search_a_data SET block = randomblob(length(block)) WHERE id > 10")

    with closing(given_site(tmp_path, "A")) as store, pytest.raises(Damage, match="malformed"):
        store.read(_search).result()


@pytest.mark.expects_log("search index a is damaged")
@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_search_index_keeps_nobody_from_reporting(tmp_path: Path, broken: str) -> None:
    """SQLite's own check says "ok" of it, and every report would fail for ever."""
    with closing(given_site(tmp_path, "A")) as store:
        identity = store.identity
        known = [given_reported(store) for _ in range(30)]
        row = store.read(lambda reader: reader.row(known[0])).result()
        assert row is not None
    with closing(sqlite3.connect(tmp_path / DATABASE)) as raw, raw:
        raw.execute(f"UPDATE search_a_data SET block = {broken}")
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "4711-dead").touch()

    with closing(open_mended(tmp_path, identity)) as store:
        known.append(given_reported(store))
        every = store.read(lambda reader: reader.search(row.text, 50)).result().ids
        named = store.read(lambda reader: reader.named(row.temp)).result()

    assert sorted(known) == sorted(every)
    assert (row.id,) == named
    verify(tmp_path)


@pytest.mark.parametrize("code", [sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_CORRUPT_INDEX])
def test_a_page_that_the_disk_cannot_read_is_damage(code: int) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = code

    with pytest.raises(Damage, match="disk I/O error"), in_words(Path(DATABASE)):
        raise error
