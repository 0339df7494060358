"""The table of doors is whole: what the code has stands in it, and what it names exists."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

from fastapi.routing import APIRoute

import dispatch.files
import dispatch.wire
from dispatch.hub import blob_doors, city_doors, field_doors, sync_doors
from tests.doors import every_door
from tests.doors.test_every_command_garbage import LEAVES, NOT_HERE

ROOT = Path(__file__).resolve().parents[2]
READS = re.compile(r"(read|parse|open|decode|load)(_[a-z_]+)?")


def readers() -> set[str]:
    """Every public function of `files` and `wire` whose name says that it reads."""
    found = set()
    for package in (dispatch.files, dispatch.wire):
        for each in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(each.name)
            for name, what in inspect.getmembers(module, inspect.isfunction):
                if what.__module__ == each.name and READS.fullmatch(name):
                    found.add(f"{each.name}.{name}")
    return found


def test_every_reader_of_files_and_messages_stands_in_the_table() -> None:
    assert readers() == set(every_door.READERS)


def test_every_word_of_the_command_line_is_tried_or_stands_in_the_table() -> None:
    assert set(NOT_HERE) == set(every_door.WORDS)
    assert set(every_door.WORDS) <= set(LEAVES)


def test_every_route_of_the_hub_stands_in_the_table() -> None:
    routers = (sync_doors.router, blob_doors.router, field_doors.router, city_doors.router)
    paths = {
        each.path for router in routers for each in router.routes if isinstance(each, APIRoute)
    }
    assert len(paths) > 30
    assert [] == [
        path for path in paths if not any(path.startswith(start) for start in every_door.ROUTES)
    ]


def test_nobody_else_reads_standard_input() -> None:
    rooms = ("console", "dispatch", "ui")
    reading = {
        str(file.relative_to(ROOT))
        for room in rooms
        for file in (ROOT / room).rglob("*.py")
        if "sys.stdin" in file.read_text(encoding="utf-8")
    }
    assert reading == set(every_door.STANDARD_INPUT)


def test_every_test_that_the_table_names_is_there() -> None:
    tables = ("WORDS", "STANDARD_INPUT", "ROUTES", "READERS", "OTHERS")
    named = {name for each in tables for name in getattr(every_door, each).values()}
    for name in named | {every_door.COMMANDS}:
        file, _, test = name.partition("::")
        text = (ROOT / file).read_text(encoding="utf-8")
        assert f"def {test}" in text or not test, name
        assert "def test_" in text
