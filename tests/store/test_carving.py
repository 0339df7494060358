"""Events and keys are found in a file that SQLite cannot read, wherever they lie in it."""

from __future__ import annotations

import errno
import hashlib
import io
from contextlib import closing
from pathlib import Path

import pytest

from dispatch.store import carving
from dispatch.store.carving import Carver
from dispatch.store.schema import SECRET
from dispatch.store.site import DATABASE
from dispatch.wire.keys import Signer, signed_by
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


def signatures(folder: Path, ruined: int) -> tuple[set[str], list[bytes]]:
    """Fill a store and ruin its first signatures; return what is whole, and all digests."""
    with closing(given_site(folder, "A")) as store:
        for _ in range(REPORTS):
            given_reported(store)
        rows = store.write(
            lambda log: log.connection.exec_driver_sql("SELECT raw, sig FROM event").fetchall()
        ).result()
    path = folder / DATABASE
    whole = path.read_bytes()
    for _, sig in rows[:ruined]:
        assert 1 == whole.count(sig)
        whole = whole.replace(sig, bytes(len(sig)))
    path.write_bytes(whole)
    digests = [hashlib.sha256(raw).digest() for raw, _ in rows]
    return {each.hex() for each in digests[ruined:]}, digests


@pytest.mark.parametrize("readable", [True, False])
def test_ruined_signatures_before_them_hide_no_event(tmp_path: Path, *, readable: bool) -> None:
    whole, _ = signatures(tmp_path, 8)
    signer = given_site(tmp_path, "A")
    signer.close()
    if not readable:
        with_a_bad_head(tmp_path / DATABASE)

    found = Carver(tmp_path, DATABASE, signer.identity.signer.public).run()

    assert whole == {each.hash for each in found}


def test_a_writer_that_was_doubted_and_proves_to_be_us_is_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the last event is looked at after two doubts: with it all the others are found."""
    whole, digests = signatures(tmp_path, 5)
    monkeypatch.setattr(carving, "_DOUBTS", 2)
    monkeypatch.setattr(carving, "_ONE_IN", max(2, digests[-1][0]))
    signer = given_site(tmp_path, "A")
    signer.close()

    found = Carver(tmp_path, DATABASE, signer.identity.signer.public).run()

    assert whole == {each.hash for each in found}


def test_what_others_wrote_costs_no_more_than_its_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, digests = signatures(tmp_path, 0)
    asked: list[bytes] = []

    def counted(public: bytes, digest: bytes, sig: bytes) -> bool:
        asked.append(digest)
        return signed_by(public, digest, sig)

    monkeypatch.setattr(carving, "signed_by", counted)
    monkeypatch.setattr(carving, "_DOUBTS", 3)
    monkeypatch.setattr(carving, "_ONE_IN", 257)

    assert () == Carver(tmp_path, DATABASE, Signer.new().public).run()

    assert 3 <= len(asked) <= 3 + sum(each[0] == 0 for each in digests)
    assert len(set(asked)) == len(asked), "read by SQL and found in the file: looked at once"


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
