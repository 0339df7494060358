"""Each import contract breaks when its breach is planted, and it is that one which says so."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.source import ROOT

ROOMS = ("console", "ui", "resources", "dispatch")
LAYERS = "the console stands on the window, the window on the product, all on the data"
INSIDE = "the rooms of dispatch, high to low"
WINDOW = "the window knows the desk and values, never a store or a line"
PURE = "reports, advice and acts open no store"

BREACHES = [
    (LAYERS, "ui", "import console"),
    (LAYERS, "dispatch", "import ui"),
    (LAYERS, "resources", "import dispatch"),
    (INSIDE, "dispatch/desk", "import dispatch.drill"),
    (INSIDE, "dispatch/desk", "import dispatch.hub"),
    (INSIDE, "dispatch/hub", "import dispatch.sync"),
    (INSIDE, "dispatch/store", "import dispatch.sync"),
    (INSIDE, "dispatch/store", "import dispatch.reports"),
    (INSIDE, "dispatch/acts", "import dispatch.store"),
    (INSIDE, "dispatch/wire", "import dispatch.acts"),
    (INSIDE, "dispatch/geo", "import dispatch.wire"),
    (INSIDE, "dispatch/domain", "import dispatch.geo"),
    ("the rules of the field need no library", "dispatch/domain", "import msgspec"),
    (WINDOW, "ui/queue", "import dispatch.store"),
    (WINDOW, "ui/queue", "import sqlalchemy"),
    (WINDOW, "ui/queue", "import requests"),
    ("the hub's process loads no window", "console/hub.py", "import ui"),
    ("the hub's process loads no window", "console/hub.py", "import PySide6"),
    ("the product has no screen", "dispatch/advice", "import PySide6.QtCore"),
    (PURE, "dispatch/reports", "import sqlite3"),
    (PURE, "dispatch/advice", "import sqlalchemy"),
    ("a workstation needs no server packages", "dispatch/desk", "import fastapi"),
]


def broken(tree: Path, *how: str) -> set[str]:
    """Return the names of the contracts that the tree breaks."""
    program = "from importlinter.cli import lint_imports_command as run; run()"
    done = subprocess.run(
        [sys.executable, "-c", program, *how],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
    )
    found = set(re.findall(r"^(.*) BROKEN$", done.stdout, re.MULTILINE))
    assert bool(found) == bool(done.returncode), done.stdout + done.stderr
    return found


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the product's code; whoever plants something takes it away again.

    The linter remembers the files it has read there: one breach has one of a thousand read anew.
    """
    made = tmp_path_factory.mktemp("tree")
    for room in ROOMS:
        ignored = shutil.ignore_patterns("__pycache__", "*.json", "*.csv", "*.png", "*.svg")
        shutil.copytree(ROOT / room, made / room, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", made)
    assert set() == broken(made)
    return made


@pytest.mark.parametrize(("contract", "place", "breach"), BREACHES)
def test_a_planted_breach_breaks_its_contract(
    tree: Path, contract: str, place: str, breach: str
) -> None:
    file = tree / place if place.endswith(".py") else tree / place / "__init__.py"
    before = file.read_text(encoding="utf-8")
    file.write_text(f"{before}\n{breach}\n", encoding="utf-8")
    try:
        assert contract in broken(tree)
    finally:
        file.write_text(before, encoding="utf-8")


def test_a_room_that_no_contract_knows_is_found(tree: Path) -> None:
    annex = tree / "dispatch" / "annex"
    annex.mkdir()
    (annex / "__init__.py").touch()
    try:
        assert INSIDE in broken(tree)
    finally:
        shutil.rmtree(annex)


def test_every_contract_has_its_breach() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = {contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]}

    assert named == {contract for contract, *_ in BREACHES}


def test_the_product_breaks_none() -> None:
    assert set() == broken(ROOT, "--no-cache")
