"""Incidents from somebody's file: each row is a report under a name that its key gives."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, Literal

from dispatch.desk.import_batch import Here, Naming, Stored, store
from dispatch.desk.reference import Reference
from dispatch.desk.views_import import (
    KEPT_REJECTS,
    ImportOrder,
    ImportProgress,
    ImportResult,
    RejectedRow,
)
from dispatch.domain.errors import BadInput
from dispatch.files.calls import batches
from dispatch.files.mapping import IncidentMapping
from dispatch.files.opening import open_table
from dispatch.files.reject_file import RejectFile
from dispatch.files.rows import Meter, Reject, RowFile
from dispatch.files.seen_keys import SeenKeys
from dispatch.geo.affine import Affine, Box, laid
from dispatch.geo.area import Point
from dispatch.geo.crs import to_cgcs2000

SAMPLE: Final = 50_000
"""Places of a foreign region that its box is worked out from."""
_LOOK_ROWS: Final = 5_000
_REST_S: Final = 0.005
"""Between two batches, so that a window beside it goes on smoothly."""


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


class _Import:
    """One run; everything in it belongs to its thread but the jobs it gives the writer."""

    def __init__(self, here: Here, mapping: IncidentMapping, order: ImportOrder) -> None:
        self._here = here
        self._mapping = mapping
        self._order = order
        self._taken = self._known = self._rejected = 0
        self._rejects: list[RejectedRow] = []

    def run(self, table: RowFile) -> ImportResult:
        mapping, stop = self._mapping, self._order.stop.wished
        convert = to_cgcs2000(mapping.spots.crs)
        affine = self._look_through(table)
        meter = Meter()
        with SeenKeys() as seen:
            naming = Naming(self._here.tables, mapping.key, affine, seen)
            for calls, rejects in batches(table.read(meter), mapping, convert):
                if stop.is_set():
                    break
                rows, settled = naming.rows(calls)
                settled.refused += rejects
                settled.refused.sort(key=lambda each: each.line)
                self._count(settled)
                while rows:
                    stored = store(self._here, rows, dry=self._order.dry)
                    self._count(stored)
                    rows = rows[stored.done :]
                    time.sleep(_REST_S)
                self._tell("store", meter)
        return ImportResult(
            *(self._taken, self._known, self._rejected),
            header=table.header,
            rejects=tuple(self._rejects),
            cancelled=stop.is_set(),
        )

    def _look_through(self, table: RowFile) -> Affine | None:
        """Read all of the file; return how its region is laid on the town, None where it is not."""
        fit, meter = self._mapping.spots.fit, Meter()
        if fit is None:
            for number, _ in enumerate(table.read(meter)):
                if number % _LOOK_ROWS == 0:
                    if self._order.stop.wished.is_set():
                        break
                    self._tell("check", meter)
            return None
        points = _Sample()
        convert = to_cgcs2000(self._mapping.spots.crs)
        for number, (calls, _) in enumerate(batches(table.read(meter), self._mapping, convert)):
            if self._order.stop.wished.is_set():
                return None
            points.add(each.point for each in calls if each.point is not None)
            if number % 25 == 0:
                self._tell("check", meter)
        if not points.kept:
            raise BadInput(self._order.path.name, "没有一行可用")
        return laid(points.kept, fit, _box(self._here.tables))

    def _tell(self, stage: Literal["check", "store"], meter: Meter) -> None:
        done = ImportProgress(stage, meter.part, self._taken, self._known, self._rejected)
        self._order.on_progress(done)

    def _count(self, stored: Stored) -> None:
        self._taken += stored.taken
        self._known += stored.known
        self._rejected += len(stored.refused)
        for each in stored.refused:
            row = RejectedRow(each.line, each.reason, each.cells)
            if len(self._rejects) < KEPT_REJECTS:
                self._rejects.append(row)
            self._order.on_reject(row)


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
