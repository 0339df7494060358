"""Figures for a monitoring system, in Prometheus' text format; codes and counts, no names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, func, select
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dispatch.hub.evidence import last_of
from dispatch.hub.folding import levels
from dispatch.hub.hub import Hub
from dispatch.hub.pool import Pool
from dispatch.hub.schema import HEAD, QUARANTINE
from dispatch.hub.seen import lines
from dispatch.wire.protocol import Verdict

TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_SECOND: Final = 1000


@dataclass(slots=True)
class Counted:
    """What one hub process has counted since its start; the event loop's own."""

    requests: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def judged(self, verdicts: Iterable[Verdict]) -> None:
        """Count the answers to a push, by their reason up to its colon."""
        for each in verdicts:
            self.verdicts[each.status, each.reason.partition(":")[0][:40]] += 1


class CountRequests:
    """Counts every answer by its status."""

    def __init__(self, app: ASGIApp, counted: Counted) -> None:
        self._app = app
        self._counted = counted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and look at the answer's first line."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def seen(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._counted.requests[str(message["status"])] += 1
            await send(message)

        await self._app(scope, receive, seen)


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric: its samples are label values by name, and a number."""

    name: str
    kind: str
    help: str
    samples: tuple[tuple[Mapping[str, str], float], ...]


def text_of(figures: Iterable[Figure]) -> str:
    """Return the text format: help, type, a line a sample."""
    return "".join(line + "\n" for figure in figures for line in _lines(figure))


def _lines(figure: Figure) -> Iterator[str]:
    yield f"# HELP {figure.name} {_escaped(figure.help, quotes=False)}"
    yield f"# TYPE {figure.name} {figure.kind}"
    for labels, value in figure.samples:
        told = ",".join(f'{name}="{_escaped(text)}"' for name, text in labels.items())
        yield f"{figure.name}{{{told}}} {value:.15g}" if told else f"{figure.name} {value:.15g}"


def _escaped(text: str, *, quotes: bool = True) -> str:
    text = text.replace("\\", "\\\\").replace("\n", "\\n")
    return text.replace('"', '\\"') if quotes else text


def process_figures(counted: Counted, pool: Pool) -> tuple[Figure, ...]:
    """Return what this process knows without the database; in the event loop."""
    requests = tuple(({"status": each}, n) for each, n in sorted(counted.requests.items()))
    verdicts = tuple(
        ({"status": status, "reason": reason}, count)
        for (status, reason), count in sorted(counted.verdicts.items())
    )
    return (
        Figure("zhiwang_requests_total", "counter", "Answers by status.", requests),
        Figure("zhiwang_verdicts_total", "counter", "Pushed events by verdict.", verdicts),
        _one("zhiwang_queue_length", "Database jobs that wait for a thread.", pool.waiting()),
        _one("zhiwang_queue_age_seconds", "Age of the oldest of them.", pool.oldest_s()),
    )


def _one(name: str, help_: str, value: float) -> Figure:
    return Figure(name, "gauge", help_, (({}, value),))


def figures_of(hub: Hub) -> tuple[Figure, ...]:
    """Return what the database knows, of one moment."""
    now = hub.office.clock()
    return hub.office.database.read(lambda c: (*_of_towns(c, now), *_of_sites(c, now)))


def _of_towns(connection: Connection, now: int) -> tuple[Figure, ...]:
    towns = connection.execute(select(HEAD.c.town).order_by(HEAD.c.town)).scalars().all()
    held_by = select(QUARANTINE.c.town, func.count()).group_by(QUARANTINE.c.town)
    held = {row[0]: row[1] for row in connection.execute(held_by)}
    marks = {town: levels(connection, town) for town in towns}
    signed = {town: last_of(connection, town) for town in towns}

    def by_town(name: str, help_: str, values: Mapping[str, float]) -> Figure:
        samples = tuple(({"town": town}, values[town]) for town in towns if town in values)
        return Figure(name, "gauge", help_, samples)

    return (
        by_town("zhiwang_town_seq", "Last number of a town.", {t: m[0] for t, m in marks.items()}),
        by_town(
            "zhiwang_fold_lag",
            "Numbered events that are not folded yet.",
            {town: head - folded for town, (head, folded) in marks.items()},
        ),
        by_town("zhiwang_quarantined", "Events in quarantine.", dict.fromkeys(towns, 0) | held),
        by_town(
            "zhiwang_checkpoint_age_seconds",
            "Since the last checkpoint was signed.",
            {t: max(0, now - each.at) / _SECOND for t, each in signed.items() if each},
        ),
        by_town(
            "zhiwang_checkpoint_lag",
            "Numbers above the last checkpoint.",
            {t: marks[t][0] - (each.seq if each else 0) for t, each in signed.items()},
        ),
    )


def _of_sites(connection: Connection, now: int) -> tuple[Figure, ...]:
    every = [each for each in lines(connection) if not each.revoked and each.contact is not None]

    def by_site(name: str, help_: str, values: Iterable[float | None]) -> Figure:
        samples = tuple(
            ({"town": each.town, "site": each.letter, "scope": each.scope}, value)
            for each, value in zip(every, values, strict=True)
            if value is not None
        )
        return Figure(name, "gauge", help_, samples)

    ages = [max(0, now - (each.contact or 0)) / _SECOND for each in every]
    offsets = [None if e.offset_ms is None else e.offset_ms / _SECOND for e in every]
    unsent = [each.unsent for each in every]
    return (
        by_site("zhiwang_site_contact_age_seconds", "Since a site was last heard of.", ages),
        by_site("zhiwang_site_cursor_lag", "Numbers yet to be read.", (e.lag for e in every)),
        by_site("zhiwang_site_unsent", "Made by the last session, not here.", unsent),
        by_site("zhiwang_site_clock_offset_seconds", "What the hub's clock is ahead.", offsets),
    )
