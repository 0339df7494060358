"""The report as a text document that can be written on: headings, tables, the page's furniture."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from dispatch.reports import docx_marks
from dispatch.reports.docx_tables import CELL, INK, PALE, WIDE, add_table, added, rule
from dispatch.reports.page_types import Cell, Table
from dispatch.reports.sections import Paper, Section
from dispatch.reports.words import clean

SANS: Final = "微软雅黑"
SERIF: Final = "宋体"
"""Named, not carried: where they are missing the reader's program takes its own."""
_NUMERALS: Final = "一二三四五六七八九"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_FACTS: Final = 3
"""So many pairs stand in a line under the title."""


def document(paper: Paper, printed_at: int) -> bytes:
    """Return the DOCX. Equal reports give equal bytes; `printed_at` in UTC milliseconds."""
    made = docx.Document()
    _properties(made, paper, printed_at)
    _styles(made)
    _page(made, paper)
    _cover(made, paper)
    for at, section in enumerate(paper.sections):
        _section(made, section, at)
        if not at:
            _sign(made, paper)
    out = io.BytesIO()
    made.save(out)
    return _steady(out.getvalue())


def _properties(made: Document, paper: Paper, printed_at: int) -> None:
    told, at = made.core_properties, datetime.fromtimestamp(printed_at // 1000, UTC)
    told.title = clean(f"{paper.head['title']} {paper.head['no']}")[:250]
    told.author = told.last_modified_by = clean(paper.head["centre"])[:250]
    told.comments = clean(paper.head["watermark"])[:250]
    told.language = "zh-CN"
    told.created = told.modified = at.replace(tzinfo=None)


def _styles(made: Document) -> None:
    for name, size, face, colour in (
        ("Normal", 9.5, SANS, INK),
        ("Title", 26, SERIF, INK),
        ("Heading 1", 13, SANS, INK),
        ("Heading 2", 10, SANS, INK),
    ):
        style = made.styles[name]
        if not isinstance(style, ParagraphStyle):  # pragma: no cover - the library's own template
            raise TypeError(name)
        style.font.size = Pt(size)
        style.font.bold = name != "Normal"
        style.font.color.rgb = RGBColor.from_string(colour)
        shape = style.element.get_or_add_rPr()
        language = OxmlElement("w:lang")
        for which in ("val", "eastAsia"):
            language.set(qn(f"w:{which}"), "zh-CN")
        shape.append(language)
        fonts = shape.get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for which in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{which}"), face)
        style.paragraph_format.space_before = Pt(8 if name == "Heading 2" else 0)
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.line_spacing = 1.1
    cell = made.styles.add_style(CELL, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = made.styles["Normal"]
    cell.font.size = Pt(7)
    cell.paragraph_format.space_before = cell.paragraph_format.space_after = Pt(1.5)
    for border in made.styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _page(made: Document, paper: Paper) -> None:
    head, section = paper.head, made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(21)
    section.top_margin = section.bottom_margin = Mm(24)
    section.header_distance = section.footer_distance = Mm(11)
    top = section.header.paragraphs[0]
    marks = " ".join(f"［{each}］" for each in head["marks"])
    _line(top, head["centre"], f"{marks} {head['kind']} {head['no']}")
    rule(top, "bottom", INK)
    docx_marks.watermark(top, clean(head["watermark"]), SANS)
    foot = section.footer.paragraphs[0]
    rule(foot, "top", "C9D1D8")
    _line(foot, head["basis"], "第 ")
    docx_marks.field(foot, "PAGE")
    added(foot, " 页 / 共 ", 7.5, PALE)
    docx_marks.field(foot, "NUMPAGES")
    added(foot, " 页", 7.5, PALE)
    added(section.footer.add_paragraph(), head["note"], 7.5, PALE)


def _line(paragraph: Paragraph, left: str, right: str) -> None:
    """Write a line with a left and a right end, over the whole width."""
    # The template's header has stops of its own in its style, for a narrower page.
    paragraph.style = "Normal"
    paragraph.paragraph_format.tab_stops.add_tab_stop(WIDE, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.paragraph_format.space_after = Pt(2)
    added(paragraph, left, 7.5, PALE)
    paragraph.add_run("\t")
    added(paragraph, right, 7.5, PALE)


def _cover(made: Document, paper: Paper) -> None:
    title = made.add_paragraph(clean(paper.head["title"]), style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    day = made.add_paragraph()
    day.alignment = WD_ALIGN_PARAGRAPH.CENTER
    added(day, paper.head["day"], 11, PALE)
    pairs = [Cell(text) for pair in paper.facts for text in pair]
    pairs += [Cell("")] * (-len(pairs) % (2 * _FACTS))
    rows = tuple(tuple(pairs[at : at + 2 * _FACTS]) for at in range(0, len(pairs), 2 * _FACTS))
    add_table(made, Table(title="", head=(), rows=rows, words=2 * _FACTS), 8.5)


def _section(made: Document, section: Section, at: int) -> None:
    heading = made.add_heading(f"{_NUMERALS[at]}　{clean(section.title)}", 1)
    heading.paragraph_format.page_break_before = bool(at)
    heading.paragraph_format.space_before = Pt(0 if at else 12)
    for text in section.texts:
        added(made.add_paragraph(), text, 9.5, INK)
    for table in section.tables:
        _titled(made, table)


def _titled(made: Document, table: Table) -> None:
    heading = made.add_heading(clean(table.title), 2)
    if table.note:
        heading.add_run("　")
        added(heading, table.note, 7.5, PALE, bold=False)
    if table.rows:
        add_table(made, table, 8 if len(table.head) < 9 else 7)
    else:
        added(made.add_paragraph(), table.missing, 8.5, PALE)


def _sign(made: Document, paper: Paper) -> None:
    """The boxes to be signed, side by side; what is signed already stands in them."""
    made.add_paragraph()
    rows = (
        tuple(Cell(f"{name}：{who}") for name, who, *_ in paper.sign),
        tuple(Cell(by or "签名：") for _, _, by, _ in paper.sign),
        tuple(Cell(at or "＿＿年＿＿月＿＿日＿＿时＿＿分") for _, _, _, at in paper.sign),
    )
    add_table(made, Table(title="", head=(), rows=rows, words=len(paper.sign)), 9, boxed=True)


def _steady(package: bytes) -> bytes:
    """Return the package with the same parts in the same order, none with a time of its own."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(package)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=_first):
            part = ZipInfo(name, _EPOCH)
            part.compress_type = ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return out.getvalue()


def _first(name: str) -> tuple[bool, str]:
    """The list of the parts stands first, as readers expect."""
    return name != "[Content_Types].xml", name
