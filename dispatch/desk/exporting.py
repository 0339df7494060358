"""The desk's export door: a list written beside its place, then put there whole."""

from __future__ import annotations

import errno
import os
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dispatch.acts.perform import record_one
from dispatch.desk.chaining import failed
from dispatch.desk.export_lists import Listing, Source, listing
from dispatch.desk.people import Person
from dispatch.desk.seat import author_of
from dispatch.desk.views_export import (
    PERSONAL,
    REVEALERS,
    Cut,
    ExportOrder,
    ExportResult,
    FileThere,
    Format,
)
from dispatch.domain.bodies import Audited
from dispatch.domain.calendar import local
from dispatch.domain.codes import Kind
from dispatch.domain.errors import BadInput, Refused, ZhiwangError
from dispatch.files.sheet import Head, Line, Writing
from dispatch.files.sheet_csv import write_csv
from dispatch.files.sheet_geojson import write_geojson
from dispatch.store.in_place import put_in_place
from dispatch.store.site_log import SiteLog
from dispatch.store.writer import Outcome

if TYPE_CHECKING:
    from dispatch.desk.desk import Desk

NOBODY: Final = "未登录"
SYNTHETIC: Final = "演示数据"
_OPTIONS: Final = {"from_at": "--from", "to_at": "--to"}
_WHY: Final = {
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘配额用完了",
    errno.EACCES: "没有写入的权限",
    errno.EPERM: "没有写入的权限",
    errno.EROFS: "这个盘只能读",
    errno.ENOENT: "没有这个目录",
    errno.ENOTDIR: "没有这个目录",
    errno.ENAMETOOLONG: "文件名太长",
}


class _Cancelled(ZhiwangError):
    """Ends a run that somebody has stopped."""


def run(desk: Desk, order: ExportOrder) -> Future[ExportResult]:
    """Write a list in a thread of its own, for the person at the desk, if anybody is there.

    What cannot be is told before the first row: a complaint of the order, a file that is there
    already. Personal data in clear is refused to who may not, and recorded before it is written.
    """
    try:
        person = _author(desk, order)
    except ZhiwangError as error:
        return failed(error)
    done: Future[ExportResult] = Future()
    done.set_running_or_notify_cancel()

    def work() -> None:
        with Outcome(done) as outcome:
            outcome.value = _Export(desk, order, _checked(order), person).run()

    threading.Thread(target=work, name="exporting").start()
    return done


def _author(desk: Desk, order: ExportOrder) -> Person | None:
    """Who takes it out; in clear only somebody whose session lasts and who may."""
    if not order.reveal:
        return desk.person
    return who_reveals(desk, order.reveal)


def who_reveals(desk: Desk, reason: str) -> Person:
    """Return who takes personal data out in clear: somebody whose session lasts and who may."""
    person = desk.seat.known()
    if not reason.strip():
        raise BadInput("--reveal", "查看明文必须说明理由")
    if person.limited:
        raise Refused("offline_too_long", verb="reveal")
    if not REVEALERS & set(person.roles):
        needs, has = ("/".join(sorted(each)) for each in (REVEALERS, person.roles))
        raise Refused("role_missing", verb="reveal", needs=needs, has=has)
    return person


def record_revealed(desk: Desk, person: Person, about: str, reason: str) -> None:
    """Leave the trace of who takes what out in clear and why; waits until it is stored."""
    body = Audited(what="revealed", about=about, reason=reason[:200])
    subject, now = (Kind.AUDIT, person.subject), desk.now()

    def job(log: SiteLog) -> None:
        record_one(log, subject, "audited", body, author_of(person), now)

    desk.site.write(job).result()


