"""A site's settings, read once: `site.toml` and the key files beside it."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dispatch.domain.errors import BadInput
from dispatch.store.identity import SiteIdentity
from dispatch.wire.keys import Signer

FILE: Final = "site.toml"
KEY: Final = "writer.key"
TOKEN: Final = "hub.token"  # noqa: S105 - the name of a file
_TEXTS: Final = ("site", "town", "scope", "level", "letter", "hub", "inc", "hub_key")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a site is and whom it speaks to. `hub_key` is the hub's public key in hex."""

    folder: Path
    identity: SiteIdentity
    level: str
    hub: str
    hub_key: bytes
    token: str = field(repr=False)
    ca: str = ""


def read(folder: Path) -> Settings:
    """Read a site's folder; a missing or wrong file is a BadInput that names it."""
    path = folder / FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadInput(str(folder), f"没有 {FILE}，先用 site init 登记") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(str(path), str(error)) from None
    for name in _TEXTS:
        if not isinstance(table.get(name), str):
            raise BadInput(str(path), f"缺少 {name}")
    key = _secret(folder / KEY)
    identity = SiteIdentity(
        table["site"],
        table["town"],
        table["scope"],
        table["letter"],
        table["inc"],
        Signer.of(key),
    )
    token = _secret(folder / TOKEN).decode()
    hub_key = bytes.fromhex(table["hub_key"])
    ca = table.get("ca", "")
    return Settings(folder, identity, table["level"], table["hub"], hub_key, token, ca)


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
    new.replace(path)
