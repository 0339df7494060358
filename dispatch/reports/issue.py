"""One shift report from its input to its files: the only entry of this room."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from dispatch.domain.calendar import local
from dispatch.domain.errors import BadInput
from dispatch.reports import csv_out, docx_out, pdf, xlsx_out
from dispatch.reports.figures import Difference, Sheet, as_json, count_all
from dispatch.reports.page_data import Page
from dispatch.reports.page_types import Spot
from dispatch.reports.sections import paper
from dispatch.reports.shift_input import Issue, ShiftInput
from dispatch.reports.walk import Walk, walk
from dispatch.reports.words import report_no

FORMATS: Final = ("pdf", "csv", "xlsx", "docx")
"""What can be written; `figures.json` always is."""
USUAL: Final = ("pdf", "csv")
"""What is written where nobody says."""
FIGURES: Final = "figures.json"


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """What was made. `figures_sha256` is that of figures.json's bytes.

    `content_sha256` is that of its printed numbers alone: a second print of the same numbers has
    the same one. `spots`: where numbers stand on the PDF's pages, in the order of reading; none
    where no PDF was made.
    """

    paths: tuple[Path, ...]
    figures_sha256: str
    content_sha256: str
    revision: int
    provisional: bool
    balanced: bool
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class _Draft:
    walk: Walk
    sheet: Sheet
    revision: int
    provisional: bool
    differences: tuple[Difference, ...]


def make_report(given: ShiftInput, out: Path, formats: tuple[str, ...] = USUAL) -> ReportFiles:
    """Write the report's files into `out` (made when missing), each whole or not at all.

    figures.json is always written, last. It is provisional while facts are not at the hub or the
    shift lasts; it is a revision when a number differs from the issue before.
    """
    for each in formats:
        if each not in FORMATS:
            raise BadInput("format", f"不会写“{each}”；可用 {'、'.join(FORMATS)}")
    if given.shift.from_at >= given.cut:
        raise BadInput("from", "班次的开始必须早于结束，也早于现在")
    draft = _draft(given)
    figures = as_json(draft.sheet, _about(given, draft))
    stem = report_no(given.scope, given.shift) + (f"-R{draft.revision}" if draft.revision else "")
    spots: list[Spot] = []
    files = dict(_printed(given, draft, (stem, formats), spots))
    files[FIGURES] = figures
    return ReportFiles(
        paths=write_files(out, files),
        figures_sha256=hashlib.sha256(figures).hexdigest(),
        content_sha256=draft.sheet.content(),
        revision=draft.revision,
        provisional=draft.provisional,
        balanced=draft.sheet.balanced(),
        spots=tuple(spots),
    )


def _printed(
    given: ShiftInput, draft: _Draft, wanted: tuple[str, tuple[str, ...]], spots: list[Spot]
) -> Iterator[tuple[str, bytes]]:
    """Yield each wanted file with its name, in the order of `FORMATS`; the PDF fills `spots`."""
    stem, formats = wanted
    page = Page(draft.walk, draft.sheet)
    issued = draft.revision, draft.provisional
    told = [each for each in draft.differences if not each.id.startswith("row.")]
    if "pdf" in formats:
        made, places = pdf.pages_and_spots(page.data(*issued, told), given.printed_at)
        spots.extend(places)
        yield f"{stem}.pdf", made
    if "csv" in formats:
        yield f"{stem}-figures.csv", csv_out.figures_csv(draft.sheet)
        yield f"{stem}-matters.csv", csv_out.matters_csv(draft.walk, draft.sheet)
    if not {"xlsx", "docx"} & set(formats):
        return
    whole = paper(page, *issued, told)
    if "xlsx" in formats:
        yield f"{stem}.xlsx", xlsx_out.workbook(whole, draft.sheet, given.printed_at)
    if "docx" in formats:
        yield f"{stem}.docx", docx_out.document(whole, given.printed_at)


def preview(given: ShiftInput) -> Sheet:
    """Return the report's numbers without writing anything."""
    return count_all(walk(given))


def load_issue(folder: Path, of: ShiftInput) -> Issue | None:
    """Return what the figures.json in a folder says of the issue before this one.

    None without one; numbers of another shift or scope are a BadInput, never overwritten.
    """
    try:
        raw = (folder / FIGURES).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadInput(str(folder), f"读不了：{error.strerror}") from error
    try:
        told = json.loads(raw)
        same = all(told.get(name, _OLDER.get(name)) == here for name, here in _which(of).items())
        issue = Issue(
            revision=int(told["revision"]),
            provisional=bool(told["provisional"]),
            sha256=hashlib.sha256(raw).hexdigest(),
            printed={str(id_): str(text) for id_, text in told["printed"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise BadInput(str(folder / FIGURES), "不是值班报告的数字文件") from None
    if not same:
        raise BadInput(str(folder), "其中是另一班次的报告，请换一个文件夹")
    return issue


_OLDER: Final[dict[str, object]] = {"variant": "shift", "items": []}
"""What a report says that was made before there were other variants."""


def _which(given: ShiftInput) -> dict[str, object]:
    """What tells one report from another: scope and span."""
    return {
        "scope": given.scope.code,
        "variant": given.shift.variant.value,
        "items": sorted(given.items),
        "from": local(given.shift.from_at).isoformat(timespec="seconds"),
        "to": local(given.shift.to_at).isoformat(timespec="seconds"),
    }


def _draft(given: ShiftInput) -> _Draft:
    walked = walk(given)
    sheet = count_all(walked)
    former = given.previous
    differences = sheet.differences(former) if former else ()
    revision = former.revision + bool(differences) if former else 0
    unfinished = given.printed_at < given.shift.to_at
    return _Draft(walked, sheet, revision, given.basis.behind > 0 or unfinished, differences)


def _about(given: ShiftInput, draft: _Draft) -> dict[str, object]:
    def told(at: int) -> str:
        return local(at).isoformat(timespec="seconds")

    return {
        "report": report_no(given.scope, given.shift),
        **_which(given),
        "name": given.scope.name,
        "shift": given.shift.name,
        "cut": told(given.cut),
        "printed_at": told(given.printed_at),
        "account": given.people.account,
        "basis": asdict(given.basis),
        "provisional": draft.provisional,
        "revision": draft.revision,
        "balanced": draft.sheet.balanced(),
        "synthetic": given.synthetic,
        "note": "演示数据" if given.synthetic else "",
        "previous": given.previous.sha256 if given.previous else None,
        "differences": [asdict(each) for each in draft.differences],
        "printed": draft.sheet.printed(),
    }


def write_files(out: Path, files: dict[str, bytes]) -> tuple[Path, ...]:
    """Write all files beside their places, then move each into its own; return their paths.

    A place that takes none is a BadInput.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".report-", dir=out) as folder:
            for name, content in files.items():
                _synced(Path(folder) / name, content)
            for name in files:
                (Path(folder) / name).replace(out / name)
    except OSError as error:
        raise BadInput(str(out), f"写不了报告：{error.strerror}") from error
    return tuple(out / name for name in files)


def _synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
