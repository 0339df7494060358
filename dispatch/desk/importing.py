"""Incidents from somebody's file: each row is a report under a name that its key gives."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from dispatch.acts.perform import perform
from dispatch.desk.reference import Reference
from dispatch.desk.views_import import (
    KEPT_REJECTS,
    ImportOrder,
    ImportProgress,
    ImportResult,
    RejectedRow,
)
from dispatch.domain.calendar import instant
from dispatch.domain.codes import Priority, Source
from dispatch.domain.command import Command, Verb
from dispatch.domain.errors import BadInput, Refused, ZhiwangError
from dispatch.domain.rules import Actor
from dispatch.files.calls import Call, batches
from dispatch.files.mapping import IncidentMapping
from dispatch.files.opening import open_table
from dispatch.files.reject_file import RejectFile
from dispatch.files.rows import Meter, Reject, RowFile
from dispatch.files.seen_keys import SeenKeys, content_of, key_of
from dispatch.geo.affine import Affine, Box, laid
from dispatch.geo.area import Point
from dispatch.geo.crs import to_cgcs2000
from dispatch.store.site import SiteStore
from dispatch.store.site_log import SiteLog

NAMES: Final = uuid.UUID("6f1c6a52-2f0b-5d0a-9b64-3d2a5f6f0a31")
"""The space of names of imported incidents: one key of one town is one incident for ever."""
SAMPLE: Final = 50_000
"""Places of a foreign region that its box is worked out from."""
_REST_S: Final = 0.005
"""Between two batches, so that a window beside it goes on smoothly."""


@dataclass(frozen=True, slots=True)
class Here:
    """Where the incidents come in, and by whom; `now` gives UTC milliseconds."""

    site: SiteStore
    tables: Reference
    actor: Actor
    now: Callable[[], int]


def bring_in(here: Here, mapping: IncidentMapping, order: ImportOrder) -> ImportResult:
    """Read the whole file once, then store its rows, at most a batch in one transaction.

    The first reading finds whatever makes the file unusable: BadInput, and nothing is stored.
    Waits for the disk, so not for the GUI's thread.
    """
    table = open_table(order.path, mapping.form)
    table.demand(sorted(mapping.columns))
    if order.rejects is None:
        return _Import(here, mapping, order).run(table)
    with RejectFile(order.rejects, table.header) as file:

        def write(row: RejectedRow) -> None:
            file.add(Reject(row.line, row.reason, row.cells))
            order.on_reject(row)

        return _Import(here, mapping, replace(order, on_reject=write)).run(table)


@dataclass(slots=True)
class _Counts:
    taken: int = 0
    known: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class _Stored:
    taken: int
    known: int
    refused: list[Reject]


class _Undone(ZhiwangError):
    """Ends a dry run's transaction, so that all of it is undone."""

    def __init__(self, stored: _Stored) -> None:
        self.stored = stored
        super().__init__("dry run")


