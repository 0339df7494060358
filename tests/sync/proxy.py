"""A TCP proxy that cuts, swallows, garbles and answers for somebody else."""

from __future__ import annotations

import socket
import threading
from dataclasses import dataclass, field

_HTML = (
    b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\n"
    b"Content-Length: 20\r\nConnection: close\r\n\r\n<html>no hub</html>\n"
)


@dataclass(slots=True)
class Mood:
    """How the proxy treats connections made from now on.

    `cut_after` bytes of answers; `swallow`: takes requests and never answers; `html`: a
    gateway's own page; `garble`: flips one bit of each answer's last byte; `refuse`: closes.
    """

    cut_after: int | None = None
    swallow: bool = False
    html: bool = False
    garble: bool = False
    refuse: bool = False


@dataclass(slots=True)
class Proxy:
    """Stands before a hub on loopback; `mood` may be changed at any time."""

    target: int
    mood: Mood = field(default_factory=Mood)
    _listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    _threads: list[threading.Thread] = field(default_factory=list)
    _open: list[socket.socket] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._start(self._accept)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def cut(self) -> None:
        """Cut every connection that is open."""
        for each in self._open:
            _shut(each)

    def close(self) -> None:
        """End it and its threads."""
        _shut(self._listener)
        self._listener.close()
        self.cut()
        for thread in self._threads:
            thread.join()
        for each in self._open:
            each.close()

    def _start(self, job: object, *args: object) -> None:
        thread = threading.Thread(target=job, args=args)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(client)
            mood = self.mood
            if mood.refuse:
                _shut(client)
                continue
            if mood.html:
                client.recv(65536)
                client.sendall(_HTML)
                _shut(client)
                continue
            server = socket.create_connection(("127.0.0.1", self.target))
            self._open.append(server)
            self._start(self._carry, client, server, Mood())
            self._start(self._carry, server, client, mood)

    def _carry(self, source: socket.socket, sink: socket.socket, mood: Mood) -> None:
        left = mood.cut_after
        try:
            while data := source.recv(65536):
                if mood.swallow:
                    continue
                if left is not None:
                    data, left = data[:left], left - len(data)
                if mood.garble and data:
                    data = data[:-1] + bytes([data[-1] ^ 1])
                sink.sendall(data)
                if left is not None and left <= 0:
                    break
        except OSError:
            pass
        _shut(source)
        _shut(sink)


def _shut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
