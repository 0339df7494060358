"""Hub processes over one PostgreSQL that share a listening socket, started as systemd would."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from console.hub import DATA, Tls
from console.hub_socket import listening
from dispatch.hub.hub import HubPlace

PATIENCE_S = 120
"""For a machine that is busy, not a promise."""


class Fleet:
    """Real processes behind one address."""

    def __init__(self, place: HubPlace, tls: Tls) -> None:
        self._place = place
        self._tls = tls
        self._door = listening("127.0.0.1:0")
        name = f"zw-{secrets.token_hex(8)}"
        self._told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._told.bind(f"\0{name}")
        self._told.settimeout(PATIENCE_S)
        self._environment = os.environ | {DATA: str(place.folder), "NOTIFY_SOCKET": f"@{name}"}
        self.url = f"https://127.0.0.1:{self._door.getsockname()[1]}"
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start one more process; it answers when this returns."""
        fd = self._door.fileno()
        words = ["hub", "serve", "--db", self._place.url, "--listen", f"fd:{fd}"]
        words += ["--tls-cert", str(self._tls.cert), "--tls-key", str(self._tls.key)]
        self.running.append(
            subprocess.Popen(
                [sys.executable, "-m", "console", *words],
                env=self._environment,
                pass_fds=(fd,),
                stdout=subprocess.DEVNULL,
            )
        )
        assert b"READY=1" == self._told.recv(64)

    def restart_each(self) -> Iterator[int]:
        """Restart one after the other: ended, waited for, begun anew; gives each one's exit code.

        Whoever iterates decides when the next one is due.
        """
        for _ in tuple(self.running):
            oldest = self.running.pop(0)
            oldest.send_signal(signal.SIGTERM)
            code = oldest.wait(PATIENCE_S)
            self.start()
            yield code

    def close(self) -> None:
        """End all."""
        for each in self.running:
            each.kill()
            each.wait()
        self._door.close()
        self._told.close()


@contextmanager
def fleet(place: HubPlace, tls: Tls, count: int = 2) -> Iterator[Fleet]:
    """Serve with so many processes until the block ends."""
    made = Fleet(place, tls)
    try:
        for _ in range(count):
            made.start()
        yield made
    finally:
        made.close()
