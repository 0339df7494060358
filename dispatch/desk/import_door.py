"""The desk's import door: a look at a file, a mapping read or picked, a run in its own thread."""

from __future__ import annotations

import re
import threading
from concurrent.futures import Future
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dispatch.desk.chaining import failed
from dispatch.desk.import_batch import Here
from dispatch.desk.importing import bring_in
from dispatch.desk.views_import import (
    PREVIEW_ROWS,
    Choices,
    ImportOrder,
    ImportPreview,
    ImportResult,
)
from dispatch.domain.catalogue import UNCLASSIFIED, Catalogue
from dispatch.domain.codes import Source
from dispatch.domain.errors import BadInput, ZhiwangError
from dispatch.files.mapping import IncidentMapping, Key, Spots, Times, read_mapping
from dispatch.files.opening import open_table
from dispatch.files.reject_file import RejectFile
from dispatch.files.rows import Form, Meter, Reject, Row
from dispatch.files.toml_table import Choice, Rule
from dispatch.store.writer import Outcome

if TYPE_CHECKING:
    from dispatch.desk.desk import Desk


def preview(path: Path, choices: Choices) -> ImportPreview:
    """Return the first rows of a file; one that cannot be read is shown as far as it could."""
    table = open_table(path, _form(choices))
    rows = tuple(
        tuple(each.cells.values()) if isinstance(each, Row) else (each.reason,)
        for each in islice(table.read(Meter()), PREVIEW_ROWS)
    )
    return ImportPreview(
        table.name, table.header, rows, table.encoding, table.separator, table.unit
    )


def mapping_of(how: Path | Choices, catalogue: Catalogue) -> IncidentMapping:
    """Return the mapping that a file holds or a person has picked."""
    if isinstance(how, Path):
        return read_mapping(how, {item.code for item in catalogue})
    if not how.text:
        raise BadInput("text", "要选至少一列作为内容")
    if bool(how.lon) != bool(how.lat):
        raise BadInput("lon", "经度与纬度要一起选")
    fields = dict(how.fields)
    if not how.lon and not {"grid", "village"} & set(fields):
        raise BadInput("lon", "要选经度与纬度，或网格、村（社区）编码")
    names = tuple(
        Rule(re.compile(f"^{re.escape(item.name)}$", re.IGNORECASE), item.code)
        for item in catalogue
    )
    codes = frozenset(item.code for item in catalogue)
    return IncidentMapping(
        name="",
        spots=Spots(how.lon, how.lat, how.crs),
        text=how.text,
        source=Choice("", (), Source.HOTLINE),
        item=Choice(how.item, names if how.item else (), UNCLASSIFIED, codes),
        times=Times(how.time, how.format, _zone(how.zone)) if how.time else None,
        key=Key((how.key,) if how.key else ()),
        form=_form(how),
        fields=fields,
    )


def _form(choices: Choices) -> Form:
    return Form(choices.encoding or None, choices.separator or None)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInput("zone", f"没有时区“{name[:40]}”") from error


def run(desk: Desk, how: Path | Choices, order: ImportOrder) -> Future[ImportResult]:
    """Run an import in a thread of its own, by a mapping's file or a person's choices.

    The person at the desk is its author, also when somebody else takes the seat meanwhile.
    """
    try:
        actor = desk.seat.known().actor()
    except ZhiwangError as error:
        return failed(error)
    done: Future[ImportResult] = Future()
    done.set_running_or_notify_cancel()

    def work() -> None:
        with Outcome(done) as outcome:
            tables = desk.asked(lambda _, tables: tables).result()
            mapping = mapping_of(how, tables.rules.catalogue)
            here = Here(desk.site, tables, actor, desk.now)
            outcome.value = bring_in(here, mapping, order)

    threading.Thread(target=work, name="importing").start()
    return done


def write_rejects(path: Path, result: ImportResult) -> None:
    """Write the rejected rows that a result holds as a CSV, whole or not at all.

    The folder is made when it is not there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(str(path.parent), f"建不了目录：{error.strerror}") from error
    with RejectFile(path, result.header) as file:
        for each in result.rejects:
            file.add(Reject(each.line, each.reason, each.cells))
