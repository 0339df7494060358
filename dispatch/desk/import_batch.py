"""A batch of imported rows on their way into the log: named, placed, decided, stored together."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from dispatch.acts.perform import perform
from dispatch.desk.reference import Reference
from dispatch.desk.towns import stand
from dispatch.domain.calendar import instant
from dispatch.domain.codes import Priority, Source
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput, Refused, ZhiwangError
from dispatch.domain.rules import Actor
from dispatch.files.calls import Call
from dispatch.files.mapping import Key
from dispatch.files.rows import Reject
from dispatch.files.seen_keys import SeenKeys, content_of, key_of
from dispatch.geo.affine import Affine
from dispatch.geo.area import Point
from dispatch.store.site import SiteStore
from dispatch.store.site_log import SiteLog

NAMES: Final = uuid.UUID("6f1c6a52-2f0b-5d0a-9b64-3d2a5f6f0a31")
"""The space of names of imported incidents: one key of one town is one incident for ever."""


@dataclass(frozen=True, slots=True)
class Here:
    """Where the incidents come in, and by whom; `now` gives UTC milliseconds."""

    site: SiteStore
    tables: Reference
    actor: Actor
    now: Callable[[], int]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A row that has a name and a place; `command` makes its report of a temporary number."""

    call: Call
    id: str
    command: partial[Command] = field(repr=False)


@dataclass(slots=True)
class Stored:
    """What came of some rows: how many were new, how many known, and those not taken."""

    taken: int = 0
    known: int = 0
    refused: list[Reject] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many rows that is."""
        return self.taken + self.known + len(self.refused)


class Naming:
    """Turns the calls of a file into rows that can be stored, batch by batch, in one thread."""

    def __init__(self, tables: Reference, key: Key, affine: Affine | None, seen: SeenKeys) -> None:
        self._tables = tables
        self._key = key
        self._affine = affine
        self._seen = seen

    def rows(self, calls: list[Call]) -> tuple[list[Incoming], Stored]:
        """Return the rows to store, and what has been settled without: said before, refused."""
        settled = Stored()
        named: list[tuple[Call, str, Point]] = []
        for call in calls:
            try:
                id_ = self._id(call)
                if id_ is None:
                    settled.known += 1
                else:
                    named.append((call, id_, self._spot(call)))
            except BadInput as error:
                settled.refused.append(_reject(call, error.what))
        rows: list[Incoming] = []
        for (call, id_, point), grid in zip(named, self._grids(named), strict=True):
            try:
                rows.append(Incoming(call, id_, _command(call, id_, point, grid)))
            except BadInput as error:
                settled.refused.append(_reject(call, error.what))
        return rows, settled

    def _id(self, call: Call) -> str | None:
        """Return the incident's name; None for a row that says again what one before it said."""
        key = key_of(call.row, self._key)
        if key is None:
            raise BadInput("key", f"{'、'.join(self._key.columns)} 是空的")
        before = self._seen.earlier(key, call.line, content_of(call.row))
        if before is not None:
            line, same = before
            if not same:
                raise BadInput("key", f"与第 {line} 行的键相同，内容不同")
            return None
        return str(uuid.uuid5(NAMES, f"{self._tables.town}/{key.hex()}"))

    def _spot(self, call: Call) -> Point:
        if call.point is not None:
            return self._affine(call.point) if self._affine is not None else call.point
        node = call.fields.get("grid") or call.fields.get("village") or ""
        point = self._tables.places.get(node)
        if point is None:
            raise BadInput("place", f"没有坐标，{node or '网格'} 的位置也不知道")
        return point

    def _grids(self, named: list[tuple[Call, str, Point]]) -> list[str | None]:
        """Return the grid of each row: the one it names, none beside a village, or by its point."""
        grids = [call.fields.get("grid") or None for call, _, _ in named]
        asked = [
            at
            for at, (call, _, _) in enumerate(named)
            if grids[at] is None and not call.fields.get("village")
        ]
        found = self._tables.grids_at([named[at][2] for at in asked]) if asked else []
        for at, grid in zip(asked, found, strict=True):
            grids[at] = grid
        return grids


def _command(call: Call, id_: str, point: Point, grid: str | None) -> partial[Command]:
    fields = call.fields
    lon, lat = point
    village = fields.get("village") or None
    if grid is None and village is None:
        raise BadInput("place", f"点 {lon},{lat} 不在本镇任何网格内")
    return partial(
        Command,
        verb=Verb.REPORT,
        incident=id_,
        item=call.item,
        source=Source(call.source),
        priority=_priority(fields.get("priority", "")),
        lon=lon,
        lat=lat,
        grid=grid,
        village=village,
        place=fields.get("place", ""),
        reporter=fields.get("reporter", ""),
        phone=fields.get("phone", ""),
        text=call.text,
        found_at=instant(call.at) if call.at is not None else None,
    )


class _Undone(ZhiwangError):
    """Ends a dry run's transaction, so that all of it is undone."""

    def __init__(self, stored: Stored) -> None:
        self.stored = stored
        super().__init__("dry run")


def store(here: Here, rows: list[Incoming], *, dry: bool) -> Stored:
    """Store rows in one transaction behind operators' acts; waits for the disk.

    It ends early, whole as far as it got, as soon as an operator's act waits for the writer: the
    `done` rows are settled, the rest is to be given again. A refused row takes no other with it.
    """

    def job(log: SiteLog) -> Stored:
        log.look_up([each.id for each in rows])
        stored = Stored()
        for each in rows:
            if stored.done and here.site.awaited():
                break
            _store_one(log, each, here, stored)
        if dry:
            raise _Undone(stored)
        return stored

    try:
        return here.site.write(job, 5).result()
    except _Undone as undone:
        return undone.stored


def _store_one(log: SiteLog, row: Incoming, here: Here, stored: Stored) -> None:
    if log.incident(row.id) is not None:
        stored.known += 1
        return
    try:
        perform(log, stand(log, row.command(temp=log.temp_number())), here.actor, here.now())
        stored.taken += 1
    except BadInput as error:
        stored.refused.append(_reject(row.call, error.what))
    except Refused as error:
        stored.refused.append(_reject(row.call, _worded(error)))


def _reject(call: Call, reason: str) -> Reject:
    return Reject(call.line, reason, tuple(call.row.values()))


def _priority(text: str) -> Priority | None:
    if not text:
        return None
    if text not in set(Priority):
        raise BadInput("priority", f"优先级“{text[:20]}”不是 P1、P2、P3")
    return Priority(text)


def _worded(refused: Refused) -> str:
    if refused.code == "out_of_scope":
        return f"{refused.facts.get('village', '')} 不在 {refused.facts.get('node', '')} 的范围内"
    return f"规则不允许：{refused}"
