"""The socket that a hub serves: bound here, or given by whoever holds it for several processes."""

from __future__ import annotations

import os
import socket
from typing import Final

from dispatch.domain.errors import BadInput

GIVEN: Final = "fd:"
"""Begins the number of a listening socket that was inherited; systemd's first one is fd:3."""
_READY: Final = "NOTIFY_SOCKET"
_IDLE_S: Final = 60
_PROBES: Final = 3
_SILENT_MS: Final = 30_000


def listening(listen: str) -> socket.socket:
    """Return a listening socket for HOST:PORT (port 0: any that is free), or the one of fd:N.

    Several processes may hold one socket: each connection comes to one of them, and what waits
    to be taken while one ends is taken by another.
    """
    bound = _given(listen) if listen.startswith(GIVEN) else _bound(listen)
    _patience(bound)
    return bound


def _bound(listen: str) -> socket.socket:
    host, _, port = listen.rpartition(":")
    if not host or not (port.isascii() and port.isdigit() and len(port) <= 5 and int(port) < 65536):
        raise BadInput("--listen", f"“{listen}”不是 主机:端口，也不是 {GIVEN}编号")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends answers without delay (TCP_NODELAY) only where the protocol is named: else
    # Nagle's rule and the peer's delayed acknowledgement cost 40 ms a request.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host.strip("[]"), int(port)))
        # Whoever reads the printed address may connect before the server looks at it.
        bound.listen(1024)
    except OSError as error:
        bound.close()
        raise BadInput("--listen", f"{listen}: {error.strerror or error}") from None
    return bound


def _given(listen: str) -> socket.socket:
    number = listen.removeprefix(GIVEN)
    if not (number.isascii() and number.isdigit() and len(number) <= 4):
        raise BadInput("--listen", f"“{listen}”应为 {GIVEN}编号，如 {GIVEN}3")
    try:
        given = socket.socket(fileno=int(number))
    except OSError as error:
        raise BadInput("--listen", f"{listen}: {error.strerror or error}") from None
    tcp = given.family in {socket.AF_INET, socket.AF_INET6} and given.type == socket.SOCK_STREAM
    if not tcp or not given.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
        given.detach()  # whatever it is, it is not ours to close
        raise BadInput("--listen", f"{listen}: 不是正在监听的 TCP 套接字")
    return given


def _patience(bound: socket.socket) -> None:
    """Give up a line that is dead: what is accepted here inherits it, where the system can.

    Else an answer that nobody reads would stay in memory for a quarter of an hour.
    """
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (
        ("TCP_KEEPIDLE", _IDLE_S),
        ("TCP_KEEPINTVL", _IDLE_S // _PROBES),
        ("TCP_KEEPCNT", _PROBES),
        ("TCP_USER_TIMEOUT", _SILENT_MS),
    ):
        option = getattr(socket, name, None)
        if option is not None:
            bound.setsockopt(socket.IPPROTO_TCP, option, value)


def tell_ready() -> None:
    """Tell the service manager that requests are answered now (systemd's Type=notify).

    Nobody told where: nothing. One that cannot be told is passed over: it would end us by itself.
    """
    where = os.environ.get(_READY, "")
    if not where:
        return
    # A name that begins with @ stands in Linux's own space of names.
    address = f"\0{where[1:]}" if where.startswith("@") else where
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        try:
            line.sendto(b"READY=1", address)
        except OSError:
            return
