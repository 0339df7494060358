"""How a site reaches its hub."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from dispatch.domain.errors import BadInput


def system_clock() -> int:
    """Return this machine's time in UTC milliseconds."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class HubLink:
    """The hub's address, what proves us to it, and what proves it to us.

    `url` is http(s)://host[:port]; `ca` a PEM file for https, None for the system's own list;
    `hub_key` the hub's public signing key, kept since enrolment; `now` the site's clock, a
    drill's where one is on.
    """

    url: str
    token: str = field(repr=False)
    hub_key: bytes
    ca: Path | None = None
    now: Callable[[], int] = system_clock


def checked_url(text: str) -> str:
    """Return a hub's address without its last slash; anything else is a BadInput.

    Without TLS only where nobody can listen: on this very machine.
    """
    url = text.strip().rstrip("/")
    if not url.startswith(("http://", "https://")) or len(url.split("/")) != 3:
        raise BadInput("--hub", f"“{text}”不是 http(s)://主机:端口")
    if url.startswith("http://") and not _here(url):
        raise BadInput("--hub", f"“{text}”没有加密：本机以外的市平台须用 https://")
    return url


def _here(url: str) -> bool:
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:  # a name, or brackets that do not close
        return False
