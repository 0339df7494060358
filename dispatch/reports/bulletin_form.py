"""An information report of one incident on paper: first, follow-up or final, on A4."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dispatch.reports import pdf
from dispatch.reports.issue import write_files
from dispatch.reports.words import clean

TEMPLATE: Final = "bulletin.typ"
_HEADING: Final = 14
"""A line whose colon stands within so many letters begins with a heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinForm:
    """Everything on the sheet, in words. `facts` are pairs; `printed_at` is UTC milliseconds.

    `part` is 首报, 续报一 ... or 终报; `text` has a line for each matter, its heading first.
    """

    centre: str
    number: str
    part: str
    marks: tuple[str, ...]
    watermark: str
    basis: str
    facts: tuple[tuple[str, str], ...]
    text: str
    printed_at: int


def bulletin_pdf(form: BulletinForm) -> bytes:
    """Return the PDF on A4. Equal forms give equal bytes."""
    told = {
        "centre": clean(form.centre),
        "number": clean(form.number),
        "part": clean(form.part),
        "marks": [clean(each) for each in form.marks],
        "watermark": clean(form.watermark),
        "basis": clean(form.basis),
        "facts": [[clean(name), clean(said)] for name, said in form.facts],
        "lines": [list(headed(line)) for line in form.text.splitlines() if line.strip()],
    }
    return pdf.pages(told, form.printed_at, TEMPLATE)


def headed(line: str) -> tuple[str, str]:
    """Return a line's heading and the rest; "" where it has none."""
    head, colon, rest = line.partition("：")
    if not colon or len(head.strip()) > _HEADING:
        return "", clean(line)
    return clean(head), clean(rest)


def write_bulletin(form: BulletinForm, folder: Path, name: str) -> Path:
    """Write the sheet into a folder (made when missing), whole or not at all; return its path."""
    return write_files(folder, {name: bulletin_pdf(form)})[0]
