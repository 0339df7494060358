"""One Python file as the rules see it, and where the product's files lie."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("console", "ui", "resources", "dispatch", "tests", "installer")


@dataclass(frozen=True, slots=True)
class Source:
    """A file's place (relative, with slashes), its text and its tree."""

    place: str
    text: str
    tree: ast.Module

    @classmethod
    def of(cls, place: str, text: str) -> Source:
        """Parse the text as the file at that place."""
        return cls(place, text, ast.parse(text, place))

    def within(self, *rooms: str) -> bool:
        """Whether the file lies in one of the rooms or is one of the files named."""
        return any(self.place == room or self.place.startswith(f"{room}/") for room in rooms)


def python_files() -> Iterator[Source]:
    """Every Python file of the rooms."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield Source.of(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def kept_files() -> list[Path]:
    """Every file that is or would be in the repository; without git, every file of the rooms."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
        return [path for path in names if path.is_file()]
    return [path for room in ROOMS for path in (ROOT / room).rglob("*") if path.is_file()]
