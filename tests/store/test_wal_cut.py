"""Fault 6: the power fails while SQLite writes its log; whatever was shown as saved is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatch.store import writer
from dispatch.store.site import DATABASE, SiteStore
from dispatch.store.verify import verify
from tests.builders import given_dispatched, given_reported, given_site

LOG = f"{DATABASE}-wal"


def _files(store: SiteStore) -> dict[str, bytes]:
    """Return what lies on the disk while the store is open: a copy of a machine that stops."""
    return {name: (store.folder / name).read_bytes() for name in (DATABASE, LOG)}


def _count(folder: Path, files: dict[str, bytes], log: bytes) -> int:
    """Put the files on another machine's disk, start there, work on; return the events found."""
    folder.mkdir(parents=True)
    (folder / DATABASE).write_bytes(files[DATABASE])
    (folder / LOG).write_bytes(log)
    store = given_site(folder, "A")
    found = store.read(lambda reader: reader.unsent().count).result()
    given_reported(store)
    store.close()
    proved = verify(folder)
    assert found + 1 == proved.events
    return found


@pytest.mark.parametrize("rest", ["cut", "zeros", "rubbish"])
def test_fault_6_a_log_cut_at_any_byte_has_all_that_was_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rest: str
) -> None:
    # Whoever rests would bring the log into the file, and there would be nothing to cut.
    monkeypatch.setattr(writer, "IDLE_S", 600.0)
    store = given_site(tmp_path / "a", "A")
    given_dispatched(store)
    shown = _files(store)
    given_dispatched(store)
    files = _files(store)
    store.close()
    synced, whole = len(shown[LOG]), len(files[LOG])
    assert (shown[DATABASE], shown[LOG]) == (files[DATABASE], files[LOG][:synced])

    found = set()
    step = max(1, (whole - synced) // 12 | 1)  # odd, so that it falls on no frame's seam for long
    for cut in (*range(synced, whole, step), whole):
        tail = whole - cut
        filler = {"cut": b"", "zeros": bytes(tail), "rubbish": b"\xa5" * tail}[rest]
        found.add(_count(tmp_path / f"{cut}" / "a", files, files[LOG][:cut] + filler))

    assert {3, 6} <= found <= {3, 4, 5, 6}, "three events were shown when the log was so long"
