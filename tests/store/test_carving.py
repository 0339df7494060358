"""Events and keys are found in a file that SQLite cannot read, wherever they lie in it."""

from __future__ import annotations

import errno
import io
from contextlib import closing
from pathlib import Path

import pytest

from dispatch.store import carving
from dispatch.store.carving import Carver
from dispatch.store.schema import SECRET
from dispatch.store.site import DATABASE
from tests.builders import given_reported, given_site
from tests.store.ruin import with_a_bad_head

REPORTS = 12


@pytest.fixture
def ruined(tmp_path: Path) -> tuple[Carver, set[tuple[str, bytes]]]:
    """A store that SQLite cannot open, and the keys that it holds."""
    with closing(given_site(tmp_path, "A")) as store:
        for _ in range(REPORTS):
            given_reported(store)
        rows = store.read(lambda reader: reader.connection.execute(SECRET.select()).all()).result()
        public = store.identity.signer.public
    with_a_bad_head(tmp_path / DATABASE)
    return Carver(tmp_path, DATABASE, public), {(row.subject, row.key) for row in rows}


@pytest.mark.parametrize("block", [carving.BLOCK, 4099, 301])
def test_all_of_it_is_found_however_the_file_is_read(
    ruined: tuple[Carver, set[tuple[str, bytes]]], block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carving, "BLOCK", block)
    carver, keys = ruined

    assert REPORTS == len(carver.run())
    found = carver.keys()

    assert REPORTS == len(keys) == len(found)
    assert keys == {(each.subject, each.key) for each in found}


class BadDisk(io.FileIO):
    """A file of which one page cannot be read: what is before it comes, then an error."""

    def read(self, size: int | None = -1, /) -> bytes:
        place, bad = self.tell(), 2 * carving.PAGE
        if bad <= place < bad + carving.PAGE:
            raise OSError(errno.EIO, "Input/output error")
        wanted = size or 0
        return super().read(min(wanted, bad - place) if place < bad else wanted) or b""


@pytest.mark.parametrize("block", [carving.BLOCK, 5000])
def test_a_page_that_cannot_be_read_is_passed_over(
    tmp_path: Path, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carving, "BLOCK", block)
    whole = bytes(range(1, 251)) * 100
    (tmp_path / "file").write_bytes(whole)

    with BadDisk(tmp_path / "file", "r") as source:
        read = b"".join(carving._blocks(source))  # noqa: SLF001 - a disk fails beneath the door

    bad = slice(2 * carving.PAGE, 3 * carving.PAGE)
    assert bytes(carving.PAGE) == read[bad]
    assert (whole[: bad.start], whole[bad.stop :]) == (read[: bad.start], read[bad.stop :])
