"""The product keeps the house's rules."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.house.contents import LARGEST, name_is_forbidden, strange_contents
from tests.house.rules import RULES, Rule
from tests.house.source import ROOT, Source, kept_files, python_files


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    return list(python_files())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_product_keeps(rule: Rule, sources: list[Source]) -> None:
    assert [] == [f"{s.place}:{line}: {what}" for s in sources for line, what in rule(s)]


def test_names_say_something() -> None:
    names = [path.relative_to(ROOT).as_posix() for path in kept_files()]
    assert [] == [name for name in names if name_is_forbidden(name)]


def test_nothing_kept_names_a_registry_or_one_machine() -> None:
    found = []
    for path in kept_files():
        content = path.read_bytes()
        if b"\0" not in content:
            text = content.decode(errors="replace")
            found += [f"{path.relative_to(ROOT)}:{n}: {what}" for n, what in strange_contents(text)]
    assert [] == found


def test_a_decision_has_a_number_of_its_own() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [page.name[:4] for page in pages]
    assert sorted(set(numbers)) == numbers
    heads = [page.read_text(encoding="utf-8").splitlines()[0] for page in pages]
    assert [] == [head for head, no in zip(heads, numbers, strict=True) if head[:7] != f"# {no} "]


def test_nothing_kept_is_huge() -> None:
    assert [] == [str(path) for path in kept_files() if path.stat().st_size > LARGEST]


def test_the_product_loads_where_no_qt_is() -> None:
    """Import every module of dispatch, and the hub's, with Qt made impossible."""
    program = """
import importlib, pkgutil, sys
for name in ("PySide6", "shiboken6", "pyqtgraph", "ui"):
    sys.modules[name] = None
import dispatch
for found in pkgutil.walk_packages(dispatch.__path__, "dispatch."):
    # Alembic gives its environment a context that exists only while it migrates.
    if not found.name.endswith(("__main__", ".env")):
        importlib.import_module(found.name)
importlib.import_module("console.hub")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (0, "") == (done.returncode, done.stderr)
