"""The writers' table: whose key signs what; the hub signs it like any reference table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from dispatch.domain.errors import BadInput
from dispatch.wire.ready import ready

NAME: Final = "writers"
KEY_BYTES: Final = 32


class Registered(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A writer and the site that it is of, as its certificate has it; the hub's own has none."""

    inc: str
    pubkey: bytes
    site: str = ""
    scope: str = ""
    level: str = ""
    letter: str = ""
    site_key: bytes = b""
    expires_at: int = 0


class _Writers(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    version: str
    town: str
    writers: tuple[Registered, ...]


ready(_Writers)


def write_writers(town: str, writers: Iterable[Registered]) -> str:
    """Return the table of a town."""
    rows = tuple(sorted(writers, key=lambda each: each.inc))
    return msgspec.json.encode(_Writers(version=str(len(rows)), town=town, writers=rows)).decode()


def parse_writers(body: str, town: str) -> dict[str, bytes]:
    """Return incarnation to public key; another town's table is a BadInput."""
    return {each.inc: each.pubkey for each in parse_register(body, town)}


def parse_register(body: str, town: str) -> tuple[Registered, ...]:
    """Return the rows of a table; another town's is a BadInput."""
    try:
        table = msgspec.json.decode(body, type=_Writers)
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError) as error:
        raise BadInput(f"表 {NAME}", str(error)[:200]) from None
    if table.town != town:
        raise BadInput(f"表 {NAME}", f"是 {table.town} 的，不是 {town} 的")
    if any(len(each.pubkey) != KEY_BYTES for each in table.writers):
        raise BadInput(f"表 {NAME}", f"公钥不是 {KEY_BYTES} 字节")
    return table.writers
