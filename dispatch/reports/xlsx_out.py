"""The report as a spreadsheet: a sheet a page, numbers as numbers, every text as text."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import xlsxwriter

from dispatch.reports.amount import amount
from dispatch.reports.figure import Figure, Form
from dispatch.reports.figures import Sheet
from dispatch.reports.page_types import Cell, Table, is_counted
from dispatch.reports.sections import Paper, Section
from dispatch.reports.words import cells_wide, clean

MOST_TEXT: Final = 16_000
"""Characters of a cell; the format has 32,767 UTF-16 units."""
_SPOKEN: Final = 110
"""Characters of a page's header or footer, so that with its marks it keeps below 255."""
_NARROW, _WIDE = 7, 44
_SHAPES: Final[dict[Form, str]] = {
    "count": "#,##0",
    "percent": "0.0%",
    "change": "+0.0%;−0.0%;0.0%",
    "points": '+0.0" 点";−0.0" 点";0.0" 点"',
    "ratio": "#,##0.0",
    "minutes": "#,##0.0",
    "time": "yyyy-mm-dd hh:mm",
    "day": "yyyy-mm-dd",
}
"""How a number is shown, so that it reads as on the printed page."""
_ALL_HEAD: Final = ("id", "名称", "印出", "数值", "分子", "分母", "定义")

_SMALL: Final = {"font_size": 10, "valign": "vcenter"}
_WORDS: Final = {**_SMALL, "text_wrap": True, "indent": 1}
_HEAD: Final = {"bold": True, "bg_color": "#F3F5F7", "bottom": 1}
_SHADES: Final = ("#F3F5F7", "#DCE6EF", "#8FB2D3", "#0A5C9E")
"""The heat table's, as printed."""

Shaped = Any  # Any: xlsxwriter brings no types
Value = str | int | float | datetime | None