class _Import:
    """One run; everything in it belongs to its thread but the jobs it gives the writer."""

    def __init__(self, here: Here, mapping: IncidentMapping, order: ImportOrder) -> None:
        self._here = here
        self._mapping = mapping
        self._order = order
        self._counts = _Counts()
        self._rejects: list[RejectedRow] = []

    def run(self, table: RowFile) -> ImportResult:
        order = self._order
        convert = to_cgcs2000(self._mapping.spots.crs)
        affine = self._look_through(table)
        meter = Meter()
        with SeenKeys() as seen:
            for calls, rejects in batches(table.read(meter), self._mapping, convert):
                if order.stop.wished.is_set():
                    break
                for reject in rejects:
                    self._refuse(reject)
                commands = self._commands(calls, affine, seen)
                if commands:
                    self._store(commands)
                    time.sleep(_REST_S)
                self._tell("store", meter)
        counts = self._counts
        return ImportResult(
            *(counts.taken, counts.known, counts.rejected),
            header=table.header,
            rejects=tuple(self._rejects),
            cancelled=order.stop.wished.is_set(),
        )

    def _look_through(self, table: RowFile) -> Affine | None:
        """Read all of the file; return how its region is laid on the town, None where it is not."""
        mapping, meter = self._mapping, Meter()
        fit, points = mapping.spots.fit, _Sample()
        convert = to_cgcs2000(mapping.spots.crs)
        for number, (calls, _) in enumerate(batches(table.read(meter), mapping, convert)):
            if self._order.stop.wished.is_set():
                return None
            if fit is not None:
                points.add(each.point for each in calls if each.point is not None)
            if number % 25 == 0:
                self._tell("check", meter)
        if fit is None:
            return None
        if not points.kept:
            raise BadInput(self._order.path.name, "没有一行可用")
        return laid(points.kept, fit, _box(self._here.tables))

    def _tell(self, stage: str, meter: Meter) -> None:
        counts = self._counts
        done = ImportProgress(
            "store" if stage == "store" else "check",
            *(meter.part, counts.taken, counts.known, counts.rejected),
        )
        self._order.on_progress(done)

    def _refuse(self, reject: Reject) -> None:
        self._counts.rejected += 1
        row = RejectedRow(reject.line, reject.reason, reject.cells)
        if len(self._rejects) < KEPT_REJECTS:
            self._rejects.append(row)
        self._order.on_reject(row)

    def _commands(
        self, calls: list[Call], affine: Affine | None, seen: SeenKeys
    ) -> list[tuple[Call, Command]]:
        found = []
        for call in calls:
            try:
                id_ = self._id(call, seen)
                if id_ is not None:
                    found.append((call, self._command(id_, call, affine)))
            except BadInput as error:
                self._refuse(_reject(call, error.what))
        return found

    def _id(self, call: Call, seen: SeenKeys) -> str | None:
        """Return the incident's name; None for a row that says again what one before it said."""
        key = key_of(call.row, self._mapping.key)
        if key is None:
            raise BadInput("key", f"{'、'.join(self._mapping.key.columns)} 是空的")
        before = seen.earlier(key, call.line, content_of(call.row))
        if before is not None:
            line, same = before
            if not same:
                raise BadInput("key", f"与第 {line} 行的键相同，内容不同")
            self._counts.known += 1
            return None
        return str(uuid.uuid5(NAMES, f"{self._here.tables.town}/{key.hex()}"))

    def _command(self, id_: str, call: Call, affine: Affine | None) -> Command:
        fields = call.fields
        grid, village = fields.get("grid") or None, fields.get("village") or None
        lon, lat = self._spot(call, affine, grid or village)
        if grid is None and village is None:
            grid = self._here.tables.place(lon, lat).grid
        return Command(
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

    def _spot(self, call: Call, affine: Affine | None, node: str | None) -> Point:
        if call.point is not None:
            return affine(call.point) if affine is not None else call.point
        point = self._here.tables.places.get(node or "")
        if point is None:
            raise BadInput("place", f"没有坐标，{node or '网格'} 的位置也不知道")
        return point

    def _store(self, commands: list[tuple[Call, Command]]) -> None:
        """Store a batch in one transaction behind operators' acts; refused rows are told after."""

        def job(log: SiteLog) -> _Stored:
            taken = known = 0
            refused: list[Reject] = []
            for call, command in commands:
                if log.incident(command.incident) is not None:
                    known += 1
                    continue
                try:
                    perform(log, command, self._here.actor, self._here.now())
                    taken += 1
                except BadInput as error:
                    refused.append(_reject(call, error.what))
                except Refused as error:
                    refused.append(_reject(call, _worded(error)))
            stored = _Stored(taken, known, refused)
            if self._order.dry:
                raise _Undone(stored)
            return stored

        try:
            stored = self._here.site.write(job, 5).result()
        except _Undone as undone:
            stored = undone.stored
        self._counts.taken += stored.taken
        self._counts.known += stored.known
        for each in stored.refused:
            self._refuse(each)


class _Sample:
    """A bounded, repeatable choice of points."""

    def __init__(self) -> None:
        self.kept: list[Point] = []
        self._count = 0
        self._rng = random.Random("places")

    def add(self, points: Iterable[Point]) -> None:
        """Note points; beyond SAMPLE each takes the place of one with the same chance."""
        for each in points:
            self._count += 1
            if len(self.kept) < SAMPLE:
                self.kept.append(each)
            elif (at := self._rng.randrange(self._count)) < SAMPLE:
                self.kept[at] = each


def _box(tables: Reference) -> Box:
    points = [
        point
        for each in tables.features
        if each.level == "grid"
        for rings in each.rings
        for point in rings[0]
    ]
    if not points:
        raise BadInput("geometry", "本站没有网格界线，先与市平台同步一次")
    lons, lats = [each[0] for each in points], [each[1] for each in points]
    return min(lons), min(lats), max(lons), max(lats)


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
