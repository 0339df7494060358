"""The hub's sites as a table: who was last heard of when, and what each has yet to send or read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from console.printing import harmless
from console.values import iso
from console.words import say

_MINUTE = 60_000


def table(sites: Any, now: int) -> Iterator[str]:  # Any: JSON values of `SiteLine`
    """Return the lines of a table, its columns aligned; nothing when there is no site."""
    if not sites:
        return
    head = (
        say("镇街", "town"),
        say("站点", "site"),
        say("范围", "scope"),
        say("名称", "name"),
        say("上次联系", "last contact"),
        say("待发", "unsent"),
        say("未读", "unread"),
        say("版本", "version"),
        say("钟差", "clock"),
        say("隔离", "held"),
        say("分叉", "forks"),
        say("检查点", "checkpoint"),
        say("状态", "state"),
    )
    rows = [head, *(_row(each, now) for each in sites)]
    widths = [max(_width(row[nth]) for row in rows) for nth in range(len(head))]
    for row in rows:
        cells = (text + " " * (wide - _width(text)) for text, wide in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _row(site: dict[str, Any], now: int) -> Sequence[str]:  # Any: JSON values of `SiteLine`
    offset = site["offset_ms"]
    return tuple(
        harmless(text)
        for text in (
            site["town"],
            site["letter"],
            site["scope"],
            site["name"],
            _contact(site["contact"], now),
            _count(site["unsent"]),
            _count(site["lag"]),
            site["version"] or "-",
            "-" if offset is None else f"{offset / 1000:+.1f}s",
            _count(site["quarantined"]),
            _count(site["forks"]),
            _ago(site["checkpoint_at"], now),
            _state(site, now),
        )
    )


def _contact(at: int | None, now: int) -> str:
    if at is None:
        return say("从未", "never")
    ago = max(0, now - at) // _MINUTE
    return say(f"{iso(at)}（{ago} 分钟前）", f"{iso(at)} ({ago} minutes ago)")


def _ago(at: int | None, now: int) -> str:
    if at is None:
        return "-"
    minutes = max(0, now - at) // _MINUTE
    return say(f"{minutes} 分钟前", f"{minutes} min ago")


def _count(count: int | None) -> str:
    return "-" if count is None else f"{count:,}"


def _state(site: dict[str, Any], now: int) -> str:  # Any: JSON values of `SiteLine`
    if site["revoked"]:
        return say("已撤销", "revoked")
    if site["expires_at"] <= now:
        return say("证书到期", "expired")
    return say("有效", "valid")


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes: a hanzi takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