def workbook(paper: Paper, sheet: Sheet, printed_at: int) -> bytes:
    """Return the XLSX. Equal reports give equal bytes; `printed_at` in UTC milliseconds."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    head = paper.head
    book.set_properties(
        {
            "title": f"{head['title']} {head['no']}",
            "author": head["centre"],
            "comments": head["watermark"],
            "created": datetime.fromtimestamp(printed_at // 1000, UTC).replace(tzinfo=None),
        }
    )
    writer = _Book(book, paper, sheet)
    writer.about()
    for place, section in enumerate(paper.sections, 1):
        writer.section(place, section)
    writer.all_figures()
    book.close()
    return out.getvalue()


class _Page:
    """A sheet that is written from the top, and how wide its columns become."""

    def __init__(self, sheet: Any) -> None:  # Any: xlsxwriter brings no types
        self.sheet = sheet
        self.row = 0
        self.wide: dict[int, int] = {}

    def put(self, column: int, value: Value, shape: Shaped, *, counts: bool = True) -> None:
        """Write one cell; texts are never taken for a formula, a link or a number."""
        if isinstance(value, str):
            text = clean(value)[:MOST_TEXT]
            self.sheet.write_string(self.row, column, text, shape)
            width = cells_wide(text)
        elif isinstance(value, datetime):
            self.sheet.write_datetime(self.row, column, value, shape)
            width = 16
        elif value is None:
            self.sheet.write_blank(self.row, column, None, shape)
            width = 0
        else:
            self.sheet.write_number(self.row, column, value, shape)
            width = 9
        if counts:
            self.wide[column] = max(self.wide.get(column, _NARROW), min(width + 2, _WIDE))

    def done(self) -> None:
        """Give the columns their widths."""
        for column, width in self.wide.items():
            self.sheet.set_column(column, column, width)


class _Book:
    """The sheets of one report."""

    def __init__(self, book: Any, paper: Paper, sheet: Sheet) -> None:  # Any: as above
        self._book = book
        self._paper = paper
        self._sheet = sheet
        self._text = book.add_format(_WORDS)
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._bold = book.add_format({**_SMALL, "bold": True})
        self._grey = book.add_format({**_SMALL, "font_color": "#46525E"})
        self._head = book.add_format({**_WORDS, **_HEAD})
        self._head_right = book.add_format({**_SMALL, **_HEAD, "align": "right"})
        self._shapes = {
            form: book.add_format({**_SMALL, "num_format": shape, "align": "right"})
            for form, shape in _SHAPES.items()
        }
        self._right = book.add_format({**_SMALL, "align": "right"})
        self._heat = [
            book.add_format({**_SMALL, "bg_color": each, "font_color": white, "align": "center"})
            for each, white in zip(_SHADES, ("black", "black", "black", "white"), strict=True)
        ]

    def _begin(self, name: str, *, landscape: bool) -> _Page:
        """Start a sheet with the furniture of a printed page."""
        head = self._paper.head
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        if landscape:
            sheet.set_landscape()
        marks = _spoken(" ".join(head["marks"]))
        sheet.set_header(f"&L&9{_spoken(head['centre'])}&R&9{marks} {_spoken(head['no'])}")
        sheet.set_footer(f"&L&8{_spoken(head['watermark'])}&R&8&P / &N")
        return _Page(sheet)

    def about(self) -> None:
        """Write the first sheet: whose report it is, of when, on what basis, who signs."""
        head, page = self._paper.head, self._begin("说明", landscape=False)
        page.put(0, head["title"], self._title, counts=False)
        rows = [
            ("单位", head["centre"]),
            ("编号", head["no"]),
            ("时段", head["day"]),
            ("标记", "、".join(head["marks"])),
            *self._paper.facts,
            ("打印", head["watermark"]),
            ("依据", head["basis"]),
            ("说明", head["note"]),
            *((name, " ".join(each for each in rest if each)) for name, *rest in self._paper.sign),
        ]
        page.row = 2
        for name, text in rows:
            page.put(0, name, self._bold)
            page.put(1, text, self._text)
            page.row += 1
        page.done()
        page.sheet.set_column(1, 1, 90)

    def section(self, place: int, section: Section) -> None:
        """Write a page of the report as a sheet, its tables one below the other."""
        head = self._paper.head
        columns = max((len(each.head) for each in section.tables), default=0)
        name = section.title.replace("（", " ").replace("）", " ")
        page = self._begin(f"{place} {name}"[:31], landscape=columns > 8)
        page.put(0, f"{section.title}", self._title, counts=False)
        page.row += 1
        said = " · ".join((head["no"], head["day"], *head["marks"]))
        page.put(0, said, self._grey, counts=False)
        page.row += 1
        for text in section.texts:
            page.put(0, text, self._grey, counts=False)
            page.row += 1
        for table in section.tables:
            page.row += 1
            self._table(page, table)
        page.done()

    def _table(self, page: _Page, table: Table) -> None:
        page.put(0, table.title, self._bold, counts=False)
        page.row += 1
        if table.note:
            page.put(0, table.note, self._grey, counts=False)
            page.row += 1
        if not table.rows:
            page.put(0, table.missing, self._grey, counts=False)
            page.row += 1
            return
        shapes = [_Column(self._sheet, table, at) for at in range(_columns(table))]
        if table.head:
            self._heads(page, shapes)
        for row in table.rows:
            at = 0
            for column, cell in zip(shapes, row, strict=False):
                for value, form in column.values(cell):
                    shape = self._shape(value, form, column)
                    page.put(at, value, shape if table.head or not at else self._heat[cell.shade])
                    at += 1
            page.row += 1

    def _heads(self, page: _Page, columns: Sequence[_Column]) -> None:
        names = [(name, each.counts) for each in columns for name in each.names()]
        for at, (name, counts) in enumerate(names):
            page.put(at, name, self._head_right if counts else self._head)
        page.row += 1

    def _shape(self, value: Value, form: Form | None, column: _Column) -> Shaped:
        if form is not None and not isinstance(value, str):
            return self._shapes[form]
        return self._right if column.counts else self._text

    def _line(self, page: _Page, texts: Iterator[str], shape: Shaped) -> None:
        for at, text in enumerate(texts):
            page.put(at, text, shape)
        page.row += 1

    def all_figures(self) -> None:
        """Write every printed number with its two sides and its definition."""
        page = self._begin("全部数字", landscape=True)
        self._line(page, iter(_ALL_HEAD), self._head)
        page.sheet.freeze_panes(1, 0)
        page.sheet.repeat_rows(0)
        count = self._shapes["count"]
        for each in self._sheet.figures.values():
            value = amount(each)
            page.put(0, each.id, self._text)
            page.put(1, each.name, self._text)
            page.put(2, each.text, self._right)
            page.put(3, value, self._right if value is None else self._shapes[each.form])
            page.put(4, each.num, count)
            page.put(5, each.den, count)
            page.put(6, self._sheet.definition(each.id)[0], self._text)
            page.row += 1
        page.sheet.autofilter(0, 0, page.row - 1, len(_ALL_HEAD) - 1)
        page.done()


class _Column:
    """A column of the page as one or two of the sheet: `a / b` becomes two numbers."""

    def __init__(self, sheet: Sheet, table: Table, at: int) -> None:
        self._sheet = sheet
        self._name = table.head[at] if table.head else ""
        cells = [row[at] for row in table.rows if at < len(row)]
        self._sides = tuple(self._name.replace(" ", "").split("/"))
        told = all(self._is_ratio(each) for each in cells)
        self._split = told and len(self._sides) == 2
        self._left = any(f is not None and f.form == "left" for f in map(self._figure, cells))
        self.counts = is_counted(table, at)

    def _figure(self, cell: Cell) -> Figure | None:
        return self._sheet.figures.get(cell.figure)

    def _is_ratio(self, cell: Cell) -> bool:
        figure = self._figure(cell)
        return figure is not None and figure.form == "percent" and cell.text == figure.ratio

    def names(self) -> Sequence[str]:
        """Return the heads of the sheet's columns."""
        if self._split:
            return self._sides
        return (self._name, f"{self._name}剩余分钟") if self._left else (self._name,)

    def values(self, cell: Cell) -> Sequence[tuple[Value, Form | None]]:
        """Return what stands in the sheet's columns for one cell."""
        figure = self._figure(cell)
        if self._split and figure is not None:
            return _known(figure.num, cell.text), _known(figure.den, cell.text)
        if self._left:
            whole = None if figure is None or figure.value is None else figure.value // 60_000
            return (cell.text, None), (whole, "count")
        value = None if figure is None else amount(figure)
        if figure is None or value is None or not cell.text.endswith(figure.text):
            return ((cell.text, None),)
        return ((value, figure.form),)


def _known(value: int | None, text: str) -> tuple[Value, Form | None]:
    return (text, None) if value is None else (value, "count")


def _columns(table: Table) -> int:
    return max(len(row) for row in table.rows)


def _spoken(text: str) -> str:
    """Return a text for a page's header, where `&` begins a mark."""
    return clean(text)[:_SPOKEN].replace("&", "&&")
