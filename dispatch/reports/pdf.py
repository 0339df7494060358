"""The report's pages: the template compiled by typst over data; texts stay data."""

from __future__ import annotations

import functools
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import typst

from dispatch.domain.errors import BadInput
from dispatch.reports.page_types import Spot
from resources import path

SANS: Final = (
    *("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Microsoft YaHei UI"),
    *("Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei"),
)
SERIF: Final = (
    *("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "STSong", "SimSun"),
    *SANS,
)


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts()


@functools.cache
def _found(families: tuple[str, ...]) -> list[str]:
    """Those of the named families that this machine has; without any no page can be made."""
    here = set(_fonts().families())
    found = [each for each in families if each in here]
    if not found:
        raise BadInput("字体", "找不到中文字体；Debian 上请安装 fonts-noto-cjk")
    return found


def pages(
    data: dict[str, Any],  # Any: JSON for the template
    printed_at: int,
    template: str = "shift.typ",
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return the PDF. Equal data give equal bytes; `printed_at` in UTC milliseconds.

    `files` are what the template reads beside itself, by name. A picture in them that cannot be
    drawn is a typst.TypstError.
    """
    with _beside(template, files or {}) as source:
        return _compiled(_typesetter(source, data), printed_at)


def pages_and_spots(data: dict[str, Any], printed_at: int) -> tuple[bytes, tuple[Spot, ...]]:
    """Return the shift report's PDF, and where its numbers stand on it, page by page."""
    typesetter = _typesetter(path("templates/shift.typ"), data)
    made = _compiled(typesetter, printed_at)
    # What is compiled is kept: the question costs no second typesetting.
    told = json.loads(typesetter.query("<number>", field="value"))
    return made, tuple(sorted((Spot(*each) for each in told), key=_reading))


def _reading(spot: Spot) -> tuple[int, float, float]:
    return spot.page, spot.y, spot.x


def _typesetter(source: Path, data: dict[str, Any]) -> typst.Compiler:
    whole = {**data, "fonts": {"sans": _found(SANS), "serif": _found(SERIF)}}
    inputs = {"data": json.dumps(whole, ensure_ascii=False)}
    return typst.Compiler(source, font_paths=_fonts(), sys_inputs=inputs)


def _compiled(typesetter: typst.Compiler, printed_at: int) -> bytes:
    moment = datetime.fromtimestamp(printed_at // 1000, UTC)
    made = typesetter.compile(format="pdf", timestamp=moment)
    if not isinstance(made, bytes):
        raise BadInput("templates", "没有生成 PDF")
    return made


@contextmanager
def _beside(template: str, files: Mapping[str, bytes]) -> Iterator[Path]:
    """Give the template's place; where it reads files, a copy of it in a folder with them."""
    source = path(f"templates/{template}")
    if not files:
        yield source
        return
    with tempfile.TemporaryDirectory(prefix="zhiwang-") as name:
        folder = Path(name)
        shutil.copyfile(source, folder / template)
        for each, content in files.items():
            (folder / each).write_bytes(content)
        yield folder / template
