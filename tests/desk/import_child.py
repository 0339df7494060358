"""The process that is killed in the midst of an import.

`python -m tests.desk.import_child FOLDER FILE MAP` opens the seat in FOLDER, prints `ready`, then
takes the file in and prints how many rows were stored and how many were there.
"""

from __future__ import annotations

import sys
from pathlib import Path

from dispatch.desk.views_import import ImportOrder
from dispatch.wire.keys import Signer
from tests.desk.offices import PASSWORD, Hand, open_desk

KEY = b"\x07" * 32
"""The seat's, from one life of the process to the next."""


def main(folder: str, file: str, mapping: str) -> None:
    """Import as somebody at the seat."""
    desk = open_desk(Path(folder), Hand(), signer=Signer.of(KEY))
    desk.login("clerk1", PASSWORD).result()
    print("ready", flush=True)
    done = desk.import_incidents(Path(mapping), ImportOrder(Path(file))).result()
    desk.site.close()
    print(done.taken, done.known, done.rejected, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
