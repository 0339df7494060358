"""Any file that holds a table, by its ending: CSV (plain or .gz), XLSX, GeoJSON."""

from __future__ import annotations

from pathlib import Path

from dispatch.domain.errors import BadInput
from dispatch.files.csv_rows import open_csv
from dispatch.files.rows import Form, RowFile


def open_table(path: Path, form: Form | None = None) -> RowFile:
    """Open a table; what the form does not say is found out. Raises BadInput in one line."""
    form = form or Form()
    if path.is_dir():
        raise BadInput(str(path), "是一个目录，不是文件")
    ending = path.suffix.lower()
    # The window opens without what only these two kinds need: openpyxl, numpy, shapely.
    if ending in {".xlsx", ".xlsm"}:
        from dispatch.files.xlsx_rows import open_xlsx  # noqa: PLC0415

        return open_xlsx(path, form)
    if ending in {".geojson", ".json"}:
        from dispatch.files.geojson_rows import open_points  # noqa: PLC0415

        return open_points(path)
    if ending == ".xls":
        raise BadInput(path.name, "是旧版 XLS，请另存为 XLSX 或 CSV")
    return open_csv(path, form)
