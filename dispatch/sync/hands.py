"""Doing what the exchange asks: requests over a line, jobs in the site's store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, assert_never

from dispatch.domain.errors import ZhiwangError
from dispatch.store.site import SiteStore
from dispatch.store.telemetry import Position
from dispatch.sync.driver import Line
from dispatch.sync.ops import (
    AddPart,
    Apply,
    Ask,
    CheckRoom,
    DropPart,
    HasSmall,
    KeepFixes,
    KeepObjects,
    KeepPart,
    KeepPhoto,
    KeepSmall,
    LoadPhoto,
    LoadSmall,
    Nudge,
    ObjectsCursor,
    Op,
    PartSize,
    ProvePart,
    Read,
    ReadRecord,
    Rest,
    Steps,
    Write,
)
from dispatch.wire.protocol import Fix
from dispatch.wire.snapshot import read_record


class Hands:
    """One lane's line and the store. `rest` and `nudge` are the loop's, or do nothing."""

    def __init__(
        self,
        store: SiteStore,
        line: Line,
        rest: Callable[[Rest], None] = lambda _: None,
        nudge: Callable[[str], None] = lambda _: None,
        between: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._line = line
        self._rest = rest
        self._nudge = nudge
        self._between = between

    def run(self, steps: Steps) -> None:
        """Drive a lane to its end, handing every failure to it first."""
        answer: Any = None  # Any: each op's own answer
        failure: Exception | None = None
        while True:
            try:
                op = steps.throw(failure) if failure else steps.send(answer)
            except StopIteration:
                return
            answer, failure = None, None
            try:
                answer = self.do(op)
            except ZhiwangError as error:
                failure = error

    def do(self, op: Op) -> Any:  # Any: each op's own answer
        """Do one thing the exchange asks for; its failure is raised."""
        match op:
            case Ask():
                return self._line.ask(op)
            case Read(job=job):
                return self._store.read(job).result()
            case Write(job=change):
                return self._store.write(change, 5).result()
            case Apply(town=town, page=page):
                return self._store.apply_page(town, page, self._between)
            case LoadPhoto(sha256=sha256):
                return self._store.photos.read(sha256)
            case KeepPhoto(sha256=sha256, content=content):
                return self._store.photos.add(content, sha256[:12])
            case LoadSmall() | HasSmall() | KeepSmall():
                return self._small(op)
            case PartSize() | AddPart() | KeepPart() | ProvePart() | DropPart() | ReadRecord():
                return self._part(op)
            case KeepFixes(fixes=fixes):
                return self._store.telemetry.add(_position(fix) for fix in fixes)
            case ObjectsCursor():
                return self._store.objects.cursor()
            case KeepObjects(delta=delta):
                return self._store.objects.apply(delta)
            case CheckRoom(what="photos"):
                return self._store.disk.check_photo("照片")
            case CheckRoom():
                return self._store.disk.check_pulling()
            case Rest():
                return self._rest(op)
            case Nudge(lane=lane):
                return self._nudge(lane)
        assert_never(op)

    def _small(self, op: LoadSmall | HasSmall | KeepSmall) -> Any:  # Any: each op's own answer
        photos = self._store.photos
        match op:
            case LoadSmall(sha256=sha256):
                return photos.small(sha256)
            case HasSmall(sha256=sha256):
                return photos.small_path(sha256) is not None
            case KeepSmall(sha256=sha256, content=content):
                return photos.add_small(sha256, content)
        assert_never(op)

    def _part(
        self, op: PartSize | AddPart | KeepPart | ProvePart | DropPart | ReadRecord
    ) -> Any:  # Any: each op's own answer
        coming = self._store.coming
        match op:
            case PartSize(sha256=sha256):
                return coming.size(sha256)
            case AddPart(sha256=sha256, offset=offset, content=content):
                return coming.add(sha256, offset, content)
            case KeepPart(sha256=sha256):
                return self._store.keep_part(sha256)
            case ProvePart(sha256=sha256):
                return coming.proved(sha256)
            case DropPart(sha256=sha256):
                return coming.drop(sha256)
            case ReadRecord(sha256=sha256, at=at):
                with coming.path(sha256).open("rb") as file:
                    return read_record(file, at)
        assert_never(op)


def _position(fix: Fix) -> Position:
    return Position(fix.worker, fix.lon, fix.lat, fix.at, fix.accuracy, fix.heading)
