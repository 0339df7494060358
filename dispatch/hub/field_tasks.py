"""The checks that a person in the field has to make: read from the town's events, words and all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import Connection, select

from dispatch.domain.bodies_town import Checked, RoundKind
from dispatch.domain.campaign import Task, fold_campaign, fold_task
from dispatch.domain.codes import Kind
from dispatch.domain.event import Event
from dispatch.hub.people import Bearer
from dispatch.hub.pulling import below
from dispatch.hub.reference import Reference
from dispatch.hub.schema import EVENT, SECRET, VISIBLE
from dispatch.wire.envelope import plaintext, read

MOST: Final = 500
"""Tasks in one answer at most, the newest."""
_PREFIX: Final = f"{Kind.CAMPAIGN.value}:"


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """One place to look at; `finding` is None while nobody has answered. CGCS2000 degrees."""

    no: str
    name: str = field(repr=False)
    lon: float | None
    lat: float | None
    finding: Checked | None
    answered_at: int | None


@dataclass(frozen=True, slots=True)
class FieldTask:
    """A grid's or a squad's part of a round that has not ended. Times UTC milliseconds.

    Before `sealed_until` by the hub's clock the text does not leave the hub.
    """

    campaign: str
    title: str = field(repr=False)
    text: str = field(repr=False)
    grid: str
    due: int
    places: tuple[FieldPlace, ...]
    kind: RoundKind = RoundKind.CHECK
    sealed_until: int | None = None


def tasks_of(
    connection: Connection, reference: Reference, bearer: Bearer, now: int
) -> tuple[FieldTask, ...]:
    """Return the tasks within a token's scope, the newest first. `now`: what is sealed yet."""
    nodes = below(reference.rules(connection).organisation, bearer.scope)
    query = (
        select(VISIBLE.c.subject)
        .where(VISIBLE.c.town == bearer.town, VISIBLE.c.node.in_(nodes))
        .where(VISIBLE.c.subject.startswith(_PREFIX), VISIBLE.c.until_seq.is_(None))
        .order_by(VISIBLE.c.since_seq.desc())
        .limit(MOST)
    )
    names = [name.removeprefix(_PREFIX) for name in connection.execute(query).scalars()]
    rounds = {name.partition(":")[0] for name in names}
    told = _Told(connection, bearer.town, [*names, *rounds])
    found = (told.task(name, now) for name in names)
    return tuple(each for each in found if each is not None)


class _Told:
    """The events of rounds and tasks with their words, read in two statements."""

    def __init__(self, connection: Connection, town: str, subjects: Iterable[str]) -> None:
        ids = sorted(set(subjects))
        events = (
            select(EVENT.c.subject, EVENT.c.bytes, EVENT.c.seq)
            .where(EVENT.c.town == town, EVENT.c.kind == Kind.CAMPAIGN.value)
            .where(EVENT.c.subject.in_(ids), EVENT.c.quarantined == "")
            .order_by(EVENT.c.seq)
        )
        keys = select(SECRET.c.subject, SECRET.c.key).where(
            SECRET.c.town == town, SECRET.c.subject.in_(ids)
        )
        self._keys: dict[str, list[bytes]] = {}
        for row in connection.execute(keys):
            self._keys.setdefault(row.subject, []).append(row.key)
        self._facts: dict[str, list[Event]] = {}
        self._words: dict[str, Mapping[str, str]] = {}
        for row in connection.execute(events):
            self._take(row)

    def _take(self, row: Any) -> None:  # Any: columns of the query above
        event = replace(read(row.bytes), seq=row.seq)
        self._facts.setdefault(row.subject, []).append(event)
        if event.sealed:
            found = (plaintext(row.bytes, key) for key in self._keys.get(row.subject, ()))
            self._words[event.hash] = next((each for each in found if each), {})

    def task(self, name: str, now: int) -> FieldTask | None:
        """Return one task; None once its round has ended, or while its order is not here."""
        campaign, _, grid = name.partition(":")
        round_ = fold_campaign(self._facts.get(campaign, ()))
        task = fold_task(self._facts.get(name, ()))
        order = round_.order
        if round_.issued is None or order is None or round_.ended:
            return None
        if task.issued is None or task.order is None:
            return None
        words = self._words.get(round_.issued.hash, {})
        sealed = order.sealed_until is not None and now < order.sealed_until
        return FieldTask(
            campaign=campaign,
            title=words.get("title", ""),
            text="" if sealed else words.get("text", ""),
            grid=grid,
            due=task.order.due,
            places=self._places(task, self._words.get(task.issued.hash, {})),
            kind=order.kind,
            sealed_until=order.sealed_until,
        )

    def _places(self, task: Task, names: Mapping[str, str]) -> tuple[FieldPlace, ...]:
        return tuple(
            FieldPlace(
                no=each.target.no,
                name=names.get(f"place:{each.target.no}", ""),
                lon=each.target.lon,
                lat=each.target.lat,
                finding=each.finding,
                answered_at=each.answer.at if each.answer else None,
            )
            for each in task.places
        )
