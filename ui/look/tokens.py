"""The colours of a theme, read once from its tokens file."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from PySide6.QtGui import QColor

import resources

ThemeName = Literal["night", "day", "wall"]
THEMES: tuple[ThemeName, ...] = ("night", "day", "wall")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour of one theme. The colours are shared: paint with them, never change one."""

    name: ThemeName
    dark: bool
    scrim: float
    app: QColor
    bg: QColor
    panel: QColor
    raised: QColor
    select: QColor
    line: QColor
    line_2: QColor
    control: QColor
    text_1: QColor
    text_2: QColor
    text_3: QColor
    on: QColor
    primary_text: QColor
    red: QColor
    amber: QColor
    amber_text: QColor
    green: QColor
    blue: QColor
    violet: QColor
    grey: QColor
    red_wash: QColor
    amber_wash: QColor
    violet_wash: QColor
    map_out: QColor
    map_out_line: QColor
    map_halo: QColor
    map_fills: tuple[QColor, QColor, QColor, QColor]
    map_grid: QColor
    map_village: QColor
    map_town: QColor
    map_label: QColor


@dataclass(frozen=True, slots=True)
class Signals:
    """The public colours of the five typhoon signals, the same in every theme."""

    white: QColor
    blue: QColor
    yellow: QColor
    orange: QColor
    red: QColor


@cache
def tokens(name: ThemeName) -> Tokens:
    """Return the colours of that theme."""
    table = tomllib.loads(resources.path(f"themes/{name}.toml").read_text(encoding="utf-8"))
    plain = {key: value for key, value in table.items() if not isinstance(value, dict)}
    groups = [value for value in table.values() if isinstance(value, dict)]
    # Any: TOML values; the fields of Tokens are checked by a test against the file.
    colours: dict[str, Any] = {
        key: _colour(value) for group in groups for key, value in group.items()
    }
    return Tokens(**plain, **colours)


@cache
def signals() -> Signals:
    """Return the colours of the typhoon signals."""
    table = tomllib.loads(resources.path("themes/signals.toml").read_text(encoding="utf-8"))
    return Signals(**{key: QColor(value) for key, value in table.items()})


def _colour(value: str | list[str]) -> QColor | tuple[QColor, ...]:
    if isinstance(value, str):
        return QColor(value)
    return tuple(QColor(each) for each in value)
