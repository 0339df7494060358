"""The process that is killed: acts, photos, pulled pages; prints an id once it is stored.

Run as `python -m tests.store.kill_child FOLDER PAGES [off]`; `off` is the seeded fault: SQLite
is told not to sync at all.
"""

from __future__ import annotations

import secrets
import sys
import threading
import time
from pathlib import Path

import msgspec

from dispatch.acts.perform import perform
from dispatch.store import engine
from dispatch.store.site import SiteStore
from dispatch.wire.protocol import TownPage
from tests.builders import NOON, PNG, TOWN, a_note, a_person, a_report, given_site

ACTS_A_SECOND = 20


def main(folder: str, pages: str, fault: str = "") -> None:
    """Act until somebody ends the process, or for one act when there is nothing to pull."""
    if fault == "off":
        engine.PRAGMAS[1] = "PRAGMA synchronous=OFF"
    store = given_site(Path(folder), "A")
    print("ready", flush=True)
    if pages == "-":
        act(store, 0)
        store.close()
        return
    threading.Thread(target=pull, args=(store, Path(pages)), daemon=True).start()
    for number in range(10_000):
        act(store, number)
        time.sleep(1 / ACTS_A_SECOND)


def act(store: SiteStore, number: int) -> None:
    """Report something with a photo, note something on it; print each id after its commit."""
    photo = store.photos.add(PNG + secrets.token_bytes(2000))
    report = a_report(text=f"第{number}件", photos=(photo,))
    for command in (report, a_note(report.incident, f"批注{number}")):
        done = store.write(lambda log, c=command: perform(log, c, a_person(), NOON))  # type: ignore[misc]
        for event in done.result():
            print(event.id, flush=True)


def pull(store: SiteStore, folder: Path) -> None:
    """Apply every page there is, from wherever the cursor stands, over and over."""
    for path in sorted(folder.iterdir()):
        page = msgspec.json.decode(path.read_bytes(), type=TownPage)
        store.apply_page(TOWN, page, lambda: time.sleep(0.01))


if __name__ == "__main__":
    main(*sys.argv[1:])
