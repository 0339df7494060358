"""A site's settings, read once: `site.toml` and the key files beside it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dispatch.domain.errors import BadInput
from dispatch.files.toml_table import read_document
from dispatch.store.identity import SiteIdentity
from dispatch.store.in_place import put_in_place
from dispatch.wire.keys import Signer

FILE: Final = "site.toml"
KEY: Final = "writer.key"
TOKEN: Final = "hub.token"  # noqa: S105 - the name of a file
KEY_BYTES: Final = 32
_CODE: Final = r"[^\s\x00-\x1f]{1,80}"
_TEXTS: Final = {
    "site": _CODE,
    "town": _CODE,
    "scope": _CODE,
    "level": r"[a-z]{1,20}",
    "letter": r"[A-Z]{1,8}",
    "hub": r"https?://[^/\s]{1,200}",
    "inc": r"[0-9A-Za-z-]{1,64}",
    "hub_key": r"[0-9a-f]{64}",
    "ca": r"[^\x00]*",
    "relay": r"(https://[^/\s]{1,200})?",
    "relay_ca": r"[^\x00]*",
}
_OPTIONAL: Final = frozenset({"ca", "relay", "relay_ca"})
"""What the settings must be like; a wrong one found here costs a line, later a shift."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a site is and whom it speaks to. `hub_key` is the hub's public key in hex.

    `relay`: the address of the room's relay, empty without one.
    """

    folder: Path
    identity: SiteIdentity
    level: str
    hub: str
    hub_key: bytes
    token: str = field(repr=False)
    ca: str = ""
    relay: str = ""
    relay_ca: str = ""


def read(folder: Path) -> Settings:
    """Read a site's folder; a missing or wrong file is a BadInput that names it."""
    path = folder / FILE
    if not path.exists():
        raise BadInput(str(folder), f"没有 {FILE}，先用 site init 登记")
    try:
        table = read_document(path)
    except BadInput as bad:
        raise BadInput(str(path), bad.what) from None
    for name, shape in _TEXTS.items():
        given = table.get(name, "" if name in _OPTIONAL else None)
        if not isinstance(given, str):
            raise BadInput(str(path), f"缺少 {name}，或不是文本")
        if not re.fullmatch(shape, given):
            raise BadInput(str(path), f"{name} 的值“{' '.join(given[:60].split())}”不对")
    key = _secret(folder / KEY)
    if len(key) != KEY_BYTES:
        raise BadInput(str(folder / KEY), f"{len(key)} 字节，应为 {KEY_BYTES}")
    identity = SiteIdentity(
        table["site"],
        table["town"],
        table["scope"],
        table["letter"],
        table["inc"],
        Signer.of(key),
    )
    token = _secret(folder / TOKEN).decode("ascii", "replace")
    if not token.isascii() or not token.isprintable() or not token:
        raise BadInput(str(folder / TOKEN), "不是令牌")
    hub_key = bytes.fromhex(table["hub_key"])
    ca, relay, relay_ca = (table.get(name, "") for name in ("ca", "relay", "relay_ca"))
    level, hub = table["level"], table["hub"]
    return Settings(folder, identity, level, hub, hub_key, token, ca, relay, relay_ca)


def write(settings: Settings) -> None:
    """Write a new site's folder: secrets first, `site.toml` last, so that half is nothing."""
    folder, identity = settings.folder, settings.identity
    folder.mkdir(parents=True, exist_ok=True)
    _keep(folder / KEY, identity.signer.private)
    _keep(folder / TOKEN, settings.token.encode())
    values = {
        "site": identity.site,
        "town": identity.town,
        "scope": identity.scope,
        "level": settings.level,
        "letter": identity.letter,
        "hub": settings.hub,
        "inc": identity.inc,
        "hub_key": settings.hub_key.hex(),
        "ca": settings.ca,
        "relay": settings.relay,
        "relay_ca": settings.relay_ca,
    }
    lines = [f"{name} = {_quoted(value)}" for name, value in values.items()]
    _keep(folder / FILE, ("\n".join(lines) + "\n").encode())


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _secret(path: Path) -> bytes:
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise BadInput(str(path), "别人可读，须为 0600")
        return path.read_bytes()
    except OSError as error:
        raise BadInput(str(path), error.strerror or str(error)) from None


def _keep(path: Path, raw: bytes) -> None:
    new = path.with_name(path.name + ".new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    put_in_place(new, path)
