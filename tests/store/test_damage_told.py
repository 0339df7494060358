"""What SQLite finds broken or cannot read is damage, whatever it calls it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dispatch.domain.errors import Damage
from dispatch.store.engine import in_words
from dispatch.store.reader import Reader
from dispatch.store.site import DATABASE
from tests.builders import given_reported, given_site


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


@pytest.mark.parametrize("code", [sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_CORRUPT_INDEX])
def test_a_page_that_the_disk_cannot_read_is_damage(code: int) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = code

    with pytest.raises(Damage, match="disk I/O error"), in_words(Path(DATABASE)):
        raise error
