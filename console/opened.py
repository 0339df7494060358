"""A desk for one command: the site opened, the person's session taken up, all closed after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from console import sites
from console.clock import clock
from dispatch.desk.desk import Desk


@contextmanager
def opened(folder: Path, name: str | None = None) -> Iterator[Desk]:
    """Open a site's desk; with `name`, in that person's open session.

    Whoever acts gets a damaged store mended first; whoever only looks is told of the damage.
    """
    with sites.open_site(folder, mend=name is not None) as site:
        desk = Desk(site, clock())
        if name is not None:
            desk.resume(name)
        yield desk
