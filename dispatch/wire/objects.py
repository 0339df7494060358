"""Managed objects (houses, shops, firms) on their way from the hub: changed rows, gone codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import msgspec

from dispatch.domain.errors import BadInput
from dispatch.wire.ready import ready

NAME: Final = "objects"
"""The table's name: it goes by row delta, not whole."""


@dataclass(frozen=True, slots=True)
class ManagedObject:
    """A place that is looked after: CGCS2000 degrees, None where only the grid is known.

    `due_on` is a day on which it is to be looked at (YYYY-MM-DD), "" where it is on no cycle;
    `every_days`: every so many natural days from then on, None: on that day alone.
    """

    code: str
    kind: str
    name: str
    grid: str
    address: str = ""
    person: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    lon: float | None = None
    lat: float | None = None
    every_days: int | None = None
    due_on: str = ""


class Delta(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A town's rows after revision `since`, in order, up to and with `next`.

    `anew`: the site's `since` is unknown here; it drops what it has and begins with these.
    `gone`: codes that are no more, or no longer in the site's scope.
    """

    version: str
    town: str
    since: int
    next: int
    more: bool
    anew: bool = False
    rows: tuple[ManagedObject, ...] = ()
    gone: tuple[str, ...] = ()


ready(Delta)


def write_delta(delta: Delta) -> str:
    """Return the JSON text that the hub signs."""
    return msgspec.json.encode(delta).decode()


def parse_delta(body: str) -> Delta:
    """Read it; anything else is a BadInput."""
    try:
        return msgspec.json.decode(body, type=Delta)
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError, ValueError) as error:
        raise BadInput(f"表 {NAME}", str(error)[:200]) from None


def write_row(row: ManagedObject) -> str:
    """Return one object as JSON text."""
    return msgspec.json.encode(row).decode()


def parse_row(text: str) -> ManagedObject:
    """Read one object as `write_row` wrote it."""
    return msgspec.json.decode(text, type=ManagedObject)
