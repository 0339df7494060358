"""The order of one incident on paper (交办单): what is asked of whom by when, to be signed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import typst

from dispatch.reports import pdf
from dispatch.reports.issue import write_files
from dispatch.reports.words import clean

TEMPLATE: Final = "order.typ"
PHOTOS: Final = 3
"""So many photos are printed, the first ones; more are counted."""


@dataclass(frozen=True, slots=True)
class OrderPhoto:
    """A photo's bytes (JPEG, PNG or WebP) and what stands under it."""

    content: bytes
    caption: str


@dataclass(frozen=True, slots=True)
class OrderUnit:
    """A unit that is asked: its part, name and order number, until when to sign and to be done."""

    part: str
    name: str
    order_no: str
    sign_by: str
    done_by: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderForm:
    """Everything on the form, in words. `facts` are pairs; `printed_at` is UTC milliseconds.

    `text` is what was reported, `request` what the order asks, `said` what leaders and
    supervisors have said since, `photos_more` how many photos are not on the form.
    """

    centre: str
    number: str
    order_no: str
    marks: tuple[str, ...]
    watermark: str
    basis: str
    facts: tuple[tuple[str, str], ...]
    text: str
    units: tuple[OrderUnit, ...]
    request: str
    checks: tuple[str, ...]
    closing: str
    said: tuple[str, ...]
    photos: tuple[OrderPhoto, ...]
    photos_more: int
    printed_at: int


def order_pdf(form: OrderForm) -> bytes:
    """Return the PDF on A4. Equal forms give equal bytes; a photo nobody can draw is counted."""
    told = {name: _cleaned(value) for name, value in asdict(form).items() if name != "photos"}
    files = {f"photo{at}": each.content for at, each in enumerate(form.photos)}
    shown = [[name, clean(each.caption)] for name, each in zip(files, form.photos, strict=True)]
    try:
        return _made(form, told, shown, files)
    except typst.TypstError:
        if not files:
            raise
    drawn = [row for row in shown if _can_draw(form, files[row[0]])]
    told["photos_more"] = form.photos_more + len(shown) - len(drawn)
    return _made(form, told, drawn, {name: files[name] for name, _ in drawn})


def write_order(form: OrderForm, folder: Path, name: str) -> Path:
    """Write the form into a folder (made when missing), whole or not at all; return its path."""
    return write_files(folder, {name: order_pdf(form)})[0]


def _made(
    form: OrderForm, told: dict[str, object], shown: list[list[str]], files: dict[str, bytes]
) -> bytes:
    return pdf.pages({**told, "photos": shown}, form.printed_at, TEMPLATE, files)


def _can_draw(form: OrderForm, content: bytes) -> bool:
    blank = {"only": True, "photos": [["photo", ""]]}
    try:
        pdf.pages(blank, form.printed_at, TEMPLATE, {"photo": content})
    except typst.TypstError:
        return False
    return True


def _cleaned(value: object) -> object:
    """Texts as printable lines, whatever they stand in; numbers as they are."""
    match value:
        case str():
            return clean(value)
        case tuple() | list():
            return [_cleaned(each) for each in value]
        case dict():
            return {name: _cleaned(each) for name, each in value.items()}
        case _:
            return value
