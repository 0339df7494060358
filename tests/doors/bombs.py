"""Files that are small, or look it, and would take gigabytes of memory or minutes of time."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

MB = 1024 * 1024
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_COLUMNS = "".join(
    f'<c t="inlineStr"><is><t>{name}</t></is></c>'
    for name in ("number", "name", "grid", "phone", "post")
)
_HEAD = f'<worksheet xmlns="{SHEET}"><sheetData><row r="1">{_COLUMNS}</row>'
_TAIL = "</sheetData></worksheet>"


def _noise(rng: random.Random, of: str, size: int) -> str:
    """What packs about a hundred times: a piece of noise in every so much of the same."""
    piece = of * (12_000 // len(of))
    return "".join(f"<!--{rng.randbytes(60).hex()}-->{piece}" for _ in range(size // 12_000))


def _book() -> dict[str, bytes]:
    made = io.BytesIO()
    Workbook().save(made)
    with zipfile.ZipFile(made) as package:
        return {name: package.read(name) for name in package.namelist()}


def _packed(file: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts.items():
            package.writestr(name, content)


def _sheet(file: Path, rows: str) -> None:
    parts = _book()
    parts["xl/worksheets/sheet1.xml"] = f"{_HEAD}{rows}{_TAIL}".encode()
    _packed(file, parts)


def one_row(file: Path) -> None:
    """A workbook whose second row has millions of cells."""
    cells = _noise(random.Random(1), "<c><v>1</v></c>", 60 * MB)
    _sheet(file, f'<row r="2">{cells}</row>')


def same_row(file: Path) -> None:
    """A workbook of millions of first rows: openpyxl yields none of them."""
    _sheet(file, _noise(random.Random(2), '<row r="1"/>', 60 * MB))


def one_cell(file: Path) -> None:
    """A workbook with a text of 60 MB in one cell."""
    text = _noise(random.Random(3), "字", 60 * MB).replace("<!--", "").replace("-->", "")
    _sheet(file, f'<row r="2"><c r="A2" t="inlineStr"><is><t>{text}</t></is></c></row>')


def texts_elsewhere(file: Path) -> None:
    """A workbook whose shared texts lie under the name of a picture."""
    parts = _book()
    types = parts["[Content_Types].xml"].decode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    other = f'<Override PartName="/xl/media/a.png" ContentType="{kind}"/>'
    parts["[Content_Types].xml"] = types.replace("<Override", f"{other}<Override", 1).encode()
    texts = _noise(random.Random(4), "<si><t/></si>", 150 * MB)
    parts["xl/media/a.png"] = f'<sst xmlns="{SHEET}">{texts}</sst>'.encode()
    _packed(file, parts)


def great_styles(file: Path) -> None:
    """A workbook whose styles would be a tree of gigabytes."""
    parts = _book()
    fonts = _noise(random.Random(5), "<font/>", 60 * MB)
    parts["xl/styles.xml"] = f'<styleSheet xmlns="{SHEET}">{fonts}</styleSheet>'.encode()
    _packed(file, parts)


def one_record(file: Path) -> None:
    """A CSV that is one row: each line ends within quotes."""
    file.write_bytes(b"number,name,grid,phone,post\n" + b'"\n",' * (2 * MB))


def no_row_is_good(file: Path) -> None:
    """A CSV of millions of bad rows."""
    file.write_bytes(b"number,name,grid,phone,post\n" + b",,,,\n" * (4 * MB))


_COLLECTION = b'{"type":"FeatureCollection","features":['


def empty_features(file: Path) -> None:
    """GeoJSON of half a million empty features."""
    file.write_bytes(_COLLECTION + b"{}," * (MB // 2) + b"{}]}")


def one_feature(file: Path) -> None:
    """GeoJSON whose one feature has tens of millions of empty objects."""
    file.write_bytes(_COLLECTION + b'{"type":[' + b"{}," * (20 * MB) + b"{}]}]}")


def deep(file: Path) -> None:
    """GeoJSON that is nested tens of millions deep."""
    file.write_bytes(b"[" * (60 * MB))


def nested(file: Path) -> None:
    """GeoJSON with a feature that is nested tens of millions deep."""
    file.write_bytes(_COLLECTION + b"[" * (60 * MB))


def members(file: Path) -> None:
    """GeoJSON of a million members beside its features."""
    many = (b'"%d":{},' % number for number in range(MB))
    file.write_bytes(b"{" + b"".join(many) + _COLLECTION[1:] + b"]}")


def keys_of_keys(file: Path) -> None:
    """TOML of one key that took tomllib minutes."""
    file.write_bytes(b"a." * 100_000 + b"b = 1\n")


BOMBS: dict[str, Callable[[Path], None]] = {
    "row.xlsx": one_row,
    "rows.xlsx": same_row,
    "cell.xlsx": one_cell,
    "texts.xlsx": texts_elsewhere,
    "styles.xlsx": great_styles,
    "record.csv": one_record,
    "rows.csv": no_row_is_good,
    "features.geojson": empty_features,
    "feature.geojson": one_feature,
    "deep.geojson": deep,
    "nested.geojson": nested,
    "names.geojson": members,
}