def _checked(order: ExportOrder) -> Listing:
    """Return the list, or BadInput for an order that cannot be carried out."""
    found, cut = listing(order.what), order.cut
    for field in fields(Cut):
        given = getattr(cut, field.name)
        if field.name != "only" and given not in {None, ""} and field.name not in found.cuts:
            option = _OPTIONS.get(field.name, f"--{field.name}")
            raise BadInput(option, f"{order.what.value} 没有这个选项")
    if cut.from_at is not None and cut.to_at is not None and cut.from_at >= cut.to_at:
        raise BadInput("--to", "必须晚于 --from")
    if order.reveal and order.what not in PERSONAL:
        raise BadInput("--reveal", f"{order.what.value} 没有遮蔽的个人信息")
    path = order.path
    if path.is_dir():
        raise BadInput(str(path), "是一个目录，不是文件")
    if not order.force and os.path.lexists(path):
        raise FileThere(str(path), "文件已经存在；要覆盖请写 --force")
    return found


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell what the disk does not take as one clear line about the file."""
    try:
        yield
    except OSError as error:
        why = _WHY.get(error.errno or 0) or error.strerror or str(error)
        raise BadInput(str(path), f"写不了文件：{why}") from error


class _Export:
    """One run, all in its own thread."""

    def __init__(
        self, desk: Desk, order: ExportOrder, found: Listing, person: Person | None
    ) -> None:
        self._desk = desk
        self._order = order
        self._list = found
        self._person = person
        self._now = desk.now()

    def run(self) -> ExportResult:
        order = self._order
        head = self._head()
        if order.make_folder:
            with _told(order.path):
                order.path.parent.mkdir(parents=True, exist_ok=True)
        with _told(order.path), _draft(order.path) as draft:
            if order.reveal:
                self._record()
            try:
                rows = _writer(order.format)(head, self._lines(), str(draft))
            except _Cancelled:
                return ExportResult(order.path, 0, masked=not order.reveal, cancelled=True)
            self._place(draft)
        return ExportResult(order.path, rows, masked=not order.reveal)

    def _lines(self) -> Iterator[Line]:
        order = self._order
        source = Source(self._desk, order, self._now, clear=bool(order.reveal))
        for line in self._list.rows(source):
            if order.stop.wished.is_set():
                raise _Cancelled
            yield line

    def _place(self, draft: Path) -> None:
        path = self._order.path
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        if not self._order.force and os.path.lexists(path):
            raise FileThere(str(path), "写的时候有了同名文件；要覆盖请写 --force")
        put_in_place(draft, path)

    def _record(self) -> None:
        """Leave the trace of who takes what out in clear and why; only then it is read."""
        person, order = self._person, self._order
        if person is None:  # pragma: no cover - `_author` has asked
            raise Refused("not_logged_in", name="")
        about = f"export:{order.what.value}:{order.format.value}"
        record_revealed(self._desk, person, about, order.reveal)

    def _head(self) -> Head:
        order, person = self._order, self._person
        tables = self._desk.asked(lambda _, tables: tables).result()
        identity = self._desk.site.identity
        who = person.account if person else NOBODY
        called = tables.person(who) if person else who
        at = local(self._now).isoformat(timespec="seconds")
        data = SYNTHETIC if tables.geometry.synthetic else ""
        shown = "含明文个人信息" if order.reveal else "个人信息已遮蔽"
        name = who if called == who else f"{called}（{who}）"
        seat = f"{tables.names.node(identity.scope)} {identity.letter}席"
        notes = [
            ("name", "清单", self._list.title),
            ("data", "数据性质", data),
            ("exported_by", "导出人", name),
            ("seat", "席位", seat),
            ("exported_at", "导出时间", at),
            ("personal_data", "个人信息", shown),
            ("reveal_reason", "明文理由", order.reveal),
        ]
        mark = " ".join(each for each in (data, name, seat, at, shown) if each)
        kept = tuple(each for each in notes if each[2])
        return Head(self._list.title, self._list.columns, mark, kept)


def _writer(format_: Format) -> Writing:
    match format_:
        case Format.CSV:
            return write_csv
        case Format.GEOJSON:
            return write_geojson
        case Format.XLSX:
            # A tenth of a second that only this format needs.
            from dispatch.files.sheet_xlsx import write_xlsx  # noqa: PLC0415

            return write_xlsx


@contextmanager
def _draft(path: Path) -> Iterator[Path]:
    """Give a new file in a folder of its own beside the place, readable by its owner only."""
    with tempfile.TemporaryDirectory(prefix=f".{path.name[:40]}.", dir=path.parent) as folder:
        draft = Path(folder) / "draft"
        draft.touch(0o600)
        yield draft
