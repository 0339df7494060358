"""A site's line to the hub: what the weather does to requests and to their answers."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from dispatch.domain.errors import Offline
from dispatch.drill.faults.centre import Centre, Reply
from dispatch.drill.faults.doors import TornAsk
from dispatch.drill.faults.timeline import Timeline
from dispatch.sync.driver import CONNECT_S, READ_S
from dispatch.sync.ops import Answer, Ask

FATES: Final = {
    "cut": "线路断开",
    "ask lost": "请求丢失",
    "answer lost": "应答丢失，中心已入库",
    "late": "请求和应答都迟到",
    "twice": "请求重复送达，后一份迟到",
    "short": "应答截断，线路说断了",
    "swallowed": "应答截断，线路说是完整的",
    "html": "代理回了 502 网页，请求没有送达",
    "html after": "代理回了 502 网页，请求已送达",
    "busy": "中心说忙，稍后再试",
    "stale": "代理给了上一次请求的应答，请求未必送达",
    "torn": "请求没有发完线路就断了",
    "garbled": "照片或快照在路上被改了一个字节",
}
"""What may happen to a request, by its name in a program."""

_HTML: Final = Answer(502, b"<html>Bad Gateway</html>", {"content-type": "text/html"}, 0, 0)
_BUSY: Final = Answer(
    429,
    b'{"code":"busy","detail":""}',
    {"content-type": "application/problem+json", "retry-after": "3"},
    0,
    0,
)


@dataclass(slots=True)
class Weather:
    """A fault of the line until a moment; `share` of the requests to `path` meet it.

    An empty path is all of them.
    """

    fate: str
    until: int
    share: float
    path: str
    random: random.Random = field(default_factory=random.Random)


class WireLine:
    """One site's line. Nothing it does is heard before its time."""

    def __init__(
        self, centre: Centre, timeline: Timeline, token: str, random_: random.Random
    ) -> None:
        self.centre = centre
        self._timeline = timeline
        self._token = token
        self._random = random_
        self.weather: list[Weather] = []
        self.behind: Callable[[], bool] = lambda: True
        """Whether the site has anything to send or to hear."""
        self._said: dict[str, Answer] = {}

    def send(self, ask: Ask, reply: Reply) -> None:
        """Send a request; `reply` is called once, some time later."""
        fate, draw = self._fate(ask.path)
        if fate:
            self.centre.met.add(fate, mattered=self.behind())
        going = self._random.randint(2, 30)
        if fate == "late":
            going += draw.randint(500, 15_000)
        give_up = int((READ_S + ask.wait_s) * 1000)
        match fate:
            case "cut":
                self._timeline.after(int(CONNECT_S * 1000), lambda: reply(Offline("断线")))
            case "ask lost":
                self._timeline.after(give_up, lambda: reply(Offline("没有应答")))
            case "html":
                self._timeline.after(going, lambda: reply(_HTML))
            case "busy":
                self._timeline.after(going, lambda: reply(_BUSY))
            case "stale" if ask.path in self._said and draw.random() < 0.5:
                before = self._said[ask.path]
                self._timeline.after(going, lambda: reply(before))
            case _:
                ask = _hurt(fate, ask, draw)
                back = self._back(fate, draw, self._kept(fate, ask, reply), give_up - going)
                self._timeline.after(going, lambda: self.centre.take(ask, self._token, back))
                if fate == "twice":
                    late = going + draw.randint(1, 40_000)
                    self._timeline.after(late, lambda: self.centre.take(ask, self._token, _unheard))

    def _fate(self, path: str) -> tuple[str, random.Random]:
        self.weather = [each for each in self.weather if each.until > self._timeline.now]
        for each in self.weather:
            if path.startswith(each.path) and each.random.random() < each.share:
                return each.fate, each.random
        return "", self._random

    def _kept(self, fate: str, ask: Ask, reply: Reply) -> Reply:
        """Remember what was answered on a path, and give it once more where the proxy does."""
        path = ask.path.partition("?")[0]

        def heard(found: Answer | Exception) -> None:
            if isinstance(found, Exception):
                reply(found)
                return
            before = self._said.get(path, found)
            self._said[path] = found
            reply(before if fate == "stale" else found)

        return heard

    def _back(self, fate: str, draw: random.Random, reply: Reply, give_up: int) -> Reply:
        """Return what is done with the hub's answer on its way back."""
        coming = self._random.randint(2, 30)
        part = draw.random()

        def back(found: Answer | Exception) -> None:
            if isinstance(found, Exception):
                self._timeline.after(coming, lambda: reply(found))
            elif fate == "answer lost":
                self._timeline.after(give_up, lambda: reply(Offline("没有应答")))
            elif fate == "html after":
                self._timeline.after(coming, lambda: reply(_HTML))
            elif fate in {"short", "torn"}:
                self._timeline.after(coming, lambda: reply(Offline("回答不完整")))
            elif fate == "swallowed":
                body = found.body[: int(len(found.body) * part)]
                cut = Answer(found.status, body, found.headers, 0, 0)
                self._timeline.after(coming, lambda: reply(cut))
            else:
                self._timeline.after(
                    coming + (draw.randint(0, 4_000) if fate == "late" else 0),
                    lambda: reply(_garbled(found, part) if fate == "garbled" else found),
                )

        return back


def _hurt(fate: str, ask: Ask, draw: random.Random) -> Ask:
    """Return the request as it arrives."""
    if fate == "torn":
        whole = (ask.method, ask.path, ask.body, ask.headers, ask.wait_s, ask.cut)
        return TornAsk(*whole, came=draw.randint(0, len(ask.body)))
    if fate == "garbled" and ask.body:
        return replace(ask, body=_altered(ask.body, draw.random()))
    return ask


def _garbled(found: Answer, part: float) -> Answer:
    """Return an answer that brings a file with one byte altered, any other as it is."""
    if found.status not in {200, 206} or not found.body:
        return found
    return Answer(found.status, _altered(found.body, part), found.headers, 0, 0)


def _altered(content: bytes, part: float) -> bytes:
    place = int(len(content) * part)
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def _unheard(_found: Answer | Exception) -> None:
    """A second answer to the same request: nobody listens any more."""


Send = Callable[[Ask, Reply], None]
