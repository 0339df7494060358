"""What SIGKILL cannot show: the disk has the event before its id is printed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import given_site

PRINT = "write(1<"
UUID = re.compile(r'"([0-9a-f]{8}-[0-9a-f-]{27})(?:\\n)?"')


def can_trace() -> bool:
    """Return whether strace is here and may trace a child."""
    strace = shutil.which("strace")
    if strace is None:
        return False
    tried = subprocess.run([strace, "-f", "-o", "/dev/null", "true"], capture_output=True)  # noqa: PLW1510 - its code is the answer
    return tried.returncode == 0


needs_trace = pytest.mark.skipif(not can_trace(), reason="strace is missing or may not trace here")


def trace(folder: Path, *fault: str) -> list[str]:
    """Run two acts under strace; return the calls that write, sync and name files, in order."""
    given_site(folder, "A").close()
    log = folder.parent / "trace.txt"
    calls = "trace=write,pwrite64,pwritev,fsync,fdatasync,rename,renameat,renameat2"
    subprocess.run(
        [
            *("strace", "-f", "-y", "-s", "80", "-e", calls, "-o", str(log)),
            *(sys.executable, "-m", "tests.store.kill_child", str(folder), "-", *fault),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return joined(log.read_text(encoding="utf-8", errors="replace").splitlines())


def joined(lines: list[str]) -> list[str]:
    """Put calls that another thread interrupted back into one line.

    At the place of their end, but what is printed at that of its beginning: the strict side.
    """
    begun: dict[str, str] = {}
    done: list[str] = []
    for line in lines:
        thread, _, call = line.partition(" ")
        call = call.strip()
        if call.endswith("<unfinished ...>"):
            begun[thread] = call.removesuffix("<unfinished ...>")
            if call.startswith(PRINT):
                done.append(begun.pop(thread))
        elif "resumed>" in call:
            if thread in begun:
                done.append(begun.pop(thread) + call.partition("resumed>")[2])
        else:
            done.append(call)
    return done


def unsynced(calls: list[str]) -> list[str]:
    """Return the ids that were printed while the WAL or a photo still had unsynced bytes."""
    dirty: set[str] = set()
    early: list[str] = []
    for call in calls:
        name = call.partition("(")[0]
        path = call.partition("<")[2].partition(">")[0]
        printed = UUID.search(call) if call.startswith(PRINT) else None
        if printed and dirty:
            early.append(printed.group(1))
        elif name in {"pwrite64", "pwritev", "write"} and is_kept(path):
            dirty.add(path)
        elif name in {"fsync", "fdatasync"}:
            dirty.discard(path)
    return early


def is_kept(path: str) -> bool:
    return path.endswith("-wal") or "/photos/" in path


def printed_ids(calls: list[str]) -> list[str]:
    printed = (UUID.search(call) for call in calls if call.startswith(PRINT))
    return [found.group(1) for found in printed if found]


@needs_trace
def test_wal_and_photo_are_synced_before_the_id_is_printed(tmp_path: Path) -> None:
    calls = trace(tmp_path / "a")

    assert 2 == len(printed_ids(calls))
    assert [] == unsynced(calls)
    wal = [call for call in calls if re.match(r"f(data)?sync\(.*-wal>", call)]
    assert len(wal) >= 2, "one for each act"
    photo = [call for call in calls if re.match(r"f(data)?sync\(.*/photos/", call)]
    assert len(photo) >= 2, "the file, then its folder"


@needs_trace
def test_a_store_that_does_not_sync_is_caught_by_the_same_check(tmp_path: Path) -> None:
    calls = trace(tmp_path / "a", "off")

    assert printed_ids(calls) == unsynced(calls)
    assert 2 == len(unsynced(calls))
