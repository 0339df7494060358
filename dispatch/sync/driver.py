"""Requests as the exchange's hands: one connection a lane, explicit timeouts, no hidden retry."""

from __future__ import annotations

import threading
import time
from typing import Any, Final
from weakref import WeakSet

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError
from urllib3.util.retry import Retry

from dispatch.domain.errors import Offline
from dispatch.sync.link import HubLink
from dispatch.sync.ops import Answer, Ask

CONNECT_S: Final = 5.0
READ_S: Final = 20.0
MOST_BYTES: Final = 32 * 1024 * 1024
_PIECE: Final = 16 * 1024


class _Open:
    """The connections that are open now, so that a waiting one can be cut from outside."""

    def __init__(self) -> None:
        self._connections: WeakSet[HTTPConnection] = WeakSet()
        self._lock = threading.Lock()

    def add(self, connection: HTTPConnection) -> None:
        with self._lock:
            self._connections.add(connection)

    def cut(self) -> None:
        with self._lock:
            connections = list(self._connections)
        for connection in connections:
            sock = connection.sock
            if sock is None:
                continue
            try:
                # A close would not wake the thread that reads; a shutdown does.
                sock.shutdown(2)
            except OSError:
                continue


class _Adapter(HTTPAdapter):
    """An adapter that never tries again by itself and knows its connections."""

    def __init__(self, known: _Open) -> None:
        self._known = known
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=Retry(0, read=False))

    def init_poolmanager(self, *args: Any, **more: Any) -> None:  # Any: urllib3's own arguments
        super().init_poolmanager(*args, **more)
        known = self._known

        class Plain(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                known.add(self)

        class Secure(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                known.add(self)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}


class Line:
    """One lane's way to the hub. `cut` may be called from any thread, `ask` from one."""

    def __init__(self, link: HubLink) -> None:
        self._link = link
        self._open = _Open()
        self._ended = False
        self._session = requests.Session()
        # Proxies of the environment are not for a hub that is named by address.
        self._session.trust_env = False
        self._session.mount("http://", _Adapter(self._open))
        self._session.mount("https://", _Adapter(self._open))
        self._session.headers.update({"User-Agent": "zhiwang", "Accept-Encoding": "identity"})

    def cut(self) -> None:
        """End whatever is being asked now, for good."""
        self._ended = True
        self._open.cut()

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def ask(self, ask: Ask) -> Answer:
        """Do one request; everything that is no whole HTTP answer is Offline."""
        if self._ended:
            raise Offline("closed")
        headers = {"Authorization": f"Bearer {self._link.token}", **dict(ask.headers)}
        begin = time.monotonic()
        try:
            response = self._session.request(
                ask.method,
                self._link.url + ask.path,
                data=ask.body or None,
                headers=headers,
                timeout=(CONNECT_S, READ_S + ask.wait_s),
                stream=True,
                allow_redirects=False,
                verify=str(self._link.ca) if self._link.ca else True,
            )
            with response:
                body = _body(response, ask)
        except (requests.RequestException, HTTPError, OSError) as error:
            raise Offline(f"{ask.path}: {type(error).__name__}") from None
        took = int((time.monotonic() - begin) * 1000)
        told = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, body, told, self._link.now(), took)


def _body(response: requests.Response, ask: Ask) -> bytes:
    if ask.method == "HEAD":
        return b""
    return _as_far(response) if ask.cut and response.status_code == 206 else _whole(response)


def _as_far(response: requests.Response) -> bytes:
    """Return what came of a body before it was cut; nothing at all is the cut's own error."""
    come = bytearray()
    try:
        while piece := response.raw.read(_PIECE, decode_content=False):
            come += piece
            if len(come) > MOST_BYTES:
                raise Offline(f"回答超过 {MOST_BYTES} 字节")
    except (HTTPError, OSError):
        if not come:
            raise
    return bytes(come)


def _whole(response: requests.Response) -> bytes:
    """Return the body as it was sent; one that was cut or is too large is Offline."""
    body: bytes = response.raw.read(MOST_BYTES + 1, decode_content=False)
    if len(body) > MOST_BYTES:
        raise Offline(f"回答超过 {MOST_BYTES} 字节")
    said = response.headers.get("content-length", "")
    if said.isdigit() and int(said) != len(body):
        raise Offline("回答不完整")
    return body
