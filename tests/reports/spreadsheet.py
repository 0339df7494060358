"""What a spreadsheet shows for a cell, worked out from value and format as openpyxl reads them."""

from __future__ import annotations

from datetime import datetime

from openpyxl.cell.cell import Cell, MergedCell


def shown(cell: Cell | MergedCell) -> str:
    """Return the text that a person sees; an unknown format is a defect of the test's table."""
    value, shape = cell.value, cell.number_format
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, datetime):
        return {
            "yyyy-mm-dd hh:mm": f"{value:%m-%d %H:%M}",
            "yyyy-mm-dd": f"{value:%m-%d}",
        }[shape]
    assert isinstance(value, int | float), value
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return {
        "#,##0": f"{value:,.0f}",
        "#,##0.0": f"{value:,.1f}",
        "0.0%": f"{value * 100:,.1f}%",
        "+0.0%;−0.0%;0.0%": f"{sign}{abs(value) * 100:.1f}%",
        '+0.0" 点";−0.0" 点";0.0" 点"': f"{sign}{abs(value):.1f} 点",
    }[shape]
