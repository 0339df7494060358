"""Tables of the text document: rules between rows, heads that come again on every page."""

from __future__ import annotations

from typing import Final

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from dispatch.reports.page_types import Cell, Table, is_counted
from dispatch.reports.words import cells_wide, clean

INK: Final = "14191F"
PALE: Final = "6B7782"
RULE: Final = "C9D1D8"
BAND: Final = "F3F5F7"
SHADES: Final = (BAND, "DCE6EF", "8FB2D3", "0A5C9E")
WIDE: Final = Mm(168)
CELL: Final = "ZhiwangCell"
"""The paragraph style of cells, name and id."""
_PAD: Final = Mm(1)
_NARROW: Final = Mm(22)


def added(
    paragraph: Paragraph, text: str, size: float, colour: str, *, bold: bool | None = None
) -> None:
    """Add a text to a paragraph; nothing in it is anything but text."""
    run = paragraph.add_run(clean(text))
    run.font.size, run.font.color.rgb, run.font.bold = Pt(size), RGBColor.from_string(colour), bold


def rule(paragraph: Paragraph, side: str, colour: str) -> None:
    """Draw a line above (top) or below (bottom) a paragraph."""
    borders = OxmlElement("w:pBdr")
    borders.append(_edge(side, colour, 6))
    paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001 - the library's way to raw parts


def add_table(made: Document, table: Table, size: float, *, boxed: bool = False) -> None:
    """Add a table without its title; a column that has no text at all is left out."""
    heads = [Cell(each) for each in table.head] or [Cell("")] * max(map(len, table.rows))
    rows = [(*row, *[Cell("")] * (len(heads) - len(row))) for row in table.rows]
    kept = [at for at in range(len(heads)) if any(row[at].text for row in rows)]
    shaded = any(cell.shade for row in rows for cell in row)
    drawn = made.add_table(rows=0, cols=len(kept))
    drawn.alignment = WD_TABLE_ALIGNMENT.CENTER
    drawn.autofit = False
    _borders(drawn._tbl.tblPr, boxed=boxed)  # noqa: SLF001 - as above
    widths = _widths([[heads[at], *(row[at] for row in rows)] for at in kept], size)
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = Emu(width)
    right = [is_counted(table, at) for at in kept]
    if table.head:
        line = _row(drawn.add_row(), widths, header=True)
        for cell, at, counts in zip(line, kept, right, strict=True):
            _fill(cell, heads[at], (size, PALE), right=counts)
            _shade(cell, BAND)
    for row in rows:
        line = _row(drawn.add_row(), widths, header=False)
        for cell, at, counts in zip(line, kept, right, strict=True):
            shade = row[at].shade
            _fill(
                cell,
                row[at],
                (size, "FFFFFF" if shade == len(SHADES) - 1 else INK),
                right=counts,
            )
            if shaded and at and row[at].text:
                _shade(cell, SHADES[shade])


def _row(row: _Row, widths: list[int], *, header: bool) -> tuple[_Cell, ...]:
    """Give a row its widths; it is never split over two pages."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - as above
    for name in ("w:cantSplit", *(("w:tblHeader",) if header else ())):
        properties.append(OxmlElement(name))
    cells = row.cells
    for cell, width in zip(cells, widths, strict=True):
        cell.width = Emu(width)
    return cells


def _fill(cell: _Cell, told: Cell, shape: tuple[float, str], *, right: bool) -> None:
    paragraph = cell.paragraphs[0]
    # By its id: the library looks a name up among all styles, cell by cell.
    paragraph._p.style = CELL  # noqa: SLF001 - as above
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    added(paragraph, told.brief or told.text, *shape)


def _widths(columns: list[list[Cell]], size: float) -> list[int]:
    """Share the page's width out by what each column asks for; narrow ones are never broken."""

    def asks(column: list[Cell]) -> int:
        widest = max(cells_wide(clean(cell.brief or cell.text)) for cell in column)
        # A digit is wider than half a hanzi, and programs set space between both.
        return int(Pt(size * (0.56 * max(widest, 2) + 1)) + 2 * _PAD)

    asked = [asks(each) for each in columns]
    if sum(asked) <= WIDE:
        return [each * WIDE // sum(asked) for each in asked]
    narrow = sum(each for each in asked if each <= _NARROW)
    rest = max(WIDE - narrow, WIDE // 2)
    wide = sum(asked) - narrow
    return [each if each <= _NARROW else each * rest // wide for each in asked]


def _shade(cell: _Cell, colour: str) -> None:
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)  # noqa: SLF001 - as above


def _borders(properties: BaseOxmlElement, *, boxed: bool) -> None:
    borders = OxmlElement("w:tblBorders")
    inner = ("insideV",) if boxed else ("insideH",)
    for side in (
        "top",
        *(("left",) if boxed else ()),
        "bottom",
        *(("right",) if boxed else ()),
        *inner,
    ):
        borders.append(_edge(side, RULE, 4))
    properties.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(_PAD.twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.append(margins)


def _edge(side: str, colour: str, size: int) -> BaseOxmlElement:
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(size)), ("space", "1"), ("color", colour)):
        edge.set(qn(f"w:{name}"), value)
    return edge
