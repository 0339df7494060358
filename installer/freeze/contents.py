"""What goes into the frozen program and what stays out, one list for every system."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ENTRY = Path(__file__).with_name("entry.py")
PACKAGES = ("console", "ui", "resources", "dispatch")
HIDDEN = ("psycopg_binary",)
"""Imported by name while the program runs, where no analysis of the code sees it."""
METADATA = ("PySide6-Essentials",)
"""Distributions whose version the program asks for."""
EXCLUDED = (
    "tkinter",
    "IPython",
    "matplotlib",
    "PIL",
    "pyqtgraph.examples",
    "pyqtgraph.opengl",
    "pyqtgraph.jupyter",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtSql",
    "setuptools",
    "pip",
)
"""Others' optional halves that the product never calls."""
PLUGINS = {
    "platforms": ("xcb", "offscreen", "minimal", "wayland-egl", "wayland-generic", "windows"),
    "iconengines": ("svgicon",),
    "imageformats": ("gif", "ico", "jpeg", "svg", "webp"),
    # The keyboard's way to an input method for Chinese.
    "platforminputcontexts": (
        "composeplatforminputcontextplugin",
        "ibusplatforminputcontextplugin",
    ),
    "platformthemes": ("xdgdesktopportal",),
    "styles": ("modernwindowsstyle",),
    "wayland-decoration-client": ("adwaita", "bradient"),
    "wayland-graphics-integration-client": ("qt-plugin-wayland-egl", "shm-emulation-server"),
    "wayland-shell-integration": ("xdg-shell", "wl-shell-plugin"),
    "xcbglintegrations": ("xcb-egl-integration", "xcb-glx-integration"),
}
"""Qt's plugins that a workstation may need; each of the others brings libraries of its own."""

Row = tuple[str, str, str]
"""PyInstaller's: where it goes, where it comes from, kind."""


def data() -> Iterator[tuple[str, str]]:
    """Yield each data file of the product, and each step of the migrations, with its folder.

    Alembic reads its steps as files; the rest of the code lies in the program's archive.
    """
    for path in sorted(ROOT.glob("dispatch/*/migrations/**/*.py")):
        yield _placed(path)
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*")):
            if path.is_file() and path.suffix not in {".py", ".pyc"}:
                yield _placed(path)


def _placed(path: Path) -> tuple[str, str]:
    return str(path), path.parent.relative_to(ROOT).as_posix()


def kept(rows: Iterable[Row], environment: Path = Path(sys.prefix)) -> list[Row]:
    """Return the binaries that belong into the package.

    The system's own libraries stay out: the package names them as dependencies, so that the
    system's updates reach them. Python's library is kept, and so are its extension modules.
    """
    return [row for row in rows if _is_ours(row, environment) and _is_needed(Path(row[0]))]


def _is_ours(row: Row, environment: Path) -> bool:
    if sys.platform != "linux":
        return True
    source = Path(row[1])
    return (
        source.is_relative_to(environment)
        or "lib-dynload" in source.parts
        or source.name.startswith("libpython3")
    )


def _is_needed(target: Path) -> bool:
    """Whether a plugin of Qt is one of those listed; what is no plugin is needed."""
    if target.parent.parent.name != "plugins":
        return True
    name = target.stem.removeprefix("lib")
    listed = PLUGINS.get(target.parent.name, ())
    return any(name in {each, f"q{each}"} for each in listed)


def version(build: str) -> str:
    """Return the four-part version of a build: the project's three and the build's number."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    parts = [*str(table["project"]["version"]).split("."), build]
    if len(parts) != 4 or not all(part.isdecimal() for part in parts):
        message = f"{'.'.join(parts)} is no version of four numbers"
        raise ValueError(message)
    return ".".join(str(int(part)) for part in parts)


def named(folder: Path, build: str) -> tuple[str, str]:
    """Write what tells the frozen program its version into `folder`; return it as a data row."""
    file = folder / "METADATA"
    folder.mkdir(parents=True, exist_ok=True)
    lines = ("Metadata-Version: 2.1", "Name: zhiwang-console", f"Version: {version(build)}")
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return str(file), f"zhiwang_console-{version(build)}.dist-info"
