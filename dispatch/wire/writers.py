"""The writers' table: whose key signs what; the hub signs it like any reference table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from dispatch.domain.errors import BadInput

NAME: Final = "writers"
KEY_BYTES: Final = 32


class _Writer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    inc: str
    pubkey: bytes


class _Writers(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    version: str
    town: str
    writers: tuple[_Writer, ...]


def write_writers(town: str, keys: Mapping[str, bytes]) -> str:
    """Return the table of a town: incarnation to public key."""
    rows = tuple(_Writer(inc, keys[inc]) for inc in sorted(keys))
    return msgspec.json.encode(_Writers(version=str(len(rows)), town=town, writers=rows)).decode()


def parse_writers(body: str, town: str) -> dict[str, bytes]:
    """Return incarnation to public key; another town's table is a BadInput."""
    try:
        table = msgspec.json.decode(body, type=_Writers)
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError) as error:
        raise BadInput(f"表 {NAME}", str(error)[:200]) from None
    if table.town != town:
        raise BadInput(f"表 {NAME}", f"是 {table.town} 的，不是 {town} 的")
    if any(len(each.pubkey) != KEY_BYTES for each in table.writers):
        raise BadInput(f"表 {NAME}", f"公钥不是 {KEY_BYTES} 字节")
    return {each.inc: each.pubkey for each in table.writers}
